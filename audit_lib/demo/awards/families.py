"""Resettlers, registered poor households, parents of an only child, pupils and students."""

from __future__ import annotations

import numpy as np

from audit_lib.demo.awards.pools import alive, shuffled
from audit_lib.demo.world import Persons, World, stays
from audit_lib.demo.yearly import HALVES, TERMS, YEAR, award_classes, award_flat


def award_migrants(world: World) -> None:
    """Whole households of a few villages were resettled from the reservoir."""
    people, born = world.people, world.people["birth"].dt.year.to_numpy()
    rng = world.rng("resettled")
    sites = rng.permutation(np.unique(people["place"]))
    resettled = np.isin(people["place"], sites[: max(2, len(sites) // 12)])
    base = alive(world) & (born < 2006) & ~world.marks["payroll"]
    pool = np.concatenate(
        [shuffled(world, base & resettled, "migrants"), shuffled(world, base & ~resettled, "migrants+")]
    )
    award_flat(world, "RESERVOIR_SUPPORT", pool, HALVES, change=0.005)


def award_poverty(world: World) -> None:
    """Registered poor households, and what follows from the register."""
    barred = world.marks["payroll_household"]
    relief = world.holds("RURAL_DIBAO", "TEKUN_SCATTERED", "TEKUN_CENTRAL")
    rng = world.rng("poverty")
    chance = rng.random(world.column("hh").max() + 1)[world.column("hh")]
    chance = np.where(world.household_of(relief), chance * 0.35, chance)
    poor = alive(world) & ~barred
    order = np.flatnonzero(poor)
    order = order[np.argsort(chance[order], kind="stable")][: world.count(19_000, 60)]
    world.marks["poverty"] = world.mask(order)
    rural = rng.permutation(order[world.column("died_m")[order] >= 2018 * 12])
    award_flat(
        world, "POVERTY_DIVIDEND", np.concatenate([rural, order[~np.isin(order, rural)]]), YEAR, change=0.05
    )
    needy = relief | world.holds("DISABLED_NURSING", "URBAN_DIBAO") | world.marks["poverty"]
    rest = alive(world) & ~needy & (world.age_at(2017) >= 60) & ~barred
    pool = np.concatenate(
        [shuffled(world, needy & alive(world) & ~barred, "premium"), shuffled(world, rest, "premium+")]
    )
    award_flat(world, "MED_INS_PREMIUM", pool, YEAR)
    age, people = world.age_at(2017), world.people
    couple = people["kind"].isin(["one_child", "three_generations"]).to_numpy() & (
        world.column("generation") == 0
    )
    award_flat(world, "ONLY_CHILD", shuffled(world, couple & alive(world) & (age >= 22), "only child"), YEAR)


def award_students(world: World) -> None:
    """Aid by stage of school, the poor first."""
    age = world.age_at(2017)
    ok = stays(world) & ~world.marks["payroll_household"]
    poor = world.household_of(world.marks["poverty"])

    def pool(low: int, high: int, purpose: str) -> Persons:
        mask = ok & (age >= low) & (age <= high)
        return np.concatenate(
            [shuffled(world, mask & poor, purpose), shuffled(world, mask & ~poor, purpose + "+")]
        )

    award_flat(world, "STUDENT_PRESCHOOL", pool(3, 4, "preschool"), TERMS)
    award_classes(
        world,
        "STUDENT_BOARDER",
        {"小学寄宿": pool(7, 10, "primary"), "初中寄宿": pool(12, 13, "junior")},
        {"小学寄宿": 0.6, "初中寄宿": 0.4},
        TERMS,
    )
    senior = pool(15, 16, "senior")
    third = len(senior) // 3
    grades = {
        "普通高中一等": senior[:third],
        "普通高中三等": senior[third : 2 * third],
        "普通高中二等": senior[2 * third :],
    }
    award_classes(
        world,
        "STUDENT_SENIOR",
        grades,
        {"普通高中一等": 0.25, "普通高中三等": 0.25, "普通高中二等": 0.5},
        TERMS,
    )
    crafts = pool(15, 17, "vocational")
    crafts = crafts[~world.holds("STUDENT_SENIOR")[crafts]]
    award_flat(world, "STUDENT_VOCATIONAL", crafts, TERMS)
    got = crafts[world.holds("STUDENT_VOCATIONAL")[crafts] & poor[crafts]]
    others = pool(15, 19, "yulu")
    award_flat(
        world,
        "YULU_VOCATIONAL",
        np.concatenate([got[: world.count(150, 3)], others[~np.isin(others, got)]]),
        TERMS,
    )
