"""Lists that were delivered twice: the same rows under another name or in another format, and versions of one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from audit_lib.intake.survey import FileProposal
from audit_lib.sources.convert import Converted
from audit_lib.sources.register import ACCEPTED, UNMAPPED
from audit_lib.sources.versions import are_versions, plain_name, rows_as_text, snapshot_of

#: lists of fewer rows may be alike by chance
_FEWEST = 5


@dataclass(frozen=True)
class Fingerprint:
    """The rows of a file without their order: one number per different row, and how many rows there are."""

    rows: int
    different: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, sheets: Iterable[Converted]) -> Fingerprint:
        """Fingerprint of the sheets of a file."""
        texts = [
            rows_as_text(sheet.rows).to_numpy(zero_copy_only=False) for sheet in sheets if sheet.rows.num_rows
        ]
        hashes = [pd.util.hash_array(one.astype(object), categorize=True) for one in texts]
        joined = np.concatenate(hashes) if hashes else np.array([], dtype=np.uint64)
        return cls(len(joined), np.unique(joined))

    def is_the_same(self, other: Fingerprint) -> bool:
        """Whether both have the same rows, in whatever order."""
        return self.rows == other.rows and np.array_equal(self.different, other.different)

    def common_share(self, other: Fingerprint) -> float:
        """Share of the shorter list's rows that the longer one has, too."""
        fewer, more = sorted((self.different, other.different), key=len)
        return float(np.isin(fewer, more).mean()) if len(fewer) else 0.0


def hold_doubles(proposals: list[FileProposal], prints: dict[str, Fingerprint]) -> None:
    """Ask about files that repeat another's rows; which of two versions stands is never the program's choice."""
    known = [file for file in proposals if file.decision == ACCEPTED and prints.get(file.name)]
    for one, other in combinations(sorted(known, key=lambda f: (len(f.name), f.name)), 2):
        if one.table != other.table or min(prints[one.name].rows, prints[other.name].rows) < _FEWEST:
            continue
        if one.decision != ACCEPTED and other.decision != ACCEPTED:
            continue
        first, second = prints[one.name], prints[other.name]
        (stem, marks), (other_stem, other_marks) = plain_name(one.name), plain_name(other.name)
        if stem == other_stem and are_versions(marks, other_marks, share := first.common_share(second)):
            older, newer = (other, one) if marks and not other_marks else (one, other)
            newer.supersedes = [older.name]
            _ask(
                older,
                f"与“{newer.name}”像是同一清册的两个版本({share:.0%}的行相同)。用哪一个?这一个不用的话,写 skip: true",
            )
            _ask(
                newer,
                f"与“{older.name}”像是同一清册的两个版本({share:.0%}的行相同)。用这一个的话,保留 supersedes",
            )
        elif first.is_the_same(second) and snapshot_of(one.name) == snapshot_of(other.name):
            said = f"与“{one.name}”的{first.rows}行完全相同,像是同一份清册的另一份。不用的话,写 skip: true"
            _ask(other, said)


def _ask(file: FileProposal, question: str) -> None:
    file.questions.append(question)
    file.decision, file.reason = UNMAPPED, ";".join(file.questions)
