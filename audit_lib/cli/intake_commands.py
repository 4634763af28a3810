"""``ybt demo``, ``ybt init``, ``ybt sources``: where the files come from and what they are."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from audit_lib.cli.chinese import ChineseParser
from audit_lib.cli.common import Commands, add_command, between, open_workbook, params_folder, shown
from audit_lib.errors import AuditError
from audit_lib.progress import say
from audit_lib.stage import single_run


def add_intake(commands: Commands[ChineseParser]) -> None:
    """Add the commands."""
    demo = add_command(commands, "demo", _demo, "生成虚构的临港区部门数据")
    demo.add_argument(
        "--scale",
        type=between(0.001, 10, "规模", float),
        default=1.0,
        metavar="规模",
        help="规模,1 为全区 20 万人",
    )
    demo.add_argument(
        "--seed",
        type=between(0, 2**31, "种子"),
        default=20190710,
        metavar="种子",
        help="随机种子;相同种子生成相同文件",
    )
    init = add_command(commands, "init", _init, "从一个报送文件夹立项:认表、认列,拟出参数", named=False)
    init.add_argument("project", metavar="项目", help="项目名")
    init.add_argument("raw_dir", metavar="文件夹", help="部门报送文件所在的文件夹;只读")
    init.add_argument("--link", action="store_true", help="用硬链接代替复制")
    init.add_argument("--update", action="store_true", help="只为新文件添加条目,不改动已有内容")
    sources = add_command(
        commands, "sources", _sources, "修改参数后复核:每个文件认作什么,还有什么要回答", named=False
    )
    sources.add_argument("project", metavar="项目", help="项目名或参数目录")


def _demo(options: argparse.Namespace) -> int:
    from audit_lib.demo import generate

    project = open_workbook(options).project
    truth = project.raw.with_name("truth")
    if project.raw.exists() and any(project.raw.iterdir()) and not (truth / "truth.json").is_file():
        raise AuditError(
            "该目录里已有部门送来的文件,演示数据不会覆盖它们",
            shown(project.raw),
            "换一个项目,或先把这些文件移走",
        )
    started = time.monotonic()
    with single_run(project.work):
        generate(project, project.raw, truth, scale=options.scale, seed=options.seed)
    say(f"演示数据已写入 {shown(project.raw)}({time.monotonic() - started:.0f} 秒)")
    return 0


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
