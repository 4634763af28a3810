"""``pages.json``: which pages are published, from what, and their digests."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit_lib.report.jobs import Job, PageResult
from audit_lib.stage import write_text

INDEX = "index.html"


@dataclass
class PageRegister:
    """The register of one reports folder: per file the key it was made from and the digest of its content."""

    folder: Path
    pages: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, folder: Path) -> PageRegister:
        """The register of a folder; an unreadable one counts as empty, so everything is made again."""
        try:
            pages = json.loads((folder / "pages.json").read_text(encoding="utf-8"))["pages"]
        except (FileNotFoundError, ValueError, KeyError):
            pages = {}
        return cls(folder, pages)

    def is_current(self, job: Job) -> bool:
        """Whether the file is there, unaltered, and made from what it would be made from now."""
        entry = self.pages.get(job.file_name)
        path = self.folder / job.file_name
        return (
            entry is not None
            and entry["key"] == job.key
            and path.is_file()
            and sha256(path) == entry["sha256"]
        )

    @property
    def has_index(self) -> bool:
        """Whether the index is there as it was written."""
        entry, path = self.pages.get(INDEX), self.folder / INDEX
        return entry is not None and path.is_file() and sha256(path) == entry["sha256"]

    def note(self, result: PageResult, key: str) -> None:
        """Remember a published file."""
        path = self.folder / result.file_name
        self.pages[result.file_name] = {
            "name": result.name, "title": result.title, "key": key, "sha256": sha256(path), "seconds": result.seconds,
        }  # fmt: skip

    def note_index(self) -> None:
        """Remember the index."""
        self.pages[INDEX] = {
            "name": "index", "title": "目录", "key": "", "sha256": sha256(self.folder / INDEX), "seconds": 0.0,
        }  # fmt: skip

    def forget(self, result: PageResult) -> None:
        """A failed page is made again next time."""
        self.pages.pop(result.file_name, None)

    def write(self) -> None:
        """Store the register."""
        content = json.dumps({"pages": dict(sorted(self.pages.items()))}, ensure_ascii=False, indent=1)
        path = self.folder / "pages.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            write_text(path, content)


def sha256(path: Path) -> str:
    """Digest of a file's content."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
