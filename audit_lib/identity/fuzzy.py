"""Records without a valid number: candidate pairs, comparison, weights, decision."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from audit_lib import idnum, keys
from audit_lib.engine import Engine
from audit_lib.identity.clusters import Clusters
from audit_lib.identity.comparators import LABELS, FactLevel, NumberLevel, compare_pairs
from audit_lib.identity.judged import heed_pairs
from audit_lib.identity.names import NameLevel
from audit_lib.identity.queries import read_sql
from audit_lib.identity.tiers import choose_in_turn, tier_pairs
from audit_lib.identity.weights import Weights, learn_weights, probability
from audit_lib.params import Thresholds
from audit_lib.progress import track

#: a block is compared when each record in it meets at most this many people, and it has at most so many pairs
MOST_CANDIDATES = 50
MOST_PAIRS = 20_000
#: pairs compared at once; bounds memory
STRETCH = 200_000
#: a name as rare as one in this many weighs what the learned weight says; a commoner one less
RARE_SHARE = 1 / 2_000
#: but never less than by so many bits: the commonest name of a county still belongs to few of a village
COMMON_MOST_BITS = 3.0

_SIDE = ("number", "plain", "former", "birth", "sex", "town_id", "village_id", "household", "account")


def find_pairs(engine: Engine) -> int:
    """Define ``loose``, ``candidate`` and ``pairing``; return how many pairs there are to compare."""
    engine.materialise("loose_said", read_sql("loose_said"))
    engine.register("loose_key_of", _keys_of_loose(engine))
    engine.register("place", pa.table({"place": pa.array(range(1, 20), pa.int32())}))
    for step in (
        "loose", "loose_record", "settled", "home", "candidate", "called", "fact", "loose_key", "candidate_key",
        "block",
    ):  # fmt: skip
        engine.materialise(step, read_sql(step))
    limits = {"most_candidates": MOST_CANDIDATES, "most_pairs": MOST_PAIRS}
    engine.materialise("pairing", read_sql("pairing"), limits)
    engine.materialise("uncompared", read_sql("uncompared"), limits)
    return int(engine.query("SELECT count(*) FROM pairing").column(0)[0].as_py())


def _keys_of_loose(engine: Engine) -> pa.Table:
    """Keys of those who are known by no valid number: equal records share one, strangers change none.

    A number written in full is the same wrong number in every register, so it names its holder
    wherever he is; without one, village and birth date have to help the name.
    """
    loose = engine.query(
        "SELECT loose_no, kind, pattern, plain, village_id, birth FROM loose_said ORDER BY loose_no"
    ).to_pydict()
    found, masked = [], []
    for kind, pattern, plain, village, birth in zip(
        loose["kind"], loose["pattern"], loose["plain"], loose["village_id"], loose["birth"], strict=True
    ):
        identity = (pattern, plain, "", "") if kind == "full" else (pattern, plain, village, birth)
        found.append(keys.person_id(*identity))
        masked.append(idnum.mask(pattern))
    return pa.table(
        {
            "loose_no": pa.array(loose["loose_no"], pa.int64()),
            "person_id": pa.array(found, pa.string()),
            "id_masked": pa.array(masked, pa.string()),
        }
    )


def compare_all(engine: Engine, pair_count: int) -> pd.DataFrame:
    """Compare every pair of ``pairing``: its levels, and what decision and sentence need of it."""
    stretches = [_compare(sides) for sides in _stretches(engine, pair_count)]
    return pd.concat(stretches, ignore_index=True) if stretches else _compare(_no_sides(engine))


def _stretches(engine: Engine, pair_count: int) -> Iterator[pd.DataFrame]:
    starts = range(0, pair_count, STRETCH)
    for after in track(starts, "比对人员", len(starts)):
        sides = engine.query(read_sql("pair_side"), {"after": after, "upto": after + STRETCH})
        yield sides.to_pandas()


def _no_sides(engine: Engine) -> pd.DataFrame:
    sides: pd.DataFrame = engine.query(read_sql("pair_side"), {"after": 0, "upto": 0}).to_pandas()
    return sides


def _compare(sides: pd.DataFrame) -> pd.DataFrame:
    left = pd.DataFrame({column: sides[f"{column}_left"] for column in _SIDE})
    right = pd.DataFrame({column: sides[f"{column}_right"] for column in _SIDE})
    levels = compare_pairs(left, right)
    # birth and sex read from a number with a slip are the slip, not evidence against
    doubtful = levels["number"].to_numpy() > NumberLevel.DIFFERENT
    for fact, stated in (("birth", "has_own_birth"), ("sex", "has_own_sex")):
        unlike = (
            (levels[fact].to_numpy() == FactLevel.DIFFERENT) & doubtful & ~sides[stated].to_numpy(dtype=bool)
        )
        levels.loc[unlike, fact] = FactLevel.MISSING
    needed = [
        "pair_no", "loose_no", "person_id", "own_person_id", "in_hukou", "number_left", "number_right", "name_people",
    ]  # fmt: skip
    return pd.concat([sides[needed].reset_index(drop=True), levels], axis=1)


def count_patterns(compared: pd.DataFrame) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
    """Distinct comparison patterns and their counts, in an order that does not depend on the rows'.

    Only pairs with like names teach: neighbours born on one day have numbers a digit apart, and
    would make such a digit look common among the pairs that the decision is about.
    """
    alike = compared[compared["name"] >= NameLevel.MASKED]
    counted = alike.groupby(list(LABELS), sort=True).size()
    return counted.index.to_frame(index=False), np.asarray(counted, dtype=np.int64)


def decide(
    engine: Engine, compared: pd.DataFrame, limits: Thresholds, clusters: Clusters
) -> tuple[pd.DataFrame, Weights]:
    """Weigh, tier and choose.

    Returns:
        The pairs with bits, probability, tier, is_forbidden, is_chosen, is_ambiguous, entry_id; and the weights.
    """
    weights = learn_weights(*count_patterns(compared))
    people = int(engine.query("SELECT count(*) FROM candidate").column(0)[0].as_py())
    bits = weights.bits(compared) - _common_name_bits(compared["name_people"].to_numpy(), people)
    chance = probability(bits)
    weighed = compared.assign(bits=bits.round(9), probability=chance)
    weighed = pd.concat([weighed, tier_pairs(compared, chance, limits)], axis=1)
    return choose_in_turn(heed_pairs(weighed, clusters)), weights


def _common_name_bits(name_people: npt.NDArray[np.int64], people: int) -> npt.NDArray[np.float64]:
    """How much less a name says that many people share (nothing for a rare one, in bits)."""
    if people == 0:
        return np.zeros(len(name_people))
    share = name_people / max(people, int(1 / RARE_SHARE))
    return np.clip(np.log2(np.maximum(share, 1e-12) / RARE_SHARE), 0.0, COMMON_MOST_BITS)
