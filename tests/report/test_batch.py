"""Pages are published whole or not at all; one failing leaves the others done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit_lib.errors import ParamsError, ReportError
from audit_lib.report.batch import publish
from audit_lib.report.jobs import PageResult
from audit_lib.report.scripts import page_script
from audit_lib.report.stages import Stages
from audit_lib.report.verify import verify_reports
from tests.report.fixtures import DEAD_A, DEAD_B, EVIL_NAME, decide, make_stages
from tests.report.pages import TOWN, small_notebooks

TOWNS = {"pingshang", "tuanlin", "zhuanggang", "zhulu"}


def by_status(results: list[PageResult]) -> dict[str, set[str]]:
    """Names of pages by how they ended."""
    return {
        status: {r.name for r in results if r.status == status} for status in ("done", "skipped", "failed")
    }


def page(stages: Stages, name: str) -> str:
    """A published page's text."""
    return (stages.project.reports / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Stages, Path]:
    """A project published once with the small notebooks."""
    root = tmp_path_factory.mktemp("published")
    stages = make_stages(root)
    decide(stages)
    notebooks = small_notebooks(root / "notebooks")
    results = publish(stages, notebooks, jobs=2)
    assert by_status(results)["done"] == TOWNS | {"district", "quality", "summary"}, results
    return stages, notebooks


def test_every_page_is_there_and_verifies(published: tuple[Stages, Path]) -> None:
    stages, _ = published
    names = {path.name for path in stages.project.reports.iterdir() if path.is_file()}
    assert names == {f"{town}.html" for town in TOWNS} | {
        "district.html", "quality.html", "index.html", "summary.json", "pages.json",
    }  # fmt: skip
    assert verify_reports(stages.project.reports) == []


def test_a_page_lists_its_own_findings_and_no_other(published: tuple[Stages, Path]) -> None:
    stages, _ = published
    assert f'id="{DEAD_A}"' in page(stages, "pingshang")
    assert DEAD_B not in page(stages, "pingshang")
    assert f'id="{DEAD_B}"' in page(stages, "tuanlin")


def test_a_name_that_is_markup_does_nothing(published: tuple[Stages, Path]) -> None:
    stages, _ = published
    assert EVIL_NAME not in page(stages, "pingshang")
    assert "&lt;img src=x onerror=alert(1)&gt;" in page(stages, "pingshang")


def test_a_page_reaches_for_nothing_outside(published: tuple[Stages, Path]) -> None:
    stages, _ = published
    for town in TOWNS:
        assert "default-src 'none'" in page(stages, town).replace("&#39;", "'")
        assert page(stages, town).count("<script") == page(stages, town).count(page_script())


def test_kept_notebooks_hold_codes_and_no_path_of_this_machine(published: tuple[Stages, Path]) -> None:
    stages, _ = published
    kept = (stages.project.reports / "notebooks" / "pingshang.ipynb").read_text(encoding="utf-8")
    assert 'town = \\"pingshang\\"' in kept
    assert str(stages.project.root) not in kept


def test_summary_is_what_the_district_page_prints(published: tuple[Stages, Path]) -> None:
    stages, _ = published
    figures = json.loads((stages.project.reports / "summary.json").read_text(encoding="utf-8"))
    assert figures["totals"]["all"]["amount_fen"] == 132_000
    assert figures["run_id"] == stages.run_id


def test_an_unchanged_run_makes_nothing_again(published: tuple[Stages, Path]) -> None:
    stages, notebooks = published
    before = {path: path.stat().st_mtime_ns for path in stages.project.reports.glob("*.*")}
    results = publish(stages, notebooks, jobs=2)
    assert by_status(results)["skipped"] == TOWNS | {"district", "quality", "summary"}
    assert {path: path.stat().st_mtime_ns for path in stages.project.reports.glob("*.*")} == before


def test_an_altered_page_is_found_and_made_again(published: tuple[Stages, Path]) -> None:
    stages, notebooks = published
    path = stages.project.reports / "zhulu.html"
    good = path.read_bytes()
    path.write_bytes(good.replace("一本通".encode(), "一卡通".encode()))
    assert [fault.split("：")[0] for fault in verify_reports(stages.project.reports)] == ["zhulu.html"]
    assert by_status(publish(stages, notebooks, jobs=2))["done"] == {"zhulu"}
    assert path.read_bytes() == good


def test_one_township_only(published: tuple[Stages, Path]) -> None:
    stages, notebooks = published
    assert by_status(publish(stages, notebooks, jobs=2, only=["tuanlin"]))["skipped"] == {"tuanlin"}
    with pytest.raises(ParamsError, match="没有这些镇参数"):
        publish(stages, notebooks, jobs=2, only=["nowhere"])


def test_a_corrupted_township_fails_alone_and_its_old_page_is_withdrawn(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    notebooks = small_notebooks(tmp_path / "notebooks")
    publish(stages, notebooks, jobs=2)
    stages.project.townships["tuanlin"].write_text('town: "tuanlin"\nmonth: 3\n', encoding="utf-8")
    results = publish(stages, notebooks, jobs=2)
    assert by_status(results)["failed"] == {"tuanlin"}
    assert by_status(results)["skipped"] == (TOWNS - {"tuanlin"}) | {"district", "quality", "summary"}
    index = page(stages, "index")
    assert "不认识的参数" in index
    assert "tuanlin.yml" in index
    assert 'href="tuanlin.html"' not in index
    assert DEAD_B not in page(stages, "tuanlin")
    assert "本页没有生成" in page(stages, "tuanlin")
    assert any("tuanlin.html" in fault for fault in verify_reports(stages.project.reports))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("page = wb.township('tuanlin')", *TOWN[1:]), "校验码与该镇的数据不符"),
        (("page = wb.township(town)", "wb.township('tuanlin').findings_list()", *TOWN[1:]), "多出2件"),
        (("page = wb.township(town)", "page.seal()"), "缺少3件"),
        (("page = wb.township(town)", "page.findings_list()"), "校验码"),
        (
            (
                "page = wb.township(town)",
                "page.findings.extend(wb.township('tuanlin').findings)",
                "page.seal()",
            ),
            "混入了其他镇的疑点",
        ),
        ((*TOWN, "wb.no_such_table"), "no_such_table"),
        ((*TOWN, "from IPython.display import HTML", "HTML('3713271945' + '03151230')"), "18位证件号"),
        ((*TOWN, "import os; os._exit(9)"), "意外结束"),
    ],
    ids=["another town's page", "another town's list", "lost findings", "no seal", "mixed rows", "error", "ID number",
         "killed"],
)  # fmt: skip
def test_a_page_that_is_not_right_is_not_published(
    tmp_path: Path, cells: tuple[str, ...], reason: str
) -> None:
    stages = make_stages(tmp_path)
    results = publish(stages, small_notebooks(tmp_path / "notebooks", cells), jobs=1, only=["pingshang"])
    assert [result.status for result in results] == ["failed"]
    assert reason in results[0].error
    assert DEAD_A not in page(stages, "pingshang")
    assert reason in page(stages, "index")


def test_parameters_papermill_would_silently_inject_are_refused(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    notebooks = small_notebooks(tmp_path / "notebooks", parameters='project = ""\ntwon = ""')
    results = publish(stages, notebooks, jobs=1, only=["pingshang"])
    assert "参数" in results[0].error


def test_nothing_leaks_from_one_township_to_the_next(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    leak = "import builtins\nassert not hasattr(builtins, 'seen')\nbuiltins.seen = town"
    notebooks = small_notebooks(tmp_path / "notebooks", (leak, *TOWN))
    assert by_status(publish(stages, notebooks, jobs=1, only=sorted(TOWNS)))["done"] == TOWNS


def test_a_township_called_like_another_page_is_refused_before_anything_runs(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    folder = stages.project.folder / "townships"
    (folder / "Index.yml").write_text('town: "tuanlin"\n', encoding="utf-8")
    with pytest.raises(ReportError, match="同名"):
        publish(make_stages(tmp_path), small_notebooks(tmp_path / "notebooks"), jobs=1)
