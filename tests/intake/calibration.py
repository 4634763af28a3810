"""How often proposals of a confidence are right: ``python -m tests.intake.calibration [SEEDS]``."""

from __future__ import annotations

import sys
from collections import Counter

from audit_lib.intake.mapping import SURE
from audit_lib.intake.tabling import propose_sheet

from .sheets import load_registers

_BANDS = (0.95, 0.85, SURE, 0.5, 0.0)


def measure(seeds: int) -> dict[float, Counter[str]]:
    """Right and wrong column proposals by the least confidence of their band."""
    bands: dict[float, Counter[str]] = {band: Counter() for band in _BANDS}
    for seed in range(1, seeds + 1):
        for register in load_registers(seed):
            proposal = propose_sheet(register.sample)
            if proposal is None or proposal.table.name != register.table:
                continue
            truth = dict(register.truth)
            for found in (*proposal.mapped.proposals, *proposal.mapped.doubts):
                due = truth.get(found.header, "-")
                right = found.column == due or (due == "place" and found.column in ("镇", "村"))
                band = next(band for band in _BANDS if found.confidence >= band)
                bands[band]["right" if right else "wrong"] += 1
    return bands


if __name__ == "__main__":
    for band, counted in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10).items():
        total = counted.total()
        share = f"{counted['right'] / total:.2%}" if total else "—"
        print(f"confidence >= {band:.2f}: {total} proposals, right {share}")
