"""County C as delivered: registers, wealth, banks, ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.county.forms import BlockSheet, between, dotted, short_month
from tests.county.grids import Column, Delivered, Row, Sheet
from tests.county.north import numbered
from tests.county.north_registers import day, person_rows
from tests.county.world import World


def hukou(world: World) -> list[Delivered]:
    """One workbook, a sheet per town."""
    columns = [
        Column("户号", "household_no", "household_no"), Column("身份号码", "id", "id"), Column("姓名", "name", "name"), Column("曾用名", "former_name", lambda r: r.get("former_name", "")), Column("性别", "sex", "sex"),
        Column("出生日期", "birth_on", day("birth", "%Y%m%d")), Column("与户主关系", "relation", "relation"), Column("户口性质", "hukou_kind", lambda r: "农业户口"), Column("居(村)委会", "place", "village"), Column("乡镇(街道)", "place", "town"),
        Column("迁出日期", "moved_out_on", dotted("moved_out_on")), Column("迁往地址", "moved_out_to", lambda r: r.get("moved_out_to", "")), Column("注销日期", "cancelled_on", dotted("cancelled_on")), Column("注销原因", "cancel_reason", lambda r: r.get("cancel_reason", "")),
    ]  # fmt: skip
    sheets = []
    for town in world.plan.villages:
        rows = [{"name": p.name, "id": p.id_no, "sex": p.sex, "birth": p.birth, "relation": p.relation, "household_no": h.number, "town": town, "village": h.village,
                 "amount_fen": 0, **world.hukou_extra.get(p.id_no, {})} for h in world.households if h.town == town for p in h.members]  # fmt: skip
        sheets.append(Sheet(town, columns, rows))
    return [Delivered("县公安局/户籍人口信息(含迁出注销).xlsx", "xlsx", sheets, "hukou")]


def deaths(world: World) -> list[Delivered]:
    """Police, funeral parlour, hospitals; prison and correction."""
    rows = person_rows(world.registers.get("death", []))
    by = {
        source: numbered([row for row in rows if row["source"] == source])
        for source in ("police", "crematorium", "health")
    }
    police = [
        Column("姓名", "name", "name"), Column("性别", "", "sex", also=("sex",)), Column("身份证号码", "id", "id"), Column("死亡日期", "died_on", day("died_on", "%Y%m%d")), Column("销户日期", "reported_on", day("died_on", "%Y%m%d"), also=("", "cancelled_on")),
        Column("户籍地派出所", "", lambda r: f"{r['town'][:3]}派出所"), Column("户籍地址", "place", lambda r: r["town"] + r["village"]),
    ]  # fmt: skip
    burnt = [
        Column("序号", "", "n"), Column("死者姓名", "name", "name"), Column("证件号码", "id", "id"), Column("死亡日期", "died_on", dotted("died_on")), Column("火化日期", "", dotted("died_on"), also=("reported_on",)), Column("户籍所在地", "place", lambda r: f"{world.plan.zone}{r['town']}{r['village']}"),
        Column("骨灰处理", "", lambda r: "安葬"), Column("家属电话", "", lambda r: f"1380000{r['n']:04d}"),
    ]  # fmt: skip
    health = [
        Column("死者姓名", "name", "name"), Column("死者身份证件号码", "id", "id"), Column("死亡时间", "died_on", day("died_on", "%Y-%m-%d %H:%M")), Column("死亡地点", "death_place", lambda r: r.get("death_place", "家中")),
        Column("直接死因", "", lambda r: "脑出血"), Column("报告医疗机构", "", lambda r: "乡镇卫生院"),
    ]  # fmt: skip
    jail = [
        Column("姓名", "name", "name"), Column("身份证号", "id", "id"), Column("罪名", "", lambda r: "盗窃"), Column("刑种", "custody_kind", "kind"), Column("入监时间", "started_on", dotted("started_on")), Column("刑满释放时间", "ended_on", dotted("ended_on")),
    ]  # fmt: skip
    return [
        Delivered("县公安局/死亡销户人员.xls", "html", [Sheet("x", police, by["police"])], "death", {"source": "公安"}),
        Delivered("县殡仪馆/2020-2022年火化人员登记.xlsx", "xlsx", [Sheet("登记", burnt, by["crematorium"], [["遗体火化人员登记表"]])], "death", {"source": "殡仪馆"}),
        Delivered("县卫健局/死亡医学证明登记.csv", "csv-gb", [Sheet("x", health, by["health"])], "death", {"source": "卫健"}),
        Delivered("县司法局/服刑及社区矫正人员.xls", "xls", [Sheet("人员", jail, person_rows(world.registers.get("custody", [])), [["服刑人员及社区矫正对象名册"]])], "custody"),
    ]  # fmt: skip


def enrolments(world: World) -> list[Delivered]:
    """Lists of entitled people; minimum allowance as household blocks with merged cells."""
    get = world.registers.get
    files: list[Delivered] = []

    def list_of(
        path: str, form: str, title: str, columns: list[Column], register: str, key: str = "", **more: Any
    ) -> None:
        rows = numbered(person_rows(get(key or register, [])))
        files.append(Delivered(path, form, [Sheet("名册", columns, rows, [[title]] if title else [])], "enrolment", {"register": register, **more}))  # fmt: skip

    family: list[Row] = []
    for number, entry in enumerate(person_rows(get("dibao", [])), 1):
        family += [
            {**entry, "first": k == 0, "member": m, "block": number}
            for k, m in enumerate(entry["household"].members)
        ]
    columns = [
        Column("户序", "", "block"), Column("乡镇", "place", "town"), Column("村(社区)", "place", "village"), Column("家庭成员", "name", lambda r: r["member"].name), Column("身份证号", "id", lambda r: r["member"].id_no),
        Column("与户主关系", "", lambda r: r["member"].relation), Column("保障人数", "quantity", "quantity"), Column("低保类别", "class", "class"), Column("批准享受时间", "approved_on", dotted("approved_on")),
        Column("停保时间", "stop_on", dotted("stop_on"), also=("ended_on",)), Column("停保原因", "stop_reason", lambda r: r.get("stop_reason", "")), Column("近亲属备案", "filing", lambda r: r.get("filing", "")),
    ]  # fmt: skip
    files.append(Delivered("县民政局/低保股/农村低保对象及家庭成员名册.xlsx", "xlsx",
                           [BlockSheet("在册", columns, family, [[f"{world.plan.zone}农村低保对象及家庭成员名册"]], down=(0, 1, 2, 6, 7, 8, 9, 10, 11), block="block")], "enrolment", {"register": "dibao_rural"}))  # fmt: skip
    list_of("县民政局/低保股/城市低保对象.xls", "xls", "城市低保对象名册", [Column("编号", "", "n"), Column("街道(乡镇)", "place", "town"), Column("居委会", "place", "village"), Column("户主", "name", "name"), Column("身份证号码", "id", "id"), Column("享受人数", "quantity", "quantity"), Column("开始享受时间", "approved_on", dotted("approved_on"))], "dibao_urban", "udibao")  # fmt: skip
    list_of("县民政局/救助股/分散供养特困人员花名册.xlsx", "xlsx", f"{world.plan.zone}分散供养特困人员花名册", [Column("序号", "", "n"), Column("乡镇", "place", "town"), Column("村(社区)", "place", "village"), Column("特困人员姓名", "name", "name"), Column("身份证号码", "id", "id"), Column("生活自理能力", "class", "class"), Column("批准时间", "approved_on", short_month("approved_on")), Column("终止时间", "ended_on", dotted("stop_on"), also=("stop_on",)), Column("委托照料人", "", lambda r: "邻居")], "tekun", short_years_to=30)  # fmt: skip
    list_of("县残联/持证残疾人信息导出.xlsx", "xlsx", "", [Column("姓名", "name", "name"), Column("残疾人证号", "cert_no", lambda r: r["id"] + "41"), Column("身份证号", "id", "id"), Column("残疾类别", "", "disability", also=("class",)), Column("残疾等级", "class", "class"), Column("批准残联", "", lambda r: "桐溪县残联"), Column("初次发证时间", "approved_on", "approved_on"), Column("有效期至", "ended_on", lambda r: r.get("ended_on") or date(2028, 12, 31), also=("stop_on",)), Column("乡镇", "place", "town"), Column("村(社区)", "place", "village")], "disability")  # fmt: skip
    list_of("县民政局/养老股/高龄补贴对象信息.csv", "csv-bom", "", [Column("所属乡镇", "place", "town"), Column("所属村(居)", "place", "village"), Column("对象姓名", "name", "name"), Column("对象身份证号", "id", "id"), Column("享受档次", "class", "class"), Column("开始享受年月", "approved_on", day("approved_on", "%Y%m")), Column("停止享受时间", "stop_on", day("stop_on", "%Y-%m-%d"), also=("ended_on",))], "aged")  # fmt: skip
    list_of("县库区移民事务中心/移民直补人口档案.xls", "xls", "大中型水库移民直补人口核定档案", [Column("移民姓名", "name", "name"), Column("身份证号", "id", "id"), Column("乡镇", "place", "town"), Column("村", "place", "village"), Column("核定登记时间", "approved_on", dotted("approved_on")), Column("淹没水库", "", lambda r: "双江水库")], "resettler")  # fmt: skip
    list_of("县卫健局/奖励扶助对象名册.xlsx", "xlsx", "农村部分计划生育家庭奖励扶助对象名册", [Column("序号", "", "n"), Column("户籍所在地", "place", lambda r: r["town"] + r["village"]), Column("姓名", "name", "name"), Column("身份证号码", "id", "id"), Column("确认年份", "approved_on", lambda r: f"{r['approved_on'].year}年"), Column("现有子女", "", lambda r: 1)], "fp_reward", "fp")  # fmt: skip
    list_of("县退役军人事务局/农村籍退役士兵身份核查表.xls", "html", "", [Column("退役士兵姓名", "name", "name"), Column("身份证号码", "id", "id"), Column("户籍乡镇", "place", "town"), Column("户籍村", "place", "village"), Column("服役年限(年)", "quantity", "quantity"), Column("核定日期", "approved_on", day("approved_on", "%Y-%m-%d"))], "veteran_elder", "veteran")  # fmt: skip
    list_of("县住建局/历年危房改造户信息.xls", "xls", "农村危房改造户信息", [Column("乡镇", "place", "town"), Column("村", "place", "village"), Column("户主姓名", "name", "name"), Column("户主身份证号", "id", "id"), Column("危房等级", "class", "class"), Column("审批时间", "approved_on", dotted("approved_on")), Column("建设方式", "", lambda r: "新建")], "house_reno", "reno")  # fmt: skip
    list_of("县教育局/在校困难学生信息表.xlsx", "xlsx", "家庭经济困难学生信息表", [Column("学校名称", "", "school"), Column("学生姓名", "name", "name"), Column("学生身份证号", "id", "id"), Column("学籍号", "cert_no", lambda r: "L" + r["id"]), Column("入学时间", "approved_on", day("approved_on", "%Y.%m")), Column("离校时间", "ended_on", dotted("stop_on"), also=("stop_on",)), Column("离校原因", "stop_reason", lambda r: r.get("stop_reason", "")), Column("家庭住址", "place", lambda r: r["town"] + r["village"])], "student")  # fmt: skip
    list_of("县农业农村局/农村土地承包经营权确权台账.xlsx", "xlsx", "", [Column("承包方(代表)姓名", "name", "name"), Column("承包方证件号码", "id", "id"), Column("权证编号", "cert_no", lambda r: f"43{r['n']:09d}J"), Column("乡镇", "place", "town"), Column("村", "place", "village"), Column("确权面积(亩)", "quantity", "quantity"), Column("合同面积(亩)", "", lambda r: round(r["quantity"] - 0.1, 2), also=("quantity",))], "land")  # fmt: skip
    return files


def wealth(world: World) -> list[Delivered]:
    """Payroll, firms, cars, flats, insurance, tax."""
    get = world.registers.get
    claimed = {
        m.id_no
        for row in world.payments
        if row["kind"] not in ("land", "forest", "fp", "veteran", "aged", "cadre")
        for m in row["person"].home.members
    }
    cut = iter(
        [
            p
            for p in world.people
            if 1958 < p.birth.year < 1994 and p.id_no in world.ordinary and p.id_no not in claimed
        ]
    )

    def some(count: int, **more: Any) -> list[Row]:
        return [{"person": next(cut), **more} for _ in range(count)]

    files: list[Delivered] = []

    def table(
        path: str,
        form: str,
        title: str,
        columns: list[Column],
        rows: list[Row],
        name: str,
        setting: dict[str, str] | None = None,
    ) -> None:
        files.append(Delivered(path, form, [Sheet("Sheet1", columns, numbered(person_rows(rows)), [[title]] if title else [])], name, setting or {}))  # fmt: skip

    table("县财政局/国库统发工资人员信息.et", "xls", "国库统发工资人员信息表", [Column("预算单位", "unit", "unit"), Column("姓名", "name", "name"), Column("身份证号", "id", "id"), Column("人员身份", "post_kind", "post"), Column("参加工作年月", "started_on", day("started_on", "%Y.%m")), Column("月应发工资", "monthly_pay", lambda r: r["pay_fen"] / 100)],
          [*get("staff", []), *some(45, unit="县第一中学", post="事业在编", started_on=date(2008, 9, 1), pay_fen=560000)], "staff")  # fmt: skip
    table("县委组织部/村(社区)干部名册.xlsx", "xlsx", "村(社区)“两委”干部名册", [Column("乡镇", "", "town", also=("place",)), Column("村(社区)", "unit", "unit", also=("", "place")), Column("姓名", "name", "name"), Column("身份证号码", "id", "id"), Column("现任村职务", "post_kind", lambda r: r["post"]), Column("任现职时间", "started_on", dotted("started_on"))], get("cadre", []), "staff")  # fmt: skip
    table("县市场监管局/市场主体登记信息.csv", "csv-gb", "", [Column("统一社会信用代码", "uscc", lambda r: f"91371327MA{r['n']:07d}Q"), Column("企业(字号)名称", "company_name", "company"), Column("主体类型", "company_kind", lambda r: "个体工商户" if r["role"] == "经营者" else "农民专业合作社" if "合作社" in r["company"] else "有限责任公司"), Column("人员姓名", "name", "name"), Column("人员证件号", "id", "id"), Column("人员职务", "role", "role"), Column("成立日期", "registered_on", day("since", "%Y/%m/%d")), Column("经营状态", "company_status", "status"), Column("注册资本(万元)", "capital", lambda r: r["capital"] / 1000000), Column("登记机关", "region", lambda r: r.get("region", "桐溪县市场监督管理局"))],
          [*get("company", []), *some(60, company="桐溪县利民商店", role="经营者", since=date(2016, 3, 3), status="存续", capital=50000_00)], "company")  # fmt: skip
    table("县交警大队/机动车信息查询.xlsx", "xlsx", "", [Column("所有人", "name", "name"), Column("所有人证件号码", "id", "id"), Column("车牌号", "plate_no", lambda r: f"鲁Q{r['n']:05d}"), Column("车辆类型", "plate_kind", "plate_kind"), Column("品牌型号", "brand", "brand"), Column("初登日期", "registered_on", "since"), Column("车辆状态", "vehicle_status", "status")],
          [*get("vehicle", []), *some(70, brand="别克牌小型轿车", plate_kind="小型轿车", since=date(2018, 6, 1), status="正常")], "vehicle")  # fmt: skip
    table("县不动产登记中心/不动产权属信息.xls", "xls", "不动产权属登记信息", [Column("权利人名称", "name", "name"), Column("证件号", "id", "id"), Column("不动产权证书号", "cert_no", lambda r: f"湘(2019)桐溪县不动产权第{r['n']:07d}号"), Column("房屋坐落", "address", lambda r: f"桐溪县建设路{r['n']}号"), Column("房屋用途", "property_kind", "use"), Column("建筑面积", "area_m2", "area"), Column("登记类型", "acquired_by", "got"), Column("登记时间", "registered_on", dotted("since"))],
          [*get("property", []), *some(45, use="住宅", area=102.3, got="购买", since=date(2017, 5, 5))], "property")  # fmt: skip
    workers = [{**row, "scheme": "企业职工基本养老保险"} for row in get("employee", [])] + some(
        60,
        unit="桐溪县鞋业有限公司",
        base_fen=390000,
        status="正常参保",
        started_on=date(2018, 1, 1),
        scheme="企业职工基本养老保险",
    )
    table("县人社局/社会保险参保信息.csv", "csv-gb", "", [Column("险种", "scheme", "scheme"), Column("姓名", "name", "name"), Column("公民身份号码", "id", "id"), Column("单位名称", "unit", "unit"), Column("参保状态", "ins_status", "status"), Column("缴费基数", "base", lambda r: r["base_fen"] / 100), Column("参保时间", "started_on", day("started_on", "%Y-%m-%d"))], workers, "social_ins")  # fmt: skip
    table("县人社局/企业职工养老待遇发放.xlsx", "xlsx", "企业职工基本养老保险待遇发放名册", [Column("姓名", "name", "name"), Column("身份证号码", "id", "id"), Column("原单位", "unit", lambda r: "县水泥厂"), Column("退休时间", "started_on", dotted("started_on")), Column("月发放养老金", "pension", lambda r: r["pay_fen"] / 100)],
          [*get("pension", []), *some(30, pay_fen=285000, started_on=date(2016, 5, 1))], "social_ins", {"scheme": "企业职工养老保险"})  # fmt: skip
    table("县税务局/个人所得税纳税信息.xlsx", "xlsx", "", [Column("姓名", "name", "name"), Column("证照号码", "id", "id"), Column("税款所属年度", "tax_year", "year"), Column("所得项目", "income_kind", lambda r: "工资薪金"), Column("年收入额", "income", lambda r: r["income"] / 100), Column("扣缴单位", "payer", lambda r: "某某公司")],
          [*get("tax", []), *some(40, income=9200000, year=2021)], "tax")  # fmt: skip
    return files


def bank(world: World) -> list[Delivered]:
    """Accounts, the reply of a batch, and the ledger with its months across."""
    paid = {row["account"] for row in world.payments}
    book = person_rows(
        [
            {"person": p, "account": p.account, "opened_on": date(2015, 1, 1)}
            for p in world.people
            if p.account in paid
            and p.id_no not in {e["person"].id_no for e in world.registers.get("account_of", [])}
        ]
        + world.registers.get("account", [])
        + world.registers.get("account_of", [])
    )
    columns = [Column("客户姓名", "name", lambda r: r.get("holder", r["name"])), Column("客户证件号", "id", "id"), Column("卡号/账号", "account_no", "account"), Column("账户状态", "account_status", lambda r: r.get("status", "正常")), Column("开户日期", "opened_on", day("opened_on", "%Y%m%d")), Column("销户日期", "closed_on", day("closed_on", "%Y%m%d")), Column("开户机构", "bank", lambda r: "桐溪农商行营业部")]  # fmt: skip
    files = [Delivered("桐溪农商行/惠农卡账户信息.txt", "bar-gb", [Sheet("x", columns, book)], "account")]
    reply = between(world, "aged", world.first_month + 3, world.first_month + 5)
    columns = [Column("业务流水号", "pay_no", "pay_no"), Column("收款人账号", "account_no", "account"), Column("收款人户名", "account_name", "account_name"), Column("金额(元)", "amount", lambda r: f"{r['amount_fen'] / 100:.2f}"), Column("交易结果", "return_status", lambda r: "成功" if r["status"] == "ok" else "失败"), Column("结果说明", "return_reason", "fail_reason")]  # fmt: skip
    files.append(
        Delivered(
            "桐溪农商行/代发结果_高龄补贴二季度.csv", "csv-gb", [Sheet("x", columns, reply)], "bank_return"
        )
    )
    sums: dict[tuple[str, str, int], Row] = {}
    for row in world.payments:
        if row["status"] == "ok" and row["from"] // 12 in world.plan.years:
            key = (row["kind"], row["town"], row["from"] // 12)
            line = sums.setdefault(
                key,
                {
                    "item": world.plan.item(row["kind"]).name,
                    "town": row["town"],
                    "year": row["from"] // 12,
                    "amount_fen": 0,
                },
            )
            line["amount_fen"] += row["amount_fen"]
            for number in range(1, 13):
                line.setdefault(f"m{number}", 0)
            line[f"m{row['to'] % 12 + 1}"] += row["amount_fen"]
    off = {
        ("fp", "官渡桥镇", 2022): 96000,
        ("veteran", "青石坪镇", 2021): -24000,
        ("tekun", "龙脊冲乡", 2022): 70000,
    }
    for (kind, town, year), fen in off.items():
        if (kind, town, year) in sums:
            sums[kind, town, year]["amount_fen"] += fen
            sums[kind, town, year]["m12"] += fen
            world.expect("RECON_TOTAL", f"control:{town}:{year}", kind, abs(fen), "总账与明细不符")
    months = [Column(f"{m}月", "", lambda r, m=m: r[f"m{m}"] / 100, also=("amount",)) for m in range(1, 13)]
    columns = [
        Column("预算年度", "year", "year"),
        Column("补贴项目", "item", "item"),
        Column("乡镇", "place", "town"),
        *months,
        Column("全年累计", "amount", lambda r: r["amount_fen"] / 100, also=("",)),
    ]
    files.append(
        Delivered(
            "县财政局/惠民惠农补贴资金支出台账.xls",
            "xls",
            [
                Sheet(
                    "台账",
                    columns,
                    [sums[key] for key in sorted(sums)],
                    [["惠民惠农补贴资金支出台账"], ["单位:元"]],
                )
            ],
            "control_total",
        )
    )
    return files
