"""Which row of a sheet that nobody knows heads its list."""

from __future__ import annotations

from functools import lru_cache

from audit_lib.intake.sampling import sound_headers
from audit_lib.intake.vocabulary import find_word
from audit_lib.sources.headers import header_forms, normal_header
from audit_lib.sources.layout_heads import compose_header
from audit_lib.sources.sheets import HeadRow
from audit_lib.tables import TABLES

#: rows of words that are tried; a list of nothing but words has no more before its header
_TRIED = 8


def find_header_row(head: list[HeadRow]) -> HeadRow | None:
    """The row with the most words that head a column of any table, composed with its second row.

    Args:
        head: the first rows of a sheet.

    Returns:
        None when no row could head a list.
    """
    sound = (
        sound_headers(head)[:_TRIED]
        or [row for row in head if sum(bool(c.strip()) for c in row.cells) >= 2][:1]
    )
    composed = [compose_header(head, head.index(row)).at for row in sound]
    hits = [sum(any(map(is_header_word, names)) for names in header_forms(row.cells)) for row in composed]
    return composed[hits.index(max(hits))] if composed else None


@lru_cache(maxsize=8192)
def is_header_word(name: str) -> bool:
    """Whether a normal header is a column of some table."""
    return name in _known() or any(
        find_word(name, table.name, target) is not None
        for table in TABLES.values()
        for target in _targets(table.name)
    )


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    spellings = (s for table in TABLES.values() for column in table.columns for s in column.headers)
    return frozenset(normal_header(spelling) for spelling in spellings)


@lru_cache(maxsize=32)
def _targets(table: str) -> tuple[str, ...]:
    names = [column.name for column in TABLES[table].columns if column.type != "place"]
    return (*names, "镇", "村")
