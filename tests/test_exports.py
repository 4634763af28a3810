"""Nothing we write for a spreadsheet is ever a live formula; every function that writes such a file is visited."""

from __future__ import annotations

import ast
import csv
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.exports import LIVE, free_name, inert, is_live, printable
from audit_lib.sources.quarantine import write_quarantine
from tests.sources.district import LI, WANG, District, column, payment

PACKAGE = Path(__file__).parent.parent / "audit_lib"
#: 41+1 would show as 42 wherever a cell is live
ATTACKS = [
    "=41+1", "+41+1", "-41+1", "@SUM(41,1)", "\t=41+1", "\r=41+1", "\n=41+1", "＝41+1", '=HYPERLINK("http://x","看")',
    "=cmd|'/C calc'!A0", "+cmd|'/C calc'!A0",
]  # fmt: skip
Written = dict[str, Path]


def test_live_text_is_known_by_its_first_character() -> None:
    assert all(map(is_live, ATTACKS)) and not any(map(is_live, ["王芳", "1-1", "", "（=1"]))
    assert [inert(cell) for cell in ("=1", "王芳", -80, None, 1.5)] == ["'=1", "王芳", -80, None, 1.5]


@given(st.text(max_size=50))
def test_no_text_is_live_once_inert(text: str) -> None:
    assert not is_live(inert(text)) and inert(inert(text)) == inert(text)
    assert inert(text).removeprefix("'") == text.removeprefix("'")


@given(st.text(max_size=300))
def test_a_file_name_stays_in_its_folder(source: str) -> None:
    name = free_name(Path("/x"), source, ".xlsx")
    assert name.parent == Path("/x") and name.name.endswith(".xlsx") and not name.name.startswith("..")
    assert "\x00" not in name.name and len(name.name) < 100


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def write_set_aside(district: District) -> Path:
    lines = [
        payment((f"{attack}", LI[1]), amount=attack).replace("\n", "").replace("\r", "") for attack in ATTACKS
    ]
    lines += [payment(amount='"=41+1"'), payment(amount=" =41+1")]
    district.put_payments(*[payment()] * 20, *lines, name="发放/=41+1.csv")
    district.read()
    (path,) = write_quarantine(district.root / "out", district.root / "set_aside")
    return path


def write_verification_list(district: District) -> Path:
    from audit_lib.ledger.list_sheet import Column, write_list

    path = district.root / "核查清单.xlsx"
    rows = pd.DataFrame({"statement": ATTACKS, "suspected_fen": 100})
    columns = [Column("statement", "疑点说明", 30), Column("suspected_fen", "疑点金额", 9, kind="fen"),
               Column("", "核实金额", 9, kind="amount")]  # fmt: skip
    write_list(path, "清单", {"疑点核查": rows}, columns)
    return path


def write_intake_register(district: District) -> Path:
    from audit_lib.intake.survey import FileProposal
    from audit_lib.intake.writing import write_register

    path = district.root / "文件登记.csv"
    files = [FileProposal(attack, Path("x"), "拒收", attack) for attack in ATTACKS]
    write_register(path, files)
    return path


def write_links(district: District) -> Path:
    from audit_lib.identity.link_output import write_links as write

    path = district.root / "links.csv"
    links = pa.table(
        {"left_row": range(2, 2 + len(ATTACKS)), "right_row": range(2, 2 + len(ATTACKS)),
         "probability": [0.5] * len(ATTACKS), "tier": ["C"] * len(ATTACKS), "reason": ATTACKS}
    )  # fmt: skip
    write(links, path)
    return path


def write_returned_rows(district: District) -> Path:
    from audit_lib.ledger.recording import write_returned

    path = district.root / "returned_rows.csv"
    write_returned(pd.DataFrame({"cell": ATTACKS, "row": range(len(ATTACKS))}), path)
    return path


def write_letter(district: District) -> Path:
    from audit_lib.quality.letters import write_letters

    district.put_payments(payment(), name="发放/好.csv")
    district.put("发放/=41+1.csv", "")
    district.read()
    (path,) = write_letters(district.project(), district.root / "out", district.root / "letters")
    return path


WRITERS: list[Callable[[District], Path]] = [
    write_set_aside, write_verification_list, write_intake_register, write_links, write_returned_rows, write_letter,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_no_cell_is_live_as_written(district: District, write: Callable[[District], Path]) -> None:
    path = write(district)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as content:
            cells = [cell for line in csv.reader(content) for cell in line]
        assert any("41+1" in cell for cell in cells) and not any(map(is_live, cells))
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            document = archive.read("word/document.xml").decode()
        assert "41+1" in document and "instrText" not in document and "fldSimple" not in document
        assert any("41+1" in p.text for p in Document(str(path)).paragraphs)
    else:
        with zipfile.ZipFile(path) as archive:
            sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
            assert not [n for n in archive.namelist() if "externalLink" in n]
        assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
        cells = [
            c for row in openpyxl.load_workbook(path).active.iter_rows() for c in row if c.value is not None
        ]
        live = [cell for cell in cells if isinstance(cell.value, str) and is_live(cell.value)]
        assert len(live) > 3 and all(cell.data_type == "s" and cell.quotePrefix for cell in live)
        assert not any(cell.hyperlink for cell in cells)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice (soffice) on this machine")
def test_libreoffice_shows_every_cell_as_it_was_typed(district: District) -> None:
    """Opened and saved as CSV, a live 41+1 would come out as 42."""
    written = [write(district) for write in WRITERS if write is not write_letter]
    out, home = district.root / "opened", district.root / "home"
    out.mkdir()
    for path in written:
        # 76: UTF-8; 2: every column of a CSV as a spreadsheet guesses it, formulas evaluated when it would
        import_filter = (
            []
            if path.suffix == ".xlsx"
            else ["--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,0,true"]
        )
        subprocess.run(
            ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", *import_filter, "--convert-to",
             "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", str(out), str(path)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        with (out / f"{path.stem}.csv").open(encoding="utf-8", newline="") as content:
            cells = [cell for line in csv.reader(content) for cell in line]
        assert any("41+1" in cell for cell in cells), path.name
        assert "42" not in cells and not any("#NAME" in cell or "Err:" in cell for cell in cells), path.name


def test_every_module_that_writes_for_spreadsheets_goes_through_the_one_door() -> None:
    """A module that makes a workbook, a CSV or a document imports the escape (the demo plays the departments)."""
    makers = ("xlsxwriter", "docx", "csv", "xlwt")
    without = []
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.relative_to(PACKAGE).parts[0] == "demo":
            continue
        names = {
            name.name.split(".")[0] for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for name in node.names
        } | {(node.module or "").split(".")[0] for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}  # fmt: skip
        writes = (
            "to_csv(" in text or "to_excel(" in text or "csv.writer(" in text or "csv.DictWriter(" in text
        )
        if (writes or names & {*makers} - {"csv"}) and "audit_lib.exports" not in text:
            without.append(path.relative_to(PACKAGE).as_posix())
    assert without == []


def test_what_a_workbook_cannot_hold_is_told() -> None:
    assert printable("a\x00b") == "a□b"
    assert len(printable("9" * 40_000)) <= 32_767 and printable("9" * 40_000).endswith("…(共40,000字)")


def test_a_list_sent_back_and_corrected_comes_in_through_the_same_door(district: District) -> None:
    """The department corrects what the workbook shows, in its own file, and delivers it again."""
    sound = [payment(WANG)] * 4
    district.put_payments(*sound, payment(LI, amount="叁佰"), payment(LI, month="某月"))
    assert len(district.read()["payment"]) == 4
    (path,) = write_quarantine(district.root / "out", district.root / "set_aside")
    shown = list(openpyxl.load_workbook(path).active.iter_rows(min_row=3, values_only=True))
    header, *rows = shown
    corrections = {("叁佰", "补贴金额"): "300", ("某月", "发放月份"): "2017-05"}
    lines = district.raw.joinpath("发放/清册.csv").read_text(encoding="utf-8").splitlines()
    for row in rows:
        found = dict(zip(header, row, strict=True))
        fields = {name: found[name] for name in lines[0].split(",")}
        for (wrong, name), right in corrections.items():
            if found["该单元格原文"] == wrong:
                fields[name] = right
        lines[int(found["行号"]) - 1] = ",".join(fields.values())
    district.put("发放/清册.csv", "\n".join(lines) + "\n")
    tables = district.read()
    assert tables["set_aside"] == []
    assert [(r["name"], r["amount_fen"], r["service_from"] % 12 + 1) for r in tables["payment"][4:]] == [
        ("李强", 30000, 3), ("李强", 31500, 5),
    ]  # fmt: skip
    write_quarantine(district.root / "out", district.root / "set_aside")
    assert list((district.root / "set_aside").iterdir()) == []


def test_the_workbook_itself_delivered_again_brings_its_rows_in(district: District) -> None:
    district.put_payments(*[payment(WANG)] * 4, payment(LI, amount="叁佰"))
    district.read()
    (path,) = write_quarantine(district.root / "out", district.root / "set_aside")
    book = openpyxl.load_workbook(path)
    page = book.active
    names = [cell.value for cell in page[3]]
    page.cell(4, names.index("补贴金额") + 1).value = "300"
    book.save(district.raw / "发放" / "清册_更正.xlsx")
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"] * 4 + ["李强"]
    assert tables["payment"][-1]["amount_fen"] == 30000
    assert LIVE and pq.read_metadata(district.root / "out" / "payment.parquet").num_rows == 5
