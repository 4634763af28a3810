"""The payment lists: the card system's yearly export, and the towns' own workbooks for the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.delivery import Delivery, Sheet
from audit_lib.demo.population import Place, places
from audit_lib.demo.texts import day_texts, number_texts, period_texts, yuan_numbers, yuan_texts
from audit_lib.demo.world import World

Strings = NDArray[np.object_]
SYSTEM_HEADER = (
    "序号",
    "乡镇",
    "行政村",
    "村组",
    "户号",
    "户主姓名",
    "补贴对象姓名",
    "身份证号码",
    "与户主关系",
    "补贴项目",
    "发放月份",
    "数量",
    "补贴标准",
    "补贴金额",
    "开户银行",
    "银行账号",
    "户名",
    "发放日期",
    "发放状态",
    "失败原因",
    "流水号",
    "原流水号",
    "批次号",
    "联系电话",
    "摘要",
)
SYSTEM_FILES = {
    2017: "发放/一本通系统_发放明细_2017年.csv",
    2018: "发放/一本通系统_发放明细_2018年.csv",
    2019: "发放/一本通系统_发放明细_2019年延伸核查.csv",
}
BANK = "临沂农村商业银行"
#: headers of the towns' workbooks; every town has its own habits
TOWN_HEADERS = {
    "pingshang": (
        "序号",
        "乡镇",
        "村名",
        "姓名",
        "身份证号",
        "补贴项目",
        "所属期",
        "发放金额(元)",
        "银行账号",
        "户名",
        "开户行",
        "发放日期",
        "备注",
    ),
    "tuanlin": (
        "序号",
        "镇",
        "村居",
        "姓  名",
        "身份证号码",
        "项目名称",
        "年月",
        "实发金额",
        "一卡通账号",
        "户名",
        "开户银行",
        "发放时间",
        "备注",
    ),
    "zhuanggang": (
        "序号",
        "乡镇",
        "行政村",
        "领款人",
        "公民身份号码",
        "补贴项目",
        "发放月份",
        "补助金额(元)",
        "打款账号",
        "账户名",
        "开户行",
        "打款日期",
        "备注",
    ),
    "zhulu": (
        "序号",
        "镇街",
        "村(社区)",
        "补贴对象",
        "证件号码",
        "项目",
        "所属期",
        "金额\n(元)",
        "存折账号",
        "户名",
        "开户银行",
        "到账日期",
        "备注",
    ),
}
_DEFAULT_HEADER = TOWN_HEADERS["pingshang"]


def village_texts(world: World, sites: NDArray[np.int64], rng: np.random.Generator) -> Strings:
    """The village as a clerk writes it: mostly the official name, sometimes a short or natural village's one."""
    known = places(world.project)
    official = np.array([site.village for site in known], dtype=object)
    natural = np.array([site.natural for site in known], dtype=object)
    short = np.array([site.village.removesuffix("社区") + "村" for site in known], dtype=object)
    draw = rng.random(len(sites))
    return np.where(draw < 0.9, official[sites], np.where(draw < 0.95, short[sites], natural[sites]))


#: file, sheet, row and true number of rows whose identity was damaged
DamagedRows = list[tuple[str, str, int, str]]


def system_lists(world: World, payments: pd.DataFrame, damaged: DamagedRows) -> list[Delivery]:
    """One CSV per year. ``payments`` must carry ``file_year``, ``pay_no`` and the written identity."""
    lists = []
    for year, rows in payments.groupby("file_year", sort=True):
        delivery = _system_list(world, int(str(year)), rows)
        _note(world, delivery.path, delivery.sheets[0], rows, damaged)
        lists.append(delivery)
    return lists


def _note(world: World, path: str, sheet: Sheet, rows: pd.DataFrame, damaged: DamagedRows) -> None:
    ids = world.people["id_no"].to_numpy()
    person = rows["person"].to_numpy()
    for i in np.flatnonzero((rows["error"] != "").to_numpy()).tolist():
        damaged.append((path, sheet.name, sheet.row_of(i), str(ids[person[i]])))


def _system_list(world: World, year: int, rows: pd.DataFrame) -> Delivery:
    rng, people = world.rng(f"system {year}"), world.people
    person = rows["person"].to_numpy()
    head = world.column("head")[person]
    name = people["name"].to_numpy()
    sites = places(world.project)
    town = np.array([site.town for site in sites], dtype=object)
    natural = np.array([site.natural for site in sites], dtype=object)
    titles = {item.item_id: item.name for item in world.project.items}
    style = pd.factorize(rows["item"], sort=True)[0] % 5
    quantity = rows["quantity"].to_numpy(dtype=float)
    columns: list[np.ndarray[Any, Any]] = [
        np.arange(1, len(rows) + 1),
        town[rows["site"]],
        village_texts(world, rows["site"].to_numpy(), rng),
        natural[rows["site"]],
        people["household_no"].to_numpy()[person],
        name[head],
        rows["name_out"].to_numpy(),
        rows["id_out"].to_numpy(),
        people["relation"].to_numpy()[person],
        rows["item"].map(titles).to_numpy(dtype=object),
        _or_given(
            rows["period_text"],
            period_texts(
                rows["m0"].to_numpy(), rows["m1"].to_numpy(), np.zeros(len(rows), dtype=bool), style
            ),
        ),
        number_texts(quantity),
        np.where(rows["rate_fen"] > 0, yuan_texts(rows["rate_fen"].to_numpy()), ""),
        np.where(
            rows["amount_text"] != "",
            rows["amount_text"],
            yuan_texts(rows["amount_fen"].to_numpy(), year == 2018),
        ),
        np.full(len(rows), BANK, dtype=object),
        rows["account_no"].to_numpy(),
        rows["account_name"].to_numpy(),
        day_texts(rows["paid_on"].to_numpy(), {2017: 0, 2018: 2}.get(year, 1)),
        rows["status"].to_numpy(),
        rows["fail_reason"].to_numpy(),
        rows["pay_no"].to_numpy(),
        rows["reissue_of"].to_numpy(),
        rows["batch_no"].to_numpy(),
        people["phone"].to_numpy()[head],
        rows["purpose"].to_numpy(),
    ]
    return Delivery(SYSTEM_FILES[year], "csv", (Sheet("", SYSTEM_HEADER, columns),), encoding="gb18030")


def _or_given(given: pd.Series, usual: Strings) -> Strings:
    """What was put in by hand, else the usual text."""
    return np.asarray(np.where(given != "", given, usual), dtype=object)


def town_workbooks(world: World, payments: pd.DataFrame, damaged: DamagedRows) -> list[Delivery]:
    """One workbook per town, item and year, one sheet per village, with titles, totals and signatures."""
    sites = places(world.project)
    town_of = np.array([site.town_id for site in sites], dtype=object)
    payments = payments.assign(town=town_of[payments["site"]])
    groups = payments.groupby(["town", "item", "file_year"], sort=True)
    return [
        _workbook(world, sites, str(key[0]), str(key[1]), int(str(key[2])), rows, damaged)
        for key, rows in groups
    ]


def _workbook(
    world: World,
    sites: list[Place],
    town_id: str,
    item_id: str,
    year: int,
    rows: pd.DataFrame,
    damaged: DamagedRows,
) -> Delivery:
    town, item = world.project.town_by_id[town_id].name, world.item(item_id)
    village_of = np.array([site.village for site in sites], dtype=object)
    rng = world.rng(f"book {town_id} {item_id} {year}")
    path = f"发放/系统外/{town}/{year}年_{_file_word(item.name)}.xlsx"
    sheets: list[Sheet] = []
    style = int(rng.integers(5))
    day_style = int(rng.integers(5))
    for village, mine in rows.groupby(village_of[rows["site"]], sort=True):
        person = mine["person"].to_numpy()
        total = int(mine.loc[mine["amount_text"] == "", "amount_fen"].sum())
        as_text = town_id == "zhulu"
        amount = (
            yuan_texts(mine["amount_fen"].to_numpy(), True)
            if as_text
            else yuan_numbers(mine["amount_fen"].to_numpy())
        )
        if (mine["amount_text"] != "").any():
            amount = np.where(
                mine["amount_text"] != "", mine["amount_text"], yuan_texts(mine["amount_fen"].to_numpy())
            )
        periods = period_texts(
            mine["m0"].to_numpy(),
            mine["m1"].to_numpy(),
            np.full(len(mine), item.freq == "term"),
            np.full(len(mine), style),
        )
        columns: list[np.ndarray[Any, Any]] = [
            np.arange(1, len(mine) + 1),
            np.full(len(mine), town, dtype=object),
            village_texts(world, mine["site"].to_numpy(), rng),
            mine["name_out"].to_numpy(),
            mine["id_out"].to_numpy(),
            np.full(
                len(mine),
                item.name if town_id != "tuanlin" or not item.aliases else item.aliases[0],
                dtype=object,
            ),
            _or_given(mine["period_text"], periods),
            amount,
            mine["account_no"].to_numpy(),
            mine["account_name"].to_numpy(),
            np.full(len(mine), BANK, dtype=object),
            day_texts(mine["paid_on"].to_numpy(), day_style),
            mine["purpose"].to_numpy(),
        ]
        header: tuple[str, ...] = TOWN_HEADERS.get(town_id, _DEFAULT_HEADER)
        if item.level == "H":
            header = (*header, "户号")
            columns.append(world.people["household_no"].to_numpy()[person])
        printed = [yuan_texts(np.array([total]), True)[0] if as_text else total / 100]
        footer = (
            ["合计", "", "", "", "", "", "", *printed],
            [f"制表人:{_clerk(rng)}", "", "", f"审核人:{_clerk(rng)}"],
        )
        titles = [f"{town}{year}年{item.name}发放明细表"]
        if town_id != "zhuanggang":
            titles.append(f"编制单位:{town}{item.office}    编制日期:{year}年12月31日    单位:元")
        if town_id == "tuanlin":
            titles.insert(0, "")
        blank = 400 if town_id in ("pingshang", "zhulu") else 0
        sheets.append(Sheet(str(village), header, columns, tuple(titles), footer, blank))
        _note(world, path, sheets[-1], mine, damaged)
    return Delivery(path, "xlsx", tuple(sheets))


def _clerk(rng: np.random.Generator) -> str:
    return "王李张刘陈"[int(rng.integers(5))] + ("会计" if rng.random() < 0.5 else "主任")


def _file_word(name: str) -> str:
    return name.replace("(", "_").replace(")", "")
