"""County C as delivered: policy tables, what comes along, and everything together."""

from __future__ import annotations

from tests.county import west, west_registers
from tests.county.grids import Column, Delivered, Sheet
from tests.county.world import World
from tests.county.writers import render


def policies(world: World) -> list[Delivered]:
    """The county's own policy tables."""
    freq = {
        "month": "按月发放",
        "quarter": "按季度发放",
        "half": "按半年发放",
        "year": "按年度发放",
        "once": "一次性",
        "event": "不定期",
        "term": "按学期",
    }
    items = [{"n": i, "name": p.name, "doc": p.doc_no, "dept": p.dept, "freq": freq[p.freq], "level": "户" if p.level == "H" else "人", "system": "是" if p.system else "否", "amount_fen": 0,
              "standard": ",".join(f"{c}{spans[-1][1] / 100:g}元" for c, spans in p.rates.items())} for i, p in enumerate(world.plan.items, 1)]  # fmt: skip
    policy = [
        Column("序号", "", "n"),
        Column("补贴资金名称", "", "name"),
        Column("业务主管部门", "", "dept"),
        Column("政策依据(文号)", "", "doc"),
        Column("补贴对象(人/户)", "", "level"),
        Column("现行标准", "", "standard"),
        Column("发放时间", "", "freq"),
        Column("纳入一卡通", "", "system"),
    ]
    rates = [{"name": p.name, "class": c or "不分类", "from": f"{first[:4]}年{int(first[5:])}月", "fen": fen, "doc": p.doc_no, "amount_fen": 0,
              "unit": {"person_month": "元/人·月", "household_month": "元/户·月", "mu": "元/亩", "person_half": "元/人·半年", "person_year": "元/人·年", "person_term": "元/人·学期", "once": "元/户"}[p.unit]}
             for p in world.plan.items if p.rate_check != "none" for c, spans in p.rates.items() for first, fen in spans]  # fmt: skip
    standard = [
        Column("补贴资金名称", "", "name"),
        Column("对象类别", "", "class"),
        Column("补贴标准", "", lambda r: r["fen"] / 100),
        Column("计量单位", "", "unit"),
        Column("执行时间", "", "from"),
        Column("依据文件", "", "doc"),
    ]
    pairs = [{"a": world.plan.item(e.a).name, "b": world.plan.item(e.b).name, "scope": "同一人" if e.scope == "person" else "同一户", "relation": "不得重复享受" if e.relation == "forbid" else "就高享受一项", "doc": e.doc_no, "amount_fen": 0} for e in world.plan.exclusions]  # fmt: skip
    forbid = [
        Column("补贴项目一", "", "a"),
        Column("补贴项目二", "", "b"),
        Column("适用范围", "", "scope"),
        Column("处理方式", "", "relation"),
        Column("政策依据", "", "doc"),
    ]
    places = [
        {"town": t if i == 0 else "", "village": v, "n": i + 1, "amount_fen": 0}
        for t, vs in world.plan.villages.items()
        for i, v in enumerate(vs)
    ]
    area = [Column("乡镇(街道)", "", "town"), Column("序号", "", "n"), Column("村(社区)名称", "", "village")]
    return [
        Delivered("县财政局/政策/桐溪县惠民惠农补贴项目清单(2022).xlsx", "xlsx", [Sheet("清单", policy, items, [["桐溪县惠民惠农财政补贴项目清单"]])], "policy:items", decision="policy"),
        Delivered("县财政局/政策/补贴标准执行情况.xls", "xls", [Sheet("标准", standard, rates, [["补贴标准执行情况一览表"]])], "policy:standards", decision="policy"),
        Delivered("县财政局/政策/补贴项目互斥情况表.xlsx", "xlsx", [Sheet("互斥", forbid, pairs, [["不得重复享受补贴项目一览表"]])], "policy:exclusions", decision="policy"),
        Delivered("县财政局/政策/乡镇村(社区)名录.xlsx", "xlsx", [Sheet("名录", area, places)], "policy:areas", decision="policy"),
    ]  # fmt: skip


def litter(files: list[Delivered]) -> list[Delivered]:
    """What comes along: a scan, a letter, a lock file, a copy, a broken and a cut workbook."""

    def blob(path: str, raw: bytes, decision: str, why: str) -> Delivered:
        return Delivered(path, "raw", [], decision=decision, why=why, raw=raw)

    reward = next(f for f in files if f.path.startswith("县卫健局/奖励扶助对象"))
    reply = next(f for f in files if f.path.startswith("县卫健局/计生奖扶"))
    columns = [
        Column("户籍所在地", "place", lambda r: r["town"] + r["village"]),
        Column("姓名", "name", "name"),
        Column("身份证号码", "id", lambda r: int(r["id"][:15]) * 1000 if r["id"][:-1].isdigit() else r["id"]),
    ]
    return [
        Delivered("县卫健局/奖扶对象名册-汇总上报.xlsx", "xlsx", [Sheet("Sheet1", columns, reward.sheets[0].rows)], "enrolment", {"register": "fp_reward"}, decision="reject", why="身份证号被Excel截断"),
        blob("县卫健局/计生奖扶2021副本.xlsx", render(reply), "skip", "内容重复"),
        blob("县林业局/面积核查.xlsx", render(reply)[:2500], "reject", "文件不完整"),
        blob("县民政局/公示栏照片.jpg", b"\xff\xd8\xff\xe0" + bytes(400), "reject", "图片"),
        blob("县财政局/关于报送数据的函.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "reject", "公文"),
        blob("县教育局/~$困难学生.xlsx", b"\x05clerk" + bytes(100), "reject", "锁文件"),
        blob("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "reject", "系统文件"),
    ]  # fmt: skip


def all_files(world: World) -> list[Delivered]:
    """The whole delivery."""
    files = [*west.payment_files(world), *west_registers.hukou(world), *west_registers.deaths(world), *west_registers.enrolments(world),
             *west_registers.wealth(world), *west_registers.bank(world), *policies(world)]  # fmt: skip
    return [*files, *litter(files)]
