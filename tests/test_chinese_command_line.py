"""Everything the command line says is Chinese, argparse's own words included."""

from __future__ import annotations

import re

import pytest

from audit_lib.cli import main


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "缺少参数"),
        (["nonsense"], "没有 'nonsense'"),
        (["run"], "缺少参数:项目"),
        (["run", "lingang", "--jobs"], "后须写一个值"),
        (["run", "lingang", "--jobs", "0"], "并行数应在 1 到 64 之间"),
        (["run", "lingang", "--jobs", "many"], "并行数应为整数"),
        (["run", "lingang", "--nonsense"], "不认识的参数:--nonsense"),
        (["demo", "--scale", "0"], "规模应在"),
        (["ledger", "nonsense"], "没有 'nonsense'"),
        (["person"], "缺少参数:人"),
    ],
)
def test_wrong_use_is_told_in_chinese(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    said = capsys.readouterr().err
    assert stop.value.code == 2
    assert says in said
    assert not re.search(r"usage|error|argument|invalid|required|choose", said)


@pytest.mark.parametrize(
    "command", [[], ["run"], ["person"], ["diff"], ["ledger"], ["review", "import"], ["lab"]]
)
def test_help_is_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*command, "-h"])
    said = capsys.readouterr().out
    assert stop.value.code == 0
    assert said.startswith("用法:")
    assert not re.search(r"usage|options:|positional|show this help", said)
