"""Why a finding is new, gone or changed: read off what two runs were made from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit_lib.errors import AuditError
from audit_lib.findings.columns import COVERAGE_COLUMNS, EVIDENCE_COLUMNS, FINDING_COLUMNS, schema
from audit_lib.findings.difference import Difference, compare_runs
from audit_lib.findings.kept_runs import FOLDER, KEPT, keep_run, list_runs
from audit_lib.params import Project, load_project
from audit_lib.tables import FILE_REGISTER_COLUMNS

LINGANG = Path(__file__).parents[2] / "params" / "lingang"
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(LINGANG, tmp_path / "params" / "lingang")
    return load_project(tmp_path / "params" / "lingang")


def world() -> dict[str, Any]:
    """Two findings, each resting on a file of its own."""
    return {
        "files": {"死亡.csv": "a", "发放.csv": "b", "车辆.csv": "c"},
        "findings": {"YDA": ("DECEASED_PAID", 100, "死亡.csv"), "YDB": ("VEHICLE_OWNER", 200, "车辆.csv")},
        "status": {}, "code": "1",
    }  # fmt: skip


def write(path: Path, rows: list[dict[str, Any]], columns: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema(columns)), path)


def keep(project: Project, run_id: str, content: dict[str, Any]) -> Path:
    """Write stages of this content and keep the run."""
    folder = project.work / f"stages-{run_id}"
    write(folder / "file_register.parquet", [{"file": f, "sha256": d} for f, d in content["files"].items()],
          FILE_REGISTER_COLUMNS)  # fmt: skip
    rows = [
        {
            "finding_id": key,
            "rule_id": rule,
            "rule_title": rule,
            "tier": "A",
            "amount_fen": fen,
            "statement": f"{fen}分",
        }
        for key, (rule, fen, _) in content["findings"].items()
    ]
    write(folder / "finding.parquet", rows, FINDING_COLUMNS)
    evidence = [{"finding_id": key, "file": file} for key, (_, _, file) in content["findings"].items()]
    write(folder / "evidence.parquet", evidence, EVIDENCE_COLUMNS)
    coverage = [
        {"rule_id": rule, "status": content["status"].get(rule, "已执行"), "reason": "未收到车辆"}
        for rule in ("DECEASED_PAID", "VEHICLE_OWNER")
    ]
    write(folder / "coverage.parquet", coverage, COVERAGE_COLUMNS)
    return keep_run(project, folder, folder, run_id, content["code"])


def compare(project: Project, change: Change, after: Project | None = None) -> Difference:
    """The difference that a change of the world makes."""
    old = keep(project, "R1", world())
    changed = world()
    change(changed)
    return compare_runs(old, keep(after or project, "R2", changed))


def told(difference: Difference) -> dict[str, tuple[str, str]]:
    return {
        line["finding_id"]: (line["change"], line["reason"]) for line in difference.lines.to_dict("records")
    }


def test_the_same_again_differs_in_nothing(project: Project) -> None:
    difference = compare(project, lambda _: None)
    assert told(difference) == {}
    assert (difference.unchanged, len(difference.causes)) == (2, 0)


def test_a_corrected_file_is_the_reason_of_what_rested_on_it(project: Project) -> None:
    def correct(content: dict[str, Any]) -> None:
        content["files"]["死亡.csv"] = "corrected"
        del content["findings"]["YDA"]

    assert told(compare(project, correct)) == {"YDA": ("消失", "数据：死亡.csv更新")}


def test_a_new_file_is_the_reason_of_what_it_shows(project: Project) -> None:
    def deliver(content: dict[str, Any]) -> None:
        content["files"]["殡葬.csv"] = "new"
        content["findings"]["YDC"] = ("DECEASED_PAID", 50, "殡葬.csv")

    assert told(compare(project, deliver)) == {"YDC": ("新增", "数据：殡葬.csv新增")}


def test_another_amount_is_a_change_with_both_amounts(project: Project) -> None:
    def pay(content: dict[str, Any]) -> None:
        content["files"]["车辆.csv"] = "x"
        content["findings"]["YDB"] = ("VEHICLE_OWNER", 300, "车辆.csv")

    difference = compare(project, pay)
    assert told(difference) == {"YDB": ("变动", "数据：车辆.csv更新")}
    assert difference.lines[["before_fen", "after_fen"]].iloc[0].tolist() == [200, 300]


def test_another_tolerance_of_the_rule_is_named_with_its_values(project: Project) -> None:
    text = (project.folder / "project.yml").read_text(encoding="utf-8")
    (project.folder / "project.yml").write_text(
        text + "\ntolerances:\n  DECEASED_PAID: {grace_months: 2}\n", "utf-8"
    )
    after = load_project(project.folder)

    def drop(content: dict[str, Any]) -> None:
        del content["findings"]["YDA"]

    assert told(compare(project, drop, after)) == {
        "YDA": ("消失", "参数：DECEASED_PAID的grace_months由0改为2")
    }


def test_a_rule_that_could_not_run_before_names_what_was_lacking(project: Project) -> None:
    old = world()
    del old["findings"]["YDB"]
    old["status"] = {"VEHICLE_OWNER": "未执行"}
    first = keep(project, "R1", old)
    difference = compare_runs(first, keep(project, "R2", world()))
    assert told(difference) == {"YDB": ("新增", "数据：VEHICLE_OWNER由未执行变为已执行(未收到车辆)")}


def test_another_program_is_named_when_nothing_else_changed(project: Project) -> None:
    def improve(content: dict[str, Any]) -> None:
        content["code"] = "2"
        del content["findings"]["YDA"]

    assert told(compare(project, improve)) == {"YDA": ("消失", "程序：程序有改动")}


def test_a_standard_that_changed_is_named_when_the_findings_own_files_did_not(project: Project) -> None:
    def raise_rate(content: dict[str, Any]) -> None:
        content["findings"]["YDA"] = ("DECEASED_PAID", 150, "死亡.csv")

    old = keep(project, "R1", world())
    path = project.folder / "standards.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# 修订\n", encoding="utf-8")
    changed = world()
    raise_rate(changed)
    assert told(compare_runs(old, keep(project, "R2", changed))) == {"YDA": ("变动", "参数：standards.yml")}


def test_an_unknown_run_is_named_with_those_that_are_kept(project: Project) -> None:
    old = keep(project, "R1", world())
    with pytest.raises(AuditError, match="没有保存过运行“R9”"):
        compare_runs(old, project.work / FOLDER / "R9")


def test_only_the_last_runs_are_kept(project: Project) -> None:
    for n in range(KEPT + 2):
        keep(project, f"R{n:02}", world())
    kept = list_runs(project)
    assert (kept[0], kept[-1], len(kept)) == ("R02", f"R{KEPT + 1:02}", KEPT)


def test_the_text_tells_every_line_and_its_reason(project: Project) -> None:
    def correct(content: dict[str, Any]) -> None:
        content["files"]["死亡.csv"] = "corrected"
        del content["findings"]["YDA"]

    text = compare(project, correct).render()
    assert "新增0件、消失1件、变动0件、未变1件" in text
    assert "消失 YDA" in text
    assert "原因:数据：死亡.csv更新" in text


def test_a_file_that_changed_elsewhere_is_not_blamed(project: Project) -> None:
    def correct(content: dict[str, Any]) -> None:
        content["files"] |= {"死亡.csv": "corrected", "发放.csv": "corrected"}
        del content["findings"]["YDA"]

    assert told(compare(project, correct)) == {"YDA": ("消失", "数据：死亡.csv更新")}
