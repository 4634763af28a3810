"""Disabled people and orphans: the certificate or the family decides the class."""

from __future__ import annotations

import numpy as np

from audit_lib.demo.awards.pools import alive, shuffled
from audit_lib.demo.monthly import MonthlyAward, award_monthly
from audit_lib.demo.world import Persons, World, stays


def award_care(world: World) -> None:
    """Orphans, then nursing and living allowances; two excluding pairs are queued on purpose."""
    age = world.age_at(2017)
    tekun = world.holds("TEKUN_SCATTERED", "TEKUN_CENTRAL")
    barred = tekun | world.marks["payroll_household"]
    orphans = _orphans(world)
    open_to = alive(world) & ~barred & ~world.mask(orphans) & (age >= 5) & (age < 82)
    nursing = shuffled(world, open_to, "nursing")[: world.count(3600, 40)]
    grade = np.full(len(world.people), "", dtype=object)
    worse = world.rng("grade").random(len(nursing)) < 0.27
    grade[nursing] = np.where(worse, "一级", "二级")
    pair = np.flatnonzero(world.holds("TEKUN_SCATTERED") & stays(world))
    pair = world.rng("tekun and nursing").permutation(pair)[: world.count(4)]
    grade[pair] = "二级"
    world.marks["tekun_and_nursing"] = world.mask(pair)
    world.marks["grade_source"] = world.mask(nursing)
    award_monthly(
        world,
        MonthlyAward(
            "DISABLED_NURSING",
            np.concatenate([pair, nursing]),
            {"一级": 0.25, "二级": 0.75},
            class_of=lambda year: grade,
            newcomers=0.05,
        ),
    )
    got = np.flatnonzero(world.holds("DISABLED_NURSING") & ~tekun)
    hardship = world.household_of(world.holds("RURAL_DIBAO", "URBAN_DIBAO")) & open_to & (grade == "")
    others = np.concatenate(
        [
            shuffled(world, hardship, "living poor"),
            shuffled(world, open_to & ~hardship & (grade == ""), "living other"),
        ]
    )[: world.count(3400, 40)]
    grade[others] = np.where(world.rng("grade 3").random(len(others)) < 0.6, "三级", "四级")
    child = orphans[stays(world)[orphans]][: world.count(3)]
    grade[child] = "三级"
    world.marks["orphan_and_living"] = world.mask(child)
    both = world.rng("both").permutation(got)[: world.count(900, 10)]
    pool = np.concatenate([child, both, others])
    mix = {"一级": 0.07, "二级": 0.17, "三级": 0.46, "四级": 0.30}
    award_monthly(
        world,
        MonthlyAward("DISABLED_LIVING", pool, mix, class_of=lambda year: grade, newcomers=0.06),
    )
    world.people["grade"] = grade


def _orphans(world: World) -> Persons:
    age = world.age_at(2017)
    child = (age >= 2) & (age <= 15) & alive(world) & (world.column("head") != np.arange(len(age)))
    child &= stays(world) & stays(world)[world.column("head")] & ~world.marks["payroll_household"]
    grandchild = child & (world.people["kind"] == "grandchild").to_numpy()
    pool = np.concatenate(
        [shuffled(world, grandchild, "orphans"), shuffled(world, child & ~grandchild, "orphans+")]
    )
    award_monthly(
        world,
        MonthlyAward(
            "ORPHAN_BASIC", pool[: world.count(400, 30)], {"集中养育": 0.06, "社会散居": 0.94}, newcomers=0.1
        ),
    )
    return np.flatnonzero(world.holds("ORPHAN_BASIC"))
