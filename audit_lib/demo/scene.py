"""The stage on which problems and traps are planted: payments, registers, evidence, and what is really so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib import keys
from audit_lib.demo.world import Mask, Persons, World, stays

#: account serial numbers beyond those of the residents: second cards, old passbooks, institutions
SPARE_ACCOUNTS = 5_000_000


@dataclass
class Case:
    """One planted finding: what the audit must find, to the fen, and what the town will answer."""

    rule_id: str
    person: int
    matter: tuple[str, ...]
    item_id: str | None
    lines: dict[int, int]
    town_id: str
    feedback: str = "pending"
    reason: str = ""
    note: str = ""
    verified: dict[int, int] = field(default_factory=dict)
    person_key: str | None = None

    @property
    def amount_fen(self) -> int:
        """Sum over its months."""
        return sum(self.lines.values())

    def by_year(self) -> dict[int, int]:
        """Amount by year of service."""
        years: dict[int, int] = {}
        for month, fen in self.lines.items():
            years[month // 12] = years.get(month // 12, 0) + fen
        return years

    @property
    def finding_id(self) -> str:
        """疑点编号 as every run of the audit will give it."""
        return keys.finding_id(self.rule_id, self.person_key, self.matter)


@dataclass(frozen=True)
class Decoy:
    """Somebody whom rules must not accuse, and why one might."""

    what: str
    rule_ids: tuple[str, ...]
    person: int


class Scene:
    """Everything that is planted on, with the index from person to payments."""

    def __init__(self, world: World, payments: pd.DataFrame, enrolments: pd.DataFrame) -> None:
        self.world, self.payments, self.enrolments = world, payments, enrolments
        self._added: list[pd.DataFrame] = []
        self.cases: list[Case] = []
        self.decoys: list[Decoy] = []
        self.evidence: dict[str, list[dict[str, Any]]] = {}
        self.busy: Mask = world.mask()
        self.payments["uid"] = np.arange(len(payments))
        self.payments["reissue_uid"] = -1
        self.payments["period_text"] = ""
        self.payments["amount_text"] = ""
        self.payments["account_name"] = ""
        self.stays = stays(world)
        hh = world.column("hh")
        staying = np.bincount(hh[self.stays], minlength=hh.max() + 1)
        self.others_alive: Mask = np.asarray(staying[hh] - self.stays > 0)
        self.index()

    @property
    def next_uid(self) -> int:
        """The ``uid`` that the next added payment will have."""
        return len(self.payments) + sum(len(rows) for rows in self._added)

    def index(self) -> None:
        """Take in the rows that were added and order payments by person again."""
        if self._added:
            self.payments = pd.concat([self.payments, *self._added])
            self._added = []
        person = self.payments["person"].to_numpy()
        self._order = np.argsort(person, kind="stable")
        self._sorted = person[self._order]

    def rows_of(self, person: int) -> NDArray[np.int64]:
        """Positions of a person's payments."""
        low, high = np.searchsorted(self._sorted, [person, person + 1])
        return np.asarray(self._order[low:high])

    def payments_of(self, person: int, *items: str) -> pd.DataFrame:
        """A person's payments, of some items or all."""
        rows = self.payments.iloc[self.rows_of(person)]
        fresh = [
            added[added["person"] == person] for added in self._added if (added["person"] == person).any()
        ]
        rows = pd.concat([rows, *fresh]) if fresh else rows
        return rows[rows["item"].isin(items)] if items else rows

    def append(self, rows: pd.DataFrame) -> None:
        """Add payments; ``uid`` continues. They join ``payments`` at the next ``index()``."""
        rows = rows.copy()
        uids = np.arange(self.next_uid, self.next_uid + len(rows))
        rows["uid"] = uids
        rows.index = pd.Index(uids)
        self._added.append(rows[self.payments.columns].astype(self.payments.dtypes.to_dict()))

    def add_evidence(self, table: str, **row: Any) -> None:
        """One more row of a register of assets, work or deaths."""
        self.evidence.setdefault(table, []).append(row)

    def add_enrolments(self, rows: Sequence[dict[str, Any]]) -> None:
        """More register entries; missing columns are empty."""
        if rows:
            more = pd.DataFrame(rows, columns=self.enrolments.columns)
            for name, kind in self.enrolments.dtypes.items():
                if kind.kind == "M":
                    more[name] = pd.to_datetime(more[name]).astype(kind)
                elif kind.kind == "O":
                    more[name] = more[name].fillna("").astype(object)
                else:
                    more[name] = more[name].fillna(0 if kind.kind == "i" else np.nan).astype(kind)
            self.enrolments = pd.concat([self.enrolments, more], ignore_index=True)

    def add_case(
        self,
        rule_id: str,
        person: int,
        lines: dict[int, int],
        item_id: str | None = None,
        matter: Sequence[str] | None = None,
        town_id: str = "",
        about_person: bool = True,
    ) -> Case:
        """Record what the audit must find."""
        people = self.world.people
        case = Case(
            rule_id,
            person,
            tuple(matter if matter is not None else ([item_id] if item_id else [])),
            item_id,
            lines,
            town_id or str(people["town"].to_numpy()[person]),
            person_key=keys.person_id(str(people["id_no"].to_numpy()[person])) if about_person else None,
        )
        self.cases.append(case)
        if about_person:
            self.busy[person] = True
        return case

    def add_decoy(self, what: str, rule_ids: Iterable[str], persons: Iterable[int]) -> None:
        """Record people who must not be accused."""
        for person in persons:
            self.decoys.append(Decoy(what, tuple(rule_ids), int(person)))
            self.busy[int(person)] = True

    def pick(self, mask: Mask | Persons, size: int, purpose: str, fewest: int = 1) -> Persons:
        """``size`` of the full district's people (shrunk) out of a mask, none of them used before."""
        persons = np.flatnonzero(mask) if mask.dtype == bool else np.unique(mask)
        persons = persons[~self.busy[persons]]
        chosen = self.world.rng("pick " + purpose).permutation(persons)[: self.world.count(size, fewest)]
        self.busy[chosen] = True
        return np.asarray(chosen)

    def name(self, person: int) -> str:
        """A person's name."""
        return str(self.world.people["name"].to_numpy()[person])


def month_lines(payments: pd.DataFrame) -> dict[int, int]:
    """Successful payments spread evenly over their service months; the last month takes the rest."""
    lines: dict[int, int] = {}
    paid = payments[payments["status"] == "成功"]
    for first, last, fen in zip(paid["m0"], paid["m1"], paid["amount_fen"], strict=True):
        months = int(last) - int(first) + 1
        share = int(fen) // months
        for month in range(int(first), int(last)):
            lines[month] = lines.get(month, 0) + share
        lines[int(last)] = lines.get(int(last), 0) + int(fen) - share * (months - 1)
    return dict(sorted(lines.items()))


def after(lines: dict[int, int], month: int) -> dict[int, int]:
    """The lines later than ``month``."""
    return {key: fen for key, fen in lines.items() if key > month and fen}
