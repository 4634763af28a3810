"""Awards paid by the month: who enters when, in which class, so that the year adds up to the plan.

Those who die, move away or lose the right stop after that month, as they should; those who enter
during the year make the sum exact. What is *wrong* in the demo is planted afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.population import NEVER
from audit_lib.demo.solve import Infeasible, choose_options, tilt
from audit_lib.demo.world import DEC_2018, FIRST, Persons, World

Ints = NDArray[np.int64]
#: class of a person as of a year
ClassOf = Callable[[int], NDArray[np.object_]]


@dataclass
class MonthlyAward:
    """How an item is awarded.

    ``pool``: candidates in the order in which they are picked. ``class_of``: class of everybody as of
    a year where age or a certificate fixes it; None where the award itself sets the class.
    ``newcomers``: share of each year's payees who enter that year; ``mid_year``: how many of these may
    enter later than January 2018 (None = all). ``exits``: share who lose the right during a year.
    """

    item_id: str
    pool: Persons
    mix: dict[str, float]
    class_of: ClassOf | None = None
    newcomers: float = 0.05
    new_classes: tuple[str, ...] = ()
    exits: float = 0.01
    mid_year: int | None = None
    fewest_new: int = 3
    picked: dict[int, dict[str, Persons]] = field(default_factory=dict)


class _Run:
    def __init__(self, world: World, award: MonthlyAward) -> None:
        self.world, self.award = world, award
        self.rng = world.rng("monthly " + award.item_id)
        self.classes = list(award.mix)
        rates = world.rates(award.item_id)
        self.cumulated = {name: np.concatenate([[0], np.cumsum(rates[name])]) for name in self.classes}
        self.last = world.last_month(award.item_id).copy()
        self.free = world.mask(award.pool)
        self.fixed = {year: award.class_of(year) for year in (2017, 2018)} if award.class_of else None

    def value(self, name: str, first: Ints | int, last: Ints | int) -> Ints:
        cumulated = self.cumulated[name]
        return np.asarray(cumulated[np.asarray(last) + 1 - FIRST] - cumulated[np.asarray(first) - FIRST])

    def values(self, classes: NDArray[np.object_], first: Ints | int, last: Ints) -> Ints:
        total = np.zeros(len(classes), dtype=np.int64)
        first = np.broadcast_to(np.asarray(first), last.shape)
        for name in self.classes:
            here = classes == name
            total[here] = self.value(name, first[here], last[here])
        return total

    def candidates(self, name: str, year: int, alive_to: int) -> Persons:
        """Free candidates of a class in picking order who stay entitled to ``alive_to``."""
        pool = self.award.pool
        keep = self.free[pool] & (self.last[pool] >= alive_to)
        if self.fixed is not None:
            keep &= self.fixed[year][pool] == name
        return pool[keep]

    def take(self, quotas: dict[str, int], year: int, alive_to: int) -> tuple[Persons, NDArray[np.object_]]:
        persons, classes = [], []
        for name, size in quotas.items():
            chosen = self.candidates(name, year, alive_to)[:size]
            if len(chosen) < size and self.world.is_exact:
                raise Infeasible(f"{self.award.item_id} {year}: {len(chosen)} of {size} candidates in {name}")
            self.free[chosen] = False
            persons.append(chosen)
            classes.append(np.full(len(chosen), name, dtype=object))
        return np.concatenate(persons), np.concatenate(classes)

    def first_year(self) -> pd.DataFrame:
        heads, target = (
            self.world.heads(self.award.item_id, 2017),
            self.world.target_fen(self.award.item_id, 2017),
        )
        entering = max(2, round(heads * self.award.newcomers))
        start, end = 2017 * 12, 2017 * 12 + 11
        middle = np.mean([self.value(name, start + 6, end) for name in self.new_classes(2017)])
        aim = (target - entering * float(middle)) / max(1, heads - entering)
        free = self.free.copy()
        for attempt in range(6):
            self.free = free.copy()
            quotas = self.quotas(2017, heads - entering, aim, start)
            persons, classes = self.take(quotas, 2017, start)
            leaves = self.draw_exits(persons, start)
            sums = self.values(classes, start, np.minimum(np.minimum(self.last[persons], leaves), end))
            off = (target - entering * float(middle)) - float(sums.sum())
            if not self.world.is_exact or abs(off) < entering * float(middle) * 0.25:
                break
            aim += off / max(1, len(persons)) * (1.0 if attempt < 3 else 0.6)
        self.last[persons] = np.minimum(self.last[persons], leaves)
        spells = pd.DataFrame(
            {"person": persons, "cls": classes, "m0": start, "m1": np.minimum(self.last[persons], end)}
        )
        return self.enter(spells, 2017, entering, target - int(sums.sum()), start + 1)

    def quotas(self, year: int, size: int, mean: float, start: int) -> dict[str, int]:
        values = np.array([self.value(name, start, start + 11) for name in self.classes])
        weights = np.array([self.award.mix[name] for name in self.classes])
        room = np.array([len(self.candidates(name, year, start)) for name in self.classes])
        if self.fixed is not None:
            weights = np.where(room > 0, weights, 1e-9)
        share = tilt(values, weights, mean) if self.world.is_exact else weights / weights.sum()
        sizes = np.floor(share * size).astype(int)
        sizes = np.minimum(sizes, room if self.fixed is not None else size)
        for name in np.argsort(-share).tolist() * 2:
            missing = size - int(sizes.sum())
            sizes[name] += (
                min(missing, int(room[name]) - int(sizes[name])) if self.fixed is not None else missing
            )
        return dict(zip(self.classes, sizes.tolist(), strict=True))

    def draw_exits(self, persons: Persons, start: int) -> Ints:
        """Month of leaving for another reason than death; NEVER for most."""
        leaves = np.full(len(persons), NEVER, dtype=np.int64)
        rng = self.world.rng(f"exits {self.award.item_id} {start}")
        hit = rng.random(len(persons)) < self.award.exits
        leaves[hit] = start + rng.integers(2, 11, size=int(hit.sum()))
        return leaves

    def new_classes(self, year: int) -> list[str]:
        names = list(self.award.new_classes or self.classes)
        return [name for name in names if len(self.candidates(name, year, year * 12 + 11)) > 0] or names

    def enter(self, spells: pd.DataFrame, year: int, size: int, rest: int, first: int) -> pd.DataFrame:
        """Add ``size`` newcomers worth exactly ``rest``."""
        end = year * 12 + 11
        names = self.new_classes(year)
        options = [(name, month) for name in names for month in range(first, end + 1)]
        if self.award.mid_year is not None and year == 2018:
            flexible = min(size, self.award.mid_year)
            fixed = np.array([self.value(name, year * 12, end) for name in names])
            early = size - flexible
            weights = np.array([self.award.mix[name] for name in names])
            reserve = flexible * float(fixed.mean()) * 0.5
            drawn = self.rng.choice(
                len(names), size=early, p=tilt(fixed, weights, (rest - reserve) / max(1, early))
            )
            picks = [(names[i], year * 12) for i in drawn]
            rest -= int(fixed[drawn].sum())
        else:
            flexible, picks = size, []
        worth = np.array([self.value(name, month, end) for name, month in options])
        likely = np.array([self.award.mix[name] for name, _ in options])
        if self.world.is_exact:
            chosen = choose_options(self.rng, rest, flexible, worth, likely)
        else:
            chosen = self.rng.choice(len(options), size=flexible, p=likely / likely.sum())
        picks += [options[i] for i in chosen]
        quotas = {name: sum(1 for pick in picks if pick[0] == name) for name in names}
        persons, classes = self.take(quotas, year, end)
        months = {name: [month for pick, month in picks if pick == name] for name in names}
        starts = [months[name].pop() for name in classes]
        new = pd.DataFrame({"person": persons, "cls": classes, "m0": starts, "m1": end})
        return pd.concat([spells, new], ignore_index=True).assign(year=year)

    def second_year(self, before: pd.DataFrame) -> pd.DataFrame:
        heads, target = (
            self.world.heads(self.award.item_id, 2018),
            self.world.target_fen(self.award.item_id, 2018),
        )
        start, end = 2018 * 12, DEC_2018
        stay = before[(before["m1"] == start - 1) & (self.last[before["person"]] >= start)]
        persons = self.rng.permutation(stay["person"].to_numpy())
        known = stay.set_index("person")["cls"]
        classes = self.fixed[2018][persons] if self.fixed else known[persons].to_numpy(dtype=object)
        if self.fixed is None and len(self.classes) > 1:
            classes = self.review(classes, 0.02)
        kept = len(persons)
        fewest = max(self.award.fewest_new, round(heads * self.award.newcomers * 0.6))
        kept = min(kept, heads - min(fewest, heads - 1))
        leaves = self.draw_exits(persons, start)
        ends = np.minimum(np.minimum(self.last[persons], leaves), end)
        sums = self.values(classes, start, ends)
        names = self.new_classes(2018)
        worth = [int(self.value(name, month, end)) for name in names for month in range(start, end + 1)]
        low, high = min(worth) * 1.5, max(worth) * 0.88
        if self.award.mid_year is not None:
            low, high = min(int(self.value(n, start, end)) for n in names) * 0.99, max(worth) * 0.97
        while self.world.is_exact:
            each = (target - int(sums[:kept].sum())) / max(1, heads - kept)
            if each < low and kept > 1:
                kept -= 1
            elif each > high and self.fixed is None and (classes[:kept] != self.classes[0]).any():
                lower = int(np.flatnonzero(classes[:kept] != self.classes[0])[0])
                classes[lower] = self.classes[self.classes.index(classes[lower]) - 1]
                sums = self.values(classes, start, ends)
            else:
                break
        self.last[persons[:kept]] = np.minimum(self.last[persons[:kept]], leaves[:kept])
        spells = pd.DataFrame(
            {"person": persons[:kept], "cls": classes[:kept], "m0": start, "m1": ends[:kept]}
        )
        return self.enter(spells, 2018, heads - kept, target - int(sums[:kept].sum()), start)

    def review(self, classes: NDArray[np.object_], share: float) -> NDArray[np.object_]:
        """The yearly review puts a few people into another class from January on."""
        changed = classes.copy()
        chosen = np.flatnonzero(self.rng.random(len(classes)) < share)
        if len(chosen) == 0:
            chosen = self.rng.integers(len(classes), size=min(2, len(classes)))
        for i in chosen:
            changed[i] = self.classes[int(self.rng.integers(len(self.classes)))]
        return changed


def award_monthly(world: World, award: MonthlyAward) -> pd.DataFrame:
    """Award an item for both years and record the spells.

    Raises:
        Infeasible: the plan cannot be met to the fen (full scale only).
    """
    run = _Run(world, award)
    first = run.first_year()
    second = run.second_year(first)
    spells = pd.concat([first, second], ignore_index=True).assign(item=award.item_id)
    world.add_spells(spells)
    return spells
