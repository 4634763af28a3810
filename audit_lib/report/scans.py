"""The last look at a page before it is published: no number of a person, no outside address, no strange script.

The only script a page may have is our own, whole and unaltered. A page that fails is not published. The scan sees what a reader's machine would see: entities
decoded, full width folded, embedded pictures and fonts left out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

from audit_lib.idnum import status
from audit_lib.report.scripts import page_script

_DATA_URI = re.compile(r"data:[a-z0-9.+/-]+;base64,[A-Za-z0-9+/=]+")
_ID_18 = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_ID_15 = re.compile(r"(?<![\d.])\d{15}(?!\d)")
_ID_SPACED = re.compile(r"(?<!\d)\d(?:[ \-\u00a0\u2009]?\d){16}[ \-\u00a0\u2009]?[\dXx](?!\d)")
_ACCOUNT = re.compile(r"(?<![\d.])\d{16,19}(?!\d)")
_PHONE = re.compile(r"(?<![\d.])1[3-9]\d{9}(?!\d)")
_NUMBERS = (
    ("疑似18位证件号", _ID_18), ("疑似15位证件号", _ID_15), ("疑似银行账号", _ACCOUNT), ("疑似手机号", _PHONE),
)  # fmt: skip
_OUTSIDE = re.compile(r"url\(\s*[\"']?(?!data:|#)|@import", re.IGNORECASE)
_LINKS = {
    "src",
    "href",
    "srcset",
    "action",
    "formaction",
    "poster",
    "data",
    "xlink:href",
    "background",
    "ping",
}
#: relative names of pages in the same folder, anchors, embedded pictures
_ALLOWED_LINK = re.compile(r"^(#|data:image/|[\w-]+\.(html|json|xlsx)(\?[\w=&%+.~-]*)?(#[\w-]*)?$)")
_FORBIDDEN_TAGS = {"iframe", "object", "embed", "form", "base", "link"}


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._script: str | None = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.end_script()

    def end_script(self) -> None:
        """A script that is not our own is a fault, one that never ends too."""
        if self._script is not None and self._script != page_script():
            self.faults.append("不允许的标签 <script>（不是本程序这一版的脚本）")
        self._script = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN_TAGS:
            self.faults.append(f"不允许的标签 <{tag}>")
        if tag == "script":
            self._script = ""
        for name, value in attrs:
            if name.startswith("on"):
                self.faults.append(f"不允许的脚本属性 {name}（<{tag}>）")
            elif name in _LINKS and not _ALLOWED_LINK.match((value or "").strip()):
                self.faults.append(f"指向页外的地址 {name}（<{tag}>）")


def scan_text(page: str) -> list[str]:
    """Faults of a page's HTML, each one Chinese phrase; never quotes the number it found."""
    bare = _DATA_URI.sub("data:image/x", page)
    seen = unicodedata.normalize("NFKC", html.unescape(bare))
    faults = [f"{what}（{len(found)}处）" for what, pattern in _NUMBERS if (found := pattern.findall(seen))]
    spaced = [number for number in _ID_SPACED.findall(seen) if status(number) == "valid"]
    if spaced and not _ID_18.search(seen):
        faults.append(f"疑似分段书写的证件号（{len(spaced)}处）")
    if _OUTSIDE.search(bare.replace(page_script(), "")):
        faults.append("样式引用页外资源")
    markup = _Markup()
    markup.feed(bare)
    markup.close()
    markup.end_script()
    return faults + markup.faults


def scan_page(path: Path) -> list[str]:
    """Faults of a page on disk; see ``scan_text``."""
    return scan_text(path.read_text(encoding="utf-8"))
