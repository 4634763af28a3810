"""The other departments' files: mostly ordinary people, so that the planted ones are needles in hay.

Assets and earnings of ordinary people belong to households without any means-tested item, so that
nothing is accused that was not planted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from audit_lib.demo.population import NEVER
from audit_lib.demo.scene import Scene
from audit_lib.demo.world import Mask

UNITS = (
    "临港区教体局",
    "临港区规划建设局",
    "临港区社会事业局",
    "临港区农林水利局",
    "临港区财政审计局",
    "坪上镇中心卫生院",
    "团林镇人民政府",
    "壮岗镇人民政府",
    "朱芦镇人民政府",
)


def make_background(scene: Scene) -> dict[str, pd.DataFrame]:
    """Tables by name: death staff company vehicle property social_ins tax custody account move_inside."""
    ordinary = _ordinary(scene)
    custody = _custody(scene, ordinary)
    ordinary = ordinary & ~scene.world.mask(custody["person"].to_numpy())
    tables = {
        "death": _deaths(scene),
        "staff": _staff(scene),
        "company": _companies(scene, ordinary),
        "vehicle": _vehicles(scene, ordinary),
        "property": _properties(scene, ordinary),
        "social_ins": _insured(scene, ordinary),
        "tax": _taxes(scene, ordinary),
        "custody": custody,
        "account": pd.DataFrame(),
        "move_inside": pd.DataFrame(),
    }
    for name, table in tables.items():
        planted = pd.DataFrame(scene.evidence.get(name, []))
        parts = [part for part in (table, planted) if len(part)]
        merged = pd.concat([part.astype(object) for part in parts], ignore_index=True) if parts else table
        if len(merged):
            order = scene.world.rng(f"order {name}").permutation(len(merged))
            merged = merged.iloc[order].reset_index(drop=True)
        tables[name] = merged
    return tables


def _ordinary(scene: Scene) -> Mask:
    world = scene.world
    means = world.holds(*[item.item_id for item in world.project.items if item.means_tested])
    poor = world.household_of(means | world.marks["poverty"]) | world.holds(
        "DISABLED_NURSING", "DISABLED_LIVING"
    )
    return np.asarray(
        ~poor & scene.stays & ~scene.busy & (world.age_at(2017) >= 21) & (world.age_at(2017) < 70)
    )


def _some(scene: Scene, mask: Mask, share: float, purpose: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    rng = scene.world.rng("background " + purpose)
    chosen = np.flatnonzero(mask & (rng.random(len(mask)) < share))
    return chosen if len(chosen) else np.flatnonzero(mask)[:2]


def _grown_up(scene: Scene, persons: np.ndarray[tuple[int], np.dtype[np.int64]], days: Any) -> Any:
    """Nobody buys a car or a flat before his twentieth birthday."""
    born = scene.world.people["birth"].to_numpy().astype("datetime64[D]")[persons]
    return np.minimum(np.maximum(days, born + np.timedelta64(20 * 366, "D")), np.datetime64("2018-12-28"))


def _deaths(scene: Scene) -> pd.DataFrame:
    """Three registers see most deaths each; the police enter some a few days late."""
    people, rng = scene.world.people, scene.world.rng("death records")
    dead = np.flatnonzero((people["died_m"] < NEVER).to_numpy())
    day = people["died"].to_numpy().astype("datetime64[D]")[dead]
    seen = {
        name: rng.random(len(dead)) < share
        for name, share in (("police", 0.95), ("crematorium", 0.88), ("health", 0.85))
    }
    seen["crematorium"] |= ~seen["police"] & ~seen["health"]
    late = np.where(
        seen["crematorium"] & (rng.random(len(dead)) < 0.1), rng.integers(1, 6, size=len(dead)), 0
    )
    parts = []
    for name, mask in seen.items():
        on = day + np.where(name == "police", late, 0).astype("timedelta64[D]")
        parts.append(pd.DataFrame({"person": dead[mask], "died_on": on[mask], "source": name}))
    return pd.concat(parts, ignore_index=True)


def _staff(scene: Scene) -> pd.DataFrame:
    world, rng = scene.world, scene.world.rng("payroll")
    working = np.flatnonzero(world.marks["staff"] & ~scene.busy)
    retired = np.flatnonzero(world.marks["retired_staff"] & ~scene.busy)
    persons = np.concatenate([working, retired])
    kind = np.where(np.arange(len(persons)) < len(working), "在编", "退休(机关事业)")
    temp = np.arange(len(persons)) < len(working)
    temp &= rng.random(len(persons)) < 0.06
    kind = np.where(temp, "临时聘用", kind)
    start = np.datetime64("1994-03-01") + rng.integers(0, 7500, size=len(persons)).astype("timedelta64[D]")
    return pd.DataFrame(
        {
            "person": persons,
            "unit": np.array(UNITS, dtype=object)[rng.integers(0, len(UNITS), size=len(persons))],
            "post_kind": kind.astype(object),
            "started_on": start,
            "monthly_pay_fen": rng.integers(280_000, 620_000, size=len(persons)) // 100 * 100,
        }
    )


def _companies(scene: Scene, ordinary: Mask) -> pd.DataFrame:
    rng = scene.world.rng("companies")
    persons = _some(scene, ordinary, 0.02, "companies")
    n = len(persons)
    kinds = np.array(["个体工商户", "有限责任公司", "农民专业合作社"], dtype=object)[
        rng.choice(3, size=n, p=[0.6, 0.3, 0.1])
    ]
    words = np.array(list("盛隆达源通汇鑫泰和顺"), dtype=object)
    ending = {"农民专业合作社": "合作社", "个体工商户": "商行", "有限责任公司": "有限公司"}
    names = [
        f"临港区{words[rng.integers(10)]}{words[rng.integers(10)]}{i}号{ending[kind]}"
        for i, kind in enumerate(kinds)
    ]
    return pd.DataFrame(
        {
            "person": persons,
            "company_name": names,
            "company_kind": kinds,
            "uscc": [f"92371300MA3{i:06d}{i % 10}X" for i in range(n)],
            "role": np.where(rng.random(n) < 0.7, "法定代表人", "股东").astype(object),
            "registered_on": _grown_up(
                scene,
                persons,
                np.datetime64("2010-01-01") + rng.integers(0, 3000, size=n).astype("timedelta64[D]"),
            ),
            "company_status": np.array(["存续", "注销", "吊销"], dtype=object)[
                rng.choice(3, size=n, p=[0.8, 0.15, 0.05])
            ],
            "capital_fen": rng.integers(1, 100, size=n) * 1_000_000,
            "region": "临港区市场监督管理局",
        }
    )


def _vehicles(scene: Scene, ordinary: Mask) -> pd.DataFrame:
    rng = scene.world.rng("vehicles")
    persons = _some(scene, ordinary, 0.13, "vehicles")
    n = len(persons)
    pick = rng.choice(3, size=n, p=[0.6, 0.3, 0.1])
    return pd.DataFrame(
        {
            "person": persons,
            "plate_no": [f"鲁Q{chr(65 + i % 26)}{i % 10000:04d}" for i in range(n)],
            "plate_kind": np.array(["02", "07", "13"], dtype=object)[pick],
            "brand": np.array(["五菱牌小型客车", "嘉陵牌普通摩托车", "时风牌低速货车"], dtype=object)[pick],
            "registered_on": _grown_up(
                scene,
                persons,
                np.datetime64("2009-01-01") + rng.integers(0, 3400, size=n).astype("timedelta64[D]"),
            ),
            "vehicle_status": np.where(rng.random(n) < 0.93, "正常", "报废").astype(object),
            "ended_on": "",
            "region": "临沂市公安局交通警察支队",
        }
    )


def _properties(scene: Scene, ordinary: Mask) -> pd.DataFrame:
    rng = scene.world.rng("properties")
    persons = _some(scene, ordinary, 0.05, "properties")
    n = len(persons)
    return pd.DataFrame(
        {
            "person": persons,
            "cert_no": [f"鲁(2016)临港区不动产权第{i:07d}号" for i in range(n)],
            "property_kind": np.where(rng.random(n) < 0.9, "住宅", "商业").astype(object),
            "address": [f"临港区黄海路{1 + i % 90}号{1 + i % 20}号楼{1 + i % 4}单元" for i in range(n)],
            "area_m2": np.round(rng.uniform(60, 140, size=n), 2),
            "acquired_by": np.where(rng.random(n) < 0.8, "购买", "继承").astype(object),
            "registered_on": _grown_up(
                scene,
                persons,
                np.datetime64("2008-01-01") + rng.integers(0, 3600, size=n).astype("timedelta64[D]"),
            ),
        }
    )


def _insured(scene: Scene, ordinary: Mask) -> pd.DataFrame:
    rng = scene.world.rng("insured")
    age = scene.world.age_at(2017)
    persons = _some(scene, ordinary & (age < 58) & ~scene.world.marks["payroll"], 0.10, "insured")
    n = len(persons)
    return pd.DataFrame(
        {
            "person": persons,
            "scheme": "企业职工养老保险",
            "ins_status": np.where(rng.random(n) < 0.9, "参保缴费", "暂停缴费").astype(object),
            "unit": np.where(rng.random(n) < 0.75, "临港区某钢铁有限公司", "灵活就业人员").astype(object),
            "base_fen": rng.integers(2800, 5200, size=n) * 100,
            "pension_fen": 0,
            "started_on": np.datetime64("2008-01-01")
            + rng.integers(0, 3300, size=n).astype("timedelta64[D]"),
            "ended_on": np.datetime64("NaT", "D"),
        }
    )


def _taxes(scene: Scene, ordinary: Mask) -> pd.DataFrame:
    rng = scene.world.rng("taxes")
    persons = np.repeat(_some(scene, ordinary, 0.03, "taxes"), 2)
    n = len(persons)
    return pd.DataFrame(
        {
            "person": persons,
            "tax_year": np.tile([2017, 2018], n // 2),
            "income_fen": rng.integers(12_000, 90_000, size=n) * 100,
            "income_kind": np.where(rng.random(n) < 0.8, "工资薪金所得", "经营所得").astype(object),
            "payer": "临港区某建筑劳务有限公司",
            "region": "国家税务总局临沂临港经济开发区税务局",
        }
    )


def _custody(scene: Scene, ordinary: Mask) -> pd.DataFrame:
    rng = scene.world.rng("custody")
    male = (scene.world.people["sex"] == "男").to_numpy()
    unpaid = ~scene.world.holds(*[item.item_id for item in scene.world.project.items if item.level == "P"])
    persons = _some(scene, ordinary & male & unpaid, 0.0018, "custody")
    start = np.datetime64("2015-01-01") + rng.integers(0, 1300, size=len(persons)).astype("timedelta64[D]")
    return pd.DataFrame(
        {
            "person": persons,
            "custody_kind": np.where(
                rng.random(len(persons)) < 0.7, "有期徒刑(收监)", "社区矫正(缓刑)"
            ).astype(object),
            "started_on": start,
            "ended_on": start + rng.integers(200, 1500, size=len(persons)).astype("timedelta64[D]"),
        }
    )
