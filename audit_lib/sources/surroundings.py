"""What a sheet says outside its cells: item, period and town in its title or path, village in its name."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from audit_lib.params import SourceSpec
from audit_lib.sources.clean.periods import read_period
from audit_lib.sources.columns import Dictionaries, Given
from audit_lib.sources.headers import ColumnMap
from audit_lib.tables import Table

_PERIOD = re.compile(
    r"(?:19|20)\d\d年?度?(?:第?[一二三四1-4]季度|[上下]半年|[春秋]季?学期|\d{1,2}月?[-~至到—]\d{1,2}月份?|\d{1,2}月份?)?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[^\d]|$|(?:0[1-9]|1[0-2])(?!\d))")
#: when a list was filled in or printed is not what it pays for
_WRITTEN_ON = re.compile(
    r"(填报|填表|制表|编制|打印|导出|上报|报送|报表|公示|审核|截止|截至)(日期|时间|期)?\s*[::]?\s*(19|20)\d\d\s*[年.\-/]\s*\d{1,2}(\s*[月.\-/]\s*\d{0,2}日?)?"
)
_VILLAGE_ALONE = re.compile(r"[\u4e00-\u9fff]{2,6}(村|社区|居委会|村委会)")
_MANY_VILLAGES = re.compile("行政村|自然村|各|全|所有|贫困|农村|城|示范|重点|驻村|本村")
#: what stands between a village and the rest of a title or a file's name
_BETWEEN = re.compile(r"[\s_\-—·.、,()【】\[\]]+|\d+(?:年度?|月份?|季度|号|日)?")
_VILLAGE_LIKE = re.compile(r"(村|社区|居|庄|屯|寨)$")


def look_around(
    name: str, title: str, sheet: str, table: Table, spec: SourceSpec, columns: ColumnMap, known: Dictionaries
) -> tuple[Given, list[str]]:
    """Fill from title, path and sheet name what the sheet's columns do not say.

    Returns:
        What was found, and a note for the register about each thing taken from there.
    """
    constants, notes = dict(spec.constants), []
    stem = PurePosixPath(name).stem
    for column in table.columns:
        if not column.required or column.name in columns.at or column.name in constants:
            continue
        for place, text in (("标题", title), ("工作表名", sheet), ("文件名", stem)):
            found = _find(column.type, text, known)
            if found:
                constants[column.name] = found
                notes.append(f"{column.caption}取自{place}“{found}”")
                break
    wanted = "service" in {c.name for c in table.columns if c.required}
    if wanted and "paid_on" in columns.at and "service" not in columns.at and "service" not in constants:
        columns.at["service"] = columns.at["paid_on"]
        notes.append("没有所属期列,按发放日期所在的月份计")
    town = next(
        (t for t in (_town(text, known) for text in (title, *reversed(PurePosixPath(name).parts))) if t), ""
    )
    village = ""
    if sheet and (known.places.find(town, sheet)[1] or _VILLAGE_LIKE.search(sheet.strip())):
        village = sheet.strip()
    elif columns.village is None:
        village, place = _village_outside(town, title, name, known)
        if village:
            notes.append(f"村取自{place}“{village}”")
    years = (year_in(text) for text in (title, sheet, *reversed(PurePosixPath(name).parts)))
    return Given(town, village, constants, next((year for year in years if year), "")), notes


def _find(kind: str, text: str, known: Dictionaries) -> str | None:
    if kind == "item":
        return known.items.named_in(text)
    return period_in(text) if kind == "period" else None


def period_in(text: str) -> str | None:
    """The one period that a title or a name mentions, as written; None when none or several."""
    written = re.sub(r"\s+", "", _WRITTEN_ON.sub(" ", unicodedata.normalize("NFKC", text)))
    found = [part for part in _PERIOD.findall(written) if read_period(part)]
    return found[0] if len(set(found)) == 1 else None


def year_in(text: str) -> str | None:
    """The one year that a title or a name mentions, None when none or several."""
    found = set(_YEAR.findall(unicodedata.normalize("NFKC", text)))
    return found.pop() if len(found) == 1 else None


def _village_outside(town: str, title: str, name: str, known: Dictionaries) -> tuple[str, str]:
    """The one village that a title, a file's name or its folder mentions, as written, and where; blanks when none does."""
    path = PurePosixPath(name)
    for place, text in (
        ("标题", title),
        ("文件名", path.stem),
        *(("文件夹", part) for part in path.parts[-2::-1]),
    ):
        pieces = [piece for piece in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if len(piece) >= 2]
        found = {known.places.find(town, piece)[1]: piece for piece in pieces}
        found.pop(None, None)
        if len(found) == 1:
            return next(iter(found.values())), place
    # a village that the area dictionary lacks is said to be unknown rather than left out
    stem = unicodedata.normalize("NFKC", path.stem).strip()
    is_village = _VILLAGE_ALONE.fullmatch(stem) and not _MANY_VILLAGES.search(stem)
    return (stem, "文件名") if is_village else ("", "")


def _town(text: str, known: Dictionaries) -> str | None:
    return known.places.town(text)
