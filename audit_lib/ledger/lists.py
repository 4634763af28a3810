"""核查清单: what goes out to each town and department as Excel, and comes back filled in.

The left part is evidence and locked; the right part is filled in, with drop-downs. The headers
are ones that table ``feedback`` knows, so a returned list is dropped into the raw folder as it is.
Nobody's protective finding (疑似身份被盗用) is sent to a town, and no list holds a full number.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from audit_lib.ledger.list_sheet import Column, write_list
from audit_lib.ledger.masks import mask_text
from audit_lib.ledger.states import OPEN
from audit_lib.ledger.verdicts import REASON_CODES
from audit_lib.params import Project
from audit_lib.progress import track

#: sheet for findings that count, and sheet for those whose person has to be looked at first
SURE, UNSURE = "疑点核查", "身份复核"
_RESULTS = ("属实", "部分属实", "不属实", "无法核实")


@dataclass(frozen=True)
class Unit:
    """Who gets a list, and the open findings that are its own."""

    folder: str
    name: str
    rows: pd.DataFrame


def write_lists(
    project: Project,
    cases: pd.DataFrame,
    findings: pd.DataFrame,
    out: Path,
    persons: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    issued_on: date | None = None,
    due_on: date | None = None,
) -> list[Path]:
    """Write one workbook per town (``镇/``) and per department (``部门/``) of what is still to be verified.

    Args:
        project: names of towns, villages and items.
        cases: the ledger's cases (``Ledger.cases``).
        findings: table ``finding``.
        out: folder of the lists; lists of an earlier issue are replaced.
        persons: table ``person``, for full names; masked names when None.
        evidence: table ``evidence``, for 证据来源; left empty when None.
        issued_on: 下发日期; today when None.
        due_on: 反馈期限; empty when None.

    Returns:
        The workbooks written; a unit with nothing to verify gets none.
    """
    rows = _open_rows(project, cases, findings, persons, evidence)
    rows["issued_on"] = (issued_on or date.today()).isoformat()
    rows["due_on"] = due_on.isoformat() if due_on else ""
    years = sorted({*project.settings.years, *project.settings.trace_years})
    written = []
    for old in out.glob("*/核查清单_*.xlsx"):
        old.unlink()
    for unit in track(_units(project, rows), "核查清单"):
        mine = unit.rows
        if mine.empty:
            continue
        path = out / unit.folder / f"核查清单_{_file_name(unit.name)}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".partial")
        is_sure = mine.tier != "C"
        sheets = {SURE: mine[is_sure], UNSURE: mine[~is_sure]}
        title = f"{project.settings.zone}{unit.name}疑点核查清单"
        write_list(
            partial, title, {name: part for name, part in sheets.items() if len(part)}, list_columns(years)
        )
        os.replace(partial, path)
        written.append(path)
    return written


def list_columns(years: list[int]) -> list[Column]:
    """Columns of a list in order; those after 反馈期限 are filled in by whoever gets it."""
    return [
        Column("finding_id", "疑点编号", 14),
        Column("rule_title", "规则", 16),
        Column("town", "镇", 9),
        Column("village", "村", 10),
        Column("name", "姓名", 9),
        Column("id_masked", "身份证号(掩码)", 20),
        Column("item", "项目", 16),
        Column("period", "期间", 17),
        Column("suspected_fen", "疑点金额(元)", 12, kind="fen"),
        Column("statement", "疑点说明", 40),
        Column("source", "证据来源", 26),
        Column("tier", "匹配等级", 6),
        Column("owner", "责任单位", 12),
        Column("issued_on", "下发日期", 11),
        Column("due_on", "反馈期限", 11),
        Column("", "核实结果", 10, kind="choice", choices=_RESULTS, says="从下拉框选择"),
        Column(
            "",
            "不属实原因码",
            14,
            kind="choice",
            choices=REASON_CODES,
            says="不属实必选,并附佐证;选“其他”须写情况说明",
        ),
        Column(
            "", "核实金额(元)", 12, kind="amount", says="部分属实必填,不得大于疑点金额;属实留空即为疑点金额"
        ),
        *(
            Column("", f"其中:{year}年(元)", 12, kind="amount", says="疑点跨年度且核实金额不同时分年填写")
            for year in years
        ),
        Column("", "情况说明", 24, kind="text"),
        Column("", "佐证附件", 18, kind="text", says="附件名称;不属实必填"),
        Column("", "核实人", 9, kind="text"),
        Column("", "核实日期", 11, kind="date", says="如 2019-07-15"),
    ]


def _open_rows(
    project: Project,
    cases: pd.DataFrame,
    findings: pd.DataFrame,
    persons: pd.DataFrame | None,
    evidence: pd.DataFrame | None,
) -> pd.DataFrame:
    has_more = cases.changed_since_decision & (cases.suspected_fen > cases.verified_fen)
    to_verify = cases[cases.state.isin(OPEN) | (has_more & (cases.state != "已撤回"))]
    wanted = ["finding_id", "suspected_fen", "shortfall"]
    rows = findings.merge(to_verify[wanted], on="finding_id", validate="one_to_one")
    towns = {town.town_id: town.name for town in project.towns}
    villages = {village.village_id: village.name for town in project.towns for village in town.villages}
    rows["town"] = rows.town_id.map(towns).fillna("")
    rows["village"] = rows.village_id.map(villages).fillna("")
    rows["item"] = rows.item_id.map({item.item_id: item.name for item in project.items}).fillna("")
    rows["name"] = _names(rows, persons)
    rows["period"] = [_period(*months) for months in zip(rows.first_month, rows.last_month, strict=True)]
    rows["statement"] = [
        mask_text(text or "") + (f"(退回补充:{shortfall})" if shortfall else "")
        for text, shortfall in zip(rows.statement, rows.shortfall, strict=True)
    ]
    rows["source"] = rows.finding_id.map(_sources(evidence)).fillna("") if evidence is not None else ""
    order = ["town", "village", "suspected_fen", "finding_id"]
    return rows.sort_values(order, ascending=[True, True, False, True], kind="stable")


def _names(rows: pd.DataFrame, persons: pd.DataFrame | None) -> pd.Series[Any]:
    masked = rows.name_masked.fillna("")
    if persons is None:
        return masked
    return rows.person_id.map(persons.set_index("person_id").name).fillna(masked)


def _period(first: Any, last: Any) -> str:
    if pd.isna(first) or pd.isna(last):
        return ""
    months = [f"{int(month) // 12}-{int(month) % 12 + 1:02}" for month in (first, last)]
    return months[0] if first == last else "至".join(months)


def _sources(evidence: pd.DataFrame) -> dict[str, str]:
    """The first piece of evidence of each finding, and how many there are."""
    firsts = evidence.drop_duplicates("finding_id")
    counts = evidence.finding_id.value_counts().to_dict()
    told: dict[str, str] = {}
    for row in firsts[["finding_id", "file", "sheet", "row"]].to_dict("records"):
        place = " ".join(part for part in (row["file"], row["sheet"], f"第{row['row']}行") if part)
        count = counts[row["finding_id"]]
        told[row["finding_id"]] = f"{place} 等{count}处" if count > 1 else place
    return told


def _units(project: Project, rows: pd.DataFrame) -> list[Unit]:
    for_towns = rows[rows.track != "protective"]
    towns = [Unit("镇", town.name, for_towns[for_towns.town_id == town.town_id]) for town in project.towns]
    owners = sorted(str(owner) for owner in rows.owner.dropna().unique())
    return [*towns, *(Unit("部门", owner, rows[rows.owner == owner]) for owner in owners)]


def _file_name(name: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]', "_", name)
