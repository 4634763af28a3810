"""``ybt lab``, ``ybt link``, ``ybt verify``: the desk in the browser, two lists compared, a report checked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from audit_lib.cli.chinese import ChineseParser
from audit_lib.cli.common import Commands, add_command, params_folder


def add_desk(commands: Commands[ChineseParser]) -> None:
    """Add the commands."""
    link = add_command(commands, "link", _link, "两个名单文件按人比对,不需要项目", named=False)
    link.add_argument("left", metavar="左表", help="左表(csv、xlsx、xls)")
    link.add_argument("right", metavar="右表", help="右表(csv、xlsx、xls)")
    link.add_argument("--out", required=True, metavar="CSV", help="结果:左行、右行、概率、层级、理由")
    lab = add_command(commands, "lab", _lab, "在 JupyterLab 中打开工作簿")
    lab.add_argument("--no-browser", action="store_true", help="不自动打开浏览器")
    verify = add_command(commands, "verify", _verify, "校验已生成的报告", named=False)
    verify.add_argument("reports", metavar="报告目录", help="报告目录,如 reports/lingang")


def _link(options: argparse.Namespace) -> int:
    from audit_lib.identity.linking import link_files

    print(link_files(Path(options.left), Path(options.right), Path(options.out)))
    return 0


def _lab(options: argparse.Namespace) -> int:
    import subprocess

    from audit_lib.lab.jupyter import lab_command, lab_environment

    folder = params_folder(options.project)
    command = lab_command(Path(__file__).parents[2], browser=not options.no_browser)
    return subprocess.call(command, env=lab_environment(folder))


def _verify(options: argparse.Namespace) -> int:
    from audit_lib.report.verify import verify_reports

    faults = verify_reports(Path(options.reports))
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("报告校验通过:页面与登记的摘要一致,未见完整证件号、账号或外部地址。")
    return 1 if faults else 0
