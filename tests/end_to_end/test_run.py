"""``ybt run`` from raw files to pages: failures stay local, kills leave no trace, pages give nobody away."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from audit_lib.cli import main
from audit_lib.report.verify import verify_reports
from audit_lib.workbook import Workbook
from tests.end_to_end.conftest import make_project

PAGES = ("index.html", "district.html", "pingshang.html", "tuanlin.html", "zhuanggang.html", "zhulu.html")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root folder of a small district whose pages are published."""
    root = tmp_path_factory.mktemp("published")
    make_project(root, scale=0.01)
    shutil.rmtree(root / "truth")
    assert main(["run", str(root / "params" / "lingang")]) == 0
    return root


def reports(root: Path) -> Path:
    """Where a root's pages are."""
    return root / "reports" / "lingang"


def test_all_pages_and_the_summary_are_there_and_verify(published: Path) -> None:
    assert {path.name for path in reports(published).iterdir()} >= {*PAGES, "summary.json"}
    assert verify_reports(reports(published)) == []


def test_rows_set_aside_go_back_with_their_reason(published: Path) -> None:
    set_aside = Workbook.open(published / "params" / "lingang").set_aside
    assert not set_aside.empty
    cells = [
        str(cell)
        for path in (reports(published) / "set_aside").glob("*.xlsx")
        for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        for cell in row
    ]
    assert set(set_aside.reason) <= set(cells)


def test_no_page_holds_a_number_that_was_delivered(published: Path) -> None:
    tables = Workbook.open(published / "params" / "lingang").tables
    payment, hukou = tables["payment"], tables["hukou"]
    secret = {
        number
        for column in (payment.id_raw, payment.id_no, payment.account_no, payment.phone, hukou.id_no)
        for number in column.dropna().unique()
        if len(number) >= 11
    }
    assert len(secret) > 1000
    for page in [*PAGES, "summary.json"]:
        text = (reports(published) / page).read_text(encoding="utf-8")
        held = set(re.findall(r"[0-9*]{10,}[0-9X*]", text))
        assert not held & secret, page


def test_the_summary_states_what_the_district_prints(published: Path) -> None:
    summary = json.loads((reports(published) / "summary.json").read_text(encoding="utf-8"))
    assert summary == json.loads(json.dumps(Workbook.open(published / "params" / "lingang").figures))


def test_an_unchanged_run_makes_nothing_again(published: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in published.rglob("*.parquet")}
    before |= {reports(published) / page: (reports(published) / page).stat().st_mtime_ns for page in PAGES}
    assert main(["run", str(published / "params" / "lingang")]) == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_one_broken_township_leaves_the_others_done(published: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(published, root)
    (root / "params" / "lingang" / "townships" / "tuanlin.yml").write_text("town: [", encoding="utf-8")
    assert main(["run", str(root / "params" / "lingang")]) == 1
    index = (reports(root) / "index.html").read_text(encoding="utf-8")
    assert "tuanlin.yml" in index
    assert "YAML 格式有误" in index
    for page in ("pingshang.html", "zhuanggang.html", "zhulu.html", "district.html"):
        assert 'id="seal"' in (reports(root) / page).read_text(encoding="utf-8")
    assert 'id="seal"' not in (reports(root) / "tuanlin.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_run_killed_at_any_moment_ends_the_same(published: Path, tmp_path: Path) -> None:
    root = tmp_path / "killed"
    for folder in ("params", "data/lingang/raw"):
        shutil.copytree(published / folder, root / folder)
    command = [sys.executable, "-m", "audit_lib", "run", "lingang"]
    for seconds in (2.0, 5.0, 8.0, 12.0, 17.0):
        running = subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(seconds)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    assert subprocess.run(command, cwd=root, check=False).returncode == 0
    for name in ("findings/finding", "findings/finding_line", "findings/evidence", "people/link", "tables/payment"):
        path = Path("data/lingang/work") / f"{name}.parquet"
        assert (root / path).read_bytes() == (published / path).read_bytes(), name
    once, again = (
        json.loads((reports(place) / "summary.json").read_text(encoding="utf-8")) for place in (published, root)
    )
    assert once == again
    with Workbook.open(root / "params" / "lingang").ledger as ledger:
        assert ledger.verify() == []
