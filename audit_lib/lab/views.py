"""What the notebooks of the auditor ask a workbook for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_lib.errors import AuditError

if TYPE_CHECKING:
    from audit_lib.lab.people import PeopleChooser
    from audit_lib.lab.person import PersonPage
    from audit_lib.lab.queue import FindingQueue
    from audit_lib.lab.queue_panel import QueuePanel
    from audit_lib.report.stages import Stages


class LabViews:
    """Part of ``Workbook``: one person on one page, and the queue of findings."""

    if TYPE_CHECKING:

        @property
        def stages(self) -> Stages:
            """Paths of the finished stages."""

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
