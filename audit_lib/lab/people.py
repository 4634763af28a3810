"""Find a person by name, number or finding, and show the page; nothing is typed but what is looked for."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as widgets
import pyarrow.parquet as pq

from audit_lib import idnum
from audit_lib.errors import AuditError
from audit_lib.lab.looks import framed
from audit_lib.lab.person import PersonPage
from audit_lib.lab.records import Files, Row, table_names
from audit_lib.report.grids import Prose
from audit_lib.report.stages import Stages
from audit_lib.tables import TABLES

SHOWN = 200


def find_people(stages: Stages, wanted: str) -> list[Row]:
    """People by 人员编号, 疑点编号, full identity number, name, or a part of a name; the best known first.

    Raises:
        AuditError: nobody fits.
    """
    files, text = Files(stages), wanted.strip()
    keys: set[str] = set()
    if text.upper().startswith("YD"):
        keys = {
            row["person_id"] for row in files.findings("finding", finding_id=text.upper()) if row["person_id"]
        }
    elif number := idnum.canonical(text):
        keys = _by_number(files, number)
    found = files.people("person", person_id=tuple(keys)) if keys else files.people("person", person_id=text)
    if not found and text:
        every = pq.read_table(stages.people / "person.parquet").to_pylist()
        found = [row for row in every if text == row["name"]] or [
            row for row in every if text in (row["name"] or "")
        ]
    if not found:
        raise AuditError(
            f"没有找到“{wanted}”", remedy="可填姓名(或其中几个字)、完整证件号、疑点编号或人员编号"
        )
    return sorted(found, key=lambda row: (not row["in_hukou"], row["town_id"] or "", row["person_id"]))


def _by_number(files: Files, number: str) -> set[str]:
    keys: set[str] = set()
    for table in table_names(files.stages):
        rows = files.read(files.stages.tables / f"{table}.parquet", id_no=number)
        origins = tuple(row[TABLES[table].row_column] for row in rows)
        links = files.people("link", table_name=table, origin=origins) if origins else []
        keys |= {link["person_id"] for link in links if link["person_id"]}
    return keys


def most_doubted(stages: Stages) -> list[Row]:
    """The people with the most findings, for a start."""
    files = Files(stages)
    counts: dict[str, int] = {}
    for row in files.findings("finding"):
        if row["person_id"]:
            counts[row["person_id"]] = counts.get(row["person_id"], 0) + 1
    best = sorted(counts, key=lambda key: (-counts[key], key))[:30]
    people = {row["person_id"]: row for row in files.people("person", person_id=tuple(best))} if best else {}
    return [people[key] for key in best if key in people]


class PeopleChooser:
    """A search field, a list, and parts of the chosen person's page that follow the choice."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages
        self.search = widgets.Text(
            description="找人",
            placeholder="姓名、证件号、疑点编号,回车",
            continuous_update=False,
            layout={"width": "28em"},
        )
        self.list = widgets.Dropdown(description="选择", layout={"width": "36em"})
        self.reveal = widgets.Checkbox(description="显示完整号码", value=False, indent=False)
        self.said = widgets.HTML()
        self._shown: dict[str, widgets.HTML] = {}
        self._offer(most_doubted(stages), "疑点最多的人")
        self.search.observe(lambda change: self.find(change["new"]), "value")
        self.list.observe(lambda _: self._follow(), "value")
        self.reveal.observe(lambda _: self._follow(), "value")

    def find(self, wanted: str) -> None:
        """Offer the people who fit, and show the first."""
        try:
            self._offer(
                find_people(self.stages, wanted) if wanted.strip() else most_doubted(self.stages), wanted
            )
        except AuditError as error:
            self.said.value = framed(f'<p role="alert">{_safe(str(error))}</p>')

    def _offer(self, people: list[Row], what: str) -> None:
        more = f",只列前{SHOWN}人,请写得更具体" if len(people) > SHOWN else ""
        self.said.value = framed(f"<p>{_safe(what)}:{len(people)}人{more}</p>")
        files = Files(self.stages)
        self.list.options = [
            (
                f"{row['name']} {row['id_masked'] or ''} {files.place_name(row['town_id'], row['village_id'])}",
                row["person_id"],
            )
            for row in people[:SHOWN]
        ]
        self.list.value = people[0]["person_id"] if people else None
        self._follow()

    @property
    def page(self) -> PersonPage | None:
        """The chosen person's page; None when nobody is chosen."""
        return PersonPage(self.stages, self.list.value, self.reveal.value) if self.list.value else None

    def part(self, name: str) -> widgets.HTML:
        """One part of the page (e.g. ``timeline``), which follows the choice."""
        self._shown[name] = self._shown.get(name) or widgets.HTML()
        self._fill(name, self.page)
        return self._shown[name]

    def _follow(self) -> None:
        page = self.page
        for name in self._shown:
            self._fill(name, page)

    def _fill(self, name: str, page: PersonPage | None) -> None:
        part: Any = getattr(page, name)() if page else Prose(["没有可看的人。"])
        self._shown[name].value = framed(part._repr_html_())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        box = widgets.VBox(
            [widgets.HBox([self.search, self.list, self.reveal], layout={"flex_flow": "row wrap"}), self.said]
        )
        return dict(box._repr_mimebundle_())


def _safe(text: str) -> str:
    return escape(text.replace("\n", ";"))
