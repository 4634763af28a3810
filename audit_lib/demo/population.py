"""Residents in households in natural villages: families, twins, namesakes, deaths, moves.

A household is drawn as a kind (old couple, couple with one child, three generations …); ages follow
from the kind, names from the village and the generation, fates from age.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.names import dominant_surname, draw_given, draw_surnames
from audit_lib.demo.numbers import account_numbers, id_numbers, phone_numbers
from audit_lib.demo.streams import stream
from audit_lib.params import Project

#: a month beyond every period: "has not happened"
NEVER = 99_999
TOWN_SHARES = {"pingshang": 0.26, "tuanlin": 0.24, "zhuanggang": 0.27, "zhulu": 0.23}

# kind: (share, members); a member is (relation, sex or None, generation 0 = head's, 1 = child, −1 = parent)
_COUPLE = (("户主", "男", 0), ("妻", "女", 0))
_KINDS: dict[str, tuple[float, tuple[tuple[str, str | None, int], ...], tuple[int, int]]] = {
    "elder": (0.09, (("户主", None, 0),), (60, 96)),
    "elder_couple": (0.13, _COUPLE, (60, 92)),
    "one_child": (0.20, (*_COUPLE, ("子女", None, 1)), (24, 46)),
    "two_children": (0.13, (*_COUPLE, ("子女", None, 1), ("子女", None, 1)), (27, 48)),
    "three_generations": (0.12, (*_COUPLE, ("子女", None, 1), ("母亲", "女", -1)), (28, 50)),
    "large": (
        0.05,
        (*_COUPLE, ("子女", None, 1), ("子女", None, 1), ("父亲", "男", -1), ("母亲", "女", -1)),
        (28, 48),
    ),
    "single": (0.06, (("户主", None, 0),), (30, 59)),
    "grown_child": (0.15, (*_COUPLE, ("子女", None, 1)), (46, 68)),
    "grandchild": (0.01, (("户主", "男", 0), ("孙子女", None, 2)), (56, 74)),
    "mid_couple": (0.06, _COUPLE, (44, 60)),
}


@dataclass(frozen=True)
class Place:
    """One natural village in its administrative village and town."""

    town_id: str
    town: str
    village_id: str
    village: str
    natural: str


def places(project: Project) -> list[Place]:
    """Every natural village of the district."""
    return [
        Place(town.town_id, town.name, village.village_id, village.name, natural)
        for town in project.towns
        for village in town.villages
        for natural in village.natural or [village.name]
    ]


def months_of(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Days as year×12+month−1; NEVER where there is no day."""
    months = days.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.where(np.isnat(days), NEVER, months)


def make_population(project: Project, size: int, seed: int) -> pd.DataFrame:
    """One row per resident (index = person), at least ``size`` rows.

    Columns: id_no name sex birth hh household_no relation place town village head account phone
    died died_m moved_out moved_m is_town hukou_kind.
    """
    rng = stream(seed, "households")
    sites = places(project)
    towns = [site.town_id for site in sites]
    share = np.array([TOWN_SHARES.get(town, 0.25) / towns.count(town) for town in towns])
    share = share * rng.uniform(0.6, 1.4, size=len(share))
    people = _households(rng, size, share / share.sum())
    _ages(rng, people)
    _twins(rng, people)
    _names(stream(seed, "names"), people, [dominant_surname(site.natural) for site in sites])
    people["id_no"] = id_numbers(
        stream(seed, "cards"), people["birth"].to_numpy(), (people["sex"] == "男").to_numpy()
    )
    people["town"] = np.array([site.town_id for site in sites], dtype=object)[people["place"]]
    people["village"] = np.array([site.village_id for site in sites], dtype=object)[people["place"]]
    people["household_no"] = [
        f"H{village}{household:06d}"
        for village, household in zip(people["village"], people["hh"], strict=True)
    ]
    first = np.flatnonzero(np.diff(people["hh"].to_numpy(), prepend=-1))
    people["head"] = first[people["hh"].to_numpy()]
    people["account"] = account_numbers(np.arange(len(people)))
    people["phone"] = phone_numbers(rng, len(people))
    people["former_name"] = ""
    people["hukou_kind"] = np.where(rng.random(len(people)) < 0.06, "非农业", "农业")
    people["hukou_kind"] = people["hukou_kind"].to_numpy()[people["head"]]
    _fates(stream(seed, "fates"), people)
    return people


def _households(rng: np.random.Generator, size: int, share: NDArray[np.float64]) -> pd.DataFrame:
    names = list(_KINDS)
    weights = np.array([_KINDS[name][0] for name in names])
    sizes = np.array([len(_KINDS[name][1]) for name in names])
    kinds = rng.choice(len(names), size=int(size / 2.4) + 40, p=weights / weights.sum())
    enough = int(np.searchsorted(np.cumsum(sizes[kinds]), size)) + 1
    kinds = kinds[:enough]
    place = np.sort(rng.choice(len(share), size=enough, p=share))
    place[: len(share)] = np.arange(len(share)) if enough >= len(share) else place[: len(share)]
    place = np.sort(place)
    repeat = sizes[kinds]
    member = np.concatenate([np.arange(n) for n in repeat])
    kind = np.repeat(kinds, repeat)
    table = [_KINDS[name][1] for name in names]
    people = pd.DataFrame({"hh": np.repeat(np.arange(enough), repeat), "place": np.repeat(place, repeat)})
    people["kind"] = np.array(names, dtype=object)[kind]
    people["relation"] = [table[k][m][0] for k, m in zip(kind, member, strict=True)]
    sex = np.array([table[k][m][1] or "" for k, m in zip(kind, member, strict=True)], dtype=object)
    coin = np.where(rng.random(len(people)) < 0.52, "男", "女")
    people["sex"] = np.where(sex == "", coin, sex)
    people["generation"] = [table[k][m][2] for k, m in zip(kind, member, strict=True)]
    return people


def _ages(rng: np.random.Generator, people: pd.DataFrame) -> None:
    low = people["kind"].map({name: span[0] for name, (_, _, span) in _KINDS.items()}).to_numpy()
    high = people["kind"].map({name: span[1] for name, (_, _, span) in _KINDS.items()}).to_numpy()
    first = people.groupby("hh").head(1).index.to_numpy()
    old = low[first] >= 60
    tail = 60 + rng.exponential(12.0, size=len(first))
    tail = np.where(tail > 86, np.minimum(86 + (tail - 86) * 0.4, 106), tail)
    head_age = np.where(old, tail, rng.uniform(low[first], high[first] + 1))
    household_age = pd.Series(head_age, index=people.loc[first, "hh"].to_numpy())
    age = people["hh"].map(household_age).to_numpy().astype(float)
    n = len(people)
    generation = people["generation"].to_numpy()
    same = generation == 0
    spouse = same & (people["relation"] == "妻").to_numpy()
    age = np.where(spouse, age + rng.normal(-1.5, 2.0, size=n), age)
    grown = (people["kind"] == "grown_child").to_numpy()
    child = generation == 1
    born_to = age - rng.uniform(22, 32, size=n)
    oldest = np.where(grown, 40.0, 17.5)
    at_random = rng.uniform(0.1, 1.0, size=n) * oldest
    age = np.where(child, np.where((born_to > 0.1) & (born_to < oldest), born_to, at_random), age)
    age = np.where(generation == 2, rng.uniform(2, 15, size=n), age)
    age = np.where(generation == -1, age + rng.uniform(22, 31, size=n), age)
    reference = np.datetime64("2017-01-01")
    people["birth"] = reference - (age * 365.25).astype(np.int64).astype("timedelta64[D]")


def _twins(rng: np.random.Generator, people: pd.DataFrame) -> None:
    """One two-child family in thirty has twins: same birthday, numbers next to each other."""
    children = people[(people["generation"] == 1) & people["kind"].isin(["two_children", "large"])]
    pairs = children[children.groupby("hh")["hh"].transform("size") == 2]
    households = pairs["hh"].unique()
    chosen = households[rng.random(len(households)) < 1 / 30]
    chosen = households[:1] if len(chosen) == 0 else chosen
    twins = pairs[pairs["hh"].isin(chosen)]
    people["is_twin"] = False
    people.loc[twins.index, "is_twin"] = True
    people.loc[twins.index, "birth"] = twins.groupby("hh")["birth"].transform("first")
    people.loc[twins.index, "sex"] = twins.groupby("hh")["sex"].transform("first")


def _names(rng: np.random.Generator, people: pd.DataFrame, dominant: list[int]) -> None:
    first = people.groupby("hh").head(1)
    family = draw_surnames(rng, np.array(dominant)[first["place"]])
    surname = family[people["hh"].to_numpy()]
    married_in = people["relation"].isin(["妻", "母亲"]).to_numpy()
    own = draw_surnames(rng, np.full(len(people), -1))
    year = people["birth"].dt.year.to_numpy()
    given = draw_given(rng, year, (people["sex"] == "男").to_numpy())
    twins = people.index[people["is_twin"]].to_numpy()
    for one, other in zip(twins[::2], twins[1::2], strict=False):
        given[other] = given[one][:1] + ("玥" if given[one][-1:] != "玥" else "冉")
    people["name"] = np.where(married_in, own, surname) + given


def _fates(rng: np.random.Generator, people: pd.DataFrame) -> None:
    """Deaths from 2015 to mid-2019 by age; moves out of the district, mostly of the young."""
    n = len(people)
    age = 2017 - people["birth"].dt.year.to_numpy()
    died = np.full(n, np.datetime64("NaT"), dtype="datetime64[D]")
    moved = died.copy()
    for year, days in ((2015, 365), (2016, 366), (2017, 365), (2018, 365), (2019, 180)):
        at = age + year - 2017
        start = np.datetime64(f"{year}-01-01")
        hazard = np.minimum(0.0007 * np.exp(0.075 * (at - 30)), 0.5) * days / 365
        hits = (rng.random(n) < hazard) & np.isnat(died) & (at >= 0)
        died[hits] = start + rng.integers(0, days, size=int(hits.sum())).astype("timedelta64[D]")
        leave = np.where((at >= 18) & (at < 46), 0.004, np.where(at >= 60, 0.0015, 0.001))
        gone = (rng.random(n) < leave) & np.isnat(moved) & np.isnat(died) & (year >= 2016)
        moved[gone] = start + rng.integers(0, days, size=int(gone.sum())).astype("timedelta64[D]")
    people["died"], people["moved_out"] = died, moved
    people["died_m"], people["moved_m"] = months_of(died), months_of(moved)
