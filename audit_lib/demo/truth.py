"""What is really so: the figures a right audit must state. Kept apart from the raw files, never read by the audit."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd

from audit_lib import keys
from audit_lib.demo.pay_lists import DamagedRows
from audit_lib.demo.scene import Case, Scene
from audit_lib.demo.verdicts import NOT_EXITED, Recovery


def make_truth(
    scene: Scene, payments: pd.DataFrame, entries: list[Recovery], visits: pd.DataFrame
) -> dict[str, Any]:
    """The truth as JSON: figures, items, problems, recoveries, sample, planted cases, decoys."""
    world = scene.world
    level = {item.item_id: item.level for item in world.project.items}
    system = {item.item_id: item.in_system for item in world.project.items}
    paid = payments[(payments["status"] == "成功") & (payments["year"] < 2019)]
    paid = paid.assign(
        is_person=paid["item"].map(level) == "P", in_system=paid["item"].map(system).astype(bool)
    )
    spans = {"2017": paid[paid["year"] == 2017], "2018": paid[paid["year"] == 2018], "all": paid}
    per_item = paid.groupby(["item", "year"]).agg(
        payees=("person", "nunique"), amount_fen=("amount_fen", "sum")
    )
    items: dict[str, dict[str, dict[str, int]]] = {}
    for item_id, year, payees, fen in per_item.reset_index().itertuples(index=False):
        items.setdefault(str(item_id), {})[str(year)] = {"payees": int(payees), "amount_fen": int(fen)}
    must = [item for item in world.project.items if item.must_in_system]
    people = world.people
    where = people.loc[visits["person"]]
    ids, names = people["id_no"].to_numpy(), people["name"].to_numpy()
    return {
        "seed": world.seed,
        "scale": world.scale,
        "figures": {name: _figures(rows) for name, rows in spans.items()},
        "items": items,
        "must_in_system": {"items": len(must), "in_system": sum(item.in_system for item in must)},
        "problems": {
            "mixed_category": _problem(scene, ("CATEGORY_MIXED",)),
            "not_exited": _problem(scene, NOT_EXITED),
        },
        "recovered_fen": sum(entry.fen for entry in entries),
        "sample": {
            "towns": int(where["town"].nunique()),
            "villages": int(where["village"].nunique()),
            "households": int(where["hh"].nunique()),
            "people": len(where),
        },
        "planted": [_planted(case, ids, names) for case in scene.cases],
        "decoys": [
            {
                "what": decoy.what,
                "rule_ids": list(decoy.rule_ids),
                "id_no": ids[decoy.person],
                "name": names[decoy.person],
                "person_id": keys.person_id(str(ids[decoy.person])),
            }
            for decoy in scene.decoys
        ],
    }


def _figures(paid: pd.DataFrame) -> dict[str, Any]:
    def channel(rows: pd.DataFrame) -> dict[str, int]:
        return {"items": int(rows["item"].nunique()), "amount_fen": int(rows["amount_fen"].sum())}

    per_item = paid.groupby(["item", "year", "is_person"])["person"].nunique().reset_index()
    persons, households = paid[paid["is_person"]], paid[~paid["is_person"]]
    return {
        **channel(paid),
        "person_fen": int(persons["amount_fen"].sum()),
        "household_fen": int(households["amount_fen"].sum()),
        "in_system": channel(paid[paid["in_system"]]),
        "off_system": channel(paid[~paid["in_system"]]),
        "payees": {
            "persons": int(per_item.loc[per_item["is_person"], "person"].sum()),
            "households": int(per_item.loc[~per_item["is_person"], "person"].sum()),
        },
        "distinct": {
            "persons": int(persons["person"].nunique()),
            "households": int(households["person"].nunique()),
        },
    }


def _problem(scene: Scene, rules: tuple[str, ...]) -> dict[str, Any]:
    cases = [case for case in scene.cases if case.rule_id in rules and case.verified]
    years = {str(year): sum(case.verified.get(year, 0) for case in cases) for year in (2017, 2018, 2019)}
    return {
        "verified_fen": {**years, "total": sum(years.values())},
        "items": sorted({case.item_id for case in cases if case.item_id}),
    }


def _planted(case: Case, ids: Any, names: Any) -> dict[str, Any]:
    about = case.person_key is not None
    return {
        "rule_id": case.rule_id,
        "finding_id": case.finding_id,
        "person_id": case.person_key,
        "id_no": str(ids[case.person]) if about else None,
        "name": str(names[case.person]) if about else None,
        "town_id": case.town_id,
        "item_id": case.item_id,
        "matter": list(case.matter),
        "first_month": min(case.lines) if case.lines else None,
        "last_month": max(case.lines) if case.lines else None,
        "amount_fen": case.amount_fen,
        "feedback": case.feedback,
        "reason": case.reason,
        "verified_fen": sum(case.verified.values()),
    }


def write_truth(folder: Path, truth: dict[str, Any], damaged: DamagedRows) -> None:
    """``truth.json`` and ``link_truth.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text, encoding="utf-8", newline="\n")
    with (folder / "link_truth.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["file", "sheet", "row", "id_no"])
        writer.writerows(damaged)
