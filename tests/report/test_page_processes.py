"""A batch that is interrupted, starved or half-failed goes on where it stands, and says what became of each page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit_lib.report import page_processes
from audit_lib.report.batch import Orders, carry_out, plan_pages, publish
from audit_lib.report.outcomes import read_outcomes
from audit_lib.report.stages import Stages
from tests.report.fixtures import make_stages
from tests.report.pages import TOWN, small_notebooks


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return make_stages(tmp_path_factory.mktemp("batch"))


def test_a_process_that_does_not_start_is_started_again(
    stages: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, tried = page_processes._start, []

    def fail_twice(*given: Any) -> Any:
        tried.append(given[2])
        return "进程启动失败" if len(tried) < 3 else start(*given)

    monkeypatch.setattr(page_processes, "_start", fail_twice)
    results = publish(stages, small_notebooks(tmp_path / "notebooks"), jobs=1, only=["pingshang"])
    assert [(result.name, result.status) for result in results] == [("pingshang", "done")]
    assert tried == [1, 2, 3]


def test_a_process_that_never_starts_is_a_failed_page_with_its_reason(
    stages: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_processes, "_start", lambda *_: "进程启动失败(资源暂时不可用)")
    (result,) = publish(stages, small_notebooks(tmp_path / "notebooks"), jobs=1, only=["zhulu"])
    assert (result.status, "试了3次" in result.error, "资源暂时不可用" in result.error) == (
        "failed",
        True,
        True,
    )


def test_a_page_beyond_the_memory_ceiling_is_ended_and_named(stages: Stages, tmp_path: Path) -> None:
    slow = (*TOWN[:1], "import time; ballast = bytearray(300 * 2**20); time.sleep(30)", *TOWN[1:])
    orders = Orders(jobs=1, only=["zhuanggang"], memory_gib=0.25)
    (result,) = carry_out(plan_pages(stages, small_notebooks(tmp_path / "notebooks", slow), orders), orders)
    assert (result.status, "内存超过上限" in result.error) == ("failed", True)


def test_only_what_failed_last_time_is_planned_again(stages: Stages, tmp_path: Path) -> None:
    broken = small_notebooks(tmp_path / "broken", (*TOWN, "assert town != 'tuanlin'"))
    publish(stages, broken, jobs=2, only=["tuanlin", "pingshang"])
    outcomes = read_outcomes(stages.project)
    assert (outcomes["tuanlin"], outcomes["pingshang"]) == ("failed", "done")
    good = small_notebooks(tmp_path / "good")
    plan = plan_pages(stages, good, Orders(only=["tuanlin", "pingshang"], failed_only=True))
    assert [job.name for job in plan.due] == ["tuanlin"]


def test_the_plan_names_every_file_before_any_is_made(stages: Stages, tmp_path: Path) -> None:
    plan = plan_pages(stages, small_notebooks(tmp_path / "notebooks", (*TOWN, "1")), Orders(only=["zhulu"]))
    assert plan.render("reports/lingang").splitlines()[1].startswith("  生成 reports/lingang/zhulu.html")


def test_a_killed_run_keeps_the_pages_it_had_made(
    stages: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebooks = small_notebooks(tmp_path / "notebooks", (*TOWN, "'resume'"))
    run = page_processes.run_pages

    def killed_after_one(*given: Any) -> Any:
        yield next(iter(run(*given)))
        raise KeyboardInterrupt

    monkeypatch.setattr("audit_lib.report.batch.run_pages", killed_after_one)
    with pytest.raises(KeyboardInterrupt):
        publish(stages, notebooks, jobs=1, only=["pingshang", "tuanlin"])
    plan = plan_pages(stages, notebooks, Orders(only=["pingshang", "tuanlin"]))
    assert ([job.name for job in plan.current], [job.name for job in plan.due]) == (
        ["pingshang"],
        ["tuanlin"],
    )


def test_the_log_of_a_page_tells_what_each_cell_took(stages: Stages, tmp_path: Path) -> None:
    publish(stages, small_notebooks(tmp_path / "notebooks", (*TOWN, "'log'")), jobs=1, only=["tuanlin"])
    log = (stages.project.reports / "logs" / "tuanlin.log").read_text(encoding="utf-8")
    assert "page.findings_list()" in log
    assert log.rstrip().splitlines()[-1].startswith("完成(")
