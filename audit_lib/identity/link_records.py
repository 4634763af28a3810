"""From the rows of two files to records: every column a whole number, what it stands for said once.

Names, numbers and places are read on their distinct texts, the same for both files. Rows of one file that
say the same are one record: a pensioner's 24 payments are compared once.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.identity.distinct import Codes, Names, mix_keys
from audit_lib.identity.link_numbers import Kind, ReadNumbers, read_numbers
from audit_lib.identity.link_places import known_villages, place_keys, without_house_number
from audit_lib.identity.names import plain

#: columns of a record table; any may be absent, all but ``row`` are text
GIVEN = (
    "name", "former_name", "id_raw", "id_no", "birth_on", "sex", "town", "village", "household_no", "account_no",
    "phone",
)  # fmt: skip
#: beyond this length a text is no name of anybody; only its start is compared
_LONGEST = 40
_PLAIN_NAME = r"^[\x{4e00}-\x{9fff}]{0,8}$"


@dataclass(frozen=True)
class Side:
    """The records of one file.

    Attributes:
        columns: one row per record: number, kind, plain, former, birth, number_birth, sex, number_sex, town,
            village, household, account, phone (positions or whole numbers, 0 when not known), row_count.
        order: line numbers of the file's rows, record by record.
        starts: where each record's rows start in ``order``; one more than there are records.
    """

    columns: pd.DataFrame
    order: Codes
    starts: Codes


@dataclass(frozen=True)
class Records:
    """Both files' records and what their columns are positions in."""

    left: Side
    right: Side
    names: Names
    numbers: ReadNumbers


def make_records(left: pa.Table, right: pa.Table) -> Records:
    """Read both files' rows."""
    size = len(left)
    column = {name: _column(left, right, name) for name in GIVEN}
    written = pc.if_else(pc.equal(column["id_raw"], ""), column["id_no"], column["id_raw"])
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        reading_numbers = readers.submit(read_numbers, written)
        reading_places = readers.submit(_read_places, column["town"], column["village"])
        reading_names = readers.submit(_read_names, column["name"], column["former_name"])
        births, sexes = readers.submit(_births, column["birth_on"]), readers.submit(_sexes, column["sex"])
        codes = [readers.submit(_code, column[name]) for name in ("household_no", "account_no", "phone")]
        (numbers, number), (town, village) = reading_numbers.result(), reading_places.result()
        names, (name, former) = reading_names.result()
        household, account, phone = (code.result() for code in codes)
    coded: dict[str, npt.NDArray[Any]] = {
        "number": number, "kind": numbers.kind[number], "plain": name, "former": former,
        "birth": births.result(), "number_birth": numbers.birth[number], "sex": sexes.result(),
        "number_sex": numbers.sex[number], "town": town, "village": village,
        "household": household, "account": account, "phone": phone,
    }  # fmt: skip
    left_side = _gather(_lines(left), {name: values[:size] for name, values in coded.items()})
    right_side = _gather(_lines(right), {name: values[size:] for name, values in coded.items()})
    return Records(left_side, right_side, names, numbers)


def _column(left: pa.Table, right: pa.Table, name: str) -> pa.Array:
    parts = []
    for rows in (left, right):
        given = "address" if name == "village" and "village" not in rows.column_names else name
        if given in rows.column_names:
            texts = pc.fill_null(pc.cast(rows[given], pa.string()), "")
            if (pc.max(pc.binary_length(texts)).as_py() or 0) > _LONGEST * 3:
                texts = pc.utf8_slice_codeunits(texts, 0, _LONGEST * 3)
            parts += texts.chunks
        else:
            parts.append(pa.repeat("", len(rows)))
    return pa.concat_arrays(parts) if parts else pa.array([], pa.string())


def _lines(rows: pa.Table) -> Codes:
    if "row" in rows.column_names:
        return np.asarray(rows["row"]).astype(np.int64)
    return np.arange(2, len(rows) + 2)


def _encode(*columns: pa.Array) -> tuple[list[str], list[Codes]]:
    """Distinct texts of some columns, the empty one first, and the columns as positions in them."""
    together = pa.concat_arrays([pa.array([""], pa.string()), *columns]).dictionary_encode()
    codes = np.asarray(together.indices).astype(np.int64)[1:]
    return together.dictionary.to_pylist(), np.split(codes, np.cumsum([len(c) for c in columns])[:-1])


def _code(column: pa.Array) -> npt.NDArray[np.int32]:
    if not pc.any(pc.not_equal(column, "")).as_py():
        return np.zeros(len(column), dtype=np.int32)
    encoded = pa.concat_arrays([pa.array([""], pa.string()), column]).dictionary_encode()
    return np.asarray(encoded.indices).astype(np.int32)[1:]


def _read_names(*columns: pa.Array) -> tuple[Names, list[Codes]]:
    together = pa.concat_arrays([pa.array([""], pa.string()), *columns]).dictionary_encode()
    cells = together.dictionary
    odd = pc.or_(pc.invert(pc.match_substring_regex(cells, _PLAIN_NAME)), pc.match_substring(cells, "某"))
    spelt = pa.array([plain(text)[:_LONGEST] for text in cells.filter(odd).to_pylist()], pa.string())
    texts, (text_of,) = _encode(pc.replace_with_mask(cells, odd, spelt))
    codes = text_of[np.asarray(together.indices)[1:]]
    return Names.of(texts), np.split(codes, np.cumsum([len(c) for c in columns])[:-1])


def _read_places(towns: pa.Array, villages: pa.Array) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    written_towns, (town,) = _encode(towns)
    cells = villages.dictionary_encode()
    written_villages, (place,) = _encode(without_house_number(cells.dictionary))
    village = place[np.asarray(cells.indices)]
    known = known_villages(written_villages)
    pairs, pair_of = np.unique(town * len(written_villages) + village, return_inverse=True)
    read = place_keys(
        [written_towns[p // len(written_villages)] for p in pairs.tolist()],
        [written_villages[p % len(written_villages)] for p in pairs.tolist()],
        known,
    )
    codes = [_code(pa.array(texts, pa.string()))[pair_of] for texts in read]
    return codes[0], codes[1]


def _births(column: pa.Array) -> npt.NDArray[np.int32]:
    """YYYYMMDD, YYYYMM00 when only the month is known."""
    texts, (code,) = _encode(column)
    digits = [text[:10].replace("-", "") for text in texts]
    whole = [int(d.ljust(8, "0")) if len(d) in (6, 8) and d.isascii() and d.isdigit() else 0 for d in digits]
    return np.array(whole, dtype=np.int32)[code]


def _sexes(column: pa.Array) -> npt.NDArray[np.int8]:
    texts, (code,) = _encode(column)
    return np.array([{"男": 1, "女": 2}.get(text, 0) for text in texts], dtype=np.int8)[code]


def _gather(lines: Codes, coded: dict[str, npt.NDArray[Any]]) -> Side:
    """Rows that say the same become one record."""
    _, first, record_of = np.unique(mix_keys(*coded.values()), return_index=True, return_inverse=True)
    counts = np.bincount(record_of, minlength=len(first))
    columns = pd.DataFrame({name: values[first] for name, values in coded.items()}).assign(row_count=counts)
    order = np.lexsort((lines, record_of))
    return Side(columns, lines[order], np.concatenate([[0], np.cumsum(counts)]))


__all__ = ["GIVEN", "Kind", "Records", "Side", "make_records"]
