"""The district's own tables of amounts and exclusions → ``standards.yml`` and ``exclusions.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_lib.intake.catalogue import CatalogueItem
from audit_lib.intake.rates import Rate, in_unit, read_rates
from audit_lib.intake.references import Reference
from audit_lib.intake.vocabulary import known_item
from audit_lib.intake.writing import OPEN, flow
from audit_lib.sources.clean.items import normal
from audit_lib.sources.clean.periods import read_period

_RELATIONS = (
    ("就高|择高|择优", "choose_higher"), ("抵扣|冲抵|差额", "offset"),
    ("互斥|不得|不能|禁止|不可|不予|二选一|重复享受|冲突|排斥", "forbid"),
)  # fmt: skip
_NO_END = re.compile(r"至今|长期|现行|今|-|—|无|/|")


def standards_text(references: list[Reference], items: list[CatalogueItem]) -> str:
    """Entries of ``standards.yml``; a rate without its dates, or one that is not understood, is asked about."""
    lines = [
        "# 补贴标准:金额为元,按 items.yml 的 unit 计;起止月份内有效。没有读懂的不采用,标准核查时按未提供处理。"
    ]
    found = [
        line
        for row in _rows(references, "standards")
        for line in _standard(row, row.get("amount", ""), items)
    ]
    for row in _rows(references, "policy"):
        if row.get("standard"):
            found += _standard(row, row["standard"], items)
    _end_where_the_next_begins([entry for entry in found if isinstance(entry, dict)])
    return _finished([*lines, *(flow(line) if isinstance(line, dict) else line for line in found)])


def _end_where_the_next_begins(entries: list[dict[str, str]]) -> None:
    """A table of changes says only from when a rate applies: it applies until the month before the next one."""
    for entry in entries:
        later = [
            other["from_month"] for other in entries
            if (other["item_id"], other["class_name"]) == (entry["item_id"], entry["class_name"])
            and other["from_month"] > entry["from_month"]
        ]  # fmt: skip
        if later and ("to_month" not in entry):
            year, month = map(int, min(later).split("-"))
            doc = entry.pop("doc_no")
            entry |= {"to_month": _month(year * 12 + month - 2), "doc_no": doc}


def _standard(
    row: dict[str, str], written: str, items: list[CatalogueItem]
) -> Iterator[str | dict[str, str]]:
    item = find_item(row.get("item", ""), items)
    rates = read_rates(written)
    start, end, dated = _span(row)
    fields = [_fields(item, rate, row) for rate in rates] if item else []
    if not fields or not dated or any(entry is None for entry in fields):
        yield f"# 问:没有读懂的标准({OPEN}):" + "|".join(cell for cell in row.values() if cell).replace(
            "\n", " "
        )
        return
    for entry in fields:
        assert entry is not None
        entry |= {"from_month": start or "2018-01", **({"to_month": end} if end else {})}
        entry["doc_no"] = row.get("doc") or OPEN
        if start:
            yield entry
        else:
            yield f"# 问:标准从哪个月起执行?补上 from_month 后去掉行首的“# ”。{OPEN}"
            yield f"# {flow(entry)}"


def _fields(item: CatalogueItem | None, rate: Rate, row: dict[str, str]) -> dict[str, str] | None:
    if item is None:
        return None
    bare = rate.per == "" and "standard" not in row
    yuan = rate.yuan if bare else in_unit(rate, str(item.fields.get("unit", "")))
    if yuan is None:
        return None
    return {"item_id": item.code, "class_name": row.get("class") or rate.class_name, "amount": f"{yuan:f}"}


def _span(row: dict[str, str]) -> tuple[str | None, str | None, bool]:
    """First month, last month (None without an end), and whether what is written about them was understood."""
    if span := row.get("span") or row.get("year"):
        open_end = re.sub(r"(?:起|开始执行|以来)$|[-~至到—]+(?:至今|今|长期)?$", "", span)
        period = read_period(open_end)
        if period is None:
            return None, None, False
        ended = open_end == span
        return _month(period[0]), _month(period[1]) if ended else None, True
    start, end = read_period(row.get("from", "")), read_period(row.get("to", ""))
    if row.get("from") and start is None:
        return None, None, False
    if end is None and not _NO_END.fullmatch(row.get("to", "").strip()):
        return None, None, False
    return _month(start[0]) if start else None, _month(end[1]) if end else None, True


def exclusions_text(references: list[Reference], items: list[CatalogueItem]) -> str:
    """Entries of ``exclusions.yml`` from the delivered table."""
    lines = ["# 互斥、择高项目:flag 指出应质疑的一项(缺省为 b)。"]
    for row in _rows(references, "exclusions"):
        first, second = find_item(row.get("a", ""), items), find_item(row.get("b", ""), items)
        said = row.get("relation", "") or row.get("remark", "")
        relation = next((code for words, code in _RELATIONS if re.search(words, said)), None)
        start, end, dated = _span(row)
        if not (first and second and relation and dated):
            lines.append(f"# 问:没有读懂的一行({OPEN}):" + "|".join(row.values()).replace("\n", " "))
            continue
        fields = {
            "item_a": first.code, "item_b": second.code,
            "scope": "household" if "户" in row.get("scope", "") else "person", "relation": relation,
            "from_month": start or "2000-01", "to_month": end, "doc_no": row.get("doc") or OPEN,
        }  # fmt: skip
        lines.append(flow({key: value for key, value in fields.items() if value is not None}))
    return _finished(lines)


def find_item(name: str, items: list[CatalogueItem]) -> CatalogueItem | None:
    """The item a policy table means: by spelling, else by what is known everywhere about the name."""
    if not name:
        return None
    exact = next((item for item in items if normal(name) in item.spellings()), None)
    if exact is not None:
        return exact
    known = known_item(name)
    return next((item for item in items if known and item.code == known["item_id"]), None)


def _finished(lines: list[str]) -> str:
    entries = any(line.startswith("- ") for line in lines)
    return "\n".join(lines if entries else [*lines, "[]"]) + "\n"


def _rows(references: list[Reference], kind: str) -> list[dict[str, str]]:
    return [row for reference in references if reference.kind == kind for row in reference.rows]


def _month(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"
