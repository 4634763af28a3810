"""One Chinese sentence for every pair: what agrees, what does not, what follows."""

from __future__ import annotations

from dataclasses import dataclass

from audit_lib.identity.comparators import FactLevel, NumberLevel, PlaceLevel
from audit_lib.identity.names import NameLevel

_NUMBER = {
    NumberLevel.MISSING: "无可用的身份证号",
    NumberLevel.DIFFERENT: "身份证号不同",
    NumberLevel.TWO_DIGITS: "身份证号有两位不同",
    NumberLevel.MASKED: "身份证号未掩码部分相同",
    NumberLevel.CUT: "身份证号前15位相同",
    NumberLevel.EQUAL: "身份证号写法相同但无效",
}
_NAME = {
    NameLevel.MISSING: "姓名空缺",
    NameLevel.DIFFERENT: "姓名不同",
    NameLevel.SURNAME: "仅同姓",
    NameLevel.MASKED: "姓名未掩码部分相同",
    NameLevel.ONE_CHARACTER: "姓名一字之差",
    NameLevel.SIMILAR: "姓名同音或形近",
    NameLevel.FORMER: "姓名与曾用名相同",
}
_PLACE = {PlaceLevel.DIFFERENT: "不在同一镇", PlaceLevel.TOWN: "同镇不同村"}
_CONCLUSION = {"B": "疑似同一人(B)", "C": "可能为同一人,须核实(C)"}


@dataclass(frozen=True)
class Compared:
    """A compared pair, as much as its sentence needs; levels by comparison."""

    levels: dict[str, int]
    number_left: str
    number_right: str
    tier: str
    is_chosen: bool
    is_ambiguous: bool
    is_forbidden: bool


def explain(pair: Compared, *, number_slip: bool = False, birth_slip: bool = False) -> str:
    """The sentence; a slip is a difference of one place. E.g. 身份证号第14位与第15位互换,姓名、村相同,疑似同一人(B)."""
    levels = pair.levels
    parts = ["身份证号可见部分有一处不同" if number_slip else _number_phrase(pair)]
    equal = ["姓名"] if levels["name"] == NameLevel.EQUAL else []
    if levels["name"] != NameLevel.EQUAL:
        parts.append(_NAME[NameLevel(levels["name"])])
    if levels["place"] == PlaceLevel.VILLAGE:
        equal.append("村")
    unlike = []
    for fact, caption in (("birth", "出生日期"), ("sex", "性别"), ("household", "户号"), ("account", "账号")):
        # a birth date or sex taken from two numbers that are nearly the same adds nothing
        if levels[fact] == FactLevel.EQUAL and not (
            fact in ("birth", "sex") and levels["number"] > NumberLevel.DIFFERENT
        ):
            equal.append(caption)
        elif levels[fact] == FactLevel.DIFFERENT and fact == "birth" and birth_slip:
            parts.append("出生日期相近")
        elif levels[fact] == FactLevel.DIFFERENT:
            unlike.append(caption)
    if equal:
        parts.append("、".join(equal) + "相同")
    if levels["place"] in _PLACE:
        parts.append(_PLACE[PlaceLevel(levels["place"])])
    if unlike:
        parts.append("、".join(unlike) + "不同")
    return ",".join([*parts, _conclude(pair)])


def explain_misnamed(name_level: int, tier: str) -> str:
    """The sentence for a valid number that appears with another name."""
    if tier == "D":
        return "身份证号相同而姓名完全不同,按两人处理,另行核查(D)"
    return f"身份证号相同,{_NAME[NameLevel(name_level)]}({tier})"


def _number_phrase(pair: Compared) -> str:
    level = pair.levels["number"]
    left, right = pair.number_left, pair.number_right
    if level == NumberLevel.TRANSPOSED:
        at = next(i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b)
        return f"身份证号第{at + 1}位与第{at + 2}位互换"
    if level == NumberLevel.ONE_DIGIT:
        if len(left) == len(right):
            at = next(i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b)
            return f"身份证号第{at + 1}位不同"
        return "身份证号少一位" if len(left) < len(right) else "身份证号多一位"
    return _NUMBER[NumberLevel(level)]


def _conclude(pair: Compared) -> str:
    if pair.is_forbidden:
        return "有相反证据,不认定为同一人"
    if pair.is_ambiguous:
        return f"另有他人同样可能,不作认定({pair.tier})"
    if pair.is_chosen:
        return _CONCLUSION[pair.tier]
    if pair.tier:
        return f"可能性低于所认定的人,供复核({pair.tier})"
    return "证据不足,不据此认定"
