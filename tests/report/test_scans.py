"""No page leaves with a person's number, an outside address or a strange script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit_lib.report.finding_list import FindingList
from audit_lib.report.scans import scan_page, scan_text
from audit_lib.report.scripts import page_script

VALID_ID = "371327194503151230"


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (f"<p>{VALID_ID}</p>", "18位证件号"),
        ("<p>证号37132719450315123X。</p>", "18位证件号"),
        (f"<td>{VALID_ID[:3]}&#51;{VALID_ID[4:]}</td>".replace("371&#51;", "371&#51;"), "18位证件号"),
        ("<td>" + "".join(chr(0xFF10 + int(digit)) for digit in VALID_ID) + "</td>", "18位证件号"),
        (f"<p>{VALID_ID[:6]} {VALID_ID[6:14]} {VALID_ID[14:]}</p>", "分段书写"),
        ("<p>371327450315123</p>", "15位证件号"),
        ("<p>6217001234567890123</p>", "银行账号"),
        ("<p>电话13812345678</p>", "手机号"),
        (f'<p title="{VALID_ID}">甲</p>', "18位证件号"),
        ('<img src="https://example.org/a.png">', "页外的地址"),
        ('<img src="//example.org/a.png">', "页外的地址"),
        ('<img src="x">', "页外的地址"),
        ('<a href="javascript:alert(1)">甲</a>', "页外的地址"),
        ("<img src=x onerror=alert(1)>", "脚本属性"),
        ("<script>1</script>", "标签"),
        ('<script type="module">fetch("https://example.org")</script>', "标签"),
        (f'<script type="module">{page_script()} </script>', "标签"),
        ("<script>1", "标签"),
        ('<a href="pingshang.html?next=https://example.org/">甲</a>', "页外的地址"),
        ("<iframe></iframe>", "标签"),
        ("<style>p{background:url(http://example.org)}</style>", "样式"),
        ("<style>@import 'a.css'</style>", "样式"),
    ],
)
def test_a_page_with_this_is_refused(page: str, fault: str) -> None:
    assert any(fault in found for found in scan_text(page)), scan_text(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>371327********1230,尾号6789,138****5678</p>",
        "<p>22,657.25万元,疑点编号YDABCDEFGHIJ,2017年3月</p>",
        "<p>摘要 d357 1dd1 60b4 d102 6209 9a7d b072 8e17</p>",
        '<img alt="图" src="data:image/svg+xml;base64,MTIzNDU2Nzg5MDEyMzQ1Njc4"><a href="#a">甲</a>',
        '<a href="pingshang.html">坪上镇</a>',
        '<a href="pingshang.html?tier=A&amp;rule=%E6%AD%BB#list">坪上镇</a>',
        f'<script type="module">{page_script()}</script>',
        "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
    ],
)
def test_a_page_with_this_is_let_through(page: str) -> None:
    assert scan_text(page) == []


def test_the_scan_never_repeats_the_number_it_found(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<p>{VALID_ID}</p>", encoding="utf-8")
    assert scan_page(path)
    assert VALID_ID not in "".join(scan_page(path))


def test_a_seal_of_nothing_but_digits_is_taken_for_no_account() -> None:
    """At full scale one town's seal held sixteen digits in a row, and its page was withheld."""
    seal = "a" + "4" * 16 + "b"
    about = FindingList("坪上镇", "pingshang", [], [], "R1", seal)._about({}, [])
    assert scan_text(f"<p>{json.dumps(about)}</p>") == []
    assert scan_text(f"<p>{seal}</p>") != []
