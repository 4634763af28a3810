"""The shipped ``sources.yml`` fits the shipped catalogue."""

from __future__ import annotations

from audit_lib.params import load_project
from audit_lib.sources.matching import check_specs, spec_of
from tests.sources.district import LINGANG

PROJECT = load_project(LINGANG)


def test_every_register_an_item_rests_on_has_a_source() -> None:
    registers = {spec.constants.get("register") for spec in PROJECT.sources if spec.table == "enrolment"}
    assert {item.register_name for item in PROJECT.items if item.register_name} <= registers


def test_every_expected_table_has_a_source_that_names_real_columns() -> None:
    check_specs(PROJECT)
    assert set(PROJECT.settings.expected_tables) == {spec.table for spec in PROJECT.sources}


def test_a_pattern_stays_in_its_folder_and_the_first_that_fits_is_taken() -> None:
    assert (spec := spec_of("发放/系统外/团林镇/2017年_临时救助.xlsx", PROJECT.sources)) is not None
    assert spec.constants == {"channel": "系统外"}
    assert (spec := spec_of("登记/民政_农村低保名册_团林镇.xlsx", PROJECT.sources)) is not None
    assert spec.constants == {"register": "dibao_rural"}
    assert spec_of("登记/旧/民政_农村低保名册_团林镇.xlsx", PROJECT.sources) is None
    assert spec_of("附/发放/一本通系统_2017.csv", PROJECT.sources) is None
