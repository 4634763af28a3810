"""Lists whose headers are recombined from stems and affixes, to measure what init does with words nobody listed.

``python -m tests.intake.variations 11 15`` reports for seeds 11 to 15 per table: columns right without an answer,
asked about (or left unused), and silently wrong. Words were added looking at seeds 1 to 5 only.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from audit_lib.intake.proposals import SheetProposal
from audit_lib.intake.sampling import Sample
from audit_lib.intake.tabling import propose_sheet
from audit_lib.sources.sheets import HeadRow

from .sheets import KINDS, Register

_EACH = 6


@dataclass
class Score:
    """What became of the columns of one kind of table."""

    right: int = 0
    asked: int = 0
    wrong: int = 0
    tables_wrong: int = 0
    tables: int = 0

    def line(self, name: str) -> str:
        """One line for the terminal."""
        total = max(self.right + self.asked + self.wrong, 1)
        return (
            f"{name:12} {self.tables:4} tables ({self.tables_wrong} another kind)  right {self.right / total:6.1%}  "
            f"asked or unused {self.asked / total:6.1%}  silently wrong {self.wrong}"
        )


def build_lists(seed: int) -> list[Register]:
    """Several lists of each kind; a seed always gives the same."""
    loaded = yaml.safe_load((Path(__file__).parent / "variations.yml").read_text(encoding="utf-8"))
    return [
        _build(entry, loaded["affixes"], random.Random(f"{seed}/{number}/{again}"))
        for number, entry in enumerate(loaded["tables"])
        for again in range(_EACH)
    ]


def _build(entry: dict[str, Any], affixes: dict[str, list[str]], chance: random.Random) -> Register:
    columns: list[tuple[str, str, str]] = []
    for written in entry["columns"]:
        target, kind, *parts = written.removeprefix("?").split("|")
        header = "".join(_part(part, affixes, chance) for part in parts)
        if (written.startswith("?") and chance.random() < 0.5) or header in {h for _, h, _ in columns}:
            continue
        columns.append((target, header, kind))
    if chance.random() < 0.5:
        chance.shuffle(columns)
    title = chance.choice(entry.get("titles") or entry["item_titles"])
    head = [HeadRow(1, [title, *[""] * (len(columns) - 1)])] if chance.random() < 0.5 else []
    head.append(HeadRow(len(head) + 1, [header for _, header, _ in columns]))
    for number in range(1, 31):
        head.append(HeadRow(head[-1].row + 1, _cells([kind for _, _, kind in columns], chance, number)))
    name = f"{chance.choice(('报送', '资料', '部门数据'))}/{title}.xlsx"
    return Register(
        Sample(name, "Sheet1", head), entry["table"], {"register": entry["register"]} if "register" in entry else {},
        [(header, target) for target, header, _ in columns],
    )  # fmt: skip


def _part(written: str, affixes: dict[str, list[str]], chance: random.Random) -> str:
    part = chance.choice(written.split(","))
    return chance.choice(affixes[part[1:-1]]) if part.startswith("{") else part


def _cells(kinds: list[str], chance: random.Random, number: int) -> list[str]:
    area, rate = chance.randint(5, 90) / 10, 125.0
    bad = chance.random() < 0.1
    made = {
        "area": f"{area:g}", "rate": f"{rate:g}", "product": f"{area * rate:.2f}",
        "statusx": "办结异常" if bad else "处理完毕", "paid": "代发失败" if bad else "代发成功",
        "failwhy": "户名不符" if bad else "", "phone2": KINDS["phone"](chance, number),
        "class": chance.choice(("A类", "B类", "C类")), "schemex": chance.choice(("城镇职工基本养老保险", "机关事业单位养老保险")),
    }  # fmt: skip
    return [made.get(kind) if kind in made else KINDS[kind](chance, number) for kind in kinds]  # type: ignore[misc]


def score_list(register: Register, proposal: SheetProposal | None) -> tuple[Counter[str], list[str]]:
    """How many columns are right, asked and wrong, with the wrong ones and the missed ones in words."""
    counted, said = Counter[str](), []
    sure = proposal is not None and not [q for q in proposal.questions if q.startswith("像“")]
    if proposal is None or proposal.table.name != register.table:
        kind = "wrong" if sure else "asked"
        counted[kind] += sum(column != "-" for _, column in register.truth)
        said.append(f"{kind} table {register.sample.name} as {proposal.table.name if proposal else None}")
        return counted, said
    got = {p.header: p.column for p in proposal.mapped.proposals}
    for header, column in register.truth:
        found = got.get(header.strip(), "-")
        if found == column:
            counted["right"] += column != "-"
        elif found == "-":
            counted["asked"] += 1
            said.append(f"missed {register.table} {header}={column}")
        else:
            counted["wrong"] += 1
            said.append(f"WRONG {register.table} {header} as {found}, is {column}")
    return counted, said


def measure(seeds: range) -> tuple[dict[str, Score], list[str]]:
    """Scores per kind of table, and everything that was not right."""
    scores: dict[str, Score] = defaultdict(Score)
    told: list[str] = []
    for seed in seeds:
        for register in build_lists(seed):
            proposal = propose_sheet(register.sample)
            counted, said = score_list(register, proposal)
            score = scores[register.table]
            score.tables += 1
            score.tables_wrong += proposal is None or proposal.table.name != register.table
            score.right += counted["right"]
            score.asked += counted["asked"]
            score.wrong += counted["wrong"]
            told += said
    return scores, told


if __name__ == "__main__":
    scores, told = measure(range(int(sys.argv[1]), int(sys.argv[2]) + 1))
    for name, score in scores.items():
        print(score.line(name))
    for line, times in Counter(told).most_common(60 if len(sys.argv) > 3 else 0):
        print(times, line)
