"""Old people: allowances, pensions, family-planning rewards, veterans, party members, former cadres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audit_lib.demo.awards.pools import alive, shuffled
from audit_lib.demo.monthly import MonthlyAward, award_monthly
from audit_lib.demo.world import World
from audit_lib.demo.yearly import YEAR, award_flat

VETERANS = ("在乡老复员军人", "烈属", "伤残军人", "带病回乡退役军人", "参战参试退役人员")


def _by_age(world: World, bounds: list[tuple[int, str]]) -> dict[int, NDArray[np.object_]]:
    """Class by age on 1 January, for both years."""
    names: dict[int, NDArray[np.object_]] = {}
    for year in (2017, 2018):
        age = world.age_at(year)
        name = np.full(len(age), "", dtype=object)
        for least, label in bounds:
            name[age >= least] = label
        names[year] = name
    return names


def award_elders(world: World) -> None:
    """Everything that comes with age or past service."""
    age, people = world.age_at(2017), world.people
    payroll, living = world.marks["payroll"], alive(world)
    rural = (people["hukou_kind"] == "农业").to_numpy()
    bands = _by_age(world, [(80, "80-89岁"), (90, "90-99岁"), (100, "100岁以上")])
    aged = living & (age >= 79) & ~world.marks["payroll_household"] & ~world.holds("DISABLED_NURSING")
    award_monthly(
        world,
        MonthlyAward(
            "AGED_ALLOWANCE",
            shuffled(world, aged, "aged"),
            {"100岁以上": 0.01, "90-99岁": 0.16, "80-89岁": 0.83},
            class_of=bands.__getitem__,
            new_classes=("80-89岁", "90-99岁"),
            newcomers=0.07,
            exits=0.0,
        ),
    )
    pension_bands = _by_age(world, [(60, "60-64岁"), (65, "65-74岁"), (75, "75岁以上")])
    pensioner = living & ((age >= 60) | (world.age_at(2018) >= 60)) & ~payroll
    # the youngest come last, so that newcomers are those who have just turned 60
    order = shuffled(world, pensioner, "pension")
    order = order[np.argsort(np.where(age[order] >= 61, 0, 1), kind="stable")]
    award_monthly(
        world,
        MonthlyAward(
            "RESIDENT_PENSION",
            order,
            {"75岁以上": 0.25, "65-74岁": 0.38, "60-64岁": 0.37},
            class_of=pension_bands.__getitem__,
            new_classes=("60-64岁", "65-74岁"),
            newcomers=0.035,
            exits=0.0,
        ),
    )
    award_monthly(
        world,
        MonthlyAward(
            "FP_SPECIAL",
            shuffled(world, living & (age >= 50) & (age < 75) & rural, "fp special"),
            {"死亡": 0.34, "伤残": 0.66},
            newcomers=0.06,
        ),
    )
    reward = living & (age >= 60) & (age < 80) & rural & ~payroll & ~world.holds("FP_SPECIAL")
    award_flat(world, "FP_REWARD", shuffled(world, reward, "fp reward"), YEAR)
    male = (people["sex"] == "男").to_numpy()
    soldier = living & male & (age >= 48) & (age < 85) & rural & ~payroll
    mix = dict(zip(VETERANS, (0.08, 0.05, 0.10, 0.22, 0.55), strict=True))
    award_monthly(
        world, MonthlyAward("VETERAN_AID", shuffled(world, soldier, "veterans"), mix, newcomers=0.04)
    )
    elder = soldier & (age >= 60) & ~world.holds("VETERAN_AID")
    years = {
        f"服役{n}年": share
        for n, share in ((8, 0.06), (7, 0.1), (6, 0.2), (5, 0.3), (4, 0.2), (3, 0.1), (2, 0.04))
    }
    award_monthly(
        world, MonthlyAward("VETERAN_ELDER", shuffled(world, elder, "old soldiers"), years, newcomers=0.05)
    )
    party = living & (age >= 84)
    award_monthly(
        world,
        MonthlyAward(
            "OLD_PARTY_MEMBER",
            shuffled(world, party, "party"),
            {"抗日战争时期入党": 0.35, "解放战争时期入党": 0.65},
            newcomers=0.03,
            exits=0.0,
            fewest_new=8,
        ),
    )
    cadre = living & (age >= 60) & (age < 82) & rural & ~payroll
    award_monthly(
        world,
        MonthlyAward(
            "RETIRED_CADRE",
            shuffled(world, cadre, "retired cadres"),
            {"任职15年以上": 0.28, "任职9至15年": 0.42, "任职9年以下": 0.30},
            newcomers=0.05,
        ),
    )
    doctor = living & (age >= 60) & (age < 80) & rural & ~payroll & ~world.holds("RETIRED_CADRE")
    award_monthly(
        world,
        MonthlyAward(
            "VILLAGE_DOCTOR",
            shuffled(world, doctor, "doctors"),
            {"执业30年以上": 0.25, "执业20至29年": 0.4, "执业10至19年": 0.35},
            newcomers=0.05,
        ),
    )
