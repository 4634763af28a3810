"""``ybt run``: from the departments' files to the report."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from audit_lib.cli.chinese import ChineseParser
from audit_lib.cli.common import Commands, add_command, between, open_workbook, shown
from audit_lib.progress import say
from audit_lib.stage import single_run, stage_seconds


def add_run(commands: Commands[ChineseParser]) -> None:
    """Add the command."""
    run = add_command(commands, "run", _run, "从部门文件到报告", named=False)
    run.add_argument("project", metavar="项目", help="项目名或参数目录")
    run.add_argument("--township", action="append", metavar="镇代码", help="只出这个镇的报告,可重复")
    run.add_argument(
        "--jobs", type=between(1, 64, "并行数"), default=2, metavar="数", help="同时渲染的页面数(默认 2)"
    )
    run.add_argument("--failed-only", action="store_true", help="只重做上次失败的页面")
    run.add_argument("--plan", action="store_true", help="只列出要生成哪些页面,不生成")
    run.add_argument(
        "--memory",
        type=between(0.5, 1024, "内存上限", float),
        metavar="GiB",
        help="渲染页面合计的内存上限(默认可用内存的七成)",
    )


def _run(options: argparse.Namespace) -> int:
    from audit_lib.quality.letters import write_letters
    from audit_lib.quality.request_letters import FOLDER, write_request_letters
    from audit_lib.report.batch import Orders, carry_out, plan_pages
    from audit_lib.sources.quarantine import write_quarantine

    workbook = open_workbook(options)
    project = workbook.project
    started = time.monotonic()
    with single_run(project.work):
        stages = workbook.stages
        for report in workbook.record():
            say(str(report))
        notebooks = Path(__file__).parents[2] / "notebooks"
        orders = Orders(options.jobs, options.township or None, options.failed_only, options.memory)
        plan = plan_pages(stages, notebooks, orders)
        say(plan.render(shown(project.reports)))
        if options.plan:
            return 0
        results = carry_out(plan, orders)
        returned = write_quarantine(stages.tables, project.reports / "set_aside")
        asked = write_request_letters(project, stages.quality, project.reports / FOLDER)
    say(f"数据需求单{len(asked)}份:{shown(project.reports / FOLDER)}")
    if returned:
        say(f"{len(returned)}个文件有不能采用的行,退部门更正:{shown(project.reports / 'set_aside')}")
    refused = workbook.refused_files
    for file, reason in zip(refused.file, refused.reason, strict=True):
        print(f"拒收:{file}:{reason}", file=sys.stderr)
    letters = write_letters(project, stages.tables, project.reports / "letters")
    if letters:
        say(
            f"{len(refused)}个文件拒收,其余文件照常审计,有关规则的覆盖范围见“筛查情况”;"
            f"退件函{len(letters)}份:{shown(project.reports / 'letters')}"
        )
    failed = [page for page in results if page.error]
    for page in failed:
        print(f"失败:{page.name}:{page.error}", file=sys.stderr)
    timing = "、".join(
        f"{name}{stage_seconds(folder):.1f}秒"
        for name, folder in (("读数", stages.tables), ("认人", stages.people), ("筛疑", stages.findings))
    )
    say(
        f"报告:{shown(project.reports / 'index.html')}(本次 {time.monotonic() - started:.1f} 秒;各阶段 {timing})"
    )
    return 1 if failed or len(refused) else 0
