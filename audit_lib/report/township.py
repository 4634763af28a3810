"""What the page of one town shows, part by part; each method is one cell of the notebook."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from audit_lib.money import format_wan
from audit_lib.report.annex import method_annex, spaced
from audit_lib.report.cases import register_cases
from audit_lib.report.differences import differences_group
from audit_lib.report.figures import figures_from
from audit_lib.report.finding_list import FindingList, rule_titles
from audit_lib.report.grids import Cards, Field, Grid, Group, Markup, Prose, Row, chosen, count_text, linked
from audit_lib.report.money_grids import Origins, items_grid
from audit_lib.report.pictures import Picture
from audit_lib.report.problem_grids import problems_grid, recovery_grid, rules_grid
from audit_lib.report.rulebook import RuleHead, read_rulebook
from audit_lib.report.seals import seal_rows, town_findings
from audit_lib.report.source_grids import coverage_grid, missing_titles, received_grid
from audit_lib.report.stages import Stages, open_stages, sql_text
from audit_lib.report.town_charts import after_death_chart, items_chart, rules_chart, villages_chart


class TownshipPage:
    """One town's part of the finished stages.

    Args:
        stages: the finished stages.
        town_id: code of the town in ``areas.yml``.
    """

    def __init__(self, stages: Stages, town_id: str) -> None:
        self._stages = stages
        self.town = stages.project.town_by_id[town_id]
        self._engine = open_stages(stages)
        register_cases(self._engine, stages)

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return list(self._engine.query(sql_text(name), {"town": self.town.town_id}).to_pylist())

    @cached_property
    def rulebook(self) -> dict[str, RuleHead]:
        """The rules by id."""
        return read_rulebook(self._stages.project)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """Every figure of the page; the same keys as ``summary.json``, for this town."""
        return figures_from(self._engine, self._stages, self.town.town_id, self.rulebook)

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        """The town's findings, as listed."""
        return town_findings(self._engine, self.town.town_id)

    @cached_property
    def _villages(self) -> list[dict[str, Any]]:
        assert self.figures
        return self._rows("by_village")

    def title(self) -> Prose:
        """Head of the page: whose, which years, what it is for."""
        settings = self._stages.project.settings
        years = f"{min(settings.years)}年至{max(settings.years)}年"
        return Prose(
            [
                Markup('<b class="classified">内部资料 注意保管</b>'),
                f"{settings.zone}{self.town.name}，审计年度{years}；依据{settings.basis.title}（{settings.basis.number}）。",
                "本页列示的是疑点，不是结论：由程序提出，由镇和部门核实。只有核实金额计入问题金额。",
                *(f"本镇制度：《{document}》。" for document in self.town.documents),
            ],
            style="head",
        )  # fmt: skip

    def summary(self) -> Cards:
        """The headline figures."""
        figures, years = self.figures, self._stages.project.settings.years
        loss = (figures["suspected_loss_fen"], figures["verified_loss_fen"], figures["recovered_fen"])
        suspected, verified, recovered = (f"{format_wan(fen)}万元" for fen in loss)
        proven = chosen(track="problem", kind="应追缴", standing="confirmed")
        done = sum(finding["standing"] in ("confirmed", "cleared") for finding in self.findings)
        return Cards(
            [
                *(self._paid_card(figures["totals"][str(year)], year) for year in years),
                self._findings_card(),
                (
                    "疑点金额（应追缴）",
                    linked(suspected, chosen(track="problem", kind="应追缴", sure="2")),
                    "A、B级，同笔同月只计一次",
                ),
                ("核实金额（应追缴）", linked(verified, proven), f"已核实{count_text(done)}件"),
                ("已追回", linked(recovered, proven), "据追缴登记"),
            ]
        )

    @staticmethod
    def _paid_card(total: dict[str, Any], year: int) -> tuple[str, str, str]:
        heads = total["distinct"]
        return (
            f"{year}年发放",
            linked(f"{format_wan(total['amount_fen'])}万元", "#origins"),
            f"{total['items']}项，去重{count_text(heads['persons'])}人、{count_text(heads['households'])}户",
        )

    def _findings_card(self) -> tuple[str, str, str]:
        """Problems in the large figure; what is for review, protection or management beside it."""
        sure = [finding for finding in self.findings if finding["tier"] in ("A", "B")]
        mine = [finding for finding in sure if finding["track"] == "problem"]
        people = {finding["person_id"] for finding in mine if finding["person_id"]}
        beside = (
            ("C级待核对", len(self.findings) - len(sure)),
            ("保护性线索", sum(finding["track"] == "protective" for finding in sure)),
            ("管理提示", sum(finding["track"] == "management" for finding in sure)),
        )
        remark = "、".join(f"{caption}{count_text(number)}件" for caption, number in beside)
        figure = linked(f"{count_text(len(mine))}件", chosen(track="problem", sure="1"))
        return "问题疑点", figure, f"{count_text(len(people))}人；另有{remark}"

    def data_received(self) -> Group:
        """What was delivered and what is missing."""
        missing = missing_titles(self.figures)
        says = "应收数据均已收到。"
        if missing:
            says = "未收到：" + "、".join(missing) + "。涉及这些数据的规则未执行或部分执行。"
        rows = {row["table_name"]: row["rows"] for row in self._rows("town_rows")}
        return Group([("", Prose([says])), ("", received_grid(self.figures, rows))])

    def items(self) -> Grid:
        """Item × year."""
        return items_grid(self.figures, f"{self.town.name}补贴发放情况（金额：万元）", with_origins=True)

    def money_origins(self) -> Origins:
        """The files and rows behind every amount of ``items``."""
        assert self.figures
        return Origins(self.figures, self._rows("money_origins"))

    def chart_items(self) -> Picture:
        """Money of the larger items, year beside year; the rest, if any, as one bar."""
        return items_chart(self.figures, self._stages.project.settings.years, self.town.name)

    def findings_by_problem(self) -> Grid:
        """Types of problem: suspected, verified, recovered."""
        return problems_grid(self.figures, f"{self.town.name}各类问题（金额：万元）", chosen)

    def findings_by_rule(self) -> Grid:
        """What each rule found here."""
        caption = f"{self.town.name}疑点分规则（件；金额：万元）"
        return rules_grid(self.figures, caption, chosen, rule_titles(self.findings))

    def chart_rules(self) -> Picture:
        """Findings per rule, most first, certain to possible."""
        return rules_chart(self.figures, self.town.name)

    def chart_after_death(self) -> Picture:
        """How long payments went on after a death."""
        return after_death_chart(self.findings, self.town.name)

    def findings_by_village(self) -> Grid:
        """Where they are."""

        def asks(**wanted: str) -> Callable[[Row], str]:
            return lambda row: chosen(
                track="problem", village=row["village"] if "village_id" in row else None, **wanted
            )

        fields = [
            Field("village", "村（社区）", head=True),
            *(Field(f"tier_{t.lower()}", f"{t}级", "count", asks=asks(tier=t)) for t in "ABC"),
            Field("people", "人数（A、B）", "count", asks=asks(sure="1")),
            Field("loss_fen", "疑点金额（应追缴）", "yuan", asks=asks(kind="应追缴", sure="2")),
            Field("verified_fen", "核实金额（应追缴）", "yuan", asks=asks(kind="应追缴", standing="confirmed")),
        ]  # fmt: skip
        sums = {f.key: sum(row[f.key] for row in self._villages) for f in fields[1:]}
        placed = sum(row[f"tier_{tier}"] for row in self._villages for tier in "abc")
        rest = len(self.findings) - placed
        note = f"另有{count_text(rest)}件疑点未能定位到村。" if rest else ""
        return Grid(
            "疑点分村（件；金额：元）", fields, self._villages, {"village": "合计", **sums}, note=note
        )

    def chart_villages(self) -> Picture:
        """Findings per village."""
        return villages_chart(self._villages, self.town.name)

    def tasks(self) -> Grid:
        """Which office has what to look into."""
        return Grid(
            "分部门核实任务（件）",
            [
                Field("office", "责任单位", head=True), Field("owner", "主管部门"),
                Field("findings", "疑点", "count", asks=lambda row: _task(row)),
                Field("counted", "其中A、B级", "count", asks=lambda row: _task(row, sure="1")),
                Field("pending", "待核实", "count", asks=lambda row: _task(row, standing="pending")),
                Field("confirmed", "属实", "count", asks=lambda row: _task(row, standing="confirmed")),
                Field("cleared", "不属实", "count", asks=lambda row: _task(row, standing="cleared")),
            ],
            self._rows("by_office"), empty="本镇没有疑点。",
        )  # fmt: skip

    def recovery(self) -> Grid:
        """Verified, recovered, outstanding."""
        return recovery_grid(self.figures, chosen)

    def accounts(self) -> Group:
        """一人多卡、一卡多人, and payments the bank could not make."""
        counts = self.figures["accounts"]
        says = [
            f"{caption}：" + ("未执行" if value is None else f"{count_text(value)}{unit}")
            for caption, value, unit in (
                ("一人多卡", counts["multi_account_people"], "人"), ("一卡多人", counts["shared_accounts"], "个账户")
            )
        ]  # fmt: skip
        blocked = Grid(
            "发放失败、退回的补贴",
            [
                Field("reason", "原因", head=True), Field("payments", "笔数", "count"),
                Field("people", "人数", "count"), Field("amount_fen", "金额（元）", "yuan"),
            ],
            self._rows("blocked"), empty="没有发放失败或退回的补贴。",
        )  # fmt: skip
        return Group([("", Prose(["；".join(says) + "。"])), ("", blocked)])

    def coverage(self) -> Grid:
        """What could not be checked."""
        return coverage_grid(self.figures)

    def findings_list(self) -> FindingList:
        """Every finding, masked, with its evidence."""
        sources, seal = self._rows("finding_sources"), seal_rows(self.town.town_id, self.findings)
        return FindingList(
            self.town.name, self.town.town_id, self.findings, sources, self._stages.run_id, seal
        )

    def differences(self) -> Group:
        """What changed since the run before."""
        return differences_group(self._stages, self.town.town_id)

    def method_annex(self) -> Group:
        """The rules as they were run."""
        return method_annex(self.rulebook, self.figures)

    def seal(self) -> Prose:
        """Proof that everything above is this town's own.

        Raises:
            ReportError: a finding on the page is of another town.
        """
        code = seal_rows(self.town.town_id, self.findings)
        return Prose(
            [
                Markup(
                    f'<span id="seal" data-town="{self.town.town_id}" data-seal="{spaced(code)}">'
                    f"本页疑点{count_text(len(self.findings))}件，校验码 {spaced(code)}</span>"
                )
            ],
            style="seal",
        )


def _task(row: Row, **wanted: str) -> str:
    """The findings an office has from one department."""
    return chosen(office=row["office"], owner=row["owner"], **wanted)
