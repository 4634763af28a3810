"""County A as delivered: policy tables, the list of all files, litter."""

from __future__ import annotations

from tests.county.grids import Column, Delivered, Sheet
from tests.county.north_registers import deaths, enrolments, hukou
from tests.county.north_wealth import control, wealth
from tests.county.plans import month_no
from tests.county.world import World


def policies(world: World) -> list[Delivered]:
    """The county's own policy tables."""
    freq = {
        "month": "按月",
        "quarter": "按季",
        "half": "每半年",
        "year": "每年一次",
        "once": "一次性",
        "event": "一事一批",
        "term": "每学期",
    }
    items = [{"n": i, "name": p.name, "doc": p.doc_no, "dept": p.dept, "freq": freq[p.freq], "level": "到户" if p.level == "H" else "到人", "system": "是" if p.system else "否", "amount_fen": 0,
              "standard": ";".join(f"{c or '统一'}{spans[-1][1] / 100:g}元" for c, spans in p.rates.items())} for i, p in enumerate(world.plan.items, 1)]  # fmt: skip
    policy = [
        Column("序号", "", "n"),
        Column("补贴项目名称", "", "name"),
        Column("政策文件名称及文号", "", "doc"),
        Column("主管部门", "", "dept"),
        Column("补贴标准", "", "standard"),
        Column("发放频次", "", "freq"),
        Column("到户/到人", "", "level"),
        Column("是否通过一卡通系统发放", "", "system"),
    ]
    rates = [{"name": p.name, "class": c, "from": first, "to": spans[k + 1][0] if k + 1 < len(spans) else "", "fen": fen, "doc": p.doc_no, "amount_fen": 0}
             for p in world.plan.items if p.rate_check != "none" for c, spans in p.rates.items() for k, (first, fen) in enumerate(spans)]  # fmt: skip

    def before(text: str) -> str:
        return f"{(month_no(text) - 1) // 12}-{(month_no(text) - 1) % 12 + 1:02d}" if text else ""

    standard = [
        Column("项目名称", "", "name"),
        Column("类别", "", "class"),
        Column("标准(元)", "", lambda r: r["fen"] / 100),
        Column("执行起始", "", "from"),
        Column("执行截止", "", lambda r: before(r["to"])),
        Column("文号", "", "doc"),
    ]
    pairs = [
        {
            "a": world.plan.item(e.a).name,
            "b": world.plan.item(e.b).name,
            "scope": "个人" if e.scope == "person" else "家庭",
            "relation": "不得同时享受",
            "doc": e.doc_no,
            "amount_fen": 0,
        }
        for e in world.plan.exclusions
    ]
    forbid = [
        Column("项目A", "", "a"),
        Column("项目B", "", "b"),
        Column("范围", "", "scope"),
        Column("关系", "", "relation"),
        Column("依据文号", "", "doc"),
    ]
    places = [
        {
            "code": f"3713271{i:02d}",
            "town": t,
            "village": v,
            "vcode": f"3713271{i:02d}{k:03d}",
            "amount_fen": 0,
        }
        for i, (t, vs) in enumerate(world.plan.villages.items(), 1)
        for k, v in enumerate(vs, 200)
    ]
    area = [
        Column("乡镇代码", "", "code"),
        Column("乡镇名称", "", "town"),
        Column("村代码", "", "vcode"),
        Column("村(居)名称", "", "village"),
    ]
    return [
        Delivered(
            "政策/惠民惠农补贴政策清单.xlsx",
            "xlsx",
            [Sheet("清单", policy, items, [[f"{world.plan.zone}惠民惠农财政补贴政策清单"]])],
            "policy:items",
            decision="policy",
        ),
        Delivered(
            "政策/历年补贴标准表.xlsx",
            "xlsx",
            [Sheet("标准", standard, rates)],
            "policy:standards",
            decision="policy",
        ),
        Delivered(
            "政策/不得同时享受项目对照表.xlsx",
            "xlsx",
            [Sheet("对照", forbid, pairs)],
            "policy:exclusions",
            decision="policy",
        ),
        Delivered(
            "政策/行政区划代码.csv", "csv-gb", [Sheet("x", area, places)], "policy:areas", decision="policy"
        ),
    ]


def litter(world: World, files: list[Delivered]) -> list[Delivered]:
    """Scans, letters, lock files, a cut workbook, a duplicate, an older version, a register with cut numbers."""
    from tests.county.writers import render

    def blob(path: str, raw: bytes, decision: str, why: str) -> Delivered:
        return Delivered(path, "raw", [], decision=decision, why=why, raw=raw)

    whole = next(
        f for f in files if f.path.startswith("民政/低保/") and f.form == "xlsx" and f.table == "payment"
    )
    register = next(f for f in files if f.path.startswith("残联/持证"))
    cut = Delivered(
        "残联/动态更新上报(导出).xlsx",
        "xlsx",
        [],
        "enrolment",
        {"register": "disability"},
        decision="reject",
        why="身份证号被Excel截断",
    )
    columns = [
        Column("姓名", "name", "name"),
        Column("身份证号", "id", lambda r: int(r["id"][:15]) * 1000 if r["id"][:-1].isdigit() else r["id"]),
        Column("残疾等级", "class", "class"),
        Column("户籍地", "place", lambda r: r["town"] + r["village"]),
    ]
    cut.sheets = [Sheet("Sheet1", columns, register.sheets[0].rows)]
    broken = render(whole)
    older = Delivered(
        whole.path.replace(".xlsx", "(初稿).xlsx"),
        "xlsx",
        [
            Sheet(s.name, s.columns, s.rows[:-3], s.titles, s.footers, s.subtotal, s.group)
            for s in whole.sheets
        ],
        "payment",
        whole.setting,
        decision="skip",
        why="旧版本",
        item=whole.item,
    )
    older_path = whole.path
    whole.path = whole.path.replace(".xlsx", "(改).xlsx")
    older.path = older_path
    return [
        cut, older,
        blob("民政/低保/副本-" + whole.path.split("/")[-1], render(whole), "skip", "内容重复"),
        blob("农业农村局/种粮大户(传输中断).xlsx", broken[: len(broken) // 2], "reject", "文件不完整"),
        blob("民政/扫描件/审批表001.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20, "reject", "图片"),
        blob("财政局/关于报送数据的复函.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "reject", "公文"),
        blob("卫健局/情况说明.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "reject", "公文"),
        blob("民政/高龄/~$柳泉镇.xlsx", b"\x05clerk" + bytes(160), "reject", "锁文件"),
        blob("民政/Thumbs.db", bytes(512), "reject", "系统文件"),
    ]  # fmt: skip


def register_files(world: World) -> list[Delivered]:
    """Everything that is not a payment list."""
    return [
        *hukou(world),
        *deaths(world),
        *enrolments(world),
        *wealth(world),
        *control(world),
        *policies(world),
    ]
