"""A column of days of which none can be read is said as one, with what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.district import LI, WANG, ZHAO, District
from tests.sources.test_long_sheets import HEADER, make_everything_long, read

PEOPLE = (WANG, LI, ZHAO, WANG)


def notes_on(district: District, days: list[str]) -> str:
    """What the register says about a list of deaths registered on these days."""
    people = zip(PEOPLE, days, strict=True)
    rows = [f"{name},{number},2017-03-01,{day}" for (name, number), day in people]
    district.put("死亡/公安.csv", "\n".join(["姓名,身份证号,死亡日期,登记日期", *rows]))
    (line,) = district.read()["file_register"]
    return str(line["reason"])


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["17.3.5", "17.3.6", "", "17-03-07"], "登记日期整列读不出(3行,如“17.3.5”、“17.3.6”、“17-03-07”);如为两位年份,请在 sources.yml 该条写 short_years_to"),
        (["2017", "2018年", "2017", "2016"], "登记日期整列读不出(4行,如“2017”、“2018年”);只有年份,没有月日"),
        (["42809", "42810", "42811", ""], "如为表格软件的日期序列号,请在 sources.yml 该条写 serial_dates"),
        (["已登记", "见附件", "是", ""], "登记日期整列读不出(3行,如“已登记”、“见附件”、“是”);请核对列对应得对不对"),
    ],
)  # fmt: skip
def test_a_whole_column_of_unread_days_is_said_with_its_remedy(
    district: District, days: list[str], said: str
) -> None:
    assert said in notes_on(district, days)


def test_some_unread_days_are_no_unread_column(district: District) -> None:
    assert "整列" not in notes_on(district, ["17.3.5", "17.3.6", "17.3.7", "2017-03-08"])


def test_days_read_by_the_rule_of_their_source_are_not_asked_about(district: District) -> None:
    district.set_sources([{"match": "死亡/*", "table": "death", "constants": {"source": "公安"}, "short_years_to": 30}])  # fmt: skip
    assert "整列" not in notes_on(district, ["17.3.5", "17.3.6", "17.3.7", "17.3.8"])


def test_a_long_column_is_said_like_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        f"团林镇,草岭社区,王芳,371327194503151230,农村低保,2017-03,315.00,6228480000000000017,成功,LS{n},17.3.{n % 28 + 1}"
        for n in range(50)
    ]
    path = tmp_path / "低保.csv"
    path.write_bytes("\r\n".join((f"{HEADER},发放日期", *lines)).encode("gb18030"))
    short, _ = read(path)
    make_everything_long(monkeypatch, 16)
    long, _ = read(path)
    assert long["notes"] == short["notes"]
    (said,) = (note for note in long["notes"] if "整列" in note)
    assert said.startswith("发放日期整列读不出(50行,如“17.3.1”、“17.3.2”、“17.3.3”)")
