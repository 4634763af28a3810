"""Still paid though on the public payroll, above the income line, struck off the resettlers, or housed before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit_lib.demo.plants.leaving import ITEMS, Lines, day_in
from audit_lib.demo.scene import Scene, after, month_lines
from audit_lib.demo.world import DEC_2018


def plant_earning(scene: Scene) -> None:
    """The four rules that look at work, money and houses."""
    _staff(scene)
    _income(scene)
    _migrants(scene)
    _houses(scene)


def _staff(scene: Scene) -> None:
    """Retired teachers and clerks who also draw what is meant for farmers."""
    world, rng = scene.world, scene.world.rng("staff cases")
    means = world.household_of(world.holds("RURAL_DIBAO", "URBAN_DIBAO"))
    for item_id, cases in (("VETERAN_ELDER", 6), ("RESIDENT_PENSION", 8), ("FP_REWARD", 4)):
        pool = world.holds(item_id) & scene.stays & ~means & (world.age_at(2017) >= 60)
        done = 0
        for person in world.rng(f"staff {item_id}").permutation(np.flatnonzero(pool & ~scene.busy)):
            if done >= world.count(cases):
                break
            month = 2017 * 12 + int(rng.integers(2, 22))
            lines = _forbidden_to_staff(scene, int(person), month - 1)
            if lines is None or item_id not in lines:
                continue
            done += 1
            day = day_in(rng, month)
            scene.add_evidence(
                "staff",
                person=int(person),
                unit="临港区教体局(退休教师)",
                post_kind="退休(机关事业)",
                started_on=day,
                monthly_pay_fen=int(rng.integers(3200, 5200)) * 100,
            )
            for item, months in lines.items():
                case = scene.add_case("STAFF_PAID", int(person), months, item)
                if done == 2 and item_id == "RESIDENT_PENSION":
                    case.feedback, case.reason, case.note = (
                        "cleared",
                        "同名同姓",
                        "财政供养名册证号录错,本人为农民",
                    )


def _forbidden_to_staff(scene: Scene, person: int, month: int) -> Lines | None:
    lines: Lines = {}
    for item_id, rows in scene.payments_of(person).groupby("item"):
        item = scene.world.item(str(item_id))
        if not item.staff_forbidden:
            continue
        late = after(month_lines(rows), month)
        if late and item_id not in ITEMS:
            return None
        if late:
            lines[str(item_id)] = late
    return lines or None


def _income(scene: Scene) -> None:
    """A grown-up in a one-person allowance household works in a factory."""
    world, rng = scene.world, scene.world.rng("income")
    spells = world.all_spells()
    dibao = spells[spells["item"] == "RURAL_DIBAO"]
    hh, age = world.column("hh"), world.age_at(2017)
    insured = pd.Series(hh[dibao["person"].unique()]).value_counts()
    whole = dibao.groupby("person").agg(m0=("m0", "min"), m1=("m1", "max"))
    whole = whole[(whole["m0"] == 2017 * 12) & (whole["m1"] == DEC_2018)]
    persons = whole.index.to_numpy()
    persons = persons[(insured[hh[persons]].to_numpy() == 1) & scene.stays[persons] & ~scene.busy[persons]]
    worker = np.flatnonzero(
        scene.stays & (age >= 20) & (age < 57) & ~scene.busy & ~world.holds("RURAL_DIBAO")
    )
    of_household = dict(zip(hh[worker].tolist(), worker.tolist(), strict=True))
    chosen = [p for p in world.rng("income pick").permutation(persons).tolist() if hh[p] in of_household]
    for n, person in enumerate(chosen[: world.count(20)]):
        member = of_household[hh[person]]
        month = 2017 * 12 + int(rng.integers(2, 9)) if n % 3 else 2018 * 12 + int(rng.integers(2, 9))
        until = month + int(rng.integers(4, 10))
        scene.add_evidence(
            "social_ins",
            person=member,
            scheme="企业职工养老保险",
            ins_status="参保缴费",
            unit="临港区某钢铁有限公司",
            base_fen=int(rng.integers(2900, 4300)) * 100,
            pension_fen=0,
            started_on=day_in(rng, month),
            ended_on=day_in(rng, until),
        )
        scene.busy[member] = True
        lines = {
            m: f
            for m, f in month_lines(scene.payments_of(person, "RURAL_DIBAO")).items()
            if month <= m <= until
        }
        case = scene.add_case("INCOME_OVER_PAID", person, lines, "RURAL_DIBAO")
        if n % 5 == 4:
            case.feedback, case.reason, case.note = "cleared", "收入信息有误", "该成员已离职,单位未及时停保"
    short = [p for p in chosen[world.count(20) :] if not scene.busy[p]][: world.count(15, 1)]
    for person in short:
        member = of_household[hh[person]]
        scene.add_evidence(
            "social_ins",
            person=member,
            scheme="企业职工养老保险",
            ins_status="参保缴费",
            unit="临港区某食品有限公司",
            base_fen=320_000,
            pension_fen=0,
            started_on=np.datetime64("2018-03-02"),
            ended_on=np.datetime64("2018-04-28"),
        )
        scene.busy[member] = True
    scene.add_decoy("家庭收入超标不足连续三个月", ["INCOME_OVER_PAID"], short)


def _migrants(scene: Scene) -> None:
    """Resettlers who should have been struck off on 1 January after they died or were hired."""
    world, rng = scene.world, scene.world.rng("resettler cases")
    paid = {
        y: scene.payments[(scene.payments["item"] == "RESERVOIR_SUPPORT") & (scene.payments["year"] == y)]
        for y in (2017, 2018)
    }
    other = world.holds(*[item.item_id for item in world.project.items if item.staff_forbidden])
    age, means = world.age_at(2017), world.household_of(world.holds("RURAL_DIBAO", "URBAN_DIBAO"))
    fit = scene.stays & ~other & ~means & (age >= 22) & (age < 50)
    for year, cases in ((2017, 8), (2018, 7)):
        pool = np.unique(paid[year]["person"].to_numpy())
        for n, person in enumerate(scene.pick(pool[fit[pool]], cases, f"hired {year}")):
            hired = np.datetime64(f"{year - 1}-{int(rng.integers(1, 13)):02d}-11")
            scene.add_evidence(
                "staff",
                person=int(person),
                unit="临港区规划建设局",
                post_kind="在编",
                started_on=hired,
                monthly_pay_fen=int(rng.integers(3600, 5200)) * 100,
            )
            lines = after(month_lines(scene.payments_of(int(person), "RESERVOIR_SUPPORT")), year * 12 - 1)
            case = scene.add_case("MIGRANT_NOT_REDUCED", int(person), lines, "RESERVOIR_SUPPORT")
            if n == 3:
                case.feedback, case.reason, case.note = "cleared", "人员性质有误", "系临时聘用人员,非在编"
    event = world.column("died_m")
    died = np.flatnonzero(
        (event >= 2018 * 12 + 1) & (event <= DEC_2018) & world.holds("RESERVOIR_SUPPORT") & ~scene.busy
    )
    done = 0
    for person in rng.permutation(died):
        items = set(scene.payments_of(int(person))["item"])
        month = 2017 * 12 + int(rng.integers(1, 12))
        if done >= world.count(6):
            break
        if items != {"RESERVOIR_SUPPORT"}:
            continue
        done += 1
        world.people.loc[int(person), "died"] = day_in(rng, month)
        world.people.loc[int(person), "died_m"] = month
        lines = after(month_lines(scene.payments_of(int(person), "RESERVOIR_SUPPORT")), 2017 * 12 + 11)
        scene.add_case("MIGRANT_NOT_REDUCED", int(person), lines, "RESERVOIR_SUPPORT")


def _houses(scene: Scene) -> None:
    """Grants to households that had one before, or were resettled for poverty relief."""
    rows = scene.payments[(scene.payments["item"] == "HOUSE_RENO")]
    for year, cases in ((2017, 2), (2018, 2)):
        pool = rows[(rows["year"] == year) & (rows["amount_fen"] < 1_500_000)]["person"].to_numpy()
        pool = pool if len(pool) else rows[rows["year"] == year]["person"].to_numpy()
        for n, person in enumerate(scene.pick(pool, cases, f"house {year}", 2)):
            register = "house_reno" if n == 0 else "relocation"
            scene.add_enrolments(
                [
                    {
                        "register": register,
                        "person": int(person),
                        "cls": "C级" if n == 0 else "易地扶贫搬迁",
                        "approved_on": "2013-09-12" if n == 0 else "2016-11-20",
                        "m0": 2013 * 12,
                        "m1": DEC_2018,
                    }
                ]
            )
            lines = month_lines(scene.payments_of(int(person), "HOUSE_RENO"))
            case = scene.add_case("HOUSE_RENO_REPEAT", int(person), lines, "HOUSE_RENO")
            if year == 2018 and n == 1:
                case.feedback, case.reason, case.note = (
                    "cleared",
                    "已分户",
                    "搬迁户为其父亲一户,已分户并另有宅基地",
                )
