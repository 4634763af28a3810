"""What is to be published: one job per file, planned before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audit_lib.errors import ReportError
from audit_lib.report.stages import Stages

Kind = Literal["summary", "district", "quality", "town"]
Status = Literal["done", "skipped", "failed"]

RESERVED = {"index", "summary", "pages", "district", "quality"}


@dataclass(frozen=True)
class Job:
    """One file to publish.

    ``name`` is the stem of the file, ``key`` the digest of everything it is made from; ``town_id``
    is empty for the district.
    """

    name: str
    kind: Kind
    title: str
    key: str
    notebook: Path | None = None
    town_id: str = ""

    @property
    def file_name(self) -> str:
        """Name of the published file in the reports folder."""
        return "summary.json" if self.kind == "summary" else f"{self.name}.html"


@dataclass(frozen=True)
class PageResult:
    """How one job ended; ``error`` says in Chinese what failed, empty when nothing did."""

    name: str
    title: str
    file_name: str
    status: Status
    seconds: float = 0.0
    error: str = ""


def refuse_collisions(names: list[str], stages: Stages) -> None:
    """No two pages may write one file, also on disks that do not tell case apart.

    Raises:
        ReportError: a township's file is called like another page.
    """
    seen = set(RESERVED)
    for name in names:
        if name.lower() in seen:
            raise ReportError(
                f"镇参数文件“{name}.yml”与另一页面同名",
                str(stages.project.folder / "townships"),
                "改用另一个文件名",
            )
        seen.add(name.lower())
