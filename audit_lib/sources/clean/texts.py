"""Free text, codes and people's names as they should be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00]")
_FORMULA_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
_BLANKS = re.compile(r"\s+")
_HAN = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]")
_DOTS = re.compile(r"(?<=[^\x00-\x7f])[·•.‧・∙⋅●。・˙ᐧ᛫ꞏ](?=[^\x00-\x7f])")
#: a spreadsheet's float made of a long number
_FLOAT_TAIL = re.compile(r"(?<=\d)\.0+$")
_LABEL = re.compile(r"^(户主|姓名|持卡人|领款人)[::](?=.)")
_BRACKETED_END = re.compile(r"[(\[【〔<《][^()\[\]【】〔〕]{0,12}[)\]】〕>》]$")


def settle(step: Callable[[str], str], text: str) -> str:
    """Apply a step until it changes nothing more (each step only shortens or normalises)."""
    for _ in range(20):
        after = step(text)
        if after == text:
            return text
        text = after
    return text


def _tidy(text: str) -> str:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    wrapped = _FORMULA_TEXT.match(text)
    return wrapped.group(1) if wrapped else text.lstrip("'‘’`")


def clean_text(text: str) -> str:
    """Width, blanks around, zero-width marks, a leading apostrophe and ``="…"`` undone.

    Example:
        >>> clean_text(' ="0123" ')
        '0123'
    """
    return settle(_tidy, text)


def clean_code(text: str) -> str:
    """A number that is a name (account, 流水号, telephone): no blanks inside either."""
    return settle(lambda code: _FLOAT_TAIL.sub("", _BLANKS.sub("", _tidy(code))), text)


def clean_name(text: str) -> str:
    """A person's name: blanks, ``·`` variants and trailing remarks like (户主) undone.

    Example:
        >>> clean_name("王 芳(户主)")
        '王芳'
    """
    return settle(_name_step, text)


def _name_step(text: str) -> str:
    name = _tidy(text)
    name = _BLANKS.sub("" if _HAN.search(name) else " ", name)
    name = _LABEL.sub("", _DOTS.sub("·", name))
    shorter = _BRACKETED_END.sub("", name)
    return shorter if shorter else name
