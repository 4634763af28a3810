"""The words that files, sheets, columns and subsidies are recognised by, from the YAML beside this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent
#: no header that means one column is longer; a sentence is not even looked at
_LONGEST_HEADER = 24

_SAYS_NOTHING = re.compile(
    r"^(?:现|其|该|数据|基本信息|个人信息)(?=..)|(?:必填项?|选填|填写|文本|文本格式|格式|栏|字段|填报|明细)$"
)
#: columns that are headed alike in every table; the headers of others depend on what the table is about
_EVERYWHERE = frozenset("id name 镇 村 household_no phone bank account_no relation sex birth_on".split())

_UNIT = re.compile(r"(?<=[额金款准价积资贴助薪数])(?:万?元|亩|m2|㎡|平方米|元[亩月人户年]{1,2})$")
#: 补贴面积小计 is a 补贴面积; 金额合计 stays what it is
_SUMMED = re.compile(r"(面积|亩数|人数|人口)(?:合计|小计|总计|汇总|总数|数)$")
#: words that mean the same in a header
_USUAL = (
    ("缘由", "原因"), ("事由", "原因"), ("理由", "原因"), ("全称", "名称"), ("等次", "等级"), ("编次", "编号"), ("年月份", "年月"),
    ("情形", "情况"), ("编码", "编号"), ("之日", "日期"), ("座落", "坐落"), ("详址", "地址"), ("缴存", "缴费"), ("列支", "支出"),
    ("逝世人", "逝者"), ("名册号", "编号"), ("截至", "截止"), ("登记薄", "登记簿"), ("座标", "坐标"), ("开户名", "户名"),
)  # fmt: skip

Patterns = dict[str, re.Pattern[str]]


@lru_cache(maxsize=4)
def _load(file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_FOLDER / file).read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=16)
def patterns(section: str, part: str = "") -> Patterns:
    """A section of ``words.yml`` as compiled patterns, in the order of the file."""
    words = _load("words.yml")[section]
    return {name: re.compile(pattern) for name, pattern in (words[part] if part else words).items()}


def first_named(section: str, *texts: str) -> str | None:
    """The first entry of a section that one of the texts names; texts go from the most to the least telling."""
    for text in texts:
        for name, pattern in patterns(section).items():
            if text and pattern.search(text):
                return name
    return None


def all_named(section: str, text: str) -> list[str]:
    """Every entry of a section that a text names, in the order of the file."""
    return [name for name, pattern in patterns(section).items() if pattern.search(text)]


def register_choices(*texts: str) -> list[str]:
    """Registers a text may mean when it does not say which of them."""
    for pattern, choices in _load("words.yml")["register_questions"].items():
        if any(re.search(pattern, text) for text in texts):
            return [str(choice) for choice in choices]
    return []


@dataclass(frozen=True)
class Word:
    """One way to write the header of a column: its place among the ways, and whether it is a mere code."""

    pattern: re.Pattern[str]
    rank: int
    is_code: bool = False


@lru_cache(maxsize=1024)
def header_words(table: str, column: str) -> tuple[Word, ...]:
    """Ways to head a column of a table (镇, 村 for the halves of a place), the surest first."""
    loaded = _load("headers.yml")
    own = loaded["tables"].get(table, {}).get(column, [])
    everywhere = loaded["common"].get(column, []) if column in _EVERYWHERE or not own else []
    written = [*own, *everywhere]
    words = [Word(_compile(pattern), rank) for rank, pattern in enumerate(written)]
    code = loaded["common"]["codes"].get(column)
    return tuple(words + ([Word(_compile(code), len(words), is_code=True)] if code else []))


def _compile(pattern: str) -> re.Pattern[str]:
    for name, fragment in _load("headers.yml")["fragments"].items():
        pattern = pattern.replace(f"{{{name}}}", fragment)
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=65536)
def find_word(header: str, table: str, column: str) -> Word | None:
    """The way a normal header is one of a column's, None when it is none."""
    if len(header) > _LONGEST_HEADER:
        return None
    for name in _shorter(header):
        for word in header_words(table, column):
            if word.pattern.fullmatch(name):
                return word
    return None


def _shorter(header: str) -> tuple[str, ...]:
    """A header without what says nothing about which column it is: 日期时间 is 日期, 姓名必填 is 姓名, 姓名/户名 is 姓名."""
    name = _SAYS_NOTHING.sub("", _UNIT.sub("", header))
    name = re.sub("(日期|时间)(?:日期|时间)$", r"\1", name)
    for written, usual in _USUAL:
        name = name.replace(written, usual)
    name = _SUMMED.sub(r"\1", name)
    first = re.split(r"[/／、|]|或", name)[0]
    return tuple(
        dict.fromkeys(n for n in (header, name, first if len(first) >= 2 else "", _named(name)) if n)
    )


@lru_cache(maxsize=65536)
def ends_like(header: str, table: str, column: str) -> bool:
    """Whether the head of a normal header is one of a column's, whatever qualifies it.

    Example:
        >>> ends_like("第二次核发到手补助金额", "payment", "amount"), ends_like("补助金额说明", "payment", "amount")
        (True, False)
    """
    if len(header) > _LONGEST_HEADER:
        return False
    head = _heads(table, column)
    return head is not None and any(head.search(name) for name in _shorter(header))


@lru_cache(maxsize=1024)
def _heads(table: str, column: str) -> re.Pattern[str] | None:
    loaded = _load("heads.yml")
    written = loaded["tables"].get(table, {}).get(column) or loaded["common"].get(column)
    return re.compile(written) if written else None


def _named(header: str) -> str:
    """A header without the 名称 at its end: 登记机关名称 is the 登记机关."""
    bare = re.sub(r"(?:的?(?:名称|全称))$", "", header)
    return bare if len(bare) >= 3 and bare != header else ""


@lru_cache(maxsize=4096)
def is_somebody_elses(header: str) -> bool:
    """Whether a header is about a relative, a guardian or a clerk rather than the person of the row."""
    return re.match(_load("headers.yml")["others"], header) is not None


@lru_cache(maxsize=1)
def known_items() -> list[dict[str, Any]]:
    """The subsidies known everywhere: ``match`` and ``reject`` patterns and the fields rules need."""
    loaded: list[dict[str, Any]] = yaml.safe_load((_FOLDER / "known_items.yml").read_text(encoding="utf-8"))
    return loaded


def known_item(name: str) -> dict[str, Any] | None:
    """Fields of the known subsidy a name means, without its patterns; None when it is none of them.

    Example:
        >>> known_item("农村低保金")["item_id"]
        'RURAL_DIBAO'
    """
    for item in known_items():
        if re.search(item["match"], name) and not ("reject" in item and re.search(item["reject"], name)):
            return {key: value for key, value in item.items() if key not in ("match", "reject")}
    return None
