"""argparse in Chinese: usage, headings, and what is wrong with a command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

#: what argparse says → what the user reads, first fit wins
_SAYS = (
    (r"the following arguments are required: (.*)", r"缺少参数:\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数:\1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"参数 \1 没有 \2,可用:\3"),
    (r"argument (.*?): expected one argument", r"参数 \1 后须写一个值"),
    (r"argument (.*?): expected at least one argument", r"参数 \1 后至少写一个值"),
    (r"argument (.*?): expected (\d+) arguments?", r"参数 \1 后须写\2个值"),
    (r"argument (.*?): invalid \w+ value: (.*)", r"参数 \1 的值 \2 写法不对"),
    (r"argument (.*?): ignored explicit argument (.*)", r"参数 \1 后不能写 \2"),
    (r"argument (.*?): not allowed with argument (.*)", r"参数 \1 不能与 \2 同用"),
    (r"ambiguous option: (.*?) could match (.*)", r"参数 \1 不明确,可能是 \2"),
    (r"one of the arguments (.*) is required", r"参数 \1 须写一个"),
    (r"argument (.*?): (.*)", r"参数 \1:\2"),
)


def in_chinese(message: str) -> str:
    """What argparse says, in Chinese.

    Example:
        >>> in_chinese("unrecognized arguments: --x")
        '不认识的参数:--x'
    """
    for pattern, said in _SAYS:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, said, message, count=1, flags=re.DOTALL)
    return message


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法:" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """An ``ArgumentParser`` whose own words are Chinese; wrong use exits with 2."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**({"formatter_class": _Formatter} | settings | {"add_help": False}))
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how the command is used."""
        self.print_usage(_stderr())
        self.exit(2, f"错误:{in_chinese(message)}\n处理:{self.prog} -h 可看用法\n")


def _stderr() -> Any:
    import sys

    return sys.stderr
