from pathlib import Path

from audit_lib.rules import load_rules
from audit_lib.rules.cards import cards
from audit_lib.rules.head import listed

DOCS = Path(__file__).parents[2] / "docs"


def test_the_printed_catalogue_is_what_the_rule_files_say() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == cards(), "重新生成:python -m audit_lib.rules.cards"


def test_every_rule_has_its_card() -> None:
    text = cards()
    assert not [rule.id for rule in load_rules() if f"`{rule.id}`" not in text]


def test_the_guide_shows_the_real_rule_it_walks_through() -> None:
    guide = (DOCS / "adding-a-rule.md").read_text(encoding="utf-8")
    rule = next(rule for rule in load_rules() if rule.id == "PERIOD_OUT_OF_RANGE")
    assert rule.sql.strip() in guide


def test_what_is_not_built_is_printed_with_its_reason_and_really_is_not_built() -> None:
    entries = listed("not_built.yml")
    text = cards()
    assert not [rule_id for rule_id, entry in entries.items() if f"`{rule_id}`：{entry['why']}" not in text]
    assert not entries.keys() & {rule.id for rule in load_rules()}
