"""Wrong amounts and wrong bookings: paid twice, above the rate, under another item, failed for good."""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit_lib.demo.enrol import first_day
from audit_lib.demo.scene import Scene, month_lines
from audit_lib.demo.solve import spread_amounts
from audit_lib.demo.world import World

#: item, year, class, times the class's monthly (or yearly) rate: paid a second time
DUPLICATES = (
    ("RURAL_DIBAO", 2017, "B", 1, 4),
    ("DISABLED_NURSING", 2018, "二级", 3, 3),
    ("RESIDENT_PENSION", 2018, "65-74岁", 1, 5),
)
#: item, year, class in the register, class paid
WRONG_CLASS = (("RURAL_DIBAO", 2018, "C", "B", 6), ("DISABLED_NURSING", 2017, "二级", "一级", 5))
LAND_EXTRA_FEN = 5000
LAND_CASES = 4
OVER_CAP_FEN = 150_000
MIXED = {
    ("DIBAO_POWER", "DISASTER_RELIEF"): 230_000_00,
    ("DIBAO_POWER", "TEMP_RELIEF"): 157_400_00,
    ("TEKUN_POWER", "DISASTER_RELIEF"): 46_000_00,
    ("TEKUN_POWER", "TEMP_RELIEF"): 31_700_00,
}
MIXED_WORDS = {"DISASTER_RELIEF": "2018年冬春救助", "TEMP_RELIEF": "春节慰问困难群众"}
MIXED_MONTH = {"DISASTER_RELIEF": 2018 * 12 + 11, "TEMP_RELIEF": 2018 * 12 + 1}
FAILURES = ("户名不符", "账号不存在", "账户已销户", "长期不动户", "证件过期", "身份信息未核实")


def reserve_money(world: World) -> None:
    """Keep room in the plan for what is paid too much, before anything is awarded."""

    def reserve(item_id: str, year: int, fen: int) -> None:
        world.extra_fen[item_id, year] = world.extra_fen.get((item_id, year), 0) + fen

    for item_id, year, name, months, cases in DUPLICATES:
        rate = int(world.rates(item_id)[name][(year - 2017) * 12])
        reserve(item_id, year, rate * months * world.count(cases))
    for item_id, year, due, paid, cases in WRONG_CLASS:
        rates = world.rates(item_id)
        gap = rates[paid][(year - 2017) * 12] - rates[due][(year - 2017) * 12]
        reserve(item_id, year, int(gap) * 12 * world.count(cases))
    reserve("ARABLE_LAND", 2018, LAND_EXTRA_FEN * world.count(LAND_CASES))
    for (item_id, _), fen in MIXED.items():
        reserve(item_id, 2018, fen)


def plant_wrong_money(scene: Scene) -> None:
    """Everything of this module."""
    _duplicates(scene)
    _wrong_class(scene)
    _land_extra(scene)
    _over_cap(scene)
    scene.index()
    _mixed(scene)
    _failed(scene)
    scene.index()


def _whole_year(
    scene: Scene, item_id: str, year: int, name: str
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    spells = scene.world.all_spells()
    rows = spells[(spells["item"] == item_id) & (spells["year"] == year) & (spells["cls"] == name)]
    rows = rows[(rows["m0"] == year * 12) & (rows["m1"] == year * 12 + 11)]
    persons = rows["person"].to_numpy()
    return np.asarray(persons[scene.stays[persons]])


def _duplicates(scene: Scene) -> None:
    for item_id, year, name, months, cases in DUPLICATES:
        rng = scene.world.rng(f"duplicates {item_id}")
        for person in scene.pick(_whole_year(scene, item_id, year, name), cases, f"duplicate {item_id}"):
            mine = scene.payments_of(int(person), item_id)
            mine = mine[(mine["m0"] // 12 == year) & (mine["m1"] - mine["m0"] == months - 1)]
            again = mine.iloc[[int(rng.integers(len(mine)))]].copy()
            again["paid_on"] = again["paid_on"] + pd.Timedelta(days=5)
            scene.append(again)
            scene.add_case("DUP_SAME_PERIOD", int(person), month_lines(again), item_id)


def _wrong_class(scene: Scene) -> None:
    for item_id, year, due, paid, cases in WRONG_CLASS:
        rates = scene.world.rates(item_id)
        month = (year - 2017) * 12
        gap = int(rates[paid][month] - rates[due][month])
        for person in scene.pick(_whole_year(scene, item_id, year, due), cases, f"rate {item_id}"):
            mine = scene.payments_of(int(person), item_id)
            mine = mine[mine["m0"] // 12 == year]
            months = (mine["m1"] - mine["m0"] + 1).to_numpy()
            scene.payments.loc[mine.index, "amount_fen"] += gap * months
            scene.payments.loc[mine.index, "rate_fen"] = int(rates[paid][month])
            over = {int(first): gap * int(n) for first, n in zip(mine["m0"], months, strict=True)}
            scene.add_case("RATE_OVER", int(person), over, item_id)


def _land_extra(scene: Scene) -> None:
    rows = scene.payments
    persons = rows.loc[(rows["item"] == "ARABLE_LAND") & (rows["year"] == 2018), "person"].to_numpy()
    for person in scene.pick(persons[scene.stays[persons]], LAND_CASES, "land extra"):
        mine = scene.payments_of(int(person), "ARABLE_LAND")
        mine = mine[mine["year"] == 2018]
        scene.payments.loc[mine.index, "amount_fen"] += LAND_EXTRA_FEN
        scene.add_case("RATE_OVER", int(person), {2018 * 12: LAND_EXTRA_FEN}, "ARABLE_LAND")


def _over_cap(scene: Scene) -> None:
    """One house above the cap for its grade; what it got too much others got less, so the year still ties."""
    rows = scene.payments
    fen = rows["amount_fen"].to_numpy().copy()
    for year in (2017, 2018):
        houses = rows[(rows["item"] == "HOUSE_RENO") & (rows["year"] == year)]
        at = houses.index.to_numpy()
        best = int(houses[houses["cls"] == "D级"].sort_values("amount_fen").index[-1])
        more = 2_000_000 + OVER_CAP_FEN - int(fen[best])
        fen[best] += more
        for other in at[at != best]:
            less = min(more, max(0, int(fen[other]) - 620_000) // 10_000 * 10_000)
            fen[other] -= less
            more -= less
            if more == 0:
                break
        if more and scene.world.is_exact:
            raise ValueError("the other houses cannot make up for the one above the cap")
        person, month = int(rows["person"].to_numpy()[best]), int(rows["m0"].to_numpy()[best])
        scene.add_case("RATE_OVER", person, {month: OVER_CAP_FEN}, "HOUSE_RENO")
    scene.payments["amount_fen"] = fen


def _mixed(scene: Scene) -> None:
    """Relief of 2018 booked under the electricity items, to households that are on their lists anyway."""
    world, rows = scene.world, scene.payments
    town = world.people["town"].to_numpy()
    for (item_id, true_item), full in MIXED.items():
        rng = world.rng(f"mixed {item_id} {true_item}")
        heads = rows[(rows["item"] == item_id) & (rows["year"] == 2018)].drop_duplicates("person")
        each = 20_000 if true_item == "DISASTER_RELIEF" else 30_000
        wanted = min(len(heads), max(4, full // each if world.is_exact else round(full / each * world.scale)))
        chosen = heads.sample(n=wanted, random_state=int(rng.integers(2**31)))
        total = full if world.is_exact else each * wanted
        low = np.full(wanted, each // 2, dtype=np.int64)
        step = 500
        fen = spread_amounts(rng, total, low, np.full(wanted, each * 2, dtype=np.int64), step)
        fen = _avoid_multiples(fen, 820, step)
        month = MIXED_MONTH[true_item]
        paid = chosen.assign(
            m0=month,
            m1=month,
            amount_fen=fen,
            rate_fen=0,
            quantity=np.nan,
            purpose=MIXED_WORDS[true_item],
            paid_on=first_day(np.full(wanted, month)) + np.timedelta64(5, "D"),
        )
        scene.append(paid)
        for town_id in sorted(set(town[paid["person"]])):
            here = paid[town[paid["person"]] == town_id]
            scene.add_case(
                "CATEGORY_MIXED",
                int(here["person"].iloc[0]),
                {month: int(here["amount_fen"].sum())},
                item_id,
                [item_id, true_item, "2018", town_id],
                town_id,
                about_person=False,
            )


def _avoid_multiples(
    fen: np.ndarray[tuple[int], np.dtype[np.int64]], rate: int, step: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """A sum that happens to be a multiple of the electricity rate would look like electricity."""
    fen = fen.copy()
    for i in np.flatnonzero(fen % rate == 0):
        fen[i] += step
        other = next(j for j in range(len(fen)) if j != i and (fen[j] - step) % rate and fen[j] % rate)
        fen[other] -= step
    return fen


def _failed(scene: Scene) -> None:
    """Money that came back and was never sent again: the first month of newcomers, a year of others."""
    world, rng = scene.world, scene.world.rng("failed")
    spells = world.all_spells()
    # somebody on the register since January whose first payment failed has his first success later
    for item_id, cases in (("RURAL_DIBAO", 12), ("TEKUN_SCATTERED", 2), ("ORPHAN_BASIC", 1)):
        late = spells[(spells["item"] == item_id) & (spells["m0"] % 12 > 0) & (spells["m0"] < 2018 * 12 + 11)]
        late = late.drop_duplicates("person")
        for person in scene.pick(
            late["person"].to_numpy(), cases, f"failed {item_id}", 0 if item_id != "RURAL_DIBAO" else 1
        ):
            start = int(late.loc[late["person"] == person, "m0"].iloc[0])
            mine = scene.payments_of(int(person), item_id)
            row = mine[mine["m0"] == start].iloc[[0]].copy()
            rate = int(world.rates(item_id)[str(row["cls"].iloc[0])][start - 1 - 2017 * 12])
            row = row.assign(
                m0=start - 1,
                m1=start - 1,
                amount_fen=rate,
                rate_fen=rate,
                status="失败",
                fail_reason=FAILURES[int(rng.integers(len(FAILURES)))],
            )
            row["paid_on"] = row["paid_on"] - pd.Timedelta(days=30)
            row["year"] = (start - 1) // 12
            scene.append(row)
            register = world.item(item_id).register_name
            entries = scene.enrolments
            mine_in = entries.index[(entries["register"] == register) & (entries["person"] == person)]
            scene.enrolments.loc[mine_in[0], "approved_on"] = first_day(np.array([start - 1]))[0]
            scene.add_case("PAY_FAILED_NOT_REISSUED", int(person), {start - 1: rate}, item_id)
    _failed_years(scene)


def _failed_years(scene: Scene) -> None:
    world = scene.world
    age = world.age_at(2017)
    open_to = (
        scene.stays
        & (age >= 61)
        & (age < 78)
        & ~world.holds("FP_REWARD", "FP_SPECIAL")
        & ~world.marks["payroll"]
    )
    model = scene.payments[(scene.payments["item"] == "FP_REWARD") & (scene.payments["year"] == 2018)].iloc[
        [0]
    ]
    for person in scene.pick(open_to, 5, "failed reward"):
        row = model.assign(
            person=int(person),
            owner=int(person),
            status="退回",
            fail_reason="户名不符",
            site=int(world.column("place")[person]),
        )
        scene.append(row)
        scene.add_enrolments(
            [
                {
                    "register": "fp_reward",
                    "person": int(person),
                    "approved_on": "2017-12-20",
                    "m0": 2018 * 12,
                    "m1": 2018 * 12 + 11,
                }
            ]
        )
        lines = month_lines(row.assign(status="成功"))
        scene.add_case("PAY_FAILED_NOT_REISSUED", int(person), lines, "FP_REWARD")
