"""Lists headed as other offices head them, with rows that add up: how many columns are right without an answer.

``python -m tests.intake.wordings wordings_frozen`` reports columns right, asked about or left out, and silently wrong.
``wordings_tuned.yml`` was looked at while the vocabulary was written; ``wordings_frozen.yml`` was written afterwards.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from audit_lib.intake.sampling import Sample
from audit_lib.intake.tabling import propose_sheet
from audit_lib.sources.sheets import HeadRow

from .sheets import KINDS

_WORDS: dict[str, tuple[str, ...]] = {
    "zero": ("0.00", ""), "selfcare": ("完全自理", "部分丧失", "一级"), "distype": ("肢体", "视力", "智力", "精神"),
    "certstate": ("正常", "注销"), "guoji": ("国家级", "省级"), "quarter": ("2019年第一季度",), "marry": ("已婚", "丧偶"),
    "deathwhy": ("脑梗死", "心肌梗死", "肺癌"), "party": ("中共党员", "群众"), "edu": ("高中", "大专"),
    "role": ("股东", "监事", "法定代表人"), "plk": ("小型汽车", "普通摩托车"), "vtype": ("小型轿车", "两轮摩托"),
    "cardkind": ("居民身份证", "护照"), "hutype": ("低保户", "一般户"), "grade2": ("一年级", "高二"),
    "poor": ("一般贫困户", "低保贫困户"), "shushi": ("属实", "不属实"),
}  # fmt: skip
_MADE: dict[str, Callable[[random.Random, int], str]] = {
    "month0": lambda chance, n: f"19{chance.randint(30, 50)}-{chance.randint(1, 12):02d}",
    "age2": lambda chance, n: str(chance.randint(60, 99)),
}


def load(name: str) -> list[dict[str, Any]]:
    """The lists of one collection."""
    loaded: list[dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / f"{name}.yml").read_text(encoding="utf-8")
    )
    return loaded


def build(entry: dict[str, Any], chance: random.Random) -> Sample:
    """A sheet under the headers of an entry."""
    columns = [column.split("|") for column in entry["columns"]]
    head = [HeadRow(1, [entry["title"], *[""] * (len(columns) - 1)])] if "title" in entry else []
    head.append(HeadRow(len(head) + 1, [header for header, _, _ in columns]))
    for number in range(1, 31):
        row = _row(chance, number)
        head.append(HeadRow(head[-1].row + 1, [_cell(kind, row, chance, number) for _, _, kind in columns]))
    return Sample(entry["file"], "Sheet1", head)


def _row(chance: random.Random, number: int) -> dict[str, str]:
    """Figures of a row that belong together: area × rate, months × rate, parts and their sum, a failure and its reason."""
    area, rate, months, people = (
        chance.randint(5, 90) / 10,
        chance.choice((125.0, 96.5)),
        chance.randint(1, 3),
        chance.randint(1, 5),
    )
    gross, part, failed, left = (
        chance.choice((330, 455.25, 1200)),
        chance.choice((20, 35.5, 60)),
        number % 7 == 3,
        number % 5 == 2,
    )
    date = KINDS["date"](chance, number)
    return {
        "area": f"{area:g}", "bigger": f"{area + chance.randint(1, 9) / 10:g}", "rate": f"{rate:g}", "product": f"{area * rate:.2f}",
        "months": str(months), "bymonths": f"{months * rate:.2f}", "count": str(people), "bycount": f"{people * rate:.2f}",
        "gross": f"{gross:.2f}", "part": f"{part:.2f}", "whole": f"{gross + part:.2f}", "paid": "失败" if failed else "成功",
        "failwhy": "户名不符" if failed else "", "somedate": date if left else "", "somereason": "死亡" if left else "",
    }  # fmt: skip


def _cell(kind: str, row: dict[str, str], chance: random.Random, number: int) -> str:
    if kind in row:
        return row[kind]
    if kind in _WORDS:
        return chance.choice(_WORDS[kind])
    return (_MADE.get(kind) or KINDS[kind])(chance, number)


def measure(name: str, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """Columns right, held (right, but a question about the file is open), missed and wrong, and what was not right."""
    counted, told = Counter[str](), []
    for number, entry in enumerate(load(name)):
        proposal = propose_sheet(build(entry, random.Random(f"{seed}/{number}")))
        truth = [tuple(column.split("|")[:2]) for column in entry["columns"]]
        due = [header for header, column in truth if column not in ("-", "any")]
        counted["all"] += len(due)
        if proposal is None or proposal.table.name != entry["table"]:
            asked = proposal is None or any(question.startswith("像“") for question in proposal.questions)
            counted["missed" if asked else "wrong"] += len(due)
            told.append(
                f"{'missed' if asked else 'WRONG'} table {entry['file']} as {proposal.table.name if proposal else None}"
            )
            continue
        if proposal.questions:
            told.append(f"held {entry['file']}: {proposal.questions}")
        got = {found.header: found.column for found in proposal.mapped.proposals}
        for header, column in truth:
            found = got.get(header, "-")
            found = "place" if column == "place" and found in ("镇", "村") else found
            if column == "any" or found == column == "-":
                continue
            if found == column:
                counted["held" if proposal.questions else "right"] += 1
            else:
                counted["missed" if found == "-" else "wrong"] += 1
                told.append(
                    f"{'missed' if found == '-' else 'WRONG'} {entry['file']}: {header} as {found}, is {column}"
                )
    return counted, told


if __name__ == "__main__":
    result, lines = measure(sys.argv[1])
    print("\n".join(lines))
    print(f"{result['all']} columns: right {result['right'] / result['all']:.1%}, right beside a question "
          f"{result['held'] / result['all']:.1%}, missed {result['missed']}, silently wrong {result['wrong']}")  # fmt: skip
