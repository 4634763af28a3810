"""Let judgements win: over the choice among compared pairs, over blocks that never met, over valid numbers.

不是同一人 takes a pair out before anybody is chosen, and undoes what still leads both sides to one
person; 同一人 gives all rows of a group to one person; 不能确定 keeps a pair for review.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa

from audit_lib.engine import Engine
from audit_lib.identity.clusters import Clusters
from audit_lib.identity.judgements import DIFFERENT, HEADER, SAME, UNSURE, Judgement

OUTCOME_SCHEMA = pa.schema([(name, pa.string()) for name in (*HEADER, "是否采纳", "说明")])
_TIERS = {"A": 0, "B": 1, "C": 2}


def heed_pairs(pairs: pd.DataFrame, clusters: Clusters) -> pd.DataFrame:
    """Forbid pairs judged 不是同一人 and keep those judged 不能确定 for review.

    Args:
        pairs: columns own_person_id, person_id, tier, is_forbidden.
        clusters: what people said.
    """
    named = clusters.keys(DIFFERENT, UNSURE)
    at = np.flatnonzero(pairs["own_person_id"].isin(named) & pairs["person_id"].isin(named))
    tier, forbidden = pairs["tier"].to_numpy(dtype=object).copy(), pairs["is_forbidden"].to_numpy().copy()
    for n in at.tolist():
        own, person = str(pairs["own_person_id"].iat[n]), str(pairs["person_id"].iat[n])
        judgement = clusters.verdict(own, person)
        if judgement and judgement.verdict == DIFFERENT:
            tier[n], forbidden[n] = "", True
        elif judgement and judgement.verdict == UNSURE and tier[n] == "B":
            tier[n] = "C"
    return pairs.assign(tier=tier, is_forbidden=forbidden)


def say_judged(kept: pd.DataFrame, clusters: Clusters) -> pd.DataFrame:
    """The sentences of pairs that people have judged are what people said."""
    named = clusters.keys(SAME, DIFFERENT, UNSURE)
    at = np.flatnonzero(kept["own_person_id"].isin(named) & kept["entry_id"].isin(named))
    reason = kept["reason"].to_numpy(dtype=object).copy()
    for n in at.tolist():
        judgement = clusters.verdict(str(kept["own_person_id"].iat[n]), str(kept["entry_id"].iat[n]))
        if judgement:
            reason[n] = str(judgement)
    return kept.assign(reason=reason)


def heed_links(
    links: pd.DataFrame, clusters: Clusters, valid: set[str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give the rows of each group to one person, and part what is judged to be two.

    Args:
        links: of records without a valid number: own_person_id, person_id, tier, probability, reason, is_settled.
        clusters: what people said.
        valid: keys of people with a valid number that are named in judgements.

    Returns:
        The links, and key → person it now stands for, for keys that were given to another.
    """
    links = links.copy()
    merged: dict[str, str] = {}
    for group in clusters.groups():
        _gather(links, group, sorted(group & valid), clusters, merged)
    links["person_id"] = links["person_id"].map(lambda person: merged.get(person, person))
    for judgement in clusters.standing.values():
        if judgement.verdict == DIFFERENT:
            _part(links, judgement, clusters, merged, valid)
    return links, merged


def _gather(
    links: pd.DataFrame, group: set[str], numbered: list[str], clusters: Clusters, merged: dict[str, str]
) -> None:
    rows = links.index[links["own_person_id"].isin(group)]
    found = links.loc[rows]
    elsewhere = found[~found["person_id"].isin(group)]
    if numbered:
        target, tier = numbered[0], "A"
    elif len(elsewhere):
        best = elsewhere.assign(rank=elsewhere["tier"].map(_TIERS)).sort_values(
            ["rank", "probability", "person_id"], ascending=[True, False, True], kind="stable"
        )
        target, tier = str(best["person_id"].iloc[0]), str(best["tier"].iloc[0])
    else:
        target, tier = min(group), "B"
    links.loc[rows, "person_id"] = target
    links.loc[rows, "tier"] = tier
    links.loc[rows, "is_settled"] = tier != "C"
    links.loc[rows, "reason"] = [
        f"{clusters.said(key)},{'确认' if tier == 'A' else '随其认定'}({tier})"
        for key in links.loc[rows, "own_person_id"]
    ]
    merged.update({key: target for key in group if key != target})


def _part(
    links: pd.DataFrame, judgement: Judgement, clusters: Clusters, merged: dict[str, str], valid: set[str]
) -> None:
    sides = []
    for key in (judgement.one, judgement.other):
        group = clusters.members(key)
        rows = links.index[links["own_person_id"].isin(group)]
        persons = set(links.loc[rows, "person_id"]) | {merged.get(member, member) for member in group & valid}
        sides.append((group, rows, persons))
    common = sides[0][2] & sides[1][2]
    for group, rows, _ in sides:
        # whose own number it is stays; of two who merely were taken for a third nobody does
        if not common or any(merged.get(member, member) in common for member in group & valid):
            continue
        gone = rows[links.loc[rows, "person_id"].isin(common)]
        alone = min(group)
        links.loc[gone, "person_id"] = alone
        links.loc[gone, "tier"] = "C"
        links.loc[gone, "is_settled"] = True
        links.loc[gone, "reason"] = f"{judgement},单独列示(C)"
        merged.update({key: alone for key in group if merged.get(key) in common})


def register_merged(engine: Engine, merged: dict[str, str], clusters: Clusters, valid: set[str]) -> None:
    """Define ``merged``: keys that stand for another person because people said so, and their sentence."""
    said = sorted(merged)
    tiers = ["A" if clusters.members(key) & valid else "B" for key in said]
    sentences = [f"{clusters.said(key)},确认({tier})" for key, tier in zip(said, tiers, strict=True)]
    columns = [said, [merged[key] for key in said], tiers, sentences]
    names = ("person_id", "target_id", "target_tier", "sentence")
    engine.register(
        "merged", pa.table({n: pa.array(c, pa.string()) for n, c in zip(names, columns, strict=True)})
    )


def outcome_table(clusters: Clusters, judgements: Iterable[Judgement], known: set[str]) -> pa.Table:
    """Every judgement, whether it was heeded, and why not."""
    lines = []
    for judgement in judgements:
        counts = clusters.standing.get(judgement.pair) is judgement
        unknown = sorted(judgement.pair - known)
        if not counts:
            heeded = "否", "已被后来的判断取代"
        elif judgement.pair in clusters.refused:
            heeded = "否", clusters.refused[judgement.pair]
        elif unknown:
            heeded = "否", f"这次的名册中没有编号{'、'.join(unknown)}的记录"
        else:
            heeded = "是", ""
        cells = (
            judgement.when,
            judgement.by,
            judgement.verdict,
            judgement.one,
            judgement.other,
            judgement.why,
        )
        lines.append(dict(zip(OUTCOME_SCHEMA.names, (*cells, *heeded), strict=True)))
    return pa.Table.from_pylist(lines, schema=OUTCOME_SCHEMA)
