"""Rows set aside from payment lists: what their cells still say about money, item, year and place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.params import Project
from audit_lib.sources.clean.amounts import read_fen
from audit_lib.sources.clean.items import Items
from audit_lib.sources.clean.periods import read_period_with_year
from audit_lib.sources.clean.places import Places
from audit_lib.sources.headers import Header, header_unit, map_columns
from audit_lib.sources.matching import spec_of
from audit_lib.sources.sheets import HeadRow
from audit_lib.tables import PAYMENT, locate

_SCHEMA = pa.schema(
    [
        ("origin", pa.int64()), ("amount_fen", pa.int64()), ("pay_no", pa.string()), ("item_id", pa.string()),
        ("town_id", pa.string()), ("year", pa.int32()), ("is_unmapped", pa.bool_()),
    ]
)  # fmt: skip


def read_lost_rows(project: Project, tables: Path) -> pa.Table:
    """What the rows set aside from payment lists still say.

    Args:
        project: gives catalogue, areas and the sources' own column names.
        tables: folder of the sources stage.

    Returns:
        One line per row: ``origin``, ``amount_fen`` (NULL when unreadable), ``pay_no``, ``item_id``, ``town_id``,
        ``year`` where the row says them; ``is_unmapped`` when its item is not in the catalogue.
    """
    rows = pq.read_table(
        tables / "set_aside.parquet", columns=["origin", "table_name", "record"],
        filters=[("table_name", "=", PAYMENT.name)],
    ).to_pylist()  # fmt: skip
    sheets = {row["sheet_no"]: row for row in pq.read_table(tables / "sheet.parquet").to_pylist()}
    items, places = Items(project.items), Places(project.towns)
    lines = []
    for row in rows:
        sheet = sheets[locate(row["origin"])[0]]
        spec = spec_of(sheet["file"], project.sources)
        unit = Header(HeadRow(0, []), sheet["title"] or "").unit() or "元"
        if spec is not None and spec.unit != "auto":
            unit = spec.unit
        said = _read(json.loads(row["record"] or "{}"), spec.columns if spec else {}, unit, items, places)
        lines.append({"origin": row["origin"], **said})
    return pa.Table.from_pylist(lines, schema=_SCHEMA)


def _read(
    record: Mapping[str, str], overrides: Mapping[str, str], sheet_unit: str, items: Items, places: Places
) -> dict[str, object]:
    headers, cells = list(record), list(record.values())
    at = map_columns(headers, PAYMENT, overrides)

    def cell(position: int | None) -> str:
        return (cells[position] or "").strip() if position is not None else ""

    amount = at.at.get("amount")
    written, item = cell(amount), cell(at.at.get("item"))
    unit = header_unit(headers[amount]) if amount is not None else None
    period = read_period_with_year(cell(at.year), cell(at.at.get("service")))
    town, _ = places.find(cell(at.town), cell(at.village))
    item_id = items.find(item) if item else None
    return {
        "amount_fen": read_fen(written, unit or sheet_unit) if written else None,
        "pay_no": cell(at.at.get("pay_no")) or None,
        "item_id": item_id,
        "town_id": town,
        "year": period[0] // 12 if period else None,
        "is_unmapped": bool(item) and item_id is None,
    }
