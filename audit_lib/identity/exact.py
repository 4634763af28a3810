"""Valid numbers: one person each, unless a wholly different name appears under one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from audit_lib import keys
from audit_lib.engine import Engine
from audit_lib.identity.comparators import LABELS, compare_pairs
from audit_lib.identity.explain import explain_misnamed
from audit_lib.identity.names import NameLevel
from audit_lib.identity.queries import read_sql
from audit_lib.identity.records import key_numbers
from audit_lib.identity.weights import Weights, probability

#: what a shared valid number is worth: its check character refuses every single slip
VALID_NUMBER_BITS = 20.0


def settle_numbers(engine: Engine) -> pd.DataFrame:
    """Define ``known_record``: whose every record with a valid number is.

    Returns:
        Numbers that appear with a second name: id_no, plain, own_plain, tier, person_id (key of
        the second person for tier D, else None) and the levels compared.
    """
    key_numbers(engine)
    for step in ("naming", "reference", "former_name", "misnamed"):
        engine.materialise(step, read_sql(step))
    misnamed = _judge(engine.query("SELECT * FROM misnamed ORDER BY id_no, plain").to_pandas())
    engine.register("verdict", _as_arrow(misnamed, {"id_no", "plain", "tier", "person_id"}))
    engine.materialise("known_record", read_sql("known_record"))
    return misnamed


def _judge(misnamed: pd.DataFrame) -> pd.DataFrame:
    left = _side(misnamed["id_no"], misnamed["plain"], misnamed["former"])
    right = _side(misnamed["id_no"], misnamed["own_plain"], misnamed["own_former"])
    levels = compare_pairs(left, right)
    name = levels["name"].to_numpy()
    tier = np.full(len(name), "D", dtype=object)
    tier[(name >= NameLevel.MASKED) | (name == NameLevel.MISSING)] = "B"
    tier[name >= NameLevel.FORMER] = "A"
    second = [
        keys.person_id(number, said) if kind == "D" else None
        for number, said, kind in zip(misnamed["id_no"], misnamed["plain"], tier, strict=True)
    ]
    judged = pd.concat([misnamed.reset_index(drop=True), levels], axis=1)
    return judged.assign(tier=tier, person_id=pd.Series(second, dtype=object))


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
        explain_misnamed(level, tier) for level, tier in zip(misnamed["name"], misnamed["tier"], strict=True)
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
            "reason": lines["reason"],
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
