"""Every cleaner reads what departments write, never raises, and changes nothing the second time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit_lib import idnum
from audit_lib.params import Town, Village, load_project
from audit_lib.sources import readings
from audit_lib.sources.births import read_birth
from audit_lib.sources.cells import Cells
from audit_lib.sources.clean.amounts import read_fen, read_int, read_number
from audit_lib.sources.clean.dates import DateRule, from_serial, read_date, squeeze
from audit_lib.sources.clean.ids import judge_ids
from audit_lib.sources.clean.items import Items
from audit_lib.sources.clean.numerals import arabic
from audit_lib.sources.clean.periods import month_no, read_period, read_period_with_year
from audit_lib.sources.clean.places import Places
from audit_lib.sources.clean.places import normal as normal_place
from audit_lib.sources.clean.texts import clean_code, clean_name, clean_text
from audit_lib.sources.flags import Memory, remember
from audit_lib.sources.headers import normal_header
from audit_lib.sources.unmapped import unmapped_places
from audit_lib.tables import Column
from tests.sources.district import LI, LINGANG, WANG, District, column, payment

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
        ("2017-00-00", None), ("2017-3-0", None), ("170315", None), ("190512", None), ("3/15/2017", None),
        ("二〇一七年三月十五日", date(2017, 3, 15)), ("二○一七年十二月", date(2017, 12, 1)), ("二零一七年十月二十日", date(2017, 10, 20)),
        ("2017-03-15T08:30:00", date(2017, 3, 15)), ("2017-03-15T00:00:00.000+08:00", date(2017, 3, 15)),
        ("2017/3/15 0:00", date(2017, 3, 15)), ("2017年3月15日8时30分", date(2017, 3, 15)), ("20170315083000", date(2017, 3, 15)),
        ("2017年3月15日 上午8:30:00", date(2017, 3, 15)), ("20170315.0", date(2017, 3, 15)), ("201703", date(2017, 3, 1)),
        ("２０１７－０３－１５", date(2017, 3, 15)), ("'2017-03-15", date(2017, 3, 15)), ('="2017-03-15"', date(2017, 3, 15)),
        ("2017\u200b-03-15", date(2017, 3, 15)), ("2017 年 3 月 5 日", date(2017, 3, 5)), ("2017.3.15。", date(2017, 3, 15)),
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_written_form_and_never_guessed(written: str, day: date | None) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize(
    ("written", "rule", "day"),
    [
        ("17.3", DateRule(short_years_to=30), date(2017, 3, 1)),
        ("17-3-15", DateRule(short_years_to=30), date(2017, 3, 15)),
        ("17年3月15日", DateRule(short_years_to=30), date(2017, 3, 15)),
        ("170315", DateRule(short_years_to=30), date(2017, 3, 15)),
        ("45.3.15", DateRule(short_years_to=30), date(1945, 3, 15)),
        ("170230", DateRule(short_years_to=30), None),
        ("42809", DateRule(serials="1900"), date(2017, 3, 15)),
        ("41347", DateRule(serials="1904"), date(2017, 3, 15)),
        ("42809.5", DateRule(serials="1900"), date(2017, 3, 15)),
        ("17.3", DateRule(serials="1900"), None),
        ("42809", DateRule(short_years_to=30), None),
    ],
)
def test_short_years_and_serials_are_read_only_by_the_rule_a_source_states(
    written: str, rule: DateRule, day: date | None
) -> None:
    assert read_date(written) is None
    assert read_date(written, rule) == day


def test_a_source_states_its_rules_in_sources_yml(district: District) -> None:
    district.set_sources(
        [{"match": "死亡/*", "table": "death", "constants": {"source": "公安"}, "short_years_to": 30}]
    )
    district.put("死亡/注销.csv", f"姓名,身份证号,死亡日期\n王芳,{WANG[1]},17.3.5\n李强,{LI[1]},2017.3.6\n")
    assert column(district.read()["death"], "died_on") == [date(2017, 3, 5), date(2017, 3, 6)]


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
        ("2019上半年", (2019, 1), (2019, 6)),
        ("第201906期", (2019, 6), (2019, 6)),
        ("2019-03至2019-05", (2019, 3), (2019, 5)),
        ("2019年3月到5月", (2019, 3), (2019, 5)),
        ("2017年第3季度", (2017, 7), (2017, 9)),
        ("2017年1-3季度", (2017, 1), (2017, 9)),
        ("2017年前三季度", (2017, 1), (2017, 9)),
        ("2017年一至二季度", (2017, 1), (2017, 6)),
        ("2017年春季", (2017, 3), (2017, 7)),
        ("2017学年第一学期", (2017, 9), (2018, 1)),
        ("2017-2018学年度", (2017, 9), (2018, 7)),
        ("二〇一七年度", (2017, 1), (2017, 12)),
        ("二〇一七年十二月", (2017, 12), (2017, 12)),
        ("2017年元月", (2017, 1), (2017, 1)),
        ("2017年上半年(1-6月)", (2017, 1), (2017, 6)),
        ("2017年(1-3月)", (2017, 1), (2017, 3)),
        ("2017.1-3月", (2017, 1), (2017, 3)),
        ("201701-03", (2017, 1), (2017, 3)),
        ("2017年 3 月", (2017, 3), (2017, 3)),
    ],
)
def test_a_period_is_read_in_every_written_form(
    written: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert read_period(written) == (month_no(*first), month_no(*last))


@pytest.mark.parametrize(
    "written",
    [
        "201713",
        "2017年13月",
        "3月",
        "第3期",
        "2017年5-3月",
        "一季度",
        "",
        "17年3月",
        "317",
        "2017年上半年(7-12月)",
        "2017-2019学年",
        "2017年5季度",
        "2017-00",
        "十二月",
    ],
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
        ("2017年度", "3-5月", 3, 5),
        ("2017", "上半年", 1, 6),
        ("2017", "三月", 3, 3),
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
        ("1,234,567.89", "元", 123456789),
        ("1,234.50", "元", 123450),
        ("12,3456.50", "元", 12345650),
        ("12,34", "元", None),
        ("1.234,50", "元", None),
        ("1,23,456", "元", None),
        ("1 234.50", "元", 123450),
        ("80-", "元", -8000),
        ("80.00-", "元", -8000),
        ("(1,234.50)", "元", -123450),
        ("¥-80.00元", "元", -8000),
        ("人民币80元整", "元", 8000),
        ("1.5E+4", "元", 1_500_000),
        ("12元5角", "元", 1250),
        ("1.5 万", "元", 1_500_000),
        ("'315.00", "元", 31500),
        ("315\u00a0", "元", 31500),
        ("#VALUE!", "元", None),
        ("#N/A", "元", None),
        ("３１５", "元", 31500),
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
        ("王芳(女)", "王芳"),
        ("王　芳", "王芳"),
        ("王 芳 ", "王芳"),
        ("户主:王芳", "王芳"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("李□", "李□"),
        ("李?强", "李?强"),
        ("李", "李"),
        ("张*", "张*"),
        ('="王芳"', "王芳"),
    ],
)
def test_a_name_is_freed_from_what_typists_add(written: str, name: str) -> None:
    assert clean_name(written) == name


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("6228480000000000001", "6228480000000000001"),
        ("6228 4800 0000 0000 001", "6228480000000000001"),
        ("'6228480000000000001", "6228480000000000001"),
        ('="6228480000000000001"', "6228480000000000001"),
        ("123456789012345.0", "123456789012345"),
        ("6228480000000000001\t", "6228480000000000001"),
        ("00123456", "00123456"),
        ("6.22848E+18", "6.22848E+18"),
    ],
)
def test_an_account_keeps_every_digit(written: str, number: str) -> None:
    assert clean_code(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "371327194503151230", "３７１３２７１９４５０３１５１２３０", "'371327194503151230", '="371327194503151230"',
        "371327 19450315 1230", "371327\u200b194503151230", "371327194503151230\u00a0", "371327-19450315-1230",
        "371327194503151230.0", "371327194503151230。", "371327450315123", "“371327194503151230”",
    ],
)  # fmt: skip
def test_one_number_in_many_spellings_is_one_number(written: str) -> None:
    assert idnum.canonical(written) == "371327194503151230"


@pytest.mark.parametrize("last", ["x", "X", "ｘ", "Ｘ", "Ⅹ", "ⅹ", "Х", "×"])
def test_whatever_is_typed_for_the_letter_x_is_the_check_digit(last: str) -> None:
    assert idnum.canonical(f"37132719450315006{last}") == "37132719450315006X"


@pytest.mark.parametrize(
    "written",
    [
        "371327********1230",
        "371327XXXXXXXX1230",
        "371327××××××××1230",
        "3713271945****1230",
        "371327########1230",
    ],
)
def test_a_masked_number_is_masked_whatever_hides_it(written: str) -> None:
    assert (idnum.status(written), idnum.canonical(written)) == ("masked", None)


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
        ("团林镇", "草岭村村委会", ("tuanlin", "tl02")),
        ("团林镇", "草岭社区居委会", ("tuanlin", "tl02")),
        ("团林镇", "上张家庄自然村", ("tuanlin", "tl02")),
        ("团林镇", "草岭行政村", ("tuanlin", "tl02")),
        ("團林鎮", "草嶺社區", ("tuanlin", "tl02")),
        ("团林镇", "草​岭 社 区", ("tuanlin", "tl02")),
        ("团林镇", "草岭(3组)", ("tuanlin", "tl02")),
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


def test_a_farm_or_a_management_committee_is_found_in_an_address_as_a_town_is() -> None:
    places = Places([
        Town(town_id="a", name="县城社区管委会", villages=[Village(village_id="a1", name="北街社区")]),
        Town(town_id="b", name="红旗农场", villages=[Village(village_id="b1", name="三队村")]),
    ])  # fmt: skip
    assert places.find("", "某某县县城社区管委会北街社区") == ("a", "a1")
    assert places.find("", "某某县红旗农场三队村") == ("b", "b1")


def test_a_village_name_of_two_towns_is_known_only_with_its_town() -> None:
    places = Places([
        Town(town_id=town, name=name, villages=[Village(village_id=f"{town}1", name="大店村", natural=["东岭"])])
        for town, name in (("a", "甲山镇"), ("b", "乙河镇"))
    ])  # fmt: skip
    assert places.find("", "大店村") == (None, None)
    assert places.find("", "东岭") == (None, None)
    assert places.find("甲山镇", "大店") == ("a", "a1")
    assert places.find("", "乙河镇大店村12号") == ("b", "b1")
    assert places.find("乙河镇", "东岭村民委员会") == ("b", "b1")


def test_unknown_places_are_listed_with_what_they_may_mean_and_never_filled_in(district: District) -> None:
    district.put_payments(
        payment(village="草玲社区"), payment(LI, village="草玲社区"), payment(village="无此村"), payment()
    )
    tables = district.read()
    assert column(tables["payment"], "village_id") == [None, None, None, "tl02"]
    listed = unmapped_places(district.root / "out", district.project().towns).to_pylist()
    assert [(line["town"], line["spelling"], line["rows"], line["suggestion"]) for line in listed] == [
        ("团林镇", "草玲社区", 2, "团林镇草岭社区"), ("团林镇", "无此村", 1, ""),
    ]  # fmt: skip


#: every cleaner with what it gives for one cell
CLEANERS: dict[str, Callable[[str], object]] = {
    "text": clean_text, "code": clean_code, "name": clean_name, "header": normal_header, "id": idnum.clean,
    "numeral": arabic, "place": normal_place, "squeeze": squeeze,
}  # fmt: skip


@given(st.one_of(MESS, st.text(max_size=60)))
@example("Y¯")
@pytest.mark.parametrize("name", sorted(CLEANERS))
def test_cleaning_any_text_twice_is_cleaning_it_once(name: str, text: str) -> None:
    once = CLEANERS[name](text)
    assert CLEANERS[name](str(once)) == once


RULES = st.builds(DateRule, st.one_of(st.none(), st.integers(0, 99)), st.sampled_from([None, "1900", "1904"]))


@given(st.one_of(MESS, st.text(max_size=60)), RULES)
def test_no_text_at_all_makes_a_reader_raise(text: str, rule: DateRule) -> None:
    read_date(text, rule), read_birth(text), idnum.status(text), idnum.canonical(text), idnum.mask(text)
    for unit in ("元", "万元", "分"):
        read_fen(text, unit)


COLUMNS = [
    Column(f"{kind}_column", kind, kind)
    for kind in ("text", "name", "date", "fen", "number", "int", "choice")
]


@given(st.lists(st.one_of(MESS, st.text(max_size=40)), min_size=1, max_size=12))
@example(["100000000000001"])
@settings(max_examples=60)
@pytest.mark.parametrize("column", [*COLUMNS, Column("id", "id", "身份证号"), Column("account_no", "text", "账号")],
                         ids=lambda column: column.name)  # fmt: skip
def test_every_cell_that_does_not_come_out_as_written_is_remembered(column: Column, texts: list[str]) -> None:
    cells = Cells.of(pa.array(texts, pa.string()))
    reading = {
        "text": lambda: readings.read_texts(column, cells), "name": lambda: readings.read_names(column, cells),
        "date": lambda: readings.read_dates(column, cells), "fen": lambda: readings.read_fens(column, cells, "元"),
        "number": lambda: readings.read_numbers(column, cells), "int": lambda: readings.read_ints(column, cells),
        "choice": lambda: readings.read_choices(column, cells), "id": lambda: readings.read_ids(cells),
    }[column.type]()  # fmt: skip
    rows = np.arange(2, 2 + len(texts))
    memory = Memory.of(remember(column, reading, rows, "元"))
    changed = {line["raw"]: line for line in memory.changes.to_pylist()}
    flagged = {line["row"]: line for line in memory.flags.to_pylist()}
    stored = reading.stored["id_no" if column.type == "id" else next(iter(column.stored()))].to_pylist()
    for row, (text, value) in enumerate(zip(texts, stored, strict=True), start=2):
        if reading.unreadable[row - 2]:
            assert flagged[row]["raw"] == text and flagged[row]["cleaned"] is None
        if column.type in ("text", "name") and text.strip() != (value or ""):
            assert changed[text]["cleaned"] == value and changed[text]["cells"] == texts.count(text)
    assert set(changed) <= set(texts) and all(line["flag"] for line in changed.values())
    assert all(texts[line["row"] - 2] == line["raw"] for line in [*changed.values(), *flagged.values()])
