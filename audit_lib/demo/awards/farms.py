"""Land, village posts, and what is decided case by case: relief, bills, houses, machines."""

from __future__ import annotations

import numpy as np

from audit_lib.demo.awards.pools import payee_of_household, shuffled
from audit_lib.demo.monthly import MonthlyAward, award_monthly
from audit_lib.demo.world import Persons, World, stays
from audit_lib.demo.yearly import award_cases, award_land, choose_heads


def award_fields(world: World) -> None:
    """Arable land by household, then forest and large growers among them."""
    payee = payee_of_household(world)
    rng = world.rng("land heads")
    heads = rng.permutation(payee[payee >= 0])
    heads = np.concatenate([_dead_heads(world, payee), heads])
    heads = heads[np.sort(np.unique(world.column("hh")[heads], return_index=True)[1])]
    award_land(world, "ARABLE_LAND", heads)
    growers = np.flatnonzero(world.holds("ARABLE_LAND") & stays(world))
    for item_id in ("GRAIN_TO_GREEN", "FOREST_ECO", "LARGE_GROWER"):
        award_land(world, item_id, rng.permutation(growers), spread=0.3 if item_id == "LARGE_GROWER" else 0.5)


def _dead_heads(world: World, payee: Persons) -> Persons:
    """Some lists still name the late head while the family farms on: lawful, and a trap for rules."""
    died = world.column("died_m")
    head = world.column("head")[payee[payee >= 0]]
    late = head[(died[head] > 2015 * 12) & (died[head] < 2018 * 12 + 6)]
    late = world.rng("late heads").permutation(late)[: world.count(60, 2)]
    world.marks["late_head"] = world.mask(late)
    return late[died[late] >= 2017 * 12] if len(late[died[late] >= 2017 * 12]) else late[:0]


def award_posts(world: World) -> None:
    """Village cadres in office: one secretary and one head per village, the rest committee members."""
    age = world.age_at(2017)
    fit = stays(world) & (age >= 28) & (age < 59) & ~world.marks["payroll"]
    fit &= ~world.household_of(world.holds("RURAL_DIBAO", "URBAN_DIBAO"))
    world.people["post"] = ""
    award_monthly(
        world,
        MonthlyAward(
            "CADRE_PAY",
            shuffled(world, fit, "cadres"),
            {"支部书记": 0.17, "村主任": 0.17, "村委委员": 0.66},
            newcomers=0.06,
            exits=0.02,
        ),
    )


def award_by_case(world: World) -> None:
    """Relief, medical aid, houses and machines: decided one by one."""
    rng = world.rng("cases")
    payee = payee_of_household(world)
    heads = payee[payee >= 0]
    ok = stays(world) & ~world.marks["payroll_household"]
    _houses(world, heads)
    relief = world.holds("RURAL_DIBAO", "TEKUN_SCATTERED")
    pools: dict[str, Persons] = {
        "DISASTER_RELIEF": rng.permutation(heads),
        "TEMP_RELIEF": np.concatenate(
            [
                shuffled(world, ok & relief, "temp")[: world.count(1700, 8)],
                rng.permutation(heads[ok[heads] & ~relief[heads]]),
            ]
        ),
        "MEDICAL_AID": shuffled(world, ok & (relief | world.marks["poverty"]), "medical"),
        "FARM_MACHINERY": rng.permutation(np.flatnonzero(world.holds("ARABLE_LAND") & stays(world))),
    }
    bounds = {
        "DISASTER_RELIEF": (4000, 15_000, 500),
        "TEMP_RELIEF": (10_000, 200_000, 1000),
        "MEDICAL_AID": (3000, 300_000, 1),
        "FARM_MACHINERY": (120_000, 3_000_000, 1000),
    }
    calendar = {
        "DISASTER_RELIEF": (0, 1, 11),
        "TEMP_RELIEF": (0, 0, 1, 4, 6, 8, 10),
        "MEDICAL_AID": range(12),
        "FARM_MACHINERY": (4, 6, 9, 10),
    }
    for item_id, pool in pools.items():
        chosen = choose_heads(world, item_id, pool, change=0.5)
        months = {
            year: year * 12 + rng.choice(np.array(list(calendar[item_id])), size=len(persons))
            for year, persons in chosen.items()
        }
        low, high, step = bounds[item_id]
        award_cases(world, item_id, chosen, months, low, high, step)


def _houses(world: World, heads: Persons) -> None:
    """One grant per house, to households of the four groups; grade D up to 20,000, grade C up to 10,000."""
    rng = world.rng("houses")
    group = world.household_of(world.marks["poverty"])
    pool = rng.permutation(heads[group[heads] & ~world.marks["payroll_household"][heads]])
    sizes = {year: world.heads("HOUSE_RENO", year) for year in (2017, 2018)}
    cut = {2017: pool[: sizes[2017]], 2018: pool[sizes[2017] : sizes[2017] + sizes[2018]]}
    share = {2017: 0.55, 2018: 0.78}
    classes, caps, months = {}, {}, {}
    for year, persons in cut.items():
        worse = np.arange(len(persons)) < max(2, round(len(persons) * share[year]))
        classes[year] = np.where(worse, "D级", "C级").astype(object)
        caps[year] = np.where(worse, 2_000_000, 1_000_000).astype(np.int64)
        months[year] = year * 12 + rng.integers(5, 12, size=len(persons))
    award_cases(world, "HOUSE_RENO", cut, months, 600_000, 2_000_000, 10_000, caps, classes)
