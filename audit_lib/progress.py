"""Progress bars: on a terminal for people, nothing at all in files and pipes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

Thing = TypeVar("Thing")


def track(things: Iterable[Thing], caption: str, total: int | None = None) -> Iterator[Thing]:
    """Iterate with a bar named ``caption``; silent when standard error is not a terminal."""
    yield from tqdm(things, desc=caption, total=total, disable=not sys.stderr.isatty(), leave=False)


def say(text: str) -> None:
    """One line about what is happening, on standard error."""
    print(text, file=sys.stderr, flush=True)
