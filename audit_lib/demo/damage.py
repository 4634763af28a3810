"""What happens to names and numbers on the way: harmless spellings, and real errors.

A real error belongs to a person *and an item*: the clerk who typed it wrong once copies it from
list to list. So the number of payees of an item does not depend on anyone repairing it.
"""

from __future__ import annotations

import unicodedata

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.world import World

Strings = NDArray[np.object_]
#: share of (person, item) pairs per real error
ERRORS = {"typo": 0.0012, "swap": 0.0005, "masked": 0.0006, "missing": 0.0004, "name": 0.0020}
#: share of rows, or of pairs, with a harmless spelling
SPELLINGS = {"old15": 0.010, "fullwidth": 0.0015, "blank": 0.002, "apostrophe": 0.002}
_ALIKE = {
    "芳": "方",
    "丽": "莉",
    "英": "瑛",
    "伟": "玮",
    "静": "婧",
    "秀": "绣",
    "明": "铭",
    "军": "君",
    "华": "花",
    "红": "虹",
    "平": "萍",
    "建": "健",
    "国": "囯",
    "兰": "蓝",
    "香": "湘",
    "梅": "玫",
    "德": "得",
    "成": "诚",
    "振": "震",
    "志": "智",
}
_WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789X"}


def damage_payments(world: World, payments: pd.DataFrame, protected: NDArray[np.bool_]) -> pd.DataFrame:
    """Add ``id_out``, ``name_out`` and ``error`` (empty, or one of ERRORS) to the payments.

    ``protected`` people keep readable numbers, so that what is planted on them stays exact.
    """
    rng = world.rng("damage")
    item_code = pd.factorize(payments["item"], sort=True)[0]
    person = payments["person"].to_numpy()
    pair, index = np.unique(person * 64 + item_code, return_inverse=True)
    who = pair // 64
    ids = world.people["id_no"].to_numpy()[who].copy()
    names = world.people["name"].to_numpy()[who].copy()
    error = np.full(len(pair), "", dtype=object)
    free = ~protected[who] & _is_unique_here(world)[who]
    draw = rng.random(len(pair))
    floor = 0.0
    for kind, share in ERRORS.items():
        hit = np.flatnonzero(free & (draw >= floor) & (draw < floor + share))
        if len(hit) == 0:
            hit = rng.choice(np.flatnonzero(free & (error == "")), size=1)
        floor += share
        for i in hit:
            ids[i], names[i], done = _spoil(rng, kind, str(ids[i]), str(names[i]))
            error[i] = kind if done else ""
    clean = error == ""
    _respell(rng, ids, names, clean)
    out = payments.copy()
    out["id_out"], out["name_out"], out["error"] = ids[index], names[index], error[index]
    out["id_status"] = np.where(np.isin(out["error"], ["typo", "swap"]), "check_digit", "")
    return out


def _is_unique_here(world: World) -> NDArray[np.bool_]:
    """Without a number a person is known by name and village, so only unmistakable people lose theirs."""
    people = world.people
    return ~people.duplicated(["village", "name"], keep=False).to_numpy()


def _spoil(rng: np.random.Generator, kind: str, number: str, name: str) -> tuple[str, str, bool]:
    if kind == "typo":
        at = int(rng.integers(6, 17))
        digit = str((int(number[at]) + 1 + int(rng.integers(8))) % 10)
        return number[:at] + digit + number[at + 1 :], name, True
    if kind == "swap":
        places = [i for i in range(8, 16) if number[i] != number[i + 1]]
        if not places:
            return number, name, False
        at = places[int(rng.integers(len(places)))]
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :], name, True
    if kind == "masked":
        return number[:6] + "********" + number[14:], name, True
    if kind == "missing":
        return "", name, True
    alike = [i for i, c in enumerate(name) if c in _ALIKE and i > 0]
    if not alike:
        return number, name, False
    return number, name[: alike[0]] + _ALIKE[name[alike[0]]] + name[alike[0] + 1 :], True


def _respell(rng: np.random.Generator, ids: Strings, names: Strings, clean: NDArray[np.bool_]) -> None:
    """Spellings that lose nothing."""
    draw, lower, spaced = rng.random(len(ids)), rng.random(len(ids)), rng.random(len(ids))
    floor = 0.0
    for kind, share in SPELLINGS.items():
        for i in np.flatnonzero(clean & (draw >= floor) & (draw < floor + share)):
            ids[i] = respell_id(kind, str(ids[i]))
        floor += share
    for i in np.flatnonzero(clean & (lower < 0.25)):
        if str(ids[i]).endswith("X"):
            ids[i] = str(ids[i])[:-1] + "x"
    for i in np.flatnonzero(spaced < 0.02):
        name = str(names[i])
        names[i] = f"{name[0]} {name[1]}" if len(name) == 2 else name
    for i in np.flatnonzero((spaced >= 0.02) & (spaced < 0.023)):
        names[i] = f"{names[i]}(户主)"


def respell_id(kind: str, number: str) -> str:
    """The same number, written otherwise."""
    if kind == "old15":
        return number[:6] + number[8:17] if number[6:8] == "19" else number
    if kind == "fullwidth":
        return number.translate(_WIDE)
    if kind == "blank":
        return f"{number[:6]} {number[6:14]} {number[14:]}"
    return "'" + number


def plain(text: str) -> str:
    """NFKC, for keys made of what is written."""
    return unicodedata.normalize("NFKC", text)
