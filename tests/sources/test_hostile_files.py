"""Files built to break the reader: each is told by name, the others are read, nothing is written elsewhere."""

from __future__ import annotations

import io
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from audit_lib.errors import SourceError
from audit_lib.sources import guards
from audit_lib.sources.files import open_file
from tests.sources.district import LI, PAYMENT_HEADER, WANG, District, column, payment, refused

HEADER = ["姓名", "身份证号", "乡镇", "行政村", "补贴项目", "发放月份", "补贴金额"]
LINE = [*WANG, "团林镇", "草岭社区", "农村低保", "2017-03", 315]


def register(district: District) -> dict[str, tuple[str, str]]:
    return {row["file"]: (row["decision"], row["reason"]) for row in district.read()["file_register"]}


def refusal(district: District) -> str:
    with pytest.raises(SourceError) as fault:
        district.read()
    assert "处理:" in str(fault.value)
    return str(fault.value)


def swap_sheet(path: Path, sheet: bytes) -> None:
    """Give a workbook another first sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def sheet_with(*cells: str) -> bytes:
    rows = "".join(f'<row><c r="{cell}" t="str"><v>x</v></c></row>' for cell in cells)
    opening = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{opening}{rows}</sheetData></worksheet>".encode()


def test_a_workbook_that_swells_is_not_opened(district: District) -> None:
    path = district.put_workbook("发放/炸弹.xlsx", {"一": [HEADER]})
    swap_sheet(path, b" " * (120 << 20))
    message = refusal(district)
    assert "压缩炸弹" in message and "发放/炸弹.xlsx" in message and "120 MB" in message


def test_a_directory_that_lies_about_sizes_is_found_out(district: District) -> None:
    path = district.put_workbook("发放/炸弹.xlsx", {"一": [HEADER]})
    swap_sheet(path, b" " * (8 << 20))
    lying = path.read_bytes().replace((8 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(lying)
    assert "目录所记大小不实" in refusal(district)


@pytest.mark.parametrize("cells", [("A1", "XFD1048576"), ("A1", "ZZZZ1"), ("A1", "AZ1048576", "B2")])
def test_a_sheet_that_spans_a_world_is_not_opened(district: District, cells: tuple[str, ...]) -> None:
    path = district.put_workbook("发放/宽.xlsx", {"一": [HEADER]})
    swap_sheet(path, sheet_with(*cells))
    message = refusal(district)
    assert "工作表范围异常" in message and "发放/宽.xlsx:sheet1.xml" in message


def test_a_long_ordinary_sheet_is_no_suspect(tmp_path: Path) -> None:
    path = tmp_path / "长.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet_with("A1", "Z1048576", "AR300000"))
    guards.check_archive(path, "长.xlsx")


def test_a_text_file_of_a_million_columns(district: District) -> None:
    district.put("发放/宽.csv", ",".join([PAYMENT_HEADER, *["x"] * 1_000_000]) + "\n" + payment() + "\n")
    message = refusal(district)
    assert "工作表范围异常(到第1,000,008列" in message and "发放/宽.csv" in message


def test_a_cell_of_ten_megabytes_stays_a_cell(district: District) -> None:
    district.put_payments(payment(), payment(LI, amount="9" * (10 << 20)))
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"]
    assert [(len(row["cell"]), row["reason"]) for row in tables["set_aside"]] == [(10 << 20, "金额无法识别")]


def test_an_unclosed_quote_and_a_nul_cost_their_own_lines_only(district: District) -> None:
    broken = payment().replace("草岭社区", '"草岭社区')
    district.put_payments(payment(), broken, payment(LI), payment().replace("王芳", "王\0芳"))
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳", "李强"]
    assert [(row["origin"] % 10_000_000, row["reason"]) for row in tables["set_aside"]] == [
        (3, "引号未闭合"), (5, "该行含空字符(NUL)"),
    ]  # fmt: skip


def test_hostile_files_nobody_asked_for_are_refused_and_the_others_are_read(district: District) -> None:
    district.put_payments(payment())
    path = district.put_workbook("其他/坏.xlsx", {"一": [HEADER]})
    path.write_bytes(path.read_bytes()[:300])
    password = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    district.put("其他/密.xlsx", password)
    district.put("其他/空.csv", "")
    decisions = register(district)
    assert decisions["发放/清册.csv"] == ("采用", "")
    assert decisions["其他/坏.xlsx"] == ("拒收", "不是可读的表格:已损坏或不完整")
    assert decisions["其他/密.xlsx"] == ("拒收", "不是可读的表格:有密码保护的工作簿")
    assert decisions["其他/空.csv"] == ("拒收", "不是可读的表格:空文件")


def test_formulas_without_results_are_told_as_such(district: District) -> None:
    path = district.put_workbook("发放/公式.xlsx", {"一": [HEADER, LINE]})
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    swap_sheet(path, sheet.replace(b"<v>315</v>", b"<f>300+15</f>"))
    message = refusal(district)
    assert "公式" in message and "发放/公式.xlsx" in message and "重新计算" in message


def test_a_blank_sheet_is_no_fault_beside_a_list_but_a_blank_file_is(district: District) -> None:
    district.put_workbook("发放/清册.xlsx", {"空": [[" "], [None, "\t"]], "一": [HEADER, LINE]})
    assert column(district.read()["payment"], "name") == ["王芳"]
    district.put_workbook("发放/空.xlsx", {"空": [[" "]]})
    assert refused(district.read()) == {"发放/空.xlsx": "文件中没有可读的工作表或内容"}


def test_links_out_of_the_folder_are_not_followed(district: District, tmp_path: Path) -> None:
    district.put_payments(payment())
    outside = tmp_path / "秘密.csv"
    outside.write_text(f"{PAYMENT_HEADER}\n{payment(LI)}\n", encoding="utf-8")
    (district.raw / "其他").mkdir()
    (district.raw / "其他" / "链接.csv").symlink_to(outside)
    (district.raw / "其他" / "断.csv").symlink_to(tmp_path / "没有")
    (district.raw / "其他" / "夹").symlink_to(tmp_path, target_is_directory=True)
    decisions = register(district)
    assert {name: decisions[f"其他/{name}"][0] for name in ("链接.csv", "断.csv", "夹")} == {
        "链接.csv": "拒收", "断.csv": "拒收", "夹": "拒收",
    }  # fmt: skip
    assert not any(name.startswith("其他/夹/") for name in decisions)
    (district.raw / "发放" / "链接.csv").symlink_to(outside)
    assert refused(district.read()) == {"发放/链接.csv": "链接指向报送文件夹之外,未读取"}


def test_macros_are_not_run_and_told(district: District) -> None:
    path = district.put_workbook("发放/宏.xlsx", {"一": [HEADER, LINE]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert register(district)["发放/宏.xlsx"] == ("采用", "工作簿含宏:只读取单元格的值,宏没有运行")


CONTAINED = """
from pathlib import Path
from audit_lib.sources import guards
from audit_lib.sources.files import open_file
guards.contain()
for sheet in open_file(Path({path!r}), "x").sheets():
    sheet.head()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are Linux's")
def test_what_swells_in_a_limited_process_ends_it_below_two_gibibytes(district: District) -> None:
    path = district.put_workbook("发放/宽.xlsx", {"一": [HEADER]})
    swap_sheet(path, sheet_with("A1", "XFD1048576"))
    ended = subprocess.run([sys.executable, "-c", CONTAINED.format(path=str(path))], capture_output=True)
    assert ended.returncode != 0
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2 << 20


def test_the_file_that_ends_a_worker_is_named_and_the_others_are_read(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit_lib.sources import reading

    path = district.put_workbook("发放/宽.xlsx", {"一": [HEADER]})
    swap_sheet(path, sheet_with("A1", "XFD1048576"))
    district.put_payments(payment())
    monkeypatch.setattr(reading, "_WORTH_PROCESSES", 0)
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"]
    assert list(refused(tables)) == ["发放/宽.xlsx"]
    assert "读取需要的内存超过 2 GB" in refused(tables)["发放/宽.xlsx"]


def test_an_old_workbook_cut_anywhere_is_a_fault_of_ours_to_tell(tmp_path: Path) -> None:
    import xlwt

    book, content = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("一")
    for row in range(40):
        page.write(row, 0, f"王芳{row}")
    book.save(content)
    path = tmp_path / "x.xls"
    for keep in range(9, len(content.getvalue()), 211):
        path.write_bytes(content.getvalue()[:keep])
        try:
            for sheet in open_file(path, "x.xls").sheets():
                sheet.head()
        except SourceError:
            continue


def put_bomb(district: District) -> None:
    swap_sheet(district.put_workbook("发放/坏.xlsx", {"一": [HEADER]}), b" " * (120 << 20))


def put_zipped_bomb(district: District) -> None:
    path = district.raw / "发放" / "坏.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("清册.csv", b"0" * (120 << 20))


def put_world(district: District) -> None:
    swap_sheet(district.put_workbook("发放/坏.xlsx", {"一": [HEADER]}), sheet_with("A1", "BDWGN1"))


def put_wide_text(district: District) -> None:
    district.put("发放/坏.csv", ",".join([PAYMENT_HEADER, *["x"] * 1_000_000]) + "\n" + payment() + "\n")


def put_truncated(district: District) -> None:
    path = district.put_workbook("发放/坏.xlsx", {"一": [HEADER, LINE]})
    path.write_bytes(path.read_bytes()[:-900])


def put_password(district: District) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    district.put("发放/坏.xlsx", locked)


def put_old_password(district: District) -> None:
    """An .xls whose stream begins like a workbook's and goes on encrypted (FILEPASS)."""
    import xlwt

    book, content = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("一").write(0, 0, "姓名")
    book.save(content)
    written = bytearray(content.getvalue())
    at = written.index(b"\x09\x08\x10\x00") + 20
    written[at : at + 10] = b"\x2f\x00\x06\x00\x01\x00\x01\x00\x01\x00"
    district.put("发放/坏.xls", bytes(written))


def put_bare_formulas(district: District) -> None:
    path = district.put_workbook("发放/坏.xlsx", {"一": [HEADER, LINE]})
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    swap_sheet(path, sheet.replace(b"<v>315</v>", b"<f>300+15</f>"))


def put_blank(district: District) -> None:
    district.put_workbook("发放/坏.xlsx", {"空": [[" "], [None, "\t"]], "也空": []})


def put_entities(district: District) -> None:
    """Ten levels of ten: a billion laughs."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&l10;</Data></Cell>'
        "</Row></Table></Worksheet></Workbook>"
    )
    district.put("发放/坏.xls", sheet)


def put_zip_slip(district: District) -> None:
    with zipfile.ZipFile(district.raw / "发放" / "坏.zip", "w") as archive:
        archive.writestr("../../../../坏.csv", f"{PAYMENT_HEADER}\n{payment(LI)}\n")


def put_cut_numbers(district: District) -> None:
    district.put_payments(
        payment(("李强", "371327196002290000")), payment(("李强", "3.71327E+17")), name="发放/坏.csv"
    )


HOSTILE = {
    put_bomb: "压缩炸弹", put_zipped_bomb: "压缩炸弹", put_world: "工作表范围异常", put_wide_text: "工作表范围异常",
    put_truncated: "工作簿无法打开", put_password: "有密码保护", put_old_password: "有密码", put_bare_formulas: "公式没有计算结果",
    put_blank: "没有可读的工作表或内容", put_entities: "没有找到“发放明细”的表头", put_zip_slip: "路径指向包外", put_cut_numbers: "被表格软件截断",
}  # fmt: skip


@pytest.mark.parametrize("put", HOSTILE, ids=lambda put: put.__name__.removeprefix("put_"))
def test_one_hostile_file_among_good_ones_is_refused_alone(
    district: District, put: Callable[[District], None]
) -> None:
    district.put_payments(payment(), name="发放/好.csv")
    district.put_workbook("发放/也好.xlsx", {"一": [HEADER, LINE]})
    put(district)
    before = {path for path in district.root.rglob("*")}
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳", "王芳"]
    ((name, reason),) = refused(tables).items()
    assert name.startswith("发放/坏") and HOSTILE[put] in reason
    assert re.search("[一-龥]", reason) and "Traceback" not in reason
    assert all(row["remedy"] for row in tables["refused_file"])
    assert {r["file"]: r["decision"] for r in tables["file_register"]}[name] == "拒收"
    new = {path for path in district.root.rglob("*")} - before
    assert all(
        path.is_relative_to(district.cache) or path.is_relative_to(district.root / "out") for path in new
    )
    assert not list(district.root.parent.glob("坏*"))


def test_an_old_workbook_with_macros_is_read_and_its_macros_told(district: District) -> None:
    import xlwt

    book, content = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("一")
    for row, cells in enumerate((HEADER, LINE)):
        for at, cell in enumerate(cells):
            page.write(row, at, cell)
    book.save(content)
    # the storage that holds macros, by its name in the directory of the compound file
    district.put("发放/宏.xls", content.getvalue() + "_VBA_PROJECT_CUR".encode("utf-16-le").ljust(512, b"\0"))
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"] and refused(tables) == {}
    assert register(district)["发放/宏.xls"][1].startswith("工作簿含宏")


SEVERAL = """
import sys
from pathlib import Path
from audit_lib.params import load_project
from audit_lib.sources.delivery import read_sources
root = Path({root!r})
out = root / "out"
out.mkdir()
read_sources(load_project(root / "params" / "lingang"), out, root / "cache")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux counts it")
def test_all_of_them_together_stay_below_two_gibibytes(district: District) -> None:
    district.put_payments(payment(), name="发放/好.csv")
    for put in HOSTILE:
        put(district)
        (bad,) = district.raw.glob("发放/坏.*")
        bad.rename(bad.with_stem(f"坏_{put.__name__}"))
    district.put_payments(payment(LI, amount="9" * (10 << 20)), payment(LI), name="发放/大格.csv")
    code = f"import resource, subprocess, sys\nrun = subprocess.run([sys.executable, '-c', {SEVERAL.format(root=str(district.root))!r}])\n" \
           "print(run.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"  # fmt: skip
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    status, peak = map(int, ended.stdout.split())
    assert (status, ended.stderr) == (0, "")
    assert peak < 2 << 20
    assert len(pq.read_table(district.root / "out" / "refused_file.parquet")) == len(HOSTILE)
    assert sorted(pq.read_table(district.root / "out" / "payment.parquet")["name"].to_pylist()) == [
        "李强",
        "王芳",
    ]
