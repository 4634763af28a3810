"""What a person who knows the county would write: edits of the YAML that `ybt init` left, nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from tests.county.plans import CountyPlan, ItemPlan, month_no


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _save(path: Path, value: object) -> None:
    path.write_text(
        yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8"
    )


def item_answer(plan: ItemPlan) -> dict[str, Any]:
    """The fields of an item that policy decides."""
    answer: dict[str, Any] = {
        "name": plan.name, "dept": plan.dept, "office": plan.office, "level": plan.level, "freq": plan.freq, "unit": plan.unit,
        "in_system": plan.system, "must_in_system": plan.must, "valid_from": "2006-01", "stop_rule": plan.stop_rule,
        "means_tested": plan.means_tested, "hukou_required": plan.hukou_required, "staff_forbidden": plan.staff_forbidden,
        "rate_check": plan.rate_check, "account_holder": plan.holder, "purpose_words": list(plan.words), "posthumous_ok": plan.posthumous_ok,
    }  # fmt: skip
    if plan.register:
        answer["register_name"] = plan.register
    return answer


def answer_items(folder: Path, plan: CountyPlan) -> dict[str, str]:
    """Items by kind → code; keeps the codes that init gave."""
    proposed = {item["name"]: item for item in _load(folder / "items.yml") or []}
    items, codes = [], {}
    for wanted in plan.items:
        code = proposed.get(wanted.name, {}).get("item_id") or f"ITEM_{wanted.kind.upper()}"
        codes[wanted.kind] = code
        aliases = [
            alias
            for alias in {wanted.short, *proposed.get(wanted.name, {}).get("aliases", [])}
            if alias != wanted.name
        ]
        items.append({"item_id": code, "aliases": sorted(aliases), **item_answer(wanted)})
    _save(folder / "items.yml", items)
    return codes


def answer_policies(folder: Path, plan: CountyPlan, codes: dict[str, str]) -> None:
    """Standards, exclusions, areas, project."""
    standards = []
    for item in plan.items:
        if item.rate_check == "none":
            continue
        for class_name, spans in item.rates.items():
            for position, (first, fen) in enumerate(spans):
                line = {
                    "item_id": codes[item.kind],
                    "class_name": class_name,
                    "amount": f"{fen / 100:.2f}",
                    "from_month": first,
                    "doc_no": item.doc_no,
                }
                if position + 1 < len(spans):
                    before = month_no(spans[position + 1][0]) - 1
                    line["to_month"] = f"{before // 12}-{before % 12 + 1:02d}"
                standards.append(line)
    _save(folder / "standards.yml", standards)
    _save(folder / "exclusions.yml", [
        {"item_a": codes[e.a], "item_b": codes[e.b], "scope": e.scope, "relation": e.relation, "flag": e.flag, "from_month": "2016-01", "doc_no": e.doc_no}
        for e in plan.exclusions])  # fmt: skip
    towns: list[dict[str, Any]] = []
    for number, (town, villages) in enumerate(plan.villages.items(), 1):
        towns.append({"town_id": f"town{number}", "name": town, "aliases": [town.rstrip("镇乡街道")],
                      "villages": [{"village_id": f"t{number}v{place}", "name": village, "aliases": []} for place, village in enumerate(villages, 1)]})  # fmt: skip
    _save(folder / "areas.yml", towns)
    slips = folder / "townships"
    for old in slips.glob("*.yml"):
        old.unlink()
    for line in towns:
        (slips / f"{line['town_id']}.yml").write_text(f'town: "{line["town_id"]}"\n', encoding="utf-8")
    settings = _load(folder / "project.yml")
    settings.update(bureau=plan.bureau, zone=plan.zone, years=list(plan.years), area_codes=["371327", "372824"],
                    basis={"title": "某某专项治理实施方案", "number": "某办字〔2022〕1号"})  # fmt: skip
    _save(folder / "project.yml", settings)


def answer_sources(folder: Path, truth: dict[str, Any], plan: CountyPlan) -> None:
    """Every file by its path: table, settings and the headers that init did not get right."""
    names = {item.kind: item.name for item in plan.items}
    lines = []
    for file in truth["files"]:
        if file["decision"] != "use":
            lines.append(
                {"match": file["path"], "table": "payment", "skip": True, "why": file["why"] or "政策表"}
            )
            continue
        columns = {}
        for sheet in file["sheets"]:
            if not sheet["counts"]:
                continue
            for column in sheet["columns"]:
                if column["answer"]:
                    columns[column["parent"] + column["header"]] = column["answer"]
        columns = {
            header: column for header, column in columns.items() if not re.match(r"家庭成员\d", header)
        }
        seen: set[str] = set()
        for header, column in list(columns.items()):
            if column in seen and column != "不用":
                del columns[header]
            seen.add(column)
        setting = {
            key: names.get(value, value) if key == "item" else value for key, value in file["setting"].items()
        }
        line = {
            "match": file["path"].replace("[", "?"),
            "table": file["table"],
            "constants": setting,
            "columns": columns,
        }
        for stated in ("short_years_to", "serial_dates"):
            if stated in setting:
                line[stated] = setting.pop(stated)
        if file["unit"]:
            line["unit"] = file["unit"]
        lines.append(line)
    _save(folder / "sources.yml", lines)


def answer_all(folder: Path, truth: dict[str, Any], plan: CountyPlan) -> dict[str, str]:
    """Every answer; returns the item codes by kind."""
    codes = answer_items(folder, plan)
    answer_policies(folder, plan, codes)
    answer_sources(folder, truth, plan)
    return codes
