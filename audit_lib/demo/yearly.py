"""Awards of a fixed sum a year (or half-year, or term), by area, or decided case by case."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.solve import spread_amounts
from audit_lib.demo.world import Persons, World

Ints = NDArray[np.int64]
#: spans of months within a year, counted from 0, that are paid at once
YEAR = ((0, 11),)
HALVES = ((0, 5), (6, 11))
TERMS = ((2, 6), (8, 12))


def entitled(world: World, item_id: str, persons: Persons, year: int) -> Persons:
    """Those of ``persons`` who have the item's right for the whole of ``year``.

    An item reduced from next January keeps whoever dies during the year; nobody who leaves the
    district keeps an item that needs local registration.
    """
    died = world.column("died_m")[persons]
    keep = died >= year * 12 if world.item(item_id).stop_rule == "next_year" else died > year * 12 + 11
    if world.item(item_id).hukou_required:
        keep &= world.column("moved_m")[persons] > year * 12 + 11
    return persons[keep]


def choose_heads(world: World, item_id: str, pool: Persons, change: float = 0.02) -> dict[int, Persons]:
    """The payees of both years: most stay, some leave, the rest are new."""
    rng = world.rng("heads " + item_id)
    first = entitled(world, item_id, pool, 2017)[: world.heads(item_id, 2017)]
    wanted = world.heads(item_id, 2018)
    stay = entitled(world, item_id, first, 2018)
    stay = rng.permutation(stay)[: round(wanted * (1 - change))]
    others = entitled(world, item_id, pool[~np.isin(pool, first)], 2018)
    second = np.concatenate([stay, others[: wanted - len(stay)]])
    if world.is_exact and (len(first), len(second)) != (world.heads(item_id, 2017), wanted):
        raise ValueError(f"{item_id}: {len(first)}/{len(second)} payees found, too few candidates")
    return {2017: first, 2018: second}


def award_flat(
    world: World, item_id: str, pool: Persons, parts: Sequence[tuple[int, int]], change: float = 0.02
) -> None:
    """The same sum for everybody; ``parts`` are spans of months within the year, counted from 0."""
    for year, persons in choose_heads(world, item_id, pool, change).items():
        if len(persons) == 0:
            continue
        for first, last in parts:
            world.add_spells(
                pd.DataFrame(
                    {
                        "person": persons,
                        "item": item_id,
                        "year": year,
                        "m0": year * 12 + first,
                        "m1": year * 12 + last,
                    }
                )
            )


def award_classes(
    world: World,
    item_id: str,
    pools: dict[str, Persons],
    shares: dict[str, float],
    parts: Sequence[tuple[int, int]],
) -> None:
    """A fixed sum per class (students): each class takes its share of the payees, in order of its pool."""
    for year in (2017, 2018):
        heads = world.heads(item_id, year)
        sizes = {name: round(heads * share) for name, share in shares.items()}
        last = list(sizes)[-1]
        sizes[last] = heads - sum(size for name, size in sizes.items() if name != last)
        used = world.mask()
        for name, size in sizes.items():
            pool = entitled(world, item_id, pools[name], year)
            persons = pool[~used[pool]][:size]
            if world.is_exact and len(persons) < size:
                raise ValueError(f"{item_id}: {len(persons)} of {size} candidates in {name}")
            used[persons] = True
            for first, end in parts:
                world.add_spells(
                    pd.DataFrame(
                        {
                            "person": persons,
                            "item": item_id,
                            "year": year,
                            "cls": name,
                            "m0": year * 12 + first,
                            "m1": year * 12 + end,
                        }
                    )
                )


def award_land(world: World, item_id: str, pool: Persons, spread: float = 0.55) -> None:
    """By area: most households keep theirs, some are measured again, so that the year adds up."""
    rate = int(next(iter(world.rates(item_id).values()))[0])
    rng = world.rng("land " + item_id)
    heads = choose_heads(world, item_id, pool, 0.015)
    area = np.zeros(len(world.people))
    for year, persons in heads.items():
        if len(persons) == 0:
            continue
        target = world.target_fen(item_id, year)
        mean = target / rate / len(persons)
        fresh = persons[area[persons] == 0]
        if len(fresh):
            drawn = rng.lognormal(0.0, spread, size=len(fresh))
            area[fresh] = np.round(np.maximum(drawn / drawn.mean() * mean, 0.1), 2)
        measured = persons if year == 2017 else persons[rng.random(len(persons)) < 0.2]
        measured = persons if len(measured) == 0 else measured
        rest = target / rate - area[persons].sum()
        factor = 1 + rest / area[measured].sum()
        area[measured] = np.round(np.maximum(area[measured] * factor, 0.08), 2)
        cents = np.round(area[persons] * rate).astype(np.int64)
        cents = _tie(rng, cents, target, rate)
        area[persons] = np.round(cents / rate, 4)
        world.add_spells(
            pd.DataFrame(
                {
                    "person": persons,
                    "item": item_id,
                    "year": year,
                    "m0": year * 12,
                    "m1": year * 12 + 11,
                    "quantity": area[persons],
                    "amount_fen": cents,
                }
            )
        )


def _tie(rng: np.random.Generator, cents: Ints, target: int, rate: int) -> Ints:
    """Move hundredths of a mu about until only a remainder is left, which one plot takes with 4 decimals."""
    cents = cents.copy()
    step = rate // 100
    off = target - int(cents.sum())
    order = rng.permutation(len(cents))
    while abs(off) >= step:
        for i in order:
            move = step if off > 0 else -step
            if cents[i] + move > 5 * step:
                cents[i] += move
                off -= move
            if abs(off) < step:
                break
    if off:
        for i in order:
            if round(round((cents[i] + off) / rate, 4) * rate) == cents[i] + off and cents[i] + off > 0:
                cents[i] += off
                break
        else:
            raise ValueError(f"no plot takes the remaining {off} fen at {rate} a mu")
    return cents


def award_cases(
    world: World,
    item_id: str,
    pools: dict[int, Persons],
    months: dict[int, Persons],
    low: int,
    high: int,
    step: int,
    caps: dict[int, Ints] | None = None,
    classes: dict[int, NDArray[np.object_]] | None = None,
) -> None:
    """Case by case: any amount between ``low`` and ``high`` (or each case's cap), in multiples of ``step`` fen."""
    rng = world.rng("cases " + item_id)
    for year, persons in pools.items():
        target = world.target_fen(item_id, year) // step * step
        top = caps[year] if caps else np.full(len(persons), high, dtype=np.int64)
        bottom = np.minimum(np.full(len(persons), low, dtype=np.int64), top)
        mean = target / len(persons)
        amounts = spread_amounts(rng, target, bottom, top, step, shape=0.35 if mean < high / 2 else 0.55)
        world.add_spells(
            pd.DataFrame(
                {
                    "person": persons,
                    "item": item_id,
                    "year": year,
                    "cls": classes[year] if classes else "",
                    "m0": months[year],
                    "m1": months[year],
                    "amount_fen": amounts,
                }
            )
        )
