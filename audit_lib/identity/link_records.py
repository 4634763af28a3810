"""From the rows of two files to records with names, numbers, dates and places read alike."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from audit_lib import idnum
from audit_lib.identity.link_places import known_villages, place_keys
from audit_lib.identity.names import plain, readings, surname
from audit_lib.identity.numbers import read_number

#: columns of a record table; any may be absent, all but ``row`` are text
GIVEN = (
    "name", "former_name", "id_raw", "id_no", "birth_on", "sex", "town", "village", "household_no", "account_no",
    "phone",
)  # fmt: skip
#: beyond these lengths a text is no name and no number of anything; only its start is compared
_LONGEST = 40


def state_rows(left: pa.Table, right: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Both files' rows in the form they are compared in."""
    frames = [_texts(table) for table in (left, right)]
    known = known_villages(pd.concat([frame["village"] for frame in frames]).unique())
    one, other = (_state(frame, known) for frame in frames)
    return one, other


def _texts(table: pa.Table) -> pd.DataFrame:
    columns = {
        "row": table["row"].to_pandas() if "row" in table.column_names else pd.RangeIndex(2, len(table) + 2)
    }
    for name in GIVEN:
        if name in table.column_names:
            columns[name] = table[name].cast(pa.string()).fill_null("").to_pandas().str.slice(0, _LONGEST * 3)
    if "address" in table.column_names and "village" not in table.column_names:
        columns["village"] = table["address"].cast(pa.string()).fill_null("").to_pandas()
    frame = pd.DataFrame(columns)
    return frame.reindex(columns=["row", *GIVEN], fill_value="")


def _state(frame: pd.DataFrame, known: frozenset[str]) -> pa.Table:
    number = _numbers(frame)
    names = {
        name: plain(name)[:_LONGEST] for name in pd.unique(pd.concat([frame["name"], frame["former_name"]]))
    }
    spelt = frame["name"].map(names)
    sounds = {name: _sound(name) for name in set(names.values())}
    towns, villages = place_keys(frame["town"], frame["village"], known)
    columns: dict[str, Iterable[str]] = {
        "plain": spelt, "former": frame["former_name"].map(names), "family": spelt.map({n: surname(n) for n in sounds}),
        "sound": spelt.map(sounds), "birth": frame["birth_on"].str.slice(0, 10), "sex": frame["sex"], "town": towns,
        "village": villages, "household": frame["household_no"], "account": frame["account_no"],
        "phone": frame["phone"], **{name: number[name] for name in number.columns},
    }  # fmt: skip
    texts = {name: pa.array(list(values), pa.string()) for name, values in columns.items()}
    return pa.table({"row": pa.array(frame["row"].to_numpy(), pa.int64()), **texts})


def _numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """What each number says. One ending in 000 has been cut, though one in eleven passes the check."""
    rows = []
    memory: dict[str, tuple[str, str, str, str, str]] = {}
    for written in frame["id_raw"].where(frame["id_raw"] != "", frame["id_no"]):
        if written not in memory:
            memory[written] = _read(written)
        rows.append(memory[written])
    return pd.DataFrame(rows, columns=["id_no", "kind", "pattern", "number_birth", "number_sex"])


def _read(written: str) -> tuple[str, str, str, str, str]:
    valid = idnum.canonical(written) or ""
    if valid and not valid.endswith("000"):
        born = f"{valid[6:10]}-{valid[10:12]}-{valid[12:14]}"
        return valid, "valid", valid, born, idnum.sex(valid)
    if valid:
        number = read_number(valid[:15] + "***")
        return valid, "cut", number.pattern, number.birth, ""
    number = read_number(written)
    return "", number.kind, number.pattern, number.birth, number.sex


def _sound(name: str) -> str:
    """One reading of each character: homophones meet; a character of several readings takes its first."""
    return " ".join(min(readings(character)) for character in name)
