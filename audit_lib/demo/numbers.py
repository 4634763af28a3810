"""Identity-card, account and telephone numbers for whole columns at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from audit_lib.demo.names import Strings
from audit_lib.idnum import CHECK_CHARACTERS, WEIGHTS


def id_numbers(
    rng: np.random.Generator,
    birth: NDArray[np.datetime64],
    is_male: NDArray[np.bool_],
) -> Strings:
    """Valid and distinct 18-digit numbers; people registered before the recoding keep area 372824."""
    day = birth.astype("datetime64[D]")
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    old = (year < 1994) & (rng.random(len(birth)) < 0.85)
    area = np.where(old, "372824", "371327").astype(object)
    offsets = rng.integers(0, 450, size=60_000) * 2
    turn = pd.DataFrame({"day": day, "male": is_male}).groupby(["day", "male"]).cumcount().to_numpy()
    start = offsets[day.astype(np.int64) % 60_000]
    sequence = (start + 2 * turn + is_male) % 1000
    body = area + pd.Series(day).dt.strftime("%Y%m%d").to_numpy(dtype=object)
    body = body + pd.Series(sequence).map("{:03d}".format).to_numpy(dtype=object)
    digits = np.array([list(text) for text in body], dtype="U1").astype(np.int64)
    check = np.asarray(list(CHECK_CHARACTERS), dtype=object)[digits @ np.array(WEIGHTS) % 11]
    return np.asarray(body + check)


def account_numbers(serial: NDArray[np.int64], prefix: str = "622319") -> Strings:
    """Card numbers of 19 digits, one per serial number, never two alike."""
    spread = (serial * 7_919_317 + 104_729) % 10**13
    return np.asarray([f"{prefix}{number:013d}" for number in spread], dtype=object)


def phone_numbers(rng: np.random.Generator, size: int) -> Strings:
    """Mobile numbers on an unassigned prefix."""
    return np.asarray([f"1990{number:07d}" for number in rng.integers(0, 10**7, size=size)], dtype=object)
