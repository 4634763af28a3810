"""Chinese names: spelling, surname, mask, and how two of them relate."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.identity.names import NameLevel, mask_name, plain, relate, surname

NAMES = st.text(alphabet=list("王李张秀英瑛莹芳方明丽红欧阳司马*□·🙂Aλ"), max_size=6)


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("王 芳", "王芳"), ("王　秀 英", "王秀英"), ("李大有(户主)", "李大有"), ("李大有（已故）", "李大有"),
        ("买买提·艾力", "买买提艾力"), ("买买提•艾力", "买买提艾力"), ("买买提．艾力", "买买提艾力"), ("张?", "张□"),
        ("张\ue123明", "张□明"), ("王＊英", "王*英"), ("王某某", "王**"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_has_one_spelling(written: str, spelling: str) -> None:
    assert plain(written) == spelling


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("欧阳明月", "欧阳"),
        ("王秀英", "王"),
        ("司马", "司"),
        ("诸葛亮", "诸葛"),
        ("万俟明", "万俟"),
        ("", ""),
    ],
)
def test_compound_surnames_are_whole(name: str, family: str) -> None:
    assert surname(name) == family


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王芳", "王*"), ("王秀英", "王*英"), ("欧阳明月", "欧**月"), ("王", "王"), ("", "")],
)
def test_a_masked_name_keeps_first_and_last(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("王秀英", "王秀英", NameLevel.EQUAL),
        ("王秀英", "王秀瑛", NameLevel.SIMILAR),  # same sound
        ("张末", "张未", NameLevel.SIMILAR),  # same shape
        ("曾明", "增明", NameLevel.SIMILAR),  # 曾 read as a surname
        ("刘建国", "劉建國", NameLevel.SIMILAR),  # older forms
        ("张□", "张喆", NameLevel.SIMILAR),  # a character the printer lacked
        ("王秀英", "王秀兰", NameLevel.ONE_CHARACTER),
        ("王秀", "王秀英", NameLevel.ONE_CHARACTER),
        ("王*英", "王秀英", NameLevel.MASKED),
        ("王*", "王芳", NameLevel.MASKED),
        ("王*", "李芳", NameLevel.DIFFERENT),
        ("王*兰", "王秀英", NameLevel.SURNAME),
        ("王建国", "王秀英", NameLevel.SURNAME),
        ("李芳", "王芳", NameLevel.DIFFERENT),  # two families, not a slip
        ("李大有", "王秀英", NameLevel.DIFFERENT),
        ("□□", "王芳", NameLevel.DIFFERENT),  # nothing is known
        ("", "王芳", NameLevel.MISSING),
    ],
)
def test_names_relate_by_which_character_differs(one: str, other: str, level: NameLevel) -> None:
    assert relate(one, other) is level


@settings(deadline=None)
@given(NAMES, NAMES)
def test_relating_names_is_symmetric(one: str, other: str) -> None:
    assert relate(plain(one), plain(other)) is relate(plain(other), plain(one))


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_a_name(text: str) -> None:
    spelling = plain(text)
    assert relate(spelling, spelling) in (
        NameLevel.EQUAL,
        NameLevel.MISSING,
        NameLevel.MASKED,
        NameLevel.SURNAME,
    )
    mask_name(text)
