"""A page's own font: the bundled Chinese font cut down to the characters the page uses.

It comes last in the page's list of fonts, for machines that have no Chinese font at all.
"""

from __future__ import annotations

import base64
import html
import importlib.util
import io
import logging
import re
from pathlib import Path

from audit_lib.errors import ReportError

_TAG = re.compile(r"<[^>]*>")


def font_path() -> Path:
    """The bundled Chinese font: the Noto Sans SC that the package ``zhplot`` carries.

    Raises:
        ReportError: the package that carries it is not installed.
    """
    spec = importlib.util.find_spec("zhplot")
    folder = Path(spec.origin).parent / "fonts" if spec and spec.origin else Path()
    path = folder / "NotoSansSC-Regular.ttf"
    if not path.is_file():
        raise ReportError(
            "没有找到中文字体，图中的汉字会变成方框", "zhplot", "重新安装依赖：pip install zhplot"
        )
    return path


def font_characters() -> frozenset[str]:
    """All characters the bundled font has glyphs for."""
    from fontTools.ttLib import TTFont

    with TTFont(str(font_path()), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def font_face(page: str) -> str:
    """CSS that embeds the characters of a page's text as WOFF."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    characters = {ord(character) for character in html.unescape(_TAG.sub("", page))}
    options = subset.Options()
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx"]
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    out = io.BytesIO()
    with TTFont(str(font_path()), lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters)
        cutter.subset(font)
        font.flavor = "woff"  # WOFF2 is a quarter smaller and takes five times as long
        font.save(out)
    source = base64.b64encode(out.getvalue()).decode()
    return f'@font-face{{font-family:"YBT Sans";src:url(data:font/woff;base64,{source}) format("woff")}}'
