"""The list of findings: one line each, masked, with the place of every piece of evidence.

It is one plain table, whole without script; ``template/list.js`` makes it searchable.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from audit_lib.ledger.verdicts import REASON_CODES
from audit_lib.money import format_yuan
from audit_lib.report.annex import spaced
from audit_lib.report.cases import standing_of
from audit_lib.report.grids import Field, Grid, Markup, count_text, month_text
from audit_lib.report.problems import KINDS, PROBLEMS

Row = Mapping[str, Any]

#: how the list's script words what a figure asks for
_WORDS = {"problem": "问题", "protective": "保护性线索", "management": "管理提示", "confirmed": "属实", "cleared": "不属实",
          "pending": "待核实"}  # fmt: skip


@dataclass(frozen=True, repr=False)
class FindingList:
    """The findings of one page, whatever their number.

    Args:
        name: whose list, for the names of exported files.
        town_id: of the town, empty for the district.
        findings: as ``sql/findings.sql`` gives them.
        sources: lines of ``sql/finding_sources.sql``.
        run_id: of the run that found them.
        seal: digest of the rows, by which a review is known to be about them.
    """

    name: str
    town_id: str
    findings: Sequence[Row]
    sources: Iterable[Row]
    run_id: str
    seal: str

    def __repr__(self) -> str:
        return f"<疑点清单，{len(self.findings)}件>"

    def _repr_html_(self) -> str:
        if not self.findings:
            return '<section id="list" aria-label="疑点清单"><p class="empty">没有疑点。</p></section>'
        places: dict[str, list[Row]] = {}
        for source in self.sources:
            places.setdefault(source["finding_id"], []).append(source)
        offices = list(dict.fromkeys(_task(finding) for finding in self.findings))
        titles = rule_titles(self.findings)
        rows = [
            {
                "finding_id": finding["finding_id"],
                "o": offices.index(_task(finding)),
                "rule": titles[finding["rule_id"]],
                "village": finding["village"] or "—",
                "person": _person(finding),
                "says": _says(finding, places.get(finding["finding_id"], [])),
                "span": Markup(
                    span_text(finding["first_month"], finding["last_month"]).replace("–", "–<br>")
                ),
                "amount": _amount(finding),
                "tier": finding["tier"],
                "state": _state(finding),
            }
            for finding in self.findings
        ]
        about = escape(json.dumps(self._about(titles, offices), ensure_ascii=False), quote=True)
        return (
            f'<section id="list" aria-label="疑点清单" data-about="{about}">'
            f"{_grid(rows, f'{self.name}疑点清单（{count_text(len(rows))}件）')._repr_html_()}</section>"
        )

    def _about(self, titles: dict[str, str], offices: list[tuple[str, str]]) -> dict[str, Any]:
        """What the script needs to know beside the rows."""
        states = {finding["state"] or "待登记" for finding in self.findings}
        return {
            "name": self.name, "town": self.town_id, "run": self.run_id, "seal": spaced(self.seal), "offices": offices,
            "rules": {titles[f["rule_id"]]: [f["problem"], f["track"]] for f in self.findings},
            "standings": {state: standing_of(state) for state in sorted(states)},
            "words": _WORDS | {key: problem.title for key, problem in PROBLEMS.items()},
            "reasons": REASON_CODES,
        }  # fmt: skip


def rule_titles(findings: Iterable[Row]) -> dict[str, str]:
    """Titles by rule_id, with the code where two rules are called alike."""
    titles = {finding["rule_id"]: finding["rule_title"] for finding in findings}
    often = Counter(titles.values())
    return {rule: title if often[title] == 1 else f"{title}（{rule}）" for rule, title in titles.items()}


def _grid(rows: Sequence[Row], caption: str) -> Grid:
    return Grid(
        caption,
        [
            Field("finding_id", "疑点编号", head=True), Field("rule", "规则"), Field("village", "村（社区）"),
            Field("person", "姓名/证号"), Field("says", "疑点说明与证据所在"), Field("span", "期间"),
            Field("amount", "金额（元）", "yuan"), Field("tier", "等级"), Field("state", "核实情况"),
        ],
        rows, row_id="finding_id", style="findings", row_note="o",
        note="金额下注明性质，不同性质不相加。等级：A 证件号与姓名一致；B 高度疑似，需核对身份；C 仅供核对，不计入任何合计。",
    )  # fmt: skip


def _task(finding: Row) -> tuple[str, str]:
    """The office that has to look into it, and its department."""
    return finding["office"] or "未指定", finding["owner"] or ""


def _amount(finding: Row) -> Markup:
    money = "—" if finding["kind"] == "NONE" else format_yuan(finding["amount_fen"] or 0)
    return Markup(f"{money}<small>{KINDS[finding['kind']]}</small>")


def _says(finding: Row, sources: list[Row]) -> Markup:
    return Markup(f"{escape(finding['statement'] or '')}<small>{escape(evidence_text(sources))}</small>")


def _person(finding: Row) -> Markup:
    name, number = finding["name_masked"] or "—", finding["id_masked"] or ""
    return Markup(f"{escape(name)}<small>{escape(number)}</small>")


def _state(finding: Row) -> Markup:
    state = finding["state"] or "待登记"
    money = ""
    if finding["verified_fen"]:
        money = f"<small>核实{format_yuan(finding['verified_fen'])}元</small>"
    if finding["recovered_fen"]:
        money += f"<small>追回{format_yuan(finding['recovered_fen'])}元</small>"
    return Markup(escape(state) + money)


def span_text(first: int | None, last: int | None) -> str:
    """``2017年3月–2018年1月``; ``—`` when the finding is not about months."""
    if first is None:
        return "—"
    return (
        month_text(first)
        if last in (None, first)
        else f"{month_text(first)}–{month_text(int(last or first))}"
    )


def evidence_text(sources: Iterable[Row]) -> str:
    """``死亡/殡仪馆.csv 第12行；发放/系统.csv 第3–5、9行``; of very many rows the first, and how many in all."""
    return "；".join(_place(source) for source in sources)


def _place(source: Row) -> str:
    sheet = f"〔{source['sheet']}〕" if source["sheet"] else ""
    spans = "、".join(
        str(first) if first == last else f"{first}–{last}" for first, last in source["first_spans"]
    )
    rest = ""
    if source["spans"] > len(source["first_spans"]):
        rest = f"等共{count_text(source['rows'])}行，全部行号用 ybt trace 查看"
    return f"{source['file']}{sheet} 第{spans}行{rest}"
