"""The district's self-inspection report: five sections in the order the city office expects.

Text and tables come from the figures and the project's parameters; no number is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from audit_lib.report.advice import advice, difficulties
from audit_lib.report.annex import method_annex, spaced
from audit_lib.report.cases import register_cases
from audit_lib.report.differences import differences_group
from audit_lib.report.figures import figures_from
from audit_lib.report.finding_list import FindingList
from audit_lib.report.grids import Field, Grid, Group, Markup, Prose, Row, chosen_on
from audit_lib.report.measures import measures
from audit_lib.report.money_grids import heads_grid, items_grid, must_grid, totals_grid
from audit_lib.report.pictures import Picture, paired_bars
from audit_lib.report.problem_grids import (
    problem_items_grid,
    problems_grid,
    recovery_grid,
    rules_grid,
)  # fmt: skip
from audit_lib.report.problems import PROBLEMS
from audit_lib.report.rulebook import RuleHead, read_rulebook
from audit_lib.report.seals import seal_rows, town_findings
from audit_lib.report.source_grids import coverage_grid, received_grid, tie_out_grid
from audit_lib.report.stages import Stages, open_stages, sql_text
from audit_lib.report.town_grids import to_towns, town_pages, town_problems_grid
from audit_lib.report.wording import (
    day,
    money_sentence,
    numeral,
    problem_sentences,
    problem_title,
    span,
)  # fmt: skip


class DistrictPage:
    """The whole district's report from the finished stages."""

    def __init__(self, stages: Stages) -> None:
        self._stages = stages
        self._project = stages.project
        self._engine = open_stages(stages)
        register_cases(self._engine, stages)

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return list(self._engine.query(sql_text(name), {"town": None}).to_pylist())

    @cached_property
    def rulebook(self) -> dict[str, RuleHead]:
        """The rules by id."""
        return read_rulebook(self._project)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """Every figure of the report, the content of ``summary.json``."""
        return figures_from(self._engine, self._stages, None, self.rulebook)

    # ── 标题、依据 ──────────────────────────────────────────────────────────────────────────

    def title(self) -> Prose:
        """On what document the report rests."""
        settings = self._project.settings
        return Prose(
            [
                Markup('<b class="classified">内部资料 注意保管</b>'),
                f"根据《{settings.basis.title}》（{settings.basis.number}）部署安排，为规范“一本通”项目资金管理，"
                f"{settings.zone}在全区范围内开展“一本通”专项治理工作，现将{span(settings.years)}自查情况汇报如下。",
            ],
            style="head",
        )

    # ── 一、基本情况 ────────────────────────────────────────────────────────────────────────

    def basics(self) -> Prose:
        """Area, people, money: both years, then each year."""
        settings, towns = self._project.settings, self._project.towns
        villages = [village for town in towns for village in town.villages]
        people = self._rows("person_count")[0]["people"]
        must = self.figures["must_in_system"]
        missing = must["items"] - must["in_system"]
        pronounced = (
            "已经全部纳入系统发放" if not missing else f"已纳入{must['in_system']}项，尚有{missing}项未纳入"
        )
        return Prose(
            [
                f"{settings.zone}辖{len(towns)}个镇，{len(villages)}个行政村（社区），"
                f"{sum(len(village.natural) for village in villages)}个自然村，户籍人口{people}人。"
                f"{span(settings.years)}共{money_sentence(self.figures, 'all')}"
                f"按照省市要求，一本通系统应纳尽纳的{must['items']}项补贴项目，{pronounced}。",
                *(f"{year}年，{money_sentence(self.figures, str(year))}" for year in settings.years),
            ]
        )

    def totals(self) -> Grid:
        """T: the headline sums."""
        return totals_grid(self.figures)

    def heads(self) -> Grid:
        """T3: head counts both ways."""
        return heads_grid(self.figures)

    def items(self) -> Grid:
        """T1: item × year × channel × level."""
        return items_grid(self.figures, "各项补贴发放情况（金额：万元）")

    def must_items(self) -> Grid:
        """T2: coverage of the system."""
        return must_grid(self.figures)

    # ── 二、自查发现的问题 ──────────────────────────────────────────────────────────────────

    def problems(self) -> Group:
        """One numbered paragraph per type of problem, each with a figure or what stands in its place."""
        parts: list[tuple[str, Any]] = []
        for place, (key, problem) in enumerate(self.figures["problems"].items(), start=1):
            sentences = problem_sentences(problem, self.figures, PROBLEMS[key].defines)
            parts.append((f"（{numeral(place)}）{problem_title(problem)}", Prose(["".join(sentences)])))
        return Group(parts)

    def problems_table(self) -> Grid:
        """T4: suspected, verified by year, recovered."""
        return problems_grid(self.figures, "各类问题：疑点、核实、追回（金额：万元）", to_towns)

    def chart_problems(self) -> Picture:
        """Suspected, verified, recovered, for problems with money."""
        problems = [
            p for p in self.figures["problems"].values() if p["kind"] != "NONE" and p["track"] == "problem"
        ]
        columns = (("疑点金额", "suspected_fen"), ("核实金额", "verified_fen"))
        series = [(caption, [p[money]["total"] for p in problems]) for caption, money in columns]
        series.append(("已追回", [p["recovered_fen"] for p in problems]))
        names = [p["title"] for p in problems]
        rows = [{"name": n, **{c: values[i] for c, values in series}} for i, n in enumerate(names)]
        fields = [
            Field("name", "问题类型", head=True),
            *(Field(caption, caption, "wan") for caption, _ in series),
        ]
        return paired_bars(
            names, series, "各类问题的疑点、核实、追回金额（万元）", Grid("金额（万元）", fields, rows)
        )

    def problem_items(self) -> Group:
        """T4: each type of problem with money, by item and year."""
        parts = [
            ("", problem_items_grid(self.figures, key))
            for key, problem in self.figures["problems"].items()
            if problem["by_item"] and problem["kind"] != "NONE" and problem["track"] == "problem"
        ]
        return Group(parts)

    def rules(self) -> Grid:
        """T5: what each rule found."""
        return rules_grid(self.figures, "疑点分规则（件；金额：万元）", to_towns)

    def towns(self) -> Grid:
        """T6: town by town."""
        names = {town.town_id: town.name for town in self._project.towns}
        assert self.figures
        rows = [{**row, "town": names.get(row["town_id"], "未能定位到镇")} for row in self._rows("by_town")]
        rows.sort(
            key=lambda row: list(names).index(row["town_id"]) if row["town_id"] in names else len(names)
        )
        pages = town_pages(self._project)

        def asks(**wanted: str) -> Callable[[Row], str]:
            return lambda row: (
                chosen_on(pages[row["town_id"]], track="problem", sure="1", **wanted)
                if row.get("town_id") in pages
                else ""
            )

        fields = [
            Field("town", "镇", head=True), Field("findings", "疑点（件）", "count", asks=asks()),
            Field("people", "人数", "count", asks=asks()), Field("confirmed", "属实", "count", asks=asks(standing="confirmed")),
            Field("cleared", "不属实", "count", asks=asks(standing="cleared")),
            Field("pending", "待核实", "count", asks=asks(standing="pending")),
            Field("suspected_fen", "疑点金额（应追缴）", "wan", asks=asks(kind="应追缴")),
            Field("verified_fen", "核实金额（应追缴）", "wan", asks=asks(kind="应追缴", standing="confirmed")),
            Field("recovered_fen", "已追回", "wan", asks=asks(standing="confirmed")),
        ]  # fmt: skip
        total = {"town": "合计", **{f.key: sum(row[f.key] for row in rows) for f in fields[1:]}}
        total["people"] = "—"
        return Grid(
            "问题疑点分镇（A、B级；金额：万元）", fields, rows, total, note="人数不同镇间可能重复，不相加。"
        )

    def towns_by_problem(self) -> Grid:
        """Type of problem × town, each figure leading to that town's list."""
        return town_problems_grid(self.figures, self._project, self._rows("town_problem"))

    # ── 三、主要措施及成效 ──────────────────────────────────────────────────────────────────

    def measures(self) -> Group:
        """Organisation, rules, joint work, supervision, recovery."""
        assert self.figures
        return Group(
            [
                (f"（{numeral(n)}）{title}", Prose([text]))
                for n, (title, text) in enumerate(measures(self._project, self.figures), start=1)
            ]
        )

    def events(self) -> Grid:
        """T7: what happened when."""
        rows = [
            {"on": f"{event.on.year}年{day(event.on)}", "what": event.what, "document": event.document or "—"}
            for event in self._project.settings.events
        ]
        fields = [Field("on", "日期", head=True), Field("what", "事项"), Field("document", "文件")]
        return Grid("工作大事记", fields, rows)

    def sample(self) -> Grid:
        """T8: the supervision sample."""
        fields = [
            Field("towns", "镇", "count"), Field("villages", "村（居）", "count"), Field("households", "户", "count"),
            Field("people", "人", "count"),
        ]  # fmt: skip
        rows = [self.figures["sample"]] if self.figures["sample"]["people"] else []
        return Grid("督导抽查", fields, rows, empty="没有收到督导抽查记录。")

    def recovery(self) -> Grid:
        """T9: verified, recovered, outstanding."""
        return recovery_grid(self.figures, to_towns)

    # ── 四、五 ──────────────────────────────────────────────────────────────────────────────

    def difficulties(self) -> Group:
        """What stands in the way, with counts."""
        return Group(
            [(f"（{numeral(n)}）{title}", Prose([text]))
             for n, (title, text) in enumerate(difficulties(self.figures, self._rows("blocked")), start=1)]
        )  # fmt: skip

    def blocked(self) -> Grid:
        """T10: payments the bank could not make."""
        return Grid(
            "发放失败、退回的补贴（全区）",
            [
                Field("reason", "原因", head=True), Field("payments", "笔数", "count"),
                Field("people", "人数", "count"), Field("amount_fen", "金额（元）", "yuan"),
            ],
            self._rows("blocked"), empty="没有发放失败或退回的补贴。",
        )  # fmt: skip

    def data_received(self) -> Grid:
        """T11: what was received and what is missing."""
        return received_grid(self.figures)

    def advice(self) -> Group:
        """What to do about it, each keyed to what was found."""
        return Group(
            [
                (f"（{numeral(n)}）{title}", Prose([text]))
                for n, (title, text) in enumerate(advice(self.figures), start=1)
            ]
        )

    # ── 附件 ────────────────────────────────────────────────────────────────────────────────

    def tie_out(self) -> Grid:
        """Printed totals beside the detail."""
        return tie_out_grid(self.figures)

    def coverage(self) -> Grid:
        """What could not be checked."""
        return coverage_grid(self.figures)

    @cached_property
    def _unplaced(self) -> list[dict[str, Any]]:
        return town_findings(self._engine, None)

    def district_findings(self) -> FindingList:
        """Findings that belong to no town."""
        sources, seal = self._rows("finding_sources"), seal_rows(None, self._unplaced)
        return FindingList("全区", "", self._unplaced, sources, self._stages.run_id, seal)

    def differences(self) -> Group:
        """What changed since the run before."""
        return differences_group(self._stages, None)

    def method_annex(self) -> Group:
        """The rules as they were run."""
        return method_annex(self.rulebook, self.figures)

    def seal(self) -> Prose:
        """Proof that the findings listed here belong to no town."""
        code = seal_rows(None, self._unplaced)
        mark = f'<span id="seal" data-town="" data-seal="{spaced(code)}">校验码 {spaced(code)}</span>'
        return Prose([Markup(mark)], style="seal")
