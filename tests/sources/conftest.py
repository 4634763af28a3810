from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.sources.district import District

#: the machine is shared; a slow first call is no fault of the cleaner
settings.register_profile("sources", deadline=None)
settings.load_profile("sources")


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)
