"""Subsidy items by code, name or alias."""

from __future__ import annotations

import re
import unicodedata

from audit_lib.params import Item

_IGNORED = re.compile(r"[\s\"'“”‘’《》、,,.。::]+")


def normal(text: str) -> str:
    """A spelling without what typists vary."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).upper()


class Items:
    """The item catalogue (``items.yml``) ready for look-ups."""

    def __init__(self, items: list[Item]) -> None:
        self._codes = {
            normal(s): item.item_id for item in items for s in (*item.aliases, item.name, item.item_id)
        }

    def find(self, text: str) -> str | None:
        """The item a cell names, None when the catalogue does not have it."""
        return self._codes.get(normal(text))

    def named_in(self, text: str) -> str | None:
        """The spelling of the one item a title or a file name mentions (the longest), None when none or several."""
        written = normal(text)
        found = sorted((s for s in self._codes if len(s) > 2 and s in written), key=len, reverse=True)
        longest = [s for i, s in enumerate(found) if not any(s in other for other in found[:i])]
        return longest[0] if len({self._codes[s] for s in longest}) == 1 else None
