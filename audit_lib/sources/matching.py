"""Which source of ``sources.yml`` a delivered file belongs to: the first whose pattern fits its path."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from audit_lib.errors import Faults, ParamsError
from audit_lib.params import Project, SourceSpec
from audit_lib.sources.headers import UNUSED
from audit_lib.tables import TABLES


@lru_cache(maxsize=512)
def _pattern(glob: str) -> re.Pattern[str]:
    """``*`` and ``?`` stay inside one folder, ``**/`` is any number of folders."""
    parts: list[str] = []
    for token in re.split(r"(\*\*/|\*\*|\*|\?)", unicodedata.normalize("NFC", glob)):
        parts.append({"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(token, re.escape(token)))
    return re.compile("".join(parts))


def fits(glob: str, name: str) -> bool:
    """Whether a pattern fits a file's path; a path written out fits itself."""
    written = unicodedata.normalize("NFC", name)
    return unicodedata.normalize("NFC", glob) == written or bool(_pattern(glob).fullmatch(written))


def spec_of(name: str, specs: list[SourceSpec]) -> SourceSpec | None:
    """The source of a file by its path below the raw folder (with ``/``)."""
    written = unicodedata.normalize("NFC", name)
    return next((spec for spec in specs if _pattern(spec.match).fullmatch(written)), None)


def check_specs(project: Project) -> None:
    """Refuse sources that name tables or columns nobody has.

    Raises:
        ParamsError: lists every such entry of ``sources.yml``.
    """
    faults = Faults()
    for number, spec in enumerate(project.sources, start=1):
        where = f"sources.yml[{number}]"
        if spec.table not in TABLES:
            faults.add(f"没有名为“{spec.table}”的标准表", f"{where}:table")
            continue
        columns = {column.name for column in TABLES[spec.table].columns}
        for column in spec.constants:
            if column not in columns:
                faults.add(f"标准表 {spec.table} 没有列“{column}”", f"{where}:constants")
        for column in spec.columns.values():
            if column not in columns | {"镇", "村", UNUSED}:
                faults.add(f"标准表 {spec.table} 没有列“{column}”", f"{where}:columns")
    faults.raise_if_any(ParamsError, "来源设置有误", "可用的表和列见 audit_lib/tables.py;改正后重新运行")
