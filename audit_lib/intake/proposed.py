"""One header and the canonical column it is taken for."""

from __future__ import annotations

from dataclasses import dataclass

#: from here on a proposal is used without asking
SURE = 0.75
#: why a header is proposed that no list has, only its head
BY_HEAD = "列名的词根相符"


@dataclass(frozen=True)
class Proposal:
    """One header and the canonical column it is taken for (镇, 村 for the halves of a place)."""

    header: str
    column: str
    confidence: float
    why: str
    position: int
    #: how it stands among the candidates; not a probability
    priority: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether it is used without asking."""
        return self.confidence >= SURE
