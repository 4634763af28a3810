"""County A as delivered: payment lists. Registers are in ``north_registers``."""

from __future__ import annotations

from typing import Any

from tests.county.grids import Column, Delivered, Row, Sheet
from tests.county.world import World

HAN = "一二三四"


def yuan(key: str = "amount_fen") -> Any:
    """Fen as a number of yuan."""
    return lambda row: row[key] / 100


def comma(key: str = "amount_fen") -> Any:
    """Fen as text with separators."""
    return lambda row: f"{row[key] / 100:,.2f}"


def numbered(rows: list[Row]) -> list[Row]:
    """Rows with a serial number."""
    return [{**row, "n": index} for index, row in enumerate(rows, 1)]


def total(columns: list[Column], at: int, word: str = "合计", text: bool = False) -> Any:
    """A totals line with the sum of fen in column ``at``."""

    def line(rows: list[Row]) -> list[Any]:
        fen = sum(row["amount_fen"] for row in rows)
        cells: list[Any] = [None] * len(columns)
        cells[0] = word
        cells[at] = f"{fen / 100:,.2f}" if text else fen / 100
        return cells

    return line


def of(world: World, kind: str, **same: Any) -> list[Row]:
    """Payments of a kind, in order of place and time."""
    rows = [
        row
        for row in world.payments
        if row["kind"] == kind and all(row[key] == value for key, value in same.items())
    ]
    return sorted(rows, key=lambda row: (row["town"], row["village"], row["from"], row["pay_no"]))


def month_text(month: int, form: str = "{}年{}月") -> str:
    """An integer month in words."""
    return form.format(month // 12, month % 12 + 1)


def statuses(row: Row) -> str:
    """How this county writes the state of a payment."""
    return "发放成功" if row["status"] == "ok" else "发放失败"


def dibao(world: World) -> list[Delivered]:
    """Monthly money, one list per town and quarter in the first year, one workbook per half-year in the second."""
    files = []
    year = min(world.plan.years)
    for town in world.plan.villages:
        for quarter in range(4):
            rows = [
                row
                for row in of(world, "dibao", town=town)
                if (row["from"] - year * 12) // 3 == quarter and row["from"] // 12 == year
            ]
            columns = [
                Column("序号", "", "n"), Column("村(居)", "place", "village"), Column("户主姓名", "name", "name"),
                Column("身份证号码", "id", "id"), Column("保障人口(人)", "quantity", "quantity"), Column("类别", "", "class"),
                Column("月份", "service", lambda r: f"{r['from'] % 12 + 1}月"), Column("保障金额(元)", "amount", yuan()),
                Column("一卡通帐号", "account_no", "account"), Column("备注", "purpose", "purpose", also=("",)),
            ]  # fmt: skip
            files.append(Delivered(
                f"民政/低保/{year}年/{town}{year}年第{HAN[quarter]}季度低保金发放花名册.xlsx", "xlsx",
                [Sheet("Sheet1", columns, numbered(rows), [[f"{town}{year}年第{HAN[quarter]}季度农村低保金发放花名册"], ["单位:元", *[None] * 6, f"填报日期:{year}年{quarter * 3 + 3}月"]],
                       footers=[["制表人:", "周某", None, "审核人:", "吴某"]], subtotal=total(columns, 7), group="village")],
                "payment", {"item": "dibao", "channel": "系统"}, item="dibao"))  # fmt: skip
    year += 1
    for half in range(2):
        sheets = []
        columns = [
            Column("乡镇", "place", "town"), Column("村", "place", "village"), Column("户号", "household_no", "household_no"),
            Column("姓名", "name", "name"), Column("公民身份号码", "id", "id"), Column("发放月份", "service", lambda r: month_text(r["from"], "{}{:02d}")),
            Column("人数", "quantity", "quantity"), Column("应发金额", "amount", comma(), also=("",)), Column("开户名", "account_name", "account_name"),
            Column("银行卡号", "account_no", "account"), Column("发放结果", "status", statuses),
        ]  # fmt: skip
        for town in world.plan.villages:
            rows = [
                row
                for row in of(world, "dibao", town=town)
                if row["from"] // 12 == year and row["from"] % 12 // 6 == half
            ]
            sheets.append(Sheet(town, columns, rows, repeat_every=60))
        brief = [Column("乡镇", "", "town"), Column("户次", "", "count"), Column("金额", "", yuan())]
        summary = [
            {"town": s.name, "count": len(s.rows), "amount_fen": sum(r["amount_fen"] for r in s.rows)}
            for s in sheets
        ]
        sheets.append(Sheet("汇总", brief, summary, [["城乡低保资金发放汇总表"]], counts=False))
        files.append(Delivered(f"民政/低保/{year}年/{year}年{'上下'[half]}半年低保发放明细.xls", "xls", sheets, "payment",
                               {"item": "dibao", "channel": "系统"}, item="dibao"))  # fmt: skip
    return files


def tekun(world: World) -> list[Delivered]:
    """One web export a year."""
    files = []
    for year in world.plan.years:
        columns = [
            Column("行政区划", "place", lambda r: f"{world.plan.zone}{r['town']}{r['village']}"), Column("对象姓名", "name", "name"),
            Column("证件号码", "id", "id"), Column("供养类别", "", "class"), Column("所属月份", "service", lambda r: month_text(r["from"], "{}-{:02d}")),
            Column("供养金(元)", "amount", comma()), Column("社会化发放账号", "account_no", "account"), Column("账户姓名", "account_name", "account_name"),
            Column("到账时间", "paid_on", lambda r: r["paid_on"].strftime("%Y-%m-%d 00:00:00")), Column("联系方式", "phone", "phone"),
        ]  # fmt: skip
        rows = [row for row in of(world, "tekun") if row["from"] // 12 == year and row["channel"] == "system"]
        files.append(Delivered(f"民政/特困供养/救助供养资金发放记录{year}.xls", "html", [Sheet("x", columns, rows)], "payment",
                               {"item": "tekun", "channel": "系统"}, item="tekun"))  # fmt: skip
    return files


def disability(world: World) -> list[Delivered]:
    """Both disability allowances in one GB18030 file per quarter; a column names the allowance."""
    files = []
    names = {kind: world.plan.item(kind).name for kind in ("nursing", "living")}
    for start in range(world.first_month, world.last_month + 1, 3):
        rows = [row for kind in names for row in of(world, kind) if start <= row["from"] <= start + 2]
        columns = [
            Column("乡镇名称", "place", "town"), Column("村名称", "place", "village"), Column("残疾人姓名", "name", "name"),
            Column("残疾人身份证号", "id", lambda r: "\t" + r["id"]), Column("补贴种类", "item", lambda r: names[r["kind"]]),
            Column("补贴起始月", "service", lambda r: month_text(r["from"], "{}.{:02d}"), also=("",), answer="不用"),
            Column("补贴终止月", "service", lambda r: month_text(r["to"], "{}.{:02d}"), also=("",), answer="不用"),
            Column("补贴金额", "amount", yuan()), Column("户名", "account_name", "account_name"), Column("卡号", "account_no", "account"),
            Column("打款日期", "paid_on", lambda r: r["paid_on"].strftime("%Y.%m.%d")), Column("发放状态", "status", lambda r: "成功" if r["status"] == "ok" else "失败"),
            Column("失败原因", "fail_reason", "fail_reason"),
        ]  # fmt: skip
        files.append(Delivered(f"残联/两项补贴/{start // 12}年{start % 12 // 3 + 1}季度两补发放.csv", "csv-gb", [Sheet("x", columns, rows)],
                               "payment", {"channel": "系统"}))  # fmt: skip
    return files


def aged(world: World) -> list[Delivered]:
    """One workbook per town and year, a sheet per village."""
    files = []
    for year in world.plan.years:
        for town, villages in world.plan.villages.items():
            columns = [
                Column("编号", "", "n"), Column("老人姓名", "name", "name"), Column("身份证件号码", "id", "id"),
                Column("季度", "service", lambda r: f"{r['from'] // 12}年第{HAN[r['from'] % 12 // 3]}季度"), Column("月标准", "rate", yuan("rate_fen")),
                Column("发放金额(元)", "amount", yuan()), Column("领款账户", "account_no", "account"), Column("账户户名", "account_name", "account_name"),
                Column("发放日期", "paid_on", "paid_on"), Column("是否成功", "status", lambda r: "成功" if r["status"] == "ok" else "失败"),
                Column("未成功原因", "fail_reason", "fail_reason"), Column("说明", "purpose", "purpose"),
            ]  # fmt: skip
            sheets = []
            for village in villages:
                rows = [
                    row
                    for row in of(world, "aged", town=town, village=village)
                    if row["paid_on"].year == year
                ]
                if rows:
                    sheets.append(Sheet(village, columns, numbered(rows), [[f"{world.plan.zone}{town}{village}{year}年度高龄津贴发放表"]],
                                        subtotal=total(columns, 5)))  # fmt: skip
            hint = Sheet("填表说明", [Column("填表说明", "", "text")], [{"text": "1.每季度末月20日前报送。", "amount_fen": 0}, {"text": "2.身份证号码用文本格式。", "amount_fen": 0}],
                         hidden=True, counts=False)  # fmt: skip
            files.append(
                Delivered(
                    f"民政/高龄/{year}/{town}.xlsx",
                    "xlsx",
                    [*sheets, hint],
                    "payment",
                    {"item": "aged", "channel": "系统"},
                    item="aged",
                )
            )
    return files


def land(world: World) -> list[Delivered]:
    """A zip a year with one true xls per town, headers in two rows."""
    files = []
    for year in world.plan.years:
        for town in world.plan.villages:
            columns = [
                Column("序号", "", "n"), Column("村组", "place", "village"), Column("农户姓名", "name", "name"), Column("身份证号", "id", "id"),
                Column("确权面积", "", lambda r: round(r["quantity"] + 0.4, 2), parent="面积(亩)"), Column("扣除面积", "", lambda r: 0.4, parent="面积(亩)"),
                Column("补贴面积", "quantity", "quantity", parent="面积(亩)"), Column("标准(元/亩)", "rate", yuan("rate_fen"), parent="补贴资金"),
                Column("金额(元)", "amount", yuan(), parent="补贴资金"), Column("开户行", "bank", "bank"), Column("一折通账号", "account_no", "account"),
                Column("农户签字", "", lambda r: ""),
            ]  # fmt: skip
            rows = [row for row in of(world, "land", town=town) if row["from"] // 12 == year]
            files.append(Delivered(f"{town}{year}年耕地地力保护补贴清册.xls", "xls",
                                   [Sheet("清册", columns, numbered(rows), [[f"{year}年耕地地力保护补贴发放清册"], [f"填报单位:{town}人民政府(盖章)"]],
                                          footers=[["镇长:", None, "分管领导:", None, "经办人:"]], subtotal=total(columns, 8, "总计"), group="village")],
                                   "payment", {"item": "land", "channel": "系统"}, archive=f"农业农村局/{year}年地力补贴.zip", item="land"))  # fmt: skip
    return files


def others(world: World) -> list[Delivered]:
    """Forest without identity numbers, resettlers as UTF-16 text, the rest."""
    files = []
    first = min(world.plan.years)
    for year in world.plan.years:
        columns = [Column("姓名", "name", "name"), Column("行政村名", "place", "village"), Column("乡镇", "place", "town"),
                   Column("一卡通存折号码", "account_no", "account"), Column("面积", "quantity", "quantity"), Column("金额", "amount", yuan())]  # fmt: skip
        rows = [row for row in of(world, "forest") if row["from"] // 12 == year]
        files.append(Delivered(f"自然资源局/{year}退耕还林补助兑现表.xlsx", "xlsx", [Sheet("兑现", columns, rows, [[f"{year}年度新一轮退耕还林补助资金兑现表"]])],
                               "payment", {"item": "forest", "channel": "系统", "id": "", "service": f"{year}年"}, item="forest"))  # fmt: skip
        columns = [
            Column("镇街", "place", "town"), Column("村居", "place", "village"), Column("受益人姓名", "name", "name"), Column("受益人身份证号", "id", "id"),
            Column("年度", "service", lambda r: f"{r['from'] // 12}年", also=("",)), Column("奖扶金额", "amount", lambda r: f"￥{r['amount_fen'] / 100:.2f}"),
            Column("存折账号", "account_no", "account"),
        ]  # fmt: skip
        rows = [row for row in of(world, "fp") if row["from"] // 12 == year]
        files.append(Delivered(f"卫健局/{year}年奖励扶助资金发放.xlsx", "xlsx", [Sheet("奖扶", columns, rows, [[f"{world.plan.zone}{year}年农村计划生育家庭奖励扶助金发放明细表"]])],
                               "payment", {"item": "fp", "channel": "系统"}, item="fp"))  # fmt: skip
        columns = [
            Column("时间", "service", lambda r: month_text(r["from"])), Column("镇", "place", "town"), Column("村", "place", "village"), Column("姓名", "name", "name"),
            Column("身份证号", "id", "id"), Column("职务", "", "class"), Column("月报酬(元)", "amount", yuan(), also=("rate",)), Column("银行账号", "account_no", "account"),
        ]  # fmt: skip
        rows = [row for row in of(world, "cadre") if row["from"] // 12 == year]
        files.append(Delivered(f"组织部/{year}年村干部报酬发放表.xls", "xls", [Sheet("发放表", columns, rows, [[f"{year}年村干部基本报酬发放表"]])],
                               "payment", {"item": "cadre", "channel": "系统外"}, item="cadre"))  # fmt: skip
    for start in range(world.first_month, world.last_month + 1, 6):
        columns = [
            Column("户主", "", lambda r: r["person"].home.head.name, also=("name",)), Column("移民姓名", "name", "name"), Column("移民身份证号", "id", "id"),
            Column("安置村", "place", lambda r: r["town"] + r["village"]), Column("期次", "service", lambda r: f"{r['from'] // 12}{'上下'[r['from'] % 12 // 6]}半年"),
            Column("直补金额", "amount", yuan()), Column("打款账号", "account_no", "account"), Column("账号户名", "account_name", "account_name"),
        ]  # fmt: skip
        rows = [row for row in of(world, "resettler") if row["from"] == start]
        files.append(Delivered(f"水利局/移民直补{start // 12}年{'上下'[start % 12 // 6]}半年.txt", "tab-utf16", [Sheet("x", columns, rows)], "payment",
                               {"item": "resettler", "channel": "系统"}, item="resettler"))  # fmt: skip
        columns = [Column("序号", "", "n"), Column("账号", "account_no", "account"), Column("户名", "account_name", "account_name", also=("name",), answer="name"), Column("证件号", "id", "id"),
                   Column("金额", "amount", lambda r: f"{r['amount_fen'] / 100:.2f}"), Column("摘要", "purpose", lambda r: r["purpose"] or "电价补贴")]  # fmt: skip
        rows = numbered([row for row in of(world, "power") if row["from"] // 6 == start // 6])
        fen = sum(row["amount_fen"] for row in rows)
        files.append(Delivered(f"民政/电价补贴/DJBT{start // 12}{'A' if start % 12 == 0 else 'B'}.txt", "bar-gb",
                               [Sheet("x", columns, rows, footers=[["总笔数", str(len(rows)), "总金额", f"{fen / 100:.2f}"]])], "payment",
                               {"item": "power", "channel": "系统", "service": f"{start // 12}{'上下'[start % 12 // 6]}半年"}, item="power"))  # fmt: skip
    columns = [
        Column("序号", "", "n"), Column("乡(镇)", "place", "town"), Column("村", "place", "village"), Column("农户姓名", "name", "name"), Column("身份证号", "id", "id"),
        Column("改造年度", "service", lambda r: f"{r['from'] // 12}年", also=("",)), Column("危房等级", "", "class"), Column("补助资金(万元)", "amount", lambda r: r["amount_fen"] / 1000000),
        Column("拨付时间", "paid_on", "paid_on"), Column("收款账号", "account_no", "account"),
    ]  # fmt: skip
    files.append(Delivered(f"住建局/{first}年危改补助拨付表.xlsx", "xlsx", [Sheet("拨付", columns, numbered(of(world, "reno")), [[f"{first}年农村危房改造补助资金拨付明细表"], ["单位:万元"]])],
                           "payment", {"item": "reno", "channel": "系统"}, unit="万元", item="reno"))  # fmt: skip
    columns = [
        Column("救助时间", "paid_on", lambda r: f"{r['paid_on'].year}年{r['paid_on'].month}月{r['paid_on'].day}日", also=("service",), answer="service"), Column("乡镇", "place", "town"),
        Column("村", "place", "village"), Column("申请人", "name", "name"), Column("申请人身份证号", "id", "id"), Column("救助原因", "purpose", lambda r: "因病", also=("",)),
        Column("救助金额(元)", "amount", yuan()), Column("银行账户", "account_no", "account"),
    ]  # fmt: skip
    files.append(
        Delivered(
            "民政/临时救助台账.csv",
            "csv-bom",
            [Sheet("x", columns, of(world, "relief"))],
            "payment",
            {"item": "relief", "channel": "系统外"},
            item="relief",
        )
    )
    columns = [
        Column("学校", "", lambda r: f"{r['town'][:2]}中心小学"), Column("学生姓名", "name", "name"), Column("学生身份证号", "id", "id"), Column("家长姓名", "", "account_name", also=("account_name",)),
        Column("学期", "service", lambda r: f"{r['from'] // 12}年{'春' if r['from'] % 12 == 2 else '秋'}季学期"), Column("资助金额", "amount", yuan()),
        Column("家长银行卡号", "account_no", "account"), Column("乡镇", "place", "town"), Column("村", "place", "village"),
    ]  # fmt: skip
    files.append(Delivered("教育局/困难学生生活补助发放名单.xlsx", "xlsx", [Sheet("名单", columns, of(world, "student"), [["家庭经济困难学生生活补助发放名单"]])],
                           "payment", {"item": "student", "channel": "系统外"}, item="student"))  # fmt: skip
    return files


def payment_files(world: World) -> list[Delivered]:
    """Every payment list."""
    return [*dibao(world), *tekun(world), *disability(world), *aged(world), *land(world), *others(world)]
