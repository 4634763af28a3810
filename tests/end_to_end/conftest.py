"""Small districts of several seeds, audited once per test session from raw files alone."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from audit_lib.demo import generate
from audit_lib.workbook import Workbook

LINGANG = Path(__file__).parent.parent.parent / "params" / "lingang"
SEEDS = (20190710, 7, 424242)
SCALE = 0.02


@dataclass(frozen=True)
class District:
    """A generated district, its audit, and the truth only tests may see."""

    root: Path
    workbook: Workbook
    truth: dict[str, Any]

    @property
    def findings(self) -> pd.DataFrame:
        """Findings by number."""
        return self.workbook.findings.set_index("finding_id", drop=False)


def make_project(root: Path, seed: int = SEEDS[0], scale: float = SCALE) -> Workbook:
    """Copy the shipped parameters into ``root`` and generate raw files; truth lies in ``root/truth``."""
    shutil.copytree(LINGANG, root / "params" / "lingang")
    workbook = Workbook.open(root / "params" / "lingang")
    generate(workbook.project, workbook.project.raw, root / "truth", scale=scale, seed=seed)
    return workbook


#: one district in every run of the tests, the others among the slow ones
DISTRICTS = [SEEDS[0], *(pytest.param(seed, marks=pytest.mark.slow) for seed in SEEDS[1:])]


@pytest.fixture(scope="session", params=DISTRICTS)
def district(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> District:
    """One audited district per seed. The truth is taken away before the audit begins."""
    root = tmp_path_factory.mktemp(f"district_{request.param}")
    workbook = make_project(root, seed=request.param)
    truth = json.loads((root / "truth" / "truth.json").read_text(encoding="utf-8"))
    shutil.rmtree(root / "truth")
    workbook.record()
    return District(root, workbook, truth)
