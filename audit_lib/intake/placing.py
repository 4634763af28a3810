"""Where each column of a map stands."""

from __future__ import annotations

from audit_lib.sources.headers import ColumnMap


def positions(columns: ColumnMap) -> dict[str, int]:
    """Position of each column of a map, 镇 and 村 for the halves of a place."""
    halves = {"镇": columns.town, "村": columns.village}
    return columns.at | {name: position for name, position in halves.items() if position is not None}
