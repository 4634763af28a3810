"""What the towns answer, what came back, and whom the supervisors visited."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from audit_lib.demo.plants.leaving import ITEMS
from audit_lib.demo.scene import Case, Scene

NOT_EXITED = (
    "DECEASED_PAID",
    "MOVED_OUT_PAID",
    "INCOME_OVER_PAID",
    "STAFF_PAID",
    "MIGRANT_NOT_REDUCED",
    "HOUSE_RENO_REPEAT",
)
#: verified at full scale, in fen, and what had come back by the day of the report
VERIFIED = {2017: 10_890_000, 2018: 4_700_000, 2019: 420_000}
RECOVERED = 12_650_000


@dataclass(frozen=True)
class Recovery:
    """One entry of the recovery register."""

    case: Case
    fen: int
    on: np.datetime64
    method: str


def decide(scene: Scene) -> None:
    """Confirm, confirm in part, clear or leave open; at full scale to the yearly totals of the report."""
    rng = scene.world.rng("verdicts")
    for case in scene.cases:
        if case.rule_id == "CATEGORY_MIXED":
            case.feedback, case.verified, case.note = "confirmed", case.by_year(), "科目混用,已调账并停止混用"
    open_cases = [case for case in scene.cases if case.rule_id in NOT_EXITED and case.feedback == "pending"]
    order = _one_of_each_first(rng, open_cases)
    if scene.world.is_exact:
        _confirm_to(order, VERIFIED)
    else:
        _confirm_most(rng, order)
    left = [case for case in open_cases if case.feedback == "pending"]
    for n, case in enumerate(left):
        if n % 4 == 0 and case.rule_id in ("DECEASED_PAID", "MOVED_OUT_PAID"):
            reason = "迁出后已迁回" if case.rule_id == "MOVED_OUT_PAID" else "已按规定扣回"
            case.feedback, case.reason, case.note = "cleared", reason, "经入户核实并查阅凭证"
    _clear_some_rates(scene)


def _one_of_each_first(rng: np.random.Generator, cases: list[Case]) -> list[Case]:
    """A small case of every item and of every rule comes first, so that none is missing among the confirmed."""
    shuffled = [cases[i] for i in rng.permutation(len(cases))]
    first: list[Case] = []
    for item_id in ITEMS:
        mine = [case for case in shuffled if case.item_id == item_id]
        if mine:
            first.append(min(mine, key=lambda case: case.amount_fen))
    for rule_id in NOT_EXITED:
        mine = [case for case in shuffled if case.rule_id == rule_id and case not in first]
        if mine and not any(case.rule_id == rule_id for case in first):
            first.append(min(mine, key=lambda case: case.amount_fen))
    known = {id(case) for case in first}
    return first + [case for case in shuffled if id(case) not in known]


def _confirm_to(order: list[Case], goals: dict[int, int]) -> None:
    left = dict(goals)
    for case in order:
        years = case.by_year()
        if all(fen <= left.get(year, 0) for year, fen in years.items()):
            case.feedback, case.verified = "confirmed", years
            for year, fen in years.items():
                left[year] -= fen
    for case in order:
        if case.feedback != "pending":
            continue
        part = {year: min(fen, left[year]) for year, fen in case.by_year().items() if left.get(year, 0) > 0}
        if part:
            case.feedback, case.verified, case.note = "partly", part, "部分月份已由家属退回或经核实应享"
            for year, fen in part.items():
                left[year] -= fen
    if any(left.values()):
        raise ValueError(f"planted cases fall short of the verified totals by {left}")


def _confirm_most(rng: np.random.Generator, order: list[Case]) -> None:
    sure = len(ITEMS) + len(NOT_EXITED)
    for n, case in enumerate(order):
        if n < sure or rng.random() < 0.75:
            case.feedback, case.verified = "confirmed", case.by_year()
    whole = [case for case in order if case.feedback == "confirmed"]
    if len(whole) > 2:
        case = max(whole, key=lambda one: one.amount_fen)
        case.feedback, case.note = "partly", "部分月份已由家属退回或经核实应享"
        case.verified = {year: fen // 200 * 100 for year, fen in case.by_year().items() if fen >= 200}


def _clear_some_rates(scene: Scene) -> None:
    for rule_id, reason in (
        ("RATE_OVER", "含价格临时补贴"),
        ("NOT_IN_REGISTER", "名册提取不全"),
        ("MULTI_ACCOUNT", "旧卡已销户"),
    ):
        mine = [case for case in scene.cases if case.rule_id == rule_id]
        for case in mine[1:3]:
            case.feedback, case.reason, case.note = "cleared", reason, "已查阅审批资料"


def recover(scene: Scene) -> list[Recovery]:
    """Money that came back: most confirmed cases in full, the last in part."""
    rng = scene.world.rng("recoveries")
    cases = [case for case in scene.cases if case.rule_id in NOT_EXITED and case.verified]
    total = sum(sum(case.verified.values()) for case in cases)
    left = RECOVERED if scene.world.is_exact else total * 79 // 100 // 100 * 100
    entries = []
    for i in rng.permutation(len(cases)):
        fen = min(left, sum(cases[i].verified.values()))
        if fen <= 0:
            continue
        left -= fen
        day = np.datetime64("2019-05-20") + np.timedelta64(int(rng.integers(45)), "D")
        methods = ("现金缴回财政专户", "从后续待遇中抵扣", "银行划转")
        method = methods[int(rng.integers(3))]
        if fen > 100_000 and rng.random() < 0.3:
            part = fen // 2 // 100 * 100
            entries.append(Recovery(cases[i], part, day, method))
            entries.append(Recovery(cases[i], fen - part, day + np.timedelta64(10, "D"), method))
        else:
            entries.append(Recovery(cases[i], fen, day, method))
    return entries


def sample(scene: Scene) -> pd.DataFrame:
    """The supervisors' visits: two villages a town, some households, two of them with two people."""
    world, rng = scene.world, scene.world.rng("inspection")
    people = world.people
    paid = np.unique(scene.payments["person"].to_numpy())
    paid = paid[scene.stays[paid]]
    village, hh = people["village"].to_numpy(), world.column("hh")
    chosen: list[str] = []
    for town in world.project.towns:
        ids = [v.village_id for v in town.villages if (village[paid] == v.village_id).any()]
        chosen += [ids[i] for i in rng.permutation(len(ids))[:2]]
    wanted = world.count(37, max(2, len(chosen)))
    rows: list[int] = []
    seen: set[int] = set()
    pools = {v: list(rng.permutation(paid[village[paid] == v])) for v in chosen}
    while len(seen) < wanted and any(pools.values()):
        for v in chosen:
            while pools[v] and len(seen) < wanted:
                person = int(pools[v].pop())
                if hh[person] not in seen:
                    seen.add(int(hh[person]))
                    rows.append(person)
                    break
    double = 0
    for person in rows[:]:
        others = np.flatnonzero((hh == hh[person]) & scene.stays)
        others = others[others != person]
        if len(others) and double < 2:
            rows.append(int(others[0]))
            double += 1
    visits = pd.DataFrame({"person": rows})
    visits["on"] = np.where(
        np.arange(len(rows)) % 2 == 0, np.datetime64("2019-07-09"), np.datetime64("2019-07-10")
    )
    return visits
