"""The command ``ybt``: 立项、生成演示数据、运行审计、追溯、台账、打开工作簿、校验报告.

Exit codes: 0 done; 1 the audit ran but something failed, and it is named; 2 wrong use or input
that cannot be used. A fault of data or user is one Chinese message, never a traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from audit_lib.cli.chinese import ChineseParser
from audit_lib.cli.common import params_folder
from audit_lib.cli.desk_commands import add_desk
from audit_lib.cli.intake_commands import add_intake
from audit_lib.cli.ledger_commands import add_ledger
from audit_lib.cli.run_command import add_run
from audit_lib.errors import AuditError

__all__ = ["main", "params_folder"]


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


def _parser() -> ChineseParser:
    parser = ChineseParser(prog="ybt", description="一本通审计工作簿")
    commands = parser.add_subparsers(required=True, metavar="命令", title="命令")
    add_intake(commands)
    add_run(commands)
    add_ledger(commands)
    add_desk(commands)
    return parser
