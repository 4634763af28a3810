"""A county with none of the demo's names becomes a running audit by `ybt init` and edits of YAML alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit_lib.tables import TABLES
from tests.county.counties import generate
from tests.county.intake_score import judge_intake
from tests.county.judge import judge_run

#: minutes, not seconds
pytestmark = pytest.mark.slow

CAPTIONS = {name: table.caption for name, table in TABLES.items()}
#: what nobody has solved yet; a finding of one of these would be welcome
KNOWN_GAPS = {"ID_NAME_MISMATCH"}


@pytest.mark.parametrize("letter", ["A", "A-bare"])
def test_a_county_nobody_described_is_understood_and_audited(letter: str, tmp_path: Path) -> None:
    world, _ = generate(letter, tmp_path)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    intake = judge_intake(tmp_path, world.plan.slug, truth, CAPTIONS)
    assert intake.columns["wrong"] == 0, intake.grouped()
    assert intake.right_share >= 0.9, intake.grouped()
    run = judge_run(tmp_path, world, truth)
    assert run.totals_exact, run.grouped()
    assert not [line for line in run.lines if line.startswith(("[误报", "[金额", "[run失败"))], run.grouped()
    if letter == "A":
        missed = {rule for rule, count in run.rules.items() if count["found"] < count["planted"]}
        assert missed <= KNOWN_GAPS, run.grouped()


#: columns of county C that are taken for something else without a question; nobody may add to them
SILENTLY_WRONG = 4


def test_a_county_written_by_other_clerks_keeps_what_it_has_reached(tmp_path: Path) -> None:
    world, _ = generate("C", tmp_path)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    intake = judge_intake(tmp_path, world.plan.slug, truth, CAPTIONS)
    assert intake.columns["wrong"] <= SILENTLY_WRONG, intake.grouped()
    assert intake.right_share >= 0.965, intake.grouped()
    assert not intake.files["wrong table silently"] and not intake.files["policy not read"], intake.grouped()
    run = judge_run(tmp_path, world, truth)
    assert run.totals_exact, run.grouped()
    assert not [
        line
        for line in run.lines
        if line.startswith(("[误报", "[金额", "[漏报", "[保留", "[文件", "[run失败"))
    ], run.grouped()
