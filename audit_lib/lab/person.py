"""一人一页: every payment, register row, account and household member of one person, and what the rules made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from audit_lib.lab.looks import framed
from audit_lib.lab.marks import SideBySide
from audit_lib.lab.records import Files, Record, Row, column_captions, hidden, span_text, table_names
from audit_lib.lab.timeline import Happening, Lane, draw_timeline
from audit_lib.lab.why_not import explain_rules
from audit_lib.ledger.masks import mask_account
from audit_lib.report.drawings import Drawing
from audit_lib.report.grids import Cards, Field, Grid, Group
from audit_lib.report.stages import Stages
from audit_lib.tables import TABLES

#: columns of registers that are days on which something happened to a person
_DAYS = {
    ("death", "died_on"): "死亡", ("hukou", "moved_out_on"): "迁出", ("hukou", "cancelled_on"): "户口注销",
    ("staff", "started_on"): "任职", ("staff", "ended_on"): "离职", ("custody", "started_on"): "收监",
    ("custody", "ended_on"): "释放", ("company", "registered_on"): "办企业", ("vehicle", "registered_on"): "购车",
}  # fmt: skip
_STATUS = {"success": "成功", "failed": "失败", "returned": "退回", "reversed": "冲销"}


class PersonPage:
    """Everything the finished stages know about one person; numbers are masked unless ``reveal``."""

    def __init__(self, stages: Stages, person_id: str, reveal: bool = False) -> None:
        self.files, self.person_id, self.reveal = Files(stages), person_id, reveal
        self._ledger_url = stages.ledger_url

    # ── what it rests on ─────────────────────────────────────────────────────────────────────

    @cached_property
    def who(self) -> Row:
        """The person's line in table ``person``."""
        return next(
            iter(self.files.people("person", person_id=self.person_id)), {"person_id": self.person_id}
        )

    @cached_property
    def _payments(self) -> list[Row]:
        rows = self.files.linked("payment", person_id=self.person_id)
        return sorted(
            rows, key=lambda row: (row["service_from"] or 0, row["item_id"] or "", row["payment_row"])
        )

    @cached_property
    def _findings(self) -> list[Row]:
        return self.files.findings("finding", person_id=self.person_id)

    @cached_property
    def records(self) -> list[Record]:
        """Every delivered row taken for this person, payments last."""
        links = self.files.people("link", person_id=self.person_id)
        by_table: dict[str, list[int]] = {}
        for link in links:
            by_table.setdefault(link["table_name"], []).append(link["origin"])
        tables = [*(name for name in TABLES if name != "payment"), "payment"]
        return [record for name in tables for record in self.files.records(name, by_table.get(name, []))]

    # ── its parts ────────────────────────────────────────────────────────────────────────────

    def identity(self) -> Cards:
        """Who it is, how much was paid and how much is doubtful."""
        who = self.who
        paid = sum(row["amount_fen"] or 0 for row in self._payments if row["status"] in (None, "success"))
        sure = [finding for finding in self._findings if finding["tier"] in ("A", "B")]
        return Cards(
            [
                ("姓名", str(who.get("name") or "—"), str(who.get("id_masked") or "无证号")),
                ("住址", self.files.place_name(who.get("town_id"), who.get("village_id")) or "—",
                 "本区户籍" if who.get("in_hukou") else "户籍册中没有"),
                ("领取补贴", f"{paid / 100:,.2f}元", f"{len(self._payments)}笔"),
                ("疑点", f"{len(self._findings)}件", f"A、B级{len(sure)}件"),
            ]
        )  # fmt: skip

    def timeline(self) -> Drawing | Grid:
        """Payments by month, doubtful months hatched, with the days that matter."""
        doubtful: dict[str, set[int]] = {}
        wanted = tuple(finding["finding_id"] for finding in self._findings)
        for line in self.files.findings("finding_line", finding_id=wanted) if wanted else []:
            if line["month"] is not None:
                doubtful.setdefault(line["item_id"] or "", set()).add(line["month"])
        paid: dict[str, set[int]] = {}
        for row in self._payments:
            if row["status"] in (None, "success") and row["service_from"] is not None:
                last = row["service_to"] if row["service_to"] is not None else row["service_from"]
                paid.setdefault(row["item_id"] or "", set()).update(range(row["service_from"], last + 1))
        lanes = [
            Lane(self.files.item_name(item), frozenset(paid.get(item, ())), frozenset(doubtful.get(item, ())))
            for item in sorted({*paid, *doubtful})
        ]
        return draw_timeline(lanes, self._happenings())

    def _happenings(self) -> list[Happening]:
        found = set()
        for (table, column), what in _DAYS.items():
            for row in self.files.linked(table, person_id=self.person_id):
                if isinstance(row.get(column), date):
                    found.add(Happening(row[column], what, TABLES[table].caption))
        names = {
            item.register_name: f"{item.name}名册" for item in self.files.project.items if item.register_name
        }
        for row in self.files.linked("enrolment", person_id=self.person_id):
            for column, what in (("approved_on", "享受起"), ("ended_on", "享受止"), ("stop_on", "停发")):
                if isinstance(row.get(column), date):
                    found.add(Happening(row[column], what, names.get(row.get("register") or "", "资格名册")))
        return sorted(found, key=lambda happening: (happening.on, happening.what))

    def findings(self) -> Grid:
        """His findings and how far the ledger has got with each."""
        from audit_lib.ledger import Ledger

        with Ledger.open(self._ledger_url) as ledger:
            states = ledger.cases().set_index("finding_id")["state"].to_dict()
        rows = [
            finding | {"state": states.get(finding["finding_id"], "未入台账"), "span": _span(finding)}
            for finding in sorted(self._findings, key=lambda finding: -(finding["amount_fen"] or 0))
        ]
        fields = [
            Field("finding_id", "疑点编号", head=True), Field("rule_title", "规则"), Field("span", "期间"),
            Field("amount_fen", "金额(元)", "yuan"), Field("tier", "等级", "plain"), Field("state", "台账状态", "plain"),
            Field("statement", "说明"),
        ]  # fmt: skip
        return Grid(
            f"疑点{len(rows)}件", fields, rows, empty="没有疑点;各规则为什么没有列出,见“为什么没有列为疑点”。"
        )

    def why_not(self) -> Grid:
        """Every rule: found, could not be checked, not run, or looked at and nothing seen."""
        lines = explain_rules(self.files, self.person_id, self._findings)
        fields = [Field("title", "规则", head=True), Field("outcome", "结果", "plain"), Field("why", "说明")]
        return Grid(f"为什么列为或没有列为疑点,共{len(lines)}条规则", fields, lines)

    def links(self) -> SideBySide:
        """The rows of all departments side by side, with the characters in which they differ marked."""
        return SideBySide("各部门名册中认定为本人的行", self.records, self.reveal)

    def registers(self) -> Group:
        """The rows of every register in full."""
        names = [name for name in table_names(self.files.stages) if name != "payment"]
        return Group(
            [("", self._register(name)) for name in names if any(r.table == name for r in self.records)]
        )

    def _register(self, table: str) -> Grid:
        mine = [record for record in self.records if record.table == table]
        captions = {
            name: caption for name, caption in column_captions(table).items()
            if any(name in record.cells for record in mine)
        }  # fmt: skip
        rows = [
            {name: self._shown(name, text) for name, text in record.cells.items()}
            | {"_place": record.place, "_link": f"{record.tier} {record.reason}"}
            for record in mine
        ]
        fields = [Field(name, caption) for name, caption in captions.items()]
        return Grid(
            f"{TABLES[table].caption},{len(mine)}行",
            [*fields, Field("_place", "来源"), Field("_link", "认定")],
            rows,
        )

    def _shown(self, column: str, text: str) -> str:
        return text if self.reveal else hidden(column, text)

    def payments(self) -> Grid:
        """Every payment, with the rules that doubt it."""
        wanted = tuple(finding["finding_id"] for finding in self._findings)
        titles = {finding["finding_id"]: finding["rule_title"] for finding in self._findings}
        doubted: dict[int, list[str]] = {}
        for line in self.files.findings("finding_line", finding_id=wanted) if wanted else []:
            if line["payment_row"] is not None:
                doubted.setdefault(line["payment_row"], []).append(titles[line["finding_id"]])
        rows = [
            row | {
                "item": self.files.item_name(row["item_id"]), "span": span_text(row["service_from"], row["service_to"]),
                "state": _STATUS.get(row["status"] or "success", str(row["status"])),
                "account": self._shown("account_no", row["account_no"] or ""), "paid": str(row["paid_on"] or "—"),
                "doubt": "、".join(dict.fromkeys(doubted.get(row["payment_row"], []))) or "",
                "place": self.files.place(row["payment_row"]),
            }
            for row in self._payments
        ]  # fmt: skip
        fields = [
            Field("span", "所属期", head=True), Field("item", "项目"), Field("amount_fen", "金额(元)", "yuan"),
            Field("state", "状态", "plain"), Field("paid", "发放日期", "plain"), Field("account", "账号"),
            Field("account_name", "户名", "plain"), Field("doubt", "疑点"), Field("place", "来源"),
        ]  # fmt: skip
        return Grid(f"发放明细,共{len(rows)}笔", fields, rows, empty="没有认定为本人的发放。")

    def household(self) -> Grid:
        """Who lives in the household, by the population register or the person's own household number."""
        number = self.who.get("household_no")
        people = self.files.people("person", household_no=number) if number else []
        relation = {
            row["person_id"]: row["relation"]
            for row in (self.files.linked("hukou", household_no=number) if number else [])
        }
        found = (
            {
                row["person_id"]
                for row in self.files.findings("finding", person_id=tuple(p["person_id"] for p in people))
            }
            if people
            else set()
        )
        rows = [
            row | {"relation": relation.get(row["person_id"]) or "—", "birth": str(row["birth_on"] or "—"),
                   "found": "有疑点" if row["person_id"] in found else ""}
            for row in people
        ]  # fmt: skip
        fields = [
            Field("name", "姓名", head=True), Field("id_masked", "证号"), Field("relation", "与户主关系", "plain"),
            Field("sex", "性别", "plain"), Field("birth", "出生日期", "plain"), Field("found", "疑点", "plain"),
            Field("person_id", "人员编号"),
        ]  # fmt: skip
        return Grid(f"同户人员,共{len(rows)}人", fields, rows, empty="名册中没有户号,同户人员不明。")

    def accounts(self) -> Grid:
        """The accounts money went to, whose they are, and who else was paid into them."""
        numbers = tuple({row["account_no"] for row in self._payments if row["account_no"]})
        shared = self.files.linked("payment", account_no=numbers) if numbers else []
        names = {
            row["person_id"]: row["name_masked"] for row in self.files.people(
                "person", person_id=tuple({row["person_id"] for row in shared if row["person_id"]} or {""})
            )
        }  # fmt: skip
        opened = (
            {row["account_no"]: row for row in self.files.linked("account", account_no=numbers)}
            if numbers
            else {}
        )
        rows = []
        for number in sorted(numbers):
            mine = [row for row in self._payments if row["account_no"] == number]
            others = {row["person_id"] for row in shared if row["account_no"] == number} - {
                self.person_id,
                None,
            }
            holder = opened.get(number, {}).get("person_id")
            rows.append(
                {"account": number if self.reveal else mask_account(number), "times": len(mine),
                 "fen": sum(row["amount_fen"] or 0 for row in mine),
                 "holder": "本人" if holder == self.person_id else names.get(holder) or ("账户册中没有" if not holder else "他人"),
                 "others": "、".join(sorted(str(names.get(other, other)) for other in others)) or "无"}
            )  # fmt: skip
        fields = [
            Field("account", "账号", head=True), Field("times", "笔数", "count"), Field("fen", "金额(元)", "yuan"),
            Field("holder", "开户人", "plain"), Field("others", "同一账号还发给"),
        ]  # fmt: skip
        return Grid(f"收款账户,共{len(rows)}个", fields, rows, empty="发放明细没有账号。")

    @property
    def parts(self) -> Sequence[tuple[str, Any]]:
        """All parts with their headings, in the order of the page."""
        return [
            ("基本情况", self.identity()), ("时间线", self.timeline()), ("疑点", self.findings()),
            ("各部门登记并列", self.links()), ("发放明细", self.payments()), ("收款账户", self.accounts()),
            ("同户人员", self.household()), ("各名册原行", self.registers()),
            ("为什么没有列为疑点", self.why_not()),
        ]  # fmt: skip

    def __repr__(self) -> str:
        return f"<{self.who.get('name_masked') or self.person_id},{len(self._payments)}笔发放,{len(self._findings)}件疑点>"

    def _repr_html_(self) -> str:
        return framed(Group(self.parts)._repr_html_())


def _span(finding: Row) -> str:
    return span_text(finding["first_month"], finding["last_month"]) or "—"
