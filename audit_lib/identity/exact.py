"""Valid numbers: one person each, unless a wholly different name appears under one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from audit_lib import keys
from audit_lib.engine import Engine
from audit_lib.identity.clusters import Clusters
from audit_lib.identity.comparators import LABELS, compare_pairs
from audit_lib.identity.explain import explain_misnamed
from audit_lib.identity.judgements import DIFFERENT, SAME, UNSURE, Judgement
from audit_lib.identity.names import NameLevel
from audit_lib.identity.queries import read_sql
from audit_lib.identity.records import key_numbers
from audit_lib.identity.weights import Weights, probability

#: what a shared valid number is worth: its check character refuses every single slip
VALID_NUMBER_BITS = 20.0


def settle_numbers(engine: Engine, clusters: Clusters) -> pd.DataFrame:
    """Define ``known_record``: whose every record with a valid number is.

    Args:
        engine: with ``spelt`` defined.
        clusters: what people have judged.

    Returns:
        Numbers that appear with a second name: id_no, plain, own_plain, tier, person_id (key of
        the second person for tier D, else None), left_key (key of the second name), said and the levels compared.
    """
    key_numbers(engine)
    for step in ("naming", "reference", "former_name", "misnamed"):
        engine.materialise(step, read_sql(step))
    misnamed = _judge(engine.query("SELECT * FROM misnamed ORDER BY id_no, plain").to_pandas(), clusters)
    engine.register("verdict", _as_arrow(misnamed, {"id_no", "plain", "tier", "person_id"}))
    engine.materialise("known_record", read_sql("known_record"))
    return misnamed


def _judge(misnamed: pd.DataFrame, clusters: Clusters) -> pd.DataFrame:
    left = _side(misnamed["id_no"], misnamed["plain"], misnamed["former"])
    right = _side(misnamed["id_no"], misnamed["own_plain"], misnamed["own_former"])
    levels = compare_pairs(left, right)
    name = levels["name"].to_numpy()
    tier = np.full(len(name), "D", dtype=object)
    tier[(name >= NameLevel.MASKED) | (name == NameLevel.MISSING)] = "B"
    tier[name >= NameLevel.FORMER] = "A"
    second = [
        keys.person_id(number, said)
        for number, said in zip(misnamed["id_no"], misnamed["plain"], strict=True)
    ]
    said = [
        clusters.verdict(keys.person_id(number), key) if clusters.standing else None
        for number, key in zip(misnamed["id_no"], second, strict=True)
    ]
    for at, judgement in enumerate(said):
        if judgement:
            tier[at] = _tier_said(judgement, str(tier[at]))
        elif len(clusters.members(second[at])) > 1:
            # said to be the same as somebody else than whose number it is: the group decides, not the number
            tier[at], said[at] = "D", clusters.said(second[at])
    judged = pd.concat([misnamed.reset_index(drop=True), levels], axis=1)
    left_key = pd.Series(second, dtype=object)
    sentence = pd.Series([str(judgement) if judgement else "" for judgement in said], dtype=object)
    return judged.assign(tier=tier, person_id=left_key.mask(tier != "D"), left_key=left_key, said=sentence)


def _tier_said(judgement: Judgement, found: str) -> str:
    """The tier of another name under a number after people have judged it."""
    if judgement.verdict == UNSURE:
        return "D" if found == "D" else "C"
    return {SAME: "A", DIFFERENT: "D"}[judgement.verdict]


def _side(number: pd.Series[str], plain: pd.Series[str], former: pd.Series[str]) -> pd.DataFrame:
    side = pd.DataFrame({"number": number, "plain": plain, "former": former})
    for unknown in ("birth", "sex", "village_id", "town_id", "household", "account"):
        side[unknown] = ""
    return side


def score_misnamed(engine: Engine, misnamed: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    """Define ``scored`` (probability and sentence) and give the lines these numbers have in ``pair``."""
    by_name = np.asarray(weights.levels["name"])[misnamed["name"].to_numpy(dtype=np.intp)]
    chance = probability(weights.prior + VALID_NUMBER_BITS + by_name)
    reasons = [
        f"{said}({tier})" if said else explain_misnamed(level, tier)
        for level, tier, said in zip(misnamed["name"], misnamed["tier"], misnamed["said"], strict=True)
    ]
    scored = misnamed.assign(
        probability=np.where(misnamed["tier"] == "D", np.nan, chance), reason=pd.Series(reasons, dtype=object)
    )
    engine.register("scored", _as_arrow(scored, {"id_no", "plain", "probability", "reason"}))
    stands = engine.query(read_sql("misnamed_origin")).to_pandas()
    own = pd.Series([keys.person_id(number) for number in scored["id_no"]], dtype=object)
    lines = scored.merge(stands, on=["id_no", "plain"], how="left", sort=False)
    return pd.DataFrame(
        {
            "left_table": lines["left_table"], "left_origin": lines["left_origin"],
            "left_person_id": lines["person_id"].where(lines["tier"] == "D", own),
            "right_table": lines["right_table"], "right_origin": lines["right_origin"],
            "right_person_id": own,
            **{name: lines[name] for name in LABELS},
            "probability": lines["probability"], "tier": lines["tier"], "chosen": lines["tier"] != "D",
            "reason": lines["reason"], "left_key": lines["left_key"],
        }
    )  # fmt: skip


def probability_of_exact(weights: Weights) -> float:
    """Probability that a valid number under its own name is the person."""
    bits = weights.prior + VALID_NUMBER_BITS + weights.levels["name"][NameLevel.EQUAL]
    return float(probability(np.array([bits]))[0])


def _as_arrow(lines: pd.DataFrame, columns: set[str]) -> pa.Table:
    types = {"probability": pa.float64()}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in sorted(columns)])
    return pa.Table.from_pandas(lines[sorted(columns)], schema=schema, preserve_index=False)
