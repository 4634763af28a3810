"""What the commands share: the project named, paths as people see them, arguments checked."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from audit_lib.cli.chinese import ChineseParser
from audit_lib.errors import ParamsError
from audit_lib.workbook import Workbook

Command = Callable[[argparse.Namespace], int]
Commands = argparse._SubParsersAction  # the type of ``add_subparsers()``; argparse has no public name for it


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


def open_workbook(options: argparse.Namespace) -> Workbook:
    """The workbook of the project that the command names."""
    return Workbook.open(params_folder(options.project))


def shown(path: Path) -> str:
    """A path as people see it: below the current folder without the way there."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def add_command(
    commands: Commands[ChineseParser], name: str, command: Command, says: str, *, named: bool = True
) -> ChineseParser:
    """A command; ``named`` ones work on the project that ``--project`` names."""
    parser = commands.add_parser(name, help=says)
    if named:
        parser.add_argument(
            "--project", default="lingang", metavar="项目", help="项目名或参数目录(默认 lingang)"
        )
    parser.set_defaults(command=command)
    return parser


def between(
    least: float, most: float, what: str, kind: type[int] | type[float] = int
) -> Callable[[str], float]:
    """A check of a number given on the command line."""

    def check(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(
                f"{what}应为{'整数' if kind is int else '数'},写的是“{text}”"
            ) from None
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{what}应在 {least:g} 到 {most:g} 之间")
        return number

    return check
