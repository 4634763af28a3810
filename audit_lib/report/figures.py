"""Every figure of the report, computed from the stages: the content of ``summary.json``.

All money is integer fen and is attributed to the year of service. The schema is in
``docs/summary-json.md``. Tables come from SQL under ``report/sql``; here they are only arranged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from audit_lib.report.cases import register_cases
from audit_lib.report.problems import PROBLEMS
from audit_lib.report.quality_ties import find_differences
from audit_lib.report.rulebook import RuleHead, read_rulebook
from audit_lib.report.stages import Stages, open_stages, sql_text
from audit_lib.tables import TABLES
from audit_lib.views import define

if TYPE_CHECKING:
    from audit_lib.engine import DuckDbEngine
    from audit_lib.params import Item, Project

Row = dict[str, Any]
Rows = Callable[[str], list[Row]]


def compute_figures(stages: Stages, town: str | None = None) -> dict[str, Any]:
    """The figures of the district, or of one town.

    Args:
        stages: the finished stages.
        town: ``town_id``; None for the district.

    Returns:
        The content of ``summary.json``; integers are fen, counts or None where the data could not say.

    Raises:
        ReportError: a stage is not finished.
    """
    with open_stages(stages) as engine:
        register_cases(engine, stages)
        return figures_from(engine, stages, town, read_rulebook(stages.project))


def figures_from(
    engine: DuckDbEngine, stages: Stages, town: str | None, rulebook: dict[str, RuleHead]
) -> dict[str, Any]:
    """As ``compute_figures``, from an engine that is already open and knows the ledger."""
    project, settings = stages.project, stages.project.settings

    def rows(name: str) -> list[Row]:
        return list(engine.query(sql_text(name), {"town": town}).to_pylist())

    prepare(engine, town)
    item_years = {(row["item_id"], row["year"]): row for row in rows("item_year")}
    rules = _rules(rows("rule_figures"), rulebook)
    years = [*settings.years, *settings.trace_years]
    problems = _problems(rows, rules, rulebook, years)
    sample = rows("sample")[0]
    items = _items(project, item_years)
    coverage_of = {rule_id: rule["status"] for rule_id, rule in rules.items()}
    return {
        "project": project.slug,
        "title": settings.title,
        "town": town,
        "run_id": stages.run_id,
        "scope": {"years": settings.years, "trace_years": settings.trace_years},
        "totals": _totals(project, item_years, rows("distinct_payees")),
        "items": items,
        "must_in_system": _must_in_system(items),
        "channels": rows("channel_year"),
        "problems": problems,
        "rules": rules,
        "suspected_loss_fen": _loss(problems, "suspected_fen"),
        "verified_loss_fen": _loss(problems, "verified_fen"),
        "recovered_fen": sum(row["recovered_fen"] for row in rows("problem_cases")),
        "sample": {name: sample[name] for name in ("towns", "villages", "households", "people")},
        "sample_days": [sample[name].isoformat() for name in ("first_on", "last_on") if sample[name]],
        "data_received": _data_received(project, rows("data_received")),
        "tie_out": rows("tie_out") if town is None else [],
        "differences": find_differences(stages, town),
        "accounts": _accounts(rows("accounts")[0], coverage_of),
    }


def prepare(engine: DuckDbEngine, town: str | None) -> None:
    """Compute what several figures rest on: ``paid`` money and ``counted_line`` of suspicions."""
    define(engine, ["payment_net"], set())
    engine.materialise("paid", sql_text("paid"), {"town": town})
    engine.materialise("counted_line", sql_text("counted_line"))


def _totals(project: Project, item_years: dict[tuple[str, int], Row], distinct: list[Row]) -> dict[str, Any]:
    years = project.settings.years
    people = {(row["level"], row["year"]): row["payees"] for row in distinct}
    totals: dict[str, Any] = {}
    for label, span in [*((str(year), [year]) for year in years), ("all", list(years))]:
        paid = [(item, item_years[item.item_id, year]) for item in project.items for year in span
                if (item.item_id, year) in item_years]  # fmt: skip
        year_key = span[0] if label != "all" else None
        totals[label] = {
            **_sums((item, row["amount_fen"]) for item, row in paid),
            "person_fen": sum(row["amount_fen"] for item, row in paid if item.level == "P"),
            "household_fen": sum(row["amount_fen"] for item, row in paid if item.level == "H"),
            "in_system": _sums((item, row["system_fen"]) for item, row in paid),
            "off_system": _sums((item, row["amount_fen"] - row["system_fen"]) for item, row in paid),
            # payees counted per item and added up belong to one year; over two years they say nothing
            "payees": None if label == "all" else {
                "persons": sum(row["payees"] for item, row in paid if item.level == "P"),
                "households": sum(row["payees"] for item, row in paid if item.level == "H"),
            },
            "distinct": {
                "persons": people.get(("P", year_key), 0), "households": people.get(("H", year_key), 0),
            },
        }  # fmt: skip
    return totals


def _sums(paid: Iterable[tuple[Item, int]]) -> dict[str, int]:
    used = [(item.item_id, fen) for item, fen in paid if fen]
    return {"items": len({item_id for item_id, _ in used}), "amount_fen": sum(fen for _, fen in used)}


def _items(project: Project, item_years: dict[tuple[str, int], Row]) -> dict[str, Any]:
    nothing = {"payees": 0, "amount_fen": 0, "payments": 0}
    items: dict[str, Any] = {}
    for item in project.items:
        line: dict[str, Any] = {
            "name": item.name, "level": item.level, "channel": _channel(project, item, item_years),
            "must_in_system": item.must_in_system, "dept": item.dept,
        }  # fmt: skip
        for year in project.settings.years:
            row = item_years.get((item.item_id, year), nothing)
            line[str(year)] = {name: row[name] for name in nothing}
        items[item.item_id] = line
    return items


def _channel(project: Project, item: Item, item_years: dict[tuple[str, int], Row]) -> str:
    """How an item's money really went; by the catalogue when none was paid."""
    rows = [
        item_years[item.item_id, year]
        for year in project.settings.years
        if (item.item_id, year) in item_years
    ]
    total, system = sum(row["amount_fen"] for row in rows), sum(row["system_fen"] for row in rows)
    if not total:
        return "system" if item.in_system else "off_system"
    return "system" if system == total else "both" if system else "off_system"


def _must_in_system(items: dict[str, Any]) -> dict[str, Any]:
    must = [item for item in items.values() if item["must_in_system"]]
    return {"items": len(must), "in_system": sum(item["channel"] == "system" for item in must)}


def _rules(rows: list[Row], rulebook: dict[str, RuleHead]) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    for row in rows:
        rule = {name: value for name, value in row.items() if name != "rule_id"}
        head = rulebook.get(row["rule_id"])
        rule["problem"] = head.problem if head else None
        rule["kind"] = head.kind if head else None
        rule["track"] = head.track if head else None
        rules[row["rule_id"]] = rule
    return rules


def _problems(
    rows: Rows, rules: dict[str, Any], rulebook: dict[str, RuleHead], years: list[int]
) -> dict[str, Any]:
    suspected, verified = rows("problem_suspected"), rows("problem_verified")
    cases, people = rows("problem_cases"), rows("problem_people")
    problems: dict[str, Any] = {}
    for key, problem in PROBLEMS.items():
        mine = sorted(rule_id for rule_id, rule in rules.items() if rule["problem"] == key)
        kinds = {row["kind"] for row in [*suspected, *verified] if row["problem"] == key}
        kinds |= {rulebook[rule_id].kind for rule_id in mine if rule_id in rulebook}
        kind = problem.kind if problem.kind in kinds or not kinds else sorted(kinds)[0]
        case = [row for row in cases if row["problem"] == key]
        found = [row for row in people if row["problem"] == key]
        by_kind = {
            each: {
                "suspected_fen": _by_year(suspected, key, each, "suspected_fen", years),
                "verified_fen": _by_year(verified, key, each, "verified_fen", years),
            }
            for each in sorted(kinds | {kind})
        }
        by_item = _by_item(suspected, verified, key, kind)
        problems[key] = {
            "title": problem.title,
            "track": problem.track,
            "kind": kind,
            "status": _status([rules[rule_id]["status"] for rule_id in mine]),
            "rules": mine,
            **by_kind[kind],
            "by_kind": by_kind,
            "recovered_fen": sum(row["recovered_fen"] for row in case),
            "findings": sum(row["findings"] for row in found),
            "people": sum(row["people"] for row in found),
            "cases": sum(row["cases"] for row in case),
            "confirmed": sum(row["confirmed"] for row in case),
            "cleared": sum(row["cleared"] for row in case),
            "pending": sum(row["pending"] for row in case),
            "verified_items": [
                item
                for item, years in by_item.items()
                if any(year["verified_fen"] for year in years.values())
            ],
            "by_item": by_item,
        }
    return problems


def _status(statuses: list[str]) -> str:
    if not statuses or all(status == "未执行" for status in statuses):
        return "未执行"
    return "已执行" if all(status == "已执行" for status in statuses) else "部分执行"


def _by_year(rows: list[Row], problem: str, kind: str, money: str, years: list[int]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int, {str(year): 0 for year in years})
    for row in rows:
        if row["problem"] == problem and row["kind"] == kind and row[money]:
            sums["total"] += row[money]
            sums[_year(row["year"])] += row[money]
    return {"total": sums.pop("total", 0), **dict(sorted(sums.items()))}


def _by_item(suspected: list[Row], verified: list[Row], problem: str, kind: str) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for rows, money in ((suspected, "suspected_fen"), (verified, "verified_fen")):
        for row in rows:
            if row["problem"] == problem and row["kind"] == kind:
                years = items.setdefault(row["item_id"] or "", {})
                year = years.setdefault(_year(row["year"]), {"suspected_fen": 0, "verified_fen": 0})
                year[money] += row[money]
    return dict(sorted(items.items()))


def _year(year: int | None) -> str:
    """A verification that did not say which year its money is of is not guessed."""
    return "未分年" if year is None else str(year)


def _loss(problems: dict[str, Any], money: str) -> int:
    return sum(
        problem["by_kind"].get("LOSS", {}).get(money, {}).get("total", 0)
        for problem in problems.values()
        if problem["track"] == "problem"
    )


def _data_received(project: Project, rows: list[Row]) -> dict[str, Any]:
    by_table = {row["table_name"]: row for row in rows}
    received: dict[str, Any] = {}
    for name, table in TABLES.items():
        row = by_table.get(name)
        if row is None and name not in project.settings.expected_tables:
            continue
        counts = {
            key: (row[key] if row else 0) for key in ("files", "delivered", "kept", "set_aside", "totals")
        }
        received[name] = {"title": table.caption, "received": row is not None, **counts}
    unused = [row for row in rows if row["table_name"] not in TABLES]
    if unused:
        received["unused"] = {
            "title": "未采用的文件", "received": True,
            **{key: sum(row[key] or 0 for row in unused)
               for key in ("files", "delivered", "kept", "set_aside", "totals")},
        }  # fmt: skip
    return received


def _accounts(row: Row, status: dict[str, str]) -> dict[str, int | None]:
    """Counts of accounts, None where the rule could not run."""
    ran = {rule: status.get(rule, "未执行") != "未执行" for rule in ("MULTI_ACCOUNT", "SHARED_ACCOUNT")}
    return {
        "multi_account_people": row["multi_account_people"] if ran["MULTI_ACCOUNT"] else None,
        "shared_accounts": row["shared_accounts"] if ran["SHARED_ACCOUNT"] else None,
    }
