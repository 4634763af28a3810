"""认人 for the eye: pictures and tables of what the identity stage found. What ``notebooks/02_identity`` shows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from audit_lib import idnum
from audit_lib.errors import AuditError
from audit_lib.identity import clerical, judgements, review
from audit_lib.identity.comparators import LABELS
from audit_lib.identity.names import mask_name
from audit_lib.identity.outcome import PAIR_SCHEMA
from audit_lib.identity.weights import learn_weights, weight_table
from audit_lib.report.drawings import Drawing
from audit_lib.report.grids import Field, Grid
from audit_lib.report.people_charts import Bar, draw_bars

if TYPE_CHECKING:
    from audit_lib.identity.judgements import Judgement

_EDGES = (0.0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 1.0)
_KINDS = ("认定为B", "认定为C", "未认定")


@dataclass(frozen=True)
class PeoplePage:
    """What the identity stage found.

    Args:
        tables: folder of the canonical tables.
        people: folder of the stage.
        memory: folder with judgements and the clerical sample.
    """

    tables: Path
    people: Path
    memory: Path

    def _read(self, name: str) -> pd.DataFrame:
        path = self.people / f"{name}.parquet"
        frame: pd.DataFrame = pq.read_table(path).to_pandas() if path.is_file() else pd.DataFrame()
        return frame

    def _pairs(self) -> pd.DataFrame:
        return self._read("pair").reindex(columns=PAIR_SCHEMA.names)

    def coverage(self) -> pd.DataFrame:
        """名册覆盖: rows of every register by what became of them."""
        return review.cover_registers(self._read("link"), self.tables)

    def scores(self) -> Drawing:
        """How many compared pairs have which probability, and which of them were taken."""
        pairs = self._pairs()
        pairs = pairs[pairs["probability"].notna() & (pairs["tier"] != "D")]
        place = np.clip(
            np.searchsorted(_EDGES, pairs["probability"].astype(float), side="right") - 1, 0, len(_EDGES) - 2
        )
        chosen = pairs["chosen"].fillna(False).to_numpy(dtype=bool)
        kind = np.select([chosen & (pairs["tier"] != "C"), chosen], [0, 1], 2)
        names = [f"{low:g}–{high:g}" for low, high in pairwise(_EDGES)]
        counts = [
            np.bincount(place[kind == n].astype(np.int64), minlength=len(names)).tolist()
            for n in range(len(_KINDS))
        ]
        rows = [
            {"span": name, **{f"k{n}": counts[n][at] for n in range(len(_KINDS))}}
            for at, name in enumerate(names)
        ]
        fields = [Field("span", "概率", "plain", head=True)]
        fields += [Field(f"k{n}", caption, "count") for n, caption in enumerate(_KINDS)]
        behind = Grid("比对过的记录对按概率分布", fields, rows)
        bars = [
            Bar(at, sum(counts[k][at] for k in range(n)), counts[n][at], n)
            for n in range(len(_KINDS))
            for at in range(len(names))
        ]
        labels = [f"{sum(count[at] for count in counts):,}" for at in range(len(names))]
        return draw_bars(names, bars, labels, "对", "比对过的记录对按“是同一人”的概率分布", behind, _KINDS)

    def weights(self) -> Drawing:
        """What each level of each comparison says, in bits."""
        bits = self._weights().set_index(["comparison", "level"])["bits"]
        named = [
            (f"{review.CAPTIONS[name]}:{label}", float(bits[(name, level)]))
            for name, labels in LABELS.items()
            for level, label in enumerate(labels)
            if level
        ]
        rows = [{"level": name, "bits": f"{value:+.1f}"} for name, value in named]
        behind = Grid(
            "各项一致程度的权重(比特)",
            [Field("level", "一致程度", head=True), Field("bits", "权重", "plain")],
            rows,
        )
        names, values = [name for name, _ in named], [value for _, value in named]
        alt = "各项一致程度的权重:向右支持同一人,向左反对"
        return draw_bars(names, _signed([0.0] * len(values), values), _labels(values), "比特", alt, behind)

    def pair_weights(self, number: int = 0) -> pd.DataFrame:
        """One pair's probability level by level; ``number`` is its place in ``wb.pairs``."""
        return review.weigh_pair(self._pair(number), self._weights())

    def waterfall(self, number: int = 0) -> Drawing:
        """The same as a picture: from what is believed before comparing to the end."""
        told = self.pair_weights(number)
        names = [
            " ".join(part for part in line if part)
            for line in zip(told["比较项"], told["一致程度"], strict=True)
        ]
        values = told["权重"].astype(float).tolist()
        starts = (told["累计"] - told["权重"]).astype(float).tolist()
        rows = [
            {"item": name, "bits": f"{value:+.1f}", "total": f"{start + value:+.1f}"}
            for name, value, start in zip(names, values, starts, strict=True)
        ]
        fields = [
            Field("item", "比较项", head=True),
            Field("bits", "权重", "plain"),
            Field("total", "累计", "plain"),
        ]
        pair = self._pair(number)
        alt = f"第{number}对的权重逐项累计:{pair['reason']}"
        behind = Grid("逐项权重(比特)", fields, rows)
        return draw_bars(names, _signed(starts, values), _labels(values), "比特", alt, behind)

    def riskiest(self, count: int = 20) -> pd.DataFrame:
        """People whose rows most likely hold somebody else's."""
        return review.find_riskiest(self._pairs(), self._read("person"), count)

    def moved(self) -> pd.DataFrame:
        """Rows that were one person's in an earlier run and are another's now, and why."""
        return self._read("moved")

    def judged(self) -> pd.DataFrame:
        """Every judgement people have made, and whether it was heeded."""
        return self._read("judgement")

    def draw_sample(self, count: int = 80) -> pd.DataFrame:
        """Draw the blind sample and write it beside the ledger (there unmasked); answers go into its column 结论."""
        sample = clerical.draw_sample(self._pairs(), self.tables, count)
        path = self.memory / clerical.FILE
        if not path.is_file() or not any(clerical.read_answers(path).values()):
            clerical.write_sample(sample, path)
        masked = {f"{side}_身份证号": sample[f"{side}_身份证号"].map(idnum.mask) for side in ("甲", "乙")}
        masked |= {f"{side}_姓名": sample[f"{side}_姓名"].map(mask_name) for side in ("甲", "乙")}
        return sample.assign(**masked)

    def estimate(self) -> clerical.Estimate:
        """Precision and recall of tiers A and B from the answers in the sample's file, with intervals."""
        pairs, links = self._pairs(), self._read("link")
        taken = set(zip(pairs["left_table"], pairs["left_origin"], strict=True))
        exact = links[(links["tier"] == "A")]
        settled = sum(key not in taken for key in zip(exact["table_name"], exact["origin"], strict=True))
        return clerical.estimate_quality(pairs, clerical.read_answers(self.memory / clerical.FILE), settled)

    def keep_answers(self, by: str) -> list[Judgement]:
        """Make the sample's answers judgements, in the name of who gave them."""
        answers = clerical.read_answers(self.memory / clerical.FILE)
        return clerical.keep_answers(self._pairs(), answers, self.memory / judgements.FILE, by)

    def _weights(self) -> pd.DataFrame:
        weights = self._read("weight")
        if weights.empty:  # nothing was compared yet: what is expected
            nothing = pd.DataFrame({name: np.empty(0, dtype=np.int8) for name in LABELS})
            weights = weight_table(learn_weights(nothing, np.empty(0, dtype=np.int64))).to_pandas()
        return weights

    def _pair(self, number: int) -> pd.Series[str]:
        pairs = self._pairs()
        if pairs.empty:
            return pd.Series({"probability": float("nan"), "reason": "没有比对过的记录对"}).reindex(
                pairs.columns
            )
        if not 0 <= number < len(pairs):
            raise AuditError(f"没有第{number}对", "wb.pairs", f"可用0到{len(pairs) - 1}")
        return pairs.iloc[number]


def _signed(starts: list[float], values: list[float]) -> list[Bar]:
    """For is dark, against is light."""
    return [
        Bar(at, start, value, int(value < 0))
        for at, (start, value) in enumerate(zip(starts, values, strict=True))
    ]


def _labels(values: list[float]) -> list[str]:
    return [f"{value:+.1f}" for value in values]
