"""The files: same seed, same bytes; nothing half-written; every channel's rows add up."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audit_lib.demo import generate
from audit_lib.money import parse_yuan
from audit_lib.params import Project
from tests.demo.conftest import LINGANG, SEED


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


@pytest.fixture(scope="module")
def written(lingang: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written")
    generate(lingang, root / "raw", root / "truth", scale=0.01, seed=SEED)
    return root


ELSEWHERE = """
import sys
from pathlib import Path
from audit_lib.demo import generate
from audit_lib.params import load_project
root = Path(sys.argv[2])
generate(load_project(sys.argv[1]), root / "raw", root / "truth", scale=0.01, seed=int(sys.argv[3]))
"""


def test_the_same_seed_gives_the_same_bytes_in_another_process(written: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ELSEWHERE, str(LINGANG), str(tmp_path), str(SEED)]
    subprocess.run(command, check=True, cwd=LINGANG.parent.parent, env={**os.environ, "PYTHONHASHSEED": "5"})
    assert _digests(tmp_path) == _digests(written)


def test_another_seed_gives_other_people(lingang: Project, written: Path, tmp_path: Path) -> None:
    generate(lingang, tmp_path / "raw", tmp_path / "truth", scale=0.01, seed=7)
    register = "raw/登记/公安_户籍人口.csv"
    assert _digests(tmp_path)[register] != _digests(written)[register]


def test_no_partial_folder_is_left(written: Path) -> None:
    assert sorted(path.name for path in written.iterdir()) == ["raw", "truth"]


def test_a_new_district_replaces_the_old_one_whole(lingang: Project, written: Path, tmp_path: Path) -> None:
    shutil.copytree(written / "raw", tmp_path / "raw")
    (tmp_path / "raw" / "旧文件.csv").write_text("旧", encoding="utf-8")
    (tmp_path / "raw.partial").mkdir()
    (tmp_path / "raw.partial" / "残片.csv").write_text("半", encoding="utf-8")
    generate(lingang, tmp_path / "raw", tmp_path / "truth", scale=0.01, seed=SEED)
    assert _digests(tmp_path / "raw") == _digests(written / "raw")
    assert not (tmp_path / "raw.partial").exists()


def test_the_card_systems_lists_add_up_to_the_truth(written: Path) -> None:
    truth = json.loads((written / "truth" / "truth.json").read_text(encoding="utf-8"))
    for year in ("2017", "2018"):
        content = (
            (written / "raw" / "发放" / f"一本通系统_发放明细_{year}年.csv").read_bytes().decode("gb18030")
        )
        rows = list(csv.DictReader(io.StringIO(content)))
        paid = [row for row in rows if row["发放状态"] == "成功" and row["流水号"]]
        total = sum(parse_yuan(row["补贴金额"]) for row in paid)
        assert total == truth["figures"][year]["in_system"]["amount_fen"]


def test_reissued_payments_name_a_failed_one(written: Path) -> None:
    content = (written / "raw" / "发放" / "一本通系统_发放明细_2018年.csv").read_bytes().decode("gb18030")
    content += (written / "raw" / "发放" / "一本通系统_发放明细_2017年.csv").read_bytes().decode("gb18030")
    rows = list(csv.DictReader(io.StringIO(content)))
    status = {row["流水号"]: row["发放状态"] for row in rows}
    linked = [row for row in rows if row["原流水号"] and row["原流水号"] != "原流水号"]
    assert linked
    assert {status[row["原流水号"]] for row in linked} <= {"失败", "退回", "冲销"}


def test_offices_deliver_real_old_workbooks_and_old_encodings(written: Path) -> None:
    assert (written / "raw/登记/殡仪馆_火化登记.xls").read_bytes()[:4] == bytes.fromhex("d0cf11e0")
    with pytest.raises(UnicodeDecodeError):
        (written / "raw/发放/一本通系统_发放明细_2017年.csv").read_bytes().decode("utf-8")
