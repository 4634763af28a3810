"""The generator's files as a user of a general linker would clean them: numbers, dates and villages in one form."""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def load(path: Path) -> pd.DataFrame:
    """A file with the columns that general linkers compare."""
    read = pd.read_csv(path, dtype=str, keep_default_na=False).iloc[:, :6]
    read.columns = ["name", "id", "sex", "birth", "village", "household"]
    read["name"] = read["name"].str.replace(" ", "")
    number = read["id"].str.normalize("NFKC").str.replace(" ", "").str.upper()
    read["id"] = [from_15(text) if len(text) == 15 and text.isdigit() else text for text in number]
    digits = read["birth"].str.findall(r"\d+")
    read["birth"] = [
        "" if not d else d[0] if len(d) == 1 else d[0] + d[1].zfill(2) + d[2].zfill(2) for d in digits
    ]
    read["village"] = (
        read["village"].str.replace(r".*(?:镇|乡|街道)", "", regex=True).str.replace(r"村.*", "", regex=True)
    )
    read = read.assign(unique_id=range(2, len(read) + 2))
    return read.replace("", None)


def from_15(number: str) -> str:
    """A number of 15 digits with its century and check character."""
    body = number[:6] + "19" + number[6:]
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
