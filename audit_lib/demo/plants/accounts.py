"""Accounts: whose they are, who has two, and who uses another's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit_lib.demo.numbers import account_numbers
from audit_lib.demo.scene import SPARE_ACCOUNTS, Scene, month_lines


def fill_accounts(scene: Scene) -> None:
    """Account number and holder of every payment from its owner; an institution has one account per town."""
    world, rows = scene.world, scene.payments
    owner = rows["owner"].to_numpy()
    numbers, names = world.people["account"].to_numpy(), world.people["name"].to_numpy()
    rows["account_no"] = np.where(owner >= 0, numbers[owner], "")
    rows["account_name"] = np.where(owner >= 0, names[owner], "")
    towns = {town.town_id: (n, f"{town.name}中心敬老院") for n, town in enumerate(world.project.towns)}
    for index in rows.index[owner < 0]:
        n, name = towns[str(world.people["town"].to_numpy()[rows.loc[index, "person"]])]
        rows.loc[index, "account_no"] = str(account_numbers(np.array([SPARE_ACCOUNTS + n]))[0])
        rows.loc[index, "account_name"] = name
    for person in np.unique(owner[owner >= 0]).tolist():
        _register(scene, person, str(numbers[person]))


def _register(
    scene: Scene,
    person: int,
    number: str,
    kind: str = "借记卡",
    status: str = "正常",
    replaced_by: str = "",
    opened: str = "2012-05-08",
    closed: str = "",
) -> None:
    scene.add_evidence(
        "account",
        person=person,
        account_no=number,
        account_kind=kind,
        account_status=status,
        opened_on=opened,
        closed_on=closed,
        replaced_by=replaced_by,
    )


def plant_accounts(scene: Scene) -> None:
    """一人多卡, 一卡多人, and the lawful uses that look like them."""
    _two_cards(scene)
    _one_card_for_many(scene)
    _exchanged_passbooks(scene)
    _lawful_sharing(scene)


def _people_paid_monthly(scene: Scene, *items: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    world = scene.world
    paid = np.flatnonzero(world.holds(*items) & scene.stays)
    rows = scene.payments
    others_own = rows[(rows["owner"] != rows["person"])]["person"].unique()
    paid = paid[~np.isin(paid, others_own)]
    owners = rows[(rows["owner"] != rows["person"]) & (rows["owner"] >= 0)]["owner"].unique()
    return paid[~np.isin(paid, owners)]


def _two_cards(scene: Scene) -> None:
    """Every third payment of the person's own items goes to a second card in his name."""
    candidates = _people_paid_monthly(scene, "RESIDENT_PENSION", "VETERAN_ELDER", "DISABLED_NURSING")
    for n, person in enumerate(scene.pick(candidates, 40, "two cards")):
        second = str(account_numbers(np.array([SPARE_ACCOUNTS + 1000 + n]))[0])
        mine = scene.payments_of(int(person))
        mine = mine[(mine["status"] == "成功")].sort_values(["paid_on", "item"], kind="stable")
        levels = {item.item_id: item.level for item in scene.world.project.items}
        mine = mine[mine["item"].map(levels) == "P"]
        moved = mine.iloc[2::3]
        if moved.empty:
            continue
        scene.payments.loc[moved.index, "account_no"] = second
        _register(scene, int(person), second, kind="存折", opened="2009-03-02")
        scene.add_case("MULTI_ACCOUNT", int(person), month_lines(moved), None, [])


def _one_card_for_many(scene: Scene) -> None:
    """Two neighbours' money into a third person's card."""
    world = scene.world
    candidates = _people_paid_monthly(scene, "RESIDENT_PENSION", "VETERAN_ELDER", "RETIRED_CADRE")
    place, hh = world.column("place"), world.column("hh")
    for n in range(world.count(12)):
        owners = scene.pick(candidates, 1, f"shared owner {n}")
        if len(owners) == 0:
            return
        owner = int(owners[0])
        near = candidates[(hh[candidates] != hh[owner])]
        near = near[np.argsort(np.abs(place[near] - place[owner]), kind="stable")]
        near = near[~scene.busy[near]][:2]
        lines: dict[int, int] = {}
        for person in near.tolist():
            mine = scene.payments_of(person)
            mine = mine[mine["owner"] == person]
            scene.payments.loc[mine.index, "account_no"] = world.people["account"].to_numpy()[owner]
            scene.payments.loc[mine.index, "account_name"] = scene.name(owner)
            scene.busy[person] = True
            for month, fen in month_lines(mine).items():
                lines[month] = lines.get(month, 0) + fen
        number = str(world.people["account"].to_numpy()[owner])
        if lines:
            scene.add_case("SHARED_ACCOUNT", owner, lines, None, [number], about_person=False)


def _exchanged_passbooks(scene: Scene) -> None:
    """The old passbook until a day, the social-security card from then on."""
    candidates = _people_paid_monthly(scene, "RESIDENT_PENSION", "AGED_ALLOWANCE")
    chosen = scene.pick(candidates, 200, "exchanged", 2)
    for n, person in enumerate(chosen.tolist()):
        old = str(account_numbers(np.array([SPARE_ACCOUNTS + 20_000 + n]), prefix="900371")[0])
        mine = scene.payments_of(person)
        day = pd.Timestamp("2017-10-01") if n % 2 else pd.Timestamp("2018-04-01")
        before = mine[mine["paid_on"] < day]
        scene.payments.loc[before.index, "account_no"] = old
        new = str(scene.world.people["account"].to_numpy()[person])
        _register(
            scene,
            person,
            old,
            kind="存折",
            status="销户",
            replaced_by=new if n % 3 else "",
            opened="2008-04-01",
            closed=f"{day:%Y-%m-%d}",
        )
    scene.add_decoy("旧存折一次性换成社保卡", ["MULTI_ACCOUNT", "SHARED_ACCOUNT"], chosen)


def _lawful_sharing(scene: Scene) -> None:
    rows, world = scene.payments, scene.world
    minor = rows[(rows["item"] == "ORPHAN_BASIC") & (rows["owner"] != rows["person"])]["person"].unique()
    scene.add_decoy(
        "监护人账户代收未成年人补贴",
        ["SHARED_ACCOUNT", "MULTI_ACCOUNT"],
        minor[~scene.busy[minor]][: world.count(20, 1)],
    )
    central = np.flatnonzero(world.holds("TEKUN_CENTRAL") & scene.stays & ~scene.busy)
    scene.add_decoy(
        "集中供养机构统一账户", ["SHARED_ACCOUNT", "MULTI_ACCOUNT"], central[: world.count(20, 1)]
    )
    both = world.holds("RESIDENT_PENSION") & world.holds("RURAL_DIBAO") & scene.stays & ~scene.busy
    head = world.column("head") != np.arange(len(both))
    chosen = np.flatnonzero(both & head)[: world.count(20, 1)]
    scene.add_decoy("户主账户收低保、本人账户收养老金", ["SHARED_ACCOUNT", "MULTI_ACCOUNT"], chosen)
