"""The pages' one script: small modules of our own, put into the page, allowed there by their digest only."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

TEMPLATE = Path(__file__).parent / "template"

#: in this order one module: the list, then what builds on it
_PARTS = ("list.js", "review.js")


@cache
def page_script() -> str:
    """The text of the module."""
    return "\n" + "".join((TEMPLATE / name).read_text(encoding="utf-8") for name in _PARTS)


def script_digest(script: str) -> str:
    """A script's name in a Content-Security-Policy: ``sha256-…``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
