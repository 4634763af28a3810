"""One small district in memory, and one written twice, per test session."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.demo import District, make_district
from audit_lib.params import Project, load_project

LINGANG = Path(__file__).parent.parent.parent / "params" / "lingang"
SEED = 20190710


@pytest.fixture(scope="session")
def lingang() -> Project:
    return load_project(LINGANG)


@pytest.fixture(scope="session")
def small(lingang: Project) -> District:
    return make_district(lingang, scale=0.02, seed=SEED)
