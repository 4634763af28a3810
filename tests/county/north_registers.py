"""County A as delivered: registers, policy tables, litter."""

from __future__ import annotations

from typing import Any

from tests.county.grids import Column, Delivered, Row, Sheet
from tests.county.north import numbered
from tests.county.world import World

SOURCES = {
    "police": ("公安", "police"),
    "crematorium": ("殡仪馆", "crematorium"),
    "health": ("卫健", "health"),
}


def person_rows(entries: list[Row]) -> list[Row]:
    """Register rows with the person's name, number and place beside them."""
    found = []
    for entry in entries:
        person = entry["person"]
        found.append({"name": person.name, "id": person.id_no, "sex": person.sex, "birth": person.birth, "town": person.home.town,
                      "village": person.home.village, "household_no": person.home.number, "account": person.account, "amount_fen": 0, **entry})  # fmt: skip
    return found


def day(key: str, form: str) -> Any:
    """A date in a written form; empty stays empty."""
    return lambda row: row[key].strftime(form) if row.get(key) else ""


def hukou(world: World) -> list[Delivered]:
    """One GB18030 file per town."""
    files = []
    columns = [
        Column("户号", "household_no", "household_no"), Column("与户主关系", "relation", "relation"), Column("姓名", "name", "name"), Column("曾用名", "former_name", lambda r: ""),
        Column("性别", "sex", "sex"), Column("民族", "", lambda r: "汉族"), Column("出生日期", "birth_on", day("birth", "%Y%m%d")), Column("公民身份号码", "id", "id"),
        Column("户别", "hukou_kind", lambda r: "农业家庭户口"), Column("住址", "place", lambda r: f"{world.plan.zone}{r['town']}{r['village']}{int(r['household_no'][-3:])}号"),
        Column("何时迁出", "moved_out_on", day("moved_out_on", "%Y%m%d")), Column("迁往何地", "moved_out_to", lambda r: r.get("moved_out_to", "")),
    ]  # fmt: skip
    for town in world.plan.villages:
        rows = [{"name": p.name, "id": p.id_no, "sex": p.sex, "birth": p.birth, "relation": p.relation, "household_no": h.number, "town": town, "village": h.village,
                 "amount_fen": 0, **world.hukou_extra.get(p.id_no, {})} for h in world.households if h.town == town for p in h.members]  # fmt: skip
        files.append(Delivered(f"公安局/常住人口_{town}.csv", "csv-gb", [Sheet("x", columns, rows)], "hukou"))
    return files


def deaths(world: World) -> list[Delivered]:
    """Police, crematorium, hospitals: three forms."""
    rows = person_rows(world.registers.get("death", []))
    by = {source: [row for row in rows if row["source"] == source] for source in SOURCES}
    police = [
        Column("序号", "", "n"), Column("姓名", "name", "name"), Column("性别", "", "sex", also=("sex",)), Column("公民身份号码", "id", "id"), Column("户籍地址", "place", lambda r: r["town"] + r["village"]),
        Column("死亡日期", "died_on", day("died_on", "%Y/%m/%d")), Column("注销日期", "reported_on", lambda r: r["died_on"], also=("cancelled_on",)), Column("注销原因", "", lambda r: "死亡"), Column("派出所", "", lambda r: f"{r['town'][:2]}派出所"),
    ]  # fmt: skip
    burnt = [
        Column("火化编号", "", "n"), Column("逝者姓名", "name", "name"), Column("逝者身份证号", "id", "id"), Column("享年", "", lambda r: r["died_on"].year - r["birth"].year),
        Column("生前住址", "place", lambda r: f"{world.plan.zone}{r['town']}{r['village']}"), Column("死亡时间", "died_on", day("died_on", "%Y年%m月%d日")),
        Column("火化时间", "", lambda r: r["died_on"], also=("reported_on",)), Column("经办亲属", "", lambda r: "家属"), Column("联系电话", "", lambda r: "1390000" + f"{r['n']:04d}"),
    ]  # fmt: skip
    health = [
        Column("报告单位", "", lambda r: "县人民医院"), Column("死者姓名", "name", "name"), Column("死者证件号", "id", "id"), Column("死亡日期时间", "died_on", day("died_on", "%Y-%m-%d 08:30:00")),
        Column("死亡地点", "death_place", lambda r: "医疗卫生机构"), Column("根本死因", "", lambda r: "循环系统疾病"),
    ]  # fmt: skip
    return [
        Delivered(
            "公安局/死亡注销人员.xls",
            "xls",
            [Sheet("Sheet1", police, numbered(by["police"]), [["死亡注销户口人员名单"]])],
            "death",
            {"source": "公安"},
        ),
        Delivered(
            "殡仪馆/火化登记.xlsx",
            "xlsx",
            [Sheet("火化", burnt, numbered(by["crematorium"]))],
            "death",
            {"source": "殡仪馆"},
        ),
        Delivered(
            "卫健局/居民死亡医学证明.csv",
            "csv-bom",
            [Sheet("x", health, by["health"])],
            "death",
            {"source": "卫健"},
        ),
    ]


def member(place: int, field: str) -> Any:
    """Name or number of a household's member at a place, empty when there are fewer."""

    def cell(row: Row) -> str:
        members = row["household"].members
        return str(getattr(members[place], field)) if place < len(members) else ""

    return cell


def enrolments(world: World) -> list[Delivered]:
    """Lists of entitled people, each department in its own form."""
    get = world.registers.get
    files = []
    wide = [
        Column("低保证号", "cert_no", lambda r: f"HY{r['n']:06d}"), Column("乡镇", "place", "town"), Column("村", "place", "village"), Column("户主姓名", "name", "name"),
        Column("户主身份证号", "id", "id"), Column("保障类别", "class", "class"), Column("保障人口", "quantity", "quantity"), Column("批准时间", "approved_on", day("approved_on", "%Y-%m")),
        Column("停保时间", "stop_on", day("stop_on", "%Y-%m-%d"), also=("ended_on",)), Column("停保原因", "stop_reason", lambda r: r.get("stop_reason", "")),
    ]  # fmt: skip
    for place in range(1, 6):
        wide.append(
            Column(
                f"家庭成员{place}姓名",
                "name",
                member(place, "name"),
                also=("",),
            )
        )
        wide.append(
            Column(
                f"家庭成员{place}身份证号",
                "id",
                member(place, "id_no"),
                also=("",),
            )
        )
    rows = numbered(person_rows(get("dibao", [])))
    files.append(
        Delivered(
            "民政/低保/低保家庭基本信息.xlsx",
            "xlsx",
            [Sheet("家庭", wide, rows, [[f"{world.plan.zone}农村低保家庭基本信息表"]])],
            "enrolment",
            {"register": "dibao_rural"},
        )
    )
    simple = [
        Column("序号", "", "n"), Column("乡镇", "place", "town"), Column("村(居)", "place", "village"), Column("供养对象", "name", "name"), Column("身份证号码", "id", "id"),
        Column("自理能力", "class", "class"), Column("纳入供养时间", "approved_on", day("approved_on", "%Y年%m月")), Column("退出时间", "stop_on", day("stop_on", "%Y年%m月%d日"), also=("ended_on",)),
    ]  # fmt: skip
    files.append(
        Delivered(
            "民政/特困供养/分散供养对象名册.xls",
            "xls",
            [Sheet("名册", simple, numbered(person_rows(get("tekun", []))), [["分散供养特困人员名册"]])],
            "enrolment",
            {"register": "tekun"},
        )
    )
    cert = [
        Column("残疾证号", "cert_no", lambda r: r["id"] + ("43" if r["class"] == "三级" else "41")), Column("姓名", "name", "name"), Column("身份证号", "id", "id"), Column("残疾类别", "", "disability", also=("class",)),
        Column("残疾等级", "class", "class"), Column("发证日期", "approved_on", "approved_on"), Column("户籍地", "place", lambda r: r["town"] + r["village"]), Column("证件状态", "", lambda r: "正常"),
    ]  # fmt: skip
    files.append(
        Delivered(
            "残联/持证残疾人库.xlsx",
            "xlsx",
            [Sheet("sheet0", cert, person_rows(get("disability", [])))],
            "enrolment",
            {"register": "disability"},
        )
    )
    old = [
        Column("镇街名称", "place", "town"), Column("村居名称", "place", "village"), Column("老人姓名", "name", "name"), Column("身份证件号码", "id", "id"), Column("年龄段", "class", "class"),
        Column("享受起始年月", "approved_on", day("approved_on", "%Y%m")), Column("停发日期", "stop_on", day("stop_on", "%Y-%m-%d")),
    ]  # fmt: skip
    files.append(
        Delivered(
            "民政/高龄/高龄老人信息.csv",
            "csv-gb",
            [Sheet("x", old, person_rows(get("aged", [])))],
            "enrolment",
            {"register": "aged"},
        )
    )
    moved = [
        Column("村", "place", lambda r: r["town"] + r["village"]),
        Column("移民姓名", "name", "name"),
        Column("公民身份证号", "id", "id"),
        Column("核定时间", "approved_on", day("approved_on", "%Y-%m-%d")),
        Column("原迁出水库", "", lambda r: "青龙水库"),
    ]
    files.append(
        Delivered(
            "水利局/后期扶持人口核定册.xlsx",
            "xlsx",
            [
                Sheet(
                    "核定",
                    moved,
                    person_rows(get("resettler", [])),
                    [["大中型水库农村移民后期扶持人口核定登记册"]],
                )
            ],
            "enrolment",
            {"register": "resettler"},
        )
    )
    reward = [
        Column("镇", "place", "town"),
        Column("村", "place", "village"),
        Column("奖扶对象", "name", "name"),
        Column("身份证号", "id", "id"),
        Column("确认日期", "approved_on", day("approved_on", "%Y.%m.%d")),
        Column("子女情况", "", lambda r: "独女"),
    ]
    files.append(
        Delivered(
            "卫健局/奖扶对象确认名单.xls",
            "xls",
            [
                Sheet(
                    "名单", reward, person_rows(get("fp", [])), [["农村部分计划生育家庭奖励扶助对象确认名单"]]
                )
            ],
            "enrolment",
            {"register": "fp_reward"},
        )
    )
    house = [
        Column("序号", "", "n"),
        Column("乡镇", "place", "town"),
        Column("村", "place", "village"),
        Column("户主", "name", "name"),
        Column("身份证号码", "id", "id"),
        Column("鉴定等级", "class", "class"),
        Column("审批日期", "approved_on", "approved_on"),
        Column("改造方式", "", lambda r: "原址翻建"),
    ]
    files.append(
        Delivered(
            "住建局/历年危改农户档案.xlsx",
            "xlsx",
            [Sheet("档案", house, numbered(person_rows(get("reno", []))), [["农村危房改造农户档案信息"]])],
            "enrolment",
            {"register": "house_reno"},
        )
    )
    pupil = [
        Column("学籍号", "cert_no", lambda r: "G" + r["id"]),
        Column("姓名", "name", "name"),
        Column("身份证件号", "id", "id"),
        Column("学校名称", "", "school", also=("unit",)),
        Column("入学年月", "approved_on", day("approved_on", "%Y%m")),
        Column("家庭住址", "place", lambda r: r["town"] + r["village"]),
    ]
    files.append(
        Delivered(
            "教育局/资助系统受助学生学籍.xls",
            "html",
            [Sheet("x", pupil, person_rows(get("student", [])))],
            "enrolment",
            {"register": "student"},
        )
    )
    forest = [
        Column("退耕户", "name", "name"),
        Column("粮证编号", "cert_no", lambda r: f"LZ{r['n']:05d}"),
        Column("地址", "place", lambda r: r["town"] + r["village"]),
        Column("兑现面积", "quantity", "quantity"),
    ]
    files.append(
        Delivered(
            "自然资源局/退耕还林验收台账.xlsx",
            "xlsx",
            [Sheet("验收", forest, numbered(person_rows(get("forest", []))))],
            "enrolment",
            {"register": "forest", "id": ""},
        )
    )
    plot = [
        Column("承包方代表", "name", "name"),
        Column("承包方证件号码", "id", "id"),
        Column("承包合同编号", "cert_no", lambda r: f"3713270{r['n']:06d}J"),
        Column("所在村组", "place", lambda r: r["town"] + r["village"]),
        Column("确权总面积(亩)", "quantity", "quantity"),
        Column("地块数", "", lambda r: 3),
    ]
    files.append(
        Delivered(
            "农业农村局/土地承包经营权登记簿.xlsx",
            "xlsx",
            [Sheet("登记簿", plot, numbered(person_rows(get("land", []))), [["农村土地承包经营权登记簿"]])],
            "enrolment",
            {"register": "land"},
        )
    )
    return files
