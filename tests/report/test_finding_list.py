"""The list of findings in a browser: what it shows, hides, sorts and gives away."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from audit_lib.exports import LIVE
from audit_lib.report.finding_list import rule_titles
from tests.report.browser import Visit
from tests.report.conftest import MANY
from tests.report.fixtures import DEAD_A

pytestmark = pytest.mark.browser

COUNTED = re.compile(r"显示 (\d+) ＋ 隐藏 (\d+)（其他页 (\d+)、不符合筛选 (\d+)）＝ 合计 (\d+) 件")


@pytest.fixture
def page(reports: Path, tab: Visit) -> Page:
    """The page of a town with 123 findings."""
    opened = tab.open(reports / "pingshang.html")
    opened.locator("#list").evaluate(
        "list => list.scrollIntoView()"
    )  # it is laid out when it comes into view
    return opened


def ask(page: Page, field: str) -> Locator:
    """One of the controls above the list."""
    return page.locator(f"#list [name={field}]")


def counted(page: Page) -> list[int]:
    """Shown, hidden, on other pages, filtered out, all — as printed above the list."""
    found = COUNTED.search(page.locator("#list > .count").text_content() or "")
    assert found is not None
    return [int(number) for number in found.groups()]


def visible(page: Page) -> list[str]:
    """Numbers of the findings one sees, in order."""
    return page.locator("#list tbody tr:visible th").all_text_contents()


def test_shown_and_hidden_add_up_whatever_is_asked(page: Page) -> None:
    def check() -> list[int]:
        shown, hidden, elsewhere, out, total = counted(page)
        assert (shown + hidden, elsewhere + out, total, shown) == (123, hidden, 123, len(visible(page)))
        return [shown, elsewhere, out]

    assert check() == [50, 73, 0]
    page.get_by_role("button", name="下一页").click()
    page.get_by_role("button", name="下一页").click()
    assert check() == [23, 100, 0]
    assert page.get_by_role("button", name="下一页").is_disabled()
    ask(page, "size").select_option("0")
    assert check() == [123, 0, 0]
    ask(page, "tier").select_option("B")
    assert check() == [40, 0, 83]


def test_each_filter_keeps_exactly_its_own(page: Page) -> None:
    ask(page, "size").select_option("0")
    ask(page, "least").fill("500")
    ask(page, "most").fill("600.00")
    # of the fixtures' own three, only 995.00, 315.00 and 100.00
    assert set(visible(page)) == {row["finding_id"] for row in MANY if 50_000 <= row["amount_fen"] <= 60_000}
    ask(page, "tier").select_option("B")
    wanted = {
        row["finding_id"] for row in MANY if 50_000 <= row["amount_fen"] <= 60_000 and row["tier"] == "B"
    }
    assert set(visible(page)) == wanted
    page.get_by_role("button", name="清除筛选").click()
    assert len(visible(page)) == 123
    ask(page, "office").select_option("财政所")
    assert set(visible(page)) == {row["finding_id"] for row in MANY if row["office"] == "财政所"}
    page.get_by_role("button", name="清除筛选").click()
    ask(page, "rule").select_option("死亡后仍领取补贴")
    dead = {row["finding_id"] for row in MANY if row["rule_id"] == "DECEASED_PAID"}
    assert dead < set(visible(page))
    assert len(visible(page)) == len(dead) + 2


def test_a_search_finds_by_number_and_by_words_in_any_order(page: Page) -> None:
    ask(page, "text").fill(MANY[7]["finding_id"].lower())
    assert visible(page) == [MANY[7]["finding_id"]]
    ask(page, "text").fill("80.00元 第7号")
    assert visible(page) == [MANY[7]["finding_id"]]
    ask(page, "text").fill("没有这样的")
    assert visible(page) == []
    assert counted(page) == [0, 123, 0, 123, 123]


def test_sorting_by_amount_shows_the_largest_first_and_says_so(page: Page) -> None:
    page.get_by_role("button", name="金额（元）").click()
    first = [row["finding_id"] for row in sorted(MANY, key=lambda row: -row["amount_fen"])][:10]
    assert visible(page)[:10] == first
    head = page.locator("#list").get_by_role("columnheader", name="金额（元）")
    assert head.get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="金额（元）").click()
    assert visible(page)[0] == MANY[0]["finding_id"]
    assert head.get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="期间").click()
    spans = page.locator("#list tbody tr:visible td:nth-child(6)").all_inner_texts()
    months = [tuple(map(int, re.findall(r"\d+", span)[:2])) for span in spans]
    assert months == sorted(months)


def test_the_list_can_be_worked_by_keyboard_alone(page: Page) -> None:
    ask(page, "text").focus()
    page.keyboard.type("第11号")
    assert visible(page) == [MANY[11]["finding_id"]]
    page.get_by_role("button", name="清除筛选").focus()
    page.keyboard.press("Enter")
    assert counted(page)[3] == 0
    page.get_by_role("button", name="金额（元）").focus()
    page.keyboard.press("Space")
    assert visible(page)[0] == MANY[-1]["finding_id"]


def test_the_export_is_exactly_what_is_filtered(page: Page, tab: Visit, tmp_path: Path) -> None:
    ask(page, "tier").select_option("A")
    page.get_by_role("button", name="金额（元）").click()
    path = tab.save("导出CSV", tmp_path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ask(page, "size").select_option("0")
    assert [row["疑点编号"] for row in rows] == visible(page)
    by_id = {row["finding_id"]: row for row in MANY}
    for row in rows:
        if own := by_id.get(row["疑点编号"]):
            assert round(float(row["金额（元）"]) * 100) == own["amount_fen"]
            assert row["疑点说明"].lstrip("'") == own["statement"]
    assert not any(cell.startswith(LIVE) for row in rows for cell in row.values())
    assert any(row["疑点说明"].startswith("'=HYPERLINK") for row in rows)


def test_every_count_leads_to_as_many_findings(page: Page) -> None:
    links = page.locator("main a[data-f]")
    led = 0
    for place in range(links.count()):
        link = links.nth(place)
        text = link.inner_text()
        column = link.evaluate("a => a.closest('td') ? a.closest('table').tHead.rows[0].cells[a.closest('td').cellIndex].innerText : ''")  # fmt: skip
        link.evaluate("a => a.click()")
        shown, _, elsewhere, _, _ = counted(page)
        assert shown + elsewhere > 0, text
        if re.fullmatch(r"[\d,]+件?", text) and "人数" not in column:
            assert shown + elsewhere == int(text.replace(",", "").rstrip("件")), (column, text)
            led += 1
    assert led >= 12


def test_amounts_lead_to_the_files_and_rows_they_add_up_from(page: Page) -> None:
    amounts = page.locator("main td a[href^='#from-']")
    assert amounts.count() >= 3
    for place in range(amounts.count()):
        target = (amounts.nth(place).get_attribute("href") or "")[1:]
        row = page.locator(f"tr[id='{target}']")
        assert "系统.csv" in (row.text_content() or "")
    amounts.first.click()
    assert page.evaluate("!!document.querySelector('#origins').open")


def test_a_link_to_one_finding_turns_to_its_page(reports: Path, tab: Visit) -> None:
    late = MANY[0]["finding_id"]
    page = tab.open(reports / "pingshang.html", f"#{late}")
    assert late in visible(page)
    page = tab.open(reports / "pingshang.html", f"?tier=C#{DEAD_A}")
    assert DEAD_A in visible(page)


def test_rules_that_are_called_alike_are_told_apart() -> None:
    rows = [{"rule_id": "ONE", "rule_title": "同名"}, {"rule_id": "TWO", "rule_title": "同名"}, {"rule_id": "THREE", "rule_title": "另"}]  # fmt: skip
    assert rule_titles(rows) == {"ONE": "同名（ONE）", "TWO": "同名（TWO）", "THREE": "另"}
