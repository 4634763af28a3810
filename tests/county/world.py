"""A county's people, entitlements, payments and registers, all lawful until cases are planted."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.county.people import Household, Person, Registrar
from tests.county.plans import CountyPlan, ItemPlan

Row = dict[str, Any]


def month_end(month: int, day: int = 20) -> date:
    """A day of an integer month."""
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day, calendar.monthrange(year, number + 1)[1]))


def month_of(day: date) -> int:
    """Integer month of a date."""
    return day.year * 12 + day.month - 1


@dataclass(frozen=True)
class Expectation:
    """A planted case: the rule must name this person (or group), item and amount."""

    rule: str
    id_no: str
    item: str | None
    amount_fen: int | None
    note: str


@dataclass(frozen=True)
class Decoy:
    """Somebody the rule must not name in tiers A and B."""

    rule: str
    id_no: str
    note: str


@dataclass
class World:
    """Everything true about the county. ``registers``: table or register → rows."""

    plan: CountyPlan
    registrar: Registrar
    households: list[Household] = field(default_factory=list)
    payments: list[Row] = field(default_factory=list)
    registers: dict[str, list[Row]] = field(default_factory=dict)
    expected: list[Expectation] = field(default_factory=list)
    decoys: list[Decoy] = field(default_factory=list)
    excused: set[tuple[str, str]] = field(default_factory=set)
    hukou_extra: dict[str, Row] = field(default_factory=dict)
    pay_serial: int = 0
    ordinary: set[str] = field(default_factory=set)

    @property
    def first_month(self) -> int:
        """First audited month."""
        return min(self.plan.years) * 12

    @property
    def last_month(self) -> int:
        """Last audited month."""
        return max(self.plan.years) * 12 + 11

    @property
    def people(self) -> list[Person]:
        """Everybody in the household register."""
        return [person for household in self.households for person in household.members]

    def add(self, table: str, **row: Any) -> Row:
        """Append a register row."""
        self.registers.setdefault(table, []).append(row)
        return row

    def settle(self, ages: list[tuple[str, int, str]], village: tuple[str, str] | None = None) -> Household:
        """A new household; ``ages``: (sex, birth year, relation), head first."""
        towns = list(self.plan.villages)
        random = self.registrar.random
        if village is None:
            town = random.choice(towns)
            village = (town, random.choice(self.plan.villages[town]))
        household = Household(f"{3713270000 + len(self.households) + 1}", *village)
        for position, (sex, year, relation) in enumerate(ages):
            surname = (
                household.members[0].name[0] if position and relation in ("子", "女", "孙子", "孙女") else ""
            )
            person = self.registrar.person(sex, year, surname, relation)
            person.home = household
            household.members.append(person)
        household.land_mu = round(random.uniform(0.8, 9.5), 2)
        self.households.append(household)
        return household

    def enrol(self, register: str, person: Person, approved_on: date, **more: Any) -> Row:
        """An entry in a register of entitled people."""
        entry: Row = {
            "person": person,
            "approved_on": approved_on,
            "stop_on": None,
            "class": "",
            "quantity": None,
        }
        entry.update(more)
        return self.add(register, **entry)

    def pay(self, kind: str, person: Person, first: int, last: int | None = None, **more: Any) -> Row:
        """One payment at the lawful rate unless told otherwise; months are inclusive."""
        item = self.plan.item(kind)
        last = first if last is None else last
        self.pay_serial += 1
        quantity = more.pop("quantity", None)
        class_name = more.pop("class_name", "")
        home = person.home
        assert home is not None
        head = home.head if item.holder == "head" else person
        row: Row = {
            "kind": kind, "person": person, "name": person.name, "id": person.id_no, "town": home.town,
            "village": home.village, "household_no": home.number, "from": first, "to": last, "class": class_name,
            "quantity": quantity, "rate_fen": item.rate(class_name, first),
            "amount_fen": self.due(item, class_name, first, last, quantity), "account": head.account,
            "account_name": head.name, "bank": head.bank, "paid_on": month_end(last, 18), "status": "ok",
            "fail_reason": "", "pay_no": f"{self.pay_serial:08d}", "reissue_of": "", "purpose": "", "phone": head.phone,
            "channel": "system" if item.system else "off",
        }  # fmt: skip
        row.update(more)
        self.payments.append(row)
        return row

    @staticmethod
    def due(item: ItemPlan, class_name: str, first: int, last: int, quantity: float | None) -> int:
        """What the rates give for the span."""
        if item.unit in ("person_month", "household_month"):
            people = int(quantity or 1) if item.unit == "person_month" else 1
            return sum(item.rate(class_name, month) for month in range(first, last + 1)) * people
        if item.unit == "mu":
            return round(item.rate(class_name, first) * float(quantity or 0))
        return item.rate(class_name, first)

    def expect(
        self, rule: str, person: Person | str, item: str | None, amount_fen: int | None, note: str
    ) -> None:
        """Write down a planted case."""
        id_no = person if isinstance(person, str) else person.id_no
        self.expected.append(Expectation(rule, id_no, item, amount_fen, note))

    def decoy(self, rule: str, person: Person, note: str) -> None:
        """Write down a decoy."""
        self.decoys.append(Decoy(rule, person.id_no, note))

    def excuse(self, rule: str, person: Person) -> None:
        """A true hit that only follows from another case: neither required nor wrong."""
        self.excused.add((rule, person.id_no))
