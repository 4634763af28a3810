"""Text files: every encoding, delimiter, quote and odd line; rows keep their line number and none is lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.errors import SourceError
from audit_lib.sources.delimited import TextFile
from audit_lib.sources.sheets import used_width
from tests.sources.district import LI, PAYMENT_HEADER, WANG, ZHAO, District, column, payment, refused

TWO = f"{PAYMENT_HEADER}\n{payment(WANG)}\n{payment(LI)}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_gives_the_same_rows(district: District, encoding: str) -> None:
    district.put("发放/清册.csv", TWO, encoding)
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳", "李强"]
    assert column(tables["file_register"], "encoding") == [encoding]


@pytest.mark.parametrize("delimiter", [",", "\t", "|", ";", "|!"])
def test_every_delimiter_gives_the_same_rows(district: District, delimiter: str) -> None:
    district.put("发放/清册.txt", TWO.replace(",", delimiter))
    assert column(district.read()["payment"], "id_no") == [WANG[1], LI[1]]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_ending_gives_the_same_lines(district: District, newline: str) -> None:
    district.put("发放/清册.csv", TWO.replace("\n", newline))
    assert [row % 10_000_000 for row in column(district.read()["payment"], "payment_row")] == [2, 3]


def test_the_suffix_does_not_matter(district: District) -> None:
    district.put("发放/清册.xls", TWO, "gb18030")
    assert column(district.read()["file_register"], "format") == ["csv"]


def test_a_row_is_numbered_by_the_line_it_starts_on(district: District) -> None:
    quoted = payment(LI).replace("李强", '"李强\n(户主)"')
    district.put_payments("", payment(WANG), quoted, "  ", ",,,,,,,", payment(ZHAO))
    rows = district.read()["payment"]
    assert [(row["payment_row"] % 10_000_000, row["name"]) for row in rows] == [
        (3, "王芳"),
        (4, "李强"),
        (8, "赵敏"),
    ]


def test_a_quoted_delimiter_belongs_to_its_cell(district: District) -> None:
    district.put_payments(payment(amount='"1,315.00"'), payment(LI, amount='"2""0"'))
    tables = district.read()
    assert column(tables["payment"], "amount_fen") == [131500]
    assert column(tables["set_aside"], "cell") == ['2"0']


def test_ragged_rows_are_set_aside_with_their_cells(district: District) -> None:
    district.put_payments(
        payment(WANG), "李强,371327196002290012,团林镇", payment(ZHAO) + ",多,余", payment(LI) + ",,"
    )
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳", "李强"]
    assert [row["origin"] % 10_000_000 for row in tables["set_aside"]] == [3, 4]
    assert column(tables["set_aside"], "reason") == [
        "列数与表头不符(表头8列,该行3列)", "列数与表头不符(表头8列,该行10列)",
    ]  # fmt: skip
    assert json.loads(tables["set_aside"][1]["record"])["第10列"] == "余"


def test_rows_that_all_end_with_a_delimiter_are_good_rows(district: District) -> None:
    district.put_payments(*(payment(person) + "," for person in (WANG, LI, ZHAO)))
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳", "李强", "赵敏"]
    assert tables["set_aside"] == []


def test_an_unclosed_quote_costs_its_own_line_only(district: District) -> None:
    lines = [payment(WANG), payment(LI).replace("草岭社区", '"草岭社区'), *[payment(ZHAO)] * 30]
    district.put_payments(*lines)
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳", *["赵敏"] * 30]
    assert [(row["origin"] % 10_000_000, row["reason"]) for row in tables["set_aside"]] == [(3, "引号未闭合")]


def test_a_number_wrapped_for_excel_is_read(district: District) -> None:
    district.put_payments(payment(("王芳", f'="{WANG[1]}"')), payment(LI))
    assert column(district.read()["payment"], "id_no") == [WANG[1], LI[1]]


def test_a_line_with_a_nul_is_set_aside(district: District) -> None:
    district.put_payments(payment(WANG), payment(LI).replace("团林镇", "团\x00林镇"), *[payment(ZHAO)] * 40)
    tables = district.read()
    assert [(row["origin"] % 10_000_000, row["reason"]) for row in tables["set_aside"]] == [
        (3, "该行含空字符(NUL)")
    ]
    assert len(tables["payment"]) == 41


def test_a_bank_file_has_its_trailer_compared(district: District) -> None:
    district.put(
        "回盘/201703.txt",
        "账号|户名|金额|处理状态\n622|王芳|100.00|成功\n623|李强|80|失败\n总笔数:2|总金额:180.50\n",
    )
    tables = district.read()
    assert column(tables["bank_return"], "amount_fen") == [10000, 8000]
    (total,) = tables["printed_total"]
    assert (total["label"], total["amount_fen"], total["detail_fen"]) == ("总笔数:2", 18050, 18000)


def test_a_bank_file_cut_by_two_signs_has_its_trailer_compared(district: District) -> None:
    lines = [
        "账号|!户名|!金额|!处理状态",
        "622|!王|芳|!100.00|!成功",
        "623|!李强|!80|!失败",
        "总笔数|!2|!总金额|!180.50",
    ]
    district.put("回盘/201703.txt", "\r\n".join(lines), "gb18030")
    tables = district.read()
    assert column(tables["bank_return"], "amount_fen") == [10000, 8000]
    assert column(tables["bank_return"], "account_no") == ["622", "623"]
    (total,) = tables["printed_total"]
    assert (total["origin"] % 10_000_000, total["amount_fen"], total["detail_fen"]) == (4, 18050, 18000)
    assert tables["set_aside"] == []


@pytest.mark.parametrize(
    "lines",
    [
        ["账号                户名      金额", "6228480000000000001 王芳      100.00", "6228480000000000002 李强       80.00"],
        ["6228480000000000001王芳00000010000S", "6228480000000000002李强00000008000S"],
    ],
)  # fmt: skip
def test_a_file_of_fixed_width_is_refused_with_what_to_ask_for(district: District, lines: list[str]) -> None:
    district.put("回盘/201703.txt", "\n".join(lines), "gb18030")
    district.put("回盘/201704.txt", "账号|户名|金额|处理状态\n622|王芳|100.00|成功\n")
    tables = district.read()
    assert column(tables["bank_return"], "account_no") == ["622"]
    reason = refused(tables)["回盘/201703.txt"]
    assert "像是按位置对齐的定长文本" in reason and "带分隔符(逗号、竖线或制表符)" in reason


def test_utf8_with_a_broken_byte_is_not_mistaken_for_gbk(district: District) -> None:
    content = "\n".join([PAYMENT_HEADER, payment(WANG), payment(LI)]).encode()
    district.put("发放/清册.csv", content[:-30] + b"\xff" + content[-30:])
    with pytest.raises(SourceError, match=r"开头是 UTF-8(?s:.*)清册.csv:第3行"):
        district.read()


def test_bytes_of_no_encoding_name_the_line(district: District) -> None:
    lines = TWO.encode("gb18030").split(b"\n")
    district.put("发放/清册.csv", b"\n".join([lines[0], b"\xff\xff" + lines[1]]))
    with pytest.raises(SourceError, match=r"既不是 UTF-8,也不是 GB18030(?s:.*)清册.csv:第2行"):
        district.read()


CELL = st.text(alphabet='王1"\n, \r\x00', max_size=5)
LINES = st.lists(st.lists(CELL, max_size=5).map(",".join), max_size=12).map("\n".join)


@given(LINES)
def test_whatever_a_file_holds_every_non_blank_line_is_in_some_row(mess: str) -> None:
    """Each line that says anything is inside exactly one row: its own, or the row whose quoted cell runs over it."""
    text = "甲,乙,丙\n" + mess
    sheet = TextFile(text.encode(), "utf-8")
    if sheet.delimiter != ",":
        return
    header = sheet.head()[0]
    body = sheet.body(header, frozenset())
    rows = {int(row): [c[i].as_py() for c in body.columns] for i, row in enumerate(body.rows)}
    rows |= {odd.row: odd.cells for odd in body.odd}
    assert len(rows) == len(body.rows) + len(body.odd)
    assert sorted(body.rows) == list(body.rows)
    delivered = "".join("".join(cells) for cells in rows.values())
    for sign in "王1":
        assert delivered.count(sign) == text.replace("甲,乙,丙\n", "", 1).count(sign)
    assert all(used_width(cells) for cells in rows.values())
