"""Judge the product on a county: ``python -m tests.county.judge A --out FOLDER``."""

from __future__ import annotations

import argparse
import json
import shutil
import time
from pathlib import Path
from typing import Any

from audit_lib.tables import TABLES
from tests.county.answers import answer_all
from tests.county.counties import generate
from tests.county.intake_score import IntakeScore, judge_intake, ybt
from tests.county.run_score import RunScore, score_findings, score_money, score_rows
from tests.county.world import World


def judge_run(root: Path, world: World, truth: dict[str, Any], unused: str = "") -> RunScore:
    """Answer every question from the truth, run the audit up to its findings, and score it."""
    score = RunScore()
    folder = root / "params" / world.plan.slug
    for file in truth["files"]:
        for sheet in file["sheets"]:
            for column in sheet["columns"]:
                if unused and column["answer"] == unused:
                    column["answer"] = "不用"
    codes = answer_all(folder, truth, world.plan)
    code, said = ybt(root, "sources", world.plan.slug)
    (root / "sources_answered.log").write_text(said, encoding="utf-8")
    if code not in (0, 1):
        score.say("sources失败", said[-800:])
    code, said = ybt(root, "run", world.plan.slug, limit=900)
    (root / "run.log").write_text(said, encoding="utf-8")
    if code:
        score.say("run失败", said[-1200:])
    work = root / "data" / world.plan.slug / "work"
    towns = {f"town{number}": town for number, town in enumerate(world.plan.villages, 1)}
    score_rows(score, work, truth)
    score_money(score, work, world, codes)
    score_findings(score, work, world, codes, towns)
    return score


def intake_lines(score: IntakeScore) -> list[str]:
    """The intake half of a report."""
    return ["## 立项(init)", "", f"- 文件:{dict(score.files)}", f"- 列:{dict(score.columns)}",
            f"- 不改就对 {score.right_share:.1%};接受提议后对 {score.proposed_share:.1%};无提示认错 {score.columns['wrong']}",
            f"- 失败种类:{dict(score.classes)}", "", *[f"- {line}" for line in score.grouped()], ""]  # fmt: skip


def run_lines(score: RunScore) -> list[str]:
    """The findings half."""
    lines = ["## 回答(只改YAML)之后运行", "", f"- 金额合计分毫不差:{'是' if score.totals_exact else '否'}",
             f"- 查全 {score.rate('found', 'planted'):.1%};查准 {score.rate('true', 'reported'):.1%};金额准确 {score.rate('exact', 'found'):.1%}",
             f"- 失败种类:{dict(score.classes)}", "", "| 规则 | 埋设 | 查到 | 金额准 | 报出 | 其中真 |", "|---|---|---|---|---|---|"]  # fmt: skip
    for rule, count in sorted(score.rules.items()):
        if count["no such rule"]:
            lines.append(f"| {rule} | 尚无此规则({count['no such rule']}例) | | | | |")
        elif not count["planted"] and not count["reported"]:
            lines.append(f"| {rule} | 无真值 | | | {count['unscored'] + count['on planted people']} | |")
        else:
            lines.append(
                f"| {rule} | {count['planted']} | {count['found']} | {count['exact']} | {count['reported']} | {count['true']} |"
            )
    return [*lines, "", *[f"- {line}" for line in score.grouped()]]


def main() -> int:
    """Generate, start, score; the report goes to standard output and ``FOLDER/report.md``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("county")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--intake-only", action="store_true")
    parser.add_argument("--unused", default="", help="a canonical column the answers leave out")
    given = parser.parse_args()
    shutil.rmtree(given.out, ignore_errors=True)
    given.out.mkdir(parents=True)
    began = time.perf_counter()
    world, _ = generate(given.county, given.out)
    truth = json.loads((given.out / "truth.json").read_text(encoding="utf-8"))
    captions = {name: table.caption for name, table in TABLES.items()}
    lines = [
        f"# 县{given.county}",
        "",
        *intake_lines(judge_intake(given.out, world.plan.slug, truth, captions)),
    ]
    lines.append(f"(立项用时 {time.perf_counter() - began:.0f} 秒)")
    if not given.intake_only:
        lines += run_lines(judge_run(given.out, world, truth, given.unused))
        lines.append(f"(全部用时 {time.perf_counter() - began:.0f} 秒)")
    report = "\n".join(lines)
    (given.out / "report.md").write_text(report + "\n", encoding="utf-8")
    print(report)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
