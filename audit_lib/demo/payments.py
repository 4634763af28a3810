"""From awards to payments: how often an item is paid, on which day, into whose account, with which words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.world import FIRST, World, stays

#: months per payment of items paid through the year
BLOCK = {"month": 1, "quarter": 3, "half": 6}
#: month of the year (from 0) in which yearly items are paid
YEARLY_IN = {
    "ARABLE_LAND": 5,
    "GRAIN_TO_GREEN": 10,
    "FOREST_ECO": 10,
    "LARGE_GROWER": 7,
    "FP_REWARD": 9,
    "MED_INS_PREMIUM": 1,
    "ONLY_CHILD": 8,
    "POVERTY_DIVIDEND": 11,
}
PURPOSES = {
    "RURAL_DIBAO": "农村低保金",
    "URBAN_DIBAO": "城市低保",
    "TEKUN_SCATTERED": "五保分散供养金",
    "DISABLED_LIVING": "困难残疾人生活补贴",
    "DISABLED_NURSING": "重度残疾人护理补贴",
    "ORPHAN_BASIC": "孤儿生活费",
    "AGED_ALLOWANCE": "高龄津贴",
    "RESERVOIR_SUPPORT": "水库移民直补",
    "FP_REWARD": "计生奖励扶助金",
    "FP_SPECIAL": "计生特别扶助金",
    "VETERAN_AID": "优抚补助",
    "VETERAN_ELDER": "老年退役士兵补助",
    "OLD_PARTY_MEMBER": "老党员补贴",
    "RETIRED_CADRE": "离任村干部补贴",
    "ARABLE_LAND": "耕地地力保护补贴",
    "HOUSE_RENO": "危房改造补助",
    "GRAIN_TO_GREEN": "退耕还林补助",
    "FOREST_ECO": "森林生态效益补偿",
    "DIBAO_POWER": "低保户免费电量款",
    "TEKUN_POWER": "五保户免费电量款",
    "LARGE_GROWER": "种粮大户补贴",
}


def make_payments(world: World) -> pd.DataFrame:
    """One row per payment: person item year m0 m1 cls quantity rate_fen amount_fen paid_on status owner purpose.

    ``owner`` is the person whose account receives it, −1 for an institution's. All rows succeed;
    failures, reissues and everything wrong are planted later.
    """
    spells = world.all_spells()
    parts = [_pay(world, str(item_id), rows) for item_id, rows in spells.groupby("item", sort=False)]
    payments = pd.concat(parts, ignore_index=True)
    payments["status"] = "成功"
    payments["owner"] = account_owner(world, payments["person"].to_numpy(), payments["item"].to_numpy())
    payments["purpose"] = payments["item"].map(PURPOSES).fillna("")
    for name in ("fail_reason", "pay_no", "reissue_of"):
        payments[name] = ""
    payments["account_no"] = ""
    payments["site"] = world.column("place")[payments["person"]]
    return payments


def _pay(world: World, item_id: str, spells: pd.DataFrame) -> pd.DataFrame:
    item = world.item(item_id)
    if item.unit in ("person_month", "household_month"):
        rows = _blocks(spells, BLOCK[item.freq])
        rates = world.rates(item_id)
        amount = np.zeros(len(rows), dtype=np.int64)
        rate = np.zeros(len(rows), dtype=np.int64)
        first, last = rows["m0"].to_numpy(), rows["m1"].to_numpy()
        for name in rows["cls"].unique():
            here = (rows["cls"] == name).to_numpy()
            line = rates[str(name)]
            cumulated = np.concatenate([[0], np.cumsum(line)])
            amount[here] = cumulated[last[here] + 1 - FIRST] - cumulated[first[here] - FIRST]
            rate[here] = line[last[here] - FIRST]
        rows["amount_fen"], rows["rate_fen"] = amount, rate
    else:
        rows = spells.copy()
        rates = world.rates(item_id)
        fixed = (
            rows["cls"].map({name: int(line[5]) for name, line in rates.items()}).fillna(0).astype(np.int64)
        )
        fixed = fixed.where(fixed > 0, int(rates[""][5]) if "" in rates else 0)
        if item_id in ("MED_INS_PREMIUM", "POVERTY_DIVIDEND"):
            line = rates[""]
            fixed = pd.Series(line[rows["m0"].to_numpy() - FIRST], index=rows.index)
        rows["rate_fen"] = fixed
        rows["amount_fen"] = rows["amount_fen"].where(rows["amount_fen"] >= 0, fixed)
        rows["due_m"] = rows["m1"]
    rows["paid_on"] = _paid_on(world, item_id, rows)
    return rows.drop(columns="due_m")


def _blocks(spells: pd.DataFrame, length: int) -> pd.DataFrame:
    parts = []
    for block in range(0, 12, length):
        start = spells["year"] * 12 + block
        rows = spells.assign(
            m0=np.maximum(spells["m0"], start),
            m1=np.minimum(spells["m1"], start + length - 1),
            due_m=start + length - 1,
        )
        parts.append(rows[rows["m0"] <= rows["m1"]])
    return pd.concat(parts, ignore_index=True)


def _paid_on(world: World, item_id: str, rows: pd.DataFrame) -> NDArray[np.datetime64]:
    """Each town pays a batch on one day; yearly items have their season."""
    item = world.item(item_id)
    month = rows["due_m"].to_numpy()
    if item.freq == "year":
        month = rows["year"].to_numpy() * 12 + YEARLY_IN[item_id]
    elif item.freq == "term":
        month = np.where(rows["m0"] % 12 == 2, rows["year"] * 12 + 4, rows["year"] * 12 + 10)
    town = pd.factorize(world.people["town"], sort=True)[0][rows["person"]]
    day = 10 + (month * 7 + town * 3 + len(item_id)) % 15
    first = (month - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(first + day.astype("timedelta64[D]"))


def account_owner(world: World, persons: NDArray[np.int64], items: NDArray[np.object_]) -> NDArray[np.int64]:
    """Whose account receives an item: the payee's, the head's, a minor's guardian's, an institution's (−1)."""
    holder = (
        pd.Series(items).map({item.item_id: item.account_holder for item in world.project.items}).to_numpy()
    )
    head = world.column("head")[persons]
    able = stays(world)[head]
    minor = (world.people["birth"].dt.year.to_numpy() >= 2001)[persons]
    owner = np.where(((holder == "head") | minor) & able, head, persons)
    return np.asarray(np.where(holder == "institution", -1, owner))
