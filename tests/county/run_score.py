"""How right a run is: rows kept, money to the fen, findings against planted cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from audit_lib.idnum import from_15
from tests.county.world import Expectation, World

Rows = list[dict[str, Any]]


def read(path: Path) -> Rows:
    """A Parquet file as rows; nothing when it is not there."""
    return pq.read_table(path).to_pylist() if path.is_file() else []


@dataclass
class RunScore:
    """What agreed and what did not."""

    lines: list[str] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    totals_exact: bool = True

    def say(self, kind: str, line: str) -> None:
        """Note a failure."""
        self.classes[kind] += 1
        self.lines.append(f"[{kind}] {line}")

    def grouped(self, most: int = 4) -> list[str]:
        """Failures, at most a few of each kind and rule."""
        seen: Counter[str] = Counter()
        kept = []
        for line in self.lines:
            key = " ".join(line.split()[:2])
            if line.startswith("[保留"):
                key = line[:8] + line.split("/")[0]
            seen[key] += 1
            if seen[key] <= most:
                kept.append(line)
        more = [f"{key} 共{count}处" for key, count in seen.items() if count > most]
        return kept + more

    def rate(self, top: str, bottom: str) -> float:
        """A ratio over all rules."""
        total = sum((count for count in self.rules.values()), Counter())
        return total[top] / total[bottom] if total[bottom] else 1.0


def score_rows(score: RunScore, work: Path, truth: dict[str, Any]) -> None:
    """Delivered and kept rows per file."""
    register = {line["file"]: line for line in read(work / "tables" / "file_register.parquet")}
    sheets = {line["sheet_no"]: line["file"] for line in read(work / "tables" / "sheet.parquet")}
    reasons = Counter(
        (sheets.get(line["origin"] // 10_000_000), f"{line['reason']}:{line['cell']}"[:40])
        for line in read(work / "tables" / "set_aside.parquet")
    )
    for file in truth["files"]:
        if file["decision"] != "use":
            continue
        line = register.get(file["path"])
        if line is None or line["decision"] != "采用":
            score.say(
                "文件未采用",
                f"{file['path']}: {line['decision'] if line else '没有登记'} {line['reason'] if line else ''}"[
                    :240
                ],
            )
            continue
        kept = sum(sheet["kept"] for sheet in file["sheets"])
        if (
            file["table"] == "enrolment"
            and line["kept"] >= kept
            and any("成员" in c["header"] for s in file["sheets"] for c in s["columns"])
        ):
            continue
        if line["kept"] != kept:
            why = [f"{reason}×{count}" for (name, reason), count in reasons.items() if name == file["path"]][
                :3
            ]
            score.say(
                "保留行数不符",
                f"{file['path']}: 保留{line['kept']},应为{kept};置于一旁{line['set_aside']};合计行{line['totals']} {why}",
            )


def score_money(score: RunScore, work: Path, world: World, codes: dict[str, str]) -> None:
    """Payments by item, to the fen, and by status."""
    paid: Counter[tuple[str, str]] = Counter()
    for row in read(work / "tables" / "payment.parquet"):
        paid[str(row["item_id"]), "failed" if row["status"] == "failed" else "ok"] += row["amount_fen"] or 0
    true: Counter[tuple[str, str]] = Counter()
    for row in world.payments:
        true[codes[row["kind"]], row["status"]] += row["amount_fen"]
    for key in sorted(set(paid) | set(true)):
        if paid[key] != true[key]:
            score.totals_exact = False
            score.say("金额合计不符", f"{key}: 读到{paid[key] / 100:.2f},应为{true[key] / 100:.2f}")


def identities(work: Path) -> dict[str, set[str]]:
    """person_id → every identity number linked to it, old numbers in their new form too."""
    found: dict[str, set[str]] = defaultdict(set)
    for linked in sorted((work / "people" / "linked").glob("*.parquet")):
        table = linked.stem
        names = pq.read_schema(linked).names
        row = next((name for name in names if name.endswith("_row") and name.startswith(table)), None)
        raw = work / "tables" / linked.name
        if (
            row is None
            or "person_id" not in names
            or not raw.is_file()
            or "id" not in {n.split("_")[0] for n in pq.read_schema(raw).names}
        ):
            continue
        number = next(
            (c for c in ("id_no", "id", "id_clean", "id_raw") if c in pq.read_schema(raw).names), None
        )
        if number is None:
            continue
        numbers = {line[row]: line[number] for line in pq.read_table(raw, columns=[row, number]).to_pylist()}
        columns = ["person_id", row, *(["link_tier"] if "link_tier" in names else [])]
        for line in pq.read_table(linked, columns=columns).to_pylist():
            value = numbers.get(line[row])
            if line["person_id"] and value and line.get("link_tier") != "C":
                found[line["person_id"]].add(value)
                if len(value) == 15:
                    found[line["person_id"]].add(from_15(value))
    return found


def score_findings(
    score: RunScore, work: Path, world: World, codes: dict[str, str], town_names: dict[str, str]
) -> None:
    """Recall, precision and exact amounts per rule, over tiers A and B."""
    owners = identities(work)
    findings = [row for row in read(work / "findings" / "finding.parquet") if row["tier"] != "C"]
    coverage = {row["rule_id"]: row for row in read(work / "findings" / "coverage.parquet")}
    kinds = {code: kind for kind, code in codes.items()}
    by_rule: dict[str, Rows] = defaultdict(list)
    for finding in findings:
        by_rule[finding["rule_id"]].append(finding)
    matched: set[str] = set()
    wanted = list(world.expected)
    for expected in wanted:
        rules = [rule for rule in expected.rule.split("|") if rule in coverage]
        if not rules:
            score.rules[expected.rule.split("|")[0]]["no such rule"] += 1
            continue
        label = rules[0]
        score.rules[label]["planted"] += 1
        hits = [f for rule in rules for f in by_rule[rule] if fits(f, expected, owners, kinds, town_names)]
        if not hits:
            score.say(
                "漏报",
                f"{expected.rule} {expected.note} {expected.item} {expected.id_no}: {coverage[label]['status']}{coverage[label]['reason'] or ''}",
            )
            continue
        score.rules[label]["found"] += 1
        matched.update(f["finding_id"] for f in hits)
        sums = {
            rule: sum(f["amount_fen"] for f in hits if f["rule_id"] == rule)
            for rule in {f["rule_id"] for f in hits}
        }
        fen = max(sums.values())
        if expected.amount_fen is None or expected.amount_fen in sums.values():
            score.rules[label]["exact"] += 1
        else:
            score.say(
                "金额不符",
                f"{expected.rule} {expected.note} {expected.item} {expected.id_no}: 报{fen / 100:.2f},应{expected.amount_fen / 100:.2f}",
            )
    decoys = {(d.rule, d.id_no): d.note for d in world.decoys}
    scored = {rule for e in wanted for rule in e.rule.split("|")} | {d.rule for d in world.decoys}
    for rule, rows in by_rule.items():
        for finding in rows:
            if finding["finding_id"] in matched:
                score.rules[rule]["true"] += 1
                score.rules[rule]["reported"] += 1
                continue
            ids = owners.get(finding["person_id"] or "", set())
            if any((rule, number) in world.excused for number in ids):
                continue
            note = next((decoys[rule, number] for number in ids if (rule, number) in decoys), "")
            if ids and not ids & world.ordinary and not note:
                score.rules[rule]["on planted people"] += 1
                continue
            if rule not in scored and not finding["person_id"]:
                score.rules[rule]["unscored"] += 1
                if score.rules[rule]["unscored"] <= 3:
                    score.say("未设真值的规则命中", f"{rule} {finding['statement']}"[:200])
                continue
            score.rules[rule]["reported"] += 1
            score.say(
                "误报" if not note else "误报(诱饵)",
                f"{rule} {note} {finding['statement']} {sorted(ids)[:2]}"[:260],
            )
    for rule, row in sorted(coverage.items()):
        if row["status"] != "已执行":
            score.lines.append(f"[{row['status']}] {rule}: {row['reason']}"[:200])


def fits(
    finding: dict[str, Any],
    expected: Expectation,
    owners: dict[str, set[str]],
    kinds: dict[str, str],
    town_names: dict[str, str],
) -> bool:
    """Whether a finding is the planted case."""
    kind = kinds.get(finding["item_id"] or "")
    if expected.item and kind and kind != expected.item:
        return False
    if expected.item and not kind:
        return False
    head, _, rest = expected.id_no.partition(":")
    if head == "any":
        return bool(set(rest.split("/")) & owners.get(finding["person_id"] or "", set()))
    if head == "account":
        return rest[-4:] in str(finding["matter"]) or rest[-4:] in str(finding["statement"])
    if head == "says":
        return rest in str(finding["statement"])
    if head == "town":
        return town_names.get(finding["town_id"] or "") == rest
    if head == "control":
        town, _, year = rest.partition(":")
        return town_names.get(finding["town_id"] or "") == town and year in str(finding["matter"])
    if expected.id_no in owners.get(finding["person_id"] or "", set()):
        return True
    shown = str(finding["id_masked"] or "")
    return len(shown) == 18 and shown[:6] == expected.id_no[:6] and shown[-4:] == expected.id_no[-4:]
