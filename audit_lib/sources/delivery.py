"""From the raw folder to canonical tables: what is there, what is known already, what must be read."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

from audit_lib.errors import SourceError
from audit_lib.params import Project, SourceSpec
from audit_lib.progress import track
from audit_lib.sources.entries import Entry
from audit_lib.sources.formats import sniff
from audit_lib.sources.listing import Listing, list_files
from audit_lib.sources.matching import check_specs, spec_of
from audit_lib.sources.reading import Fault, Task, read_all
from audit_lib.sources.refusals import told, write_refusals
from audit_lib.sources.register import ACCEPTED, REJECTED, SKIPPED, UNMAPPED, Delivered, write_tables
from audit_lib.sources.versions import apply_choices, hold_versions
from audit_lib.stage import digest, digest_code

#: names under which tables are delivered; what is called so and cannot be read is a refused list
_TABLE_SUFFIXES = {".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".csv", ".txt", ".tsv", ".dat", ".dbf", ""}
#: what the meaning of an entry depends on beside the file and the parameters
_CODE = ("sources", "tables.py", "idnum.py", "params.py")


def read_sources(project: Project, out: Path, cache: Path) -> None:
    """Read everything delivered into canonical tables.

    Args:
        project: the project; files are read from ``project.raw`` and never written to.
        out: an existing empty folder; receives one Parquet file per canonical table for which a
            file was accepted, and ``sheet``, ``file_register``, ``set_aside``, ``printed_total``,
            ``refused_file``.
        cache: per-file results of earlier runs; a file that did not change is not read again.

    Raises:
        SourceError: the raw folder is missing or empty, or no file at all can be used; lists every
            fault of every file. ``out`` is then untouched. While any file can be used, those that
            cannot are 拒收 in the register and listed in ``refused_file``.
        ParamsError: ``sources.yml`` names tables or columns that do not exist.
    """
    check_specs(project)
    scratch = cache / "unpacked"
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        _read_listed(project, list_files(project.raw, project.sources, scratch), out, cache / "sources")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _read_listed(project: Project, listing: Listing, out: Path, entries: Path) -> None:
    version = digest(
        digest_code(*_CODE), *(town.model_dump_json() for town in project.towns),
        *(item.model_dump_json() for item in project.items),
    )  # fmt: skip
    refused, unopened = _refuse(project, listing)
    files = apply_choices(_decide(project, listing.paths, entries, version), project.sources)
    tasks = [
        Task(listing.paths[file.name], file.name, spec, file.entry)
        for file in files
        if file.entry is not None
        and not file.entry.exists()
        and (spec := spec_of(file.name, project.sources))
    ]
    faults = unopened | read_all(tasks, project.items, project.towns)
    files = [_rejected(file, faults[file.name]) if file.name in faults else file for file in files]
    if not any(file.decision == ACCEPTED for file in files):
        _raise_all([fault.error for fault in faults.values()])
    held = hold_versions(files, project.sources)
    listed = sorted(held + refused, key=lambda file: file.name)
    write_tables(listed, out)
    write_refusals([(file, faults[file.name]) for file in listed if file.name in faults], out)
    _prune(entries, {file.entry.folder.name for file in files if file.entry is not None})


def _refuse(project: Project, listing: Listing) -> tuple[list[Delivered], dict[str, Fault]]:
    """What was not even opened: a line of the register, and a fault where a source wants it."""
    lines = [
        Delivered(name, 0, "", SKIPPED, f"压缩包,其中{members}个文件逐个登记")
        for name, members in listing.archives.items()
    ]
    faults: dict[str, Fault] = {}
    for refused in listing.refused:
        spec = spec_of(refused.name, project.sources)
        wanted = spec is not None and not spec.skip and not _is_litter(refused.name)
        table = spec.table if spec is not None and wanted else None
        lines.append(Delivered(refused.name, refused.size, "", REJECTED, refused.fault.what, table))
        if wanted:
            faults[refused.name] = Fault(refused.fault)
    return lines, faults


def _rejected(file: Delivered, fault: Fault) -> Delivered:
    """A file that turned out unusable: the others are read, and the register says why this one is not."""
    return replace(file, decision=REJECTED, reason=told(fault.error, file.name), entry=None)


def _decide(project: Project, paths: dict[str, Path], entries: Path, version: str) -> list[Delivered]:
    """Which files are read, and as what.

    The same content delivered twice is read once, unless a person stated different things about the two: a list
    that repeats to the byte every half-year says its period in nothing but its name.
    """
    files: list[Delivered] = []
    first_with: dict[tuple[str, str], str] = {}
    for name, path in track(paths.items(), "核对文件", total=len(paths)):
        size, sha256 = path.stat().st_size, _sha256(path)
        spec = spec_of(name, project.sources)
        stated = "" if spec is None else f"{spec.table} {sorted(spec.constants.items())}"
        twin = first_with.get((sha256, stated))
        if _is_litter(name):
            files.append(Delivered(name, size, sha256, SKIPPED, "临时文件"))
        elif spec is None:
            files.append(_without_source(name, path, size, sha256))
        elif spec.skip:
            files.append(Delivered(name, size, sha256, SKIPPED, spec.why or "按来源设置不采用", spec.table))
        elif (words := _attachment(name, path)) is not None:
            files.append(Delivered(name, size, sha256, REJECTED, f"不是表格,未读取:{words}"))
        elif twin is not None and size:
            files.append(Delivered(name, size, sha256, SKIPPED, f"与“{twin}”内容完全相同", spec.table))
        else:
            first_with[sha256, stated] = name
            entry = Entry(entries / _key(name, sha256, spec, version))
            files.append(Delivered(name, size, sha256, ACCEPTED, "", spec.table, entry))
    return files


def _is_litter(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last.startswith(("~$", ".")) or last.lower() in ("thumbs.db", "desktop.ini")


def _attachment(name: str, path: Path) -> str | None:
    """What a file is that neither is a table nor calls itself one (a scan, a letter among the sheets)."""
    if Path(name).suffix.lower() in _TABLE_SUFFIXES:
        return None
    kind, words = sniff(path)
    return words if kind == "other" else None


def _without_source(name: str, path: Path, size: int, sha256: str) -> Delivered:
    kind, words = sniff(path)
    if kind in ("xlsx", "xls", "dbf", "text", "html") and not words:
        return Delivered(
            name, size, sha256, UNMAPPED, "sources.yml 中没有与此路径相符的来源;请补充后重新运行"
        )
    return Delivered(name, size, sha256, REJECTED, f"不是可读的表格:{words or kind}")


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _key(name: str, sha256: str, spec: SourceSpec, version: str) -> str:
    return digest(name, sha256, spec.model_dump_json(), version)


def _raise_all(faults: list[SourceError]) -> None:
    if not faults:
        return
    if len(faults) == 1:
        raise faults[0]
    listing = "\n".join(
        f"  {fault.where}: {fault.what}" if fault.where else f"  {fault.what}" for fault in faults
    )
    remedies = dict.fromkeys(fault.remedy for fault in faults if fault.remedy)
    raise SourceError(f"{len(faults)}个报送文件无法使用\n{listing}", remedy=";".join(remedies))


def _prune(entries: Path, used: set[str]) -> None:
    """Forget the results of files that changed or are gone."""
    for folder in entries.iterdir() if entries.is_dir() else ():
        if folder.name not in used:
            shutil.rmtree(folder, ignore_errors=True)
