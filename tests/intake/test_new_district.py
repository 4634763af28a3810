"""A district with other towns, villages, subsidies, headers and file names becomes a project."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from audit_lib.cli import main
from audit_lib.demo import generate
from audit_lib.intake.sampling import sample_file
from audit_lib.params import Project, SourceSpec, load_project
from audit_lib.sources import read_sources
from audit_lib.sources.headers import ColumnMap, find_header, map_columns
from audit_lib.sources.matching import spec_of
from audit_lib.tables import TABLES

#: generates and disguises a district twice; minutes, not seconds
pytestmark = pytest.mark.slow

LINGANG = Path(__file__).parents[2] / "params" / "lingang"
NAMES = {
    "坪上": "清溪",
    "团林": "柳泉",
    "朱芦": "石桥",
    "壮岗": "龙湾",
    "大岭社区": "松岗社区",
    "莲花社区": "荷塘社区",
    "农村最低生活保障金": "农村居民低保金",
    "村干部误工补贴": "网格员工作补助",
    "耕地地力保护补贴": "耕地地力补贴资金",
    "临港区": "云溪县",
}
HEADERS = {
    "补贴对象姓名": "农户姓名",
    "姓名": "人员姓名",
    "姓  名": "人员姓名",
    "身份证号码": "农户身份证号码",
    "身份证号": "居民身份证号码",
    "发放月份": "归属期",
    "补贴金额": "实际发放金额",
    "银行账号": "惠农卡号",
    "乡镇": "所属乡镇",
    "行政村": "所属行政村",
    "享受起始时间": "开始享受日期",
    "停发日期": "停止发放日期",
    "死亡日期": "去世日期",
    "户主或与户主关系": "与户主之关系",
    "出生日期": "出生年月日",
    "工作单位": "任职单位",
    "车牌号": "车牌号码",
    "车辆所有人": "车主姓名",
    "停发原因": "停止享受原因",
    "补贴项目": "惠农补贴项目",
    "开户银行": "代发银行",
    "发放日期": "到账时间",
    "迁出日期": "迁出时间",
    "收入额": "年收入额",
}
FILES = {
    "发放/": "财政局导出/",
    "登记/": "各部门/",
    "系统外/": "线下/",
    "公安_户籍人口": "全县户籍人口库",
    "名册": "人员名单",
    "殡仪馆_火化登记": "殡仪馆火化台账",
    "一本通系统_发放明细": "一卡通系统补贴清册",
    "市场监管_市场主体人员": "工商企业人员",
}


def renamed(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def new_name(name: str) -> str:
    return renamed(renamed(name, FILES), NAMES)


def written(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return path.read_bytes().decode("gb18030")


def rewrite(path: Path, name: str, target: Path) -> None:
    """The same file with other names and headers."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for sheet in book:
            sheet.title = renamed(sheet.title, NAMES)
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = HEADERS.get(cell.value.strip(), renamed(cell.value, NAMES))
        book.save(target)
    elif path.suffix in (".csv", ".txt"):
        head, _, rest = written(path).partition("\n")
        for mark in ("|", ",", "\t"):
            if mark in head:
                head = mark.join(HEADERS.get(cell.strip(), cell.strip()) for cell in head.split(mark))
        target.write_bytes(f"{head}\n{renamed(rest, NAMES)}".encode("gb18030"))
    else:
        shutil.copy(path, target)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project, Path]:
    """The demo's project, the project made of its disguised files, and their folder."""
    root = tmp_path_factory.mktemp("district")
    shutil.copytree(LINGANG, root / "params" / "lingang")
    demo = load_project(root / "params" / "lingang")
    generate(demo, demo.raw, root / "truth", scale=0.01, seed=20190710)
    for town in ("朱芦镇", "团林镇"):
        shutil.rmtree(demo.raw / "发放" / "系统外" / town)
    for path in sorted(p for p in demo.raw.rglob("*") if p.is_file()):
        name = path.relative_to(demo.raw).as_posix()
        rewrite(path, name, root / "送来的文件" / new_name(name))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["init", "yunxi", "送来的文件"]) == 0
    return demo, load_project(root / "params" / "yunxi"), root


def mapping(project: Project, name: str, spec: SourceSpec) -> list[tuple[ColumnMap, list[str]]]:
    """Columns and headers of each sheet of a file as the run reads them."""
    table = TABLES[spec.table]
    found = []
    for sample in sample_file(project.raw / name, name):
        if header := find_header(sample.head, table, spec.columns):
            found.append((map_columns(header.cells, table, spec.columns), header.cells))
    return found


def places(columns: ColumnMap) -> dict[str, int]:
    halves = {"镇": columns.town, "村": columns.village}
    return columns.at | {half: at for half, at in halves.items() if at is not None}


def test_nine_tenths_of_the_columns_are_right_and_none_is_wrong(
    district: tuple[Project, Project, Path],
) -> None:
    demo, project, _ = district
    right, missed, wrong = 0, [], []
    for path in sorted(p for p in demo.raw.rglob("*") if p.is_file()):
        name = path.relative_to(demo.raw).as_posix()
        true, own = spec_of(name, demo.sources), spec_of(new_name(name), project.sources)
        assert true is not None
        if own is not None and own.table != true.table:
            wrong.append((name, own.table))
        expected = mapping(demo, name, true)[0][0]
        got = places(mapping(project, new_name(name), own)[0][0]) if own else {}
        for column, position in places(expected).items():
            if got.get(column) == position:
                right += 1
            else:
                missed.append((name, column))
                if position in got.values():
                    wrong.append((name, column))
    assert wrong == []
    assert right / (right + len(missed)) >= 0.9, missed


def test_registers_deaths_and_channels_are_named(district: tuple[Project, Project, Path]) -> None:
    demo, project, _ = district
    for path in sorted(p for p in demo.raw.rglob("*") if p.is_file()):
        name = path.relative_to(demo.raw).as_posix()
        true, own = spec_of(name, demo.sources), spec_of(new_name(name), project.sources)
        if own is not None and true is not None:
            assert own.constants == true.constants, name


def test_the_sources_stage_reads_every_file_that_was_taken(district: tuple[Project, Project, Path]) -> None:
    _, project, root = district
    out = root / "tables"
    out.mkdir()
    read_sources(project, out, root / "cache")
    register = pq.read_table(out / "file_register.parquet").to_pylist()
    taken = {line["file"] for line in register if line["decision"] == "采用"}
    assert len(taken) >= 0.9 * len(register)
    paid = pq.read_table(out / "payment.parquet", columns=["town_id", "village_id"]).to_pylist()
    assert sum(row["village_id"] is not None for row in paid) >= 0.95 * len(paid)


def test_towns_and_unknown_subsidies_come_from_the_files(district: tuple[Project, Project, Path]) -> None:
    _, project, _ = district
    assert {town.name for town in project.towns} == {"清溪镇", "柳泉镇", "石桥镇", "龙湾镇"}
    assert project.townships.keys() == {"qingxi", "liuquan", "shiqiao", "longwan"}
    unknown = {item.name: item for item in project.items}["网格员工作补助"]
    assert (unknown.rate_check, unknown.stop_rule, unknown.hukou_required) == ("none", "next_month", False)
    known = {item.name: item for item in project.items}["农村居民低保金"]
    assert (known.register_name, known.level, known.freq) == ("dibao_rural", "P", "month")


def test_what_is_left_to_confirm_is_told(
    district: tuple[Project, Project, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(district[2])
    assert main(["sources", "yunxi"]) == 1
    assert "待确认:items.yml" in capsys.readouterr().out
    assert main(["sources", "lingang"]) == 0
