"""``ybt trace``, ``person``, ``diff``, ``ledger``, ``review``: from a finding to its rows, its person and its case."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from audit_lib.cli.chinese import ChineseParser
from audit_lib.cli.common import Commands, add_command, open_workbook, shown


def add_ledger(commands: Commands[ChineseParser]) -> None:
    """Add the commands."""
    trace = add_command(commands, "trace", _trace, "一条疑点的证据:文件、工作表、行")
    trace.add_argument("finding_id", metavar="疑点编号", help="疑点编号")
    trace.add_argument("--reveal", action="store_true", help="显示完整证件号和账号")
    person = add_command(
        commands, "person", _person, "一人一页:全部发放、登记、账户、同户人员,为什么列为或没有列为疑点"
    )
    person.add_argument("wanted", metavar="人", help="姓名、完整证件号、疑点编号或人员编号")
    person.add_argument("--reveal", action="store_true", help="显示完整证件号和账号")
    person.add_argument("--out", metavar="网页", help="写成一个网页文件(含时间线图),不在屏幕上列出")
    diff = add_command(commands, "diff", _diff, "两次运行的疑点有何不同,各是什么原因")
    diff.add_argument("runs", nargs="*", metavar="运行", help="两个运行编号;不写就比最近两次")
    ledger = commands.add_parser("ledger", help="疑点台账")
    actions = ledger.add_subparsers(required=True, metavar="操作")
    add_command(actions, "status", _ledger_status, "各类疑点的状态")
    add_command(actions, "lists", _ledger_lists, "生成下发镇和部门的核查表")
    add_command(actions, "verify", _ledger_verify, "校验台账未被改动")
    review = commands.add_parser("review", help="页面上的复核意见")
    opinions = review.add_subparsers(required=True, metavar="操作")
    taken = add_command(opinions, "import", _review_import, "把页面导出的复核意见记入台账")
    taken.add_argument("files", nargs="+", metavar="文件", help="页面“导出复核意见”所得的 .json")


def _trace(options: argparse.Namespace) -> int:
    from audit_lib.ledger.trace import trace

    workbook = open_workbook(options)
    found = trace(options.finding_id, workbook.findings_folder, workbook.tables_folder, workbook.project.raw)
    print(found.render(reveal=options.reveal))
    return 0


def _person(options: argparse.Namespace) -> int:
    from audit_lib.lab.plain import plain_text

    page = open_workbook(options).person(options.wanted, options.reveal)
    if options.out:
        from audit_lib.lab.plain import web_page
        from audit_lib.stage import write_text

        write_text(Path(options.out), web_page(page))
        print(f"已写入 {shown(Path(options.out))};内含个人信息,注意保管")
    else:
        print(plain_text(page))
    return 0


def _diff(options: argparse.Namespace) -> int:
    from audit_lib.errors import AuditError

    if len(options.runs) not in (0, 2):
        raise AuditError("要比的运行须写两个,或一个也不写", remedy="ybt diff 运行甲 运行乙")
    old, new = options.runs or ("", "")
    print(open_workbook(options).difference(old, new).render())
    return 0


def _ledger_status(options: argparse.Namespace) -> int:
    workbook = open_workbook(options)
    cases = workbook.cases
    if cases.empty:
        print("台账中还没有疑点;先运行 ybt run。")
        return 0
    print(cases.groupby(["problem", "state"]).size().unstack(fill_value=0).to_string())
    return 0


def _ledger_verify(options: argparse.Namespace) -> int:
    workbook = open_workbook(options)
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

    workbook = open_workbook(options)
    out = workbook.project.reports / "lists"
    for path in write_lists(
        workbook.project, workbook.cases, workbook.findings, out, workbook.persons, workbook.evidence
    ):
        print(shown(path))
    return 0


def _review_import(options: argparse.Namespace) -> int:
    workbook = open_workbook(options)
    reports = [workbook.import_review(file) for file in options.files]
    for report in reports:
        print(report)
    print("页面上的核实情况在下次 ybt run 后更新。")
    return 1 if any(report.troubles for report in reports) else 0
