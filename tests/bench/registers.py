"""Two registers of invented people with the truth about them, for measuring ``ybt link``.

A district of families is drawn: villages of about 600, each mostly of five surnames, households of one to six,
common and rare given names, so that namesakes in one village occur as they do in life; one household in
eighty has twins, whose numbers and names differ in one character. The left register has everybody it has;
the right one has a share of them and a tenth of strangers who are nowhere on the left (a third of
those are namesakes of somebody on the left, in the same village).

Each row on either side is spoilt on its own, by the shares of a ``Level``: numbers missing, masked
(6 + 8 stars + 4), cut by a spreadsheet (last three digits 000, or 3.71327E+17), one digit wrong, two neighbours
exchanged, of 15 digits, with blanks or in full width; names with a homophone, a look-alike, a character missing or
unreadable, former ones (the left register knows some), with a blank or a star; birth dates missing or with a slip,
in several written forms; villages missing, or (right side) inside an address; household numbers missing.

    python -m tests.bench.registers FOLDER --level hard --left 20000 --right 10000 --seed 1
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from audit_lib import idnum

SURNAMES = list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
GIVEN = list(
    "英兰秀芳玉桂明华国建军伟强平丽红霞梅春生福贵海龙云飞文武成林荣光庆祥永胜凤莲香淑珍喜来晴晖玮琳婷捐洁涛波峰"
    "美娟艳敏静燕萍菊慧娜刚勇杰磊鹏辉斌超亮宏志德义忠孝良才善友安康宝银金铁山河江树森木春冬秋夏兴旺发财顺利达通"
    "佳怡欣雨梓涵浩宇轩博睿思琪雅诗梦瑶俊豪泽凯"
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
_STEMS = ("官庄", "店子", "泉头", "石沟", "柳树", "河东")
_FAMILY_STEMS = ("庄", "沟", "岭", "洼", "峪", "坡", "埠", "屯")
_OF_FAMILIES = [f"{f}家{s}" for s in _FAMILY_STEMS for f in SURNAMES]
VILLAGES = [a + b for a in "大小东西南北上下前后" for b in _STEMS]
VILLAGES += _OF_FAMILIES + [a + name for a in "前后东西" for name in _OF_FAMILIES]
# a province needs more than the names of a district
VILLAGES += [a + b + name for a in "新老高青白红" for b in "大小上下里外" for name in _OF_FAMILIES]
TOWNS = ["柳河镇", "石桥镇", "青山乡", "双泉街道"]
PEOPLE_OF_VILLAGE = 600
#: rows written at once
STRETCH = 500_000

Texts = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.int64]


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
    former: float
    no_birth: float
    birth_slip: float
    no_village: float
    in_address: float
    no_household: float


LEVELS = {
    "moderate": Level(
        0.05, 0.03, 0.02, 0.04, 0.02, 0.02, 0.015, 0.01, 0.005, 0.005, 0.10, 0.01, 0.05, 0.30, 0.30
    ),
    "hard": Level(0.14, 0.12, 0.06, 0.08, 0.04, 0.06, 0.05, 0.03, 0.02, 0.01, 0.30, 0.03, 0.15, 0.60, 0.50),
}


@dataclass(frozen=True)
class People:
    """Drawn people, by column: positions in ``SURNAMES``, ``GIVEN`` (-1: none) and ``VILLAGES``, days since 1970."""

    family: Numbers
    first: Numbers
    second: Numbers
    born: Numbers
    sequence: Numbers
    is_first_area: npt.NDArray[np.bool_]
    village: Numbers
    household: Numbers
    person: Numbers

    def take(self, at: Numbers) -> People:
        """The people at some positions."""
        return People(**{name: values[at] for name, values in vars(self).items()})


def make_registers(level: Level, left: int, right: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw both registers; the column ``person`` is the truth (who a row is about)."""
    chance = np.random.default_rng(seed)
    on_left, on_right = _draw(chance, left, right)
    return _write(chance, on_left, level, False), _write(chance, on_right, level, True)


def write_registers(folder: Path, level: Level, left: int, right: int, seed: int) -> None:
    """Write left.csv, right.csv and truth.csv, some rows at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(seed)
    people = _draw(chance, left, right)
    for side, (name, drawn) in enumerate(zip(("left.csv", "right.csv"), people, strict=True)):
        for start in range(0, len(drawn.person), STRETCH):
            at = np.arange(start, min(start + STRETCH, len(drawn.person)))
            rows = _write(chance, drawn.take(at), level, bool(side)).drop(columns="person")
            rows.to_csv(
                folder / name, mode="a" if start else "w", header=not start, index=False,
                encoding="utf-8" if start else "utf-8-sig",
            )  # fmt: skip
    true_pairs(*(pd.DataFrame({"person": drawn.person}) for drawn in people)).to_csv(
        folder / "truth.csv", index=False
    )


def true_pairs(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Lines of the files (header is line 1) that are about one person."""
    one = pd.DataFrame({"person": left["person"].to_numpy(), "left_row": np.arange(len(left)) + 2})
    other = pd.DataFrame({"person": right["person"].to_numpy(), "right_row": np.arange(len(right)) + 2})
    return one.merge(other, on="person")[["left_row", "right_row"]]


def _draw(chance: np.random.Generator, left: int, right: int) -> tuple[People, People]:
    people = _people(chance, left + max(1, right // 10))
    order = chance.permutation(len(people.person))
    on_left, outside = people.take(order[:left]), people.take(order[left:])
    models = chance.choice(left, size=len(outside.person))
    alike = chance.random(len(outside.person)) < 1 / 3
    for name in ("family", "first", "second", "village"):
        getattr(outside, name)[alike] = getattr(on_left, name)[models][alike]
    shared = on_left.take(chance.choice(left, size=min(left, right - len(outside.person)), replace=False))
    both = People(
        **{name: np.concatenate([getattr(shared, name), getattr(outside, name)]) for name in vars(shared)}
    )
    return on_left, both.take(chance.permutation(len(both.person)))


def _people(chance: np.random.Generator, count: int) -> People:
    villages = min(len(VILLAGES), max(3, count // PEOPLE_OF_VILLAGE))
    local = np.array([chance.choice(len(SURNAMES), 5, replace=False) for _ in range(villages)])
    # some given names are everybody's, most are rare
    weight = 1 / np.arange(1, len(GIVEN) + 1) ** 0.7
    weight /= weight.sum()
    sizes = chance.integers(1, 7, size=count // 3 + 10)
    twins = chance.random(len(sizes)) < 1 / 80
    of = np.repeat(np.arange(len(sizes)), sizes + 2 * twins)[:count]
    of_village = chance.integers(villages, size=len(sizes))
    is_local = chance.random(len(sizes)) < 0.8
    of_family = np.where(
        is_local,
        local[of_village, chance.integers(5, size=len(sizes))],
        chance.integers(len(SURNAMES), size=len(sizes)),
    )
    place = np.arange(count) - np.searchsorted(of, of)
    is_twin = place >= sizes[of]
    own = (chance.random(count) < 0.7) | is_twin
    family = np.where(own, of_family[of], chance.integers(len(SURNAMES), size=count))
    first = chance.choice(len(GIVEN), size=count, p=weight)
    second = np.where(chance.random(count) < 0.2, -1, chance.choice(len(GIVEN), size=count, p=weight))
    born = chance.integers(-13_879, 16_121, size=count)
    twin_born = chance.integers(7_305, 15_305, size=len(sizes))
    twin_first, twin_second = (chance.integers(len(GIVEN), size=len(sizes)) for _ in range(2))
    step = chance.integers(1, len(GIVEN), size=len(sizes))
    born = np.where(is_twin, twin_born[of], born)
    first = np.where(is_twin, twin_first[of], first)
    second = np.where(is_twin, (twin_second[of] + (place - sizes[of]) * step[of]) % len(GIVEN), second)
    is_first_area = chance.random(count) >= 0.1
    # numbers of one area and day follow one another, from a different start every day
    day = born * 2 + is_first_area
    order = np.argsort(day, kind="stable")
    ranked = day[order]
    sequence = np.empty(count, dtype=np.int64)
    sequence[order] = (ranked * 7919 % 397 + 1 + np.arange(count) - np.searchsorted(ranked, ranked)) % 1000
    return People(family, first, second, born, sequence, is_first_area, of_village[of], of, np.arange(count))


def _write(chance: np.random.Generator, people: People, level: Level, is_right: bool) -> pd.DataFrame:
    count = len(people.person)
    numbers = _numbers(people)
    name, former = _names(chance, people, level)
    sex = np.where(chance.random(count) < 0.9, np.where(people.sequence % 2 == 1, "男", "女"), "").astype(
        object
    )
    columns = {
        "姓名": name,
        "身份证号" if is_right else "公民身份号码": _spoil_numbers(chance, numbers, level),
        "性别": sex,
        "出生日期": _births(chance, people.born, level),
        "住址" if is_right else "村": _villages(chance, people.village, level, is_right),
        "户号": np.where(
            chance.random(count) < level.no_household, "", np.char.mod("H%07d", people.household)
        ).astype(object),
    }
    if not is_right:
        columns["曾用名"] = former
    return pd.DataFrame(columns | {"person": people.person})


def _numbers(people: People) -> Texts:
    day = (np.datetime64("1970-01-01") + people.born.astype("timedelta64[D]")).astype(str)
    area = np.where(people.is_first_area, "371327", "372824")
    body = np.char.add(np.char.add(area, np.char.replace(day, "-", "")), np.char.mod("%03d", people.sequence))
    digits = (
        np.ascontiguousarray(body.astype("U17")).view(np.uint32).reshape(len(body), 17).astype(np.int64) - 48
    )
    check = np.array(list(idnum.CHECK_CHARACTERS))[digits @ np.array(idnum.WEIGHTS) % 11]
    return np.char.add(body, check).astype(object)


def _spoil_numbers(chance: np.random.Generator, numbers: Texts, level: Level) -> Texts:
    kind, form = chance.random(len(numbers)), chance.random(len(numbers))
    place = chance.integers(6, 17, size=len(numbers))
    spoilt = numbers.copy()
    low = 0.0
    for share, spoil in _SPOILT:
        high = low + getattr(level, share)
        for at in np.flatnonzero((kind >= low) & (kind < high)):
            spoilt[at] = spoil(numbers[at], int(place[at]))
        low = high
    for at in np.flatnonzero((kind >= low) & (form < 0.03)):
        spoilt[at] = _FORMS[int(form[at] * 100)](numbers[at])
    return spoilt


def _digit(number: str, place: int) -> str:
    return number[:place] + str((int(number[place]) + 1 + place % 8) % 10) + number[place + 1 :]


def _swap(number: str, place: int) -> str:
    at = next((p for p in (*range(place, 16), *range(6, 16)) if number[p] != number[p + 1]), 6)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


_SPOILT: tuple[tuple[str, Callable[[str, int], str]], ...] = (
    ("no_number", lambda number, place: ""),
    ("masked", lambda number, place: number[:6] + "*" * 8 + number[-4:]),
    ("cut", lambda number, place: number[:15] + "000" if place < 15 else f"{number[0]}.{number[1:6]}E+17"),
    ("digit", _digit),
    ("swapped", _swap),
)
_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
#: written otherwise, but right: 15 digits (born before 2000), blanks or a small x, full width
_FORMS: tuple[Callable[[str], str], ...] = (
    lambda number: number[:6] + number[8:17] if number[6:8] == "19" else number,
    lambda number: f"{number[:6]} {number[6:14]} {number[14:].lower()}",
    lambda number: number.translate(_FULL_WIDTH),
)


def _names(chance: np.random.Generator, people: People, level: Level) -> tuple[Texts, Texts]:
    """Names as written, and former names."""
    given = np.array([*GIVEN, ""], dtype=object)
    names = np.array(SURNAMES, dtype=object)[people.family] + given[people.first] + given[people.second]
    # who was once called otherwise is so on both sides: drawn from the person
    formerly = np.array(SURNAMES, dtype=object)[people.family] + given[(people.person * 31 + 7) % len(GIVEN)]
    kind, at, form = (chance.random(len(names)) for _ in range(3))
    written = names.copy()
    low = 0.0
    for share, change in (
        (level.homophone, lambda name, at: name[:at] + HOMOPHONES.get(name[at], name[at]) + name[at + 1 :]),
        (level.glyph, lambda name, at: name[:at] + GLYPHS.get(name[at], name[at]) + name[at + 1 :]),
        (level.unreadable, lambda name, at: name[:at] + "□" + name[at + 1 :]),
        (level.short, lambda name, at: name[:at] + name[at + 1 :] if len(name) > 2 else name),
    ):
        for n in np.flatnonzero((kind >= low) & (kind < low + share)):
            written[n] = change(names[n], 1 + int(at[n] * (len(names[n]) - 1)))
        low += share
    is_former = (kind >= low) & (kind < low + level.former)
    written[is_former] = formerly[is_former]
    for n in np.flatnonzero(form < 0.01):
        written[n] = f"{written[n][0]} {written[n][1:]}"
    for n in np.flatnonzero((form >= 0.01) & (form < 0.01 + level.masked / 10)):
        written[n] = f"{written[n][0]}*{written[n][2:]}"
    knows_former = (people.person % 50 == 0) | is_former
    return written, np.where(knows_former, np.where(is_former, names, formerly), "").astype(object)


def _births(chance: np.random.Generator, born: Numbers, level: Level) -> Texts:
    slips = chance.random(len(born)) < level.birth_slip
    days = pd.to_datetime(born, unit="D")
    year, month, day = days.year.to_numpy(), days.month.to_numpy(), days.day.to_numpy()
    day = np.where(slips, day % 28 + 1, day)
    forms = np.array(["%d-%02d-%02d", "%d%02d%02d", "%d.%d.%d", "%d年%d月%d日", "%d/%d/%d"], dtype=object)
    form = forms[chance.integers(5, size=len(born))]
    texts = [
        f % (y, m, d) for f, y, m, d in zip(form, year.tolist(), month.tolist(), day.tolist(), strict=True)
    ]
    return np.where(chance.random(len(born)) < level.no_birth, "", np.array(texts, dtype=object))


def _villages(chance: np.random.Generator, village: Numbers, level: Level, is_right: bool) -> Texts:
    names = np.array([f"{name}村" for name in VILLAGES], dtype=object)[village]
    if is_right:
        town = np.array(TOWNS, dtype=object)[village % len(TOWNS)]
        address = (
            "山东省临港市"
            + town
            + names
            + chance.integers(1, 400, size=len(village)).astype(str).astype(object)
            + "号"
        )
        names = np.where(chance.random(len(village)) < level.in_address, address, names)
    return np.where(chance.random(len(village)) < level.no_village, "", names)


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
    write_registers(options.folder, LEVELS[options.level], options.left, options.right, options.seed)


if __name__ == "__main__":
    main()
