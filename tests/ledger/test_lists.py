"""Lists that go out to towns and departments, and can come back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from audit_lib.ledger import Ledger
from audit_lib.ledger.lists import SURE, UNSURE, write_lists
from audit_lib.ledger.verdicts import REASON_CODES
from audit_lib.params import Project, load_project
from audit_lib.sources.headers import map_columns
from audit_lib.tables import FEEDBACK
from tests.ledger.ledger_cases import HE, SHE, as_tables, finding

PARAMS = Path(__file__).parents[2] / "params" / "lingang"
ID = "371327194503151230"
OPEN_COLUMNS = {
    "核实结果", "不属实原因码", "核实金额(元)", "其中:2017年(元)", "其中:2018年(元)", "其中:2019年(元)",
    "情况说明", "佐证附件", "核实人", "核实日期",
}  # fmt: skip


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(PARAMS)


@pytest.fixture
def issue(tmp_path: Path, project: Project):
    """Write the lists of some findings, after some have been decided; returns path by file name."""

    def issue(*findings: dict, cleared: tuple[str, ...] = ()) -> dict[str, Path]:
        found, lines = as_tables(list(findings))
        with Ledger.open("sqlite://") as ledger:
            ledger.raise_findings(found, lines, run_id="R1")
            for number in cleared:
                ledger.decide(number, "不属实", None, "换卡", "回单.pdf", "审计组甲")
            cases = ledger.cases()
        persons = pd.DataFrame({"person_id": [HE, SHE], "name": ["郦珺", "=HYPERLINK(1)"]})
        evidence = pd.DataFrame(
            [("YDA", "发放.csv", "", 12), ("YDA", "死亡.xlsx", "名册", 6)],
            columns=["finding_id", "file", "sheet", "row"],
        )
        written = write_lists(
            project, cases, found.to_pandas(), tmp_path / "lists", persons, evidence,
            issued_on=date(2019, 6, 20), due_on=date(2019, 7, 10),
        )  # fmt: skip
        return {f"{path.parent.name}/{path.name}": path for path in written}

    return issue


def sheet_of(path: Path, name: str = SURE):
    return openpyxl.load_workbook(path)[name]


def numbers(path: Path, name: str = SURE) -> list[str]:
    return [row[0].value for row in sheet_of(path, name).iter_rows(min_row=2)]


def test_each_town_and_each_department_gets_its_own_open_findings(issue):
    lists = issue(
        finding("YDA"), finding("YDB", town_id="zhulu", owner="农林水利局"),
        finding("YDC", {2017: 50000}), finding("YDD"),
        cleared=("YDD",),
    )  # fmt: skip
    assert {name: numbers(path) for name, path in lists.items()} == {
        "镇/核查清单_团林镇.xlsx": ["YDC", "YDA"],
        "镇/核查清单_朱芦镇.xlsx": ["YDB"],
        "部门/核查清单_社会事业局.xlsx": ["YDC", "YDA"],
        "部门/核查清单_农林水利局.xlsx": ["YDB"],
    }


def test_victims_of_identity_theft_are_named_to_the_correcting_department_only(issue):
    lists = issue(finding("YDA", track="protective", owner="公安"), finding("YDB"))
    assert numbers(lists["镇/核查清单_团林镇.xlsx"]) == ["YDB"]
    assert numbers(lists["部门/核查清单_公安.xlsx"]) == ["YDA"]


def test_a_finding_on_an_uncertain_person_is_on_a_sheet_of_its_own(issue):
    path = issue(finding("YDA"), finding("YDB", tier="C"))["镇/核查清单_团林镇.xlsx"]
    assert (numbers(path, SURE), numbers(path, UNSURE)) == (["YDA"], ["YDB"])


def test_lists_of_an_earlier_issue_do_not_linger(issue):
    first = issue(finding("YDA"))
    second = issue(finding("YDB", town_id="zhulu"))
    assert "镇/核查清单_团林镇.xlsx" in first
    assert not first["镇/核查清单_团林镇.xlsx"].exists()
    assert "镇/核查清单_朱芦镇.xlsx" in second


def test_evidence_is_locked_and_answers_are_open(issue):
    sheet = sheet_of(issue(finding("YDA"))["镇/核查清单_团林镇.xlsx"])
    assert sheet.protection.sheet
    captions = [cell.value for cell in sheet[1]]
    unlocked = {
        caption for caption, cell in zip(captions, sheet[2], strict=True) if not cell.protection.locked
    }
    assert unlocked == OPEN_COLUMNS
    assert all(cell.protection.locked for cell in sheet[1])


def test_results_and_reasons_are_chosen_from_lists(issue):
    sheet = sheet_of(issue(finding("YDA"))["镇/核查清单_团林镇.xlsx"])
    captions = {cell.column_letter: cell.value for cell in sheet[1]}
    offered = {
        captions[str(rule.sqref).rstrip("0123456789")]: rule.formula1.strip('"').split(",")
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert offered == {
        "核实结果": ["属实", "部分属实", "不属实", "无法核实"],
        "不属实原因码": list(REASON_CODES),
    }
    limits = {rule.formula2 for rule in sheet.data_validations.dataValidation if rule.type == "decimal"}
    assert {captions[limit.strip("$2")] for limit in limits} == {"疑点金额(元)"}


def test_a_name_that_looks_like_a_formula_stays_text(issue):
    sheet = sheet_of(issue(finding("YDA", person_id=SHE))["镇/核查清单_团林镇.xlsx"])
    cell = sheet["E2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_no_list_holds_a_full_number(issue):
    said = finding("YDA", statement=f"户主证号{ID},仍领取低保。")
    for path in issue(said).values():
        cells = [str(cell.value) for row in sheet_of(path).iter_rows() for cell in row]
        assert not [cell for cell in cells if ID in cell]
        assert "户主证号371327********1230,仍领取低保。" in cells


def test_a_row_says_who_what_how_much_and_on_what_evidence(issue):
    sheet = sheet_of(
        issue(finding("YDA", item_id="RURAL_DIBAO", town_id="pingshang", village_id="ps01"))[
            "镇/核查清单_坪上镇.xlsx"
        ]
    )
    row = {caption.value: cell.value for caption, cell in zip(sheet[1], sheet[2], strict=True)}
    assert {caption: value for caption, value in row.items() if caption not in OPEN_COLUMNS} == {
        "疑点编号": "YDA", "规则": "死亡后仍领取补贴", "镇": "坪上镇", "村": "坪上社区", "姓名": "郦珺",
        "身份证号(掩码)": "371327********1230", "项目": "农村最低生活保障金", "期间": "2017-01", "疑点金额(元)": 300,
        "疑点说明": "郦*于2017年1月死亡,仍领取低保。", "证据来源": "发放.csv 第12行 等2处", "匹配等级": "A",
        "责任单位": "社会事业局", "下发日期": "2019-06-20", "反馈期限": "2019-07-10",
    }  # fmt: skip


def test_a_returned_list_is_understood_by_its_headers(issue):
    captions = [cell.value for cell in sheet_of(issue(finding("YDA"))["镇/核查清单_团林镇.xlsx"])[1]]
    mapping = map_columns(captions, FEEDBACK, {})
    known = {column: captions[at] for column, at in mapping.at.items()}
    assert known == {
        "finding_id": "疑点编号", "rule_title": "规则", "name": "姓名", "id": "身份证号(掩码)", "item": "项目",
        "result": "核实结果", "reason_code": "不属实原因码", "verified": "核实金额(元)", "note": "情况说明",
        "attachment": "佐证附件", "verifier": "核实人", "verified_on": "核实日期",
    }  # fmt: skip
    assert [(year, captions[at]) for year, at in mapping.by_year] == [
        ("2017", "其中:2017年(元)"), ("2018", "其中:2018年(元)"), ("2019", "其中:2019年(元)"),
    ]  # fmt: skip
    assert (captions[mapping.town], captions[mapping.village]) == ("镇", "村")


def test_the_page_is_a4_landscape_with_the_header_on_every_page(issue):
    sheet = sheet_of(issue(finding("YDA"))["镇/核查清单_团林镇.xlsx"])
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.page_setup.fitToHeight) == ("$1:$1", "B2", 0)
