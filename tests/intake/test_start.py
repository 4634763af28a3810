"""Small folders: what is asked, what is refused, what an update leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.cli import main
from audit_lib.params import load_project

PAYMENTS = "所属乡镇,所属行政村,农户姓名,身份证号,补贴项目,发放月份,补贴金额\n" + "".join(
    f"清溪镇,松岗村,王秀英,371327194503151230,网格员补助,2017-0{month},100.00\n" for month in range(1, 8)
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, the current one, with one payments file in ``in``."""
    deliver(tmp_path, "发放清册.csv", PAYMENTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def deliver(root: Path, name: str, text: str) -> None:
    """Put a file into the folder of deliveries."""
    (root / "in").mkdir(exist_ok=True)
    (root / "in" / name).write_text(text, encoding="utf-8")


def test_a_missing_and_an_empty_folder_are_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "x", "nowhere"]) == 2
    assert "没有找到报送文件夹" in capsys.readouterr().err
    (root / "empty").mkdir()
    assert main(["init", "x", "empty"]) == 2
    assert "报送文件夹是空的" in capsys.readouterr().err
    assert not (root / "params").exists()


def test_an_existing_project_is_not_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "x", "in"]) == 0
    before = (root / "params" / "x" / "sources.yml").read_bytes()
    assert main(["init", "x", "in"]) == 2
    assert "项目已经存在" in capsys.readouterr().err
    assert (root / "params" / "x" / "sources.yml").read_bytes() == before


def test_a_low_income_list_of_unknown_kind_is_asked_about(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "王秀英,371327194503151230,A,2016-01-01\n" * 4
    deliver(root, "低保对象名册.csv", "姓名,身份证号,保障类别,享受起始时间\n" + rows)
    assert main(["init", "x", "in"]) == 0
    assert "dibao_rural 还是 dibao_urban" in capsys.readouterr().out
    assert [spec.match for spec in load_project(root / "params" / "x").sources] == ["发放清册.csv"]


def test_an_identity_column_without_identity_numbers_is_asked_about(root: Path) -> None:
    deliver(root, "补贴发放.csv", PAYMENTS.replace("371327194503151230", "见附件"))
    assert main(["init", "x", "in"]) == 0
    text = (root / "params" / "x" / "sources.yml").read_text(encoding="utf-8")
    assert "# 问:补贴发放.csv:“身份证号”是不是身份证号?" in text
    assert [spec.match for spec in load_project(root / "params" / "x").sources] == ["发放清册.csv"]


def test_the_policy_list_becomes_the_catalogue(root: Path) -> None:
    deliver(
        root,
        "补贴政策清单.csv",
        "序号,补贴项目名称,补贴政策文件名称及文号,补贴主管部门,补贴标准,补贴发放频次\n"
        "1,网格员补助,云民发〔2016〕1号,民政局,每月100元,按月\n2,羊羔补助,云农发〔2017〕2号,农业局,每只30元,按年\n",
    )
    assert main(["init", "x", "in"]) == 0
    items = {item.name: item for item in load_project(root / "params" / "x").items}
    assert (items["羊羔补助"].dept, items["羊羔补助"].freq) == ("农业局", "year")
    assert items["网格员补助"].dept == "民政局"


def test_an_update_adds_new_files_and_keeps_every_edit(root: Path) -> None:
    assert main(["init", "x", "in"]) == 0
    sources = root / "params" / "x" / "sources.yml"
    sources.write_text(sources.read_text(encoding="utf-8") + "# 我的说明\n", encoding="utf-8")
    before = sources.read_text(encoding="utf-8")
    rows = "李四,371327194503151230,2017-01-02,2017-01-04\n" * 3
    deliver(root, "殡仪馆火化.csv", "逝者姓名,身份证号,死亡时间,火化时间\n" + rows)
    assert main(["init", "x", "in", "--update"]) == 0
    after = sources.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [spec.table for spec in load_project(root / "params" / "x").sources] == ["payment", "death"]
