"""Laws of ``ybt link``: what may not change a link, and what may not run away."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from audit_lib.identity.distinct import Names
from audit_lib.identity.linking import Joined, join_tables, link_files, link_tables
from audit_lib.identity.names import relate
from tests.bench.registers import LEVELS, make_registers, save, true_pairs
from tests.identity.registers import make_id

COLUMNS = ("name", "id_raw", "birth_on", "sex", "village", "household_no")


def table_of(register: pd.DataFrame) -> pa.Table:
    """A generated register as records, its lines numbered as in a file."""
    given_columns = dict(
        zip(
            register.columns[:6],
            ("name", "id_raw", "sex", "birth_on", "village", "household_no"),
            strict=True,
        )
    )
    renamed = register.rename(columns=given_columns).assign(row=range(2, len(register) + 2))
    births = pd.to_datetime(
        renamed["birth_on"].str.replace(r"\D+", "-", regex=True).str.strip("-"),
        format="mixed",
        errors="coerce",
    )
    renamed["birth_on"] = births.dt.strftime("%Y-%m-%d").fillna("")
    return pa.Table.from_pandas(renamed[["row", *COLUMNS]], preserve_index=False)


def pairs_of(links: pa.Table, tiers: str = "AB") -> set[tuple[int, int]]:
    return {(line["left_row"], line["right_row"]) for line in links.to_pylist() if line["tier"] in tiers}


@pytest.fixture(scope="module")
def registers() -> tuple[pd.DataFrame, pd.DataFrame]:
    return make_registers(LEVELS["hard"], 1_500, 800, seed=5)


@pytest.fixture(scope="module")
def joined(registers: tuple[pd.DataFrame, pd.DataFrame]) -> Joined:
    return join_tables(*map(table_of, registers))


def test_nobody_is_taken_for_another_in_a_district_of_families_twins_and_namesakes(
    registers: tuple[pd.DataFrame, pd.DataFrame], joined: Joined
) -> None:
    truth = set(true_pairs(*registers).itertuples(index=False, name=None))
    found = pairs_of(joined.links)
    assert found - truth == set()
    assert len(found) > 0.85 * len(truth)


def test_the_order_of_rows_changes_no_line(
    registers: tuple[pd.DataFrame, pd.DataFrame], joined: Joined
) -> None:
    left, right = (table_of(register) for register in registers)
    turned = [table.take(pa.array(range(len(table) - 1, -1, -1))) for table in (left, right)]
    assert link_tables(*turned).to_pylist() == joined.links.to_pylist()


def test_the_same_files_give_the_same_bytes(
    registers: tuple[pd.DataFrame, pd.DataFrame], tmp_path: Path
) -> None:
    for register, name in zip(registers, ("left.csv", "right.csv"), strict=True):
        save(register, tmp_path / name)
    for out in ("one.csv", "other.csv"):
        link_files(tmp_path / "left.csv", tmp_path / "right.csv", tmp_path / out)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()


def test_strangers_change_no_link(registers: tuple[pd.DataFrame, pd.DataFrame], joined: Joined) -> None:
    left, right = (table_of(register) for register in registers)
    strangers = pa.Table.from_pylist(
        [
            dict.fromkeys(COLUMNS, "")
            | {
                "row": 10_000 + n,
                "name": f"申{chr(0x8D00 + n)}",
                "id_raw": make_id(f"19{30 + n}0404", 7 + n),
                "village": "远山村",
            }
            for n in range(40)
        ],
        schema=right.schema,
    )
    found = pairs_of(link_tables(left, pa.concat_tables([right, strangers])))
    assert found == pairs_of(joined.links)


def test_two_different_valid_numbers_are_never_linked(
    registers: tuple[pd.DataFrame, pd.DataFrame], joined: Joined
) -> None:
    numbers = [dict(zip(range(2, len(r) + 2), r.iloc[:, 1], strict=True)) for r in registers]
    both_valid = {
        (one, other)
        for one, other in pairs_of(joined.links, "ABC")
        if all(n[at].isdigit() and len(n[at]) == 18 and not n[at].endswith("000") and make_id(n[at][6:14], int(n[at][14:17]), n[at][:6]) == n[at]
               for n, at in zip(numbers, (one, other), strict=True))
    }  # fmt: skip
    assert {pair for pair in both_valid if numbers[0][pair[0]] != numbers[1][pair[1]]} == set()
    assert both_valid


def test_a_crowd_that_cannot_be_told_apart_is_named_in_the_summary() -> None:
    count = 20_000
    left = pa.table(
        {
            "name": ["王伟"] * count,
            "village": ["大官庄"] * count,
            "household_no": [f"H{n}" for n in range(count)],
        }
    )
    right = pa.table(
        {
            "name": ["王伟"] * count,
            "village": ["大官庄"] * count,
            "account_no": [f"62{n}" for n in range(count)],
        }
    )
    joined = join_tables(left, right)
    assert pairs_of(joined.links) == set()
    assert any("姓名相同的有1组过大(最大一组左表20000条、右表20000条" in note for note in joined.notes)
    assert all("没有比对" in note for note in joined.notes)


@pytest.mark.parametrize("others", [1, 5, 100_000])
def test_rows_that_all_say_the_same_are_named_in_the_summary(others: int) -> None:
    crowd = pa.table({"name": ["王伟"] * 100_000, "village": ["大官庄"] * 100_000})
    joined = join_tables(crowd, crowd.slice(0, others))
    assert len(joined.links) == 0
    assert any(note.startswith("左表有1组行写得一模一样(最大一组100000行") for note in joined.notes)
    assert any(note.startswith("右表有1组行") for note in joined.notes) == (others > 5)


def test_a_list_of_payments_may_say_the_same_often() -> None:
    numbers = [make_id(f"19{40 + n}0404", 7 + n) for n in range(30)]
    register = pa.table({"name": [f"申{chr(0x8D00 + n)}" for n in range(30)], "id_raw": numbers})
    payments = register.take(pa.array([n for n in range(30) for _ in range(24)]))
    joined = join_tables(register, payments)
    assert len(joined.links) == 720
    assert joined.notes == []


def test_a_block_too_large_is_split_by_what_its_members_share() -> None:
    """Household numbers start again in every village: only both together name a house."""
    homes = [(f"村{chr(0x4E00 + v)}{chr(0x5000 + v)}", f"{n}") for v in range(40) for n in range(60)]
    crowd = pa.table(
        {
            "name": ["王伟"] * len(homes),
            "birth_on": ["1950-01-01"] * len(homes),
            "village": [village for village, _ in homes],
            "household_no": [household for _, household in homes],
        }
    )
    assert pairs_of(link_tables(crowd, crowd)) == {(n, n) for n in range(2, len(homes) + 2)}


@pytest.mark.parametrize("missing", COLUMNS)
def test_a_file_without_a_column_still_is_joined(
    registers: tuple[pd.DataFrame, pd.DataFrame], missing: str
) -> None:
    left, right = (table_of(register) for register in registers)
    truth = set(true_pairs(*registers).itertuples(index=False, name=None))
    empty = right.set_column(
        right.column_names.index(missing), missing, pa.array([None] * len(right), pa.string())
    )
    absent = right.drop_columns([missing])
    found = pairs_of(link_tables(left, empty))
    assert found == pairs_of(link_tables(left, absent))
    assert len(found - truth) <= 0.01 * len(found)


def test_households_numbered_otherwise_help_by_who_lives_in_them() -> None:
    """Two namesakes of a village; the right row's household is the one where the left one's wife lives."""
    home = {"village": "大官庄", "sex": "", "birth_on": "", "id_raw": ""}

    def register(prefix: str, numbered: bool) -> list[dict[str, str]]:
        rows = []
        for n in range(30):
            household = f"{prefix}{n * 7 + len(prefix)}"
            wife = make_id(f"19{50 + n}0305", 20 + 2 * n)
            rows.append(home | {"name": f"李{chr(0x8D00 + n)}兰", "id_raw": wife, "household_no": household})
            man = make_id(f"19{48 + n}0911", 31 + 2 * n) if numbered else ""
            rows.append(
                home
                | {
                    "name": "王建国" if n < 2 else f"赵{chr(0x9000 + n)}",
                    "id_raw": man,
                    "household_no": household,
                }
            )
        return rows

    def as_table(rows: list[dict[str, str]]) -> pa.Table:
        return pa.table({name: [row.get(name, "") for row in rows] for name in COLUMNS})

    found = pairs_of(link_tables(as_table(register("A", True)), as_table(register("户", False))), "ABC")
    assert {(3, 3), (5, 5)} <= found
    assert not {(3, 5), (5, 3)} & found


def test_names_compared_by_columns_relate_as_one_by_one() -> None:
    short = ["".join(letters) for size in range(4) for letters in product("王英瑛□*", repeat=size)]
    names = Names.of(
        texts := [
            *short,
            "欧阳英",
            "欧阳瑛",
            "欧王英",
            "王欧阳英",
            "英王王英",
            "王" * 8,
            "王" * 9,
            "王" * 10,
            "王英" * 5,
        ]
    )
    one, other = (at.ravel() for at in np.indices((len(texts), len(texts))))
    levels = names.levels(one, other).tolist()
    assert levels == [relate(texts[a], texts[b]) for a, b in zip(one, other, strict=True)]


def test_which_file_stands_left_does_not_matter(
    registers: tuple[pd.DataFrame, pd.DataFrame], joined: Joined
) -> None:
    left, right = (table_of(register) for register in registers)
    turned = {(one, other) for other, one in pairs_of(link_tables(right, left))}
    assert turned == pairs_of(joined.links)
