"""The loader refuses what YAML and Papermill would let through, and names every place at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audit_lib.errors import ParamsError
from audit_lib.params import load_project, load_township

LINGANG = Path(__file__).parent.parent / "params" / "lingang"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped project that a test may spoil."""
    shutil.copytree(LINGANG, tmp_path / "params" / "lingang")
    return tmp_path / "params" / "lingang"


def spoil(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_project_has_the_districts_shape(folder: Path) -> None:
    project = load_project(folder)
    assert [town.name for town in project.towns] == ["坪上镇", "团林镇", "壮岗镇", "朱芦镇"]
    assert sum(len(town.villages) for town in project.towns) == 27
    assert sum(len(village.natural) for town in project.towns for village in town.villages) == 184
    assert len(project.items) == 37
    assert sum(item.in_system for item in project.items) == 21
    assert sum(item.must_in_system for item in project.items) == 14
    assert project.audit_months == (2017 * 12, 2018 * 12 + 11)


def test_an_unknown_key_is_refused(folder: Path) -> None:
    spoil(folder / "project.yml", "memory_gib:", "memory_gb:")
    with pytest.raises(ParamsError, match=r"project.yml:memory_gb: 不认识的参数"):
        load_project(folder)


def test_a_code_that_yaml_reads_as_a_number_is_refused(folder: Path) -> None:
    spoil(folder / "project.yml", '"371327"', "0371327")
    with pytest.raises(ParamsError, match="应为加引号的文本"):
        load_project(folder)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    spoil(folder / "project.yml", "memory_gib: 2.0", "memory_gib: -1")
    (folder / "standards.yml").write_text("- {item_id: NO_SUCH, amount: 3, from_month: 2017, doc_no: x}\n")
    with pytest.raises(ParamsError) as fault:
        load_project(folder)
    assert "memory_gib" in str(fault.value)
    assert "standards.yml[1]:amount" in str(fault.value)
    assert "standards.yml[1]:from_month" in str(fault.value)


def test_a_standard_for_an_item_nobody_pays_is_refused(folder: Path) -> None:
    (folder / "standards.yml").write_text(
        '- {item_id: NO_SUCH, amount: "3", from_month: "2017-01", doc_no: x}\n', encoding="utf-8"
    )
    with pytest.raises(ParamsError, match="没有项目“NO_SUCH”"):
        load_project(folder)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('town: "nowhere"\n', "没有镇代码“nowhere”"),
        ('town: "tuanlin"\nmonth: 3\n', "不认识的参数"),
        ("town: 110\n", "应为加引号的文本"),
        ("town: [", "YAML 格式有误"),
        ("", "应为"),
    ],
)
def test_a_township_file_papermill_would_accept_is_refused(folder: Path, content: str, says: str) -> None:
    (folder / "townships" / "tuanlin.yml").write_text(content, encoding="utf-8")
    project = load_project(folder)
    with pytest.raises(ParamsError, match=says):
        load_township(project, "tuanlin")


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "areas.yml").write_bytes("- 坪上镇".encode("gb18030"))
    with pytest.raises(ParamsError, match=r"areas.yml: 不是 UTF-8 编码"):
        load_project(folder)


def test_a_missing_project_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(ParamsError, match=r"project.yml"):
        load_project(tmp_path / "nothing")
