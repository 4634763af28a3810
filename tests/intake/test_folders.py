"""What files of one folder say about each other: twins, doubles, versions, the policy list and how money was paid."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from audit_lib.cli import main
from audit_lib.params import SourceSpec, load_project

from .sheets import person_id, person_name

HEAD = "所属乡镇,所属行政村,姓名,身份证号,发放月份,补贴金额\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows_of(month: str, count: int = 12, seed: int = 3) -> list[str]:
    """Payments of invented people in one month."""
    chance = random.Random(seed)
    return [
        f"清溪镇,松岗村,{person_name(chance)},{person_id(chance)},{month},{chance.randint(80, 400)}.00\n"
        for _ in range(count)
    ]


def deliver(root: Path, name: str, text: str) -> None:
    """Put a file into the folder of deliveries."""
    (root / "in" / name).parent.mkdir(parents=True, exist_ok=True)
    (root / "in" / name).write_text(text, encoding="utf-8")


def start(root: Path) -> tuple[dict[str, str], dict[str, SourceSpec], str]:
    """Start a project: file → decision, accepted file → its source, and the text of ``sources.yml``."""
    assert main(["init", "x", "in"]) == 0
    folder = root / "params" / "x"
    with (folder / "文件登记.csv").open(encoding="utf-8-sig") as stream:
        decisions = {line["文件"]: line["结论"] for line in csv.DictReader(stream)}
    specs = {spec.match: spec for spec in load_project(folder).sources}
    return decisions, specs, (folder / "sources.yml").read_text(encoding="utf-8")


def test_the_same_rows_under_another_name_are_asked_about_and_others_are_not(root: Path) -> None:
    rows = rows_of("2018年3月")
    deliver(root, "2018年高龄津贴发放清册.csv", HEAD + "".join(rows))
    deliver(root, "民政/2018年高龄津贴花名册发放.csv", HEAD + "".join(reversed(rows)))
    deliver(root, "民政/2018年高龄津贴发放二组.csv", HEAD + "".join(rows_of("2018年3月", seed=4)))
    decisions, _, text = start(root)
    assert decisions == {
        "2018年高龄津贴发放清册.csv": "采用", "民政/2018年高龄津贴花名册发放.csv": "需要映射", "民政/2018年高龄津贴发放二组.csv": "采用",
    }  # fmt: skip
    assert "与“2018年高龄津贴发放清册.csv”的12行完全相同" in text


def test_of_two_versions_neither_is_used_until_somebody_chooses(root: Path) -> None:
    rows = rows_of("2018年3月")
    deliver(root, "2018年高龄津贴发放清册.csv", HEAD + "".join(rows))
    deliver(root, "2018年高龄津贴发放清册(改).csv", HEAD + "".join(rows[:10]))
    decisions, _, text = start(root)
    assert set(decisions.values()) == {"需要映射"}
    assert "supersedes: [2018年高龄津贴发放清册.csv]" in text


def test_the_copy_is_set_apart_and_not_the_original(root: Path) -> None:
    text = HEAD + "".join(rows_of("2018年3月"))
    deliver(root, "高龄津贴发放清册.csv", text)
    deliver(root, "高龄津贴发放清册 (1).csv", text)
    decisions, _, _ = start(root)
    assert decisions == {"高龄津贴发放清册.csv": "采用", "高龄津贴发放清册 (1).csv": "不采用"}


def test_equal_files_for_two_halves_of_a_year_are_both_used(root: Path) -> None:
    text = HEAD.replace("发放月份,", "") + "".join(
        row.replace("2018年3月,", "") for row in rows_of("2018年3月")
    )
    deliver(root, "2018年上半年移民补贴发放清册.csv", text)
    deliver(root, "2018年下半年移民补贴发放清册.csv", text)
    decisions, _, _ = start(root)
    assert set(decisions.values()) == {"采用"}


def test_how_a_list_was_paid_is_not_guessed_but_taken_from_words_or_the_policy_list(root: Path) -> None:
    deliver(root, "清单/政策.csv", (
        "补贴资金名称,业务主管部门,政策依据(文号),补贴对象(人/户),现行标准,发放时间,纳入一卡通\n"
        "高龄津贴,民政局,云民〔2018〕1号,80岁以上老人,每人每月80元,按季,是\n奶牛养殖补贴,农业局,云农〔2018〕2号,养殖户,每头300元,年底,否\n"
    ))  # fmt: skip
    for seed, name in enumerate(("高龄津贴", "奶牛养殖补贴", "网格员补贴")):
        deliver(root, f"2018年3月{name}发放表.csv", HEAD + "".join(rows_of("2018年3月", seed=seed)))
    deliver(root, "2018年4月网格员补贴线下发放表.csv", HEAD + "".join(rows_of("2018年4月", seed=9)))
    decisions, specs, text = start(root)
    assert decisions["清单/政策.csv"] == "不采用"
    assert {name: specs[name].constants.get("channel") for name in decisions if name in specs and "政策" not in name} == {
        "2018年3月高龄津贴发放表.csv": "系统", "2018年3月奶牛养殖补贴发放表.csv": "系统外",
        "2018年3月网格员补贴发放表.csv": None, "2018年4月网格员补贴线下发放表.csv": "系统外",
    }  # fmt: skip
    assert "没有写明是否通过一卡通" in text


def test_a_column_for_signatures_is_not_the_name(root: Path) -> None:
    deliver(root, "2018年高龄津贴发放.csv", HEAD.replace("姓名", "受惠群体").replace("\n", ",领取人\n") + "".join(
        row.replace("\n", ",\n") for row in rows_of("2018年3月")))  # fmt: skip
    _, specs, _ = start(root)
    assert specs["2018年高龄津贴发放.csv"].columns == {"受惠群体": "name"} | {
        key: value for key, value in specs["2018年高龄津贴发放.csv"].columns.items() if value != "name"
    }


def test_a_file_is_understood_as_its_twin_with_the_same_header_row(root: Path) -> None:
    head = HEAD.replace("姓名", "受惠群体")
    deliver(root, "2018年3月高龄津贴发放表.csv", head + "".join(rows_of("2018年3月")))
    deliver(root, "2018年4月高龄津贴发放表.csv", head + "".join(rows_of("2018年4月", count=2, seed=8)))
    decisions, _, _ = start(root)
    assert set(decisions.values()) == {"采用"}
