"""Findings about papers rather than people: misprinted totals, lists outside the system, unusable numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit_lib.demo.scene import Scene, month_lines

#: what is printed too much, in fen
MISPRINTS = (100_000, 27_000)


def plant_in_papers(scene: Scene, totals: pd.DataFrame) -> pd.DataFrame:
    """Misprint two control totals; record every item, town and year paid outside the system."""
    totals = totals.assign(printed_fen=totals["amount_fen"])
    rng = scene.world.rng("misprints")
    large = totals.index[totals["amount_fen"] > 1_000_000]
    for gap, index in zip(MISPRINTS, rng.permutation(large), strict=False):
        totals.loc[index, "printed_fen"] += gap
        _add(scene, "RECON_TOTAL", totals.loc[index], gap)
    for _, row in totals.iterrows():
        if not scene.world.item(str(row["item"])).in_system:
            _add(scene, "OFF_SYSTEM_PAID", row, int(row["amount_fen"]))
    return totals


def _add(scene: Scene, rule_id: str, row: pd.Series, fen: int) -> None:
    year, town, item_id = int(row["year"]), str(row["town"]), str(row["item"])
    first = int(np.flatnonzero((scene.world.people["town"] == town).to_numpy())[0])
    scene.add_case(
        rule_id, first, {year * 12: fen}, item_id, [item_id, town, str(year)], town, about_person=False
    )


def plant_invalid_numbers(scene: Scene, payments: pd.DataFrame) -> None:
    """Every payment under a number that cannot be right is a finding, about the person it was meant for."""
    wrong = payments[payments["error"].isin(["typo", "swap"]) & (payments["status"] == "成功")]
    for person, rows in wrong.groupby("person", sort=True):
        scene.add_case("ID_INVALID", int(str(person)), month_lines(rows), None, [])
