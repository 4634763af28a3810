"""What people have judged: same person, different people, or nobody can tell. Judgements win over evidence.

They stand in ``data/<project>/judgements.csv``, one line each, appended and never changed; of several lines
about one pair the last one counts. The two sides are keys: ``left_key`` and ``right_person_id`` of a
line of ``pair``. Keys follow from what a row says, so a judgement outlives next month's delivery.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path

from audit_lib.errors import ParamsError
from audit_lib.exports import inert_line

FILE = "judgements.csv"
SAME, DIFFERENT, UNSURE = "同一人", "不是同一人", "不能确定"
VERDICTS = (SAME, DIFFERENT, UNSURE)
HEADER = ("时间", "判断人", "结论", "甲", "乙", "理由")


@dataclass(frozen=True)
class Judgement:
    """One line: when, by whom, the verdict, the keys of the two sides, and why."""

    when: str
    by: str
    verdict: str
    one: str
    other: str
    why: str

    @property
    def pair(self) -> frozenset[str]:
        """The two keys, whichever stands first."""
        return frozenset((self.one, self.other))

    def __str__(self) -> str:
        return f"人工判断{self.verdict}({self.by},{self.when[:10]}:{self.why})"


def read_judgements(path: Path) -> list[Judgement]:
    """All lines in their order; none when nobody has judged yet.

    Raises:
        ParamsError: a line is not one of ours; names file and line.
    """
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as source:
        lines = list(csv.reader(source))
    if not lines or tuple(cell.strip() for cell in lines[0]) != HEADER:
        raise ParamsError("判断记录的表头不对", f"{path.name}:1", "表头应为:" + ",".join(HEADER))
    judgements = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        judgements.append(_checked([cell.strip() for cell in line], f"{path.name}:{number}"))
    return judgements


def _checked(cells: list[str], where: str) -> Judgement:
    if len(cells) != len(fields(Judgement)) or not all(cells):
        raise ParamsError("判断记录缺少内容", where, "每行写全:" + ",".join(HEADER))
    judgement = Judgement(*cells)
    if judgement.verdict not in VERDICTS:
        raise ParamsError(f"不认识的结论“{judgement.verdict}”", where, "可用:" + "、".join(VERDICTS))
    if judgement.one == judgement.other:
        raise ParamsError("甲与乙是同一个编号", where, "填两个不同的人员编号")
    return judgement


def add_judgement(path: Path, one: str, other: str, verdict: str, by: str, why: str) -> Judgement:
    """Append one line.

    Args:
        path: the file; made when it is not there.
        one: ``left_key`` of a line of ``pair``, or a ``person_id``.
        other: ``right_person_id``, or another ``person_id``.
        verdict: one of ``VERDICTS``.
        by: who judges.
        why: the reason.

    Raises:
        ParamsError: something is missing, or the verdict is not known.
    """
    read_judgements(path)
    when = datetime.now().isoformat(timespec="seconds")
    cells = [str(cell).strip() for cell in (when, by, verdict, one, other, why)]
    judgement = _checked(cells, path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.is_file()
    with path.open("a", encoding="utf-8-sig" if is_new else "utf-8", newline="") as target:
        writer = csv.writer(target)
        if is_new:
            writer.writerow(HEADER)
        writer.writerow(inert_line(astuple(judgement)))
    return judgement


def latest(judgements: Iterable[Judgement]) -> dict[frozenset[str], Judgement]:
    """The judgement that counts for each pair, in the order in which the pairs were last judged."""
    standing: dict[frozenset[str], Judgement] = {}
    for judgement in judgements:
        standing.pop(judgement.pair, None)
        standing[judgement.pair] = judgement
    return standing
