"""What becomes of every record without a valid number, and the lines that explain it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa

from audit_lib.engine import Engine
from audit_lib.identity.clusters import Clusters
from audit_lib.identity.comparators import LABELS
from audit_lib.identity.explain import Compared, explain
from audit_lib.identity.judged import heed_links
from audit_lib.identity.names import NameLevel
from audit_lib.identity.queries import read_sql

#: lines kept for review per record
KEPT_PER_RECORD = 5
#: a pair less probable than this is not worth a look
LEAST_PROBABLE = 0.01

ALONE_FULL = "身份证号无效,写法与姓名相同者按同一人处理,未发现可能对应的人(B)"
ALONE = "无有效身份证号,未能认定为已知人员,单独列示(C)"
ALONE_POSSIBLE = "无有效身份证号,可能对应的人未达认定条件,单独列示(C)"
ALONE_AMBIGUOUS = "无有效身份证号,有两人以上同样可能,不作认定,单独列示(C)"
ALONE_CROWDED = "无有效身份证号,同名同村等人数过多,未逐一比对,单独列示(C)"
#: after 与N
CROWDED = "人线索相同,人数过多未逐一比对,留待人工核实(C)"

_PAIR_TYPES = {
    "left_table": pa.string(), "left_origin": pa.int64(), "left_person_id": pa.string(),
    "right_table": pa.string(), "right_origin": pa.int64(), "right_person_id": pa.string(),
    **{f"{name}_level": pa.string() for name in LABELS},
    "probability": pa.float64(), "tier": pa.string(), "chosen": pa.bool_(), "reason": pa.string(),
    "left_key": pa.string(),
}  # fmt: skip
PAIR_SCHEMA = pa.schema(list(_PAIR_TYPES.items()))


def keep_lines(decided: pd.DataFrame) -> pd.DataFrame:
    """The pairs worth a person's look, each with its ``reason``: the best few of every record."""
    ranked = decided.assign(rank=decided["tier"].map({"B": 2, "C": 1}).fillna(0))
    ranked = ranked.sort_values(
        ["loose_no", "is_chosen", "rank", "bits", "entry_id"], ascending=[True, False, False, False, True],
        kind="stable",
    )  # fmt: skip
    kept = ranked.groupby("loose_no", sort=False).head(KEPT_PER_RECORD)
    kept = kept[(kept["tier"] != "") | (kept["probability"] >= LEAST_PROBABLE)].drop(columns="rank")
    return kept.assign(
        reason=pd.Series([explain(pair) for pair in _compared(kept)], index=kept.index, dtype=object)
    )


def _compared(pairs: pd.DataFrame) -> Iterable[Compared]:
    levels = pairs[list(LABELS)].to_dict("records")
    rest = pairs[["number_left", "number_right", "tier", "is_chosen", "is_ambiguous", "is_forbidden"]]
    for level, (left, right, tier, chosen, ambiguous, forbidden) in zip(
        levels, rest.itertuples(index=False, name=None), strict=True
    ):
        yield Compared(
            levels={str(name): int(value) for name, value in level.items()},
            number_left=left, number_right=right, tier=tier,
            is_chosen=chosen, is_ambiguous=ambiguous, is_forbidden=forbidden,
        )  # fmt: skip


def settle_loose(
    engine: Engine, decided: pd.DataFrame, kept: pd.DataFrame, clusters: Clusters, valid: set[str]
) -> dict[str, str]:
    """Define ``loose_link``: person, tier, probability and reason of every loose record.

    Returns:
        Keys that people gave to another person, as ``judged.heed_links`` says.
    """
    loose = engine.query(
        "SELECT loose_no, person_id, kind, plain, in_hukou FROM loose ORDER BY loose_no"
    ).to_pandas()
    chosen = decided[decided["is_chosen"]].set_index("loose_no")
    reason = kept[kept["is_chosen"]].set_index("loose_no")["reason"]
    entries = decided[decided["is_chosen"] & decided["in_hukou"]].drop_duplicates("own_person_id")
    stands = entries.set_index("own_person_id")
    number = loose["loose_no"]
    linked = number.isin(chosen.index)
    # a record with the very key of a register entry goes where the entry goes
    follows = ~linked & loose["person_id"].isin(stands.index)
    alike = (decided["name"] >= NameLevel.ONE_CHARACTER) & (decided["probability"] >= LEAST_PROBABLE)
    possible = number.isin(decided.loc[(decided["tier"] != "") | alike, "loose_no"])
    ambiguous = number.isin(decided.loc[decided["is_ambiguous"], "loose_no"])
    crowded = number.isin(engine.query("SELECT loose_no FROM uncompared").to_pandas()["loose_no"])
    sure = (loose["kind"] == "full") & (loose["plain"] != "") & ~possible & ~crowded
    alone = np.select(
        [sure, ambiguous, possible, crowded],
        [ALONE_FULL, ALONE_AMBIGUOUS, ALONE_POSSIBLE, ALONE_CROWDED],
        ALONE,
    )
    person = loose["person_id"].mask(linked, number.map(chosen["person_id"]))
    person = person.mask(follows, loose["person_id"].map(stands["person_id"]))
    tier = pd.Series(np.where(sure, "B", "C"), dtype=object).mask(linked, number.map(chosen["tier"]))
    tier = tier.mask(follows, loose["person_id"].map(stands["tier"]))
    link = pd.DataFrame(
        {
            "loose_no": number,
            "person_id": person,
            "tier": tier,
            "probability": number.map(chosen["probability"]),
            "reason": pd.Series(alone, dtype=object)
            .mask(linked, number.map(reason))
            .mask(follows, "与户籍登记写法相同,随其认定(" + tier + ")"),
            "is_settled": (~linked & ~follows) | (tier == "B"),
            "own_person_id": loose["person_id"],
        }
    )
    link, merged = heed_links(link, clusters, valid)
    link = link.drop(columns="own_person_id")
    schema = pa.schema(
        [
            ("loose_no", pa.int64()), ("person_id", pa.string()), ("tier", pa.string()),
            ("probability", pa.float64()), ("reason", pa.string()), ("is_settled", pa.bool_()),
        ]
    )  # fmt: skip
    engine.register("loose_link", pa.Table.from_pandas(link, schema=schema, preserve_index=False))
    return merged


def loose_lines(engine: Engine, kept: pd.DataFrame) -> pd.DataFrame:
    """Lines of ``pair`` for compared pairs, and one for every record whose blocks were too large."""
    keyed = kept[["pair_no", "loose_no"]].assign(person_id=kept["entry_id"])
    schema = pa.schema([("pair_no", pa.int64()), ("loose_no", pa.int64()), ("person_id", pa.string())])
    engine.register("kept_pair", pa.Table.from_pandas(keyed, schema=schema, preserve_index=False))
    stands: pd.DataFrame = engine.query(read_sql("pair_origin")).to_pandas()
    lines = stands.merge(kept, on="pair_no", how="left", sort=False)
    lines = lines.assign(
        right_person_id=lines["person_id"], chosen=lines["is_chosen"], left_key=lines["left_person_id"]
    )
    crowded: pd.DataFrame = engine.query(read_sql("crowded_origin"), {"reason": CROWDED}).to_pandas()
    return pd.concat([lines, crowded], ignore_index=True) if len(crowded) else lines


def pair_table(lines: list[pd.DataFrame]) -> pa.Table:
    """All lines in one table, levels by their labels, in an order of their own."""
    columns = [name for name in PAIR_SCHEMA.names if not name.endswith("_level")] + list(LABELS)
    filled = [part.reindex(columns=columns) for part in lines if len(part)]
    if not filled:
        return PAIR_SCHEMA.empty_table()
    everything = pd.concat(filled, ignore_index=True)
    for name, labels in LABELS.items():
        everything[f"{name}_level"] = everything[name].map(dict(enumerate(labels)))
    everything["tier"] = everything["tier"].mask(everything["tier"] == "")
    everything = everything.sort_values(
        ["left_table", "left_origin", "right_table", "right_origin", "right_person_id"], kind="stable"
    )
    return pa.Table.from_pandas(everything[PAIR_SCHEMA.names], schema=PAIR_SCHEMA, preserve_index=False)
