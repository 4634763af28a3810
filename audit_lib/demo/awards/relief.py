"""Minimum living allowance, support for people without family, and their free electricity."""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit_lib.demo.awards.pools import alive, payee_of_household, shuffled
from audit_lib.demo.monthly import MonthlyAward, award_monthly
from audit_lib.demo.world import DEC_2018, Mask, Persons, World, stays
from audit_lib.demo.yearly import HALVES


def award_relief(world: World) -> None:
    """Minimum living allowance and support for people without family."""
    people, age, rng = world.people, world.age_at(2017), world.rng("relief")
    barred = world.marks["payroll_household"]
    rural = (people["hukou_kind"] == "农业").to_numpy() & alive(world) & ~barred
    alone = people["kind"].isin(["elder", "single"]).to_numpy()
    tekun_pool = rural & (age >= 60) & (age < 84) & (alone | (rng.random(len(people)) < 0.03))
    tekun_pool &= stays(world) | (rng.random(len(people)) < 0.02)
    tekun = _one_per_household(world, shuffled(world, tekun_pool, "tekun"))
    tekun = tekun[: world.heads("TEKUN_SCATTERED", 2018) + world.heads("TEKUN_CENTRAL", 2018) * 2 + 160]
    kin = world.household_of(world.mask(tekun))
    dibao = _dibao_pool(world, rural & ~kin)
    spells = award_monthly(
        world,
        MonthlyAward("RURAL_DIBAO", dibao, {"A": 0.12, "B": 0.58, "C": 0.30}, newcomers=0.04, exits=0.012),
    )
    town = (people["hukou_kind"] == "非农业").to_numpy() & alive(world) & ~barred & (age > 25)
    urban = shuffled(world, town & ~world.household_of(world.holds("RURAL_DIBAO")), "urban")
    award_monthly(
        world, MonthlyAward("URBAN_DIBAO", urban, {"A": 0.25, "B": 0.45, "C": 0.30}, newcomers=0.10)
    )
    died_seldom = _few_deaths(world, tekun)
    award_monthly(
        world,
        MonthlyAward(
            "TEKUN_SCATTERED",
            died_seldom,
            {"分散全护理": 0.06, "分散半自理": 0.12, "分散全自理": 0.82},
            newcomers=0.009,
            exits=0.0,
            mid_year=5,
            fewest_new=24 if world.is_exact else 2,
        ),
    )
    left = spells[(spells["year"] == 2017) & (spells["m1"] == 2017 * 12 + 11)]["person"].to_numpy()
    again = spells[spells["year"] == 2018]["person"].to_numpy()
    left = left[~np.isin(left, again) & (age[left] >= 60) & stays(world)[left]]
    rest = tekun[~world.holds("TEKUN_SCATTERED")[tekun]]
    single = _single_insured(world, spells)
    single = single[(age[single] >= 60) & stays(world)[single]][: world.count(3)]
    world.marks["dibao_and_tekun"] = world.mask(single)
    pool = np.concatenate([single, rest])
    # those whose allowance ended in December 2017 stand where the newcomers of 2018 are taken from
    reach = world.heads("TEKUN_CENTRAL", 2017) + world.count(5, 0)
    changed = left[: world.count(4)]
    pool = np.concatenate([pool[:reach], changed, pool[reach:]])
    world.marks["dibao_then_tekun"] = world.mask(changed)
    award_monthly(
        world,
        MonthlyAward(
            "TEKUN_CENTRAL", pool, {"集中全护理": 0.08, "集中半自理": 0.2, "集中全自理": 0.72}, newcomers=0.06
        ),
    )


def _one_per_household(world: World, persons: Persons) -> Persons:
    first = np.unique(world.column("hh")[persons], return_index=True)[1]
    return np.asarray(persons[np.sort(first)])


def _few_deaths(world: World, persons: Persons) -> Persons:
    """Electricity goes to nearly every one of them for whole years, so few may die in these years."""
    die = ~stays(world)[persons]
    allowed = persons[die][: world.count(4)]
    return np.asarray(persons[~die | np.isin(persons, allowed)])


def _dibao_pool(world: World, rural: Mask) -> Persons:
    """Whole households first, one to three insured members each, then single people as newcomers."""
    rng = world.rng("dibao households")
    persons = np.flatnonzero(rural)
    hh = world.column("hh")[persons]
    chance = rng.random(hh.max() + 1)
    insured = (
        1 + (rng.random(hh.max() + 1) < 0.30).astype(int) + (rng.random(hh.max() + 1) < 0.06).astype(int)
    )
    order = np.lexsort((rng.random(len(persons)), chance[hh]))
    persons, hh = persons[order], hh[order]
    rank = pd.Series(hh).groupby(hh).cumcount().to_numpy()
    return np.asarray(persons[rank < insured[hh]])


def _single_insured(world: World, spells: pd.DataFrame) -> Persons:
    """People drawing both full years who are the only insured of their household."""
    span = spells.groupby("person")[["m0", "m1"]].agg({"m0": "min", "m1": "max"})
    whole = span[(span["m0"] == 2017 * 12) & (span["m1"] == DEC_2018)].index.to_numpy()
    hh = world.column("hh")
    every = pd.Series(hh[spells["person"].unique()]).value_counts()
    return np.asarray(whole[every[hh[whole]].to_numpy() == 1])


def award_power(world: World) -> None:
    """Free electricity by household, for whole years, to those on the list from January to December."""
    payee = payee_of_household(world)
    hh, stay = world.column("hh"), stays(world)
    for item_id, source in (("DIBAO_POWER", "RURAL_DIBAO"), ("TEKUN_POWER", "TEKUN_SCATTERED")):
        spells = world.all_spells()
        spells = spells[spells["item"] == source]
        before = np.zeros(0, dtype=np.int64)
        for year in (2017, 2018):
            whole = spells[
                (spells["year"] == year) & (spells["m0"] == year * 12) & (spells["m1"] == year * 12 + 11)
            ]
            persons = whole["person"].to_numpy()
            heads = np.where(payee[hh[persons]] >= 0, payee[hh[persons]], persons)
            heads = np.unique(heads[stay[heads]])
            order = np.concatenate(
                [
                    before[np.isin(before, heads)],
                    world.rng(f"{item_id} {year}").permutation(heads[~np.isin(heads, before)]),
                ]
            )
            before = order[: world.heads(item_id, year)]
            if world.is_exact and len(before) < world.heads(item_id, year):
                raise ValueError(f"{item_id} {year}: only {len(before)} households on the list all year")
            for first, last in HALVES:
                world.add_spells(
                    pd.DataFrame(
                        {
                            "person": before,
                            "item": item_id,
                            "year": year,
                            "m0": year * 12 + first,
                            "m1": year * 12 + last,
                        }
                    )
                )
