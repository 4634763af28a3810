"""What the search for unnoticed changes found, as text and as a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .mutation_changes import WAYS


@dataclass(frozen=True)
class Tried:
    """One rule: how many changes were tried, which no case noticed, and which of these are explained."""

    rule_id: str
    tried: int
    left: tuple[str, ...]
    reasons: dict[str, str]

    @property
    def unexplained(self) -> list[str]:
        return [what for what in self.left if what not in self.reasons]

    def text(self) -> str:
        """The rule's line and every unexplained change below it."""
        known = len(self.left) - len(self.unexplained)
        line = f"{self.rule_id}: {self.tried} changes, {len(self.left)} unnoticed, {known} explained"
        needless = [f"EXPLAINED BUT NOTICED {what}" for what in self.reasons if what not in self.left]
        return "\n    ".join([line, *self.unexplained, *needless])


def page(done: list[Tried]) -> str:
    """The page ``docs/rules-mutation.md``."""
    tried, left = sum(one.tried for one in done), sum(len(one.left) for one in done)
    open_changes = sum(len(one.unexplained) for one in done)
    ways = Counter(what.split(":")[0] for one in done for what in one.left)
    lines = [
        "# 规则变异检查", "",
        "`python -m tests.rules.mutation [规则 …] [--report docs/rules-mutation.md]` 每次只改规则查询的一处，再跑该规则自己的案例；"
        "案例没有发觉的改动叫“漏过”。本页由该命令写成，改了规则就要重写(有测试核对改动数)。", "",
        "改法：" + "、".join(WAYS.values()) + "。", "",
        f"**{len(done)}条规则共{tried}处改动，漏过{left}处({left / max(tried, 1):.1%})，其中已说明理由{left - open_changes}处，未说明{open_changes}处。**",
        "", "| 规则 | 改动 | 漏过 | 未说明 |", "| --- | ---: | ---: | ---: |",
        *(f"| `{one.rule_id}` | {one.tried} | {len(one.left)} | {len(one.unexplained)} |" for one in done),
        "", "## 漏过的改动按改法", "",
        *(f"- {WAYS[way]}：{number}" for way, number in ways.most_common()),
        "", "## 不改变结果的改动和理由", "",
    ]  # fmt: skip
    for one in done:
        known = [what for what in one.left if what in one.reasons]
        lines += (
            [f"### {one.rule_id}", "", *(f"- `{_short(what)}`：{one.reasons[what]}" for what in known), ""]
            if known
            else []
        )
    unknown = [(one.rule_id, what) for one in done for what in one.unexplained]
    if unknown:
        lines += [
            "## 还没有案例发觉的改动",
            "",
            *(f"- `{rule_id}` `{_short(what)}`" for rule_id, what in unknown),
            "",
        ]
    return "\n".join(lines)


def _short(what: str) -> str:
    text = " ".join(what.split()).replace("|", "\\|")
    return text if len(text) <= 160 else text[:159] + "…"
