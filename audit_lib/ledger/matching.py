"""Which finding a returned row is about: by its number, else by rule, person and item when only one fits."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from audit_lib.ledger.states import Case
from audit_lib.rules.head import listed

#: how alike a written title must be to a rule's, out of 100, and by how much more than to any other
_ALIKE, _MARGIN = 70, 15


@dataclass(frozen=True, slots=True)
class Reference:
    """How a returned row names its finding."""

    finding_id: str = ""
    rule_title: str = ""
    person_id: str = ""
    link_tier: str = ""
    item_id: str = ""
    item_raw: str = ""
    town_id: str = ""
    id_status: str = ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


class Matcher:
    """Finds the case a reference means, or says why it cannot."""

    def __init__(self, cases: Mapping[str, Case]) -> None:
        self._cases = cases
        self._by_person: dict[str, list[Case]] = defaultdict(list)
        self._by_town: dict[str, list[Case]] = defaultdict(list)
        self._titles = sorted({_plain(case.claim["rule_title"]) for case in cases.values()})
        self._titles += sorted({case.claim["rule_id"] for case in cases.values()})
        self._titles += [_plain(caption) for caption in listed("problems.yml").values()]
        for case in cases.values():
            if case.claim.get("person_id"):
                self._by_person[case.claim["person_id"]].append(case)
            elif case.claim.get("town_id"):
                self._by_town[case.claim["town_id"]].append(case)

    def find(self, reference: Reference, *, among_confirmed: bool = False) -> Case | str:
        """The one case meant, or a Chinese sentence saying why there is none.

        ``among_confirmed`` prefers cases with verified money when several would fit: nobody
        pays back what was not confirmed.
        """
        named = self._cases.get(_plain(reference.finding_id)) if reference.finding_id else None
        if named is not None:
            return self._contradiction(named, reference) or named
        unknown = f"疑点编号“{reference.finding_id}”台账中没有;" if reference.finding_id else ""
        is_about_town = not reference.person_id and reference.id_status == "empty"
        if not reference.person_id and not (is_about_town and reference.town_id and reference.rule_title):
            return unknown + "姓名、证号未能对应到人,无法按人查找疑点"
        if reference.person_id and reference.link_tier not in ("A", "B"):
            return unknown + "姓名、证号只是可能对应到人(C级),不能据此认定是哪一条疑点"
        if reference.item_raw and not reference.item_id:
            return unknown + f"补贴项目“{reference.item_raw}”不在项目目录中"
        known = (
            self._by_person[reference.person_id] if reference.person_id else self._by_town[reference.town_id]
        )
        candidates = self._narrow(known, reference)
        if among_confirmed and len(candidates) > 1:
            candidates = [case for case in candidates if case.verified_fen] or candidates
        if len(candidates) == 1:
            return candidates[0]
        who = "此人" if reference.person_id else "该镇"
        what = f"“{reference.rule_title}”" if reference.rule_title else ""
        if not candidates:
            return unknown + f"台账中{who}在该项目没有{what}疑点"
        numbers = "、".join(case.finding_id for case in candidates[:5])
        return unknown + f"{who}有{len(candidates)}条{what}疑点({numbers}),须填写疑点编号"

    def _rule_title(self, written: str) -> str:
        """The title meant by one that is nearly a rule's (户口迁出仍领取 for 户口迁出后仍领取); else as written."""
        if written in self._titles:
            return written
        nearest = process.extract(written, self._titles, scorer=fuzz.ratio, limit=2)
        best, second = (*(score for _, score, _ in nearest), 0.0, 0.0)[:2]
        return nearest[0][0] if best >= _ALIKE and best - second >= _MARGIN else written

    def _contradiction(self, case: Case, reference: Reference) -> str:
        """A sheet sorted by one column alone puts numbers beside the wrong people."""
        person = case.claim.get("person_id")
        if (
            person
            and reference.person_id
            and reference.link_tier in ("A", "B")
            and reference.person_id != person
        ):
            return f"疑点编号“{case.finding_id}”与本行姓名、证号不是同一人,可能错行"
        return ""

    def _narrow(self, candidates: Iterable[Case], reference: Reference) -> list[Case]:
        chosen = list(candidates)
        if reference.rule_title:
            title = self._rule_title(_plain(reference.rule_title))
            exact = [
                case for case in chosen if title in (_plain(case.claim["rule_title"]), case.claim["rule_id"])
            ]
            chosen = exact or [
                case for case in chosen if title == listed("problems.yml").get(case.claim["problem"])
            ]
        if reference.item_id:
            same = [case for case in chosen if case.claim["item_id"] == reference.item_id]
            chosen = same or [case for case in chosen if not case.claim["item_id"]]
        chosen = [case for case in chosen if case.state != "已撤回"] or chosen
        # what rests on an uncertain link is a finding of its own beside the sure one; a town answers the sure one
        return [case for case in chosen if case.claim["tier"] in ("A", "B")] or chosen
