"""What lies in the raw folder to be looked at: files and members of archives, without litter and doubles."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from audit_lib.params import SourceSpec
from audit_lib.sources.formats import sniff
from audit_lib.sources.listing import list_files
from audit_lib.sources.register import REJECTED, SKIPPED
from audit_lib.sources.surroundings import period_in

_LITTER = ("thumbs.db", "desktop.ini")
#: a file that calls itself a table and is none is refused; any other (a letter, a scan) is merely set apart
_TABLES = frozenset(
    (".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".csv", ".txt", ".tsv", ".dat", ".dbf", ".htm", ".html", "")
)


@dataclass(frozen=True)
class SetApart:
    """A file that is not looked at: its decision and the reason; a double names the file it repeats."""

    name: str
    path: Path
    decision: str
    reason: str
    twin: str = ""


@dataclass
class Deliveries:
    """Files by the path users know them by, and what was set apart."""

    files: dict[str, Path] = field(default_factory=dict)
    apart: list[SetApart] = field(default_factory=list)


@contextmanager
def open_deliveries(raw: Path, scratch: Path, specs: list[SourceSpec] | None = None) -> Iterator[Deliveries]:
    """List a raw folder; members of archives are there for as long as the block runs.

    Args:
        raw: the project's raw folder.
        scratch: a folder of ours for what is unpacked; removed afterwards.
        specs: sources whose ``skip`` keeps an archive closed.

    Raises:
        SourceError: the folder is missing or empty.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        listing = list_files(raw, specs or [], scratch)
        found = Deliveries()
        for name, members in listing.archives.items():
            found.apart.append(SetApart(name, raw / name, SKIPPED, f"压缩包,其中{members}个文件逐个登记"))
        for refused in listing.refused:
            reason = f"{refused.fault.what};{refused.fault.remedy}".rstrip(";")
            found.apart.append(SetApart(refused.name, raw / refused.name, REJECTED, reason))
        seen: dict[tuple[str, str], str] = {}
        for name, path in sorted(listing.paths.items(), key=lambda item: (len(item[0]), item[0])):
            _sort(name, path, seen, found)
        found.files = dict(sorted(found.files.items()))
        yield found
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _sort(name: str, path: Path, seen: dict[tuple[str, str], str], found: Deliveries) -> None:
    last = name.rsplit("/", 1)[-1].lower()
    if last.startswith(("~$", ".")) or last in _LITTER:
        return
    if words := attachment(name, path):
        found.apart.append(SetApart(name, path, SKIPPED, f"不是表格:{words}"))
        return
    with path.open("rb") as content:
        key = hashlib.file_digest(content, "sha256").hexdigest()
    # a list that is the same every half-year repeats byte for byte, and its name says which half-year
    first = seen.setdefault((key, str(period_in(Path(name).stem) or "")), name)
    if first != name and path.stat().st_size:
        found.apart.append(SetApart(name, path, SKIPPED, f"与“{first}”内容完全相同", first))
    else:
        found.files[name] = path


def attachment(name: str, path: Path) -> str:
    """What a file is that neither is a table nor calls itself one, empty for all others."""
    if Path(name).suffix.lower() in _TABLES:
        return ""
    kind, words = sniff(path)
    return words if kind == "other" else ""
