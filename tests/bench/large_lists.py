"""Two payment lists larger than most departments send, the same bytes every time.

    python -m tests.bench.large_lists FOLDER [--xlsx-rows 300000] [--csv-rows 2000000]

Invented people of an invented district's towns: identity numbers nearly all different, accounts one per
person, amounts of a few dozen rates times areas, one row in two hundred with the slips of real lists. The workbook
has 20 columns, shared strings and real numbers as a spreadsheet program writes them; the text file has 16 columns
in GB18030.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from openpyxl import Workbook

from audit_lib import idnum

SURNAMES = list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
GIVEN = list("英兰秀芳玉桂明华国建军伟强平丽红霞梅春生福贵海龙云飞文武成林荣光")
TOWNS = {
    "团林镇": ("草岭社区", "大山前村"),
    "坪上镇": ("大铁牛庙村", "坪上村"),
    "壮岗镇": ("陡沟村", "壮岗村"),
}
ITEMS = ("农村低保", "城市低保", "高龄补贴", "残疾人生活补贴", "耕地地力保护补贴")
BANKS = ("农村商业银行团林支行", "农业银行临港支行", "邮政储蓄银行坪上支行")
CSV_HEADER = "序号,乡镇,行政村,姓名,身份证号,户号,补贴项目,发放月份,数量,补贴标准,补贴金额,开户银行,银行账号,发放日期,发放状态,流水号"
XLSX_HEADER = (*CSV_HEADER.split(","), "户名", "批次号", "联系电话", "备注")
_BLOCK = 50_000
Numbers = npt.NDArray[np.int64]


def make_people(chance: np.random.Generator, count: int) -> list[tuple[str, str, str, str]]:
    """Town, village, name and identity number of each person."""
    places = [(town, village) for town, villages in TOWNS.items() for village in villages]
    draws = chance.integers(0, 1 << 30, size=(count, 6))
    people = []
    for a, b, c, d, e, f in draws.tolist():
        body = (
            f"{'371327' if a % 10 else '372824'}{1930 + a % 80}{1 + b % 12:02d}{1 + c % 28:02d}{d % 999:03d}"
        )
        name = SURNAMES[e % len(SURNAMES)] + GIVEN[f % len(GIVEN)] + (GIVEN[b % len(GIVEN)] if a % 3 else "")
        people.append((*places[c % len(places)], name, body + idnum.check_character(body)))
    return people


def make_rows(rows: int, seed: int) -> Iterator[tuple[str | int | float, ...]]:
    """Rows in the order of ``XLSX_HEADER``; amounts, quantities and the running number are numbers."""
    chance = np.random.default_rng(seed)
    people = make_people(chance, max(rows // 8, 1))
    for start in range(0, rows, _BLOCK):
        draws: Numbers = chance.integers(0, 1 << 30, size=(min(_BLOCK, rows - start), 5))
        for number, (a, b, c, d, e) in enumerate(draws.tolist(), start=start + 1):
            who = a % len(people)
            town, village, name, id_no = people[who]
            slip = e % 200
            written = name[0] + " " + name[1:] if slip == 1 else name
            id_written = id_no.lower() if slip == 2 else id_no[:-1] if slip == 3 else id_no
            month, quantity = b % 24, 1 + c % 60 / 4
            rate = (125.0, 98.5, 315.0, 80.0, 110.25)[d % 5]
            year, of_year = 2017 + month // 12, month % 12 + 1
            paid = f"{year}-{of_year:02d}-{10 + d % 18}"
            yield (
                number, town, village, written, id_written, f"{100000 + who // 3}", ITEMS[d % 5],
                f"{year}-{of_year:02d}", quantity, rate, round(rate * quantity, 2), BANKS[who % 3],
                f"62284{800_000_000_000 + who * 7919:014d}", paid, "失败" if slip == 4 else "成功",
                f"LS{year}{number:09d}", name, f"{year}{of_year:02d}-{d % 5 + 1}",
                f"139{10_000_000 + who * 37 % 89_999_999:08d}", "" if e % 7 else f"{of_year}月发放",
            )  # fmt: skip


def write_xlsx(path: Path, rows: int) -> None:
    """A title, a header, the rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("发放明细")
    sheet.append(["临港区惠民补贴发放明细表"])
    sheet.append(XLSX_HEADER)
    for row in make_rows(rows, seed=300):
        sheet.append(row)
    book.save(path)


def write_csv(path: Path, rows: int) -> None:
    """A header and the rows, GB18030, Windows line ends."""
    width = len(CSV_HEADER.split(","))
    with path.open("w", encoding="gb18030", newline="") as out:
        out.write(CSV_HEADER + "\r\n")
        for row in make_rows(rows, seed=2_000):
            out.write(",".join(map(str, row[:width])) + "\r\n")


def main() -> None:
    """Write both lists, unless they are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--xlsx-rows", type=int, default=300_000)
    parser.add_argument("--csv-rows", type=int, default=2_000_000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    write_csv(options.folder / "payments.csv", options.csv_rows)
    write_xlsx(options.folder / "payments.xlsx", options.xlsx_rows)


if __name__ == "__main__":
    main()
