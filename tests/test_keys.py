"""Keys stay the same over runs and give nothing away."""

from __future__ import annotations

from audit_lib.keys import finding_id, person_id


def test_a_key_does_not_change_between_versions() -> None:
    assert person_id("371327194503151230") == "PISEMVPD52I7JY"
    assert finding_id("DECEASED_PAID", "P1", ["RURAL_DIBAO"]) == "YD64ROT5BG3W"


def test_parts_do_not_run_into_each_other() -> None:
    assert person_id("王", "芳") != person_id("王芳")
    assert finding_id("A", "P", ["x", "y"]) != finding_id("A", "P", ["xy"])


def test_person_and_finding_keys_never_meet() -> None:
    assert person_id("x")[1:11] != finding_id("x", None)[2:12]
