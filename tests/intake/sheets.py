"""Sheets made of ``registers.yml``: the headers real offices use over values that invented people have."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from audit_lib import idnum
from audit_lib.intake.sampling import Sample
from audit_lib.sources.sheets import HeadRow

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华建国志红梅文玉"
_TOWNS = ("青龙镇", "白石乡", "河口街道", "双塔镇")
_VILLAGES = ("上河村", "下河村", "石门社区", "柳沟村", "东岭村")


@dataclass(frozen=True)
class Register:
    """One sheet of the collection and what it should be taken for.

    Attributes:
        truth: column of the sheet → canonical column, ``-`` for none, ``asked`` for what must be asked.
    """

    sample: Sample
    table: str
    constants: dict[str, str] = field(default_factory=dict)
    truth: list[tuple[str, str]] = field(default_factory=list)


def load_registers(seed: int = 1, *, rows: int = 30) -> list[Register]:
    """Every sheet of ``registers.yml``; another seed gives other people."""
    written = yaml.safe_load((Path(__file__).parent / "registers.yml").read_text(encoding="utf-8"))
    return [_build(entry, random.Random(f"{seed}/{number}"), rows) for number, entry in enumerate(written)]


def _build(entry: dict[str, Any], chance: random.Random, rows: int) -> Register:
    columns = [column.split("|") for column in entry["columns"]]
    head = [HeadRow(1, [entry["title"], *[""] * (len(columns) - 1)])] if "title" in entry else []
    head.append(HeadRow(len(head) + 1, [header for header, _, _ in columns]))
    for number in range(1, rows + 1):
        cells = [KINDS[kind](chance, number) for _, _, kind in columns]
        head.append(HeadRow(head[-1].row + 1, cells))
    return Register(
        Sample(entry["file"], "Sheet1", head), entry["table"], entry.get("constants", {}),
        [(header, column) for header, column, _ in columns],
    )  # fmt: skip


def person_id(chance: random.Random) -> str:
    """An invented number with a right check digit, of a district that is no more."""
    body = f"371327{chance.randint(1935, 2005)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    body += f"{chance.randint(0, 999):03d}"
    return body + idnum.check_character(body)


def person_name(chance: random.Random) -> str:
    """An invented name."""
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.randint(1, 2)))


def _day(chance: random.Random) -> str:
    year, month, day = chance.randint(2010, 2018), chance.randint(1, 12), chance.randint(1, 28)
    return chance.choice(
        (f"{year}-{month:02d}-{day:02d}", f"{year}/{month}/{day}", f"{year}{month:02d}{day:02d}")
    )


def _sometimes(kind: str) -> Callable[[random.Random, int], str]:
    return lambda chance, number: KINDS[kind](chance, number) if chance.random() < 0.2 else ""


def _one_of(*words: str) -> Callable[[random.Random, int], str]:
    return lambda chance, number: chance.choice(words)


#: kind of value → a cell of the row with a number
KINDS: dict[str, Callable[[random.Random, int], str]] = {
    "seq": lambda chance, number: str(number),
    "name": lambda chance, number: person_name(chance),
    "id": lambda chance, number: person_id(chance),
    "phone": lambda chance, number: f"13{chance.randint(0, 999999999):09d}",
    "account": lambda chance, number: f"6217{chance.randint(0, 10**15 - 1):015d}",
    "amount": lambda chance, number: f"{chance.choice((80, 100, 330, 1200, 96.5, 455.25)):.2f}",
    "area": lambda chance, number: f"{chance.randint(1, 90) / 10}",
    "count": lambda chance, number: str(chance.randint(1, 9)),
    "date": lambda chance, number: _day(chance),
    "month": lambda chance, number: f"2018{chance.randint(1, 12):02d}",
    "year": _one_of("2017", "2018"),
    "code": lambda chance, number: f"{chance.randint(10**9, 10**10 - 1)}",
    "uscc": lambda chance, number: f"92371327MA3C{chance.randint(0, 999999):06d}",
    "plate": lambda chance, number: f"鲁Q{chance.randint(10000, 99999)}",
    "address": lambda chance, number: f"云溪县{chance.choice(_TOWNS)}{chance.choice(_VILLAGES)}{number}号",
    "town": _one_of(*_TOWNS), "village": _one_of(*_VILLAGES), "group": _one_of("一组", "二组", "3组"),
    "sex": _one_of("男", "女"), "nation": _one_of("汉族", "回族"), "hukou": _one_of("农业", "非农业"),
    "relation": _one_of("户主", "妻", "长子", "女", "孙子"), "bank": _one_of("农村商业银行", "邮政储蓄银行"),
    "abc": _one_of("A", "B", "C"), "grade": _one_of("一级", "二级", "三级"), "cd": _one_of("C级", "D级"),
    "age": _one_of("80-89岁", "90-99岁"), "tekun": _one_of("分散供养", "集中供养"), "stage": _one_of("小学", "高中"),
    "veteran": _one_of("伤残军人", "烈属", "复员军人"), "forest": _one_of("生态林", "经济林"),
    "post": _one_of("行政", "事业", "村主任"), "item": _one_of("农村低保金", "奶牛养殖补贴", "高龄津贴"),
    "paid": _one_of("成功", "成功", "失败"), "scheme": _one_of("企业职工养老保险", "机关事业养老保险"),
    "reason": _one_of("死亡", "收入超标", "外迁"), "text": _one_of("情况一般", "已办理", "无异常情况"),
    "company": _one_of("云溪县兴旺养殖合作社", "云溪县宏达建材有限公司"), "unit": _one_of("云溪县第一中学", "青龙镇人民政府"),
    "failwhy": _sometimes("why"), "why": _one_of("户名不符", "账号不存在"), "blank": lambda chance, number: "",
    "somedate": _sometimes("date"), "someaccount": _sometimes("account"), "somename": _sometimes("name"),
    "sometext": _sometimes("unit"), "somereason": _sometimes("reason"),
}  # fmt: skip
