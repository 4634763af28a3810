"""Lists in zip archives and web pages called .xls."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from audit_lib.sources.archives import delivered_path
from tests.sources.district import LI, PAYMENT_HEADER, WANG, ZHAO, District, column, payment

CSV = f"{PAYMENT_HEADER}\n{payment()}\n"


def put_zip(district: District, name: str, members: dict[str, str], *, gbk: bool = False) -> Path:
    path = district.put(name, b"")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    if gbk:
        named = path.read_bytes()
        for member in members:
            asis = member.encode("utf-8")
            named = named.replace(asis, member.encode("gb18030").ljust(len(asis), b"_"))
        path.write_bytes(_without_utf8_flag(named))
    return path


def _without_utf8_flag(content: bytes) -> bytes:
    """Clear the flag in local and central headers, as Chinese Windows writes archives."""
    changed = bytearray(content)
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            changed[start + at + 1] &= ~8
    return bytes(changed)


def test_members_of_an_archive_are_files_of_their_own(district: District) -> None:
    put_zip(district, "发放/团林镇.zip", {"一季度/甲.csv": CSV, "乙.csv": CSV.replace("王芳", "李强")})
    tables = district.read()
    assert sorted(column(tables["payment"], "name")) == ["李强", "王芳"]
    assert [(r["file"], r["decision"]) for r in tables["file_register"]] == [
        ("发放/团林镇.zip", "不采用"), ("发放/团林镇.zip/一季度/甲.csv", "采用"), ("发放/团林镇.zip/乙.csv", "采用"),
    ]  # fmt: skip
    assert not (district.cache / "unpacked").exists()


def test_names_written_in_gbk_are_read(district: District) -> None:
    put_zip(district, "发放/a.zip", {"清册表.csv": CSV}, gbk=True)
    (member,) = [r["file"] for r in district.read()["file_register"] if r["decision"] == "采用"]
    assert member.startswith("发放/a.zip/清册表")


def test_a_member_that_leads_out_is_refused_and_written_nowhere(district: District) -> None:
    district.put_payments(payment())
    put_zip(
        district,
        "其他/a.zip",
        {"../../坏.csv": CSV, "/坏.csv": CSV, "C:\\坏.csv": CSV, "好.csv": "x,y\n1,2\n"},
    )
    before = {path for path in district.root.rglob("*") if path.is_file()}
    decisions = {r["file"]: (r["decision"], r["reason"]) for r in district.read()["file_register"]}
    refused = [
        name for name, (decision, why) in decisions.items() if decision == "拒收" and "指向包外" in why
    ]
    assert len(refused) == 3 and decisions["其他/a.zip/好.csv"][0] == "需要映射"
    written = {path for path in district.root.rglob("*") if path.is_file()} - before
    assert all(
        path.is_relative_to(district.cache) or path.is_relative_to(district.root / "out") for path in written
    )
    put_zip(district, "发放/a.zip", {"../坏.csv": CSV})
    assert ["指向包外" in row["reason"] for row in district.read()["refused_file"]] == [True]


def test_an_archive_in_an_archive_is_not_opened(district: District) -> None:
    district.put_payments(payment())
    inner = put_zip(district, "其他/内.zip", {"甲.csv": CSV})
    content = inner.read_bytes()
    inner.unlink()
    with zipfile.ZipFile(district.raw / "其他" / "外.zip", "w") as archive:
        archive.writestr("内.zip", content)
    decisions = {r["file"]: r["reason"] for r in district.read()["file_register"]}
    assert decisions["其他/外.zip/内.zip"] == "压缩包里还有压缩包,未读取"


def test_a_member_is_found_again_for_tracing(district: District) -> None:
    put_zip(district, "发放/a.zip", {"甲.csv": CSV})
    with delivered_path(district.raw, "发放/a.zip/甲.csv") as path:
        assert path.read_text(encoding="utf-8") == CSV
    with pytest.raises(FileNotFoundError), delivered_path(district.raw, "发放/a.zip/乙.csv"):
        pass


def html(*rows: tuple[str, ...]) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<html><meta charset="gb2312"><table><tr><td colspan="8">单位:元</td></tr>{lines}</table></html>'


def cells(line: str) -> tuple[str, ...]:
    return tuple(line.split(","))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_web_page_called_xls_is_read_with_its_rows(district: District, encoding: str) -> None:
    page = html(cells(PAYMENT_HEADER), cells(payment()), cells(payment(LI)))
    district.put("发放/清册.xls", page, encoding)
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳", "李强"]
    assert column(tables["payment"], "payment_row") == [10_000_003, 10_000_004]
    assert column(tables["file_register"], "format") == ["html"]


def test_a_mime_archive_is_read(district: District) -> None:
    page = html(cells(PAYMENT_HEADER), cells(payment(ZHAO)))
    mime = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
        "--b\nContent-Type: text/html\nContent-Transfer-Encoding: 8bit\n\n" + page + "\n--b--\n"
    )
    district.put("发放/清册.xls", mime, "gb18030")
    assert column(district.read()["payment"], "name") == ["赵敏"]


def test_excel_2003_xml_is_read_sheet_by_sheet(district: District) -> None:
    def row(line: str, index: int) -> str:
        inside = "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in line.split(","))
        return f'<Row ss:Index="{index}">{inside}</Row>'

    sheets = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{row(PAYMENT_HEADER, 2)}{row(payment(who), 5)}</Table></Worksheet>'
        for name, who in (("甲", WANG), ("乙", LI))
    )
    district.put("发放/清册.xls", f'<?xml version="1.0"?><Workbook>{sheets}</Workbook>')
    tables = district.read()
    assert column(tables["sheet"], "sheet") == ["甲", "乙"]
    assert column(tables["payment"], "payment_row") == [10_000_005, 20_000_005]
