"""``ybt link``: two files of any kind, joined by person."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import xlwt
from openpyxl import Workbook

from audit_lib.cli import main
from audit_lib.identity.linking import link_files, link_tables
from audit_lib.sources.births import read_birth
from tests.identity.registers import make_id, replace_digit, swap_digits

WANG, LI = make_id("19450315", 123), make_id("19520708", 77)
LEFT = [
    ["姓名", "公民身份号码", "出生日期", "村"],
    ["王秀英", WANG, "1945-03-15", "大官庄村"],
    ["李大有", LI, "1952年7月8日", "小泉头村"],
    ["赵铁柱", make_id("19600101", 5), "1960.1.1", "大官庄村"],
]
RIGHT = [
    ["人员姓名", "身份证号码", "出生年月日", "家庭住址"],
    ["李大有", swap_digits(LI, 13), "19520708", "临港市柳河镇小泉头村12号"],
    ["王秀英", WANG, "", ""],
]


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as target:
        csv.writer(target).writerows(rows)
    return path


def write_xlsx(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def write_xls(path: Path, rows: list[list[str]]) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    book.save(str(path))
    return path


def rows_of(left: list[dict[str, str]], right: list[dict[str, str]]) -> dict[tuple[int, int], str]:
    """Links of two small tables: (left_row, right_row) → tier."""
    columns = ("name", "id_raw", "birth_on", "sex", "village", "household_no")

    def table(rows: list[dict[str, str]]) -> pa.Table:
        return pa.table({name: pa.array([r.get(name, "") for r in rows], pa.string()) for name in columns})

    found = link_tables(table(left), table(right)).to_pylist()
    return {(line["left_row"], line["right_row"]): line["tier"] for line in found}


def background(count: int = 300) -> list[dict[str, str]]:
    """Other people, so that what is common and what is rare can be seen."""
    names = [f"{f}{a}{b}" for f in "孙周吴郑冯陈褚卫" for a in "甲乙丙丁戊己" for b in "子丑寅卯辰巳午"]
    return [
        {"name": names[n % len(names)], "id_raw": make_id(f"19{30 + n % 60}0{1 + n % 9}{10 + n % 18}", n % 900 + 1),
         "village": f"{'上下前后'[n % 4]}河店村"}
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("write_left", "write_right"),
    [
        (lambda p, r: write_csv(p, r, "gb18030"), lambda p, r: write_csv(p, r, "utf-8-sig")),
        (lambda p, r: write_csv(p, r, "utf-16"), write_xlsx),
        (write_xlsx, write_xls),
    ],
)
def test_files_of_any_kind_are_joined_by_their_line_numbers(
    tmp_path: Path,
    write_left: Callable[[Path, list[list[str]]], Path],
    write_right: Callable[[Path, list[list[str]]], Path],
) -> None:
    left, right = write_left(tmp_path / "left.dat", LEFT), write_right(tmp_path / "right.dat", RIGHT)
    summary = link_files(left, right, tmp_path / "out.csv")
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfleft_row,right_row,probability,tier,reason")
    lines = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert [(line["left_row"], line["right_row"], line["tier"]) for line in lines] == [
        ("2", "3", "A"),
        ("3", "2", "B"),
    ]
    assert "第13位与第14位互换" in lines[1]["reason"]
    assert summary.pairs == {"A": 1, "B": 1, "C": 0}
    assert (summary.left_unmatched, summary.right_unmatched) == (1, 0)
    assert "身份证号←公民身份号码" in str(summary)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("镇,金额\n柳河镇,3\n", "没有找到姓名列,也没有找到身份证号列"),
        ("", "空文件"),
        ("%PDF-1.4 x", "PDF"),
    ],
)
def test_a_file_that_cannot_be_joined_is_refused_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    left = write_csv(tmp_path / "left.csv", LEFT)
    (tmp_path / "odd.csv").write_text(content, encoding="utf-8")
    assert main(["link", str(left), str(tmp_path / "odd.csv"), "--out", str(tmp_path / "out.csv")]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(("out", "words"), [("left.csv", "不会覆盖输入"), ("no/where.csv", "目录不存在")])
def test_the_result_never_replaces_an_input_or_vanishes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, words: str
) -> None:
    left, right = write_csv(tmp_path / "left.csv", LEFT), write_csv(tmp_path / "right.csv", RIGHT)
    before = left.read_bytes()
    assert main(["link", str(left), str(right), "--out", str(tmp_path / out)]) == 2
    assert words in capsys.readouterr().err
    assert left.read_bytes() == before


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = write_csv(tmp_path / "left.csv", LEFT)
    assert main(["link", str(left), str(tmp_path / "gone.csv"), "--out", str(tmp_path / "out.csv")]) == 2
    assert "没有这个文件" in capsys.readouterr().err


def test_two_valid_numbers_are_two_people_however_alike() -> None:
    one = {"name": "王秀英", "birth_on": "1945-03-15", "village": "大官庄", "household_no": "H1"}
    left = [one | {"id_raw": WANG}, *background()]
    right = [one | {"id_raw": make_id("19450315", 125)}, *background()]
    assert (2, 2) not in rows_of(left, right)


def test_a_twin_is_not_the_other_twin() -> None:
    home = {"birth_on": "1990-05-05", "village": "大官庄", "household_no": "H1", "sex": "男"}
    left = [home | {"name": "王大双", "id_raw": make_id("19900505", 11)}, *background()]
    right = [home | {"name": "王小双"}, *background()]
    assert rows_of(left, right).get((2, 2)) not in ("A", "B")


def test_namesakes_of_one_village_are_not_merged() -> None:
    left = [{"name": "王秀英", "id_raw": WANG, "village": "大官庄"}, *background()]
    left.append({"name": "王秀英", "id_raw": make_id("19600101", 9), "village": "大官庄"})
    right = [{"name": "王秀英", "village": "大官庄"}, *background()]
    assert {tier for (_, right_row), tier in rows_of(left, right).items() if right_row == 2} <= {"C"}


@pytest.mark.parametrize(
    "said",
    [
        {"id_raw": replace_digit(WANG, 12)},
        {"id_raw": WANG[:6] + "********" + WANG[-4:], "village": "大官庄村"},
        {"id_raw": WANG[:15] + "000", "village": "大官庄村"},
        {"birth_on": "1945-03-15", "village": "临港市柳河镇大官庄村8号"},
    ],
)
def test_a_spoilt_number_links_with_name_and_village(said: dict[str, str]) -> None:
    left = [{"name": "王秀英", "id_raw": WANG, "village": "大官庄村"}, *background()]
    assert rows_of(left, [{"name": "王秀英"} | said, *background()])[2, 2] == "B"


def test_the_order_of_rows_changes_nothing() -> None:
    left, right = background(200), background(150)
    for n in range(0, 150, 3):
        right[n] = right[n] | {"id_raw": ""}
    one = rows_of(left, right)
    other = rows_of(left[::-1], right[::-1])
    assert one == {(203 - a, 153 - b): tier for (a, b), tier in other.items()}
    assert one == rows_of(left, right)
    assert "A" in one.values()


def test_registers_without_numbers_are_joined_by_name_birth_and_village() -> None:
    people = [
        p | {"birth_on": f"{p['id_raw'][6:10]}-{p['id_raw'][10:12]}-{p['id_raw'][12:14]}", "id_raw": ""}
        for p in background()
    ]
    found = rows_of(people, people[:100])
    assert {pair for pair, tier in found.items() if tier == "B"} == {(n, n) for n in range(2, 102)}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"name": "王秀英"}],
        [{}] * 5,
        [
            {"name": "😀👨‍👩‍👧", "village": "🏠"},
            {"name": "محمد علي"},
            {"name": "长" * 300},
            {"id_raw": "9" * 300},
        ],
    ],
)
def test_odd_tables_give_a_result(rows: list[dict[str, str]]) -> None:
    assert "A" not in rows_of(rows, rows).values()
    assert "A" not in rows_of(rows, background(30)).values()


def test_a_crowd_of_one_name_in_one_village_does_not_blow_up() -> None:
    crowd = pa.table({"name": ["王伟"] * 100_000, "village": ["大官庄"] * 100_000})
    numbered = crowd.append_column(
        "birth_on", pa.array([f"19{n % 90 + 10}-01-{n % 28 + 1:02d}" for n in range(100_000)])
    )
    assert len(link_tables(crowd, crowd)) == 0
    assert "B" not in link_tables(crowd, numbered)["tier"].to_pylist()


@pytest.mark.parametrize(
    ("written", "read"),
    [("一九四五年三月十五日", "1945-03-15"), ("16511", "1945-03-15"), ("45.3.15", "1945-03-15"), 
     ("1945年3月", "1945-03"),
     ("03/15/1945", "1945-03-15"), ("03/04/1945", ""), ("1945", ""), ("不详", "")],
)  # fmt: skip
def test_birth_dates_are_read_in_any_form(written: str, read: str) -> None:
    assert read_birth(written) == read


@pytest.mark.parametrize(
    ("further", "tier"),
    [({}, "C"), ({"sex": "女"}, "C"), ({"birth_on": "1945-03-15"}, "B"), ({"household_no": "H77"}, "B")],
)
def test_a_rare_name_and_the_village_are_no_proof_without_one_thing_more(
    further: dict[str, str], tier: str
) -> None:
    said = {"name": "郦珺", "village": "大官庄村"}
    one = said | {"id_raw": WANG, "birth_on": "1945-03-15", "sex": "女", "household_no": "H77"}
    assert rows_of([one, *background()], [said | further, *background()]).get((2, 2)) == tier
