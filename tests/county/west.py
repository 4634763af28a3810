"""County C as delivered: payment lists. Registers are in ``west_registers``."""

from __future__ import annotations

from tests.county.forms import BlockSheet, across_months, between, dotted, masked, serial, totals
from tests.county.grids import Column, Delivered, Row, Sheet
from tests.county.north import comma, numbered, yuan
from tests.county.world import World

HAN = "一二三四"


def by_status(good: str, bad: str):  # type: ignore[no-untyped-def]
    """A column's words for a payment's state."""
    return lambda row: good if row["status"] == "ok" else bad


def dibao(world: World) -> list[Delivered]:
    """A workbook a month with a sheet per town; the month is only in the title and the file's name."""
    files = []
    columns = [
        Column("序号", "", "n"), Column("所在村(社区)", "place", "village"), Column("低保户主", "name", "name", parent="家庭情况"),
        Column("户主身份证号", "id", "id", parent="家庭情况"), Column("家庭人口", "", lambda r: len(r["person"].home.members), parent="家庭情况", also=("",)),
        Column("施保人口", "quantity", "quantity", parent="保障情况"), Column("施保类别", "", "class", parent="保障情况"),
        Column("人均补差(元)", "rate", yuan("rate_fen"), parent="保障情况"), Column("本月打卡金额(元)", "amount", yuan(), parent="保障情况"),
        Column("开户银行", "bank", "bank"), Column("惠农一卡通账号", "account_no", "account"), Column("备注", "purpose", "purpose", also=("",)),
    ]  # fmt: skip
    for month in range(world.first_month, world.last_month + 1):
        year, number = month // 12, month % 12 + 1
        sheets = []
        for town in world.plan.villages:
            rows = numbered(between(world, "dibao", month, month, town=town))
            sheets.append(Sheet(town, columns, rows, [[f"{town}{year}年{number}月农村低保资金打卡发放表"], [f"填报单位:{town}人民政府", *[None] * 8, "单位:人、元"]],
                                footers=[["分管领导:", None, "民政专干:", None, None, "财政所长:"]], subtotal=totals(12, 8)))  # fmt: skip
        files.append(Delivered(f"县民政局/低保股/{year}年/{year}年{number:02d}月农村低保资金打卡发放表.xlsx", "xlsx", sheets, "payment",
                               {"item": "dibao", "channel": "系统", "service": f"{year}年{number}月"}, item="dibao"))  # fmt: skip
    columns = [
        Column("发放月份", "service", lambda r: f"{r['from'] // 12}年{r['from'] % 12 + 1:02d}月"), Column("街道/乡镇", "place", "town"), Column("社区", "place", "village"),
        Column("申请人", "name", "name"), Column("申请人证件号码", "id", "id"), Column("享受人数", "quantity", "quantity"), Column("月救助金额", "amount", yuan(), also=("",)),
        Column("发放卡号", "account_no", "account"), Column("持卡人", "account_name", "account_name"),
    ]  # fmt: skip
    files.append(Delivered("县民政局/低保股/城市低保发放台账.xls", "xls", [Sheet("城市低保", columns, between(world, "udibao", 0, 99999), [["城市低保资金发放台账"]])],
                           "payment", {"item": "udibao", "channel": "系统"}, item="udibao"))  # fmt: skip
    return files


def tekun(world: World) -> list[Delivered]:
    """Export of the relief platform, one a half-year; money in two parts and a sum."""
    files = []
    columns = [
        Column("批次号", "batch_no", lambda r: f"TK{r['from'] // 12}{r['from'] % 12 + 1:02d}"), Column("区划", "place", lambda r: f"{world.plan.zone}{r['town']}{r['village']}"),
        Column("供养人员", "name", "name"), Column("供养人员证件号", "id", "id"), Column("护理等级", "", "class"), Column("所属年月", "service", lambda r: f"{r['from'] // 12}{r['from'] % 12 + 1:02d}"),
        Column("基本生活费", "", lambda r: r["amount_fen"] / 100 - 50), Column("照料护理费", "", lambda r: 50), Column("发放总额", "amount", yuan()),
        Column("发放银行", "bank", "bank"), Column("银行帐号", "account_no", "account"), Column("开户人", "account_name", "account_name"),
        Column("发放状态", "status", by_status("已发放", "退回")), Column("退回原因", "fail_reason", "fail_reason"),
    ]  # fmt: skip
    for start in range(world.first_month, world.last_month + 1, 6):
        files.append(Delivered(f"县民政局/救助股/特困供养资金发放_{start // 12}{'上' if start % 12 == 0 else '下'}.csv", "csv-bom",
                               [Sheet("x", columns, between(world, "tekun", start, start + 5))], "payment", {"item": "tekun", "channel": "系统"}, item="tekun"))  # fmt: skip
    return files


def disability(world: World) -> list[Delivered]:
    """Both allowances of a town and year in one WPS workbook; the months paid stand beside the rate."""
    files = []
    short = {kind: world.plan.item(kind).short for kind in ("nursing", "living")}
    columns = [
        Column("序号", "", "n"), Column("村(社区)", "place", "village"), Column("残疾人", "name", "name"), Column("身份证号", "id", "id"), Column("残疾类别及等级", "", lambda r: "肢体" + (r["class"] or "三级")),
        Column("补贴类型", "item", lambda r: short[r["kind"]]), Column("补贴季度", "service", lambda r: f"{r['from'] // 12}年{r['from'] % 12 // 3 + 1}季度"),
        Column("补贴月数", "", lambda r: r["to"] - r["from"] + 1), Column("补贴标准(元/月)", "rate", yuan("rate_fen")), Column("金额(元)", "amount", yuan()),
        Column("社保卡卡号", "account_no", "account"), Column("卡户名", "account_name", "account_name"), Column("打卡时间", "paid_on", dotted("paid_on")),
        Column("到账情况", "status", by_status("已到账", "未到账")), Column("未到账原因", "fail_reason", "fail_reason"),
    ]  # fmt: skip
    for year in world.plan.years:
        for town in world.plan.villages:
            rows = [r for kind in short for r in between(world, kind, year * 12, year * 12 + 11, town=town)]
            files.append(Delivered(f"县残联/两项补贴/{town}/{year}残疾人两项补贴花名册.et", "xls",
                                   [Sheet("花名册", columns, numbered(rows), [[f"{town}{year}年度残疾人两项补贴发放花名册"]], subtotal=totals(15, 9))],
                                   "payment", {"channel": "系统"}))  # fmt: skip
    return files


def aged(world: World) -> list[Delivered]:
    """A workbook a year, a sheet per town, the village merged down its people; what was paid by hand in another file."""
    files = []
    columns = [
        Column("村(社区)", "place", "village"), Column("序号", "", "n"), Column("享受对象", "name", "name"), Column("身份证号码", "id", "id"), Column("年龄", "", lambda r: r["from"] // 12 - r["person"].birth.year, also=("",)),
        Column("发放时段", "service", lambda r: f"{r['from'] // 12}年{HAN[r['from'] % 12 // 3]}季度"), Column("月补贴(元)", "rate", yuan("rate_fen")), Column("实发合计(元)", "amount", yuan()),
        Column("账号", "account_no", "account"), Column("账户名", "account_name", "account_name"), Column("打款日", "paid_on", serial("paid_on")),
        Column("状态", "status", by_status("成功", "失败")), Column("失败说明", "fail_reason", "fail_reason"), Column("联系电话", "phone", "phone"), Column("备注", "purpose", "purpose"),
    ]  # fmt: skip
    for year in world.plan.years:
        sheets: list[Sheet] = []
        for town in world.plan.villages:
            rows = [
                r
                for r in between(world, "aged", 0, 99999, town=town)
                if r["paid_on"].year == year and r["channel"] == "system"
            ]
            sheets.append(BlockSheet(town, columns, numbered(rows), [[f"{world.plan.zone}{town}{year}年高龄补贴发放情况表"]], subtotal=totals(15, 7, "总  计"), down=(0,), block="village"))  # fmt: skip
        files.append(
            Delivered(
                f"县民政局/养老股/高龄补贴{year}.xlsx",
                "xlsx",
                sheets,
                "payment",
                {"item": "aged", "channel": "系统", "serial_dates": "1900"},
                item="aged",
            )
        )
    columns = [Column("乡镇", "place", "town"), Column("村", "place", "village"), Column("老人", "name", "name"), Column("证件号码", "id", "id"), Column("补发期间", "service", lambda r: f"{r['from'] // 12}年{r['from'] % 12 + 1}-{r['to'] % 12 + 1}月"),
               Column("金额", "amount", yuan()), Column("转账账号", "account_no", "account"), Column("转账日期", "paid_on", "paid_on")]  # fmt: skip
    files.append(Delivered("县民政局/养老股/高龄补贴系统外转账名单.xlsx", "xlsx", [Sheet("名单", columns, between(world, "aged", 0, 99999, channel="off"), [["高龄补贴未通过一卡通系统转账名单"]])],
                           "payment", {"item": "aged", "channel": "系统外"}, item="aged"))  # fmt: skip
    columns = [
        *columns[:6],
        Column("领取日期", "paid_on", dotted("paid_on")),
        Column("领取人签字", "", lambda r: ""),
    ]
    files.append(Delivered("县民政局/养老股/高龄补贴现金发放签领表.xls", "xls", [Sheet("签领表", columns, between(world, "aged", 0, 99999, channel="cash"), [["高龄补贴现金发放签领表"]])],
                           "payment", {"item": "aged", "channel": "现金"}, item="aged"))  # fmt: skip
    return files


def land(world: World) -> list[Delivered]:
    """One text file a year for the whole county, and the forest money as it hung on the wall, numbers starred."""
    files = []
    for year in world.plan.years:
        columns = [
            Column("乡镇名称", "place", "town"), Column("行政村", "place", "village"), Column("村民小组", "", lambda r: f"{int(r['household_no'][-1]) + 1}组", also=("place",)), Column("农户户主", "name", "name"),
            Column("户主证件号", "id", "id"), Column("计税耕地面积", "", lambda r: round(r["quantity"] + 0.3, 2)), Column("不予补贴面积", "", lambda r: 0.3), Column("实补面积(亩)", "quantity", "quantity"),
            Column("亩均标准", "rate", yuan("rate_fen")), Column("补贴资金(元)", "amount", comma()), Column("手机号码", "phone", "phone"), Column("社会保障卡号", "account_no", "account"),
            Column("卡名", "account_name", "account_name"),
        ]  # fmt: skip
        files.append(Delivered(f"县农业农村局/{year}年度耕地地力保护补贴分户清册.csv", "csv-gb", [Sheet("x", columns, between(world, "land", year * 12, year * 12 + 11))],
                               "payment", {"item": "land", "channel": "系统", "service": f"{year}年"}, item="land"))  # fmt: skip
        columns = [
            Column("序号", "", "n"), Column("乡镇", "place", "town"), Column("村", "place", "village"), Column("林权所有者", "name", "name"), Column("身份证号", "id", masked),
            Column("公益林面积", "quantity", "quantity"), Column("补偿标准", "rate", yuan("rate_fen")), Column("补偿金额", "amount", yuan()), Column("一卡通号", "account_no", "account"),
        ]  # fmt: skip
        rows = numbered(between(world, "forest", year * 12, year * 12 + 11))
        files.append(Delivered(f"县林业局/{year}年生态公益林补偿资金公示表.xls", "html", [Sheet("x", columns, rows, [[f"{world.plan.zone}{year}年度生态公益林补偿资金兑付公示表"], ["单位:亩、元"]])],
                               "payment", {"item": "forest", "channel": "系统", "service": f"{year}年"}, item="forest"))  # fmt: skip
    return files


def by_half(world: World) -> list[Delivered]:
    """Resettlers and free electricity, the half-year in the title."""
    files = []
    for start in range(world.first_month, world.last_month + 1, 6):
        half = f"{start // 12}年{'上' if start % 12 == 0 else '下'}半年"
        columns = [
            Column("移民编码", "", lambda r: "43" + r["household_no"], also=("household_no",)), Column("乡(镇)", "place", "town"), Column("村", "place", "village"), Column("直补人口姓名", "name", "name"),
            Column("公民身份号码", "id", "id"), Column("户主", "", lambda r: r["person"].home.head.name), Column("直补金额(元)", "amount", yuan()), Column("存折(卡)账号", "account_no", "account"), Column("存折户名", "account_name", "account_name"),
        ]  # fmt: skip
        files.append(Delivered(f"县库区移民事务中心/{half}后扶直补资金发放表.xls", "xls", [Sheet("发放表", columns, between(world, "resettler", start, start + 5), [[f"{world.plan.zone}{half}大中型水库移民后期扶持直补资金发放表"]])],
                               "payment", {"item": "resettler", "channel": "系统", "service": half}, item="resettler"))  # fmt: skip
        columns = [
            Column("乡镇", "place", "town"), Column("村(居)", "place", "village"), Column("户主名", "name", "name"), Column("户主身份证", "id", "id"), Column("免费电量(度)", "", lambda r: 60, also=("quantity",), answer="不用"),
            Column("折算月份", "service", lambda r: f"{r['from'] // 12}年{r['from'] % 12 + 1}月至{r['to'] % 12 + 1}月"), Column("折合金额", "amount", yuan()), Column("银行卡号", "account_no", "account"), Column("摘要", "purpose", "purpose"),
        ]  # fmt: skip
        files.append(Delivered(f"县民政局/低保股/{half}两保户免费用电补助兑付.xlsx", "xlsx", [Sheet("兑付", columns, between(world, "power", start, start + 5), [[f"{half}低保户、五保户免费用电补助资金兑付花名册"]])],
                               "payment", {"item": "power", "channel": "系统"}, item="power"))  # fmt: skip
    return files


def by_year(world: World) -> list[Delivered]:
    """Family planning, veterans, village officers with the months across."""
    files = []
    for year in world.plan.years:
        columns = [
            Column("编号", "", "n"), Column("所在乡镇", "place", "town"), Column("所在村", "place", "village"), Column("扶助对象姓名", "name", "name"), Column("性别", "", lambda r: r["person"].sex), Column("身份证号码", "id", "id"),
            Column("子女数", "", lambda r: 1), Column("扶助标准(元/年)", "rate", yuan("rate_fen")), Column("本年扶助金", "amount", yuan()), Column("开户行", "bank", "bank"), Column("个人账号", "account_no", "account"),
        ]  # fmt: skip
        rows = numbered(between(world, "fp", year * 12, year * 12 + 11))
        files.append(Delivered(f"县卫健局/计生奖扶{year}.xlsx", "xlsx", [Sheet("Sheet1", columns, rows, [[f"{year}年农村部分计划生育家庭奖励扶助资金发放花名册"], ["填报单位:县卫生健康局"]], subtotal=totals(11, 8))],
                               "payment", {"item": "fp", "channel": "系统", "service": f"{year}年"}, item="fp"))  # fmt: skip
        months = [
            Column(f"{m}月", "", lambda r, m=m: r.get(f"m{m}", 0) / 100, also=("amount", "service"))
            for m in range(1, 13)
        ]
        columns = [Column("序号", "", "n"), Column("乡镇", "place", "town"), Column("村", "place", "village"), Column("干部姓名", "name", "name"), Column("身份证号", "id", "id"), Column("职务", "", lambda r: r["class"]),
                   *months, Column("全年合计", "amount", yuan(), also=("",)), Column("工资卡号", "account_no", "account")]  # fmt: skip
        rows = numbered(across_months(between(world, "cadre", year * 12, year * 12 + 11)))
        files.append(Delivered(f"县委组织部/{year}年村主职干部报酬发放汇总.xls", "xls", [Sheet("汇总", columns, rows, [[f"{year}年村主职干部报酬发放表"]])],
                               "payment", {"item": "cadre", "channel": "系统外", "service": f"{year}年"}, item="cadre"))  # fmt: skip
    columns = [
        Column("所属乡镇", "place", "town"), Column("所属村", "place", "village"), Column("姓名", "name", "name"), Column("公民身份号码", "id", "id"), Column("服役年限", "quantity", "quantity", also=("",)),
        Column("每服役1年补助标准", "rate", yuan("rate_fen"), also=("",)), Column("起止月份", "service", lambda r: f"{r['from'] // 12}.{r['from'] % 12 + 1:02d}-{r['to'] // 12}.{r['to'] % 12 + 1:02d}"), Column("补助金额", "amount", yuan()),
        Column("银行账户", "account_no", "account"),
    ]  # fmt: skip
    files.append(
        Delivered(
            "县退役军人事务局/60周岁以上农村籍退役士兵补助发放.txt",
            "tab-utf16",
            [Sheet("x", columns, between(world, "veteran", 0, 99999))],
            "payment",
            {"item": "veteran", "channel": "系统"},
            item="veteran",
        )
    )
    return files


def once(world: World) -> list[Delivered]:
    """Houses in ten thousands, relief by transfer and in cash, pupils by term."""
    columns = [
        Column("序号", "", "n"), Column("乡镇", "place", "town"), Column("村名", "place", "village"), Column("户主姓名", "name", "name"), Column("身份证号", "id", "id"), Column("房屋鉴定等级", "", "class"), Column("改造方式", "", lambda r: "拆除重建"),
        Column("竣工验收时间", "", lambda r: "2021.8", also=("",)), Column("补助金额", "amount", lambda r: r["amount_fen"] / 1000000), Column("资金拨付时间", "paid_on", dotted("paid_on"), also=("service",), answer="service"), Column("一卡通账号", "account_no", "account"),
    ]  # fmt: skip
    files = [Delivered("县住建局/农村危房改造补助资金拨付花名册.xlsx", "xlsx", [Sheet("拨付", columns, numbered(between(world, "reno", 0, 99999)), [["农村危房改造补助资金拨付花名册"], ["填报单位:县住建局", *[None] * 8, "金额单位:万元"]])],
                       "payment", {"item": "reno", "channel": "系统"}, unit="万元", item="reno")]  # fmt: skip
    columns = [
        Column("发放日期", "paid_on", "paid_on", also=("service",), answer="service"), Column("所属乡镇", "place", "town"), Column("所属村居", "place", "village"), Column("救助对象", "name", "name"), Column("身份证号码", "id", "id"),
        Column("困难原因", "purpose", lambda r: r["purpose"] or "因病致困", also=("",)), Column("救助金额", "amount", yuan()), Column("转入账号", "account_no", "account"),
    ]  # fmt: skip
    files.append(Delivered("县民政局/救助股/临时救助资金转账台账.xls", "xls", [Sheet("台账", columns, between(world, "relief", 0, 99999), [["临时救助台账"]])], "payment",
                           {"item": "relief", "channel": "系统外"}, item="relief"))  # fmt: skip
    terms: dict[int, list[Row]] = {}
    for row in between(world, "student", 0, 99999):
        terms.setdefault(row["from"], []).append(row)
    for begin, rows in sorted(terms.items()):
        term = f"{begin // 12}年{'春' if begin % 12 == 2 else '秋'}季"
        columns = [
            Column("学校", "", lambda r: f"{r['town'][:3]}中心学校"), Column("班级", "", lambda r: "302班"), Column("学生姓名", "name", "name"), Column("学生身份证", "id", "id"), Column("监护人", "account_name", "account_name", also=("",)), Column("补助金额(元/学期)", "amount", yuan()),
            Column("监护人银行卡号", "account_no", "account"), Column("户籍所在乡镇", "place", "town"), Column("户籍所在村", "place", "village"),
        ]  # fmt: skip
        files.append(Delivered(f"县教育局/{term}义务教育困难学生生活补助花名册.xlsx", "xlsx", [Sheet("名册", columns, rows, [[f"{term}义务教育阶段家庭经济困难学生生活补助发放花名册"]])],
                               "payment", {"item": "student", "channel": "系统外", "service": f"{term}学期"}, item="student"))  # fmt: skip
    return files


def payment_files(world: World) -> list[Delivered]:
    """Every payment list."""
    return [
        *dibao(world),
        *tekun(world),
        *disability(world),
        *aged(world),
        *land(world),
        *by_half(world),
        *by_year(world),
        *once(world),
    ]
