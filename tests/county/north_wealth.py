"""County A as delivered: payroll, firms, cars, houses, insurance, banks, the budget ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.county.grids import Column, Delivered, Row, Sheet
from tests.county.north import numbered
from tests.county.north_registers import day, person_rows
from tests.county.world import World


def wealth(world: World) -> list[Delivered]:
    """Payroll, firms, cars, houses, insurance, tax, prison, banks."""
    get = world.registers.get
    random = world.registrar.random
    adults = [
        p
        for p in world.people
        if 1960 < p.birth.year < 1995 and p.id_no not in {e.id_no for e in world.expected}
    ]
    poor = {m.id_no for e in get("dibao", []) for m in e["person"].home.members} | {
        e["person"].id_no for e in get("tekun", [])
    }
    poor |= {e["person"].id_no for e in get("disability", [])} | {
        row["id"] for row in world.payments if row["kind"] in ("relief", "living", "student", "resettler")
    }
    free = [p for p in adults if p.id_no not in poor and not ({m.id_no for m in p.home.members} & poor)]  # type: ignore[union-attr]
    random.shuffle(free)
    cut = iter(free)

    def some(count: int, **more: Any) -> list[Row]:
        return [{"person": next(cut), **more} for _ in range(count)]

    files = []
    staff = person_rows(
        [
            *get("staff", []),
            *some(40, unit="县第二中学", post="事业在编", started_on=date(2010, 9, 1), pay_fen=580000),
        ]
    )
    coded = [
        Column("姓名", "name", "name"),
        Column("身份证号", "id", "id"),
        Column("性别", "", "sex", also=("sex",)),
        Column("工作单位", "unit", "unit"),
        Column("人员性质", "post_kind", "post"),
        Column("参加工作时间", "started_on", day("started_on", "%Y-%m-%d")),
        Column("应发工资", "monthly_pay", lambda r: r["pay_fen"] / 100),
    ]
    files.append(
        Delivered(
            "财政局/财政供养人员信息.xlsx",
            "xlsx",
            [
                Sheet(
                    "RY",
                    coded,
                    staff,
                    code_row=["V0601", "V0602", "V0603", "V0604", "V0605", "V0606", "V0610"],
                )
            ],
            "staff",
        )
    )
    village = [
        Column("镇", "", "town", also=("place",)),
        Column("村(社区)", "unit", "unit", also=("", "place")),
        Column("姓名", "name", "name"),
        Column("身份证号码", "id", "id"),
        Column("现任职务", "post_kind", lambda r: f"村干部({r['post']})"),
        Column("任职时间", "started_on", day("started_on", "%Y.%m")),
    ]
    files.append(
        Delivered(
            "组织部/村两委成员.xlsx",
            "xlsx",
            [Sheet("村干部", village, person_rows(get("cadre", [])), [["村(社区)两委成员基本情况表"]])],
            "staff",
        )
    )
    firms = person_rows(
        [
            *get("company", []),
            *some(
                60,
                company="某某经营部",
                role="经营者",
                since=date(2015, 6, 6),
                status="存续",
                capital=100000_00,
            ),
        ]
    )
    shop = [
        Column("统一社会信用代码", "uscc", lambda r: f"91371327MA{r['n']:07d}X"), Column("市场主体名称", "company_name", "company"), Column("姓名", "name", "name"), Column("证件号码", "id", "id"), Column("职务", "role", "role"),
        Column("成立日期", "registered_on", day("since", "%Y-%m-%d")), Column("登记状态", "company_status", "status"), Column("出资额(万元)", "capital", lambda r: r["capital"] / 1000000), Column("登记机关", "region", lambda r: r.get("region", f"{world.plan.zone}市场监督管理局")),
    ]  # fmt: skip
    files.append(
        Delivered("市场监管局/市场主体人员.csv", "csv-gb", [Sheet("x", shop, numbered(firms))], "company")
    )
    cars = person_rows(
        [
            *get("vehicle", []),
            *some(
                80, brand="五菱牌多用途乘用车", plate_kind="小型汽车", since=date(2017, 8, 1), status="正常"
            ),
        ]
    )
    car = [
        Column("机动车所有人", "name", "name"),
        Column("身份证明号码", "id", "id"),
        Column("号牌号码", "plate_no", lambda r: f"鲁Q{r['n']:05d}"),
        Column("号牌种类", "plate_kind", "plate_kind"),
        Column("中文品牌", "brand", "brand"),
        Column("初次登记日期", "registered_on", day("since", "%Y%m%d")),
        Column("机动车状态", "vehicle_status", "status"),
    ]
    files.append(
        Delivered("车管所/机动车登记.txt", "tab-utf16", [Sheet("x", car, numbered(cars))], "vehicle")
    )
    houses = person_rows(
        [*get("property", []), *some(50, use="住宅", area=98.6, got="购买", since=date(2016, 4, 4))]
    )
    house = [
        Column("不动产权证号", "cert_no", lambda r: f"鲁(2018)河阳县不动产权第{r['n']:07d}号"),
        Column("权利人", "name", "name"),
        Column("权利人证件号", "id", "id"),
        Column("坐落", "address", lambda r: f"{world.plan.zone}城关路{r['n']}号"),
        Column("规划用途", "property_kind", "use"),
        Column("建筑面积(㎡)", "area_m2", "area"),
        Column("取得方式", "acquired_by", "got"),
        Column("登簿日期", "registered_on", day("since", "%Y-%m-%d")),
    ]
    files.append(
        Delivered(
            "自然资源局/不动产登记查询结果.xlsx",
            "xlsx",
            [Sheet("Sheet1", house, numbered(houses))],
            "property",
        )
    )
    workers = person_rows(
        [
            *get("employee", []),
            *some(70, unit="某电子厂", base_fen=410000, status="参保缴费", started_on=date(2018, 1, 1)),
        ]
    )
    job = [
        Column("单位名称", "unit", "unit"),
        Column("姓名", "name", "name"),
        Column("社会保障号码", "id", "id"),
        Column("缴费状态", "ins_status", "status"),
        Column("缴费工资基数", "base", lambda r: r["base_fen"] / 100),
        Column("参保开始日期", "started_on", day("started_on", "%Y-%m-%d")),
    ]
    files.append(
        Delivered(
            "人社局/企业职工基本养老保险参保明细.csv",
            "csv-gb",
            [Sheet("x", job, workers)],
            "social_ins",
            {"scheme": "企业职工养老保险"},
        )
    )
    retired = person_rows(some(30, pay_fen=268050))
    pension = [
        Column("姓名", "name", "name"),
        Column("身份证号", "id", "id"),
        Column("离退休类别", "", lambda r: "退休"),
        Column("月养老金", "pension", lambda r: f"{r['pay_fen'] / 100:,.2f}"),
        Column("待遇开始年月", "started_on", lambda r: "201805"),
    ]
    files.append(
        Delivered(
            "人社局/企业退休人员养老金发放.xls",
            "xls",
            [Sheet("2021", pension, retired, [["企业离退休人员基本养老金发放表"]])],
            "social_ins",
            {"scheme": "企业职工养老保险"},
        )
    )
    taxed = person_rows(some(40, income=8600000, kind="工资薪金所得", year=world.plan.years[0]))
    tax = [
        Column("纳税人姓名", "name", "name"),
        Column("纳税人识别号", "id", "id"),
        Column("所属年度", "tax_year", "year"),
        Column("所得项目", "income_kind", "kind"),
        Column("收入额", "income", lambda r: r["income"] / 100),
        Column("扣缴义务人名称", "payer", lambda r: "某某公司"),
        Column("主管税务机关", "region", lambda r: f"{world.plan.zone}税务局"),
    ]
    files.append(Delivered("税务局/个人所得税申报.xlsx", "xlsx", [Sheet("GS", tax, taxed)], "tax"))
    jailed = person_rows(
        [
            *get("custody", []),
            *some(5, kind="监狱服刑", started_on=date(2019, 5, 5), ended_on=date(2023, 5, 4)),
        ]
    )
    jail = [
        Column("罪犯姓名", "name", "name"),
        Column("身份证号码", "id", "id"),
        Column("刑罚种类", "custody_kind", "kind"),
        Column("收监日期", "started_on", day("started_on", "%Y-%m-%d")),
        Column("刑满日期", "ended_on", day("ended_on", "%Y-%m-%d")),
    ]
    files.append(Delivered("司法局/服刑人员名单.xls", "xls", [Sheet("名单", jail, jailed)], "custody"))
    paid = {
        row["account"]: row["person"].home.head if row["account"] != row["person"].account else row["person"]
        for row in world.payments
    }
    owners = {p.account: p for p in world.people if p.account in paid}
    book = person_rows(
        [{"person": p, "account": a, "opened_on": date(2016, 1, 1)} for a, p in sorted(owners.items())]
        + get("account", [])
    )
    bank = [
        Column("客户名称", "name", "name"),
        Column("证件号码", "id", "id"),
        Column("账号", "account_no", "account"),
        Column("账户状态", "account_status", lambda r: "正常"),
        Column("开户日期", "opened_on", day("opened_on", "%Y%m%d")),
        Column("开户机构", "bank", lambda r: "营业部"),
    ]
    files.append(Delivered("银行/惠民账户清单.txt", "bar-gb", [Sheet("x", bank, book)], "account"))
    reply = [row for row in world.payments if row["kind"] == "aged" and row["from"] % 12 // 3 == 1]
    back = [
        Column("流水号", "pay_no", "pay_no"),
        Column("收款账号", "account_no", "account"),
        Column("收款户名", "account_name", "account_name"),
        Column("交易金额", "amount", lambda r: f"{r['amount_fen'] / 100:.2f}"),
        Column("处理结果", "return_status", lambda r: "成功" if r["status"] == "ok" else "失败"),
        Column("失败描述", "return_reason", "fail_reason"),
    ]
    files.append(
        Delivered("银行/代发回盘_高龄二季度.txt", "caret-gb", [Sheet("x", back, reply)], "bank_return")
    )
    return files


def control(world: World) -> list[Delivered]:
    """The budget ledger by item, town and year, two cells of it wrong."""
    sums: dict[tuple[str, str, int], list[int]] = {}
    for row in world.payments:
        if row["status"] == "ok":
            entry = sums.setdefault((row["kind"], row["town"], row["from"] // 12), [0, 0])
            entry[0] += row["amount_fen"]
            entry[1] += 1
    rows: list[Row] = []
    skewed = {
        ("resettler", next(iter(world.plan.villages)), max(world.plan.years)): 60000,
        ("nursing", list(world.plan.villages)[-1], min(world.plan.years)): -36000,
    }
    for (kind, town, year), (fen, count) in sorted(sums.items()):
        if year not in world.plan.years or kind in ("forest",):
            continue
        off = skewed.get((kind, town, year), 0)
        if off:
            world.expect("RECON_TOTAL", f"control:{town}:{year}", kind, abs(off), "总账与明细不符")
        rows.append(
            {
                "item": world.plan.item(kind).name,
                "town": town,
                "year": year,
                "amount_fen": fen + off,
                "count": count,
            }
        )
    columns = [
        Column("年度", "year", "year"),
        Column("乡镇", "place", "town"),
        Column("项目名称", "item", "item"),
        Column("笔数", "payments", "count"),
        Column("支出金额(元)", "amount", lambda r: f"{r['amount_fen'] / 100:,.2f}"),
    ]
    return [
        Delivered(
            "财政局/惠民补贴支出汇总.xlsx",
            "xlsx",
            [Sheet("汇总", columns, rows, [["惠民惠农补贴资金支出汇总表"]])],
            "control_total",
        )
    ]
