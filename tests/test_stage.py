"""A stage is complete or absent, and made once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from audit_lib.errors import AuditError
from audit_lib.stage import digest_folder, run_stage, single_run, stage_key


def writer(text: str):
    """A stage that writes one file."""
    return lambda out: (out / "table.txt").write_text(text)


def test_the_same_key_is_not_made_again(tmp_path: Path) -> None:
    stage = tmp_path / "tables"
    assert run_stage(stage, "整理", "k1", writer("first"))
    assert not run_stage(stage, "整理", "k1", writer("second"))
    assert (stage / "table.txt").read_text() == "first"


def test_another_key_replaces_everything(tmp_path: Path) -> None:
    stage = tmp_path / "tables"
    run_stage(stage, "整理", "k1", lambda out: (out / "old.txt").write_text("old"))
    assert run_stage(stage, "整理", "k2", writer("new"))
    assert sorted(path.name for path in stage.iterdir()) == ["stage.json", "table.txt"]


def test_a_failing_stage_leaves_the_finished_one(tmp_path: Path) -> None:
    stage = tmp_path / "tables"
    run_stage(stage, "整理", "k1", writer("good"))

    def fail(out: Path) -> None:
        (out / "table.txt").write_text("half")
        raise AuditError("坏文件")

    with pytest.raises(AuditError):
        run_stage(stage, "整理", "k2", fail)
    assert (stage / "table.txt").read_text() == "good"
    assert stage_key(stage) == "k1"


KILLED = """
import os, sys
from pathlib import Path
from audit_lib.stage import run_stage
def make(out):
    (out / "table.txt").write_text("half")
    os.kill(os.getpid(), 9)
run_stage(Path(sys.argv[1]), "整理", "k2", make)
"""


def test_a_killed_stage_is_made_again_from_nothing(tmp_path: Path) -> None:
    stage = tmp_path / "tables"
    run_stage(stage, "整理", "k1", writer("good"))
    subprocess.run([sys.executable, "-c", KILLED, str(stage)], check=False)
    assert (stage / "table.txt").read_text() == "good"
    assert run_stage(stage, "整理", "k2", writer("whole"))
    assert (stage / "table.txt").read_text() == "whole"


def test_a_changed_file_changes_the_folders_digest(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.csv").write_text("1")
    memory = tmp_path / "digests.json"
    before = digest_folder(raw, memory)
    assert digest_folder(raw, memory) == before
    (raw / "a.csv").write_text("22")
    assert digest_folder(raw, memory) != before


def test_a_renamed_file_changes_the_folders_digest(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.csv").write_text("1")
    before = digest_folder(raw, tmp_path / "digests.json")
    (raw / "a.csv").rename(raw / "b.csv")
    assert digest_folder(raw, tmp_path / "digests.json") != before


def test_two_runs_of_one_project_do_not_mix(tmp_path: Path) -> None:
    with single_run(tmp_path), pytest.raises(AuditError, match="另一次运行"), single_run(tmp_path):
        pass
