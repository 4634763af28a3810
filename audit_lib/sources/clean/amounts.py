"""Written amounts to integer 分, exactly; other numbers to float or int."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

#: 分 per unit of a written amount
FEN_PER = {"分": 1, "元": 100, "万元": 1_000_000}

_PLAIN = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2})0*)?", re.ASCII)
_NOISE = re.compile(r"[\s'‘’`¥¥$\u200b-\u200f\u2060\ufeff]|人民币|RMB|CNY", re.IGNORECASE)
#: a comma or its likes between digits is a thousands separator only where thousands (or ten thousands) end
_SEPARATED = re.compile(
    r"([^\d]*)(\d{1,3}(?:[,、]\d{3})+|\d{1,4}(?:[,、]\d{4})+)((?:\D.*)?)", re.ASCII | re.DOTALL
)
_JIAO = re.compile(r"(\d+)元(\d)角(?:(\d)分)?(整|正)?", re.ASCII)
_UNIT_END = re.compile(r"(万元|万|元|块|分)?(整|正)?(/.{1,6})?$")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_BLANK = {"", "-", "--", "—", "——", "/", "无", "空", "\\"}
#: what binary fractions leave behind: 98.39999999999999 is 98.40
#: no amount is longer; the arithmetic itself ends at a million digits
_LONGEST_NUMBER = 64
_FLOAT_NOISE = Decimal("0.00001")


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, 无."""
    return unicodedata.normalize("NFKC", text).strip() in _BLANK


def read_fen(text: str, unit: str = "元") -> int | None:
    """An amount in fen, None when the text is not an amount or has a fraction of a fen.

    Args:
        text: as written: ``1,234.50``, ``￥12``, ``(80.00)``, ``1.5万元``.
        unit: 元, 万元 or 分; a unit in the cell itself goes before it.

    Example:
        >>> read_fen("1,234.50"), read_fen("1.5", "万元"), read_fen("(80)")
        (123450, 1500000, -8000)
    """
    plain = _PLAIN.fullmatch(text)
    if plain and unit == "元":
        sign, yuan, cents = plain.groups()
        fen = int(yuan) * 100 + int((cents or "0").ljust(2, "0"))
        return -fen if sign else fen
    number, own_unit = _bare(text)
    value = _decimal(number)
    if value is None:
        return None
    fen_exact = value * FEN_PER[own_unit or unit]
    whole = fen_exact.to_integral_value(ROUND_HALF_EVEN)
    if abs(whole) > 10**16 or abs(fen_exact - whole) > _FLOAT_NOISE * 100:
        return None
    if fen_exact != whole and -int(value.as_tuple().exponent) < 9:
        return None
    return int(whole)


def _bare(text: str) -> tuple[str, str]:
    """Digits and the unit written with them."""
    written = _plain(text)
    if found := _JIAO.fullmatch(written):
        return f"{found[1]}.{found[2]}{found[3] or 0}", "元"
    negative = len(written) > 2 and written[0] == "(" and written[-1] == ")"
    if negative:
        written = written[1:-1]
    ending = _UNIT_END.search(written)
    own_unit = (ending.group(1) or "") if ending else ""
    if ending and ending.group(0):
        written = written[: ending.start()]
    if not negative and len(written) > 1 and written[-1] == "-" and written[0].isdigit():
        negative, written = True, written[:-1]  # as some accounting systems print it
    unit = {"万": "万元", "块": "元"}.get(own_unit, own_unit)
    return ("-" + written if negative else written), unit


def _plain(text: str) -> str:
    """Without blanks, currency signs and thousands separators; a comma anywhere else stays and is not read."""
    written = _NOISE.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-").replace("—", "-")
    if found := _SEPARATED.fullmatch(written):
        return found[1] + re.sub("[,、]", "", found[2]) + found[3]
    return written


def _decimal(number: str) -> Decimal | None:
    if len(number) > _LONGEST_NUMBER or not _NUMBER.fullmatch(number):
        return None
    try:
        return Decimal(number)
    except InvalidOperation:
        return None


_QUANTITY_END = re.compile(r"(亩|平方米|平米|㎡|m2|M2|人|户|口|度|千瓦时|年|个|月|台|头|只|笔|次)$")


def read_number(text: str) -> float | None:
    """A quantity (亩, 人, ㎡), None when it is not one."""
    written = _plain(text)
    value = _decimal(_QUANTITY_END.sub("", written))
    if value is None or abs(value) > 10**12:
        return None
    return float(value)


def read_int(text: str) -> int | None:
    """A whole number (人数, 年度), None when it is not one."""
    value = read_number(text.strip().removesuffix("度"))
    if value is None or value != int(value) or abs(value) > 2_000_000_000:
        return None
    return int(value)
