"""One Chromium, and one published district with a list long enough to be paged, for all tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from audit_lib.report.batch import publish
from audit_lib.report.stages import Stages
from tests.report.browser import CHROMIUM, Visit, chromium, visit
from tests.report.fixtures import FINDINGS, NOTEBOOKS, decide, finding, make_stages

#: findings of one town beyond the few of the fixtures, in two rules, three grades and rising amounts
MANY = [
    finding(
        ("NOT_IN_REGISTER", "DECEASED_PAID")[number % 2], f"庚{number}", "RURAL_DIBAO", "pingshang", 1_000 * (number + 1),
        tier="ABC"[number % 3], village_id=("ps01", "ps02")[number % 2], office=("民政所", "财政所")[number % 2],
        first_month=2017 * 12 + number % 24, last_month=2017 * 12 + number % 24,
        statement=f"第{number}号说明，共{number + 1}0.00元" if number else '=HYPERLINK("http://example.org","点我")',
    )
    for number in range(120)
]  # fmt: skip


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """The real notebooks, published for the tiny district."""
    made = make_stages(tmp_path_factory.mktemp("pages"), findings=[*FINDINGS, *MANY])
    decide(made)
    failed = [result for result in publish(made, NOTEBOOKS, jobs=2) if result.error]
    assert not failed
    return made


@pytest.fixture(scope="session")
def reports(stages: Stages) -> Path:
    """The folder of the pages."""
    return stages.project.reports


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    if not CHROMIUM:
        pytest.skip("没有 Chromium；Debian/Ubuntu：apt install chromium")
    with chromium() as started:
        yield started


@pytest.fixture
def tab(browser: Browser) -> Iterator[Visit]:
    """A fresh page, offline; whatever it complains of fails the test."""
    with visit(browser) as fresh:
        yield fresh
        assert fresh.errors == []
        assert fresh.dialogs == []
        assert [url for url in fresh.requests if not url.startswith(("file:", "data:", "blob:"))] == []
