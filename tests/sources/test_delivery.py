"""The stage as a whole: every row accounted for, order kept, nothing read twice."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_lib.errors import SourceError
from audit_lib.params import Standard
from audit_lib.sources import reading
from audit_lib.sources.entries import arrow_schema
from audit_lib.tables import (
    CELL_CHANGE_COLUMNS,
    CELL_FLAG_COLUMNS,
    FILE_REGISTER_COLUMNS,
    PRINTED_TOTAL_COLUMNS,
    REFUSED_FILE_COLUMNS,
    SET_ASIDE_COLUMNS,
    SHEET_COLUMNS,
    TABLES,
)
from tests.sources.district import LI, PAYMENT_HEADER, WANG, ZHAO, District, column, payment

CELLS = st.sampled_from(
    [
        "",
        " ",
        "王芳",
        WANG[1],
        "371327194503151234",
        "农村低保",
        "无此项目",
        "2017-03",
        "3月",
        "315",
        "-80",
        "万",
        "合计",
        "小计",
        "制表人:某",
        "草岭社区",
        "团林镇",
        "失败",
        "未知",
        "'",
        '"',
        "a\x00b",
        "2017年第一季度",
        "1,2",
        *PAYMENT_HEADER.split(","),
    ]
)
MESSY_LINES = st.lists(st.lists(CELLS, min_size=0, max_size=9).map(",".join), max_size=15)


@given(MESSY_LINES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_is_delivered_kept_and_set_aside_and_totals_add_up(tmp_path: Path, lines: list[str]) -> None:
    district = District(tmp_path)
    good = [payment(WANG), payment(LI), payment(ZHAO)] * 6
    district.put_payments(*good, *lines)
    tables = district.read()
    (register,) = tables["file_register"]
    assert register["delivered"] == register["kept"] + register["set_aside"] + register["totals"]
    assert (register["kept"], register["set_aside"]) == (len(tables["payment"]), len(tables["set_aside"]))
    assert register["kept"] >= len(good) or '"' in "".join(lines)
    numbers = sorted(column(tables["payment"], "payment_row") + column(tables["set_aside"], "origin"))
    assert len(set(numbers)) == len(numbers)
    assert column(tables["payment"], "payment_row") == sorted(column(tables["payment"], "payment_row"))


def test_tables_have_exactly_the_contracted_columns_and_types(district: District) -> None:
    district.put_payments(payment(), payment(amount=""))
    district.put("死亡/注销.csv", f"姓名,身份证号,死亡日期,镇,村\n王芳,{WANG[1]},2017.3.5,团林镇,草岭\n")
    district.read()
    out = district.root / "out"
    assert sorted(path.stem for path in out.glob("*")) == [
        "cell_change",
        "cell_flag",
        "death",
        "file_register",
        "payment",
        "printed_total",
        "refused_file",
        "set_aside",
        "sheet",
    ]
    sides = {
        "sheet": SHEET_COLUMNS, "file_register": FILE_REGISTER_COLUMNS, "set_aside": SET_ASIDE_COLUMNS,
        "printed_total": PRINTED_TOTAL_COLUMNS, "refused_file": REFUSED_FILE_COLUMNS,
        "cell_change": CELL_CHANGE_COLUMNS, "cell_flag": CELL_FLAG_COLUMNS,
    }  # fmt: skip
    for name, columns in (sides | {name: TABLES[name].stored() for name in ("death", "payment")}).items():
        assert pq.read_schema(out / f"{name}.parquet").remove_metadata().equals(arrow_schema(columns)), name


@pytest.mark.parametrize(
    ("line", "reason", "caption", "cell"),
    [
        (payment(amount=""), "金额空缺", "金额", ""), (payment(amount="12.345"), "金额无法识别", "金额", "12.345"),
        (payment(month="第3期"), "所属期无法识别", "所属期", "第3期"), (payment(month=""), "所属期空缺", "所属期", ""),
        (payment().replace("农村低保", "车补"), "目录外项目", "补贴项目", "车补"),
        (payment(("", " ")), "姓名和身份证号都空缺", "姓名", ""),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_says_why_and_keeps_its_cells(
    district: District, line: str, reason: str, caption: str, cell: str
) -> None:
    district.put_payments(*[payment(LI)] * 3, line)
    (aside,) = district.read()["set_aside"]
    assert (aside["reason"], aside["column_name"], aside["cell"]) == (reason, caption, cell)
    assert aside["origin"] == 10_000_005 and aside["table_name"] == "payment"
    assert list(json.loads(aside["record"])) == PAYMENT_HEADER.split(",")
    assert list(json.loads(aside["record"]).values()) == line.split(",")


def test_status_is_success_unless_said_otherwise_and_an_unknown_one_keeps_its_money(
    district: District,
) -> None:
    told = (
        "成功,",
        ",",
        "失败,",
        "冲销,",
        "处理中,",
        "K7,账号不存在",
        "K9,无",
        "代发成功,",
        "未 到账,",
        "退票,户名不符",
        ",账号已销户",
    )
    district.put_payments(
        *(f"{payment()},{status}" for status in told), header=PAYMENT_HEADER + ",发放状态,失败原因"
    )
    tables = district.read()
    assert column(tables["payment"], "status") == [
        "success", "success", "failed", "reversed", None, "failed", None, "success", "failed", "returned", "failed",
    ]  # fmt: skip
    assert column(tables["payment"], "channel") == ["system"] * 11
    assert tables["set_aside"] == []
    flagged = [(r["raw"], r["flag"]) for r in tables["cell_flag"] if r["column_name"] == "发放状态"]
    assert flagged == [("处理中", "读不出"), ("K7", "读不出"), ("K9", "读不出")]
    (account,) = column(tables["file_register"], "reason")
    assert "发放状态3行取值不认识" in account and "values" in account


def test_reasons_that_most_rows_give_are_not_reasons_for_failure(district: District) -> None:
    district.put_payments(*[f"{payment()},重病"] * 3, f"{payment()},", header=PAYMENT_HEADER + ",失败原因")
    assert column(district.read()["payment"], "status") == ["success"] * 4


def test_registers_and_standards_of_one_district_spell_a_class_alike(district: District) -> None:
    district.set_sources(
        [{"match": "名册/*", "table": "enrolment", "constants": {"register": "dibao_rural"}}]
    )
    written = ("A", "B类", "c 档", "Ⅱ级", "第1档", "D级", "分散供养", "")
    district.put(
        "名册/低保.csv", "姓名,身份证号,保障类别\n" + "".join(f"{','.join(LI)},{one}\n" for one in written)
    )
    tables = district.read()
    read = column(tables["enrolment"], "class")
    assert read == ["A", "B", "C", "二级", "一档", "D级", "分散供养", None]
    rest = {"item_id": "X", "amount": "1.00", "from_month": "2018-01", "doc_no": "无"}
    assert [Standard(class_name=one, **rest).class_name for one in written[:7]] == read[:7]
    assert ("B类", "B", "写法规范") in [(r["raw"], r["cleaned"], r["flag"]) for r in tables["cell_change"]]


def test_what_a_word_means_in_one_source_is_said_by_its_values(district: District) -> None:
    meanings = {"status": {"K7": "失败", "处理中": "成功"}}
    district.set_sources([{"match": "发放/*", "table": "payment", "values": meanings}])
    district.put_payments(
        *(f"{payment()},{status}" for status in ("K7", "处理中", "成功")), header=PAYMENT_HEADER + ",发放状态"
    )
    assert column(district.read()["payment"], "status") == ["failed", "success", "success"]


def test_a_bank_s_answer_is_spelt_as_rules_know_it_and_an_unknown_one_stays(district: District) -> None:
    district.set_sources(
        [{"match": "回盘/*", "table": "bank_return", "values": {"return_status": {"K7": "失败"}}}]
    )
    said = ["交易成功", "已入账", "未到账", "已退票", "冲正", "失败", "K7", "P9"]
    lines = [f"LS{n},6217000012345678901,50.00,{word}" for n, word in enumerate(said)]
    district.put("回盘/回盘.csv", "\n".join(["流水号,账号,金额,处理状态", *lines]))
    tables = district.read()
    read = ["成功", "成功", "失败", "退回", "退回", "失败", "失败", "P9"]
    assert column(tables["bank_return"], "return_status") == read
    changed = {(r["raw"], r["cleaned"]) for r in tables["cell_change"] if r["column_name"] == "处理状态"}
    assert changed == {(raw, word) for raw, word in zip(said, read, strict=True) if raw != word}


def test_an_unreadable_cell_of_a_minor_column_is_counted_not_fatal(district: District) -> None:
    district.put_payments(f"{payment()},明天", f"{payment()},", header=PAYMENT_HEADER + ",发放日期")
    tables = district.read()
    assert column(tables["payment"], "paid_on") == [None, None]
    assert column(tables["file_register"], "reason") == ["发放日期1行无法识别,按空缺处理"]


def test_an_unknown_village_keeps_its_spelling(district: District) -> None:
    district.put_payments(payment(village="无此村"))
    (row,) = district.read()["payment"]
    assert (row["town_id"], row["village_id"], row["village_raw"]) == ("tuanlin", None, "无此村")


def test_a_list_by_town_has_no_village_and_an_unknown_town_keeps_its_spelling(district: District) -> None:
    district.put("汇总/民政.csv", "补贴项目,乡镇,年度,金额\n农村低保,团林镇,2017,1\n农村低保,无此镇,2017,1\n")
    rows = district.read()["control_total"]
    assert [(r["town_id"], r["village_id"], r["village_raw"]) for r in rows] == [
        ("tuanlin", None, None),
        (None, None, "无此镇"),
    ]


def test_sheets_are_numbered_by_path_and_rows_follow_them(district: District) -> None:
    for name in ("发放/b.csv", "发放/a/z.csv", "发放/c.csv"):
        district.put_payments(payment(month=f"2017-0{'abc'.index(name[3]) + 1}"), payment(LI), name=name)
    tables = district.read()
    assert column(tables["sheet"], "file") == ["发放/a/z.csv", "发放/b.csv", "发放/c.csv"]
    assert column(tables["sheet"], "sheet_no") == [1, 2, 3]
    assert column(tables["payment"], "payment_row") == [
        10_000_002, 10_000_003, 20_000_002, 20_000_003, 30_000_002, 30_000_003,
    ]  # fmt: skip


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are really read."""
    names: list[str] = []
    original = reading._read

    def noting(task: reading.Task) -> object:
        names.append(task.name)
        return original(task)

    monkeypatch.setattr(reading, "_read", noting)
    return names


def test_only_what_changed_is_read_again(district: District, read_files: list[str]) -> None:
    district.put_payments(payment(), name="发放/甲.csv")
    district.put_payments(payment(LI), name="发放/乙.csv")
    first = district.read()
    assert sorted(read_files) == ["发放/乙.csv", "发放/甲.csv"]
    read_files.clear()
    assert district.read() == first
    assert read_files == []
    district.put_payments(payment(ZHAO), name="发放/甲.csv")
    assert sorted(column(district.read()["payment"], "name")) == ["李强", "赵敏"]
    assert read_files == ["发放/甲.csv"]
    assert len(list((district.cache / "sources").iterdir())) == 2


def test_other_parameters_read_again(district: District, read_files: list[str]) -> None:
    district.put_payments(payment().replace("农村低保", "乡村低保"), *[payment(LI)] * 2)
    assert len(district.read()["set_aside"]) == 1
    items = district.root / "params" / "lingang" / "items.yml"
    text = items.read_text(encoding="utf-8").replace(
        "aliases: [农村低保,", "aliases: [乡村低保, 农村低保,", 1
    )
    items.write_text(text, encoding="utf-8")
    assert district.read()["set_aside"] == []
    assert read_files == ["发放/清册.csv"] * 2


def test_a_killed_reading_leaves_no_half_entry(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    district.put_payments(payment())
    with monkeypatch.context() as patch:
        patch.setattr(
            "audit_lib.sources.entries.pq.write_table",
            lambda *args, **named: (_ for _ in ()).throw(KeyboardInterrupt),
        )
        with pytest.raises(KeyboardInterrupt):
            district.read()
    assert column(district.read()["payment"], "name") == ["王芳"]
    assert [p.name for p in (district.cache / "sources").iterdir() if "partial" in p.name] == []


def test_two_processes_read_the_same_as_one(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(1)
    for number in range(3):
        lines = [payment(draw.choice([WANG, LI, ZHAO]), amount=str(draw.randint(1, 500))) for _ in range(50)]
        district.put_payments(*lines, name=f"发放/{number}.csv")
    alone = district.read()
    district.cache.rename(district.root / "aside")
    monkeypatch.setattr(reading, "_WORTH_PROCESSES", 0)
    assert district.read() == alone


def test_a_reading_process_that_dies_costs_time_not_rows(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> Iterator[tuple[str, SourceError]]:
        raise BrokenProcessPool("killed")
        yield

    district.put_payments(payment(), name="发放/甲.csv")
    district.put_payments(payment(LI), name="发放/乙.csv")
    monkeypatch.setattr(reading, "_WORTH_PROCESSES", 0)
    monkeypatch.setattr(reading, "_read_together", die)
    assert sorted(column(district.read()["payment"], "name")) == ["李强", "王芳"]
