"""Which of several headers that could all be one column is meant, and which could never be: ``ranks.yml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

#: what one step in ``better`` is worth, and what a header of ``worse`` loses
_STEP, _WORSE = 0.04, 0.06
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Rank:
    """How the headers of one column stand to each other."""

    better: tuple[re.Pattern[str], ...] = ()
    worse: re.Pattern[str] = _NEVER
    never: re.Pattern[str] = _NEVER

    def worth(self, header: str) -> float:
        """What a header gains or loses among those of the same column."""
        step = next((i for i, pattern in enumerate(self.better) if pattern.search(header)), len(self.better))
        return _STEP * (len(self.better) - step) - (_WORSE if self.worse.search(header) else 0.0)


def is_never(table: str, column: str, header: str) -> bool:
    """Whether a header says something else than the column, whatever else it says.

    Example:
        >>> is_never("payment", "quantity", "扣除面积"), is_never("payment", "quantity", "补贴面积")
        (True, False)
    """
    return rank_of(table, column).never.search(header) is not None


@lru_cache(maxsize=1024)
def rank_of(table: str, column: str) -> Rank:
    """The rank of a column's headers (镇, 村 for the halves of a place)."""
    loaded = _load()
    written = loaded["common"].get(column, {}) | loaded.get(table, {}).get(column, {})
    return Rank(
        tuple(re.compile(pattern) for pattern in written.get("better", ())),
        re.compile(written["worse"]) if "worse" in written else _NEVER,
        re.compile(written["never"]) if "never" in written else _NEVER,
    )


@lru_cache(maxsize=1)
def _load() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).parent / "ranks.yml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return loaded
