"""Keys that people have judged to be one person, and those they have judged to be two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from audit_lib.identity.judgements import DIFFERENT, SAME, UNSURE, Judgement, latest

CONTRADICTION = "与其他判断矛盾:按“不是同一人”处理,请复核"


@dataclass
class Clusters:
    """Groups of keys of one person.

    Attributes:
        standing: the judgement that counts for each pair.
        refused: judgements 同一人 that would join keys judged to be two people, with the reason.
    """

    standing: dict[frozenset[str], Judgement] = field(default_factory=dict)
    refused: dict[frozenset[str], str] = field(default_factory=dict)
    _parent: dict[str, str] = field(default_factory=dict)
    _members: dict[str, set[str]] = field(default_factory=dict)
    _said: dict[str, Judgement] = field(default_factory=dict)

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Clusters:
        """Join what is judged 同一人, as far as nothing judged 不是同一人 forbids."""
        clusters = cls(latest(judgements))
        apart = [j for j in clusters.standing.values() if j.verdict == DIFFERENT]
        for pair, judgement in clusters.standing.items():
            if judgement.verdict == SAME:
                clusters._join(pair, judgement, apart)
        return clusters

    def _join(self, pair: frozenset[str], judgement: Judgement, apart: list[Judgement]) -> None:
        one, other = self.root(judgement.one), self.root(judgement.other)
        joined = self.members(one) | self.members(other)
        if any(j.pair <= joined for j in apart):
            self.refused[pair] = CONTRADICTION
            return
        root = min(one, other)
        for key in joined:
            self._parent[key] = root
            self._said.setdefault(key, judgement)
        self._members.pop(max(one, other), None)
        self._members[root] = joined

    def root(self, key: str) -> str:
        """One key that stands for the group."""
        return self._parent.get(key, key)

    def members(self, key: str) -> set[str]:
        """All keys of the group that a key is in."""
        return self._members.get(self.root(key), {key})

    def groups(self) -> list[set[str]]:
        """Groups of more than one key, in an order of their own."""
        return [self._members[root] for root in sorted(self._members)]

    def said(self, key: str) -> Judgement:
        """The first judgement that put a key into its group."""
        return self._said[key]

    def keys(self, *verdicts: str) -> set[str]:
        """Keys in standing judgements of some kinds, with the rest of their groups."""
        return {
            key
            for judgement in self.standing.values()
            if judgement.verdict in verdicts
            for named in judgement.pair
            for key in self.members(named)
        }

    def verdict(self, one: str, other: str) -> Judgement | None:
        """What people said about two keys or their groups: 同一人, 不是同一人 before 不能确定, or nothing."""
        if one == other:
            return None
        if self.root(one) == self.root(other):
            return self.standing.get(frozenset((one, other)), self._said[one])
        found = {
            judgement.verdict: judgement
            for a in self.members(one)
            for b in self.members(other)
            if (judgement := self.standing.get(frozenset((a, b)))) and judgement.verdict != SAME
        }
        return found.get(DIFFERENT) or found.get(UNSURE)
