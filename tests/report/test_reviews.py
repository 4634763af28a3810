"""A reviewer's decisions leave the page as a small file and come back into the ledger, or are refused as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit_lib.errors import LedgerError
from audit_lib.ledger import Ledger
from audit_lib.report.reviews import digest_of, import_review
from audit_lib.report.seals import own_findings, seal_rows
from audit_lib.report.stages import Stages
from tests.report.browser import Visit
from tests.report.conftest import MANY
from tests.report.fixtures import DEAD_A, DEAD_B, ID, make_stages

POSSIBLE = ID["DECEASED_PAID", "RESIDENT_PENSION", "pingshang"]
UNLISTED = ID["NOT_IN_REGISTER", "RURAL_DIBAO", "pingshang"]


def opinion(finding_id: str, result: str, **more: str) -> dict[str, str]:
    """One tick as the page writes it."""
    return {
        "finding_id": finding_id,
        "result": result,
        "reason_code": "",
        "attachment": "",
        "comment": "",
    } | more


def exported(stages: Stages, decisions: list[dict[str, str]], **other: Any) -> dict[str, Any]:
    """A file as the page of 坪上镇 exports it."""
    findings = own_findings(stages, "pingshang")
    return {
        "format": "ybt-review", "version": 1, "town": "pingshang", "page": "坪上镇", "run": stages.run_id, "rows": len(findings),
        "seal": seal_rows("pingshang", findings), "reviewer": "李某", "reviewed_on": "2019-08-01", "digest": digest_of(decisions),
        "decisions": decisions,
    } | other  # fmt: skip


def stored(folder: Path, content: object) -> Path:
    """The file on disk."""
    path = folder / "坪上镇复核意见.json"
    path.write_text(
        content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8"
    )
    return path


def states(stages: Stages) -> dict[str, str]:
    """State of every case."""
    with Ledger.open(stages.ledger_url) as ledger:
        return dict(ledger.cases().set_index("finding_id").state)


THREE = [
    opinion(DEAD_A, "属实", attachment="取证单2"),
    opinion(
        UNLISTED, "不属实", reason_code="政策允许", attachment="文件3", comment="证号371327194503151230已核"
    ),
    opinion(POSSIBLE, "待核", comment="等户籍档案"),
]


def test_decisions_reach_the_ledger_with_who_when_and_why(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    report = import_review(stages, stored(tmp_path, exported(stages, THREE)))
    now = states(stages)
    assert (now[DEAD_A], now[UNLISTED], now[POSSIBLE], now[DEAD_B]) == ("属实", "不属实", "待补充", "待核实")
    assert report.counts == {"收到": 3, "已入账": 2, "其中新增": 2, "待补充": 1}
    with Ledger.open(stages.ledger_url) as ledger:
        cases = ledger.cases().set_index("finding_id")
        assert ledger.verify() == []
    assert cases.loc[UNLISTED, ["verifier", "decided_on", "reason_code"]].tolist() == [
        "李某",
        "2019-08-01",
        "政策允许",
    ]
    assert cases.loc[UNLISTED, "note"] == "证号371327********1230已核"
    assert cases.loc[DEAD_A, "verified_fen"] == 99_500
    assert cases.loc[POSSIBLE, "shortfall"] == "待核:等户籍档案"


def test_the_same_file_again_writes_nothing(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    path = stored(tmp_path, exported(stages, THREE))
    import_review(stages, path)
    with Ledger.open(stages.ledger_url) as ledger:
        head = ledger.head()
    assert import_review(stages, path).counts["其中新增"] == 0
    with Ledger.open(stages.ledger_url) as ledger:
        assert ledger.head() == head


def test_clearing_without_reason_or_proof_is_kept_as_incomplete(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    import_review(stages, stored(tmp_path, exported(stages, [opinion(DEAD_A, "不属实")])))
    assert states(stages)[DEAD_A] == "待补充"


Change = Callable[[dict[str, Any]], object]
REFUSED: dict[str, tuple[Change, str]] = {
    "another run": (lambda file: file.update(run="R0000000000"), "针对的是运行 R0000000000"),
    "another town": (lambda file: file.update(town="tuanlin"), "校验码不符"),
    "a town that is not there": (lambda file: file.update(town="nowhere"), "没有镇代码"),
    "other rows": (lambda file: file.update(seal="0" * 64), "校验码不符"),
    "fewer rows": (lambda file: file.update(rows=2), "校验码不符"),
    "changed decisions": (lambda file: file["decisions"][0].update(result="不属实"), "导出后被改动过"),
    "an unknown answer": (lambda file: file["decisions"][0].update(result="大概"), r"decisions\.0\.result"),
    "nobody's name": (lambda file: file.update(reviewer=""), "reviewer"),
    "another format": (lambda file: file.update(format="x"), "format"),
    "something more": (lambda file: file.update(more=1), "more"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_with_this_is_refused_and_nothing_is_written(tmp_path: Path, what: str) -> None:
    change, says = REFUSED[what]
    stages = make_stages(tmp_path)
    file = exported(stages, THREE)
    file["decisions"] = [dict(entry) for entry in file["decisions"]]
    change(file)
    before = states(stages)
    with pytest.raises(LedgerError, match=says):
        import_review(stages, stored(tmp_path, file))
    assert states(stages) == before


@pytest.mark.parametrize(
    ("decisions", "says"),
    [
        ([opinion(DEAD_B, "属实")], f"{DEAD_B}：清单中没有这个疑点"),
        ([opinion(DEAD_A, "属实"), opinion(DEAD_A, "待核")], f"{DEAD_A}：有两条意见"),
        ([opinion(DEAD_A, "不属实", reason_code="就是不属实")], "没有原因码"),
    ],
)
def test_decisions_about_what_is_not_on_the_page_are_refused(
    tmp_path: Path, decisions: list[dict[str, str]], says: str
) -> None:
    stages = make_stages(tmp_path)
    before = states(stages)
    with pytest.raises(LedgerError, match=says):
        import_review(stages, stored(tmp_path, exported(stages, [opinion(UNLISTED, "属实"), *decisions])))
    assert states(stages) == before


@pytest.mark.parametrize("text", ["", "不是", "[" * 100_000, '{"format": "ybt-re'])
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    stages = make_stages(tmp_path)
    with pytest.raises(LedgerError):
        import_review(stages, stored(tmp_path, text))


@pytest.mark.browser
def test_what_is_ticked_on_the_page_is_in_the_ledger(
    stages: Stages, reports: Path, tab: Visit, tmp_path: Path
) -> None:
    """From opening the page to the ledger, with the decisions on two pages of the list and one taken up again."""
    true, false, waits = (row["finding_id"] for row in (MANY[0], MANY[1], MANY[2]))
    page = tab.open(reports / "pingshang.html")
    page.get_by_role("button", name="开始复核").click()
    page.get_by_role("button", name="导出复核意见").click()
    assert "请先填写复核人" in page.locator(".desk .count").inner_text()
    page.locator("[name=reviewer]").fill("赵某")
    for number, (finding_id, verdict) in enumerate(
        {true: "属实", false: "不属实", waits: "待核"}.items(), start=1
    ):
        page.get_by_role("searchbox").fill(finding_id)
        form = page.locator(f"tr[id={finding_id}] .verdict")
        form.get_by_role("radio", name=verdict, exact=True).check()
        if verdict == "不属实":
            form.locator("select").select_option("换卡")
            form.locator(f"[name=proof-{finding_id}]").fill("银行证明")
        form.locator(f"[name=comment-{finding_id}]").fill("已看“凭证”\n第3页 <b>")
        assert f"已复核 {number} 件" in page.locator(".desk .count").inner_text()
    path = tab.save("导出复核意见", tmp_path)
    page = tab.open(reports / "pingshang.html")
    page.get_by_role("button", name="开始复核").click()
    page.locator("[name=take]").set_input_files(path)
    page.get_by_text("已载入").wait_for()
    again = tab.save("导出复核意见", tmp_path)
    assert (
        json.loads(again.read_text(encoding="utf-8"))["decisions"]
        == json.loads(path.read_text(encoding="utf-8"))["decisions"]
    )
    assert import_review(stages, path).counts["收到"] == 3
    now = states(stages)
    assert (now[true], now[false], now[waits]) == ("属实", "不属实", "待补充")
