"""What one run found and another did not, finding by finding, and why: data, parameter, rule or program.

The reason is read off what the two runs were made from. What touches a finding itself — its rule, the
files of its evidence — is named alone; only when nothing of that changed, everything else that did is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from audit_lib.findings.kept_runs import KeptRun, read_run
from audit_lib.money import format_yuan

NEW, GONE, CHANGED = "新增", "消失", "变动"
_SHOWS = ("amount_fen", "tier", "months", "statement")
_COLUMNS = [
    "change", "finding_id", "rule_id", "rule_title", "town_id", "name_masked", "before_fen", "after_fen", "reason", "statement",
]  # fmt: skip
_NAMED = 3


@dataclass(frozen=True)
class Difference:
    """Two runs compared.

    Attributes:
        old: name of the earlier run.
        new: name of the later run.
        lines: one line per finding that is 新增, 消失 or 变动: change, finding_id, rule_id, rule_title, town_id,
            name_masked, before_fen and after_fen (fen, NULL where it is not), reason, statement.
        causes: what differs between the inputs of the runs: kind (数据、参数、规则、程序), what.
        unchanged: number of findings that are the same.
    """

    old: str
    new: str
    lines: pd.DataFrame
    causes: pd.DataFrame
    unchanged: int

    @property
    def summary(self) -> pd.DataFrame:
        """Findings and money by change and reason: change, reason, findings, before_fen, after_fen."""
        grouped = self.lines.assign(reason=self.lines["reason"].str.split("：").str[0]).groupby(
            ["change", "reason"], as_index=False
        )
        sums: pd.DataFrame = grouped.agg(
            findings=("finding_id", "count"), before_fen=("before_fen", "sum"), after_fen=("after_fen", "sum")
        )
        return sums

    def render(self) -> str:
        """The difference as Chinese text, every line."""
        counts = {change: int((self.lines["change"] == change).sum()) for change in (NEW, GONE, CHANGED)}
        told = [
            f"{self.old} → {self.new}:"
            + "、".join(f"{name}{n}件" for name, n in counts.items())
            + f"、未变{self.unchanged}件"
        ]
        told += ["两次运行的不同:"] + [f"  {line.kind}:{line.what}" for line in self.causes.itertuples()]
        if self.causes.empty:
            told[-1] = "两次运行所用的数据、参数、规则和程序相同。"
        for line in self.lines.to_dict("records"):
            told.append(
                f"{line['change']} {line['finding_id']} {line['rule_title']} {line['name_masked'] or '(无个人)'} "
                f"{_money(line['before_fen'])}→{_money(line['after_fen'])}  原因:{line['reason']}"
            )
        return "\n".join(told)


def compare_runs(old_dir: Path, new_dir: Path) -> Difference:
    """Compare two kept runs (``work/runs/<run_id>``).

    Raises:
        AuditError: one of them was not kept.
    """
    old, new = read_run(old_dir), read_run(new_dir)
    causes = list(_causes(old, new))
    files = _changed_files(old, new)
    lines = []
    for finding_id in sorted({*old.findings, *new.findings}):
        before, after = old.findings.get(finding_id), new.findings.get(finding_id)
        if before and after and all(before[name] == after[name] for name in _SHOWS):
            continue
        known: Any = after or before
        lines.append(
            {
                "change": CHANGED if before and after else NEW if after else GONE,
                **{name: known[name] for name in ("finding_id", "rule_id", "rule_title", "town_id", "name_masked", "statement")},
                "before_fen": before["amount_fen"] if before else None,
                "after_fen": after["amount_fen"] if after else None,
                "reason": _reason(old, new, finding_id, known["rule_id"], files, causes),
            }
        )  # fmt: skip
    table = pd.DataFrame(lines, columns=_COLUMNS)
    table = table.astype({"before_fen": "Int64", "after_fen": "Int64"})
    same = len({*old.findings, *new.findings}) - len(table)
    return Difference(old.run_id, new.run_id, table, pd.DataFrame(causes, columns=["kind", "what"]), same)


def _reason(
    old: KeptRun, new: KeptRun, finding_id: str, rule_id: str, files: dict[str, str], causes: list[tuple[str, str]]
) -> str:  # fmt: skip
    own = list(_rule_changes(old, new, rule_id))
    touched = {*old.evidence.get(finding_id, ()), *new.evidence.get(finding_id, ())} & set(files)
    if touched:
        own.append(("数据", _named(f"{file}{files[file]}" for file in sorted(touched))))
    if own:
        return ";".join(f"{kind}：{what}" for kind, what in own)
    general = [(kind, what) for kind, what in causes if not kind.startswith("规则")]
    return ";".join(f"{kind}：{what}" for kind, what in general) or "原因不明"


def _rule_changes(old: KeptRun, new: KeptRun, rule_id: str) -> Iterable[tuple[str, str]]:
    before, after = old.rules.get(rule_id), new.rules.get(rule_id)
    if before is None or after is None:
        yield "规则", f"{rule_id}{'新增' if after else '取消'}"
        return
    if before["text"] != after["text"]:
        yield "规则", f"{rule_id}的内容修改"
    for name in sorted({*before["tolerances"], *after["tolerances"]}):
        values = before["tolerances"].get(name), after["tolerances"].get(name)
        if values[0] != values[1]:
            yield "参数", f"{rule_id}的{name}由{values[0]}改为{values[1]}"
    if (before["status"] == "未执行") != (after["status"] == "未执行"):
        reason = before["reason"] if before["status"] == "未执行" else after["reason"]
        yield (
            "数据" if "未收到" in reason or "没有" in reason else "参数",
            (f"{rule_id}由{before['status'] or '没有'}变为{after['status'] or '没有'}({reason})"),
        )


def _changed_files(old: KeptRun, new: KeptRun) -> dict[str, str]:
    """File → what became of it."""
    found = {}
    for file in sorted({*old.files, *new.files}):
        before, after = old.files.get(file), new.files.get(file)
        if before != after:
            found[file] = "新增" if before is None else "撤走" if after is None else "更新"
    return found


def _causes(old: KeptRun, new: KeptRun) -> Iterable[tuple[str, str]]:
    """Everything in which the inputs of the runs differ."""
    files = _changed_files(old, new)
    if files:
        yield "数据", _named(f"{file}{what}" for file, what in files.items())
    for rule_id in sorted({*old.rules, *new.rules}):
        for kind, what in _rule_changes(old, new, rule_id):
            if kind != "数据":
                yield ("规则" if kind == "规则" else "规则参数"), what
    changed = [name for name in sorted({*old.parameters, *new.parameters})
               if old.parameters.get(name) != new.parameters.get(name)]  # fmt: skip
    if changed:
        yield "参数", "、".join(changed)
    if old.code != new.code:
        yield "程序", "程序有改动"


def _named(things: Iterable[str]) -> str:
    every = list(things)
    return "、".join(every[:_NAMED]) + (f"等{len(every)}个" if len(every) > _NAMED else "")


def _money(fen: Any) -> str:
    return "—" if fen is None or pd.isna(fen) else f"{format_yuan(int(fen))}元"
