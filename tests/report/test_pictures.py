"""Charts have real Chinese glyphs or stop."""

from __future__ import annotations

import base64
import re
from unittest.mock import patch

import pytest

from audit_lib.errors import ReportError
from audit_lib.report.fonts import font_face
from audit_lib.report.grids import Field, Grid
from audit_lib.report.pictures import font_path, paired_bars, stacked_bars

BEHIND = Grid("表", [Field("name", "村", head=True)], [{"name": "坪上社区"}])


def test_a_picture_carries_words_and_the_table_behind_it() -> None:
    page = stacked_bars(["坪上社区"], [("A级", [3.0])], "件", "疑点件数", BEHIND)._repr_html_()
    assert 'alt="疑点件数"' in page
    assert "坪上社区" in page


def test_letters_are_outlines_so_that_no_font_is_needed() -> None:
    svg = paired_bars(["坪上社区"], [("2017年", [1_000_000])], "金额", BEHIND).svg.decode()
    assert "<text" not in svg
    assert "坪" not in re.sub(r"<!--.*?-->", "", svg)


def test_the_same_figures_give_the_same_bytes() -> None:
    first, second = (stacked_bars(["甲"], [("件", [1.0])], "件", "图", BEHIND).svg for _ in range(2))
    assert first == second


def test_a_character_without_glyph_stops_the_report() -> None:
    with pytest.raises(ReportError, match="字体没有的字"):
        stacked_bars(["\U00031350"], [("件", [1.0])], "件", "图", BEHIND)


def test_a_missing_font_stops_the_report() -> None:
    with patch("importlib.util.find_spec", return_value=None), pytest.raises(ReportError, match="中文字体"):
        font_path()


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
