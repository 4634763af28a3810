"""One file that belongs to no project: whose rows it has, as records for linking.

Nothing is known of its district, so places stay as written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.errors import SourceError
from audit_lib.sources.cells import Cells
from audit_lib.sources.files import open_file
from audit_lib.sources.headers import ColumnMap
from audit_lib.sources.lone_cells import clean_births, clean_codes, clean_names, clean_sexes, clean_texts
from audit_lib.sources.sheets import DeliveredSheet, HeadRow

#: the columns of a record table; all but ``row`` are text, empty when unknown
RECORD_COLUMNS = (
    "row", "name", "former_name", "id_raw", "birth_on", "sex", "town", "village", "household_no",
    "account_no", "phone",
)  # fmt: skip
_CAPTIONS = {
    "name": "姓名", "former_name": "曾用名", "id": "身份证号", "birth_on": "出生日期",
        "sex": "性别", "household_no": "户号",
    "account_no": "账号", "phone": "电话",
}  # fmt: skip
Choose = Callable[[list[HeadRow]], tuple[HeadRow, ColumnMap] | None]
_TOTALS = ("合计", "小计", "总计", "共计", "制表", "填表", "审核")


@dataclass(frozen=True)
class LoneFile:
    """A file read.

    Attributes:
        records: ``RECORD_COLUMNS``, one row per row of the file.
        columns: caption → header as written, of the columns found.
        notes: what was not read, in Chinese.
    """

    records: pa.Table
    columns: dict[str, str]
    notes: list[str]


def read_lone(path: Path, choose: Choose) -> LoneFile:
    """Read the records of a csv, xlsx or xls file.

    Args:
        path: the file.
        choose: finds the header and its columns among a sheet's first rows.

    Raises:
        SourceError: it is not there, is no table, or has neither a name nor an identity number.
    """
    if not path.is_file():
        raise SourceError("没有这个文件", str(path), "检查路径和文件名")
    delivered = open_file(path, path.name)
    chosen: tuple[DeliveredSheet, HeadRow, ColumnMap] | None = None
    notes: list[str] = []
    seen: list[str] = []
    for sheet in delivered.sheets():
        if sheet.hidden:
            notes.append(f"跳过隐藏工作表“{sheet.name}”")
            continue
        head = sheet.head()
        found = choose(head)
        if found is None:
            seen += [cell.strip() for cell in (head[0].cells if head else []) if cell.strip()][:12]
            if sheet.name and head:
                notes.append(f"跳过工作表“{sheet.name}”(没有姓名列和身份证号列)")
        elif chosen is None:
            chosen = (sheet, *found)
        else:
            notes.append(f"跳过工作表“{sheet.name}”(一次只比对一个工作表)")
    if chosen is None:
        listed = "、".join(seen)[:160] or "无内容"
        raise SourceError(
            f"没有找到姓名列,也没有找到身份证号列(首行:{listed})", path.name,
            "请确认表头中有“姓名”或“身份证号”一类的列名",
        )  # fmt: skip
    return _read_sheet(*chosen, notes)


def _read_sheet(sheet: DeliveredSheet, header: HeadRow, columns: ColumnMap, notes: list[str]) -> LoneFile:
    serial = frozenset(i for name, i in columns.at.items() if name == "birth_on")
    body = sheet.body(header, serial)
    read: dict[str, pa.Array] = {"row": pa.array(body.rows, pa.int64())}
    found: dict[str, str] = {}
    cleaners: dict[str, Callable[[pa.Array], pa.Array]] = {
        "name": clean_names, "former_name": clean_names, "birth_on": clean_births, "sex": clean_sexes,
        "household_no": clean_codes, "account_no": clean_codes, "phone": clean_codes,
    }  # fmt: skip
    positions = {
        **columns.at,
        **{k: v for k, v in (("town", columns.town), ("village", columns.village)) if v is not None},
    }
    for name, position in positions.items():
        column = body.columns[position]
        caption = _CAPTIONS.get(name) or ("镇" if name == "town" else "村/住址")
        found[caption] = header.cells[position].strip()
        if name == "id":
            read["id_raw"] = pc.utf8_trim_whitespace(column)
        else:
            written = Cells.of(column)
            read[name] = written.spread(cleaners.get(name, clean_texts)(written.distinct))
    empty = pa.repeat("", len(body))
    records = pa.table({name: read.get(name, empty) for name in RECORD_COLUMNS})
    if body.odd:
        lines = "、".join(str(row.row) for row in body.odd[:5])
        notes.append(
            f"{len(body.odd)}行列数与表头不符,没有比对(第{lines}行{'等' if len(body.odd) > 5 else ''})"
        )
    return LoneFile(_without_totals(records), found, notes)


def _without_totals(records: pa.Table) -> pa.Table:
    """Without 合计 and 制表人 rows and without rows that name nobody."""
    name, number = records["name"], records["id_raw"]
    is_total = np.zeros(len(records), dtype=np.bool_)
    for word in _TOTALS:
        is_total |= np.asarray(pc.starts_with(name, word))
    nobody = np.asarray(pc.and_(pc.equal(name, ""), pc.equal(number, "")))
    return records.filter(pa.array(~(is_total & np.asarray(pc.equal(number, ""))) & ~nobody))
