"""Zip archives of lists: each member is a file of its own, named ``a.zip/member.xlsx``.

A member is unpacked under a name of ours, so what an archive calls its members can lead nowhere.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audit_lib.errors import SourceError
from audit_lib.sources.formats import sniff
from audit_lib.sources.guards import check_archive

_MOST_MEMBERS = 10_000
_REMEDY = "请报送单位解压后直接报送其中的清册,或重新压缩后报送"


@dataclass(frozen=True)
class Member:
    """One file of an archive: unpacked, or refused with the reason."""

    name: str
    path: Path | None
    size: int
    refused: str = ""


def is_archive(path: Path) -> bool:
    """Whether a file is a zip of files (a workbook is a zip, too, but none of lists)."""
    with path.open("rb") as content:
        if content.read(2) != b"PK":
            return False
    return sniff(path)[0] == "zip"


def unpack(path: Path, name: str, into: Path) -> list[Member]:
    """Unpack an archive into a folder of ours.

    Args:
        path: the archive.
        name: its path below the raw folder.
        into: an existing folder, empty.

    Raises:
        SourceError: it swells beyond measure, has too many members or is damaged.
    """
    check_archive(path, name)
    members: list[Member] = []
    taken: set[str] = set()
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [about for about in archive.infolist() if not about.is_dir()]
            if len(listed) > _MOST_MEMBERS:
                raise SourceError(f"压缩包内有{len(listed):,}个文件,未打开", name, _REMEDY)
            for number, about in enumerate(listed, start=1):
                inner, faulty = _inner_name(about)
                while inner in taken:
                    inner += "(重名)"
                taken.add(inner)
                target = into / f"{number}"
                refused = faulty or _extract(archive, about, target)
                if not refused and is_archive(target):
                    refused = "压缩包里还有压缩包,未读取"
                if refused:
                    target.unlink(missing_ok=True)
                members.append(
                    Member(f"{name}/{inner}", None if refused else target, about.file_size, refused)
                )
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise SourceError(f"压缩包无法打开({type(error).__name__})", name, _REMEDY) from None
    return members


def _inner_name(about: zipfile.ZipInfo) -> tuple[str, str]:
    """A member's path with ``/``, and why it cannot be trusted; Chinese Windows writes names in GBK."""
    written = about.orig_filename
    if not about.flag_bits & 0x800:
        packed = written.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030", "cp437"):
            try:
                written = packed.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = written.replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..")]
    inner = "/".join("".join(c for c in part if c.isprintable()) for part in kept) or "(无名)"
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return inner, "压缩包内的路径指向包外(..或绝对路径),未读取"
    if stat.S_ISLNK(about.external_attr >> 16):
        return inner, "压缩包内是链接而不是文件,未读取"
    return inner, ""


def _extract(archive: zipfile.ZipFile, about: zipfile.ZipInfo, target: Path) -> str:
    """Write one member; why it could not be."""
    if about.flag_bits & 1:
        return "压缩包有密码,请取消密码后重新报送"
    try:
        with archive.open(about) as packed, target.open("wb") as content:
            shutil.copyfileobj(packed, content, 1 << 20)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        return f"压缩包内的文件已损坏({type(error).__name__})"
    return ""


@contextmanager
def delivered_path(raw: Path, name: str) -> Iterator[Path]:
    """The file a register's name means, for as long as the block runs: a member is unpacked for it.

    Raises:
        FileNotFoundError: neither a file nor a member of an archive is called so.
    """
    path = raw / name
    archive = next((up for up in path.parents if up.is_relative_to(raw) and up.is_file()), None)
    if path.exists() or archive is None:
        yield path
        return
    with TemporaryDirectory() as scratch:
        members = unpack(archive, archive.relative_to(raw).as_posix(), Path(scratch))
        found = next((member.path for member in members if member.name == name and member.path), None)
        if found is None:
            raise FileNotFoundError(name)
        yield found
