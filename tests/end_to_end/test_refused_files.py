"""A file that cannot be used costs only itself: the audit goes on, says so everywhere, and ends with exit code 1."""

from __future__ import annotations

import io
import shutil
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from docx import Document

from audit_lib.cli import main
from audit_lib.workbook import Workbook
from tests.end_to_end.conftest import make_project

#: two whole audits of a small district
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

CUT, BROKEN = "登记/公安_死亡补报.csv", "发放/一本通系统_补发.xlsx"


@dataclass(frozen=True)
class Run:
    """Two runs of one district: sound, and then with two files that cannot be used."""

    root: Path
    coverage_before: pd.DataFrame
    payments_before: pd.DataFrame
    cases_before: pd.DataFrame
    after: Workbook
    said: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    root = tmp_path_factory.mktemp("refused")
    before = make_project(root, scale=0.005)
    shutil.rmtree(root / "truth")
    project = str(root / "params" / "lingang")
    assert main(["run", project, "--township", "tuanlin"]) == 0
    coverage, payments, cases = before.coverage, before.tables["payment"], before.cases
    rows = [f"王芳,371327194503{n:02d}1000,2017-03-01" for n in range(10, 20)]
    raw = before.project.raw
    (raw / CUT).write_text("\n".join(["姓名,身份证号,死亡日期", *rows, ""]), encoding="utf-8")
    (raw / BROKEN).write_bytes(b"PK\x03\x04 no workbook")
    # a list that was there is gone as well: what it showed may only be no longer seen
    next(raw.glob("发放/系统外/**/*.*")).unlink()
    said = io.StringIO()
    with redirect_stderr(said):
        assert main(["run", project, "--township", "tuanlin"]) == 1
    return Run(root, coverage, payments, cases, Workbook.open(project), said.getvalue())


def test_the_files_are_named_with_reason_and_remedy(run: Run) -> None:
    refused = run.after.refused_files.set_index("file")
    assert sorted(refused.index) == sorted([CUT, BROKEN])
    assert refused.ids_cut[CUT] == 10 and refused.remedy.all()
    decisions = run.after.file_register.set_index("file").decision
    assert decisions[[CUT, BROKEN]].tolist() == ["拒收", "拒收"]
    assert f"拒收:{CUT}:身份证号被表格软件截断(10个中有10个" in run.said and f"拒收:{BROKEN}:" in run.said
    assert "Traceback" not in run.said


def test_the_other_files_are_audited_as_before(run: Run) -> None:
    kept = run.after.tables["payment"]
    assert 0 < len(kept) <= len(run.payments_before)
    assert len(run.after.findings) > 0
    assert (run.root / "reports" / "lingang" / "tuanlin.html").is_file()


def test_rules_that_need_a_refused_file_say_that_they_saw_only_a_part(run: Run) -> None:
    before = run.coverage_before.set_index("rule_id")
    after = run.after.coverage.set_index("rule_id")
    assert "被拒收" not in "".join(before.reason)
    assert after.status["DECEASED_PAID"] == "部分执行"
    assert f"死亡登记“{CUT}”被拒收，其中的行未查" in after.reason["DECEASED_PAID"]
    assert f"发放明细“{BROKEN}”被拒收，其中的行未查" in after.reason["DECEASED_PAID"]
    assert "已执行" not in set(after.status[[rule for rule in after.index if "拒收" in after.reason[rule]]])


def test_nothing_is_withdrawn_while_a_file_is_missing(run: Run) -> None:
    states = run.after.cases.set_index("finding_id").state
    assert set(run.cases_before.finding_id) <= set(states.index)
    assert "已撤回" not in set(states)


def test_each_file_goes_back_with_a_letter(run: Run) -> None:
    letters = {path.name: path for path in (run.root / "reports" / "lingang" / "letters").iterdir()}
    assert set(letters) == {"登记_公安_死亡补报.csv.退件函.docx", "发放_一本通系统_补发.xlsx.退件函.docx"}
    text = "\n".join(p.text for p in Document(str(letters["登记_公安_死亡补报.csv.退件函.docx"])).paragraphs)
    assert text.startswith(f"关于退回并重新报送《{CUT}》的函")
    assert "共有身份证号10个,其中10个(100.0%)已被表格软件截断" in text
    assert "第2行 371327********1000" in text and "371327194503151000" not in text
    assert "设为“文本”" in text and "死亡登记" in text
    assert run.after.project.settings.bureau in text


def test_when_the_files_are_in_order_again_the_run_is_clean_and_the_letters_are_gone(run: Run) -> None:
    for name in (CUT, BROKEN):
        (run.after.project.raw / name).unlink()
    assert main(["run", str(run.root / "params" / "lingang"), "--township", "tuanlin"]) == 0
    assert not list((run.root / "reports" / "lingang" / "letters").iterdir())
