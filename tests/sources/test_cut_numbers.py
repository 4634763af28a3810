"""Account numbers cut by a spreadsheet are told from numbers that end in 0 by themselves."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from audit_lib.sources.clean.marks import DAMAGED
from tests.sources.test_long_sheets import HEADER, make_everything_long, read


def damaged(accounts: list[str], slice_rows: int | None = None) -> list[str]:
    """Account cells of a list of payments that are marked as damaged."""
    lines = [
        f"团林镇,草岭社区,王芳,371327194503151230,农村低保,2017-03,315.00,{account},成功,LS{n}"
        for n, account in enumerate(accounts)
    ]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "低保.csv"
        path.write_bytes("\r\n".join((HEADER, *lines)).encode("gb18030"))
        if slice_rows:
            make_everything_long(patch, slice_rows)
        _, tables = read(path)
    return [line["raw"] for line in tables["flags.parquet"] if line["flag"] == DAMAGED]


def test_an_account_of_16_digits_may_end_in_0() -> None:
    assert damaged([f"62284800000{n:05d}" for n in range(1, 201)]) == []


def test_a_longer_account_whose_digits_beyond_15_are_all_0_is_damaged() -> None:
    cut = ["62284812345678900", "622848123456789000", "6228481234567890000"]
    sound = [
        "62284812345678910",
        "622848123456789010",
        "6228481234567891000",
        "62284812345678900000",
        "6228481234567890",
    ]
    assert damaged([*cut, *sound]) == cut


@pytest.mark.parametrize("slice_rows", [None, 16])
def test_accounts_of_16_digits_are_damaged_when_nearly_all_of_the_column_end_in_0(
    slice_rows: int | None,
) -> None:
    cut = [f"62284800000{n:04d}0" for n in range(1, 39)]
    assert damaged([*cut, "6228480000099997", "6228480000099998"], slice_rows) == cut


@pytest.mark.parametrize("slice_rows", [None, 16])
def test_a_few_accounts_of_16_digits_that_all_end_in_0_prove_nothing(slice_rows: int | None) -> None:
    assert damaged([f"62284800000{n:04d}0" for n in range(1, 20)], slice_rows) == []
