"""Pages per minute: this batch beside plain papermill and nbconvert in a loop, on the same notebook and rows.

    python -m tests.bench.bench_pages --townships 8                # both ways
    python -m tests.bench.bench_pages --townships 200 --ours-only  # no leak of memory, files or processes

The district is made up: as many towns as asked for, two villages and a hundred findings each. A township's marginal
time is what one more page costs: (time of all pages − time of one page) / (pages − 1), each way.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import psutil
import yaml

from audit_lib.report.batch import publish
from audit_lib.report.stages import Stages
from tests.report import fixtures

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def write_project(root: Path, towns: int) -> None:
    """The shipped parameters with made-up towns instead of the district's."""
    folder = root / "params" / "lingang"
    shutil.copytree(fixtures.LINGANG, folder)
    areas = [
        {"town_id": f"t{n:03}", "name": f"第{n}镇", "villages": [
            {"village_id": f"t{n:03}v{v}", "name": f"第{n}镇{v}村"} for v in (1, 2)]}
        for n in range(towns)
    ]  # fmt: skip
    (folder / "areas.yml").write_text(yaml.safe_dump(areas, allow_unicode=True), encoding="utf-8")
    shutil.rmtree(folder / "townships")
    (folder / "townships").mkdir()
    for n in range(towns):
        (folder / "townships" / f"t{n:03}.yml").write_text(f'town: "t{n:03}"\n', encoding="utf-8")


def make_district(root: Path, towns: int, findings_each: int = 100) -> Stages:
    """Finished stages with findings in every town."""
    write_project(root, towns)
    findings, lines, payments = [], [], []
    for n in range(towns):
        for k in range(findings_each):
            who, town, row = f"人{n}_{k}", f"t{n:03}", 10_000_000 + n * 1000 + k + 2
            found = fixtures.finding("DECEASED_PAID", who, "RURAL_DIBAO", "pingshang", 31_500)
            findings.append(
                found | {"town_id": town, "village_id": f"{town}v{1 + k % 2}", "name_masked": "王*"}
            )
            lines.append(fixtures.line(found["finding_id"], "RURAL_DIBAO", fixtures.MARCH_2017, row, 31_500))
            payments.append(
                fixtures.payment(row, who, "RURAL_DIBAO", fixtures.MARCH_2017, 31_500, village_id=f"{town}v1")
                | {"town_id": town}
            )
    return fixtures.make_stages(root, findings, lines, payments)


def plain_loop(stages: Stages, slugs: list[str], out: Path) -> None:
    """What one would write with the two tools alone: execute, then convert, one page after the other."""
    out.mkdir(parents=True, exist_ok=True)
    folder = stages.project.folder.resolve()
    for slug in slugs:
        papermill = [sys.executable, "-m", "papermill", str(NOTEBOOKS / "township.ipynb"), str(out / f"{slug}.ipynb"),
                     "-p", "project", str(folder), "-p", "town", slug, "--log-level", "ERROR", "--no-progress-bar",
                     "-k", "python3"]  # fmt: skip
        subprocess.run(papermill, check=True, env=_pinned_env(stages), stdout=subprocess.DEVNULL)
        nbconvert = [
            sys.executable,
            "-m",
            "nbconvert",
            "--to",
            "html",
            "--no-input",
            "--log-level",
            "ERROR",
            str(out / f"{slug}.ipynb"),
        ]
        subprocess.run(nbconvert, check=True, stdout=subprocess.DEVNULL)


def _pinned_env(stages: Stages) -> dict[str, str]:
    """The kernels use the same finished stages; a small start-up file says which."""
    start = stages.project.work / "ipython" / "profile_default" / "startup"
    start.mkdir(parents=True, exist_ok=True)
    named = ", ".join(
        f"{name}=Path({str(getattr(stages, name).resolve())!r})"
        for name in ("tables", "people", "findings", "quality")
    )
    (start / "00.py").write_text(
        "from pathlib import Path\nfrom audit_lib.params import load_project\n"
        "from audit_lib.report.stages import Stages, pin_stages\n"
        f"pin_stages(Stages(project=load_project({str(stages.project.folder.resolve())!r}), {named}, "
        f"ledger_url={stages.ledger_url!r}, run_id={stages.run_id!r}))\n",
        encoding="utf-8",
    )
    root = str(Path(__file__).parents[2])
    return os.environ | {"IPYTHONDIR": str(stages.project.work / "ipython"), "PYTHONPATH": root}


def seconds(work: Callable[[], object]) -> float:
    """Wall time of something."""
    started = time.monotonic()
    work()
    return time.monotonic() - started


@contextmanager
def memory_and_files(said: str) -> Iterator[None]:
    """Print what this process and its children hold before and after."""
    me = psutil.Process()

    def held() -> tuple[float, int, int, int]:
        family = [me, *me.children(recursive=True)]
        own = me.memory_info().rss / 2**20
        ports = sum(len(process.net_connections()) for process in family)
        return own, me.num_fds(), len(family) - 1, ports

    before = held()
    yield
    after = held()
    for caption, first, last in zip(
        ("memory MiB", "open files", "child processes", "sockets"), before, after, strict=True
    ):
        print(f"{said}: {caption} {first:.0f} -> {last:.0f}")


def ours(stages: Stages, slugs: list[str], jobs: int) -> float:
    """Seconds for these townships' pages by our batch, from nothing."""
    shutil.rmtree(stages.project.reports, ignore_errors=True)
    taken = 0.0

    def make() -> None:
        results = publish(stages, NOTEBOOKS, jobs=jobs, only=slugs)
        bad = [result for result in results if result.status != "done"]
        assert not bad, bad[:3]

    taken = seconds(make)
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--townships", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--ours-only", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ):
        stages = make_district(Path(folder), options.townships)
        slugs = sorted(stages.project.townships)
        ours(stages, slugs[:1], options.jobs)  # the process that pages are forked from is there from now on
        one = ours(stages, slugs[:1], options.jobs)
        with memory_and_files("our batch"):
            every = ours(stages, slugs, options.jobs)
        margin = (every - one) / max(len(slugs) - 1, 1)
        print(f"our batch, {options.jobs} at a time: {len(slugs)} pages in {every:.1f} s, one in {one:.1f} s, "
              f"marginal {margin:.2f} s = {60 / margin:.0f} pages a minute")  # fmt: skip
        if options.ours_only:
            return
        out = Path(folder) / "plain"
        loop_one = seconds(lambda: plain_loop(stages, slugs[:1], out))
        loop_every = seconds(lambda: plain_loop(stages, slugs, out))
        plain = (loop_every - loop_one) / max(len(slugs) - 1, 1)
        print(f"papermill + nbconvert: {len(slugs)} pages in {loop_every:.1f} s, one in {loop_one:.1f} s, "
              f"marginal {plain:.2f} s = {60 / plain:.1f} pages a minute; ours is {plain / margin:.1f} times as many")  # fmt: skip


if __name__ == "__main__":
    main()
