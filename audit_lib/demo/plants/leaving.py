"""应退出未退出: people who died or moved away and are still paid.

Most planted deaths are real ones brought forward: the payments stopped when the death became known,
some months late. Every other item the person had is judged by the same rules.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit_lib.demo.population import NEVER
from audit_lib.demo.scene import Scene, after, month_lines
from audit_lib.demo.world import DEC_2018

#: the items among which confirmed cases may lie
ITEMS = (
    "RURAL_DIBAO",
    "TEKUN_SCATTERED",
    "DISABLED_LIVING",
    "DISABLED_NURSING",
    "RESERVOIR_SUPPORT",
    "HOUSE_RENO",
    "AGED_ALLOWANCE",
    "FP_REWARD",
    "FP_SPECIAL",
    "VETERAN_AID",
    "VETERAN_ELDER",
    "OLD_PARTY_MEMBER",
    "RESIDENT_PENSION",
)
DEATHS = {
    "RURAL_DIBAO": 44,
    "TEKUN_SCATTERED": 4,
    "DISABLED_LIVING": 16,
    "DISABLED_NURSING": 20,
    "AGED_ALLOWANCE": 16,
    "FP_REWARD": 14,
    "FP_SPECIAL": 3,
    "VETERAN_AID": 12,
    "VETERAN_ELDER": 10,
    "OLD_PARTY_MEMBER": 10,
    "RESIDENT_PENSION": 45,
}
MOVES = {"RURAL_DIBAO": 10, "DISABLED_NURSING": 4, "RESIDENT_PENSION": 12}
Lines = dict[str, dict[int, int]]


def plant_leaving(scene: Scene) -> None:
    """Deaths and moves of both years, and the beginning of 2019."""
    _deaths(scene)
    _wrongly_dead(scene)
    _moves(scene)
    _paid_into_2019(scene)


def day_in(rng: np.random.Generator, month: int) -> np.datetime64:
    """Some day of a month."""
    return np.datetime64(f"{month // 12}-{month % 12 + 1:02d}-01") + np.timedelta64(
        int(rng.integers(28)), "D"
    )


def overpaid(scene: Scene, person: int, month: int, kind: str) -> Lines | None:
    """What a person got after ``month`` (death or move), by item; None when it would be no clear case."""
    lines: Lines = {}
    for item_id, rows in scene.payments_of(person).groupby("item"):
        item = scene.world.item(str(item_id))
        if item.level == "H" or item.register_name in ("resettler", "land"):
            if item.register_name == "resettler" and kind == "death":
                late = after(month_lines(rows), month // 12 * 12 + 11)
                if late:
                    return None
            continue
        if (kind == "move" and not item.hukou_required) or item.posthumous_ok:
            continue
        cut = month // 12 * 12 + 11 if item.stop_rule == "next_year" and kind == "death" else month
        late = after(month_lines(rows), cut)
        if late and (item_id not in ITEMS or item.stop_rule == "event"):
            return None
        if late:
            lines[str(item_id)] = late
    return lines or None


def _record(scene: Scene, rule_id: str, person: int, lines: Lines) -> None:
    for item_id, months in lines.items():
        scene.add_case(rule_id, person, months, item_id)


def _shift(scene: Scene, item_id: str, cases: int, column: str, kind: str) -> None:
    """Bring real deaths (or moves) of an item's recipients forward by some months."""
    world = scene.world
    rng = world.rng(f"shift {kind} {item_id}")
    event = world.column(f"{column}_m")
    other = world.column("moved_m" if column == "died" else "died_m")
    window = (event >= 2017 * 12 + 1) & (event <= DEC_2018) & (other == NEVER)
    pool = rng.permutation(np.flatnonzero(world.holds(item_id) & window & ~scene.busy))
    # three quarters in 2017: the campaign of 2018 was stricter
    pool = pool[np.argsort(np.where(event[pool] < 2018 * 12, 0, 1), kind="stable")]
    wanted = world.count(cases)
    early, late = pool[event[pool] < 2018 * 12], pool[event[pool] >= 2018 * 12]
    share = max(1, round(wanted * 0.7))
    done = 0
    for person in [*early[: share * 3], *late[: wanted * 3], *early[share * 3 :]]:
        if done >= wanted or (done >= share and event[person] < 2018 * 12 and len(late) > wanted):
            continue
        lag = int(rng.integers(2, 11))
        done += _apply(scene, int(person), int(event[person]) - lag, column, kind, item_id, rng)
    if done == 0:
        _still_paid(scene, item_id, column, kind, rng)


def _still_paid(scene: Scene, item_id: str, column: str, kind: str, rng: np.random.Generator) -> None:
    """In a small district nobody of an item may have died: take somebody paid to the end of 2018."""
    pool = rng.permutation(
        np.flatnonzero(scene.world.holds(item_id) & scene.stays & ~scene.busy & scene.others_alive)
    )
    item = scene.world.item(item_id)
    for person in pool:
        month = 2016 * 12 + 8 if item.stop_rule == "next_year" else 2018 * 12 + int(rng.integers(4, 9))
        if _apply(scene, int(person), month, column, kind, item_id, rng):
            return


def _apply(
    scene: Scene, person: int, month: int, column: str, kind: str, item_id: str, rng: np.random.Generator
) -> bool:
    first = int(scene.payments_of(person)["m0"].min())
    lines = overpaid(scene, person, month, kind) if month >= 2016 * 12 + 3 else None
    born = scene.world.people["birth"].to_numpy()[person]
    if (
        lines is None
        or item_id not in lines
        or month < first - 9
        or np.datetime64(born, "M") > np.datetime64("2016-01", "M")
    ):
        return False
    day = day_in(rng, month)
    scene.world.people.loc[person, "died" if column == "died" else "moved_out"] = day
    scene.world.people.loc[person, f"{column}_m"] = month
    scene.stays[person] = False
    _record(scene, "DECEASED_PAID" if kind == "death" else "MOVED_OUT_PAID", person, lines)
    return True


def _deaths(scene: Scene) -> None:
    for item_id, cases in DEATHS.items():
        _shift(scene, item_id, cases, "died", "death")


def _moves(scene: Scene) -> None:
    for item_id, cases in MOVES.items():
        _shift(scene, item_id, cases, "moved", "move")


def _wrongly_dead(scene: Scene) -> None:
    """Living people of whom one list says they died: suspicions the town will clear."""
    world, rng = scene.world, scene.world.rng("wrongly dead")
    reasons = (
        ("死亡信息有误", "本人健在,登记时录错姓名"),
        ("同名同姓", "去世的是同村同名者,证号录成本人"),
        ("证号录入错误", "登记单位录错证号"),
    )
    n = 0
    for item_id, cases in (("RESIDENT_PENSION", 14), ("RURAL_DIBAO", 6), ("VETERAN_ELDER", 4)):
        for person in scene.pick(
            world.holds(item_id) & scene.stays & scene.others_alive, cases, f"wrongly dead {item_id}"
        ):
            month = 2018 * 12 + int(rng.integers(1, 11))
            lines = overpaid(scene, int(person), month, "death")
            if lines is None:
                continue
            reason, note = reasons[n % 3]
            n += 1
            scene.add_evidence(
                "death", person=int(person), died_on=day_in(rng, month), source=("police", "health")[n % 2]
            )
            for item, months in lines.items():
                case = scene.add_case("DECEASED_PAID", int(person), months, item)
                case.feedback, case.reason, case.note = "cleared", reason, note


def _paid_into_2019(scene: Scene) -> None:
    """Deaths at the end of 2018 whose payments ran on into the first months of 2019."""
    world, rng = scene.world, scene.world.rng("2019")
    plan = (
        ("RURAL_DIBAO", 7),
        ("TEKUN_SCATTERED", 2),
        ("DISABLED_NURSING", 4),
        ("AGED_ALLOWANCE", 3),
        ("VETERAN_AID", 2),
    )
    for item_id, cases in plan:
        last = scene.payments[(scene.payments["item"] == item_id) & (scene.payments["m1"] == DEC_2018)]
        pool = last["person"].to_numpy()
        pool = pool[scene.stays[pool] & scene.others_alive[pool]]
        done = 0
        for person in world.rng(f"2019 {item_id}").permutation(pool[~scene.busy[pool]]):
            if done >= world.count(cases):
                break
            month = DEC_2018 + (0 if rng.random() < 0.5 else 1) - (1 if item_id == "RURAL_DIBAO" else 0)
            late = overpaid(scene, int(person), 2018 * 12 + 9, "death")
            if late is None or set(late) - {item_id, "RESIDENT_PENSION", "FP_REWARD"}:
                continue
            done += 1
            _extend(scene, int(person), item_id, last[last["person"] == person].iloc[[-1]])
            world.people.loc[int(person), "died"] = day_in(rng, month)
            world.people.loc[int(person), "died_m"] = month
            scene.stays[int(person)] = False
            lines = overpaid(scene, int(person), month, "death") or {}
            _record(scene, "DECEASED_PAID", int(person), lines)
            months = {
                m: fen
                for m, fen in month_lines(scene.payments_of(int(person), item_id)).items()
                if m > DEC_2018
            }
            scene.add_case("PERIOD_OUT_OF_RANGE", int(person), months, item_id)
    ordinary = scene.payments[
        (scene.payments["item"] == "RURAL_DIBAO")
        & (scene.payments["m1"] == DEC_2018)
        & (scene.payments["status"] == "成功")
    ]
    for person in scene.pick(
        ordinary["person"].to_numpy()[scene.stays[ordinary["person"]]], 12, "2019 ordinary"
    ):
        _extend(scene, int(person), "RURAL_DIBAO", ordinary[ordinary["person"] == person].iloc[[-1]])
        months = {
            m: fen
            for m, fen in month_lines(scene.payments_of(int(person), "RURAL_DIBAO")).items()
            if m > DEC_2018
        }
        scene.add_case("PERIOD_OUT_OF_RANGE", int(person), months, "RURAL_DIBAO")
    scene.index()


def _extend(scene: Scene, person: int, item_id: str, model: pd.DataFrame) -> None:
    """January to March 2019 at the person's rate of December."""
    item = scene.world.item(item_id)
    spans = [(0, 2)] if item.freq == "quarter" else [(0, 0), (1, 1), (2, 2)]
    rate = int(model["amount_fen"].iloc[0]) // int(model["m1"].iloc[0] - model["m0"].iloc[0] + 1)
    rows = [
        model.assign(
            m0=2019 * 12 + a,
            m1=2019 * 12 + b,
            amount_fen=rate * (b - a + 1),
            year=2019,
            paid_on=pd.Timestamp(2019, b + 1, 15),
        )
        for a, b in spans
    ]
    scene.append(pd.concat(rows))
