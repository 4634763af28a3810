"""What the notebooks of the auditor ask a workbook for."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from audit_lib.errors import AuditError
from audit_lib.lab.looks import framed
from audit_lib.report.grids import Prose

#: names the project that ``ybt lab`` was started for
VARIABLE = "YBT_PROJECT"

if TYPE_CHECKING:
    from audit_lib.findings.difference import Difference
    from audit_lib.findings.what_if import WhatIf
    from audit_lib.lab.people import PeopleChooser
    from audit_lib.lab.person import PersonPage
    from audit_lib.lab.queue import FindingQueue
    from audit_lib.lab.queue_panel import QueuePanel
    from audit_lib.lab.what_if_panel import WhatIfPanel
    from audit_lib.report.stages import Stages


class Shown:
    """Something of the reports, in the notebooks' look."""

    def __init__(self, part: Any) -> None:
        self.part = part

    def __repr__(self) -> str:
        return repr(self.part)

    def _repr_html_(self) -> str:
        return framed(self.part._repr_html_())


class LabViews:
    """Part of ``Workbook``: one person on one page, and the queue of findings."""

    if TYPE_CHECKING:

        @property
        def stages(self) -> Stages:
            """Paths of the finished stages."""

        def what_if(self, rule_id: str, **values: object) -> WhatIf:
            """What other values would change."""

        @classmethod
        def open(cls, folder: Path | str = ...) -> Self:
            """Open a project."""

    @classmethod
    def in_lab(cls) -> Self:
        """The project that ``ybt lab --project`` named, from a notebook in ``notebooks/``.

        Raises:
            ParamsError: there is no such project.
        """
        return cls.open(os.environ.get(VARIABLE) or "../params/lingang")

    def overview(self) -> Shown:
        """Where the project stands: received, found, decided."""
        from audit_lib.lab.overview import make_overview

        return Shown(make_overview(self.stages))

    def difference(self, old: str = "", new: str = "") -> Difference:
        """What two runs found differently, and why; without names, the last two that were kept.

        Raises:
            AuditError: a run was not kept, or there is no earlier one.
        """
        from audit_lib.findings.difference import compare_runs
        from audit_lib.findings.kept_runs import FOLDER, list_runs

        project = self.stages.project
        known = list_runs(project)
        later = new or self.stages.run_id
        earlier = old or next((name for name in reversed(known) if name != later), "")
        if not earlier:
            raise AuditError(
                "没有更早的运行可比", str(project.work / FOLDER), "数据、参数或规则变动后再运行一次"
            )
        return compare_runs(project.work / FOLDER / earlier, project.work / FOLDER / later)

    def changes(self) -> Shown:
        """How the last run differs from the one before it, with reasons."""
        from audit_lib.lab.changes import show_changes

        try:
            return Shown(show_changes(self.difference()))
        except AuditError as error:
            return Shown(Prose([error.what]))

    def ledger_check(self) -> Shown:
        """Whether the ledger's chain is whole."""
        from audit_lib.ledger import Ledger

        with Ledger.open(self.stages.ledger_url) as ledger:
            faults, head = ledger.verify(), ledger.head()
        return Shown(Prose(faults or [f"台账完整,链首尾一致;链尾摘要 {head}"]))

    def person(self, wanted: str, reveal: bool = False) -> PersonPage:
        """One person on one page.

        Args:
            wanted: 姓名, full identity number, 疑点编号 or 人员编号.
            reveal: show full numbers.

        Raises:
            AuditError: nobody or several people fit; the several are named.
        """
        from audit_lib.lab.people import find_people
        from audit_lib.lab.person import PersonPage

        found = find_people(self.stages, wanted)
        if len(found) > 1:
            names = "、".join(
                f"{row['name_masked']} {row['id_masked'] or '无证号'} {row['person_id']}"
                for row in found[:10]
            )
            raise AuditError(f"“{wanted}”对应{len(found)}人:{names}", remedy="用人员编号或完整证件号再查")
        return PersonPage(self.stages, found[0]["person_id"], reveal)

    def choose_person(self) -> PeopleChooser:
        """A search field and a list of people; ``part("timeline")`` shows a part that follows the choice."""
        from audit_lib.lab.people import PeopleChooser

        return PeopleChooser(self.stages)

    def queue(self, operator: str = "") -> FindingQueue:
        """The findings that wait for a decision."""
        from audit_lib.lab.queue import FindingQueue

        return FindingQueue(self.stages, operator)

    def review(self) -> QueuePanel:
        """The queue as a panel of buttons."""
        from audit_lib.lab.queue_panel import QueuePanel

        return QueuePanel(self.queue())

    def explore_what_if(self, rule_id: str) -> WhatIfPanel:
        """Sliders for a rule's parameters, and what other values would change; nothing is saved.

        Raises:
            ParamsError: there is no such rule.
        """
        from audit_lib.findings.what_if import find_rule
        from audit_lib.lab.what_if_panel import WhatIfPanel

        return WhatIfPanel(find_rule(self.stages.project, rule_id), partial(self.what_if, rule_id))
