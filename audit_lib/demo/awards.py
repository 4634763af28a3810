"""Who gets which of the 37 items: pools by age, family and hardship, kept apart where items exclude each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.monthly import MonthlyAward, award_monthly
from audit_lib.demo.world import DEC_2018, Mask, Persons, World, stays
from audit_lib.demo.yearly import award_cases, award_classes, award_flat, award_land, choose_heads

YEAR = ((0, 11),)
HALVES = ((0, 5), (6, 11))
TERMS = ((2, 6), (8, 12))
VETERANS = ("在乡老复员军人", "烈属", "伤残军人", "带病回乡退役军人", "参战参试退役人员")


def award_everything(world: World) -> None:
    """Fill ``world.spells`` for all items and both years."""
    _mark_staff(world)
    _relief(world)
    _disability(world)
    _elders(world)
    _migrants(world)
    _power(world)
    _land(world)
    _poverty(world)
    _students(world)
    _villages(world)
    _cases(world)


def shuffled(world: World, mask: Mask, purpose: str) -> Persons:
    """The people of a mask in random order."""
    return np.asarray(world.rng("order " + purpose).permutation(np.flatnonzero(mask)))


def _first(world: World, mask: Mask, size: int, purpose: str) -> Persons:
    return shuffled(world, mask, purpose)[:size]


def _alive(world: World) -> Mask:
    return np.asarray(world.column("died_m") >= 2017 * 12)


def _mark_staff(world: World) -> None:
    """Civil servants, teachers and their pensioners: their households stand outside what needs hardship."""
    age = world.age_at(2017)
    rng = world.rng("staff")
    working = (age >= 23) & (age < 58) & (rng.random(len(age)) < 0.022) & stays(world)
    retired = (age >= 60) & (age < 85) & (rng.random(len(age)) < 0.03) & stays(world)
    world.marks["staff"] = working
    world.marks["retired_staff"] = retired
    world.marks["payroll"] = working | retired
    world.marks["payroll_household"] = world.household_of(working | retired)


def _relief(world: World) -> None:
    """Minimum living allowance and support for people without family."""
    people, age, rng = world.people, world.age_at(2017), world.rng("relief")
    barred = world.marks["payroll_household"]
    rural = (people["hukou_kind"] == "农业").to_numpy() & _alive(world) & ~barred
    alone = people["kind"].isin(["elder", "single"]).to_numpy()
    tekun_pool = rural & (age >= 60) & (age < 84) & (alone | (rng.random(len(people)) < 0.03))
    tekun_pool &= stays(world) | (rng.random(len(people)) < 0.02)
    tekun = _one_per_household(world, shuffled(world, tekun_pool, "tekun"))
    tekun = tekun[: world.heads("TEKUN_SCATTERED", 2018) + world.heads("TEKUN_CENTRAL", 2018) * 2 + 160]
    kin = world.household_of(world.mask(tekun))
    dibao = _dibao_pool(world, rural & ~kin)
    spells = award_monthly(
        world, MonthlyAward("RURAL_DIBAO", dibao, {"A": 0.12, "B": 0.58, "C": 0.30}, newcomers=0.04, exits=0.012)
    )
    town = (people["hukou_kind"] == "非农业").to_numpy() & _alive(world) & ~barred & (age > 25)
    urban = shuffled(world, town & ~world.household_of(world.holds("RURAL_DIBAO")), "urban")
    award_monthly(world, MonthlyAward("URBAN_DIBAO", urban, {"A": 0.25, "B": 0.45, "C": 0.30}, newcomers=0.10))
    died_seldom = _few_deaths(world, tekun)
    award_monthly(
        world,
        MonthlyAward("TEKUN_SCATTERED", died_seldom, {"分散全护理": 0.06, "分散半自理": 0.12, "分散全自理": 0.82},
                     newcomers=0.009, exits=0.0, mid_year=5, fewest_new=24 if world.is_exact else 2),
    )  # fmt: skip
    left = spells[(spells["year"] == 2017) & (spells["m1"] == 2017 * 12 + 11)]["person"].to_numpy()
    again = spells[spells["year"] == 2018]["person"].to_numpy()
    left = left[~np.isin(left, again) & (age[left] >= 60) & stays(world)[left]]
    rest = tekun[~world.holds("TEKUN_SCATTERED")[tekun]]
    single = _single_insured(world, spells)
    single = single[(age[single] >= 60) & stays(world)[single]][: world.count(3)]
    world.marks["dibao_and_tekun"] = world.mask(single)
    pool = np.concatenate([single, rest])
    initial = round(world.heads("TEKUN_CENTRAL", 2017) * 0.9)
    pool = np.concatenate([pool[:initial], left[: world.count(4)], pool[initial:]])
    world.marks["dibao_then_tekun"] = world.mask(left[: world.count(4)])
    award_monthly(
        world,
        MonthlyAward("TEKUN_CENTRAL", pool, {"集中全护理": 0.08, "集中半自理": 0.2, "集中全自理": 0.72}, newcomers=0.06),
    )


def _one_per_household(world: World, persons: Persons) -> Persons:
    return persons[np.sort(np.unique(world.column("hh")[persons], return_index=True)[1])]


def _few_deaths(world: World, persons: Persons) -> Persons:
    """Electricity goes to nearly every one of them for whole years, so few may die in these years."""
    die = ~stays(world)[persons]
    allowed = persons[die][: world.count(4)]
    return persons[~die | np.isin(persons, allowed)]


def _dibao_pool(world: World, rural: Mask) -> Persons:
    """Whole households first, one to three insured members each, then single people as newcomers."""
    rng = world.rng("dibao households")
    persons = np.flatnonzero(rural)
    hh = world.column("hh")[persons]
    chance = rng.random(hh.max() + 1)
    insured = 1 + (rng.random(hh.max() + 1) < 0.30).astype(int) + (rng.random(hh.max() + 1) < 0.06).astype(int)
    order = np.lexsort((rng.random(len(persons)), chance[hh]))
    persons, hh = persons[order], hh[order]
    rank = pd.Series(hh).groupby(hh).cumcount().to_numpy()
    return persons[rank < insured[hh]]


def _single_insured(world: World, spells: pd.DataFrame) -> Persons:
    """People drawing both full years who are the only insured of their household."""
    whole = spells.groupby("person")[["m0", "m1"]].agg({"m0": "min", "m1": "max"})
    whole = whole[(whole["m0"] == 2017 * 12) & (whole["m1"] == DEC_2018)].index.to_numpy()
    hh = world.column("hh")
    every = pd.Series(hh[spells["person"].unique()]).value_counts()
    return whole[every[hh[whole]].to_numpy() == 1]


def _disability(world: World) -> None:
    age = world.age_at(2017)
    tekun = world.holds("TEKUN_SCATTERED", "TEKUN_CENTRAL")
    barred = tekun | world.marks["payroll_household"]
    orphans = _orphans(world)
    open_to = _alive(world) & ~barred & ~world.mask(orphans) & (age >= 5) & (age < 82)
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
        MonthlyAward("DISABLED_NURSING", np.concatenate([pair, nursing]), {"一级": 0.25, "二级": 0.75},
                     class_of=lambda year: grade, newcomers=0.05),
    )  # fmt: skip
    got = np.flatnonzero(world.holds("DISABLED_NURSING") & ~tekun)
    hardship = world.household_of(world.holds("RURAL_DIBAO", "URBAN_DIBAO")) & open_to & (grade == "")
    others = np.concatenate([
        shuffled(world, hardship, "living poor"), shuffled(world, open_to & ~hardship & (grade == ""), "living other")
    ])[: world.count(3400, 40)]  # fmt: skip
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
    child = (age >= 2) & (age <= 15) & _alive(world) & (world.column("head") != np.arange(len(age)))
    child &= stays(world) & stays(world)[world.column("head")] & ~world.marks["payroll_household"]
    grandchild = child & (world.people["kind"] == "grandchild").to_numpy()
    pool = np.concatenate([shuffled(world, grandchild, "orphans"), shuffled(world, child & ~grandchild, "orphans+")])
    award_monthly(
        world,
        MonthlyAward("ORPHAN_BASIC", pool[: world.count(400, 30)], {"集中养育": 0.06, "社会散居": 0.94}, newcomers=0.1),
    )
    return np.flatnonzero(world.holds("ORPHAN_BASIC"))


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


def _elders(world: World) -> None:
    age, people = world.age_at(2017), world.people
    payroll, alive = world.marks["payroll"], _alive(world)
    rural = (people["hukou_kind"] == "农业").to_numpy()
    bands = _by_age(world, [(80, "80-89岁"), (90, "90-99岁"), (100, "100岁以上")])
    aged = alive & (age >= 79) & ~world.marks["payroll_household"] & ~world.holds("DISABLED_NURSING")
    award_monthly(
        world,
        MonthlyAward("AGED_ALLOWANCE", shuffled(world, aged, "aged"),
                     {"100岁以上": 0.01, "90-99岁": 0.16, "80-89岁": 0.83}, class_of=bands.__getitem__,
                     new_classes=("80-89岁", "90-99岁"), newcomers=0.07, exits=0.0),
    )  # fmt: skip
    pension_bands = _by_age(world, [(60, "60-64岁"), (65, "65-74岁"), (75, "75岁以上")])
    pensioner = alive & ((age >= 60) | (world.age_at(2018) >= 60)) & ~payroll
    # the youngest come last, so that newcomers are those who have just turned 60
    order = shuffled(world, pensioner, "pension")
    order = order[np.argsort(np.where(age[order] >= 61, 0, 1), kind="stable")]
    award_monthly(
        world,
        MonthlyAward("RESIDENT_PENSION", order, {"75岁以上": 0.25, "65-74岁": 0.38, "60-64岁": 0.37},
                     class_of=pension_bands.__getitem__, new_classes=("60-64岁", "65-74岁"), newcomers=0.035, exits=0.0),
    )  # fmt: skip
    award_monthly(
        world,
        MonthlyAward("FP_SPECIAL", shuffled(world, alive & (age >= 50) & (age < 75) & rural, "fp special"),
                     {"死亡": 0.34, "伤残": 0.66}, newcomers=0.06),
    )  # fmt: skip
    reward = alive & (age >= 60) & (age < 80) & rural & ~payroll & ~world.holds("FP_SPECIAL")
    award_flat(world, "FP_REWARD", shuffled(world, reward, "fp reward"), YEAR)
    male = (people["sex"] == "男").to_numpy()
    soldier = alive & male & (age >= 48) & (age < 85) & rural & ~payroll
    mix = dict(zip(VETERANS, (0.08, 0.05, 0.10, 0.22, 0.55), strict=True))
    award_monthly(world, MonthlyAward("VETERAN_AID", shuffled(world, soldier, "veterans"), mix, newcomers=0.04))
    elder = soldier & (age >= 60) & ~world.holds("VETERAN_AID")
    years = {f"服役{n}年": share for n, share in ((8, 0.06), (7, 0.1), (6, 0.2), (5, 0.3), (4, 0.2), (3, 0.1), (2, 0.04))}
    award_monthly(world, MonthlyAward("VETERAN_ELDER", shuffled(world, elder, "old soldiers"), years, newcomers=0.05))
    party = alive & (age >= 84)
    award_monthly(
        world,
        MonthlyAward("OLD_PARTY_MEMBER", shuffled(world, party, "party"),
                     {"抗日战争时期入党": 0.35, "解放战争时期入党": 0.65}, newcomers=0.03, exits=0.0, fewest_new=8),
    )  # fmt: skip
    cadre = alive & (age >= 60) & (age < 82) & rural & ~payroll
    award_monthly(
        world,
        MonthlyAward("RETIRED_CADRE", shuffled(world, cadre, "retired cadres"),
                     {"任职15年以上": 0.28, "任职9至15年": 0.42, "任职9年以下": 0.30}, newcomers=0.05),
    )  # fmt: skip
    doctor = alive & (age >= 60) & (age < 80) & rural & ~payroll & ~world.holds("RETIRED_CADRE")
    award_monthly(
        world,
        MonthlyAward("VILLAGE_DOCTOR", shuffled(world, doctor, "doctors"),
                     {"执业30年以上": 0.25, "执业20至29年": 0.4, "执业10至19年": 0.35}, newcomers=0.05),
    )  # fmt: skip


def _migrants(world: World) -> None:
    """Whole households of a few villages were resettled from the reservoir."""
    people, born = world.people, world.people["birth"].dt.year.to_numpy()
    rng = world.rng("resettled")
    sites = rng.permutation(np.unique(people["place"]))
    resettled = np.isin(people["place"], sites[: max(2, len(sites) // 12)])
    base = _alive(world) & (born < 2006) & ~world.marks["payroll"]
    pool = np.concatenate([shuffled(world, base & resettled, "migrants"), shuffled(world, base & ~resettled, "migrants+")])
    award_flat(world, "RESERVOIR_SUPPORT", pool, HALVES, change=0.005)


def payee_of_household(world: World) -> Persons:
    """For each household (by number) the head if he stays, else another adult who does, else −1."""
    hh, age = world.column("hh"), world.age_at(2017)
    able = stays(world) & (age >= 18)
    is_head = world.column("head") == np.arange(len(hh))
    payee = np.full(hh.max() + 1, -1, dtype=np.int64)
    for chosen in (np.flatnonzero(able & ~is_head)[::-1], np.flatnonzero(able & is_head)):
        payee[hh[chosen]] = chosen
    return payee


def _power(world: World) -> None:
    """Free electricity by household, for whole years, to those on the list from January to December."""
    payee = payee_of_household(world)
    hh, stay = world.column("hh"), stays(world)
    for item_id, source in (("DIBAO_POWER", "RURAL_DIBAO"), ("TEKUN_POWER", "TEKUN_SCATTERED")):
        spells = world.all_spells()
        spells = spells[spells["item"] == source]
        before = np.zeros(0, dtype=np.int64)
        for year in (2017, 2018):
            whole = spells[(spells["year"] == year) & (spells["m0"] == year * 12) & (spells["m1"] == year * 12 + 11)]
            persons = whole["person"].to_numpy()
            heads = np.where(payee[hh[persons]] >= 0, payee[hh[persons]], persons)
            heads = np.unique(heads[stay[heads]])
            order = np.concatenate([before[np.isin(before, heads)],
                                    world.rng(f"{item_id} {year}").permutation(heads[~np.isin(heads, before)])])
            before = order[: world.heads(item_id, year)]
            if world.is_exact and len(before) < world.heads(item_id, year):
                raise ValueError(f"{item_id} {year}: only {len(before)} households on the list all year")
            for first, last in HALVES:
                world.add_spells(
                    pd.DataFrame({"person": before, "item": item_id, "year": year, "m0": year * 12 + first,
                                  "m1": year * 12 + last})
                )  # fmt: skip


def _land(world: World) -> None:
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


def _poverty(world: World) -> None:
    """Registered poor households, and what follows from the register."""
    barred = world.marks["payroll_household"]
    relief = world.holds("RURAL_DIBAO", "TEKUN_SCATTERED", "TEKUN_CENTRAL")
    rng = world.rng("poverty")
    chance = rng.random(world.column("hh").max() + 1)[world.column("hh")]
    chance = np.where(world.household_of(relief), chance * 0.35, chance)
    poor = _alive(world) & ~barred
    order = np.flatnonzero(poor)
    order = order[np.argsort(chance[order], kind="stable")][: world.count(19_000, 60)]
    world.marks["poverty"] = world.mask(order)
    rural = rng.permutation(order[world.column("died_m")[order] >= 2018 * 12])
    award_flat(world, "POVERTY_DIVIDEND", np.concatenate([rural, order[~np.isin(order, rural)]]), YEAR, change=0.05)
    needy = relief | world.holds("DISABLED_NURSING", "URBAN_DIBAO") | world.marks["poverty"]
    rest = _alive(world) & ~needy & (world.age_at(2017) >= 60) & ~barred
    pool = np.concatenate([shuffled(world, needy & _alive(world) & ~barred, "premium"), shuffled(world, rest, "premium+")])
    award_flat(world, "MED_INS_PREMIUM", pool, YEAR)
    age, people = world.age_at(2017), world.people
    couple = people["kind"].isin(["one_child", "three_generations"]).to_numpy() & (world.column("generation") == 0)
    award_flat(world, "ONLY_CHILD", shuffled(world, couple & _alive(world) & (age >= 22), "only child"), YEAR)


def _students(world: World) -> None:
    age = world.age_at(2017)
    ok = stays(world) & ~world.marks["payroll_household"]
    poor = world.household_of(world.marks["poverty"])

    def pool(low: int, high: int, purpose: str) -> Persons:
        mask = ok & (age >= low) & (age <= high)
        return np.concatenate([shuffled(world, mask & poor, purpose), shuffled(world, mask & ~poor, purpose + "+")])

    award_flat(world, "STUDENT_PRESCHOOL", pool(3, 4, "preschool"), TERMS)
    award_classes(world, "STUDENT_BOARDER", {"小学寄宿": pool(7, 10, "primary"), "初中寄宿": pool(12, 13, "junior")},
                  {"小学寄宿": 0.6, "初中寄宿": 0.4}, TERMS)  # fmt: skip
    senior = pool(15, 16, "senior")
    third = len(senior) // 3
    grades = {"普通高中一等": senior[:third], "普通高中三等": senior[third : 2 * third], "普通高中二等": senior[2 * third :]}
    award_classes(world, "STUDENT_SENIOR", grades, {"普通高中一等": 0.25, "普通高中三等": 0.25, "普通高中二等": 0.5}, TERMS)
    crafts = pool(15, 17, "vocational")
    crafts = crafts[~world.holds("STUDENT_SENIOR")[crafts]]
    award_flat(world, "STUDENT_VOCATIONAL", crafts, TERMS)
    got = crafts[world.holds("STUDENT_VOCATIONAL")[crafts] & poor[crafts]]
    others = pool(15, 19, "yulu")
    award_flat(world, "YULU_VOCATIONAL", np.concatenate([got[: world.count(150, 3)], others[~np.isin(others, got)]]), TERMS)


def _villages(world: World) -> None:
    """Village cadres in office: one secretary and one head per village, the rest committee members."""
    age = world.age_at(2017)
    fit = stays(world) & (age >= 28) & (age < 59) & ~world.marks["payroll"]
    fit &= ~world.household_of(world.holds("RURAL_DIBAO", "URBAN_DIBAO"))
    world.people["post"] = ""
    award_monthly(
        world,
        MonthlyAward("CADRE_PAY", shuffled(world, fit, "cadres"), {"支部书记": 0.17, "村主任": 0.17, "村委委员": 0.66},
                     newcomers=0.06, exits=0.02),
    )  # fmt: skip


def _cases(world: World) -> None:
    """Relief, medical aid, houses and machines: decided one by one."""
    rng = world.rng("cases")
    payee = payee_of_household(world)
    heads = payee[payee >= 0]
    ok = stays(world) & ~world.marks["payroll_household"]
    _houses(world, heads)
    relief = world.holds("RURAL_DIBAO", "TEKUN_SCATTERED")
    pools: dict[str, Persons] = {
        "DISASTER_RELIEF": rng.permutation(heads),
        "TEMP_RELIEF": np.concatenate([
            shuffled(world, ok & relief, "temp")[: world.count(1700, 8)], rng.permutation(heads[ok[heads] & ~relief[heads]])
        ]),
        "MEDICAL_AID": shuffled(world, ok & (relief | world.marks["poverty"]), "medical"),
        "FARM_MACHINERY": rng.permutation(np.flatnonzero(world.holds("ARABLE_LAND") & stays(world))),
    }  # fmt: skip
    bounds = {"DISASTER_RELIEF": (4000, 15_000, 500), "TEMP_RELIEF": (10_000, 200_000, 1000),
              "MEDICAL_AID": (3000, 300_000, 1), "FARM_MACHINERY": (120_000, 3_000_000, 1000)}  # fmt: skip
    calendar = {"DISASTER_RELIEF": (0, 1, 11), "TEMP_RELIEF": (0, 0, 1, 4, 6, 8, 10), "MEDICAL_AID": range(12),
                "FARM_MACHINERY": (4, 6, 9, 10)}  # fmt: skip
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
