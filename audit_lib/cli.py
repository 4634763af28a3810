"""The command ``ybt``: 立项、生成演示数据、运行审计、追溯、台账、打开工作簿、校验报告.

Exit codes: 0 done; 1 the audit ran but something failed, and it is named; 2 wrong use or input
that cannot be used. A fault of data or user is one Chinese message, never a traceback.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from audit_lib.errors import AuditError, ParamsError
from audit_lib.progress import say
from audit_lib.stage import single_run, stage_seconds
from audit_lib.workbook import Workbook


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except AuditError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("已中断;重新运行会从已完成的阶段继续。", file=sys.stderr)
        return 1


def params_folder(project: str) -> Path:
    """``lingang``, ``params/lingang`` or any path of a project's parameters.

    Raises:
        ParamsError: there is no such project.
    """
    for folder in (Path(project), Path("params") / project):
        if (folder / "project.yml").is_file():
            return folder
    known = sorted(path.parent.name for path in Path("params").glob("*/project.yml"))
    raise ParamsError(
        f"没有名为“{project}”的项目", str(Path("params") / project), "已有项目:" + ("、".join(known) or "无")
    )


def _demo(options: argparse.Namespace) -> int:
    from audit_lib.demo import generate

    project = Workbook.open(params_folder(options.project)).project
    truth = project.raw.with_name("truth")
    if project.raw.exists() and any(project.raw.iterdir()) and not (truth / "truth.json").is_file():
        raise AuditError(
            "该目录里已有部门送来的文件,演示数据不会覆盖它们",
            _shown(project.raw),
            "换一个项目,或先把这些文件移走",
        )
    started = time.monotonic()
    with single_run(project.work):
        generate(project, project.raw, truth, scale=options.scale, seed=options.seed)
    say(f"演示数据已写入 {_shown(project.raw)}({time.monotonic() - started:.0f} 秒)")
    return 0


def _run(options: argparse.Namespace) -> int:
    from audit_lib.quality.letters import write_letters
    from audit_lib.quality.request_letters import FOLDER, write_request_letters
    from audit_lib.report.batch import publish
    from audit_lib.sources.quarantine import write_quarantine

    workbook = Workbook.open(params_folder(options.project))
    project = workbook.project
    started = time.monotonic()
    with single_run(project.work):
        stages = workbook.stages
        for report in workbook.record():
            say(str(report))
        notebooks = Path(__file__).parent.parent / "notebooks"
        results = publish(stages, notebooks, jobs=options.jobs, only=options.township or None)
        returned = write_quarantine(stages.tables, project.reports / "set_aside")
        asked = write_request_letters(project, stages.quality, project.reports / FOLDER)
    say(f"数据需求单{len(asked)}份:{_shown(project.reports / FOLDER)}")
    if returned:
        say(f"{len(returned)}个文件有不能采用的行,退部门更正:{_shown(project.reports / 'set_aside')}")
    refused = workbook.refused_files
    for file, reason in zip(refused.file, refused.reason, strict=True):
        print(f"拒收:{file}:{reason}", file=sys.stderr)
    letters = write_letters(project, stages.tables, project.reports / "letters")
    if letters:
        say(
            f"{len(refused)}个文件拒收,其余文件照常审计,有关规则的覆盖范围见“筛查情况”;"
            f"退件函{len(letters)}份:{_shown(project.reports / 'letters')}"
        )
    failed = [page for page in results if page.error]
    for page in failed:
        print(f"失败:{page.name}:{page.error}", file=sys.stderr)
    timing = "、".join(
        f"{name}{stage_seconds(folder):.1f}秒"
        for name, folder in (("读数", stages.tables), ("认人", stages.people), ("筛疑", stages.findings))
    )
    say(
        f"报告:{_shown(project.reports / 'index.html')}(本次 {time.monotonic() - started:.1f} 秒;各阶段 {timing})"
    )
    return 1 if failed or len(refused) else 0


def _init(options: argparse.Namespace) -> int:
    from audit_lib.intake.start import REGISTER, register_lines, start_project
    from audit_lib.sources.register import ACCEPTED, REJECTED, UNMAPPED

    proposals = start_project(
        options.project, Path(options.raw_dir), Path.cwd(), link=options.link, update=options.update
    )
    for line in register_lines(proposals):
        print(line)
    folder = Path("params") / options.project
    count = {
        decision: sum(p.decision == decision for p in proposals)
        for decision in (ACCEPTED, UNMAPPED, REJECTED)
    }
    print(f"共{len(proposals)}个文件:" + "、".join(f"{decision}{n}" for decision, n in count.items()))
    print(
        f"参数已写入 {folder}(登记表 {folder / REGISTER})。下一步:回答 sources.yml 中的“问”,核对各文件中的“待确认”,"
        f"然后运行 ybt sources {options.project};没有问题后运行 ybt run {options.project}"
        if proposals else "没有新文件。"
    )  # fmt: skip
    return 0


def _sources(options: argparse.Namespace) -> int:
    from audit_lib.intake import check_sources
    from audit_lib.params import load_project

    checked, unconfirmed = check_sources(load_project(params_folder(options.project)))
    for file in checked:
        print(file.line())
    questions = sum(len(file.questions) for file in checked)
    for name, places in unconfirmed.items():
        print(f"待确认:{name} 还有{places}处;核对后删去该处的“待确认”")
    print(f"共{len(checked)}个文件,还有{questions}个问题、{sum(unconfirmed.values())}处待确认")
    return 1 if questions or unconfirmed else 0


def _trace(options: argparse.Namespace) -> int:
    from audit_lib.ledger.trace import trace

    workbook = Workbook.open(params_folder(options.project))
    found = trace(options.finding_id, workbook.findings_folder, workbook.tables_folder, workbook.project.raw)
    print(found.render(reveal=options.reveal))
    return 0


def _ledger_status(options: argparse.Namespace) -> int:
    workbook = Workbook.open(params_folder(options.project))
    cases = workbook.cases
    if cases.empty:
        print("台账中还没有疑点;先运行 ybt run。")
        return 0
    print(cases.groupby(["problem", "state"]).size().unstack(fill_value=0).to_string())
    return 0


def _ledger_verify(options: argparse.Namespace) -> int:
    workbook = Workbook.open(params_folder(options.project))
    with workbook.ledger as ledger:
        faults = ledger.verify()
        head = ledger.head()
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"台账完整,链首尾一致;链尾摘要 {head}")
    return 1 if faults else 0


def _ledger_lists(options: argparse.Namespace) -> int:
    from audit_lib.ledger.lists import write_lists

    workbook = Workbook.open(params_folder(options.project))
    out = workbook.project.reports / "lists"
    for path in write_lists(
        workbook.project, workbook.cases, workbook.findings, out, workbook.persons, workbook.evidence
    ):
        print(_shown(path))
    return 0


def _review_import(options: argparse.Namespace) -> int:
    workbook = Workbook.open(params_folder(options.project))
    reports = [workbook.import_review(file) for file in options.files]
    for report in reports:
        print(report)
    print("页面上的核实情况在下次 ybt run 后更新。")
    return 1 if any(report.troubles for report in reports) else 0


def _link(options: argparse.Namespace) -> int:
    from audit_lib.identity.linking import link_files

    print(link_files(Path(options.left), Path(options.right), Path(options.out)))
    return 0


def _lab(options: argparse.Namespace) -> int:
    import subprocess

    params_folder(options.project)
    notebooks = Path(__file__).parent.parent / "notebooks"
    command = [
        sys.executable,
        "-m",
        "jupyter",
        "lab",
        f"--notebook-dir={notebooks.parent}",
        "--LabApp.default_url=/lab/tree/notebooks/01_sources.ipynb",
    ]
    if options.no_browser:
        command.append("--no-browser")
    if getattr(os, "geteuid", lambda: 1)() == 0:  # in a container everybody is root, and Jupyter refuses root
        command.append("--allow-root")
    return subprocess.call(command)


def _verify(options: argparse.Namespace) -> int:
    from audit_lib.report.verify import verify_reports

    faults = verify_reports(Path(options.reports))
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("报告校验通过:页面与登记的摘要一致,未见完整证件号、账号或外部地址。")
    return 1 if faults else 0


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ybt", description="一本通审计工作簿")
    commands = parser.add_subparsers(required=True, metavar="命令")

    demo = _command(commands, "demo", _demo, "生成虚构的临港区部门数据")
    demo.add_argument("--scale", type=_scale, default=1.0, help="规模,1 为全区 20 万人")
    demo.add_argument("--seed", type=int, default=20190710, help="随机种子;相同种子生成相同文件")

    run = commands.add_parser("run", help="从部门文件到报告")
    run.add_argument("project", help="项目名或参数目录")
    run.add_argument("--township", action="append", metavar="镇代码", help="只出这个镇的报告,可重复")
    run.add_argument("--jobs", type=_jobs, default=2, help="同时渲染的页面数")
    run.set_defaults(command=_run)

    init = commands.add_parser("init", help="从一个报送文件夹立项:认表、认列,拟出参数")
    init.add_argument("project", help="项目名")
    init.add_argument("raw_dir", help="部门报送文件所在的文件夹;只读")
    init.add_argument("--link", action="store_true", help="用硬链接代替复制")
    init.add_argument("--update", action="store_true", help="只为新文件添加条目,不改动已有内容")
    init.set_defaults(command=_init)

    sources = commands.add_parser("sources", help="修改参数后复核:每个文件认作什么,还有什么要回答")
    sources.add_argument("project", help="项目名或参数目录")
    sources.set_defaults(command=_sources)

    trace = _command(commands, "trace", _trace, "一条疑点的证据:文件、工作表、行")
    trace.add_argument("finding_id", help="疑点编号")
    trace.add_argument("--reveal", action="store_true", help="显示完整证件号和账号")

    ledger = commands.add_parser("ledger", help="疑点台账")
    actions = ledger.add_subparsers(required=True, metavar="操作")
    _command(actions, "status", _ledger_status, "各类疑点的状态")
    _command(actions, "lists", _ledger_lists, "生成下发镇和部门的核查表")
    _command(actions, "verify", _ledger_verify, "校验台账未被改动")

    review = commands.add_parser("review", help="页面上的复核意见")
    opinions = review.add_subparsers(required=True, metavar="操作")
    taken = _command(opinions, "import", _review_import, "把页面导出的复核意见记入台账")
    taken.add_argument("files", nargs="+", metavar="文件", help="页面“导出复核意见”所得的 .json")

    link = commands.add_parser("link", help="两个名单文件按人比对,不需要项目")
    link.add_argument("left", help="左表(csv、xlsx、xls)")
    link.add_argument("right", help="右表(csv、xlsx、xls)")
    link.add_argument("--out", required=True, metavar="CSV", help="结果:左行、右行、概率、层级、理由")
    link.set_defaults(command=_link)

    lab = _command(commands, "lab", _lab, "在 JupyterLab 中打开工作簿")
    lab.add_argument("--no-browser", action="store_true", help="不自动打开浏览器")

    verify = commands.add_parser("verify", help="校验已生成的报告")
    verify.add_argument("reports", help="报告目录,如 reports/lingang")
    verify.set_defaults(command=_verify)
    return parser


Command = Callable[[argparse.Namespace], int]


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, command: Command, says: str
) -> argparse.ArgumentParser:
    """A command that works on one project, named by ``--project``."""
    parser = commands.add_parser(name, help=says)
    parser.add_argument("--project", default="lingang", help="项目名或参数目录(默认 lingang)")
    parser.set_defaults(command=command)
    return parser


def _scale(text: str) -> float:
    scale = float(text)
    if not 0 < scale <= 10:
        raise argparse.ArgumentTypeError("规模应大于 0、不超过 10")
    return scale


def _jobs(text: str) -> int:
    jobs = int(text)
    if not 1 <= jobs <= 64:
        raise argparse.ArgumentTypeError("并行数应在 1 到 64 之间")
    return jobs
