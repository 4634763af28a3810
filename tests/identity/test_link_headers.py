"""Columns are found whatever an office calls them, and somebody else's columns are not taken."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from audit_lib.identity.link_headers import choose_columns, rank_header
from audit_lib.identity.linking import link_files
from audit_lib.sources.sheets import HeadRow
from tests.identity.registers import make_id, replace_digit

PEOPLE = [
    (name, make_id(f"19{50 + n}0{n % 9 + 1}11", 20 + 3 * n), f"{village}村", f"H{n}")
    for n, (name, village) in enumerate(
        zip(
            ["王秀英", "李大有", "赵铁柱", "孙小兰", "周建国", "吴文秀"],
            ["官庄", "泉头", "石沟"] * 2,
            strict=True,
        )
    )
]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("姓 名", "name"), ("参保人姓名", "name"), ("受益人", "name"), ("XM", "name"), ("Full Name", "name"), ("死者姓名", "name"),
        ("居民身份证", "id"), ("*身份证件号码(18位)", "id"), ("SFZH", "id"), ("ID No.", "id"), ("老人身份证号", "id"), ("证件号码", "id"),
        ("出生年月日", "birth_on"), ("CSRQ", "birth_on"), ("date_of_birth", "birth_on"), ("出生日期(必填)", "birth_on"),
        ("性别(男/女)", "sex"), ("Gender", "sex"), ("户 号", "household_no"), ("户口簿号", "household_no"), ("家庭编号", "household_no"),
        ("household_id", "household_no"), ("家庭住址", "village"), ("户籍地址", "village"), ("村(社区)", "village"),
        ("现居住地址", "village"), ("户籍所在地详细地址", "village"), ("所属乡镇", "town"), ("手机号", "phone"), ("联系电话", "phone"),
        ("银行卡号", "account_no"), ("一卡通账号", "account_no"), ("曾用名", "former_name"), ("原姓名", "former_name"),
    ],
)  # fmt: skip
def test_a_header_is_known_by_its_stem(header: str, column: str) -> None:
    ranks = {name: rank_header(header, name) for name in ("name", "id", "birth_on", "sex", "household_no", "village", "town",
                                                          "phone", "account_no", "former_name")}  # fmt: skip
    assert ranks[column] is not None
    assert all(rank is None or rank >= ranks[column] for rank in ranks.values()), ranks


@pytest.mark.parametrize(
    "header",
    ["配偶姓名", "监护人身份证号", "代领人姓名", "证件类型", "身份证有效期", "开户行名称", "出生地", "单位名称", "村干部", "户主电话", "备注", "序号"],
)  # fmt: skip
def test_somebody_elses_column_is_not_the_persons(header: str) -> None:
    assert [rank_header(header, name) for name in ("name", "id", "birth_on", "household_no", "village")] == [
        None
    ] * 5


def test_the_persons_own_columns_stand_before_those_of_others() -> None:
    cells = ["序号", "户主姓名", "姓名", "配偶身份证号", "身份证号码", "监护人"]
    rows = [HeadRow(1, cells)]
    rows += [
        HeadRow(2 + n, [str(n), "王大", p[0], make_id("19400101", 3), p[1], "李大"])
        for n, p in enumerate(PEOPLE)
    ]
    found = choose_columns(rows)
    assert found is not None
    assert (cells[found[1].at["name"]], cells[found[1].at["id"]]) == ("姓名", "身份证号码")


def test_columns_of_headers_nobody_knows_are_seen_by_their_values() -> None:
    rows = [HeadRow(1, ["c1", "c2", "c3"])]
    rows += [HeadRow(2 + n, [str(n), person[1], person[0]]) for n, person in enumerate(PEOPLE)]
    found = choose_columns(rows)
    assert found is not None
    assert (found[1].at["id"], found[1].at["name"]) == (1, 2)


def test_a_file_without_people_has_no_such_columns() -> None:
    assert choose_columns([HeadRow(1, ["镇", "金额"]), HeadRow(2, ["柳河镇", "3"])]) is None


@pytest.mark.parametrize(
    ("encoding", "separator"), [("gb18030", "|"), ("utf-16", "\t"), ("utf-8-sig", ";"), ("utf-8", ",")]
)
@pytest.mark.parametrize("title", ["", "2019年度享受补贴人员花名册"])
def test_line_numbers_hold_below_titles_in_any_encoding(
    tmp_path: Path, encoding: str, separator: str, title: str
) -> None:
    above = [[title, "", "", ""]] if title else []
    left = [*above, ["参保人姓名", "居民身份证", "家庭住址", "户 号"], *PEOPLE]
    right = [*above, ["户口簿号", "户籍地址", "证件号码", "姓 名"]]
    right += [
        [p[3], f"临港市{p[2]}8号", replace_digit(p[1], 9) if n % 2 else p[1], p[0]]
        for n, p in enumerate(PEOPLE)
    ]
    for name, rows in (("left.txt", left), ("right.csv", right)):
        with (tmp_path / name).open("w", encoding=encoding, newline="") as target:
            csv.writer(target, delimiter=separator).writerows(rows)
    link_files(tmp_path / "left.txt", tmp_path / "right.csv", tmp_path / "out.csv")
    lines = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()))
    first = 2 + len(above)
    assert [(int(line["left_row"]), int(line["right_row"]), line["tier"]) for line in lines] == [
        (first + n, first + n, "AB"[n % 2]) for n in range(len(PEOPLE))
    ]
