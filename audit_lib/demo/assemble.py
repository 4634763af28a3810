"""The last touches before payments are written: order, flow numbers, batches, and a few hopeless rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit_lib.demo.scene import Scene
from audit_lib.demo.texts import day_texts
from audit_lib.demo.world import World


def finish_payments(scene: Scene) -> pd.DataFrame:
    """Put payments in the order of the lists and number them; ``is_system`` tells the channel."""
    world = scene.world
    rows = scene.payments.copy()
    in_system = {item.item_id: item.in_system for item in world.project.items}
    rows["is_system"] = rows["item"].map(in_system)
    rows["file_year"] = rows["year"]
    rank = world.rng("payment order").permutation(len(world.people))
    rows["rank"] = rank[rows["person"]]
    rows = rows.sort_values(
        ["is_system", "file_year", "paid_on", "item", "site", "rank", "uid"], kind="stable", ignore_index=True
    )
    system = rows["is_system"].to_numpy(dtype=bool)
    serial = rows.groupby(["is_system", "file_year"]).cumcount() + 1
    rows["pay_no"] = ""
    rows.loc[system, "pay_no"] = [
        f"LS{year}{n:07d}" for year, n in zip(rows.loc[system, "file_year"], serial[system], strict=True)
    ]
    by_uid = rows.set_index("uid")["pay_no"]
    linked = rows["reissue_uid"] >= 0
    rows["reissue_of"] = ""
    rows.loc[linked, "reissue_of"] = by_uid[rows.loc[linked, "reissue_uid"]].to_numpy()
    days = pd.Series(day_texts(rows["paid_on"].to_numpy(), 1), index=rows.index)
    rows["batch_no"] = np.where(system, "PC" + days + "-" + rows["item"].map(_short(world)), "")
    return rows.drop(columns="rank")


def _short(world: World) -> dict[str, str]:
    return {item.item_id: f"{n:02d}" for n, item in enumerate(world.project.items, start=1)}


def add_hopeless_rows(world: World, payments: pd.DataFrame) -> pd.DataFrame:
    """Rows nobody can use: no amount, an amount in words, a thirteenth month. They are no payments.

    Column ``hopeless`` says why; empty for real payments.
    """
    payments = payments.assign(hopeless="")
    rng = world.rng("hopeless")
    real = payments[(payments["status"] == "成功") & (payments["error"] == "")]
    system, town = real[real["is_system"]], real[~real["is_system"]]
    size = world.count(30, 3)
    parts = []
    for n in range(size):
        source = system if n % 2 == 0 else town
        row = source.iloc[[int(rng.integers(len(source)))]].copy()
        kind = n % 3
        if kind == 2 and not bool(row["is_system"].iloc[0]):
            kind = 0
        row["amount_text"] = ("待定", " ", "")[kind] if kind != 2 else ""
        row["hopeless"] = ("金额非数字", "金额空缺", "月份不存在")[kind]
        if kind == 2:
            row["period_text"] = f"{int(row['file_year'].iloc[0])}-13"
        row["pay_no"] = ""
        row["uid"] = -1
        parts.append(row)
    return pd.concat([payments, *parts], ignore_index=True)
