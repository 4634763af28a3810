"""Papers of the campaign itself: control totals, bank replies, returned verification sheets, recoveries, visits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from audit_lib.demo.delivery import Delivery, Sheet
from audit_lib.demo.population import places
from audit_lib.demo.register_lists import Writer
from audit_lib.demo.scene import Case, Scene
from audit_lib.demo.texts import day_texts, yuan_numbers, yuan_texts
from audit_lib.demo.verdicts import Recovery
from audit_lib.demo.world import World

TITLES = {
    "DECEASED_PAID": "死亡后仍领取补贴",
    "MOVED_OUT_PAID": "户口迁出仍领取补贴",
    "INCOME_OVER_PAID": "收入超标未退出",
    "STAFF_PAID": "财政供养人员领取补贴",
    "MIGRANT_NOT_REDUCED": "水库移民应核减未核减",
    "HOUSE_RENO_REPEAT": "危房改造重复享受",
    "CATEGORY_MIXED": "混淆发放类别",
    "RATE_OVER": "超标准发放",
    "NOT_IN_REGISTER": "名册外发放",
    "MULTI_ACCOUNT": "一人多卡",
}
RESULTS = {"confirmed": "属实", "partly": "部分属实", "cleared": "不属实"}
YEARS = (2017, 2018, 2019)


def control_totals(world: World, payments: pd.DataFrame) -> pd.DataFrame:
    """Payees, payments and money by item, town and year of service."""
    town_of = np.array([site.town_id for site in places(world.project)], dtype=object)
    paid = payments[(payments["status"] == "成功") & (payments["year"] < 2019)]
    paid = paid.assign(town=town_of[paid["site"]])
    return (
        paid.groupby(["item", "town", "year"], sort=True)
        .agg(payees=("person", "nunique"), payments=("person", "size"), amount_fen=("amount_fen", "sum"))
        .reset_index()
    )


def control_lists(world: World, totals: pd.DataFrame) -> list[Delivery]:
    """One summary per department, as printed (two figures are misprinted)."""
    lists = []
    dept = totals["item"].map({item.item_id: item.dept for item in world.project.items})
    for name, rows in totals.groupby(dept, sort=True):
        items = rows["item"].map({item.item_id: item.name for item in world.project.items})
        towns = rows["town"].map({town.town_id: town.name for town in world.project.towns})
        columns: list[np.ndarray[Any, Any]] = [
            np.arange(1, len(rows) + 1),
            items.to_numpy(dtype=object),
            towns.to_numpy(dtype=object),
            rows["year"].to_numpy(),
            rows["payees"].to_numpy(),
            rows["payments"].to_numpy(),
            yuan_numbers(rows["printed_fen"].to_numpy()),
        ]
        header = ("序号", "补贴项目", "乡镇", "年度", "发放人数(户数)", "发放笔数", "发放金额(元)")
        footer = (
            [
                "合计",
                "",
                "",
                "",
                int(rows["payees"].sum()),
                int(rows["payments"].sum()),
                int(rows["printed_fen"].sum()) / 100,
            ],
            ["填报人:", "", "审核人:"],
        )
        titles = (f"{name}惠民惠农补贴资金发放汇总表(2017—2018年)", "单位:元")
        lists.append(
            Delivery(
                f"对账/{name}_发放汇总表.xlsx", "xlsx", (Sheet("汇总", header, columns, titles, footer),)
            )
        )
    return lists


def bank_lists(payments: pd.DataFrame) -> list[Delivery]:
    """The bank's reply files: what went through and what came back."""
    lists = []
    for year, rows in payments[payments["is_system"]].groupby("file_year", sort=True):
        rows = rows[rows["pay_no"] != ""]
        done = rows["status"].map(
            {"成功": "交易成功", "失败": "交易失败", "退回": "已退回", "冲销": "已冲正"}
        )
        columns: list[np.ndarray[Any, Any]] = [
            np.arange(1, len(rows) + 1),
            rows["account_no"].to_numpy(dtype=object),
            rows["account_name"].to_numpy(dtype=object),
            rows["pay_no"].to_numpy(dtype=object),
            yuan_texts(rows["amount_fen"].to_numpy()),
            done.to_numpy(dtype=object),
            rows["fail_reason"].to_numpy(dtype=object),
        ]
        total = yuan_texts(np.array([int(rows["amount_fen"].sum())]))[0]
        header = ("序号", "账号", "户名", "流水号", "金额", "处理状态", "失败原因")
        lists.append(
            Delivery(
                f"银行/回盘_{year}.txt",
                "text",
                (Sheet("", header, columns),),
                encoding="gbk",
                delimiter="|",
                trailer=f"总笔数|{len(rows)}|总金额|{total}",
                errors="replace",
            )
        )
    return lists


def feedback_lists(scene: Scene) -> list[Delivery]:
    """One workbook per town: what it found out about the cases sent to it; open ones are not on it."""
    lists = []
    for town in scene.world.project.towns:
        cases = [case for case in scene.cases if case.town_id == town.town_id and case.feedback in RESULTS]
        w = Writer(scene.world, f"feedback {town.town_id}")
        order = w.rng.permutation(len(cases))
        cases = [cases[i] for i in order]
        header = (
            "序号",
            "疑点编号",
            "疑点类型",
            "镇",
            "村",
            "姓名",
            "身份证号",
            "补贴项目",
            "核实结果",
            "不属实原因",
            "核实金额(元)",
            "其中:2017年",
            "其中:2018年",
            "其中:2019年",
            "情况说明",
            "佐证附件",
            "核实人",
            "核实日期",
        )
        items = {item.item_id: item.name for item in scene.world.project.items}
        who = np.array([case.person for case in cases], dtype=np.int64)
        named = np.array([case.person_key is not None for case in cases], dtype=bool)

        def texts(values: list[str]) -> np.ndarray[Any, Any]:
            return np.array(values, dtype=object)

        day = np.datetime64("2019-06-12") + w.rng.integers(0, 25, size=len(cases)).astype("timedelta64[D]")
        columns: list[np.ndarray[Any, Any]] = [
            np.arange(1, len(cases) + 1),
            texts([case.finding_id for case in cases]),
            texts([TITLES[case.rule_id] for case in cases]),
            texts([town.name] * len(cases)),
            np.where(named, w.villages(who), "") if len(cases) else texts([]),
            np.where(named, w.names(who), "") if len(cases) else texts([]),
            np.where(named, w.ids(who, 0.0), "") if len(cases) else texts([]),
            texts([items.get(case.item_id or "", "") for case in cases]),
            texts([RESULTS[case.feedback] for case in cases]),
            texts([case.reason for case in cases]),
            texts([_yuan(sum(case.verified.values())) for case in cases]),
            *(texts([_yuan(case.verified.get(year, 0)) for case in cases]) for year in YEARS),
            texts([case.note or "经入户核实,情况属实" for case in cases]),
            texts(
                [
                    f"附件{n:03d}-{'死亡证明' if case.rule_id == 'DECEASED_PAID' else '核查记录'}.pdf"
                    for n, case in enumerate(cases, 1)
                ]
            ),
            texts([("王主任", "李所长", "张干事")[n % 3] for n in range(len(cases))]),
            day_texts(day, 3),
        ]
        titles = (f"{town.name}惠民惠农补贴疑点核查反馈表", "填报单位(盖章):          单位:元")
        sheet = Sheet("反馈", header, columns, titles, (["填报人:", "", "负责人:"],))
        lists.append(Delivery(f"核查反馈/{town.name}_疑点核查反馈表.xlsx", "xlsx", (sheet,)))
    return lists


def _yuan(fen: int) -> str:
    return str(yuan_texts(np.array([fen]), True)[0])


def recovery_list(scene: Scene, entries: list[Recovery]) -> Delivery:
    """The register of money that came back."""
    w = Writer(scene.world, "recovery")
    items = {item.item_id: item.name for item in scene.world.project.items}
    cases: list[Case] = [entry.case for entry in entries]
    who = np.array([case.person for case in cases], dtype=np.int64)
    fen = np.array([entry.fen for entry in entries], dtype=np.int64)
    header = (
        "序号",
        "疑点编号",
        "疑点类型",
        "镇",
        "村",
        "姓名",
        "身份证号",
        "补贴项目",
        "追缴金额(元)",
        "追缴日期",
        "追缴方式",
        "凭证号",
    )
    columns: list[np.ndarray[Any, Any]] = [
        np.arange(1, len(cases) + 1),
        np.array([case.finding_id for case in cases], dtype=object),
        np.array([TITLES[case.rule_id] for case in cases], dtype=object),
        w.towns(who),
        w.villages(who),
        w.names(who),
        w.ids(who),
        np.array([items.get(case.item_id or "", "") for case in cases], dtype=object),
        yuan_numbers(fen),
        day_texts(np.array([entry.on for entry in entries], dtype="datetime64[D]"), 2),
        np.array([entry.method for entry in entries], dtype=object),
        np.array([f"缴2019-{n:04d}" for n in range(1, len(cases) + 1)], dtype=object),
    ]
    footer = (["合计", *[""] * 7, int(fen.sum()) / 100],)
    return Delivery(
        "追缴/追缴登记表.xlsx",
        "xlsx",
        (Sheet("追缴", header, columns, ("追缴资金登记表", "单位:元"), footer),),
    )


def inspection_list(scene: Scene, visits: pd.DataFrame) -> Delivery:
    """Whom the supervisors visited on 9 and 10 July."""
    w = Writer(scene.world, "inspection")
    who = visits["person"].to_numpy()
    result = np.where(
        np.arange(len(who)) % 9 == 8, "补贴标准与公示不一致,已要求镇财政所核对", "信息一致,补贴到位"
    ).astype(object)
    header = ("序号", "乡镇", "村居", "户号", "姓名", "身份证号", "抽查日期", "抽查情况")
    columns: list[np.ndarray[Any, Any]] = [
        np.arange(1, len(who) + 1),
        w.towns(who),
        w.villages(who),
        w.column("household_no", who),
        w.names(who),
        w.ids(who, 0.0),
        day_texts(visits["on"].to_numpy().astype("datetime64[D]"), 4),
        result,
    ]
    return Delivery(
        "督导/督导抽查记录.xlsx", "xlsx", (Sheet("抽查记录", header, columns, ("专项治理督导抽查记录",)),)
    )
