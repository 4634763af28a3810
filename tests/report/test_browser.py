"""Finished pages in a real browser with the network cut."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.report.browser import Visit, visit
from tests.report.fixtures import EVIL_NAME

pytestmark = pytest.mark.browser

PAGES = ("index", "district", "quality", "pingshang", "tuanlin")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_but_itself(reports: Path, tab: Visit, name: str) -> None:
    path = reports / f"{name}.html"
    tab.open(path)
    assert [url for url in tab.requests if not url.startswith("data:")] == [path.as_uri()]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(reports: Path, tab: Visit, name: str) -> None:
    page = tab.open(reports / f"{name}.html")
    if name == "pingshang":
        page.get_by_role("button", name="开始复核").click()
    found = Axe().run(page).response["violations"]
    grave = [
        (fault["id"], [node["html"][:120] for node in fault["nodes"][:3]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
    assert grave == []


def test_a_name_that_is_markup_stays_text(reports: Path, tab: Visit) -> None:
    page = tab.open(reports / "pingshang.html")
    assert page.locator("img[src=x]").count() == 0
    page.get_by_role("searchbox").fill("onerror=alert")
    row = page.locator("#list tbody tr:visible")
    assert row.count() == 1
    assert EVIL_NAME in row.inner_text()


def test_pictures_are_vectors_with_words_and_a_table_behind_each(reports: Path, tab: Visit) -> None:
    page = tab.open(reports / "pingshang.html")
    pictures = page.locator("figure")
    assert pictures.count() == 4
    for place in range(4):
        picture = pictures.nth(place)
        svg = picture.locator("svg[role=img]")
        box = svg.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert len(svg.get_attribute("aria-label") or "") > 5
        assert picture.locator("details table").count() == 1


def test_no_label_of_a_picture_lies_outside_it(reports: Path, tab: Visit) -> None:
    page = tab.open(reports / "pingshang.html")
    outside = page.evaluate(
        """() => [...document.querySelectorAll('figure svg text')].filter(text => {
             const [box, frame] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
             return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
           }).map(text => text.textContent)"""
    )
    assert outside == []


def test_a_reader_can_find_the_way(reports: Path, tab: Visit) -> None:
    page = tab.open(reports / "district.html")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.locator("h1").count() == 1
    assert [page.locator(mark).count() for mark in ("header", "main", "nav", "footer")] == [1, 1, 1, 1]
    targets = page.evaluate(
        "[...document.querySelectorAll('nav a')].map(a => decodeURIComponent(a.hash.slice(1)))"
    )
    assert targets
    found = page.evaluate("ids => ids.filter(id => !document.getElementById(id) && !document.getElementById(encodeURIComponent(id)))", targets)  # fmt: skip
    assert found == []
    assert page.evaluate("[...document.querySelectorAll('th')].every(cell => cell.scope)")
    headings = page.locator("main h2").all_inner_texts()[:5]
    assert headings == [
        "一、基本情况", "二、自查发现的问题", "三、主要措施及成效", "四、存在的困难和问题", "五、工作建议",
    ]  # fmt: skip


def test_the_first_tab_stop_skips_to_the_text(reports: Path, tab: Visit) -> None:
    page = tab.open(reports / "pingshang.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"


def test_every_type_of_problem_has_a_line(reports: Path, tab: Visit) -> None:
    text = tab.open(reports / "district.html").locator("main").inner_text()
    for title in ("混淆发放类别（未发现）", "应退出未退出", "一人多卡或一卡多人（未执行）", "疑似身份被盗用"):
        assert title in text


def test_the_pages_own_font_is_enough(reports: Path, tab: Visit) -> None:
    page = tab.open(reports / "pingshang.html")
    assert page.evaluate("document.fonts.load('16px \"YBT Sans\"', '坪').then(fonts => fonts.length)") == 1


def test_a_page_without_script_shows_every_finding(reports: Path, browser: Browser) -> None:
    with visit(browser, script=False) as bare:
        page = bare.open(reports / "pingshang.html")
        rows = page.locator("#list tbody tr")
        assert rows.count() == 123
        assert page.locator("#list tbody tr:visible").count() == 123


def _letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))


def test_the_printed_page_says_what_the_page_says(reports: Path, tab: Visit, tmp_path: Path) -> None:
    """Letter by letter; what paper has more are the head of a table again on each page and the page numbers."""
    page = tab.open(reports / "pingshang.html")
    page.locator("#list [name=village]").select_option(index=1)
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    heads = "".join(page.locator("thead").all_inner_texts())
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "page.pdf").pages
    printed = "".join(sheet.extract_text() for sheet in sheets)
    assert _letters(text) - _letters(printed) == Counter()
    surplus = set(_letters(printed) - _letters(text))
    assert surplus <= {*_letters(heads), *"0123456789-—"}
    for finding in page.locator("#list tbody th").all_inner_texts():
        assert finding in printed.replace("\n", "")
    assert all(float(sheet.mediabox.width) == pytest.approx(595, abs=1) for sheet in sheets)
