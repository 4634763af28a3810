"""Each town is told what of it was checked; where nothing came there is no count, not a count of nought."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from audit_lib.findings import find
from audit_lib.rules import load_rules

from .world import Case, World, make_project

ONE_TOWN = Case(
    "DECEASED_PAID", 1,
    {
        "名称": "只有坪上镇报送", "应有疑点": [],
        "死亡登记": [{"姓名": "喻甲", "死亡日期": "2017-01-15"}, {"姓名": "喻乙", "死亡日期": "2017-02-15"}],
        "发放明细": [
            {"姓名": "喻甲", "补贴项目": "农村低保", "逐月": "2017-01..2017-03", "金额": "315.00"},
            {"姓名": "喻丙", "补贴项目": "农村低保", "所属期": "2017-01", "身份不明": True, "金额": "315.00"},
        ],
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("towns")
    tables, people = World((ONE_TOWN,)).write(folder)
    (out := Path(folder / "findings")).mkdir()
    rules = [rule for rule in load_rules() if rule.id in ("DECEASED_PAID", "STAFF_PAID")]
    find(make_project(folder, (ONE_TOWN,)), tables, people, out, rules)
    rows = pq.read_table(out / "town_coverage.parquet").to_pylist()
    return {(row["rule_id"], row["town_id"].split("/")[-1]): row for row in rows}


def test_a_town_that_delivered_is_told_what_was_checked_and_up_to_when(told: dict[Any, Any]) -> None:
    own = told["DECEASED_PAID", "坪上镇"]
    assert (own["rows_checked"], own["rows_unable"], own["findings"]) == (3, 1, 1)
    assert "死亡登记的“死亡日期”至2017年2月" in own["registers"]
    assert "发放明细的“所属期”至2017年3月" in own["registers"]


def test_a_town_that_delivered_nothing_is_not_clean(told: dict[Any, Any]) -> None:
    own = told["DECEASED_PAID", "团林镇"]
    assert (own["status"], own["reason"]) == ("未执行", "没有收到团林镇的发放明细")
    assert (own["rows_checked"], own["rows_unable"], own["findings"]) == (None, None, None)


def test_a_rule_without_its_register_ran_in_no_town(told: dict[Any, Any]) -> None:
    for town in ("坪上镇", "团林镇"):
        own = told["STAFF_PAID", town]
        assert own["status"] == "未执行"
        assert "财政供养" in own["reason"]
        assert own["findings"] is None
