"""An invented district of any size with the truth about it: families, twins, namesakes, slips of the pen.

Columns are built whole, so that a full district of 200,000 people takes seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib import idnum
from audit_lib.tables import ROWS_PER_SHEET, TABLES
from tests.identity.registers import ARROW, SHEETS

SURNAMES = np.array(list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"))
GIVEN = np.array(
    list("英兰秀芳玉桂明华国建军伟强平丽红霞梅春生福贵海龙云飞文武成林荣光庆祥永胜凤莲香淑珍喜来")
)
REGISTERS = (
    "death",
    "enrolment",
    "enrolment",
    "staff",
    "company",
    "vehicle",
    "property",
    "social_ins",
    "custody",
)


@dataclass
class District:
    """Where the registers are, and whose each row is: table_name, origin, person (number in the population)."""

    tables: Path
    truth: pd.DataFrame


def make_district(folder: Path, people: int, payments: int, seed: int = 1, error: float = 0.04) -> District:
    """Write a household register, payments and further registers, some rows with errors."""
    chance = np.random.default_rng(seed)
    population = _population(chance, people)
    folder.mkdir(parents=True, exist_ok=True)
    truth = [_write(folder, "hukou", [_hukou(population)])]
    payees = chance.choice(people, size=max(1, people * 3 // 4), replace=False)
    said = _said(
        chance, population.iloc[np.repeat(payees, max(1, payments // len(payees)))], error, each=True
    )
    truth.append(_write(folder, "payment", [said]))
    for table in dict.fromkeys(REGISTERS):
        parts = []
        for _ in range(REGISTERS.count(table)):
            members = chance.choice(people, size=max(1, people // 10), replace=False)
            parts.append(_said(chance, population.iloc[members], error, each=False))
        truth.append(_write(folder, table, parts))
    return District(folder, pd.concat(truth, ignore_index=True))


def _population(chance: np.random.Generator, people: int) -> pd.DataFrame:
    village = np.sort(chance.integers(0, 27, people))
    household = np.arange(people) // 4
    # a village is mostly a few families
    family = (household * 7 + village * 3) % np.where(household % 3 == 0, len(SURNAMES), 5)
    given = GIVEN[chance.integers(0, len(GIVEN), people)]
    second = np.where(chance.random(people) < 0.75, GIVEN[chance.integers(0, len(GIVEN), people)], "")
    name = np.char.add(np.char.add(SURNAMES[family], given), second)
    days = chance.integers(0, 28_000, people)
    twin = (np.arange(people) % 97 == 1) & (np.arange(people) % 4 != 0)
    days[twin] = np.roll(days, 1)[twin]
    birth = pd.to_datetime("1935-01-01") + pd.to_timedelta(days, unit="D")
    body = np.char.add(np.char.add("371327", birth.strftime("%Y%m%d").to_numpy(dtype="U8")), _sequence(birth))
    return pd.DataFrame(
        {
            "person": np.arange(people), "name": name, "number": _with_check(body), "birth_on": birth,
            "village_id": [f"v{n:02d}" for n in village], "town_id": [f"t{n // 7}" for n in village],
            "household_no": [f"H{n:06d}" for n in household],
        }
    )  # fmt: skip


def _sequence(birth: pd.DatetimeIndex) -> np.ndarray[Any, Any]:
    """Numbers 001, 002, … among those born the same day, so that no two people share a number."""
    return np.char.zfill((pd.Series(1, index=birth).groupby(level=0).cumsum()).to_numpy().astype("U3"), 3)


def _with_check(body: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    digits = np.ascontiguousarray(body.astype("U17")).view(np.uint32).reshape(len(body), 17) - ord("0")
    total = digits @ np.array(idnum.WEIGHTS, dtype=np.int64) % 11
    return np.char.add(body.astype("U17"), np.array(list(idnum.CHECK_CHARACTERS))[total])


def _hukou(population: pd.DataFrame) -> pd.DataFrame:
    return population.assign(id_raw=population["number"], birth_on=population["birth_on"].dt.date)


def _said(chance: np.random.Generator, people: pd.DataFrame, error: float, each: bool) -> pd.DataFrame:
    """What a register says about these people; ``each``: one slip per person, not per row."""
    persons = people["person"].to_numpy()
    drawn = chance.random(persons.max() + 1)[persons] if each else chance.random(len(people))
    kind = np.floor(drawn / error * 8).astype(int)  # 0–7 are eight kinds of error, more is none
    place = (persons * 7) % 17
    numbers, names = people["number"].tolist(), people["name"].tolist()
    for at in np.flatnonzero(kind < 8):
        numbers[at], names[at] = _slip(kind[at], numbers[at], names[at], int(place[at]))
    return people.assign(id_raw=numbers, name=names)


def _slip(kind: int, number: str, name: str, place: int) -> tuple[str | None, str]:
    digit = str((int(number[place]) + 3) % 10)
    if kind in (0, 1):
        return number[:place] + digit + number[place + 1 :], name
    if kind == 2:
        swapped = number[:12] + number[13] + number[12] + number[14:]
        return swapped, name
    if kind == 3:
        return number[:6] + "********" + number[-4:], name
    if kind == 4:
        return number[:15] + "000", name
    if kind == 5:
        return None, name
    if kind == 6:
        return number, name[:-1] + "□"
    return number, "司马" + name[::-1] + "某人"


def _write(folder: Path, table: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    rows = pd.concat(parts, ignore_index=True)
    at = SHEETS[table] * ROWS_PER_SHEET + 2 + np.arange(len(rows))
    numbers = rows["id_raw"].where(rows["id_raw"].notna(), None)
    known = {
        number: (idnum.canonical(number or ""), idnum.status(number or "")) for number in numbers.unique()
    }
    said: dict[str, Any] = {
        f"{table}_row": at, "name": rows["name"], "id_raw": numbers, "id_no": [known[n][0] for n in numbers],
        "id_status": [known[n][1] for n in numbers], "town_id": rows["town_id"], "village_id": rows["village_id"],
        "household_no": rows["household_no"], "account_no": "6217" + rows["household_no"],
        "birth_on": rows["birth_on"],
    }  # fmt: skip
    types = TABLES[table].stored()
    columns = {
        column: pa.array(said[column], ARROW[sql], from_pandas=True) if column in said
        else pa.nulls(len(rows), ARROW[sql])
        for column, sql in types.items()
    }  # fmt: skip
    pq.write_table(pa.table(columns), folder / f"{table}.parquet")
    return pd.DataFrame({"table_name": table, "origin": at, "person": rows["person"]})
