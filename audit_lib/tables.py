"""The canonical tables: what every delivered file becomes, whoever delivered it.

A column's type says how a written cell is read and which stored columns it becomes:

=========  ==========================  ===========================================================
type       stored as                   meaning
=========  ==========================  ===========================================================
text       ``x`` VARCHAR               trimmed, NFKC; empty is NULL
name       ``x`` VARCHAR               a person's name: blanks, ``·`` variants and (户主) removed
id         ``id_raw id_no id_status``  as written; canonical 18 digits or NULL; see ``idnum.status``
date       ``x`` DATE                  any written form of one day
period     ``x_from x_to`` INTEGER     first and last month, as year×12+month−1
fen        ``x_fen`` BIGINT            an amount in 元 (or 万元 by title), kept in 分
number     ``x`` DOUBLE                area, degree, count with fractions
int        ``x`` INTEGER
place      ``town_id village_id``      codes of ``params/…/areas.yml``; the spelling in ``village_raw``
choice     ``x`` VARCHAR               one of ``choices`` (values; keys are the Chinese spellings)
fen_by_year ``x`` VARCHAR              every further column headed with a year (其中:2017年), JSON {"2017": fen}
item       ``item_id`` VARCHAR         code of ``params/…/items.yml``; the spelling in ``item_raw``
=========  ==========================  ===========================================================

Every stored table starts with ``<table>_row`` BIGINT, the origin of the row: the number of
its sheet in table ``sheet`` times ``ROWS_PER_SHEET`` plus its row in that sheet (header = 1
when it is the first line). After identity a linked table has ``person_id`` (NULL when
nobody is known) and ``link_tier`` and no longer has ``id_raw id_no name`` — rules judge
people, not numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from audit_lib.errors import AuditError

ColumnType = Literal[
    "text", "name", "id", "date", "period", "fen", "fen_by_year", "number", "int", "place", "choice", "item"
]

#: origin number = sheet_no * ROWS_PER_SHEET + row in the sheet; 10 million is above Excel and any list
ROWS_PER_SHEET = 10_000_000


@dataclass(frozen=True)
class Column:
    """One column: its name in SQL, its type, its Chinese caption, and the headers files use for it.

    ``choices`` are the words of a ``choice`` and their values. A text with choices keeps the words nobody knows.
    """

    name: str
    type: ColumnType
    caption: str
    headers: tuple[str, ...] = ()
    required: bool = False
    choices: dict[str, str] = field(default_factory=dict)

    def stored(self) -> dict[str, str]:
        """The stored columns and their SQL types."""
        if self.type == "id":
            return {"id_raw": "VARCHAR", "id_no": "VARCHAR", "id_status": "VARCHAR"}
        if self.type == "period":
            return {f"{self.name}_from": "INTEGER", f"{self.name}_to": "INTEGER"}
        if self.type == "fen":
            return {f"{self.name}_fen": "BIGINT"}
        if self.type == "place":
            return {"town_id": "VARCHAR", "village_id": "VARCHAR", "village_raw": "VARCHAR"}
        if self.type == "item":
            return {"item_id": "VARCHAR", "item_raw": "VARCHAR"}
        sql = {"date": "DATE", "number": "DOUBLE", "int": "INTEGER"}.get(self.type, "VARCHAR")
        return {self.name: sql}


@dataclass(frozen=True)
class Table:
    """One canonical table. ``about_person`` tables take part in identity."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    about_person: bool = True

    @property
    def row_column(self) -> str:
        """Name of the origin column, e.g. ``payment_row``."""
        return f"{self.name}_row"

    def stored(self) -> dict[str, str]:
        """Stored columns before identity, origin first."""
        columns = {self.row_column: "BIGINT"}
        for column in self.columns:
            columns |= column.stored()
        return columns

    def linked(self) -> dict[str, str]:
        """Stored columns after identity, as rules see them."""
        if not self.about_person:
            return self.stored()
        hidden = {"id_raw", "id_no", "name"}
        columns = {name: sql for name, sql in self.stored().items() if name not in hidden}
        row = {self.row_column: columns.pop(self.row_column)}
        return row | {"person_id": "VARCHAR", "link_tier": "VARCHAR"} | columns


_ID = (
    "身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码", "居民身份证号", "证件号", "身份证件号",
    "户主身份证号", "所有人身份证号",
)  # fmt: skip
_NAME = (
    "姓名",
    "补贴对象姓名",
    "农户姓名",
    "申请人姓名",
    "领款人",
    "补贴对象",
    "受益人",
    "持卡人",
    "户主姓名",
    "户主",
)
_TOWN = ("乡镇", "镇", "镇街", "镇办", "所在乡镇")
_VILLAGE = ("行政村", "村", "村名", "村居", "村(社区)", "所在村", "住址", "户籍地址", "家庭住址", "地址")
#: headers of the town; the other headers of a place column name a village or an address
TOWN_HEADERS = _TOWN
#: headers of a year that belongs to the month written in another column
YEAR_HEADERS = ("补贴年度", "年度", "年份", "发放年度", "所属年度")
_ACCOUNT = (
    "银行账号", "账号", "卡号", "银行卡号", "一卡通账号", "一本通账号", "存折账号", "收款账号", "打款账号",
)  # fmt: skip
_AMOUNT = (
    "补贴金额", "金额", "发放金额", "实发金额", "补助金额", "合计金额", "补贴", "发放额",
)  # fmt: skip
_PERIOD = (
    "发放月份", "所属期", "年月", "所属年月", "补贴月份", "所属月份", "补贴期间", "所属期间", "发放期间", "期次",
    "发放期次", "补贴时段", "学期", "季度", "月份", *YEAR_HEADERS,
)  # fmt: skip
_HOUSEHOLD = ("户号", "家庭编号", "户编号")


def _person(*, id_required: bool = True) -> tuple[Column, Column]:
    return (
        Column("name", "name", "姓名", _NAME, required=True),
        Column("id", "id", "身份证号", _ID, required=id_required),
    )


_PLACE = Column("place", "place", "镇村", _TOWN + _VILLAGE)

PAYMENT = Table(
    "payment",
    "发放明细",
    (
        *_person(),
        _PLACE,
        Column("household_no", "text", "户号", _HOUSEHOLD),
        Column("item", "item", "补贴项目", ("补贴项目", "项目名称", "项目"), required=True),
        Column(
            "service",
            "period",
            "所属期",
            _PERIOD,
            required=True,
        ),
        Column("quantity", "number", "数量", ("数量", "面积", "补贴面积", "人数", "计补面积", "亩数")),
        Column("rate", "fen", "标准", ("补贴标准", "标准")),
        Column("amount", "fen", "金额", _AMOUNT, required=True),
        Column("bank", "text", "开户银行", ("开户银行", "开户行")),
        Column("account_no", "text", "账号", _ACCOUNT),
        Column("account_name", "name", "户名", ("户名", "账户名")),
        Column("paid_on", "date", "发放日期", ("发放日期", "打款日期", "拨付日期", "到账日期", "发放时间")),
        Column(
            "status",
            "choice",
            "发放状态",
            ("发放状态", "状态", "处理状态"),
            choices={
                "成功": "success",
                "发放成功": "success",
                "失败": "failed",
                "发放失败": "failed",
                "退回": "returned",
                "冲销": "reversed",
                "红冲": "reversed",
            },
        ),
        Column("fail_reason", "text", "失败原因", ("失败原因",)),
        Column("pay_no", "text", "发放流水号", ("流水号", "发放流水号")),
        Column("reissue_of", "text", "补发原流水号", ("原流水号", "补发原流水号")),
        Column("batch_no", "text", "批次号", ("批次", "批次号", "发放批次")),
        Column("purpose", "text", "摘要", ("摘要", "备注", "用途", "文号")),
        Column("phone", "text", "联系电话", ("联系电话", "电话", "手机号")),
        Column(
            "channel",
            "choice",
            "发放渠道",
            ("发放渠道", "渠道"),
            choices={"系统": "system", "一本通系统": "system", "系统外": "off_system", "现金": "cash"},
        ),
    ),
)

HUKOU = Table(
    "hukou",
    "户籍人口",
    (
        *_person(),
        Column("former_name", "name", "曾用名", ("曾用名",)),
        Column("sex", "text", "性别", ("性别",)),
        Column("birth_on", "date", "出生日期", ("出生日期",)),
        Column("household_no", "text", "户号", _HOUSEHOLD),
        Column("relation", "text", "与户主关系", ("与户主关系", "户主或与户主关系")),
        Column("hukou_kind", "text", "户口类别", ("户口类别",)),
        _PLACE,
        Column("moved_in_on", "date", "迁入日期", ("迁入日期",)),
        Column("moved_out_on", "date", "迁出日期", ("迁出日期",)),
        Column("moved_out_to", "text", "迁往何地", ("迁往何地", "迁往地")),
        Column("cancelled_on", "date", "注销日期", ("注销日期",)),
        Column("cancel_reason", "text", "注销原因", ("注销原因", "注销标识")),
    ),
)

DEATH = Table(
    "death",
    "死亡登记",
    (
        Column("name", "name", "姓名", ("逝者姓名", *_NAME), required=True),
        Column("id", "id", "身份证号", _ID, required=True),
        _PLACE,
        Column("died_on", "date", "死亡日期", ("死亡日期", "死亡时间"), required=True),
        Column(
            "reported_on", "date", "登记日期", ("火化时间", "火化日期", "登记日期", "报告日期", "注销日期")
        ),
        Column("death_place", "text", "死亡地点", ("死亡地点",)),
        Column(
            "source",
            "choice",
            "来源",
            ("来源",),
            choices={
                "公安": "police",
                "殡仪馆": "crematorium",
                "卫健": "health",
                "村": "village",
                "医保": "insurance",
                "社保": "insurance",
                "法院": "court",
                "上级": "higher",
                "异地": "higher",
            },
        ),
    ),
)

ENROLMENT = Table(
    "enrolment",
    "资格名册",
    (
        *_person(),
        _PLACE,
        Column("household_no", "text", "户号", _HOUSEHOLD),
        Column("register", "text", "名册", ("名册",), required=True),
        Column(
            "class",
            "text",
            "类别/等级",
            (
                "保障类别",
                "类别",
                "残疾等级",
                "等级",
                "供养方式",
                "优抚类别",
                "学段",
                "危房等级",
                "人群类别",
                "档次",
            ),
        ),
        Column(
            "quantity",
            "number",
            "数量",
            ("保障人口数", "保障人口", "面积", "确权面积", "服役年限", "任职年限", "核定面积"),
        ),
        Column("monthly", "fen", "月标准", ("月保障金额", "月标准", "补助金额")),
        Column(
            "approved_on",
            "date",
            "享受起始时间",
            ("享受起始时间", "享受起始日期", "批准日期", "起始日期", "认定日期", "验收日期"),
        ),
        Column("ended_on", "date", "享受终止时间", ("享受终止时间", "终止日期", "到期日期", "有效期至")),
        Column("stop_on", "date", "停发日期", ("停发日期", "退出日期", "注销日期")),
        Column("stop_reason", "text", "停发原因", ("停发原因", "退出原因", "备注")),
        Column("cert_no", "text", "证号", ("残疾证号", "低保证号", "证书编号", "证号")),
        Column("filing", "text", "近亲属备案", ("近亲属备案", "干部近亲属备案", "备案情况", "是否备案")),
    ),
)

STAFF = Table(
    "staff",
    "财政供养与村干部",
    (
        *_person(),
        Column("unit", "text", "工作单位", ("工作单位", "单位名称", "单位")),
        Column("post_kind", "text", "人员性质", ("人员性质", "人员类别", "职务")),
        Column("started_on", "date", "起始日期", ("入职日期", "任职日期", "起始日期")),
        Column("ended_on", "date", "终止日期", ("离职日期", "卸任日期", "终止日期")),
        Column("monthly_pay", "fen", "月工资", ("月工资", "工资额", "月应发工资")),
    ),
)

COMPANY = Table(
    "company",
    "市场主体",
    (
        *_person(),
        Column("company_name", "text", "企业名称", ("企业名称", "市场主体名称")),
        Column("company_kind", "text", "企业类型", ("企业类型", "主体类型")),
        Column("uscc", "text", "统一社会信用代码", ("统一社会信用代码", "注册号")),
        Column("role", "text", "职务类型", ("职务类型", "职务")),
        Column("registered_on", "date", "成立日期", ("成立日期", "注册日期")),
        Column("company_status", "text", "经营状态", ("经营状态",)),
        Column("ended_on", "date", "注销日期", ("注销日期", "吊销日期")),
        Column("capital", "fen", "出资额", ("出资额", "认缴出资额")),
        Column("region", "text", "登记机关", ("登记机关", "注册地")),
    ),
)

VEHICLE = Table(
    "vehicle",
    "机动车",
    (
        Column("name", "name", "所有人", ("车辆所有人", "机动车所有人", *_NAME), required=True),
        Column("id", "id", "身份证号", _ID, required=True),
        Column("plate_no", "text", "车牌号", ("车牌号", "号牌号码")),
        Column("plate_kind", "text", "号牌种类", ("号牌种类",)),
        Column("brand", "text", "品牌", ("车辆品牌", "品牌型号")),
        Column("registered_on", "date", "初次登记时间", ("初次登记时间", "初次登记日期")),
        Column("vehicle_status", "text", "车辆状态", ("车辆状态", "机动车状态")),
        Column("ended_on", "date", "转移/报废日期", ("转移日期", "报废日期", "转移报废日期")),
        Column("region", "text", "登记地", ("登记地", "发证机关")),
        Column("displacement", "number", "排量(升)", ("排量(升)", "排量", "排量(L)")),
        Column("value", "fen", "车辆价值", ("车辆价值", "购置价", "购车价格", "车辆购置价")),
    ),
)

PROPERTY = Table(
    "property",
    "不动产",
    (
        Column("name", "name", "产权所有人", ("产权所有人", "权利人", *_NAME), required=True),
        Column("id", "id", "身份证号", _ID, required=True),
        Column("cert_no", "text", "产权证号", ("产权证号", "不动产权证号")),
        Column("property_kind", "text", "房屋用途", ("房屋用途", "用途")),
        Column("address", "text", "房屋坐落", ("房屋坐落", "坐落")),
        Column("area_m2", "number", "建筑面积", ("建筑面积", "房屋面积")),
        Column("acquired_by", "text", "取得方式", ("取得方式",)),
        Column("registered_on", "date", "登记日期", ("房产登记日", "登记日期", "登记时间")),
    ),
)

SOCIAL_INS = Table(
    "social_ins",
    "社会保险",
    (
        *_person(),
        Column(
            "scheme",
            "choice",
            "险种",
            ("险种", "险种类型", "参保险种"),
            choices={
                "城乡居民养老保险": "resident",
                "居民": "resident",
                "企业职工养老保险": "employee",
                "职工": "employee",
                "机关事业养老保险": "public",
            },
        ),
        Column("ins_status", "text", "参保状态", ("参保状态", "人员状态")),
        Column("unit", "text", "单位名称", ("单位名称", "参保单位")),
        Column("base", "fen", "缴费基数", ("缴费基数", "月缴费基数", "工资基数")),
        Column("pension", "fen", "月养老金", ("月养老金", "待遇金额", "月待遇")),
        Column("started_on", "date", "起始日期", ("参保日期", "待遇起始日期", "起始日期")),
        Column("ended_on", "date", "终止日期", ("停保日期", "终止日期", "待遇终止日期")),
    ),
)

TAX = Table(
    "tax",
    "纳税申报",
    (
        *_person(),
        Column("tax_year", "int", "申报年度", ("申报年度", "所属年度")),
        Column("income", "fen", "申报收入", ("申报收入", "收入额", "全年收入额")),
        Column("income_kind", "text", "所得项目", ("所得项目",)),
        Column("payer", "text", "扣缴义务人", ("扣缴义务人", "扣缴单位")),
        Column("region", "text", "税务机关", ("税务机关", "主管税务机关")),
    ),
)

CUSTODY = Table(
    "custody",
    "服刑与社区矫正",
    (
        *_person(),
        Column("custody_kind", "text", "执行方式", ("执行方式", "类别")),
        Column("started_on", "date", "收监日期", ("收监日期", "起始日期", "入监日期")),
        Column("ended_on", "date", "释放日期", ("释放日期", "终止日期", "刑满日期")),
    ),
)

ACCOUNT = Table(
    "account",
    "银行账户",
    (
        Column("name", "name", "户名", ("户名", "账户名", *_NAME), required=True),
        Column("id", "id", "证件号码", _ID, required=True),
        Column("account_no", "text", "账号", _ACCOUNT, required=True),
        Column("bank", "text", "开户银行", ("开户银行", "开户行")),
        Column("account_kind", "text", "账户类型", ("账户类型", "介质")),
        Column("account_status", "text", "账户状态", ("账户状态",)),
        Column("opened_on", "date", "开户日期", ("开户日期",)),
        Column("closed_on", "date", "销户日期", ("销户日期",)),
        Column("replaced_by", "text", "换卡新账号", ("换卡新账号", "新账号")),
    ),
)

BANK_RETURN = Table(
    "bank_return",
    "银行回盘",
    (
        Column("account_no", "text", "账号", _ACCOUNT, required=True),
        Column("account_name", "name", "户名", ("户名",)),
        Column("pay_no", "text", "流水号", ("流水号", "发放流水号")),
        Column("amount", "fen", "金额", _AMOUNT, required=True),
        Column(
            "return_status",
            "text",
            "处理状态",
            ("处理状态",),
            required=True,
            choices={"成功": "成功", "失败": "失败", "退回": "退回", "冲销": "退回"},
        ),
        Column("return_reason", "text", "失败原因", ("失败原因", "失败代码")),
    ),
    about_person=False,
)

CONTROL_TOTAL = Table(
    "control_total",
    "部门汇总表(总账)",
    (
        Column("item", "item", "补贴项目", ("补贴项目", "项目名称", "项目"), required=True),
        Column("place", "place", "镇", _TOWN),
        Column("year", "int", "年度", ("年度", "年份"), required=True),
        Column(
            "payees",
            "int",
            "人次(户次)",
            ("发放人数(户数)", "人数(户数)", "享受人数", "人(户)数", "发放人数"),
        ),
        Column("payments", "int", "笔数", ("笔数", "发放笔数")),
        Column("amount", "fen", "金额", _AMOUNT, required=True),
    ),
    about_person=False,
)

FEEDBACK = Table(
    "feedback",
    "疑点核查反馈",
    (
        Column("finding_id", "text", "疑点编号", ("疑点编号",)),
        Column("rule_title", "text", "疑点类型", ("疑点类型", "规则", "疑点类别"), required=True),
        Column("place", "place", "镇村", _TOWN + _VILLAGE),
        Column("name", "name", "姓名", _NAME),
        Column("id", "id", "身份证号", _ID),
        Column("item", "item", "补贴项目", ("补贴项目", "项目")),
        Column(
            "result",
            "choice",
            "核实结果",
            ("核实结果",),
            required=True,
            choices={
                "属实": "confirmed",
                "部分属实": "partly",
                "不属实": "cleared",
                "无法核实": "unverifiable",
            },
        ),
        Column("reason_code", "text", "不属实原因", ("不属实原因", "不属实原因码", "原因码")),
        Column("verified", "fen", "核实金额", ("核实金额",)),
        Column("verified_by_year", "fen_by_year", "其中:各年"),
        Column("note", "text", "情况说明", ("情况说明", "说明")),
        Column("attachment", "text", "佐证附件", ("佐证附件", "附件")),
        Column("verifier", "text", "核实人", ("核实人",)),
        Column("verified_on", "date", "核实日期", ("核实日期", "反馈日期")),
    ),
)

RECOVERY = Table(
    "recovery",
    "追缴登记",
    (
        Column("finding_id", "text", "疑点编号", ("疑点编号",)),
        Column("rule_title", "text", "疑点类型", ("疑点类型", "规则", "疑点类别")),
        Column("place", "place", "镇村", _TOWN + _VILLAGE),
        Column("name", "name", "姓名", _NAME),
        Column("id", "id", "身份证号", _ID),
        Column("item", "item", "补贴项目", ("补贴项目", "项目")),
        Column("amount", "fen", "追缴金额", ("追缴金额", "追回金额", "金额"), required=True),
        Column("recovered_on", "date", "追缴日期", ("追缴日期", "追回日期", "缴款日期"), required=True),
        Column("method", "text", "追缴方式", ("追缴方式", "方式")),
        Column("voucher_no", "text", "凭证号", ("凭证号", "缴款凭证号")),
    ),
)

INSPECTION = Table(
    "inspection",
    "督导抽查记录",
    (
        *_person(id_required=False),
        _PLACE,
        Column("household_no", "text", "户号", _HOUSEHOLD),
        Column("inspected_on", "date", "抽查日期", ("抽查日期", "督导日期"), required=True),
        Column("inspection_result", "text", "抽查结果", ("抽查结果", "抽查情况")),
    ),
)

#: every canonical table by name, in the order of the audit procedure
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PAYMENT, HUKOU, DEATH, ENROLMENT, STAFF, COMPANY, VEHICLE, PROPERTY, SOCIAL_INS, TAX, CUSTODY,
        ACCOUNT, BANK_RETURN, CONTROL_TOTAL, FEEDBACK, RECOVERY, INSPECTION,
    )
}  # fmt: skip

#: where rows come from: one line per sheet read (a CSV file is one sheet named ""), and one for each further table or
#: person of its rows; ``split`` counts records beyond one per delivered row, which are in no other count
SHEET_COLUMNS = {
    "sheet_no": "INTEGER", "file": "VARCHAR", "sheet": "VARCHAR", "table_name": "VARCHAR",
    "header_row": "INTEGER", "title": "VARCHAR", "delivered": "BIGINT", "kept": "BIGINT",
    "set_aside": "BIGINT", "totals": "BIGINT", "split": "BIGINT",
}  # fmt: skip

#: rows that could not be used, with the reason and the row as delivered (JSON)
SET_ASIDE_COLUMNS = {
    "origin": "BIGINT", "table_name": "VARCHAR", "reason": "VARCHAR", "column_name": "VARCHAR",
    "cell": "VARCHAR", "record": "VARCHAR",
}  # fmt: skip

#: 合计 rows found inside a file: dropped from detail, kept to be compared with it
PRINTED_TOTAL_COLUMNS = {
    "origin": "BIGINT",
    "label": "VARCHAR",
    "amount_fen": "BIGINT",
    "detail_fen": "BIGINT",
}

#: one line per delivered file
FILE_REGISTER_COLUMNS = {
    "file": "VARCHAR", "size": "BIGINT", "sha256": "VARCHAR", "format": "VARCHAR", "encoding": "VARCHAR",
    "table_name": "VARCHAR", "decision": "VARCHAR", "reason": "VARCHAR", "sheets": "INTEGER",
    "delivered": "BIGINT", "kept": "BIGINT", "set_aside": "BIGINT", "totals": "BIGINT", "split": "BIGINT",
}  # fmt: skip

#: what cleaning did: every distinct cell that came out different, per sheet and column, with how many cells it stands
#: for; ``origin`` is the first. Raw and cleaned are as text, an amount in 元.
CELL_CHANGE_COLUMNS = {
    "origin": "BIGINT", "table_name": "VARCHAR", "column_name": "VARCHAR", "raw": "VARCHAR", "cleaned": "VARCHAR",
    "flag": "VARCHAR", "cells": "BIGINT",
}  # fmt: skip

#: single cells that could not be read, are damaged, or whose value rests on an assumption
CELL_FLAG_COLUMNS = {name: sql for name, sql in CELL_CHANGE_COLUMNS.items() if name != "cells"}

#: delivered files that a source wanted and that cannot be used as a whole; the others are read all the same
REFUSED_FILE_COLUMNS = {
    "file": "VARCHAR", "table_name": "VARCHAR", "reason": "VARCHAR", "remedy": "VARCHAR",
    "ids": "BIGINT", "ids_cut": "BIGINT", "examples": "VARCHAR",
}  # fmt: skip

#: the people: one line per person_id
PERSON_COLUMNS = {
    "person_id": "VARCHAR", "name": "VARCHAR", "name_masked": "VARCHAR", "id_masked": "VARCHAR",
    "sex": "VARCHAR", "birth_on": "DATE", "town_id": "VARCHAR", "village_id": "VARCHAR",
    "household_no": "VARCHAR", "in_hukou": "BOOLEAN",
}  # fmt: skip

#: which row is whose, how sure, and why
LINK_COLUMNS = {
    "table_name": "VARCHAR", "origin": "BIGINT", "person_id": "VARCHAR", "tier": "VARCHAR",
    "probability": "DOUBLE", "reason": "VARCHAR",
}  # fmt: skip


def person_tables() -> Iterator[Table]:
    """The tables whose rows are about a person and go through identity."""
    return (table for table in TABLES.values() if table.about_person)


def table(name: str) -> Table:
    """Look a table up by name.

    Raises:
        AuditError: there is no such table; the message lists those that exist.
    """
    if name not in TABLES:
        raise AuditError(f"没有名为“{name}”的标准表", remedy="可用的标准表:" + "、".join(TABLES))
    return TABLES[name]


def origin(sheet_no: int, row: int) -> int:
    """The origin number of a row."""
    return sheet_no * ROWS_PER_SHEET + row


def locate(origin_no: int) -> tuple[int, int]:
    """Sheet number and row of an origin number."""
    return divmod(origin_no, ROWS_PER_SHEET)
