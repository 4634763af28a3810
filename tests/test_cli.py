"""The command line: exit codes, Chinese messages that name place and remedy, nothing half-written."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audit_lib.cli import main

LINGANG = Path(__file__).parent.parent / "params" / "lingang"
HEADER = "乡镇,行政村,补贴对象姓名,身份证号码,补贴项目,发放月份,补贴金额"
ROW = "坪上镇,,王秀英,371327194503151230,农村低保,2017-03,315.00"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the shipped parameters and no data; the current folder."""
    shutil.copytree(LINGANG, tmp_path / "params" / "lingang")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def deliver(root: Path, content: bytes, name: str = "一本通系统_发放明细_2017年.csv") -> None:
    """Put one payments file into the raw folder."""
    path = root / "data" / "lingang" / "raw" / "发放" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def test_an_unknown_project_is_named_with_those_that_exist(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nowhere"]) == 2
    said = capsys.readouterr().err
    assert "没有名为“nowhere”的项目" in said
    assert "lingang" in said


def test_without_data_the_remedy_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "lingang"]) == 2
    said = capsys.readouterr().err
    assert "没有找到收到的数据" in said
    assert "ybt demo" in said


def _unreadable(root: Path) -> None:
    deliver(root, b"PK\x03\x04 this is not a workbook", "一本通系统_发放明细_2017年.csv")


def _truncated(root: Path) -> None:
    whole = root / "whole.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 1000)
    deliver(root, whole.read_bytes()[:300])


def _wrong_encoding(root: Path) -> None:
    deliver(root, f"{HEADER}\n{ROW}\n".encode("gb18030")[:-7] + b"\x81\xff\xff\n")


def _amounts_of_text(root: Path) -> None:
    rows = "\n".join(ROW.replace("315.00", "按规定") for _ in range(20))
    deliver(root, f"{HEADER}\n{rows}\n".encode("gb18030"))


def _without_id_column(root: Path) -> None:
    cells = [line.split(",") for line in (HEADER, ROW, ROW)]
    deliver(root, "\n".join(",".join(c[:3] + c[4:]) for c in cells).encode("gb18030"))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_unreadable, "一本通系统_发放明细_2017年.csv"),
        (_truncated, "一本通系统_发放明细_2017年.csv"),
        (_wrong_encoding, "编码"),
        (_amounts_of_text, "金额"),
        (_without_id_column, "身份证号"),
    ],
)
def test_input_that_cannot_be_used_stops_the_run(
    root: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], says: str
) -> None:
    spoil(root)
    assert main(["run", "lingang"]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert "一本通系统_发放明细_2017年.csv" in said
    assert "处理" in said
    assert "Traceback" not in said
    work = root / "data" / "lingang" / "work"
    assert not (work / "tables").exists()
    assert not list(work.glob("*.partial"))
    assert not (root / "reports").exists()
    assert not (root / "data" / "lingang" / "ledger.db").exists()


def test_the_demo_never_writes_over_a_delivery(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deliver(root, f"{HEADER}\n{ROW}\n".encode("gb18030"))
    assert main(["demo", "--scale", "0.01"]) == 2
    assert "不会覆盖" in capsys.readouterr().err
    assert len(list((root / "data" / "lingang" / "raw").rglob("*.csv"))) == 1


@pytest.mark.parametrize("arguments", [[], ["demo", "--scale", "0"], ["run"], ["trace"], ["nonsense"]])
def test_wrong_use_exits_with_2(root: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
