"""What cleaning did to a written cell, in one word: the flag kept beside the raw and the cleaned value.

A mark is empty when nothing but blanks around the cell went. ``NOTABLE`` marks are kept row by row: the cell
could not be read, is damaged, or its value rests on an assumption that somebody may want to check.
"""

from __future__ import annotations

import re
import unicodedata

from audit_lib.idnum import CAPTIONS

UNREAD, FORMULA_ERROR = "读不出", "公式错误"
RESPELT, WIDTH, UNSEEN, BLANKS, QUOTED = (
    "写法规范",
    "全角转半角",
    "去除不可见字符",
    "去除空格",
    "去除撇号等号",
)
REMARK, LETTER_MISSING, DAMAGED, TAIL = "去除注记", "姓名缺字", "号码受损", "去除末尾.0"
FROM_15 = "15位升18位"
MONTH_ONLY, SHORT_YEAR, SERIAL, TIME = "只有年月取1日", "两位年份按设定", "序列号按设定", "去除时分"
NEGATIVE, SCIENTIFIC, FLOAT_NOISE, UNIT = "负数写法", "科学计数", "小数尾差取整", "单位换算"
YEAR_BESIDE, NO_VILLAGE, NO_TOWN, NO_ITEM = "年份取自年度列", "未对应村", "未对应镇", "目录外项目"
NOTABLE = frozenset(
    {UNREAD, FORMULA_ERROR, LETTER_MISSING, DAMAGED, FROM_15, MONTH_ONLY, SHORT_YEAR, SERIAL, NEGATIVE, SCIENTIFIC}
    | {f"身份证号{caption}" for status, caption in CAPTIONS.items() if status not in ("valid", "empty")}
)  # fmt: skip

_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00]")
_MISSING_LETTER = re.compile("[□?\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
#: what 15 digits and zeros are written for: a single zero may be the number's own
_CUT_TAIL, _CUT_AT_16 = re.compile(r"\d{15}0{2,4}"), re.compile(r"\d{15}0")
_PLAIN_AMOUNT = re.compile(r"-?\d+(\.\d{1,2})?")
#: also a pattern for Arrow (RE2)
ERROR_CELL = r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)"
_ERROR = re.compile(ERROR_CELL)
_CLOCK = re.compile(r"\d[::时]\d")


def shows_error(text: str) -> bool:
    """Whether a cell is what a spreadsheet shows for a formula that failed (#REF!, #N/A)."""
    return bool(_ERROR.fullmatch(text.strip()))


def mark_text(raw: str, cleaned: str | None) -> str:
    """What became of free text."""
    stripped = raw.strip()
    if stripped == (cleaned or ""):
        return ""
    if cleaned is None and shows_error(raw):
        return FORMULA_ERROR
    if _UNSEEN.search(stripped):
        return UNSEEN
    narrow = unicodedata.normalize("NFKC", stripped).strip()
    if narrow == cleaned:
        return WIDTH
    if narrow.startswith(("'", "‘", "’", "`", "=")):
        return QUOTED
    return BLANKS if "".join(narrow.split()) == "".join((cleaned or "").split()) else RESPELT


def mark_code(raw: str, cleaned: str | None, *, cut_at_16: bool = False) -> str:
    """What became of a number that is a name (account, 流水号): spreadsheets damage long ones.

    Args:
        raw: the cell as written.
        cleaned: what it was read as.
        cut_at_16: the numbers of 16 digits of the column end in 0 throughout.
    """
    number = cleaned or ""
    cut = _CUT_TAIL.fullmatch(number) or (cut_at_16 and _CUT_AT_16.fullmatch(number))
    if cut or _SCIENTIFIC.fullmatch(number):
        return DAMAGED
    if re.fullmatch(r"\d+\.0+", raw.strip()) and "." not in number:
        return TAIL
    return mark_text(raw, cleaned)


def mark_name(raw: str, cleaned: str | None) -> str:
    """What became of a person's name."""
    name = cleaned or ""
    if _MISSING_LETTER.search(name):
        return LETTER_MISSING
    mark = mark_text(raw, cleaned)
    narrow = re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw))
    if mark and len(narrow) > len(name) + 1 and narrow[-1:] in ")]】〕>》":
        return REMARK
    return RESPELT if "·" in name and "·" not in raw else mark


def mark_id(raw: str, number: str | None, status: str) -> str:
    """What became of an identity number."""
    if status != "valid":
        return "" if status == "empty" else f"身份证号{CAPTIONS[status]}"
    if number == raw.strip():
        return ""
    digits = sum(character.isdigit() for character in raw)
    return FROM_15 if digits == 15 else mark_text(raw, number) or RESPELT


def mark_date(raw: str, day: str | None, *, is_blank: bool) -> str:
    """What became of a day; ``day`` is ISO."""
    if day is None:
        return "" if is_blank else UNREAD
    if raw.strip() == day:
        return ""
    written = unicodedata.normalize("NFKC", raw).strip()
    if _CLOCK.search(written):
        return TIME
    numbers = re.findall(r"\d+", written)
    if len(numbers) == 1 and len(numbers[0]) <= 5:
        return SERIAL
    if numbers and len(numbers[0]) in (2, 1):
        return SHORT_YEAR
    if len(numbers) == 2 or (len(numbers) == 1 and len(numbers[0]) == 6):
        return MONTH_ONLY
    return RESPELT


def mark_amount(raw: str, fen: int | None, unit: str, *, is_blank: bool) -> str:
    """What became of an amount written in ``unit``."""
    written = unicodedata.normalize("NFKC", raw).strip()
    if fen is None:
        return "" if is_blank else FORMULA_ERROR if written.startswith("#") else UNREAD
    if re.search(r"\dE[+-]?\d", written, re.IGNORECASE):
        return SCIENTIFIC
    if fen < 0 and not written.startswith("-"):
        return NEGATIVE
    if unit != "元" or "万" in written:
        return UNIT
    if _PLAIN_AMOUNT.fullmatch(raw.strip()):
        return ""
    return FLOAT_NOISE if re.search(r"\.\d{3,}", written) else RESPELT


def mark_read(raw: str, cleaned: str | None, *, is_blank: bool) -> str:
    """What became of any other cell that is read into a value."""
    if cleaned is None:
        return "" if is_blank else UNREAD
    return "" if raw.strip() == cleaned else RESPELT
