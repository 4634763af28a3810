"""Names that stay the same from one run to the next.

A person is known by the number of the identity card, a finding by rule, person and matter —
never by a row number, which changes with the next delivery. Both are digests, so a key on
a page or in an e-mail gives no card number away.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence


def _digest(kind: bytes, *parts: str, length: int) -> str:
    text = "\x1f".join(parts).encode()
    raw = hashlib.blake2b(text, digest_size=16, person=kind).digest()
    return base64.b32encode(raw).decode()[:length]


def person_id(*identity: str) -> str:
    """Key of a person: of the canonical 18-digit number, or of what else is known when there is none.

    Example:
        >>> person_id("371327194503151230") == person_id("371327194503151230")
        True
    """
    return "P" + _digest(b"ybt-person", *identity, length=13)


def finding_id(rule_id: str, person: str | None, matter: Sequence[str] = ()) -> str:
    """疑点编号: same rule, same person, same matter → same number in every run.

    Args:
        rule_id: e.g. ``DECEASED_PAID``.
        person: ``person_id``, or None for findings about a place, an item or an account.
        matter: values of the rule's ``matter`` columns, in the order of its head, as text.
    """
    return "YD" + _digest(b"ybt-finding", rule_id, person or "", *matter, length=10)
