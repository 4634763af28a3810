"""Characters that differ are marked, and nothing that came from a file is ever markup."""

from __future__ import annotations

from audit_lib.lab.marks import COLUMNS, SideBySide, mark_difference
from audit_lib.lab.records import Record
from tests.report.fixtures import EVIL_NAME

ONE, OTHER = "371327194503151230", "371327194503161230"


def record(n: int, table: str = "payment", **cells: str) -> Record:
    return Record(table, 10_000_000 + n, f"发放/<b>{n}</b>.csv第{n}行", cells, "A", "证号一致")


def test_only_the_character_that_differs_is_marked() -> None:
    assert mark_difference("王秀英", "王秀瑛") == "王秀<mark>瑛</mark>"
    assert mark_difference("王秀英", "王秀英") == "王秀英"


def test_a_masked_number_shows_the_digit_that_differs_and_no_other() -> None:
    assert mark_difference(ONE, OTHER, "371327********1230") == "371327*******<mark>6</mark>1230"


def test_a_character_that_is_missing_is_seen() -> None:
    assert mark_difference("王秀英", "王英").endswith("<mark>□</mark>")


def test_hostile_text_stays_text_whether_it_differs_or_not() -> None:
    for reference in ("", "王秀英", EVIL_NAME):
        assert "<img" not in mark_difference(reference, EVIL_NAME)


def test_rows_that_say_the_same_share_a_column_and_are_counted() -> None:
    shown = SideBySide(
        "并列",
        [record(n, name="王秀英", id=ONE) for n in (2, 3)] + [record(4, "death", name="王秀瑛", id=ONE)],
    )
    html = shown._repr_html_()
    assert "发放明细 ×2行" in html
    assert "王秀<mark>瑛</mark>" in html
    assert "共3行,相同的并为一列,共2列" in html


def test_full_numbers_are_shown_only_when_asked_for() -> None:
    records = [record(2, name="王秀英", id=ONE, account_no="6223190012345678", phone="13800001234")]
    masked, revealed = (
        SideBySide("并列", records)._repr_html_(),
        SideBySide("并列", records, True)._repr_html_(),
    )
    for number in (ONE, "6223190012345678", "13800001234"):
        assert number not in masked
        assert number in revealed


def test_columns_left_out_are_counted() -> None:
    records = [record(n, name=f"人{n}") for n in range(COLUMNS + 3)]
    assert "另3列" in SideBySide("并列", records)._repr_html_()


def test_names_places_and_reasons_are_escaped() -> None:
    evil = Record("payment", 10_000_002, EVIL_NAME, {"name": EVIL_NAME, "purpose": EVIL_NAME}, "A", EVIL_NAME)
    assert "<img" not in SideBySide(EVIL_NAME, [evil])._repr_html_()


def test_another_number_altogether_stays_masked() -> None:
    assert (
        mark_difference(ONE, "372824197803176214", "372824********6214") == "<mark>372824********6214</mark>"
    )


def test_rows_of_several_people_are_not_compared_letter_by_letter() -> None:
    records = [record(2, name="王秀英"), record(3, name="李强")]
    assert "<mark>" not in SideBySide("并列", records, is_one_person=False)._repr_html_()
