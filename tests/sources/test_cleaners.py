"""Every cleaner reads what departments write, never raises, and changes nothing the second time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib import idnum
from audit_lib.params import load_project
from audit_lib.sources.clean.amounts import read_fen, read_int, read_number
from audit_lib.sources.clean.dates import from_serial, read_date
from audit_lib.sources.clean.ids import judge_ids
from audit_lib.sources.clean.items import Items
from audit_lib.sources.clean.periods import month_no, read_period, read_period_with_year
from audit_lib.sources.clean.places import Places
from audit_lib.sources.clean.texts import clean_code, clean_name, clean_text
from audit_lib.sources.headers import normal_header
from tests.sources.district import LINGANG

PROJECT = load_project(LINGANG)
PLACES, ITEMS = Places(PROJECT.towns), Items(PROJECT.items)

#: cells as people type them: anything, but mostly what such columns hold
MESS = st.one_of(
    st.text(max_size=30),
    st.text(
        alphabet="0123456789年月日-./至~ 上下半季度第一二期春秋学,,()()￥元万.:'=\"\u3000XxX", max_size=24
    ),
    st.text(alphabet="王李芳强 · •.(户主)已故女\u200b\u00a0", max_size=12),
)


@given(MESS)
@pytest.mark.parametrize("clean", [clean_text, clean_code, clean_name, normal_header])
def test_cleaning_twice_is_cleaning_once(clean: Callable[[str], str], text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(MESS)
def test_reading_never_raises_and_reads_its_own_words_again(text: str) -> None:
    if (day := read_date(text)) is not None:
        assert read_date(day.isoformat()) == day
    if (span := read_period(text)) is not None:
        first, last = (f"{m // 12}-{m % 12 + 1:02d}" for m in span)
        assert read_period(f"{first}至{last}") == span
    if (fen := read_fen(text)) is not None:
        assert read_fen(f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}") == fen
    read_number(text), read_int(text)
    PLACES.find(text, text), ITEMS.find(text), ITEMS.named_in(text)
    read_period_with_year(text, text)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20170315", date(2017, 3, 15)), ("2017-3-15", date(2017, 3, 15)), ("2017.3.15", date(2017, 3, 15)),
        ("2017/3/15", date(2017, 3, 15)), ("2017年3月5日", date(2017, 3, 5)), ("2017年3月", date(2017, 3, 1)),
        (" 2017-03-15 08:30:00", date(2017, 3, 15)), ("2017年3月", date(2017, 3, 1)), ("2017.3", date(2017, 3, 1)),
        ("2017-02-29", None), ("17.3", None), ("42809", None), ("长期", None), ("", None), ("20171301", None),
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_written_form_and_never_guessed(written: str, day: date | None) -> None:
    assert read_date(written) == day


def test_an_excel_serial_is_the_day_excel_shows() -> None:
    assert from_serial(42809) == date(2017, 3, 15)
    assert from_serial(20170315) is None


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2017-03", (2017, 3), (2017, 3)),
        ("201703", (2017, 3), (2017, 3)),
        ("2017年3月", (2017, 3), (2017, 3)),
        ("2017", (2017, 1), (2017, 12)),
        ("2017年", (2017, 1), (2017, 12)),
        ("2017年度", (2017, 1), (2017, 12)),
        ("2017上半年", (2017, 1), (2017, 6)),
        ("2017年下半年", (2017, 7), (2017, 12)),
        ("2017年1-3月", (2017, 1), (2017, 3)),
        ("2017年10月至12月", (2017, 10), (2017, 12)),
        ("2017-03至2017-05", (2017, 3), (2017, 5)),
        ("201711-201802", (2017, 11), (2018, 2)),
        ("2017年第一季度", (2017, 1), (2017, 3)),
        ("2017年4季度", (2017, 10), (2017, 12)),
        ("2017Q2", (2017, 4), (2017, 6)),
        ("201906期", (2019, 6), (2019, 6)),
        ("2017年春季学期", (2017, 3), (2017, 7)),
        ("2017年秋季学期", (2017, 9), (2018, 1)),
        ("2017-2018学年第二学期", (2018, 3), (2018, 7)),
        ("2017-03-15", (2017, 3), (2017, 3)),
        ("2017年1、2、3月", (2017, 1), (2017, 3)),
        ("2017.01.01-2017.03.31", (2017, 1), (2017, 3)),
    ],
)
def test_a_period_is_read_in_every_written_form(
    written: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert read_period(written) == (month_no(*first), month_no(*last))


@pytest.mark.parametrize(
    "written", ["201713", "2017年13月", "3月", "第3期", "2017年5-3月", "一季度", "", "17年3月", "317"]
)
def test_what_is_no_period_is_not_guessed(written: str) -> None:
    assert read_period(written) is None


@pytest.mark.parametrize(
    ("year", "part", "first", "last"),
    [
        ("2017", "3", 3, 3),
        ("2017年", "3月", 3, 3),
        ("2017", "1-3月", 1, 3),
        ("2017", "第二季度", 4, 6),
        ("2017", "", 1, 12),
        ("2018", "201703", 3, 3),
    ],
)
def test_a_month_takes_its_year_from_the_year_column(year: str, part: str, first: int, last: int) -> None:
    assert read_period_with_year(year, part) == (month_no(2017, first), month_no(2017, last))


@pytest.mark.parametrize(
    ("written", "unit", "fen"),
    [
        ("1,234.50", "元", 123450),
        ("￥1234", "元", 123400),
        ("1234.5元", "元", 123450),
        ("1,234.50", "元", 123450),
        ("-80", "元", -8000),
        ("(80.00)", "元", -8000),
        ("(80)", "元", -8000),
        ("1.5", "万元", 1_500_000),
        ("1.5万元", "元", 1_500_000),
        ("31500", "分", 31500),
        ("98.39999999999999", "元", 9840),
        ("0", "元", 0),
        ("125元/亩", "元", 12500),
        ("1.234", "元", None),
        ("#REF!", "元", None),
        ("壹佰元", "元", None),
        ("", "元", None),
        ("1,2,3x", "元", None),
        ("10.00000", "元", 1000),
        ("0.0001", "万元", 100),
    ],
)
def test_an_amount_is_read_to_the_fen_or_not_at_all(written: str, unit: str, fen: int | None) -> None:
    assert read_fen(written, unit) == fen


@given(st.integers(-(10**12), 10**12))
def test_a_float_of_a_spreadsheet_gives_its_fen_back(fen: int) -> None:
    assert read_fen(repr(fen / 100)) == fen


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王 芳", "王芳"),
        ("王芳(户主)", "王芳"),
        ("王芳(已故)(女)", "王芳"),
        ("阿不都.热合曼", "阿不都·热合曼"),
        ("买买提•艾力", "买买提·艾力"),
        ("王\u200b芳", "王芳"),
        ("John  Smith", "John Smith"),
        ("䶮喆", "䶮喆"),
        ("(户主)", "(户主)"),
    ],
)
def test_a_name_is_freed_from_what_typists_add(written: str, name: str) -> None:
    assert clean_name(written) == name


NUMBERS = st.one_of(
    MESS,
    st.from_regex(r"\A37132719[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx]\Z"),
    st.from_regex(r"\A[0-9]{15}\Z"),
    st.from_regex(r"\A371327(18|19|20)[0-9]{5}[0-9]{4}[0-9X]\Z"),
    st.from_regex(r"\A371327194503151(000|230)\Z"),
    st.builds(lambda year, md, n: f"371327{year}{md}{n:03d}", st.integers(1870, 2101),
              st.sampled_from(["0229", "0228", "0431", "1231", "0101", "0100", "1301"]), st.integers(0, 999),
              ).map(lambda first: first + idnum.check_character(first)),
)  # fmt: skip


@given(st.lists(NUMBERS, max_size=20))
def test_a_column_of_numbers_is_judged_as_each_number_is(written: list[str]) -> None:
    numbers, statuses = judge_ids(pa.array(written, pa.string()))
    assert numbers.to_pylist() == [idnum.canonical(text) for text in written]
    assert statuses.to_pylist() == [idnum.status(text) for text in written]


@pytest.mark.parametrize(
    ("town", "village", "place"),
    [
        ("团林镇", "草岭社区", ("tuanlin", "tl02")),
        ("团林", "草岭村", ("tuanlin", "tl02")),
        ("团林镇", "草岭", ("tuanlin", "tl02")),
        ("团林镇", "上张家庄", ("tuanlin", "tl02")),
        ("", "临港区团林镇草岭社区12号", ("tuanlin", "tl02")),
        ("", "山东省临沂市临港区团林镇上张家庄3组", ("tuanlin", "tl02")),
        ("团 林 镇", "", ("tuanlin", None)),
        ("团林镇", "无此村", ("tuanlin", None)),
        ("", "", (None, None)),
        ("无此镇", "无此村", (None, None)),
        ("坪上镇", "坪上村", ("pingshang", "ps01")),
        ("坪上镇", "草岭社区", ("pingshang", None)),
        ("", "草岭社区", ("tuanlin", "tl02")),
    ],
)
def test_a_spelling_finds_its_village(town: str, village: str, place: tuple[str | None, str | None]) -> None:
    assert PLACES.find(town, village) == place


def test_every_village_and_natural_village_of_the_district_is_found_by_town_and_name() -> None:
    for town in PROJECT.towns:
        for village in town.villages:
            for spelling in (village.name, *village.aliases, *village.natural):
                assert PLACES.find(town.name, spelling) == (town.town_id, village.village_id), spelling
                assert PLACES.find("", f"临港区{town.name}{spelling}8号") == (
                    town.town_id,
                    village.village_id,
                ), spelling


def test_every_item_is_found_by_code_name_and_alias() -> None:
    for item in PROJECT.items:
        assert [ITEMS.find(s) for s in (item.item_id, item.name, *item.aliases)] == [item.item_id] * (
            2 + len(item.aliases)
        )
    assert ITEMS.find("无此项目") is None
    assert ITEMS.named_in("团林镇2017年城乡居民基础养老金发放表") == "城乡居民基础养老金"
