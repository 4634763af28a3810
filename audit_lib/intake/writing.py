"""Proposals → the commented YAML of ``params/<project>/``. What is unsure stands there as a question."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from audit_lib.exports import inert_line
from audit_lib.intake.catalogue import CatalogueItem
from audit_lib.intake.entries import group_entries, spec_for
from audit_lib.intake.learning import District
from audit_lib.intake.mapping import Proposal
from audit_lib.intake.survey import FileProposal
from audit_lib.params import Town
from audit_lib.sources.register import ACCEPTED, REJECTED, UNMAPPED
from audit_lib.tables import TABLES

#: what a person deletes when it is confirmed
OPEN = "待确认"


def flow(fields: dict[str, Any]) -> str:
    """One entry on one line."""
    dumped: str = yaml.safe_dump(
        fields, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return f"- {dumped.strip()}"


def sources_text(files: list[FileProposal], towns: list[Town]) -> str:
    """Entries of ``sources.yml``; questions are comments, and their files stay unmapped."""
    lines: list[str] = []
    by_name = {file.name: file for file in files}
    for spec, names in group_entries(files, towns):
        fields = spec.model_dump(exclude_defaults=True)
        doubts = {_doubt(d) for name in names for sheet in by_name[name].sheets for d in sheet.mapped.doubts}
        remarks = {
            f"# {r}。{OPEN}" for name in names for sheet in by_name[name].sheets for r in sheet.remarks
        }
        lines += [*sorted(doubts | remarks), flow(fields)]
    open_files = [file for file in files if file.decision == UNMAPPED]
    if open_files:
        lines += ["", "# ---- 需要映射:回答问题,改好后去掉行首的“# ” ----"]
    for file in open_files:
        lines += [f"# 问:{file.name}:{question}" for question in file.questions]
        fields = spec_for(file).model_dump(exclude_defaults=True)
        if columns := file.columns | {d.header: d.column for s in file.sheets for d in s.mapped.doubts}:
            fields["columns"] = columns
        if constants := file.constants | file.wanted:
            fields["constants"] = constants
        lines.append(f"# {flow(fields)}")
    refused = [file for file in files if file.decision == REJECTED]
    if refused:
        lines += ["", "# ---- 拒收:请报送单位重新报送 ----"]
    lines += [f"# {file.name}:{file.reason}" for file in refused]
    return "\n".join(lines) + "\n"


def _doubt(proposal: Proposal) -> str:
    header = proposal.header.replace("\n", " ")
    return (
        f"# 问:列“{header}”像 {proposal.column}({proposal.why}),没有采用。"
        f"对的话在 columns 中写 {header}: {proposal.column}。{OPEN}"
    )


def items_text(items: list[CatalogueItem]) -> str:
    """Entries of ``items.yml``."""
    lines = []
    for item in items:
        fields = {key: value for key, value in item.fields.items() if value not in ([], None)}
        lines += [f"# {OPEN}:{item.fields['name']}:{';'.join(item.remarks)}".replace("\n", " "), flow(fields)]
    return "\n".join(lines) + "\n"


def areas_text(towns: list[Town], rare: list[str]) -> str:
    """Entries of ``areas.yml``, and the spellings not taken for places."""
    lines = []
    for town in towns:
        head = {"town_id": town.town_id, "name": town.name, "aliases": town.aliases}
        lines.append(flow(head).removesuffix("}") + ", villages: [")
        for village in town.villages:
            fields = {key: value for key, value in village.model_dump().items() if value}
            lines.append(f"    {flow(fields).removeprefix('- ')},")
        lines.append("  ]}")
    if rare:
        shown = "、".join(re.sub(r"\s", "", name) for name in rare[:200])
        lines.append(f"# 很少出现、未列入的写法({OPEN};可加入相应村的 aliases):{shown}")
    return "\n".join(lines) + "\n"


def project_text(slug: str, files: list[FileProposal], district: District) -> str:
    """``project.yml`` with everything a person must confirm."""
    zone = next((name for name, _ in district.places.zones.most_common(1)), "")
    counted = district.years.most_common()
    full = [year for year, n in counted if n * 6 >= counted[0][1]] if counted else []
    years = sorted(full) or [2018]
    later = sorted(year for year, n in counted if year > max(years) and n >= 5)
    total = sum(district.area_codes.values())
    codes = [code for code, n in district.area_codes.most_common(6) if n * 20 >= total] or ["000000"]
    tables = [name for name in TABLES if any(f.table == name and f.decision == ACCEPTED for f in files)]
    say = {
        "title": f"{zone or slug}“一本通”专项审计情况报告", "zone": zone or slug, "bureau": OPEN,
    }  # fmt: skip
    dumped = yaml.safe_dump(say, allow_unicode=True, sort_keys=False, width=1_000_000)
    return (
        f"# 由 ybt init 根据报送文件拟定;每一项都请核对,核对后删去“{OPEN}”。\n"
        f"# title、zone 取自住址中最常见的区县名;bureau 是出报告的单位。{OPEN}\n{dumped}"
        f"basis: {{title: {OPEN}, number: {OPEN}}}   # 审计依据的文件和文号\n"
        f"# years:发放数据最多的年度;trace_years:只作延伸核查的年度。{OPEN}\n"
        f"years: {years}\ntrace_years: {later}\n"
        f"# area_codes:身份证号前六位中最常见的。{OPEN}\n"
        f"area_codes: [{', '.join(f'{chr(34)}{code}{chr(34)}' for code in codes)}]\n"
        f"# expected_tables:应当收到的数据;现列出已收到的,缺的请补上。\n"
        f"expected_tables: [{', '.join(tables)}]\n"
    )


def write_register(path: Path, files: Iterable[FileProposal]) -> None:
    """文件登记表 as CSV for a spreadsheet; no cell starts like a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["文件", "结论", "标准表", "把握", "理由"])
        for file in files:
            caption = TABLES[file.table].caption if file.table else ""
            sure = f"{file.confidence:.0%}" if file.sheets else ""
            writer.writerow(inert_line((file.name, file.decision, caption, sure, file.reason)))
