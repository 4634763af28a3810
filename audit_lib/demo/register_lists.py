"""The registers: who is on which list, in the shapes the departments use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.damage import respell_id
from audit_lib.demo.delivery import Delivery, Sheet
from audit_lib.demo.population import places
from audit_lib.demo.scene import Scene
from audit_lib.demo.texts import day_texts, number_texts, yuan_texts
from audit_lib.demo.world import World

Strings = NDArray[np.object_]
Columns = list[np.ndarray[Any, Any]]


class Writer:
    """Names, numbers and places of people as one department writes them."""

    def __init__(self, world: World, purpose: str) -> None:
        self.world, self.rng = world, world.rng("register " + purpose)
        sites = places(world.project)
        self._town = np.array([site.town for site in sites], dtype=object)
        self._village = np.array([site.village for site in sites], dtype=object)
        self._natural = np.array([site.natural for site in sites], dtype=object)

    def ids(self, persons: NDArray[np.int64], old_share: float = 0.004) -> Strings:
        """Card numbers, a few of them still in the form of 15 digits."""
        ids = self.world.people["id_no"].to_numpy()[persons].copy()
        for i in np.flatnonzero(self.rng.random(len(ids)) < old_share):
            ids[i] = respell_id("old15", str(ids[i]))
        return np.asarray(ids)

    def names(self, persons: NDArray[np.int64]) -> Strings:
        """Names as registered."""
        return np.asarray(self.world.people["name"].to_numpy()[persons])

    def column(self, name: str, persons: NDArray[np.int64]) -> Strings:
        """A column of people."""
        return np.asarray(self.world.people[name].to_numpy()[persons])

    def towns(self, persons: NDArray[np.int64]) -> Strings:
        """Town names."""
        return np.asarray(self._town[self.column("place", persons).astype(int)])

    def villages(self, persons: NDArray[np.int64]) -> Strings:
        """Administrative villages."""
        return np.asarray(self._village[self.column("place", persons).astype(int)])

    def naturals(self, persons: NDArray[np.int64]) -> Strings:
        """Natural villages."""
        return np.asarray(self._natural[self.column("place", persons).astype(int)])

    def addresses(self, persons: NDArray[np.int64]) -> Strings:
        """Full addresses."""
        site = self.column("place", persons).astype(int)
        number = (
            pd.Series(self.column("hh", persons).astype(int) % 300 + 1).astype(str).to_numpy(dtype=object)
        )
        return np.asarray(
            "山东省临沂市临港区"
            + self._town[site]
            + self._village[site]
            + self._natural[site]
            + number
            + "号"
        )


def _numbered(header: Sequence[str], columns: Columns) -> tuple[tuple[str, ...], Columns]:
    return ("序号", *header), [np.arange(1, len(columns[0]) + 1), *columns]


def _file(
    path: str,
    kind: Literal["csv", "xlsx", "xls"],
    header: Sequence[str],
    columns: Columns,
    titles: Sequence[str] = (),
    encoding: str = "utf-8-sig",
    sheet: str = "Sheet1",
) -> Delivery:
    head, cells = _numbered(header, columns)
    return Delivery(path, kind, (Sheet(sheet, head, cells, tuple(titles)),), encoding=encoding)


def hukou_list(scene: Scene, moves: pd.DataFrame) -> Delivery:
    """The police's register of residents, those who died or left included; a move inside makes two rows."""
    world, w = scene.world, Writer(scene.world, "hukou")
    people = world.people
    persons = np.arange(len(people))
    towns = {town.town_id: town for town in world.project.towns}
    moved = (
        dict(zip(moves["person"].astype(int), zip(moves["on"], moves["to"], strict=True), strict=True))
        if len(moves)
        else {}
    )
    extra = np.array(sorted(moved), dtype=np.int64)
    every = np.concatenate([persons, extra])
    second = np.arange(len(every)) >= len(persons)
    died = people["died"].to_numpy().astype("datetime64[D]")[every]
    out = people["moved_out"].to_numpy().astype("datetime64[D]")[every]
    out_to = np.where(
        np.isnat(out),
        "",
        np.array(
            ["山东省青岛市黄岛区", "山东省日照市岚山区", "江苏省连云港市赣榆区", "山东省临沂市兰山区"],
            dtype=object,
        )[every % 4],
    )
    inn = np.full(len(every), np.datetime64("NaT", "D"))
    town, village, natural = w.towns(every), w.villages(every), w.naturals(every)
    household = w.column("household_no", every)
    for i, person in enumerate(every.tolist()):
        if person not in moved:
            continue
        day, to = moved[person]
        if second[i]:
            new = towns[to].villages[0]
            inn[i] = day
            town[i], village[i] = towns[to].name, new.name
            natural[i] = (new.natural or [new.name])[0]
            household[i] = f"H{new.village_id}9{person:06d}"
        else:
            out[i], out_to[i] = day, f"临港区{towns[to].name}"
    # the police strike most of the dead off within weeks, some never
    struck = ~np.isnat(died) & (world.rng("struck off").random(len(every)) < 0.9)
    cancelled = died + np.timedelta64(20, "D")
    cancelled[~struck] = np.datetime64("NaT", "D")
    header = (
        "户号",
        "户主或与户主关系",
        "姓名",
        "曾用名",
        "性别",
        "民族",
        "出生日期",
        "身份证号",
        "户口类别",
        "乡镇",
        "行政村",
        "村组",
        "迁入日期",
        "迁出日期",
        "迁往何地",
        "注销日期",
        "注销原因",
    )
    columns: Columns = [
        household,
        w.column("relation", every),
        w.names(every),
        w.column("former_name", every),
        w.column("sex", every),
        np.full(len(every), "汉族", dtype=object),
        day_texts(people["birth"].to_numpy().astype("datetime64[D]")[every], 1),
        w.ids(every, 0.0),
        w.column("hukou_kind", every),
        town,
        village,
        natural,
        day_texts(inn, 1),
        day_texts(out, 1),
        out_to.astype(object),
        day_texts(cancelled, 1),
        np.where(struck, "死亡", "").astype(object),
    ]
    return Delivery("登记/公安_户籍人口.csv", "csv", (Sheet("", header, columns),), encoding="gb18030")


def death_lists(scene: Scene, deaths: pd.DataFrame) -> list[Delivery]:
    """Police, crematorium and health, each in its own way."""
    w = Writer(scene.world, "deaths")
    lists = []
    for source in ("police", "crematorium", "health"):
        mine = deaths[deaths["source"] == source]
        who = mine["person"].to_numpy().astype(np.int64)
        day = pd.to_datetime(mine["died_on"]).to_numpy().astype("datetime64[D]")
        if source == "police":
            header: tuple[str, ...] = (
                "姓名",
                "性别",
                "身份证号",
                "户籍地址",
                "死亡日期",
                "注销日期",
                "注销原因",
                "派出所",
            )
            columns: Columns = [
                w.names(who),
                w.column("sex", who),
                w.ids(who),
                w.addresses(who),
                day,
                day + np.timedelta64(20, "D"),
                np.full(len(who), "死亡", dtype=object),
                w.towns(who) + "派出所",
            ]
            lists.append(
                _file(
                    "登记/公安_死亡注销.xlsx",
                    "xlsx",
                    header,
                    columns,
                    ["死亡人员户口注销登记表"],
                    sheet="注销",
                )
            )
        elif source == "crematorium":
            header = ("逝者姓名", "身份证号", "年龄", "住址", "死亡时间", "火化时间", "家属姓名", "电话")
            head = w.column("head", who).astype(int)
            age = np.array(
                [
                    f"{y}"
                    for y in (
                        day.astype("datetime64[Y]").astype(int)
                        + 1970
                        - pd.DatetimeIndex(w.column("birth", who)).year
                    )
                ],
                dtype=object,
            )
            columns = [
                w.names(who),
                w.ids(who),
                age,
                w.addresses(who),
                day_texts(day, 3),
                day_texts(np.asarray(day + np.timedelta64(2, "D"), dtype="datetime64[D]"), 3),
                w.names(head),
                w.column("phone", head),
            ]
            lists.append(
                _file(
                    "登记/殡仪馆_火化登记.xls",
                    "xls",
                    header,
                    columns,
                    ["临港区殡仪馆火化登记台账"],
                    sheet="火化",
                )
            )
        else:
            header = ("姓名", "身份证号", "死亡日期", "死亡地点", "报告单位")
            place = np.array(["家中", "医院", "来院途中"], dtype=object)[who % 3]
            columns = [w.names(who), w.ids(who, 0.01), day_texts(day, 4), place, w.towns(who) + "卫生院"]
            lists.append(_file("登记/卫健_死因监测.csv", "csv", header, columns))
    return lists


#: register → file, kind, caption of the class column, caption of the quantity column, one file per town
_ENROLMENTS: dict[str, tuple[str, Literal["csv", "xlsx", "xls"], str, str, bool]] = {
    "dibao_rural": ("登记/民政_农村低保名册_{town}.xlsx", "xlsx", "保障类别", "保障人口", True),
    "dibao_urban": ("登记/民政_城市低保名册.xlsx", "xlsx", "保障类别", "保障人口", False),
    "tekun": ("登记/民政_特困人员名册.xlsx", "xlsx", "供养方式", "", False),
    "orphan": ("登记/民政_孤儿名册.xlsx", "xlsx", "类别", "", False),
    "aged": ("登记/民政_高龄名册.xlsx", "xlsx", "档次", "", False),
    "disability": ("登记/残联_残疾人名册.csv", "csv", "残疾等级", "", False),
    "veteran": ("登记/退役军人_优抚对象名册.xlsx", "xlsx", "优抚类别", "", False),
    "veteran_elder": ("登记/退役军人_老年退役士兵名册.xlsx", "xlsx", "类别", "", False),
    "fp_reward": ("登记/卫计_计生奖扶名册.xlsx", "xlsx", "", "", False),
    "fp_special": ("登记/卫计_计生特扶名册.xlsx", "xlsx", "类别", "", False),
    "only_child": ("登记/卫计_独生子女父母名册.csv", "csv", "", "", False),
    "resettler": ("登记/移民_后期扶持人口名册.csv", "csv", "", "", False),
    "house_reno": ("登记/建设_危房改造名册.xls", "xls", "危房等级", "", False),
    "relocation": ("登记/扶贫_易地搬迁名册.xlsx", "xlsx", "类别", "", False),
    "poverty": ("登记/扶贫_建档立卡名册.csv", "csv", "人群类别", "", False),
    "land": ("登记/农业_耕地面积清册_{town}.xlsx", "xlsx", "", "确权面积", True),
    "large_grower": ("登记/农业_种粮大户名册.xlsx", "xlsx", "", "核定面积", False),
    "forest_green": ("登记/林业_退耕还林名册.xlsx", "xlsx", "", "核定面积", False),
    "forest_eco": ("登记/林业_公益林名册.xlsx", "xlsx", "", "核定面积", False),
    "old_party": ("登记/组织_老党员名册.xlsx", "xlsx", "类别", "", False),
    "retired_cadre": ("登记/组织_离任村干部名册.xlsx", "xlsx", "类别", "", False),
    "cadre": ("登记/组织_在职村干部名册.xlsx", "xlsx", "职务类别", "", False),
    "student": ("登记/教体_学生资助名册.csv", "csv", "学段", "", False),
    "resident_pension": ("登记/人社_城乡居保待遇领取.csv", "csv", "档次", "", False),
    "village_doctor": ("登记/卫计_乡村医生名册.xlsx", "xlsx", "类别", "", False),
}
_START = {"house_reno": "验收日期", "fp_reward": "批准日期", "fp_special": "批准日期", "poverty": "认定日期"}


def enrolment_lists(scene: Scene) -> list[Delivery]:
    """Every register; those with one file per town have one sheet per village."""
    lists = []
    for register, (path, kind, cls, quantity, by_town) in _ENROLMENTS.items():
        rows = scene.enrolments[scene.enrolments["register"] == register]
        w = Writer(scene.world, register)
        if not by_town:
            rows = rows.iloc[w.rng.permutation(len(rows))]
            header, columns = _entries(scene, w, register, rows, cls, quantity)
            title = [path.split("_")[1].split(".")[0]] if kind != "csv" else []
            encoding = "gb18030" if register in ("disability", "only_child", "student") else "utf-8-sig"
            lists.append(_file(path, kind, header, columns, title, encoding=encoding))
            continue
        place = scene.world.column("place")[rows["person"]]
        sites = places(scene.world.project)
        town_of = np.array([site.town for site in sites], dtype=object)[place]
        village_of = np.array([site.village for site in sites], dtype=object)[place]
        for town in scene.world.project.towns:
            sheets = []
            for village in town.villages:
                mine = rows[(town_of == town.name) & (village_of == village.name)]
                if len(mine) == 0:
                    continue
                header, columns = _entries(scene, w, register, mine, cls, quantity)
                head, cells = _numbered(header, columns)
                caption = "农村低保对象名册" if register == "dibao_rural" else "耕地地力保护补贴面积清册"
                sheets.append(Sheet(village.name, head, cells, (f"{town.name}{village.name}{caption}",)))
            if sheets:
                lists.append(Delivery(path.format(town=town.name), "xlsx", tuple(sheets)))
    return lists


def _entries(
    scene: Scene, w: Writer, register: str, rows: pd.DataFrame, cls: str, quantity: str
) -> tuple[list[str], Columns]:
    who = rows["person"].to_numpy()
    header = ["乡镇", "行政村", "户号", "姓名", "身份证号"]
    columns: Columns = [
        w.towns(who),
        w.villages(who),
        w.column("household_no", who),
        w.names(who),
        w.ids(who),
    ]
    if cls:
        header.append(cls if cls != "职务类别" else "类别")
        columns.append(rows["cls"].to_numpy(dtype=object))
    if quantity:
        header.append(quantity)
        amount = rows["quantity"].to_numpy(dtype=float)
        if quantity == "保障人口":
            amount = _insured(scene, register, who).astype(float)
        columns.append(number_texts(amount))
    if register == "disability":
        header.append("残疾证号")
        columns.append(
            np.array(
                [
                    f"{number}4{'一二三四'.index(str(c)[0]) + 1 if c else 3}"
                    for number, c in zip(w.column("id_no", who), rows["cls"], strict=True)
                ],
                dtype=object,
            )
        )
    style = len(register) % 5
    spreadsheet = _ENROLMENTS[register][1] == "xlsx"
    for caption, name in (
        (_START.get(register, "享受起始时间"), "approved_on"),
        ("享受终止时间", "ended_on"),
        ("停发日期", "stop_on"),
    ):
        days = rows[name].to_numpy().astype("datetime64[D]")
        header.append(caption)
        columns.append(days if spreadsheet and style % 2 else day_texts(days, style))
    header.append("停发原因")
    columns.append(rows["stop_reason"].to_numpy(dtype=object))
    return header, columns


def _insured(scene: Scene, register: str, who: NDArray[np.int64]) -> NDArray[np.int64]:
    hh = scene.world.column("hh")
    entries = scene.enrolments[scene.enrolments["register"] == register]
    per_household = np.bincount(hh[entries["person"].unique()], minlength=hh.max() + 1)
    return np.asarray(per_household[hh[who]])


def other_lists(scene: Scene, tables: dict[str, pd.DataFrame]) -> list[Delivery]:
    """Payroll, companies, vehicles, property, insurance, tax, custody, accounts."""
    shapes: dict[str, tuple[str, Literal["csv", "xlsx", "xls"], dict[str, str], str]] = {
        "staff": (
            "登记/财政_财政供养人员.xlsx",
            "xlsx",
            {
                "工作单位": "unit",
                "人员性质": "post_kind",
                "起始日期": "started_on",
                "月工资": "monthly_pay_fen",
            },
            "utf-8",
        ),
        "company": (
            "登记/市场监管_市场主体人员.csv",
            "csv",
            {
                "统一社会信用代码": "uscc",
                "企业名称": "company_name",
                "企业类型": "company_kind",
                "职务类型": "role",
                "出资额": "capital_fen",
                "成立日期": "registered_on",
                "经营状态": "company_status",
                "登记机关": "region",
            },
            "utf-8-sig",
        ),
        "vehicle": (
            "登记/车管_机动车.csv",
            "csv",
            {
                "初次登记时间": "registered_on",
                "车辆品牌": "brand",
                "车牌号": "plate_no",
                "号牌种类": "plate_kind",
                "车辆状态": "vehicle_status",
                "报废日期": "ended_on",
                "发证机关": "region",
            },
            "gb18030",
        ),
        "property": (
            "登记/不动产_登记.csv",
            "csv",
            {
                "房产登记日": "registered_on",
                "产权证号": "cert_no",
                "房屋用途": "property_kind",
                "房屋坐落": "address",
                "建筑面积": "area_m2",
                "取得方式": "acquired_by",
            },
            "utf-8-sig",
        ),
        "social_ins": (
            "登记/社保_职工养老.csv",
            "csv",
            {
                "险种类型": "scheme",
                "参保状态": "ins_status",
                "单位名称": "unit",
                "缴费基数": "base_fen",
                "月养老金": "pension_fen",
                "起始日期": "started_on",
                "停保日期": "ended_on",
            },
            "gb18030",
        ),
        "tax": (
            "登记/税务_申报.csv",
            "csv",
            {
                "申报年度": "tax_year",
                "收入额": "income_fen",
                "所得项目": "income_kind",
                "扣缴义务人": "payer",
                "主管税务机关": "region",
            },
            "utf-8-sig",
        ),
        "custody": (
            "登记/司法_服刑人员.xlsx",
            "xlsx",
            {"执行方式": "custody_kind", "收监日期": "started_on", "释放日期": "ended_on"},
            "utf-8",
        ),
        "account": (
            "登记/银行_账户信息.csv",
            "csv",
            {
                "账号": "account_no",
                "账户类型": "account_kind",
                "账户状态": "account_status",
                "开户日期": "opened_on",
                "销户日期": "closed_on",
                "换卡新账号": "replaced_by",
            },
            "gb18030",
        ),
    }
    owner = {
        "vehicle": ("车辆所有人", "身份证号"),
        "property": ("产权所有人", "身份证号"),
        "account": ("户名", "证件号码"),
        "company": ("姓名", "证件号码"),
    }
    lists = []
    for table, (path, kind, captions, encoding) in shapes.items():
        rows, w = tables[table], Writer(scene.world, table)
        who = rows["person"].to_numpy().astype(np.int64)
        name, number = owner.get(table, ("姓名", "身份证号"))
        columns: Columns = [w.names(who), w.ids(who)]
        columns += [_cells(rows.get(source), len(rows), source) for source in captions.values()]
        lists.append(_file(path, kind, [name, number, *captions], columns, encoding=encoding))
    return lists


def _cells(values: pd.Series | None, size: int, name: str) -> np.ndarray[Any, Any]:
    if values is None:
        return np.full(size, "", dtype=object)
    known = [
        None if value is None or value is pd.NaT or value != value else value for value in values.tolist()
    ]
    if name.endswith("_fen"):
        return yuan_texts(np.array([int(value or 0) for value in known], dtype=np.int64))
    if name.endswith("_on"):
        return day_texts(np.array([np.datetime64(value or "NaT", "D") for value in known]), 0)
    return np.array(["" if value is None else str(value) for value in known], dtype=object)
