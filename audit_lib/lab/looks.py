"""The look of tables in the notebooks: the pages' quiet lines, on screen."""

from __future__ import annotations

STYLE = """<style>
.ybt table{line-height:1.4;border-collapse:collapse;font-size:13px;margin:.3em 0}
.ybt caption{text-align:left;font-weight:600;padding:.3em 0;caption-side:top}
.ybt th,.ybt td{border-bottom:1px solid #ccc;padding:2px 8px;text-align:left;vertical-align:top;white-space:normal}
.ybt thead th{border-bottom:2px solid #666}
.ybt td.n,.ybt th.n{text-align:right;font-variant-numeric:tabular-nums}
.ybt .sheet{overflow-x:auto;max-width:100%}
.ybt mark{background:#ffe08a;color:#000;border-bottom:2px solid #9a4d00;padding:0}
.ybt table.side tbody th{white-space:nowrap}
.ybt .note,.ybt .empty{color:#555}
.ybt img{max-width:100%}
.ybt dl.cards{display:flex;gap:2em;flex-wrap:wrap}
.ybt dl.cards dt{color:#555}.ybt dl.cards dd{margin:0;font-size:1.4em}
.ybt dl.cards small{display:block;font-size:.6em;color:#555}
</style>"""


def framed(html: str) -> str:
    """HTML in the notebooks' look."""
    return f'{STYLE}<div class="ybt" lang="zh-CN">{html}</div>'
