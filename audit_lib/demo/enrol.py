"""The registers that decide eligibility, written from the awards: one entry per unbroken spell and class."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.world import DEC_2018, World

COLUMNS = [
    "register",
    "person",
    "cls",
    "quantity",
    "approved_on",
    "ended_on",
    "stop_on",
    "stop_reason",
    "m0",
    "m1",
]
STOPPED = {"died": "死亡", "moved": "户口迁出", "other": "不再符合条件"}


def first_day(months: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """First day of each month (year×12+month−1)."""
    return np.asarray((months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]"))


def last_day(months: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Last day of each month."""
    return np.asarray(first_day(months + 1) - np.timedelta64(1, "D"))


def make_enrolments(world: World) -> pd.DataFrame:
    """One row per register entry: register person cls quantity approved_on ended_on stop_on stop_reason."""
    spells = world.all_spells()
    registers = {item.item_id: item.register_name for item in world.project.items if item.register_name}
    spells["register"] = spells["item"].map(registers)
    # electricity goes by the register of the allowance itself
    spells = spells[spells["register"].notna() & ~spells["item"].isin(["DIBAO_POWER", "TEKUN_POWER"])]
    spells = spells[spells["register"] != "poverty"]
    grade = world.people["grade"].to_numpy()[spells["person"]]
    spells["cls"] = np.where(spells["register"] == "disability", grade, spells["cls"])
    days = {name: "datetime64[s]" for name in ("approved_on", "ended_on", "stop_on")}
    parts = [_merge(world, spells), _poverty(world)]
    entries = pd.concat([part[COLUMNS].astype(days) for part in parts], ignore_index=True)
    return entries.sort_values(["register", "person", "approved_on"], kind="stable", ignore_index=True)


def _merge(world: World, spells: pd.DataFrame) -> pd.DataFrame:
    """Join spells of one person and class that follow each other (terms of a school year count as one)."""
    keys = ["register", "person", "cls"]
    spells = spells.sort_values([*keys, "m0"], kind="stable")
    before = (
        spells.groupby(keys, sort=False)["m1"].cummax().groupby([spells[k] for k in keys], sort=False).shift()
    )
    apart = before.isna() | (spells["m0"] > before + 3)
    spells = spells.assign(run=apart.cumsum())
    rows = (
        spells.groupby("run", sort=False)
        .agg(
            register=("register", "first"),
            person=("person", "first"),
            cls=("cls", "first"),
            m0=("m0", "min"),
            m1=("m1", "max"),
            quantity=("quantity", "max"),
        )
        .reset_index(drop=True)
    )
    rng = world.rng("approvals")
    m0, m1 = rows["m0"].to_numpy(), rows["m1"].to_numpy()
    earlier = np.datetime64("2016-12-20") - rng.integers(0, 2300, size=len(rows)).astype("timedelta64[D]")
    one_off = rows["register"].to_numpy() == "house_reno"
    rows["approved_on"] = np.where((m0 <= 2017 * 12 + 2) & ~one_off, earlier, first_day(m0))
    after = rows.groupby(["register", "person"])["m0"].shift(-1)
    changed = after.notna() & (after == rows["m1"] + 1)
    open_end = (m1 >= DEC_2018) | one_off | (rows["register"].to_numpy() == "student")
    nat = np.datetime64("NaT", "D")
    rows["ended_on"] = np.where(changed, last_day(m1), nat)
    stopped = ~changed.to_numpy() & ~open_end
    rows["stop_on"] = np.where(stopped, last_day(m1), nat)
    died, moved = world.column("died_m")[rows["person"]], world.column("moved_m")[rows["person"]]
    reason = np.where(died <= m1, STOPPED["died"], np.where(moved <= m1, STOPPED["moved"], STOPPED["other"]))
    rows["stop_reason"] = np.where(stopped, reason, "")
    return rows


def _poverty(world: World) -> pd.DataFrame:
    """The register of poor households is larger than the list of any one item."""
    spells = world.all_spells()
    paid = spells.loc[spells["item"] == "POVERTY_DIVIDEND", "person"].to_numpy()
    persons = np.union1d(np.flatnonzero(world.marks["poverty"]), paid)
    nat = np.datetime64("NaT", "D")
    return pd.DataFrame(
        {
            "register": "poverty",
            "person": persons,
            "cls": "建档立卡",
            "quantity": np.nan,
            "approved_on": np.datetime64("2014-12-31"),
            "ended_on": nat,
            "stop_on": nat,
            "stop_reason": "",
            "m0": 2014 * 12 + 11,
            "m1": DEC_2018,
        }
    )
