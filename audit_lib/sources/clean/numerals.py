"""Chinese numerals of dates and periods as Arabic ones: 二〇一七年十二月 → 2017年12月."""

from __future__ import annotations

import re

_DIGITS = str.maketrans("〇零○一二三四五六七八九两", "0001234567892")
_TEN = re.compile(r"([1-9]?)十([1-9]?)")
_NUMERAL = re.compile("[〇零○一二三四五六七八九十元]")


def arabic(text: str) -> str:
    """A date or period with Arabic digits; 元年 and 元月 are the first.

    Example:
        >>> arabic("二〇一七年十二月三十日"), arabic("2017年元月")
        ('2017年12月30日', '2017年1月')
    """
    if not _NUMERAL.search(text):
        return text
    return _TEN.sub(_ten, text.replace("元月", "1月").translate(_DIGITS))


def _ten(found: re.Match[str]) -> str:
    return (found[1] or "1") + (found[2] or "0")
