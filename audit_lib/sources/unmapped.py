"""Spellings of places that the area dictionary does not know, with the village each may mean."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rapidfuzz.distance import Levenshtein

from audit_lib.params import Town
from audit_lib.sources.clean import marks
from audit_lib.sources.clean.places import normal
from audit_lib.tables import locate

UNMAPPED_SCHEMA = pa.schema(
    {"town": pa.string(), "spelling": pa.string(), "rows": pa.int64(), "files": pa.int64(), "origin": pa.int64(),
     "suggestion": pa.string(), "reason": pa.string()}
)  # fmt: skip
_BOTH, _NONE = "多个镇有同名村,须先知道是哪个镇", "镇村名单中没有,请在 areas.yml 的 natural 或 aliases 中补充"


def unmapped_places(tables: Path, towns: list[Town]) -> pa.Table:
    """One line per spelling no village is known for; most rows first.

    Args:
        tables: the finished tables of the stage ``sources``.
        towns: the area dictionary.

    Returns:
        ``UNMAPPED_SCHEMA``: town as written, the spelling, how many rows and files have it, the first row's
        origin, villages that differ by one character (never filled in by themselves), and why it is not known.
    """
    changes = pq.read_table(tables / "cell_change.parquet").to_pylist()
    sheets = {row["sheet_no"]: row["file"] for row in pq.read_table(tables / "sheet.parquet").to_pylist()}
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        if change["flag"] in (marks.NO_VILLAGE, marks.NO_TOWN):
            town, _, spelling = change["raw"].partition("|")
            found[town, spelling].append(change)
    lines = [
        {
            "town": town, "spelling": spelling, "rows": sum(part["cells"] for part in parts),
            "files": len({sheets[locate(part["origin"])[0]] for part in parts}),
            "origin": min(part["origin"] for part in parts), "suggestion": "、".join(_near(spelling, parts[0]["cleaned"], towns)),
            "reason": _BOTH if len(_named(spelling, towns)) > 1 and parts[0]["cleaned"] is None else _NONE,
        }
        for (town, spelling), parts in found.items()
    ]  # fmt: skip
    lines.sort(key=lambda line: (-line["rows"], line["town"], line["spelling"]))
    return pa.Table.from_pylist(lines, UNMAPPED_SCHEMA)


def _spellings(town: Town) -> dict[str, str]:
    return {normal(s): v.name for v in town.villages for s in (v.name, *v.aliases, *v.natural)}


def _named(spelling: str, towns: list[Town]) -> list[str]:
    return [town.name for town in towns if normal(spelling) in _spellings(town)]


def _near(spelling: str, town_id: str | None, towns: list[Town]) -> list[str]:
    written = normal(spelling)
    near = {
        f"{town.name}{village}"
        for town in towns if town_id is None or town.town_id == town_id
        for known, village in _spellings(town).items()
        if min(len(known), len(written)) >= 2 and Levenshtein.distance(known, written, score_cutoff=1) <= 1
    }  # fmt: skip
    return sorted(near)[:5]
