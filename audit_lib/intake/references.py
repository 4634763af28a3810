"""The district's own policy tables: 补贴政策清单, standards, exclusions, the list of villages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from audit_lib.intake.evidence import Evidence
from audit_lib.intake.sampling import Sample, sound_headers
from audit_lib.intake.vocabulary import find_word, patterns
from audit_lib.sources.clean.texts import clean_text
from audit_lib.sources.headers import normal_header
from audit_lib.sources.sheets import DeliveredSheet, HeadRow

#: kind of reference → the sets of columns one of which it must have
_NEEDED: dict[str, tuple[set[str], ...]] = {
    "exclusions": ({"a", "b", "relation"},),
    "policy": ({"item", "dept", "doc"}, {"item", "dept", "standard"}, {"item", "standard", "target"}, {"item", "doc", "target"},
               {"item", "dept", "freq"}, {"item", "standard", "channel"}),
    "standards": ({"item", "amount", "from"}, {"item", "amount", "span"}, {"item", "amount", "year"},
                  {"item", "amount", "doc"}, {"item", "amount", "class"}),
}  # fmt: skip
_AREA = {
    "town": re.compile(
        r"(所属|所在)?(乡镇|镇|镇街|镇办|街道|乡镇街道|镇街道|街镇|乡|镇乡|办事处|乡级|镇级)(名称|单位|名)?"
    ),
    "village": re.compile(
        r"(所属|所在)?(行政村|村|村居|社区|村社区|行政村社区|村居社区|建制村|村级|村委会|居村)(名称|名|单位)?"
    ),
    "natural": re.compile(
        r"(下辖|所辖|包含|辖)?(自然村|村组|村民小组|自然屯)(名称|名|明细)?|别名|曾用名|俗称|原村名|又名|包含自然村"
    ),
    "code": re.compile(r".*代码|.*编码"),
}
#: words in the headers of a policy list, whatever stands around them
_LOOSE = {
    "item": re.compile("(?:项目|资金|政策|补贴|补助|事项).*(?:名称?|项目|事项)$|^(?:项目|补贴|政策)"),
    "standard": re.compile("标准"),
    "doc": re.compile("文号|依据|文件"),
    "dept": re.compile("部门|主管|责任单位|牵头|科室|股室"),
    "target": re.compile("对象|范围|条件"),
    "freq": re.compile("频次|周期|频率|时限|时间|几次"),
    "channel": re.compile("方式|渠道|一卡通|一本通|形式"),
    "remark": re.compile("备注|说明"),
}
_PAID_SUM = re.compile(
    r"(?:实际|应|实|累计|合计)*(?:发放|支出|拨付|兑付|支付|到账)+(?:总)?(?:金额|资金|额)|笔数|.*金额合计|合计金额"
)
CAPTIONS = {
    "policy": "补贴政策清单",
    "standards": "补贴标准表",
    "exclusions": "互斥项目表",
    "areas": "镇村名单",
}
TARGETS = {
    "policy": "items.yml", "standards": "standards.yml", "exclusions": "exclusions.yml", "areas": "areas.yml",
}  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """A sheet that describes the district rather than people: its rows as column → cell."""

    name: str
    kind: str
    rows: list[dict[str, str]] = field(default_factory=list)


def recognise(sample: Sample) -> tuple[str, HeadRow, dict[str, int]] | None:
    """Kind, header row and columns of a reference table, None when the sheet is none."""
    sound = {row.row for row in sound_headers(sample.head)}
    for at in sample.head:
        headers = [normal_header(cell) if cell.strip() else "" for cell in at.cells]
        if at.row not in sound and sum(bool(h) for h in headers) < 2:
            continue
        below = sample.below(at)
        if any(
            header and _is_about_people(header, Evidence.of(cells))
            for header, cells in zip(headers, below, strict=True)
        ):
            continue
        for kind, needed in _NEEDED.items():
            columns = _positions(headers, patterns("references", kind))
            if any(names <= set(columns) for names in needed):
                return kind, at, columns
        if columns := _loosely(headers, below):
            return "policy", at, columns
        columns = _positions(headers, _AREA)
        filled = sum(bool(h) for h in headers)
        if {"town", "village"} <= set(columns) and filled <= len(columns) + 3:
            return "areas", at, columns
    return None


def _is_about_people(header: str, values: Evidence) -> bool:
    """Whether a column is of a list of people or of money paid: its header says so and its values do not deny it."""
    if max(values.share("id"), values.share("account")) >= 0.5:
        return True
    if header.endswith(("姓名", "户主", "农户姓名")):
        return not values.filled or values.share("name_like") >= 0.5
    kinds = {"id": "id", "account_no": "account", "phone": "phone", "paid_on": "date", "status": "paid"}
    for column, kind in kinds.items():  # 发放时间 of a policy list says 每季度末月
        if find_word(header, "payment", column) and (not values.filled or values.share(kind) >= 0.5):
            return column != "phone"  # whom to ask about the policy
    counted = find_word(header, "control_total", "payees") is not None or bool(_PAID_SUM.fullmatch(header))
    return counted and (not values.filled or values.share("number") >= 0.5)


def _loosely(headers: list[str], below: list[list[str]]) -> dict[str, int]:
    """Columns of a policy list in words nobody listed: a subsidy per row, none twice, and three things said about it."""
    columns: dict[str, int] = {}
    for name, pattern in _LOOSE.items():
        fit = [
            i
            for i, header in enumerate(headers)
            if header and i not in columns.values() and pattern.search(header)
        ]
        if fit:
            columns[name] = fit[0]
    if "item" not in columns or "standard" not in columns or len(columns) < 4:
        return {}
    names = [cell.strip() for cell in below[columns["item"]] if cell.strip()]
    told = [cell for cell in below[columns["standard"]] if cell.strip()]
    worded = sum(bool(re.search(r"\d.*(?:元|%|％)|[/／]", cell)) for cell in told)
    subsidies = Evidence.of(names).share("item") >= 0.7 and len(set(names)) == len(names) >= 2
    return columns if subsidies and told and 2 * worded >= len(told) else {}


def _positions(headers: list[str], wanted: dict[str, re.Pattern[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in wanted.items():
        for position, header in enumerate(headers):
            if header and position not in found.values() and pattern.fullmatch(header):
                found[name] = position
                break
    return found


def read_reference(sample: Sample, sheet: DeliveredSheet) -> Reference | None:
    """The rows of a sheet that is a reference table, None when it is none."""
    found = recognise(sample)
    if found is None:
        return None
    kind, at, columns = found
    body = sheet.body(at, frozenset())
    written = {name: [str(cell) for cell in body.columns[i].to_pylist()] for name, i in columns.items()}
    return Reference(sample.name, kind, as_rows(written))


def as_rows(columns: dict[str, list[str]]) -> list[dict[str, str]]:
    """Cells by column → one dict per row, without rows that say nothing."""
    count = max(map(len, columns.values()), default=0)
    rows = [{name: clean_text(cells[i]) for name, cells in columns.items()} for i in range(count)]
    return [row for row in rows if any(row.values())]
