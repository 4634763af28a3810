"""What lies in the raw folder: files, members of archives, and what is refused before it is opened."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from audit_lib.errors import SourceError
from audit_lib.params import SourceSpec
from audit_lib.sources.archives import is_archive, unpack
from audit_lib.sources.matching import spec_of

_OUTSIDE = "链接指向报送文件夹之外,未读取"
_PUT_THE_FILE = "请把文件本身复制到报送文件夹;不需要的请移出"
_PUT_FILES = "把各部门报送的文件放入该文件夹后重新运行"


@dataclass(frozen=True)
class Refused:
    """A file that is not opened, and why."""

    name: str
    size: int
    fault: SourceError


@dataclass
class Listing:
    """Files by the path users know them by (with ``/``), below the raw folder."""

    paths: dict[str, Path] = field(default_factory=dict)
    archives: dict[str, int] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)


def list_files(raw: Path, specs: list[SourceSpec], scratch: Path) -> Listing:
    """List everything below a raw folder; archives are unpacked into ``scratch`` (made when needed).

    Raises:
        SourceError: the folder is missing or empty.
    """
    if not raw.is_dir():
        raise SourceError("没有找到报送文件夹", str(raw), _PUT_FILES)
    listing = Listing()
    for name, path in sorted(_entries(raw)):
        if path.is_symlink() and not _stays_inside(path, raw):
            listing.refused.append(Refused(name, 0, SourceError(_OUTSIDE, name, _PUT_THE_FILE)))
            continue
        spec = spec_of(name, specs)
        try:
            if not (spec and spec.skip) and is_archive(path):
                _open_archive(path, name, listing, scratch)
            else:
                listing.paths[name] = path
        except SourceError as fault:
            listing.refused.append(Refused(name, path.stat().st_size, fault))
        except OSError as error:
            unread = SourceError(f"文件读不出来({error.strerror})", name, "检查文件是否被占用、有无读取权限")
            listing.refused.append(Refused(name, 0, unread))
    if not listing.paths and not listing.archives and not listing.refused:
        raise SourceError("报送文件夹中没有文件", str(raw), _PUT_FILES)
    listing.paths = dict(sorted(listing.paths.items()))
    return listing


def _entries(raw: Path) -> Iterator[tuple[str, Path]]:
    for path in raw.rglob("*"):
        if path.is_file() or path.is_symlink():
            yield unicodedata.normalize("NFC", path.relative_to(raw).as_posix()), path


def _stays_inside(path: Path, raw: Path) -> bool:
    """Whether a link ends at a file of the raw folder."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(raw.resolve())


def _open_archive(path: Path, name: str, listing: Listing, scratch: Path) -> None:
    into = scratch / str(len(listing.archives) + 1)
    into.mkdir(parents=True)
    members = unpack(path, name, into)
    listing.archives[name] = len(members)
    for member in members:
        inner = unicodedata.normalize("NFC", member.name)
        if member.path is not None:
            listing.paths[inner] = member.path
        else:
            fault = SourceError(member.refused, inner, "请报送单位解压后直接报送清册")
            listing.refused.append(Refused(inner, member.size, fault))
