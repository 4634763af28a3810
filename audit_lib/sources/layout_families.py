"""Families written across one row: which cells of a header name further members of a household.

户主姓名 | 户主身份证号 | 家庭成员1姓名 | 家庭成员1身份证号 | … | 配偶姓名 | 配偶身份证号
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NUMBER = r"(?:第)?(\d{1,2}|[一二三四五六七八九十]{1,2})?"
_MEMBER = r"(?:家庭|其他|其它|共同生活的?|同住|主要)*(?:成员|家属|家人|人口|同住人)"
_RELATIVE = r"配偶|妻子?|丈夫|夫|父亲?|母亲?|长子|次子|三子|四子|长女|次女|三女|四女|儿子|女儿|子女|子|女|孙子|孙女|儿媳|女婿|祖父|祖母"
_WHAT = {
    "name": r"(?:姓名|名字)", "id": r"(?:(?:居民)?身份证(?:件)?(?:号码?)?|公民身份号码|证件号码?|身份号码)",
    "relation": r"(?:与?户主关系|关系|称谓)", "sex": r"性别", "birth_on": r"(?:出生日期|出生年月日?)",
}  # fmt: skip
_MEMBER_CELL = {
    what: re.compile(f"(?P<label>{_MEMBER}|{_RELATIVE}|){_NUMBER}的?{says}{_NUMBER}")
    for what, says in _WHAT.items()
}
#: a member's or a relative's name may stand without 姓名
_BARE = re.compile(
    f"(?P<label>{_MEMBER})(\\d{{1,2}}|[一二三四五六七八九十])()|(?P<relative>配偶|妻子|丈夫|长子|次子|长女|次女)()()"
)
_PLAIN_MEMBER = re.compile(_MEMBER)
_DIGITS = {word: str(i) for i, word in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), start=1)}


@dataclass
class MemberGroup:
    """The cells of one further member.

    Attributes:
        label: 配偶, 长子 … when the header says who it is, else empty.
        positions: ``name id relation sex birth_on`` → position in the header.
        numbered: whether the header has place for several (成员1, 成员2); an unnumbered one of a
            list with one line per member is that line's own person.
    """

    label: str = ""
    positions: dict[str, int] = field(default_factory=dict)
    numbered: bool = False


def member_cell(name: str) -> tuple[str, str, str] | None:
    """What a normalised header says about a further member: what it is, the label, its number.

    Example:
        >>> member_cell("家庭成员1身份证号"), member_cell("配偶姓名"), member_cell("姓名")
        (('id', '成员', '1'), ('name', '配偶', ''), None)
    """
    for what, pattern in _MEMBER_CELL.items():
        if (found := pattern.fullmatch(name)) and (label := found["label"] or "") + (
            number := found[2] or found[3] or ""
        ):
            return what, "成员" if _PLAIN_MEMBER.fullmatch(label) else label, _DIGITS.get(number, number)
    if found := _BARE.fullmatch(name):
        return "name", "成员" if found["label"] else found["relative"], _DIGITS.get(found[2], found[2] or "")
    return None


def member_groups(names: list[str]) -> list[MemberGroup]:
    """Groups of cells for further members, in the order of the header.

    Args:
        names: normalised headers (parent and child written together), ``""`` for blank cells.

    The same cell once more (姓名, 身份证号, 姓名, 身份证号 under 家庭成员) is the next member.
    """
    groups: dict[tuple[str, str, int], MemberGroup] = {}
    repeats: dict[tuple[str, str, str], int] = {}
    for position, name in enumerate(names):
        if not name or (said := member_cell(name)) is None:
            continue
        what, label, number = said
        times = repeats.get((label, number, what), 0)
        repeats[label, number, what] = times + 1
        # 其他家庭成员姓名1 goes with a bare 身份证号1
        key = (label, number, times)
        if not label:
            key = next((k for k in groups if k[1] == number and what not in groups[k].positions), key)
        elif key not in groups:
            key = next((k for k in groups if k[1:] == (number, times) and number and not k[0]), key)
        group = groups.setdefault(key, MemberGroup())
        group.positions[what] = position
        group.label = group.label or ("" if label == "成员" else label)
    found = [group for group in groups.values() if {"name", "id"} & set(group.positions)]
    plain = [group for group in found if not group.label]
    numbers = {key[1] for key, group in groups.items() if group in plain}
    for group in found:
        group.numbered = bool(group.label) or len(plain) > 1 or numbers != {""}
    return found
