"""What the parts of the generator share: people, who is awarded what and when, and reservations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.plan import Target, count, read_plan
from audit_lib.demo.population import NEVER
from audit_lib.demo.streams import stream
from audit_lib.params import Item, Project

Persons = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: months for which rates are known: 2017-01 … 2019-12
FIRST, LAST = 2017 * 12, 2019 * 12 + 11
DEC_2018 = 2018 * 12 + 11


@dataclass
class World:
    """The district while it is being made.

    ``spells``: one row per person, item and year — person item year cls m0 m1 quantity amount_fen
    (amount_fen is −1 where the rate decides). ``extra_fen``: money reserved per item and year for
    over-payments that are planted later, so that totals still tie. ``queue``: people who are to
    be picked first for an item (to plant exclusive pairs).
    """

    project: Project
    people: pd.DataFrame
    seed: int
    scale: float
    plan: dict[tuple[str, int], Target]
    spells: list[pd.DataFrame] = field(default_factory=list)
    extra_fen: dict[tuple[str, int], int] = field(default_factory=dict)
    holders: dict[str, Mask] = field(default_factory=dict)
    marks: dict[str, Mask] = field(default_factory=dict)

    def rng(self, purpose: str) -> np.random.Generator:
        """A stream of its own for ``purpose``."""
        return stream(self.seed, purpose)

    def count(self, full: int, fewest: int = 1) -> int:
        """``full`` of the full district, shrunk to this one's size."""
        return count(full, self.scale, fewest)

    @property
    def is_exact(self) -> bool:
        """Only the full district ties to the plan to the fen."""
        return self.scale == 1.0

    def item(self, item_id: str) -> Item:
        """An item by code."""
        return self.project.item_by_id[item_id]

    def mask(self, persons: Persons | None = None) -> Mask:
        """A mask over people, true for ``persons``."""
        chosen = np.zeros(len(self.people), dtype=bool)
        if persons is not None:
            chosen[persons] = True
        return chosen

    def column(self, name: str) -> NDArray[np.int64]:
        """An integer column of people."""
        return self.people[name].to_numpy()

    def age_at(self, year: int) -> NDArray[np.int64]:
        """Full years of age on 1 January of ``year``."""
        birth = self.people["birth"].to_numpy().astype("datetime64[M]").astype(np.int64) + 1970 * 12
        return np.asarray((year * 12 - 1 - birth) // 12)

    def last_month(self, item_id: str) -> NDArray[np.int64]:
        """Last month in which each person can lawfully have the item, NEVER when nothing happened."""
        last = self.column("died_m")
        if self.item(item_id).hukou_required:
            last = np.minimum(last, self.column("moved_m"))
        return np.asarray(last)

    def holds(self, *item_ids: str) -> Mask:
        """Who was awarded any of the items in any year."""
        mask = self.mask()
        for item_id in item_ids:
            mask = mask | self.holders.get(item_id, self.mask())
        return mask

    def household_of(self, mask: Mask) -> Mask:
        """Everyone who lives with someone in ``mask``."""
        return np.asarray(np.isin(self.column("hh"), self.column("hh")[mask]))

    def add_spells(self, spells: pd.DataFrame) -> None:
        """Record awards."""
        if spells.empty:
            return
        spells = spells.copy()
        for name, default in (("cls", ""), ("quantity", np.nan), ("amount_fen", -1)):
            if name not in spells:
                spells[name] = default
        types: dict[str, Any] = {"cls": object, "quantity": float, "item": object}
        types |= {name: "int64" for name in ("person", "year", "m0", "m1", "amount_fen")}
        self.spells.append(spells[list(types)].astype(types))
        item_id = str(spells["item"].iloc[0])
        self.holders[item_id] = self.holds(item_id) | self.mask(spells["person"].to_numpy())

    def all_spells(self) -> pd.DataFrame:
        """Every award."""
        return pd.concat(self.spells, ignore_index=True)

    def rates(self, item_id: str) -> dict[str, NDArray[np.int64]]:
        """Monthly rates in fen by class, for the months FIRST … LAST (0 where none is in force)."""
        rates: dict[str, NDArray[np.int64]] = {}
        for standard in self.project.standards:
            if standard.item_id == item_id:
                line = rates.setdefault(standard.class_name, np.zeros(LAST - FIRST + 1, dtype=np.int64))
                first = max(standard.from_month, FIRST) - FIRST
                last = min(standard.to_month or LAST, LAST) - FIRST
                line[first : last + 1] = standard.amount
        return rates

    def target_fen(self, item_id: str, year: int) -> int:
        """What the plan pays, less what is reserved for planted over-payments."""
        return self.plan[item_id, year].amount_fen - self.extra_fen.get((item_id, year), 0)

    def heads(self, item_id: str, year: int) -> int:
        """Payees of the plan."""
        return self.plan[item_id, year].heads


def make_world(project: Project, people: pd.DataFrame, seed: int, scale: float) -> World:
    """An empty world over these people."""
    return World(project, people, seed, scale, read_plan(scale))


def gone_by(world: World, month: int) -> Mask:
    """Dead or moved out of the district by the end of ``month``."""
    return np.asarray(np.minimum(world.column("died_m"), world.column("moved_m")) <= month)


def stays(world: World) -> Mask:
    """Alive and resident through the whole time that any file covers."""
    people = world.people
    return np.asarray((people["died_m"] == NEVER) & (people["moved_m"] == NEVER))
