"""Finished pages in a real browser with the network cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.report.batch import publish
from tests.report.browser import chromium_tab
from tests.report.fixtures import NOTEBOOKS, decide, make_stages

pytestmark = pytest.mark.browser

PAGES = ("index", "district", "pingshang", "tuanlin")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real notebooks, published for the tiny district."""
    stages = make_stages(tmp_path_factory.mktemp("browser"))
    decide(stages)
    failed = [result for result in publish(stages, NOTEBOOKS, jobs=2) if result.error]
    assert not failed
    return stages.project.reports


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_raises_nothing(reports: Path, tmp_path: Path, name: str) -> None:
    path = reports / f"{name}.html"
    with chromium_tab(tmp_path / "profile") as tab:
        tab.open(path)
        outside = [url for url in tab.requests if url != path.as_uri() and not url.startswith("data:")]
        assert outside == []
        assert tab.errors == []
        assert tab.dialogs == []


def test_a_name_that_is_markup_stays_text(reports: Path, tmp_path: Path) -> None:
    with chromium_tab(tmp_path / "profile") as tab:
        tab.open(reports / "pingshang.html")
        assert tab.ask("document.querySelectorAll('img[src=x]').length") == 0
        assert tab.ask("document.body.textContent.includes('<img src=x onerror=alert(1)>')")
        assert tab.dialogs == []


def test_pictures_are_drawn_and_described(reports: Path, tmp_path: Path) -> None:
    with chromium_tab(tmp_path / "profile") as tab:
        tab.open(reports / "pingshang.html")
        pictures = "[...document.images]"
        assert tab.ask(f"{pictures}.length") == 3
        assert tab.ask(f"{pictures}.every(image => image.complete && image.naturalWidth > 300)")
        assert tab.ask(f"{pictures}.every(image => image.alt.length > 5)")
        assert tab.ask(f"{pictures}.every(image => image.closest('figure').querySelector('table'))")


def test_a_reader_can_find_the_way(reports: Path, tmp_path: Path) -> None:
    with chromium_tab(tmp_path / "profile") as tab:
        tab.open(reports / "district.html")
        assert tab.ask("document.documentElement.lang") == "zh-CN"
        assert tab.ask("document.querySelectorAll('h1').length") == 1
        assert tab.ask("document.querySelectorAll('main, nav, footer').length") == 3
        assert tab.ask("[...document.querySelectorAll('nav a')].every(a => document.getElementById("
                       "decodeURIComponent(a.hash.slice(1))) || document.getElementById(a.hash.slice(1)))")  # fmt: skip
        assert tab.ask("[...document.querySelectorAll('th')].every(cell => cell.scope)")
        headings = tab.ask("[...document.querySelectorAll('main h2')].slice(0, 5).map(h => h.textContent)")
        assert headings == [
            "一、基本情况", "二、自查发现的问题", "三、主要措施及成效", "四、存在的困难和问题", "五、工作建议",
        ]  # fmt: skip


def test_every_type_of_problem_has_a_line(reports: Path, tmp_path: Path) -> None:
    with chromium_tab(tmp_path / "profile") as tab:
        tab.open(reports / "district.html")
        text = tab.ask("document.querySelector('main').innerText")
        for title in (
            "混淆发放类别（未发现）",
            "应退出未退出 0.07万元",
            "一人多卡或一卡多人（未执行）",
            "疑似身份被盗用",
        ):
            assert title in text


def test_the_pages_own_font_is_enough(reports: Path, tmp_path: Path) -> None:
    with chromium_tab(tmp_path / "profile") as tab:
        tab.open(reports / "pingshang.html")
        assert tab.ask("document.fonts.load('16px \"YBT Sans\"', '坪').then(fonts => fonts.length)") == 1
