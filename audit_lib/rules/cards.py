"""Rule cards: ``docs/rules.md`` is written from the rule files; ``python -m audit_lib.rules.cards`` renews it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit_lib.rules.head import Head, listed
from audit_lib.rules.loader import Rule, load_rules
from audit_lib.tables import TABLES

KINDS = {
    "LOSS": "应追缴",
    "OWED": "应补发",
    "EXPOSURE": "管理不规范",
    "RECLASS": "应调账",
    "NONE": "不计金额",
}
TRACKS = {"problem": "问题", "protective": "保护性线索", "management": "管理提示"}

_PREFACE = """# 规则目录

本页由规则文件生成(`python -m audit_lib.rules.cards`)，请勿手改。
每条规则是一个文件：`audit_lib/rules/<家族>/<编号>.sql`，头部写明依据、参数和话术，正文是一条 SELECT。
规则只提出疑点，是否属实由人核实。依据后标“待核”的，表示条文和文号尚未经人与原文核对。

参数可在 `params/<项目>/project.yml` 的 `tolerances` 中改；不适用的规则在 `rules_off` 中写明理由停用。
"""


def cards() -> str:
    """All rule cards as Markdown, by family."""
    rules = load_rules()
    parts = [_PREFACE, *_overview(rules)]
    for family, caption in listed("families.yml").items():
        mine = [rule for rule in rules if rule.head.family == family]
        parts += [f"\n## {caption}\n", *("\n".join(_card(rule)) for rule in mine)]
    parts += ["\n## 没有建成的规则\n", *_not_built()]
    return "\n".join(parts) + "\n"


def _not_built() -> Iterator[str]:
    """What the catalogue of checks still lacks, and why, so that nothing is left out in silence."""
    for rule_id, entry in listed("not_built.yml").items():
        yield f"- **{entry['title']}** `{rule_id}`：{entry['why']}"


def _overview(rules: list[Rule]) -> Iterator[str]:
    problems = listed("problems.yml")
    yield "| 编号 | 名称 | 问题类型 | 金额性质 | 轨道 | 严重程度 |\n|---|---|---|---|---|---|"
    for rule in rules:
        head = rule.head
        cells = (
            head.id,
            head.title,
            problems[head.problem],
            KINDS[head.kind],
            TRACKS[head.track],
            head.severity,
        )
        yield "| " + " | ".join(cells) + " |"


def _card(rule: Rule) -> Iterator[str]:
    head = rule.head
    yield f"### {head.title} `{head.id}`\n"
    yield f"- **疑点情形**：{head.doubtful}"
    yield "- **不算疑点**：\n" + "\n".join(
        f"    {n}. {text}" for n, text in enumerate(head.harmless, start=1)
    )
    yield f"- **核实办法**：{head.to_verify}"
    yield "- **依据**：" + "；".join(basis.text for basis in head.basis)
    yield f"- **责任单位**：{'补贴项目的主管部门' if head.owner == 'item' else head.owner}"
    yield f"- **需要的数据**：{_tables(head.tables)}" + _helping(head)
    for name, tolerance in head.tolerances.items():
        limits = "".join(
            f"，{word} {value:g}"
            for word, value in (("最小", tolerance.min), ("最大", tolerance.max)) if value is not None
        )  # fmt: skip
        yield f"- **参数** `{name}`：{tolerance.says}，默认 {tolerance.default}{limits}"
    yield f"- **一句话**：{head.statement}\n"


def _tables(names: list[str]) -> str:
    return "、".join(TABLES[name].caption for name in names)


def _helping(head: Head) -> str:
    helping = list(dict.fromkeys(column.split(".")[0] for column in head.helps))
    helping = [name for name in helping if name not in head.tables]
    return f"；有则更全：{_tables(helping)}" if helping else ""


if __name__ == "__main__":
    (Path(__file__).parents[2] / "docs" / "rules.md").write_text(cards(), encoding="utf-8")
