"""A long sheet is converted slice by slice, written on the way and kept coded: what is stored is what a short one gives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.params import SourceSpec, load_project
from audit_lib.sources import cells, convert, large_texts, row_groups, segments
from audit_lib.sources.columns import Dictionaries
from audit_lib.sources.entries import Entry, write_entry
from audit_lib.sources.files import FileAccount, read_file
from audit_lib.tables import TABLES
from tests.sources.district import LINGANG

HEADER = "乡镇,行政村,姓名,身份证号,补贴项目,发放月份,补贴金额,银行账号,发放状态,流水号"
PROJECT = load_project(LINGANG)
KNOWN = Dictionaries.of(PROJECT.items, PROJECT.towns)
SPEC = SourceSpec.model_validate({"match": "*", "table": "payment", "constants": {"channel": "系统"}})
PLACES = st.sampled_from(["团林镇,草岭社区", "团林,草岭村", ",", "团林镇,不知村", " 团林镇,草岭社区 "])
NAMES = st.sampled_from(["王芳", "王 芳", "李强(户主)", "□明", "", "#REF!", "阿依古丽·买买提"])
IDS = st.sampled_from([
    "371327194503151230", "371327194503151231", "'371327194503151230", "371327450315123", "3.71327E+17", "", "37132719450315000x",
    "37282419800101123X", "#N/A",
])  # fmt: skip
TAILS = st.sampled_from([
    "农村低保,2017-03,315.00,6228480000000000017,成功,LS1", "农村低保,201703,￥315,6228 4800 0000,失败,LS2",
    "农村低保,2017年第一季度,1.5万元,6.22848E+18,,LS3", "没有的项目,2017-03,315,62284800000000000,处理中,LS4",
    "农村低保,2017-03,,6228480000000000017,成功,#VALUE!", "农村低保,3月,#REF!,6228480000000000017,已退回,LS5",
])  # fmt: skip
ROWS = st.one_of(
    st.builds(lambda *cells: ",".join(cells), PLACES, NAMES, IDS, TAILS),
    st.sampled_from(
        [
            HEADER,
            "合计,,,,,,99.00,,,",
            "小计,,,,,,5,,,",
            ",,,,,,,,,",
            "制表人:李强,,,,,,,,,",
            "短,行",
            "草岭社区,,,,,,,,,",
        ]
    ),
)


def read(path: Path) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """The account and the contents of the entry of a file."""
    with tempfile.TemporaryDirectory() as scratch:
        entry, account = Entry(Path(scratch) / "entry"), FileAccount()
        write_entry(
            entry, TABLES["payment"], read_file(path, "团林镇/低保.csv", SPEC, KNOWN, account), account
        )
        parts = (entry.rows, entry.set_aside, entry.printed, entry.changes, entry.flags)
        return entry.account(), {part.name: pq.read_table(part).to_pylist() for part in parts}


def make_everything_long(patch: pytest.MonkeyPatch, slice_rows: int) -> None:
    patch.setattr(convert, "_SLICE", slice_rows)
    patch.setattr(cells, "_MANY", 4)
    patch.setattr(row_groups, "_GROUP_ROWS", 10)
    patch.setattr(large_texts, "_LARGE", 0)
    for module, name, size in (
        (segments, "SEGMENT", 900),
        (segments, "HEAD", 9_000),
        (large_texts, "HEAD", 9_000),
    ):
        patch.setattr(module, name, size)


@settings(max_examples=30, deadline=None)
@given(st.lists(ROWS, max_size=120), st.sampled_from([16, 10_000]))
def test_a_list_gives_the_same_tables_however_long_it_is_taken_to_be(
    mess: list[str], slice_rows: int
) -> None:
    sound = "团林镇,草岭社区,王芳,371327194503151230,农村低保,2017-03,315.00,6228480000000000017,成功,LS"
    lines = [HEADER, *(f"{sound}{n}" for n in range(50)), *mess]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "低保.csv"
        path.write_bytes("\r\n".join(lines).encode("gb18030"))
        account, tables = read(path)
        with pytest.MonkeyPatch.context() as patch:
            make_everything_long(patch, slice_rows)
            long_account, long_tables = read(path)
    assert long_account == account
    assert long_tables == tables
    (sheet,) = account["sheets"]
    blank = sum(not line.replace(",", "").strip() for line in mess)
    assert (
        sheet["kept"] + sheet["set_aside"] + sheet["totals"] == sheet["delivered"] == 50 + len(mess) - blank
    )
    assert len(tables["rows.parquet"]) == sheet["kept"]
    assert len(tables["set_aside.parquet"]) == sheet["set_aside"]
