"""What a subsidy is called differs by county; what it is decides register, frequency and unit."""

from __future__ import annotations

import pytest

from audit_lib.intake.vocabulary import known_item


@pytest.mark.parametrize(
    ("name", "register"),
    [
        ("八十周岁以上老人生活补贴", "aged"), ("90周岁以上老年人长寿补助", "aged"), ("百岁老人长寿金", "aged"),
        ("特困供养人员基本生活费", "tekun"), ("农村五保分散供养金", "tekun"), ("重度残疾人照护补贴", "disability"),
        ("困难残疾人补贴", "disability"), ("困境儿童基本生活费", "orphan"), ("水库后期扶持资金", "resettler"),
        ("计划生育家庭奖励金", "fp_reward"), ("失独家庭补助", "fp_special"), ("烈属定期补助", "veteran"),
        ("60周岁以上退役军人生活补助", "veteran_elder"), ("卸任村书记生活补贴", "retired_cadre"),
        ("村两委干部报酬", "cadre"), ("农业支持保护补贴", "land"), ("天然林停伐补助", "forest_eco"),
    ],
)  # fmt: skip
def test_a_subsidy_is_recognised_by_what_its_name_means(name: str, register: str) -> None:
    item = known_item(name)
    assert item is not None and item["register_name"] == register


@pytest.mark.parametrize(
    "name",
    ["特困人员护理费", "80周岁以上老党员补贴", "老年人意外保险", "残疾人康复器具补助", "奶山羊养殖补贴"],
)
def test_a_like_name_of_something_else_is_not(name: str) -> None:
    item = known_item(name)
    assert item is None or item.get("register_name") not in ("aged", "tekun", "disability")
