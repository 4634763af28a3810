"""The words that files, sheets, columns and subsidies are recognised by, from the YAML beside this module."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent

Patterns = dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_FOLDER / "words.yml").read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=16)
def patterns(section: str, part: str = "") -> Patterns:
    """A section of ``words.yml`` as compiled patterns, in the order of the file."""
    words = _words()[section]
    return {name: re.compile(pattern) for name, pattern in (words[part] if part else words).items()}


def first_named(section: str, *texts: str) -> str | None:
    """The first entry of a section that one of the texts names; texts go from the most to the least telling."""
    for text in texts:
        for name, pattern in patterns(section).items():
            if text and pattern.search(text):
                return name
    return None


def register_choices(*texts: str) -> list[str]:
    """Registers a text may mean when it does not say which of them."""
    for pattern, choices in _words()["register_questions"].items():
        if any(re.search(pattern, text) for text in texts):
            return [str(choice) for choice in choices]
    return []


@lru_cache(maxsize=1)
def known_items() -> list[dict[str, Any]]:
    """The subsidies known everywhere: ``match`` and ``reject`` patterns and the fields rules need."""
    loaded: list[dict[str, Any]] = yaml.safe_load((_FOLDER / "known_items.yml").read_text(encoding="utf-8"))
    return loaded


def known_item(name: str) -> dict[str, Any] | None:
    """Fields of the known subsidy a name means, without its patterns; None when it is none of them.

    Example:
        >>> known_item("农村低保金")["item_id"]
        'RURAL_DIBAO'
    """
    for item in known_items():
        if re.search(item["match"], name) and not ("reject" in item and re.search(item["reject"], name)):
            return {key: value for key, value in item.items() if key not in ("match", "reject")}
    return None
