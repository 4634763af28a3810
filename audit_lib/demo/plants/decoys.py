"""What only looks wrong: every trap the rules' notes on false accusations name, with real people in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from audit_lib.demo.population import NEVER
from audit_lib.demo.scene import Scene
from audit_lib.demo.world import DEC_2018, Persons

_DEAD = ("DECEASED_PAID", "NOT_IN_REGISTER")


def plant_decoys_in_payments(scene: Scene) -> None:
    """Traps that change payments: call before accounts and identities are written."""
    _posthumous(scene)
    _instalments(scene)
    _two_plots(scene)
    scene.index()
    _arrears_of_electricity(scene)
    scene.index()
    _reissued(scene)
    _reversed(scene)
    scene.index()


def plant_decoys_in_registers(scene: Scene) -> None:
    """Traps that lie in other departments' files: call after the problems are planted."""
    _deaths(scene)
    _two_death_dates(scene)
    _moves(scene)
    _assets(scene)
    _posts(scene)
    _as_things_are(scene)


def _free(scene: Scene, mask: np.ndarray[tuple[int], np.dtype[np.bool_]], size: int, purpose: str) -> Persons:
    return scene.pick(mask, size, "decoy " + purpose, 1)


def _posthumous(scene: Scene) -> None:
    """Medical bills are settled after death, and lawfully so."""
    world = scene.world
    died = world.column("died_m")
    dead = (
        (died >= 2017 * 12 + 3)
        & (died < 2018 * 12 + 6)
        & ~world.holds("MEDICAL_AID")
        & world.holds("RESIDENT_PENSION")
    )
    rows = scene.payments
    late = rows[(rows["item"] == "MEDICAL_AID") & (rows["m0"] >= 2018 * 12 + 7)]
    late = late[~late["person"].duplicated(keep=False)]
    chosen = _free(scene, dead, 15, "posthumous")
    for person, index in zip(chosen.tolist(), late.index[: len(chosen)], strict=False):
        scene.payments.loc[index, ["person", "owner"]] = person
        scene.payments.loc[index, "site"] = world.column("place")[person]
    scene.add_decoy("死亡后结算的医疗救助", ["DECEASED_PAID"], chosen)


def _split(scene: Scene, index: int, share: float, **second: Any) -> None:
    row = scene.payments.loc[[index]].copy()
    fen = int(row["amount_fen"].iloc[0])
    unit = int(row["rate_fen"].iloc[0]) // 100 or 1
    part = int(fen * share) // unit * unit
    area = float(row["quantity"].iloc[0])
    rate = int(row["rate_fen"].iloc[0])
    scene.payments.loc[index, "amount_fen"] = part
    rest = row.assign(amount_fen=fen - part, **second)
    if area == area:
        scene.payments.loc[index, "quantity"] = round(part / rate, 4)
        rest["quantity"] = round(area - round(part / rate, 4), 4)
    scene.append(rest)


def _instalments(scene: Scene) -> None:
    rows = scene.payments
    for item_id, size, months in (("ARABLE_LAND", 30, 3), ("HOUSE_RENO", 8, 1)):
        mine = rows[(rows["item"] == item_id) & (rows["year"] == 2018) & (rows["m0"] <= 2018 * 12 + 9)]
        chosen = scene.pick(mine["person"].to_numpy(), size, "instalments " + item_id)
        for person in chosen.tolist():
            index = mine.index[mine["person"] == person][0]
            day = scene.payments.loc[index, "paid_on"]
            more: dict[str, Any] = {"paid_on": day + pd.DateOffset(months=months), "purpose": "第二批"}
            if item_id == "HOUSE_RENO":
                more |= {"m0": int(mine.loc[index, "m0"]) + 1, "m1": int(mine.loc[index, "m1"]) + 1}
            scene.payments.loc[index, "purpose"] = "第一批"
            _split(scene, index, 0.6, **more)
        scene.add_decoy(
            f"分两批发放({item_id})", ["DUP_SAME_PERIOD", "RATE_OVER", "HOUSE_RENO_REPEAT"], chosen
        )


def _two_plots(scene: Scene) -> None:
    """Land in two villages: two entries in the register, two payments, one household."""
    rows, world = scene.payments, scene.world
    mine = rows[(rows["item"] == "ARABLE_LAND") & (rows["year"] == 2017)]
    chosen = scene.pick(mine["person"].to_numpy(), 30, "two plots")
    sites = len(np.unique(world.column("place")))
    for person in chosen.tolist():
        index = mine.index[mine["person"] == person][0]
        other = (int(scene.payments.loc[index, "site"]) + 9) % sites
        area = float(scene.payments.loc[index, "quantity"])
        _split(scene, index, 0.6, site=other)
        entries = scene.enrolments
        own = entries.index[(entries["register"] == "land") & (entries["person"] == person)]
        if len(own):
            scene.enrolments.loc[own[0], "quantity"] = round(area * 0.6, 2)
        scene.add_enrolments(
            [
                {
                    "register": "land",
                    "person": person,
                    "quantity": round(area * 0.4, 2) or 0.1,
                    "approved_on": "2016-01-01",
                    "m0": 2016 * 12,
                    "m1": DEC_2018,
                }
            ]
        )
    scene.add_decoy("两村各有承包地", ["DUP_SAME_PERIOD", "RATE_OVER"], chosen)


def _arrears_of_electricity(scene: Scene) -> None:
    rows = scene.payments
    mine = rows[(rows["item"] == "DIBAO_POWER") & (rows["year"] == 2017)]
    chosen = scene.pick(mine["person"].to_numpy(), 25, "electricity arrears")
    merged: list[int] = []
    for person in chosen.tolist():
        both = mine.index[mine["person"] == person]
        if len(both) < 2:
            continue
        total = int(scene.payments.loc[both, "amount_fen"].sum())
        scene.payments.loc[both[1], ["amount_fen", "m0"]] = [total, 2017 * 12]
        scene.payments.loc[both[1], "purpose"] = "补发全年免费电量款"
        merged.append(both[0])
    scene.payments = scene.payments.drop(index=merged).reset_index(drop=True)
    scene.payments["uid"] = np.arange(len(scene.payments))
    scene.add_decoy("全年电量款一次补发(12×8.20)", ["CATEGORY_MIXED", "RATE_OVER", "DUP_SAME_PERIOD"], chosen)


def _system_rows(scene: Scene) -> pd.DataFrame:
    in_system = {item.item_id for item in scene.world.project.items if item.in_system}
    rows = scene.payments
    return rows[rows["item"].isin(in_system) & (rows["status"] == "成功")]


def _reissued(scene: Scene) -> None:
    rng = scene.world.rng("reissued")
    rows = _system_rows(scene)
    rows = rows[rows["item"].isin(["RURAL_DIBAO", "DISABLED_NURSING", "ARABLE_LAND", "RESERVOIR_SUPPORT"])]
    chosen = scene.pick(rows["person"].to_numpy(), 150, "reissued", 2)
    for person in chosen.tolist():
        mine = rows[rows["person"] == person]
        index = mine.index[int(rng.integers(len(mine)))]
        failed = scene.payments.loc[[index]].assign(
            status="失败",
            fail_reason="户名不符",
            paid_on=scene.payments.loc[index, "paid_on"] - pd.Timedelta(days=8),
        )
        before = scene.next_uid
        scene.append(failed)
        scene.payments.loc[index, "reissue_uid"] = before
    scene.add_decoy("发放失败后已补发", ["PAY_FAILED_NOT_REISSUED", "DUP_SAME_PERIOD"], chosen)


def _reversed(scene: Scene) -> None:
    """A payment sent twice by mistake and taken back the same week: both lines are marked 冲销."""
    rows = _system_rows(scene)
    rows = rows[rows["item"].isin(["RURAL_DIBAO", "AGED_ALLOWANCE", "DISABLED_NURSING"])]
    chosen = scene.pick(rows["person"].to_numpy(), 20, "reversed", 1)
    for person in chosen.tolist():
        one = rows[rows["person"] == person].iloc[[0]]
        start = scene.next_uid
        scene.append(one.assign(status="冲销"))
        scene.append(one.assign(status="冲销", amount_fen=-int(one["amount_fen"].iloc[0]), reissue_uid=start))
    scene.add_decoy("误发后冲销", ["DUP_SAME_PERIOD", "PAY_FAILED_NOT_REISSUED", "RATE_OVER"], chosen)


def _deaths(scene: Scene) -> None:
    world, people = scene.world, scene.world.people
    died = world.column("died_m")
    window = (died >= 2017 * 12) & (died <= DEC_2018) & ~scene.busy
    monthly = window & world.holds("RURAL_DIBAO", "RESIDENT_PENSION")
    scene.add_decoy("死亡当月", ["DECEASED_PAID"], _free(scene, monthly, 40, "month of death"))
    quarterly = (
        window
        & world.holds("DISABLED_NURSING", "DISABLED_LIVING", "VETERAN_ELDER", "AGED_ALLOWANCE")
        & (died % 3 < 2)
    )
    scene.add_decoy("死亡后补发此前月份", ["DECEASED_PAID"], _free(scene, quarterly, 20, "arrears"))
    same_year = (died >= 2017 * 12) & (died < 2018 * 12) & world.holds("RESERVOIR_SUPPORT") & ~scene.busy
    scene.add_decoy(
        "水库移民死亡当年", ["MIGRANT_NOT_REDUCED", "DECEASED_PAID"], _free(scene, same_year, 15, "reservoir")
    )
    late = np.flatnonzero(world.marks["late_head"] & world.holds("ARABLE_LAND") & ~scene.busy)
    scene.add_decoy("户主死亡后家庭耕地补贴", ["DECEASED_PAID"], late)
    lived = np.flatnonzero(
        scene.stays & world.holds("RURAL_DIBAO", "VETERAN_ELDER", "RESIDENT_PENSION") & ~scene.busy
    )
    dead = np.flatnonzero(
        (died <= 2018 * 12 + 2) & ~scene.busy & ~world.holds(*[i.item_id for i in world.project.items])
    )
    village = people["village"].to_numpy()
    named = []
    rng = world.rng("namesakes")
    for person in rng.permutation(dead)[: world.count(25, 2)].tolist():
        near = lived[(village[lived] == village[person]) & ~scene.busy[lived]]
        if len(near):
            twin = int(near[int(rng.integers(len(near)))])
            people.loc[person, "name"] = scene.name(twin)
            scene.busy[[person, twin]] = True
            named.append(twin)
    scene.add_decoy("同村同名者死亡", ["DECEASED_PAID"], named)


def _two_death_dates(scene: Scene) -> None:
    """Two sources, two months apart: somebody is wrong, so nobody may be accused."""
    world = scene.world
    chosen = _free(
        scene,
        scene.stays & scene.others_alive & world.holds("RESIDENT_PENSION", "RURAL_DIBAO"),
        20,
        "two dates",
    )
    for n, person in enumerate(chosen.tolist()):
        day = np.datetime64("2018-02-10") + np.timedelta64(n * 5 % 90, "D")
        scene.add_evidence("death", person=person, died_on=day, source="police")
        scene.add_evidence("death", person=person, died_on=day + np.timedelta64(75, "D"), source="health")
    scene.add_decoy("活人被误报死亡,两处日期矛盾", ["DECEASED_PAID"], chosen)


def _moves(scene: Scene) -> None:
    world, people = scene.world, scene.world.people
    inside = _free(scene, scene.stays & world.holds("RESIDENT_PENSION", "RURAL_DIBAO"), 30, "moves inside")
    towns = [town.town_id for town in world.project.towns]
    own = people["town"].to_numpy()
    for n, person in enumerate(inside.tolist()):
        day = np.datetime64("2017-06-15") + np.timedelta64(n * 9 % 400, "D")
        other = towns[(towns.index(own[person]) + 1) % len(towns)]
        scene.add_evidence("move_inside", person=person, on=day, to=other)
    scene.add_decoy("四镇之间迁移", ["MOVED_OUT_PAID"], inside)
    needs = world.holds(*[item.item_id for item in world.project.items if item.hukou_required])
    land = _free(
        scene, scene.stays & scene.others_alive & world.holds("ARABLE_LAND") & ~needs, 30, "land kept"
    )
    for n, person in enumerate(land.tolist()):
        day = np.datetime64("2017-03-01") + np.timedelta64(n * 11 % 300, "D")
        people.loc[person, "moved_out"] = day
        people.loc[person, "moved_m"] = int(day.astype("datetime64[M]").astype(int)) + 1970 * 12
        scene.stays[person] = False
    scene.add_decoy("迁出后保留承包地", ["MOVED_OUT_PAID"], land)
    paid_to_move = world.holds("RESIDENT_PENSION", "RURAL_DIBAO") & (world.column("moved_m") < NEVER)
    scene.add_decoy("迁出次月已停发", ["MOVED_OUT_PAID"], _free(scene, paid_to_move, 20, "moved in time"))


def _assets(scene: Scene) -> None:
    world, age = scene.world, scene.world.age_at(2017)
    grade = world.people["grade"].to_numpy()
    poor = world.holds("RURAL_DIBAO", "TEMP_RELIEF") & scene.stays & (grade == "") & (age > 25) & (age < 66)
    coop = _free(scene, poor, 40, "co-operative")
    for n, person in enumerate(coop.tolist()):
        scene.add_evidence(
            "company",
            person=person,
            company_name=f"临港区丰{'收润泽农禾谷'[n % 6]}{n}种植农民专业合作社",
            company_kind="农民专业合作社",
            uscc=f"93371300MA3{person % 10**6:06d}XX",
            role="成员",
            registered_on=np.datetime64("2014-05-06"),
            company_status="存续",
            capital_fen=0,
            region="临港区市场监督管理局",
        )
    scene.add_decoy("农民专业合作社成员", ["IDENTITY_THEFT_SUSPECT"], coop)
    farm = _free(
        scene,
        world.holds("RURAL_DIBAO", "TEKUN_SCATTERED", "DISABLED_LIVING") & scene.stays,
        40,
        "farm vehicle",
    )
    kinds = (("14", "东方红牌拖拉机"), ("13", "时风牌低速货车"), ("07", "大运牌普通摩托车"))
    for n, person in enumerate(farm.tolist()):
        kind, brand = kinds[n % 3]
        _vehicle(scene, person, n, kind, brand, "正常", "")
    scene.add_decoy("农用车、摩托车", ["IDENTITY_THEFT_SUSPECT"], farm)
    scrapped = _free(scene, world.holds("RURAL_DIBAO", "DISABLED_LIVING") & scene.stays, 20, "scrapped")
    for n, person in enumerate(scrapped.tolist()):
        _vehicle(scene, person, 600 + n, "02", "五菱牌小型客车", "报废", "2016-03-09")
    scene.add_decoy("已报废车辆", ["IDENTITY_THEFT_SUSPECT"], scrapped)
    spared = _free(scene, poor, 6, "suspended sentence")
    for n, person in enumerate(spared.tolist()):
        scene.add_evidence(
            "custody",
            person=person,
            custody_kind="社区矫正(缓刑)",
            started_on=np.datetime64("2017-02-01"),
            ended_on=np.datetime64("2018-08-01"),
        )
        _vehicle(scene, person, 700 + n, "14", "雷沃牌拖拉机", "正常", "")
    scene.add_decoy("缓刑在家", ["IDENTITY_THEFT_SUSPECT", "NOT_IN_REGISTER"], spared)


def _vehicle(scene: Scene, person: int, n: int, kind: str, brand: str, status: str, ended: str) -> None:
    scene.add_evidence(
        "vehicle",
        person=person,
        plate_no=f"鲁Q{n:05d}",
        plate_kind=kind,
        brand=brand,
        registered_on=np.datetime64("2011-07-01"),
        vehicle_status=status,
        ended_on=ended,
        region="临沂市公安局交通警察支队",
    )


def _posts(scene: Scene) -> None:
    world, age = scene.world, scene.world.age_at(2017)
    cadres = np.flatnonzero(world.holds("CADRE_PAY") & ~scene.busy)
    for person in cadres.tolist():
        scene.add_evidence(
            "staff",
            person=person,
            unit="村民委员会",
            post_kind="村干部",
            started_on=np.datetime64("2014-12-01"),
            monthly_pay_fen=0,
        )
    scene.add_decoy("村干部误工补贴", ["STAFF_PAID"], cadres[: world.count(40, 2)])
    means = world.household_of(world.holds("RURAL_DIBAO", "URBAN_DIBAO"))
    helper = scene.stays & world.holds("DISABLED_LIVING", "RESIDENT_PENSION") & ~means & (age < 68)
    helpers = _free(scene, helper, 30, "public welfare post")
    for person in helpers.tolist():
        scene.add_evidence(
            "staff",
            person=person,
            unit="镇社区办",
            post_kind="公益岗位",
            started_on=np.datetime64("2017-03-01"),
            monthly_pay_fen=60_000,
        )
    scene.add_decoy("公益岗位", ["STAFF_PAID"], helpers)
    land = np.flatnonzero(world.marks["payroll"] & world.holds("ARABLE_LAND") & ~scene.busy)[
        : world.count(30, 1)
    ]
    scene.add_decoy("财政供养人员的耕地补贴", ["STAFF_PAID"], land)


def _as_things_are(scene: Scene) -> None:
    """People whose lawful circumstances resemble a problem; nothing has to be changed for them."""
    world, people = scene.world, scene.world.people
    twins = np.flatnonzero(people["is_twin"].to_numpy() & scene.stays & ~scene.busy)
    helped = twins[
        world.holds("STUDENT_PRESCHOOL", "STUDENT_BOARDER", "RESERVOIR_SUPPORT", "STUDENT_SENIOR")[twins]
    ]
    chosen = helped if len(helped) else twins
    scene.add_decoy(
        "双胞胎", ["DUP_SAME_PERIOD", "MULTI_ACCOUNT", "DECEASED_PAID"], chosen[: world.count(40, 2)]
    )
    rise = _free(scene, scene.stays & world.holds("VETERAN_ELDER"), 20, "rise in mid-year")
    scene.add_decoy("年中提标", ["RATE_OVER", "DUP_SAME_PERIOD"], rise)
    spells = world.all_spells()
    dibao = spells[(spells["item"] == "RURAL_DIBAO")].groupby("person")["cls"].nunique()
    changed = dibao.index[dibao > 1].to_numpy()
    changed = changed[scene.stays[changed] & ~scene.busy[changed]]
    scene.add_decoy("年审调整类别", ["RATE_OVER", "NOT_IN_REGISTER"], changed[: world.count(30, 0)])
    other_income = _free(
        scene,
        scene.stays
        & world.holds("RURAL_DIBAO")
        & world.holds("RESIDENT_PENSION", "VETERAN_AID", "FP_REWARD"),
        30,
        "disregarded income",
    )
    scene.add_decoy("优抚金、奖扶金、基础养老金不计入收入", ["INCOME_OVER_PAID"], other_income)
