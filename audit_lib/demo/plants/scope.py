"""Outside the register, two items that exclude each other, and names that thieves used."""

from __future__ import annotations

import numpy as np

from audit_lib.demo.scene import Scene, month_lines

OUTSIDE = (
    ("VETERAN_ELDER", 5),
    ("RETIRED_CADRE", 4),
    ("RESIDENT_PENSION", 8),
    ("ARABLE_LAND", 6),
    ("FP_REWARD", 5),
)


def plant_scope(scene: Scene) -> None:
    """Everything of this module."""
    _outside_register(scene)
    _exclusive(scene)
    _stolen_names(scene)


def _outside_register(scene: Scene) -> None:
    world, hh = scene.world, scene.world.column("hh")
    for item_id, cases in OUTSIDE:
        register = world.item(item_id).register_name
        entries = scene.enrolments
        mine = entries[entries["register"] == register]
        per_household = np.bincount(hh[mine["person"]], minlength=hh.max() + 1)
        pool = world.holds(item_id) & scene.stays & (per_household[hh] == 1)
        chosen = scene.pick(pool, cases, f"outside {item_id}")
        drop = entries.index[(entries["register"] == register) & entries["person"].isin(chosen)]
        scene.enrolments = entries.drop(index=drop).reset_index(drop=True)
        for person in chosen:
            scene.add_case(
                "NOT_IN_REGISTER", int(person), month_lines(scene.payments_of(int(person), item_id)), item_id
            )


def _exclusive(scene: Scene) -> None:
    """Every overlap of two personal items that exclude each other, wherever it came from."""
    world = scene.world
    for pair in world.project.exclusions:
        if pair.scope != "person":
            continue
        for person in np.flatnonzero(world.holds(pair.item_a) & world.holds(pair.item_b)).tolist():
            one = month_lines(scene.payments_of(person, pair.item_a))
            two = month_lines(scene.payments_of(person, pair.item_b))
            both = sorted(set(one) & set(two))
            flagged = one if pair.flag == "a" else two
            if both:
                lines = {month: flagged[month] for month in both}
                scene.add_case(
                    "EXCLUSIVE_PAIR",
                    person,
                    lines,
                    pair.item_a if pair.flag == "a" else pair.item_b,
                    [pair.item_a, pair.item_b],
                )
    change = np.flatnonzero(world.marks["dibao_then_tekun"] & world.holds("TEKUN_CENTRAL") & ~scene.busy)
    scene.add_decoy("低保次月转特困,月份不重叠", ["EXCLUSIVE_PAIR"], change)


def _stolen_names(scene: Scene) -> None:
    """Companies and cars in the names of people who cannot have bought them."""
    world, rng = scene.world, scene.world.rng("theft")
    poor = world.holds("RURAL_DIBAO", "TEKUN_SCATTERED", "DISABLED_LIVING") & scene.stays
    grade, age = world.people["grade"].to_numpy(), world.age_at(2017)
    severe = scene.pick(
        poor & world.holds("DISABLED_NURSING") & (grade == "一级") & (age > 20), 10, "theft severe"
    )
    old = scene.pick(poor & (age > 79), 6, "theft old")
    locked = scene.pick(poor & (age > 25) & (age < 65) & (grade == ""), 3, "theft custody")
    serial = scene.pick(poor & (age > 20) & (age < 60) & (grade == ""), 6, "theft serial")
    for n, person in enumerate([*severe, *old, *locked]):
        day = np.datetime64("2017-02-01") + np.timedelta64(int(rng.integers(400)), "D")
        if n % 4 == 3:
            scene.add_evidence(
                "vehicle",
                person=int(person),
                plate_no=f"浙A{n:05d}"[:7],
                plate_kind="02",
                brand="大众牌小型轿车",
                registered_on=day,
                vehicle_status="正常",
                region="浙江省杭州市公安局交通警察支队",
            )
        else:
            _company(scene, int(person), n, day, "广东省深圳市市场监督管理局")
        if person in locked:
            scene.add_evidence(
                "custody",
                person=int(person),
                custody_kind="有期徒刑(收监)",
                started_on=day - np.timedelta64(200, "D"),
                ended_on=day + np.timedelta64(300, "D"),
            )
    for person in serial:
        for n in range(3):
            day = np.datetime64("2017-03-01") + np.timedelta64(60 * n, "D")
            _company(scene, int(person), 500 + int(person) % 1000 + n, day, "浙江省义乌市市场监督管理局")
    for person in locked:
        _paid_in_prison(scene, int(person))
    for person in [*severe, *old, *locked, *serial]:
        scene.add_case("IDENTITY_THEFT_SUSPECT", int(person), {}, None, [])


def _paid_in_prison(scene: Scene, person: int) -> None:
    """From the month after (or next January) to the month before release nothing personal was due."""
    entry = next(row for row in scene.evidence["custody"] if row["person"] == person)
    start, end = (
        int(entry[day].astype("datetime64[M]").astype(int)) + 1970 * 12 for day in ("started_on", "ended_on")
    )
    for item_id, rows in scene.payments_of(person).groupby("item"):
        item = scene.world.item(str(item_id))
        if item.level == "H" or item.register_name == "resettler" or item.posthumous_ok:
            continue
        first = (start // 12 + 1) * 12 if item.stop_rule == "next_year" else start + 1
        lines = {month: fen for month, fen in month_lines(rows).items() if first <= month < end}
        if lines:
            scene.add_case("IN_PRISON_PAID", person, lines, str(item_id))


def _company(scene: Scene, person: int, n: int, day: np.datetime64, region: str) -> None:
    scene.add_evidence(
        "company",
        person=person,
        company_name=f"深圳市鑫{'盛隆达源通汇'[n % 6]}{n}号贸易有限公司",
        company_kind="有限责任公司",
        uscc=f"91440300MA5{person % 10**6:06d}{n % 10}X",
        role="法定代表人",
        registered_on=day,
        company_status="存续",
        capital_fen=50_000_000,
        region=region,
    )
