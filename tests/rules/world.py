"""Case files in Chinese → the Parquet files that the real runner reads.

Every case lives in its own two towns, households, accounts and people, so that all cases of all
rules can be judged in one run without meeting each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from audit_lib import idnum
from audit_lib.findings.columns import schema
from audit_lib.findings.session import PAIR_COLUMNS
from audit_lib.keys import person_id
from audit_lib.money import parse_yuan
from audit_lib.params import Exclusion, Item, Project, Settings, Standard, Town
from audit_lib.tables import LINK_COLUMNS, PERSON_COLUMNS, ROWS_PER_SHEET, SHEET_COLUMNS, TABLES, Column

CASES = Path(__file__).parent / "cases"
CAPTIONS = {table.caption: table for table in TABLES.values()}
TOWNS = ("坪上镇", "团林镇")
#: 人员: what is known of a person beside the tables; 一证多名: who uses whose number; 参数: the rule's tolerances
ABOUT_CASE = {"名称", "应有疑点", "单独运行", "应有状态", "原因包含", "对应", "人员", "一证多名", "参数"}
_PERSON = {"写作": "name", "性别": "sex", "出生日期": "birth_on", "在户籍": "in_hukou", "号码": "id_masked"}


@dataclass(frozen=True)
class Case:
    """One case of one rule, as written."""

    rule_id: str
    number: int
    content: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.content["名称"])

    @property
    def key(self) -> str:
        return f"{self.rule_id}/{self.number}"

    @property
    def is_alone(self) -> bool:
        return bool(self.content.get("单独运行"))

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        unknown = self.content.keys() - CAPTIONS.keys() - ABOUT_CASE
        assert not unknown, f"{self.key} {self.name}: 不认识的表 {unknown}"
        return {name: self.content[name] for name in CAPTIONS if name in self.content}

    def person(self, label: str) -> str:
        return person_id("case", self.key, label)

    def town(self, name: str) -> str:
        return f"{self.key}/{name}"


@cache
def common() -> dict[str, Any]:
    content = yaml.safe_load((CASES / "_共用.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@cache
def all_cases() -> tuple[Case, ...]:
    cases = []
    for path in sorted(CASES.glob("[a-z]*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert content["规则"] == path.stem.upper()
        cases += [Case(content["规则"], n, case) for n, case in enumerate(content["案例"], start=1)]
    return tuple(cases)


def month_number(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def month_numbers(text: str) -> list[int]:
    """``2017-03..2017-05`` or ``2017-03, 2017-07`` → month numbers."""
    months: list[int] = []
    for part in text.replace("、", ",").split(","):
        first, _, last = part.strip().partition("..")
        months += range(month_number(first), month_number(last or first) + 1)
    return months


def make_project(folder: Path, cases: tuple[Case, ...], **settings: Any) -> Project:
    """Parameters of the shared world, with the towns of ``cases``."""
    towns = [
        {"town_id": case.town(name), "name": name, "villages": [{"village_id": case.town(name) + "/1", "name": "一村"}]}
        for case in cases for name in TOWNS
    ]  # fmt: skip
    base = {
        "title": "案例", "zone": "临港区", "bureau": "区财政审计局", "basis": {"title": "方案", "number": "1号"},
        "years": [2017, 2018], "area_codes": ["371327", "372824"],
    }  # fmt: skip
    return Project(
        slug="cases", folder=folder, settings=Settings.model_validate(base | settings),
        towns=[Town.model_validate(town) for town in towns],
        items=[Item.model_validate(_item(entry)) for entry in common()["项目"]],
        standards=[Standard.model_validate(entry) for entry in common()["标准"]],
        exclusions=[Exclusion.model_validate(entry) for entry in common()["互斥"]], sources=[], townships={},
    )  # fmt: skip


def _item(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "dept": "社会事业局", "office": "民政所", "level": "P", "freq": "month", "unit": "person_month",
        "in_system": True, "valid_from": "2010-01",
    } | entry  # fmt: skip


@dataclass
class World:
    """Rows of many cases, ready to be written as the stages before would have written them."""

    cases: tuple[Case, ...]
    first_sheet: int = 1
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    sheets: list[dict[str, Any]] = field(default_factory=list)
    case_of_person: dict[str, Case] = field(default_factory=dict)
    label_of: dict[str, str] = field(default_factory=dict)
    case_of_sheet: dict[int, Case] = field(default_factory=dict)
    pairs: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for case in self.cases:
            for caption, rows in case.tables().items():
                self._add_sheet(case, CAPTIONS[caption].name, rows)
            for about in case.content.get("人员", []):
                known = self.people[self._person(case, about["姓名"])]
                known |= {_PERSON[caption]: value for caption, value in about.items() if caption != "姓名"}
            for conflict in case.content.get("一证多名", []):
                self._add_conflict(case, conflict["姓名"], conflict["号码属于"])

    def _add_conflict(self, case: Case, label: str, owner: str) -> None:
        """A number under a second, wholly different name: two people, one line of ``pair``."""
        person, owner_id = self._person(case, label), self._person(case, owner)
        entries = [row["hukou_row"] for row in self.rows.get("hukou", []) if row["person_id"] == owner_id]
        payments = [row["payment_row"] for row in self.rows["payment"] if row["person_id"] in (person, owner_id)]
        self.pairs.append(
            {
                "left_table": "payment", "left_origin": payments[0], "left_person_id": person,
                "right_table": "hukou" if entries else "payment",
                "right_origin": entries[0] if entries else payments[-1], "right_person_id": owner_id, "tier": "D",
            }
        )  # fmt: skip

    def _add_sheet(self, case: Case, table: str, written: list[dict[str, Any]]) -> None:
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in written:
            groups.setdefault(str(row.get("表", "")), []).append({k: v for k, v in row.items() if k != "表"})
        for sheet_name, group in groups.items():
            sheet_no = self.first_sheet + len(self.sheets)
            expanded = [one for row in group for one in _by_month(row)]
            for n, row in enumerate(expanded, start=2):
                stored = self._stored(case, table, row) | {f"{table}_row": sheet_no * ROWS_PER_SHEET + n}
                self.rows.setdefault(table, []).append(stored)
            self.case_of_sheet[sheet_no] = case
            self.sheets.append(
                {"sheet_no": sheet_no, "file": f"{case.key}/{table}.csv", "sheet": sheet_name, "table_name": table}
            )

    def _stored(self, case: Case, table: str, row: dict[str, Any]) -> dict[str, Any]:
        row = dict(row)
        stored: dict[str, Any] = {}
        if TABLES[table].about_person:
            tier, unknown = row.pop("匹配等级", "A"), row.pop("身份不明", False)
            label = row.pop("姓名", None) or row.pop("户名姓名", None)
            stored = {"person_id": None, "link_tier": None}
            if label and not unknown:
                stored = {"person_id": self._person(case, label), "link_tier": tier}
            if "id_status" in TABLES[table].linked():
                written = row.pop("身份证号", None)
                stored["id_status"] = "valid" if written is None else idnum.status(written)
        town = row.pop("镇", TOWNS[0])
        town = None if town == "全区" else case.town(town)
        if "town_id" in TABLES[table].linked():
            village = row.pop("村", "1")
            stored |= {"town_id": town, "village_id": f"{town}/{village}" if town and village != "不明" else None}
        if table == "payment":
            row = {"发放状态": "成功", "发放渠道": "系统"} | row
        for caption, value in row.items():
            stored |= _cell(case, _column(table, caption), value)
        if table == "hukou" and stored.get("birth_on"):
            self.people[stored["person_id"]]["birth_on"] = stored["birth_on"]
        if table == "hukou":
            person = self.people[stored["person_id"]]
            person |= {"household_no": stored.get("household_no"), "in_hukou": True, "town_id": stored["town_id"]}
        return stored

    def _person(self, case: Case, label: str) -> str:
        key = case.person(label)
        if key not in self.people:
            self.people[key] = {
                "person_id": key, "name": label, "name_masked": label[0] + "*", "id_masked": "371327********0000",
                "birth_on": date(1970, 1, 1), "in_hukou": False,
            }  # fmt: skip
            self.case_of_person[key], self.label_of[key] = case, label
        return key

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write ``tables/`` and ``people/``; return both."""
        tables, people = folder / "tables", folder / "people"
        (people / "linked").mkdir(parents=True)
        tables.mkdir(parents=True)
        links = []
        for name, rows in self.rows.items():
            target = people / "linked" if TABLES[name].about_person else tables
            _write(target / f"{name}.parquet", rows, TABLES[name].linked())
            links += [
                {"table_name": name, "origin": row[f"{name}_row"], "person_id": row["person_id"],
                 "tier": row["link_tier"]}
                for row in rows if row.get("person_id")
            ]  # fmt: skip
        _write(people / "person.parquet", list(self.people.values()), PERSON_COLUMNS)
        _write(people / "link.parquet", links, LINK_COLUMNS)
        _write(people / "pair.parquet", self.pairs, PAIR_COLUMNS)
        _write(tables / "sheet.parquet", self.sheets, SHEET_COLUMNS)
        return tables, people


def _write(path: Path, rows: list[dict[str, Any]], columns: dict[str, str]) -> None:
    complete = [{name: row.get(name) for name in columns} for row in rows]
    pq.write_table(pa.Table.from_pylist(complete, schema=schema(columns)), path)


def _by_month(row: dict[str, Any]) -> list[dict[str, Any]]:
    """A row with 逐月 stands for one row per month, one with 人数 for as many people."""
    if "人数" in row:
        rest = {name: value for name, value in row.items() if name != "人数"}
        people = ({**rest, "姓名": f"{row['姓名']}{n}"} for n in range(1, row["人数"] + 1))
        return [one for person in people for one in _by_month(person)]
    if "逐月" not in row:
        return [row]
    rest = {name: value for name, value in row.items() if name != "逐月"}
    return [rest | {"所属期": month} for month in month_numbers(row["逐月"])]


def _column(table: str, caption: str) -> Column:
    for column in TABLES[table].columns:
        if caption in (column.caption, column.name):
            return column
    for column in TABLES[table].columns:
        if caption in column.headers:
            return column
    raise AssertionError(f"{TABLES[table].caption} 没有列 {caption}")


@cache
def item_ids() -> dict[str, str]:
    return {entry["name"]: entry["item_id"] for entry in common()["项目"]}


def _cell(case: Case, column: Column, value: Any) -> dict[str, Any]:
    name = column.name
    if column.type == "period":
        months = [value] if isinstance(value, int) else month_numbers(str(value))
        return {f"{name}_from": months[0], f"{name}_to": months[-1]}
    if column.type == "fen":
        return {f"{name}_fen": parse_yuan(str(value))}
    if column.type == "item":
        return {"item_id": item_ids()[value]}
    if column.type == "date":
        return {name: value if isinstance(value, date) else date.fromisoformat(str(value))}
    if column.type == "choice":
        return {name: column.choices[value] if value else None}
    if name in ("household_no", "account_no", "replaced_by", "pay_no", "reissue_of"):
        return {name: f"{case.key}-{value}"}
    if column.type == "number":
        return {name: float(value)}
    return {name: value}


#: registers that some case needs to have been delivered
REGISTERS = (
    "dibao_rural", "tekun", "poverty", "disability", "fp_reward", "house_reno", "relocation", "resettler", "orphan",
    "student", "low_income",
)  # fmt: skip


def strangers(count: int, name: str = "不相干的人") -> Case:
    """People far from every case: another town, in order in every way.

    They also deliver every register and the last day of payment, so that a part of the world knows
    the same of what was delivered as the whole.
    """
    payments = [
        {"姓名": f"路人{n}", "补贴项目": "农村低保", "逐月": months, "金额": "315.00",
         "账号": f"s{n}", "户名": f"路人{n}", **paid}
        for n in range(count)
        for months, paid in (("2017-01", {"发放日期": date(2018, 12, 20)}), ("2017-02..2017-03", {}))
    ]  # fmt: skip
    payments += [
        {"姓名": f"路人{n}", "补贴项目": item, "逐月": f"2017-01..{last}", "金额": "90.00"}
        for n in range(count)
        for item, last in (("困难老人补贴", "2018-12"), ("困残生活补助", "2018-08"), ("残疾年度补助", "2018-12"))
    ]
    in_care = {"姓名": "受照护的人", "户号": "s", "出生日期": date(1949, 12, 31)}
    payments.append({"姓名": in_care["姓名"], "补贴项目": "重残照护补贴", "逐月": "2017-01..2018-12", "金额": "90.00"})
    homes = [in_care] + [
        {"姓名": f"路人{n}", "户号": f"s{n}", "出生日期": date(1950, 1, 1) + timedelta(days=n)} for n in range(count)
    ]
    registers = [
        {"姓名": f"路人{n}", "名册": register, "类别/等级": "A", "享受起始时间": date(2012, 1, 1),
         "近亲属备案": "未备案"}
        for n in range(count) for register in REGISTERS
    ]  # fmt: skip
    content = {"名称": name, "发放明细": payments, "户籍人口": homes, "资格名册": registers, "应有疑点": []}
    return Case("STRANGERS", 1 if name == "不相干的人" else 2, content)
