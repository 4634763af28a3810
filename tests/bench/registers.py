"""Two registers of invented people with the truth about them, for measuring ``ybt link``.

A district of families is drawn: 60 villages, each mostly of a few surnames, households of one to six,
common and rare given names, so that namesakes in one village occur as they do in life; one household in
eighty has twins, whose numbers and names differ in one character. The left register has everybody it has;
the right one has a share of them and a tenth of strangers who are nowhere on the left (a third of
those are namesakes of somebody on the left, in the same village).

Each row on either side is spoilt on its own, by the shares of a ``Level``: numbers missing, masked
(6 + 8 stars + 4), cut by a spreadsheet (last three digits 000), one digit wrong, two neighbours exchanged; names with
a homophone, a look-alike, a character missing or unreadable; birth dates missing or with a slip, in several written
forms; villages missing, or (right side) inside an address; household numbers missing.

    python -m tests.bench.registers FOLDER --level hard --left 20000 --right 10000 --seed 1
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from audit_lib import idnum

SURNAMES = list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
GIVEN = list(
    "英兰秀芳玉桂明华国建军伟强平丽红霞梅春生福贵海龙云飞文武成林荣光庆祥永胜凤莲香淑珍喜来晴晖玮琳婷捐洁涛波峰"
)
HOMOPHONES = {
    "英": "瑛", "兰": "岚", "秀": "绣", "芳": "方", "玉": "钰", "桂": "贵",
    "明": "鸣", "华": "桦", "国": "果", "建": "健",
    "军": "君", "伟": "维", "强": "蔷", "平": "萍", "丽": "莉", "红": "虹", "霞": "侠",
    "梅": "枚", "春": "椿", "生": "升",
    "福": "富", "海": "亥", "龙": "隆", "云": "芸", "飞": "菲",
    "文": "雯", "武": "舞", "成": "诚", "林": "琳", "荣": "蓉",
    "光": "广", "庆": "磬", "祥": "翔", "永": "咏", "胜": "圣",
    "凤": "奉", "莲": "连", "香": "乡", "淑": "书", "珍": "真",
}  # fmt: skip
GLYPHS = {
    "英": "莹", "玉": "王", "明": "朋", "华": "花", "国": "囯", "建": "健",
    "军": "车", "伟": "玮", "平": "乎", "梅": "海",
    "海": "侮", "云": "去", "武": "斌", "林": "琳", "荣": "菜", "祥": "详", "莲": "连", "珍": "玲",
    "晴": "睛", "晖": "辉",
    "琳": "林", "婷": "停", "洁": "沽", "涛": "淘", "波": "坡", "峰": "锋", "秀": "季", "桂": "柱",
    "生": "主", "来": "未",
}  # fmt: skip
VILLAGE_STEMS = [
    a + b for a in "大小东西南北上下前后" for b in ("官庄", "店子", "泉头", "石沟", "柳树", "河东")
]
TOWNS = ["柳河镇", "石桥镇", "青山乡", "双泉街道"]


@dataclass(frozen=True)
class Level:
    """Shares of rows spoilt in each way."""

    no_number: float
    masked: float
    cut: float
    digit: float
    swapped: float
    homophone: float
    glyph: float
    short: float
    unreadable: float
    no_birth: float
    birth_slip: float
    no_village: float
    in_address: float
    no_household: float


LEVELS = {
    "moderate": Level(0.05, 0.03, 0.02, 0.04, 0.02, 0.02, 0.015, 0.01, 0.005, 0.10, 0.01, 0.05, 0.30, 0.30),
    "hard": Level(0.14, 0.12, 0.06, 0.08, 0.04, 0.06, 0.05, 0.03, 0.02, 0.30, 0.03, 0.15, 0.60, 0.50),
}


def make_registers(level: Level, left: int, right: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw both registers; the column ``person`` is the truth (who a row is about)."""
    chance = np.random.default_rng(seed)
    people = _people(chance, left + max(1, right // 10))
    order = chance.permutation(len(people))
    on_left, outside = people.iloc[order[:left]], people.iloc[order[left:]]
    outside = _namesakes(chance, outside, on_left)
    shared = on_left.iloc[chance.choice(left, size=min(left, right - len(outside)), replace=False)]
    right_people = pd.concat([shared, outside]).iloc[chance.permutation(len(shared) + len(outside))]
    return _write(chance, on_left, level, False), _write(chance, right_people, level, True)


def true_pairs(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Lines of the files (header is line 1) that are about one person."""
    one = pd.DataFrame({"person": left["person"].to_numpy(), "left_row": np.arange(len(left)) + 2})
    other = pd.DataFrame({"person": right["person"].to_numpy(), "right_row": np.arange(len(right)) + 2})
    return one.merge(other, on="person")[["left_row", "right_row"]]


def _people(chance: np.random.Generator, count: int) -> pd.DataFrame:
    villages = min(len(VILLAGE_STEMS), max(3, count // 350))
    local = [chance.choice(len(SURNAMES), 5, replace=False) for _ in range(villages)]
    # some given names are everybody's, most are rare
    weight = 1 / np.arange(1, len(GIVEN) + 1) ** 0.7
    weight /= weight.sum()
    rows: list[tuple[str, str, str, int, str]] = []
    used: dict[str, int] = {}
    household = 0

    def add(surname: str, given: str, born: pd.Timestamp, village: int) -> None:
        body = ("371327", "372824")[int(chance.random() < 0.1)] + born.strftime("%Y%m%d")
        sequence = used.get(body, int(chance.integers(1, 400))) + 1
        used[body] = sequence
        body += f"{sequence:03d}"
        number = body + idnum.check_character(body)
        rows.append((surname + given, number, str(born.date()), village, f"H{household:06d}"))

    while len(rows) < count:
        household += 1
        village = int(chance.integers(villages))
        surname = SURNAMES[local[village][int(chance.integers(5))]] if chance.random() < 0.8 else (
            SURNAMES[int(chance.integers(len(SURNAMES)))]
        )  # fmt: skip
        for _ in range(int(chance.integers(1, 7))):
            born = pd.Timestamp("1932-01-01") + pd.Timedelta(days=int(chance.integers(0, 30_000)))
            parts = chance.choice(len(GIVEN), size=1 if chance.random() < 0.2 else 2, p=weight)
            own = surname if chance.random() < 0.7 else SURNAMES[int(chance.integers(len(SURNAMES)))]
            add(own, "".join(GIVEN[p] for p in parts), born, village)
        if chance.random() < 1 / 80:
            born = pd.Timestamp("1990-01-01") + pd.Timedelta(days=int(chance.integers(0, 8_000)))
            first = GIVEN[int(chance.integers(len(GIVEN)))]
            for second in chance.choice(len(GIVEN), size=2, replace=False):
                add(surname, first + GIVEN[second], born, village)
    people = pd.DataFrame(rows[:count], columns=["name", "number", "birth", "village", "household"])
    return people.assign(person=np.arange(count))


def _namesakes(chance: np.random.Generator, outside: pd.DataFrame, on_left: pd.DataFrame) -> pd.DataFrame:
    models = on_left.iloc[chance.choice(len(on_left), size=len(outside), replace=len(outside) > len(on_left))]
    alike = chance.random(len(outside)) < 1 / 3
    return outside.assign(
        name=np.where(alike, models["name"], outside["name"]),
        village=np.where(alike, models["village"], outside["village"]),
    )


def _write(chance: np.random.Generator, people: pd.DataFrame, level: Level, is_right: bool) -> pd.DataFrame:
    lines = [_line(chance, row, level, is_right) for row in people.itertuples(index=False)]
    place = "住址" if is_right else "村"
    columns = ["姓名", "身份证号" if is_right else "公民身份号码", "性别", "出生日期", place, "户号"]
    return pd.DataFrame(lines, columns=columns).assign(person=people["person"].to_numpy())


def _line(chance: np.random.Generator, row: tuple, level: Level, is_right: bool) -> tuple[str, ...]:  # type: ignore[type-arg]
    number = _number(chance, row.number, level)
    name = _name(chance, row.name, level)
    birth = "" if chance.random() < level.no_birth else _birth(chance, row.birth, level)
    sex = idnum.sex(row.number) if chance.random() < 0.9 else ""
    village = f"{VILLAGE_STEMS[row.village]}村"
    town = TOWNS[row.village % len(TOWNS)]
    if chance.random() < level.no_village:
        village = ""
    elif is_right and chance.random() < level.in_address:
        village = f"山东省临港市{town}{village}{int(chance.integers(1, 400))}号"
    household = "" if chance.random() < level.no_household else row.household
    return name, number, sex, birth, village, household


def _number(chance: np.random.Generator, number: str, level: Level) -> str:
    kind = chance.random()
    place = int(chance.integers(6, 17))
    for share, spoil in _SPOILT:
        kind -= getattr(level, share)
        if kind < 0:
            return spoil(number, place)
    return number


def _digit(number: str, place: int) -> str:
    return number[:place] + str((int(number[place]) + 1 + place % 8) % 10) + number[place + 1 :]


def _swap(number: str, place: int) -> str:
    at = next((p for p in (*range(place, 16), *range(6, 16)) if number[p] != number[p + 1]), 6)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


_SPOILT: tuple[tuple[str, Callable[[str, int], str]], ...] = (
    ("no_number", lambda number, place: ""),
    ("masked", lambda number, place: number[:6] + "*" * 8 + number[-4:]),
    ("cut", lambda number, place: number[:15] + "000"),
    ("digit", _digit),
    ("swapped", _swap),
)


def _name(chance: np.random.Generator, name: str, level: Level) -> str:
    kind, at = chance.random(), int(chance.integers(1, len(name)))
    for share, change in (
        (level.homophone, HOMOPHONES.get(name[at], "")),
        (level.glyph, GLYPHS.get(name[at], "")),
        (level.unreadable, "□"),
    ):
        kind -= share
        if kind < 0:
            return name[:at] + (change or name[at]) + name[at + 1 :]
    if kind < level.short and len(name) > 2:
        return name[:at] + name[at + 1 :]
    return name


def _birth(chance: np.random.Generator, birth: str, level: Level) -> str:
    year, month, day = birth.split("-")
    if chance.random() < level.birth_slip:
        day = f"{int(day) % 28 + 1:02d}"
    form = int(chance.integers(5))
    return (
        f"{year}-{month}-{day}", f"{year}{month}{day}", f"{year}.{int(month)}.{int(day)}",
        f"{year}年{int(month)}月{int(day)}日", f"{year}/{int(month)}/{int(day)}",
    )[form]  # fmt: skip


def save(register: pd.DataFrame, path: Path) -> None:
    """The register as a department would deliver it: without the truth."""
    register.drop(columns="person").to_csv(path, index=False, encoding="utf-8-sig")


def main() -> None:
    """Write left.csv, right.csv and truth.csv into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--level", choices=list(LEVELS), default="moderate")
    parser.add_argument("--left", type=int, default=20_000)
    parser.add_argument("--right", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    left, right = make_registers(LEVELS[options.level], options.left, options.right, options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    save(left, options.folder / "left.csv")
    save(right, options.folder / "right.csv")
    true_pairs(left, right).to_csv(options.folder / "truth.csv", index=False)


if __name__ == "__main__":
    main()
