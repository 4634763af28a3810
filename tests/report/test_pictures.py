"""Charts have real Chinese glyphs or stop."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from unittest.mock import patch

import pytest

from audit_lib.errors import ReportError
from audit_lib.report.fonts import font_face, font_path
from audit_lib.report.grids import Field, Grid
from audit_lib.report.pictures import SHADES, paired_bars, stacked_bars
from audit_lib.report.town_charts import after_death_chart

BEHIND = Grid("表", [Field("name", "村", head=True)], [{"name": "坪上社区"}])
_SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    """All texts of a picture."""
    return [entry.text or "" for entry in ET.fromstring(svg).iter(f"{_SVG}text")]


def bars(svg: str) -> list[tuple[str, float, float]]:
    """Fill, left edge and width of every bar but the legend's squares."""
    found = [entry.attrib for entry in ET.fromstring(svg).iter(f"{_SVG}rect") if "stroke" in entry.attrib]
    return [(bar["fill"], float(bar["x"]), float(bar["width"])) for bar in found if bar["y"] != "6.0"]


def test_a_picture_carries_words_and_the_table_behind_it() -> None:
    page = stacked_bars(["坪上社区"], [("A级", [3.0])], "件", "疑点件数", BEHIND)._repr_html_()
    assert 'role="img" aria-label="疑点件数"' in page
    assert "<summary>图中数据</summary>" in page
    assert "坪上社区" in page.split("<details>")[1]


def test_letters_are_text_so_that_they_can_be_found_and_copied() -> None:
    said = texts(paired_bars(["坪上社区"], [("2017年", [1_000_000])], "金额", BEHIND).svg)
    assert {"坪上社区", "1.00", "万元"} <= set(said)


def test_bars_are_as_long_as_their_figures_and_stand_end_to_end() -> None:
    series = [("A", [30.0, 0.0]), ("B", [10.0, 20.0])]
    (dark, x, width), (light, second_x, second), (other, start, length) = bars(
        stacked_bars(["甲", "乙"], series, "件", "图", BEHIND).svg
    )
    assert (dark, light, other) == (SHADES[0], SHADES[1], SHADES[1])
    assert width == pytest.approx(3 * second, rel=0.01)
    assert length == pytest.approx(2 * second, rel=0.01)
    assert second_x == pytest.approx(x + width, abs=0.2)
    assert start == x


def test_a_pareto_says_how_much_the_first_causes_make_up() -> None:
    svg = stacked_bars(["甲", "乙"], [("件", [30.0, 10.0])], "件", "图", BEHIND, pareto=True).svg
    assert {"30（累计75%）", "10（累计100%）"} <= set(texts(svg))


def test_a_picture_of_nothing_is_a_picture() -> None:
    assert bars(stacked_bars(["甲"], [("件", [0.0])], "件", "图", BEHIND).svg) == []


def test_markup_in_a_name_stays_text() -> None:
    assert "<b>甲" in texts(stacked_bars(["<b>甲"], [("件", [1.0])], "件", '"图', BEHIND).svg)


def test_the_same_figures_give_the_same_picture() -> None:
    first, second = (stacked_bars(["甲"], [("件", [1.0])], "件", "图", BEHIND).svg for _ in range(2))
    assert first == second


def test_a_character_without_glyph_stops_the_report() -> None:
    with pytest.raises(ReportError, match=r"U\+31350"):
        stacked_bars(["\U00031350"], [("件", [1.0])], "件", "图", BEHIND)


def test_a_missing_font_stops_the_report() -> None:
    with patch("importlib.util.find_spec", return_value=None), pytest.raises(ReportError, match="中文字体"):
        font_path()


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_shades_differ_by_lightness_so_that_nobody_needs_to_see_colours() -> None:
    dark, light = (_luminance(shade) for shade in SHADES[:2])
    assert (light + 0.05) / (dark + 0.05) >= 3
    assert SHADES[2].startswith("url(")  # the third is a hatch, not a colour


def test_the_pages_font_holds_the_pages_characters() -> None:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    css = font_face("<p>坪上镇&#37101;</p>")
    source = re.search(r"base64,([A-Za-z0-9+/=]+)", css)
    assert source is not None
    with TTFont(BytesIO(base64.b64decode(source[1]))) as font:
        characters = set(font.getBestCmap())
    assert {ord("坪"), ord("郭")} <= characters
    assert ord("龙") not in characters


def test_what_is_counted_has_no_halves_on_its_scale() -> None:
    svg = stacked_bars(["甲"], [("件", [3.0])], "件", "图", BEHIND).svg
    assert {"0", "1", "2", "3"} <= set(texts(svg))
    assert "0.5" not in texts(svg)


def test_each_payment_after_death_is_in_the_span_it_lasted() -> None:
    lasted = [1, 2, 3, 6, 7, 12, 13, 40]
    findings = [{"rule_id": "DECEASED_PAID", "tier": "A", "months": months} for months in lasted]
    findings.append({"rule_id": "NOT_IN_REGISTER", "tier": "A", "months": 1})
    behind = after_death_chart(findings, "坪上镇").behind
    assert [row["A"] for row in behind.rows] == [1, 2, 1, 2, 2]
