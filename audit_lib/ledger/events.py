"""One line of the ledger, and the digest that chains it to the line before.

The digest covers everything a line says and the digest of its predecessor, so whoever alters,
removes or inserts a line has to rewrite all lines after it — and then the last digest, which
every report prints, is another one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

#: what may be written in the ledger
EventKind = Literal[
    "raised",  # the program raises a suspicion for the first time
    "restated",  # amount, tier or statement changed; a person's decision still fits
    "reopened",  # amount changed so that a person's decision no longer fits
    "restored",  # the amount is again the one the person decided on
    "withdrawn",  # the program no longer produces it
    "reraised",  # the program produces it again
    "retracted",  # a person takes it back
    "verified",  # a verdict: confirmed, partly, cleared, unverifiable
    "incomplete",  # a verdict that lacks something and is not taken
    "noted",  # a verdict older than the one that stands
    "undone",  # a person takes back the line just written; what stood before stands again
    "recovered",  # money came back
    "unrecovered",  # an imported recovery that its own file no longer contains
]

#: ``previous`` of the first line
GENESIS = "0" * 64

Payload = Mapping[str, Any]


def canonical_json(content: object) -> str:
    """The one JSON text of a content: sorted keys, no blanks, no escapes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def timestamp(at: datetime | None) -> str:
    """A moment as the ledger writes it (UTC, seconds); now when None."""
    moment = at or datetime.now(UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def is_day(text: str) -> bool:
    """Whether a text is an ISO day such as ``2019-07-15``."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be written. ``event_id`` is its natural key: writing it twice writes it once."""

    event_id: str
    finding_id: str
    kind: EventKind
    payload: Payload
    operator: str = ""
    note: str = ""
    run_id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as stored; ``payload`` is canonical JSON text."""

    seq: int
    event_id: str
    finding_id: str
    kind: EventKind
    at: str
    operator: str
    note: str
    run_id: str
    payload: str
    previous: str
    digest: str

    def expected_digest(self) -> str:
        """The digest this line must have, from its content and ``previous``."""
        content = [
            self.seq, self.event_id, self.finding_id, self.kind, self.at,
            self.operator, self.note, self.run_id, self.payload,
        ]  # fmt: skip
        return hashlib.sha256(f"{self.previous}\n{canonical_json(content)}".encode()).hexdigest()

    def said(self) -> dict[str, Any]:
        """The payload as a dictionary."""
        content: dict[str, Any] = json.loads(self.payload)
        return content


def seal(event: Event, seq: int, previous: str, at: str) -> Entry:
    """Make the line that follows ``previous``."""
    entry = Entry(
        seq, event.event_id, event.finding_id, event.kind, at, event.operator, event.note, event.run_id,
        canonical_json(event.payload), previous, "",
    )  # fmt: skip
    return Entry(
        **{name: getattr(entry, name) for name in Entry.__slots__[:-1]}, digest=entry.expected_digest()
    )
