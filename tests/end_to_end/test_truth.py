"""The audit states each generated district's own truth, from raw files alone."""

from __future__ import annotations

from tests.end_to_end.conftest import District

RECORDED_KEYS = ("items", "amount_fen", "person_fen", "household_fen", "in_system", "off_system")


def test_every_total_is_the_districts_own(district: District) -> None:
    figures = district.workbook.figures["totals"]
    for year in ("2017", "2018", "all"):
        truth = district.truth["figures"][year]
        assert {key: figures[year][key] for key in RECORDED_KEYS} == {
            key: truth[key] for key in RECORDED_KEYS
        }


def test_payees_are_counted_per_item(district: District) -> None:
    figures = district.workbook.figures["totals"]
    for year in ("2017", "2018"):
        assert figures[year]["payees"] == district.truth["figures"][year]["payees"]


def test_every_item_and_year_ties(district: District) -> None:
    items = district.workbook.figures["items"]
    for item_id, years in district.truth["items"].items():
        for year, truth in years.items():
            if truth["amount_fen"]:
                found = items[item_id][year]
                assert (found["payees"], found["amount_fen"]) == (truth["payees"], truth["amount_fen"]), (
                    item_id,
                    year,
                )


def test_verified_money_and_recoveries_are_exact(district: District) -> None:
    figures = district.workbook.figures
    for problem, truth in district.truth["problems"].items():
        found = figures["problems"][problem]
        assert found["verified_fen"] == truth["verified_fen"], problem
        assert sorted(found["verified_items"]) == sorted(truth["items"]), problem
        assert found["suspected_fen"]["total"] >= found["verified_fen"]["total"], problem
    assert figures["recovered_fen"] == district.truth["recovered_fen"]
    assert figures["sample"] == district.truth["sample"]
    assert figures["must_in_system"] == district.truth["must_in_system"]


def test_every_planted_case_is_found_to_the_fen(district: District) -> None:
    findings = district.findings
    missed, wrong = [], []
    for case in district.truth["planted"]:
        if case["finding_id"] not in findings.index:
            missed.append((case["rule_id"], case["item_id"], case["name"]))
            continue
        found = findings.loc[case["finding_id"]]
        if (found.rule_id, found.amount_fen) != (case["rule_id"], case["amount_fen"]):
            wrong.append((case["rule_id"], case["item_id"], case["amount_fen"], int(found.amount_fen)))
    assert not missed
    assert not wrong


def test_no_decoy_is_accused(district: District) -> None:
    findings = district.findings
    accused = findings[findings.tier.isin(["A", "B"])]
    for decoy in district.truth["decoys"]:
        hits = accused[(accused.person_id == decoy["person_id"]) & accused.rule_id.isin(decoy["rule_ids"])]
        assert hits.empty, (decoy["what"], hits[["rule_id", "item_id", "statement"]].to_dict("records"))


def test_nobody_else_is_accused_of_leaving_too_late(district: District) -> None:
    """The six rules of 应退出未退出 raise exactly the planted cases, nothing besides."""
    findings = district.findings
    raised = findings[(findings.problem == "not_exited") & findings.tier.isin(["A", "B"])]
    planted = {case["finding_id"] for case in district.truth["planted"]}
    extra = raised[~raised.finding_id.isin(planted)]
    assert extra.empty, extra[["rule_id", "item_id", "statement"]].to_dict("records")


def test_cleared_cases_exist_and_keep_their_reason(district: District) -> None:
    cases = district.workbook.cases
    cleared = cases[cases.state == "不属实"]
    assert not cleared.empty
    assert cleared.reason_code.notna().all()
    assert (cleared.verified_fen == 0).all()
    problem = district.workbook.figures["problems"]["not_exited"]
    assert problem["suspected_fen"]["total"] > problem["verified_fen"]["total"]


def test_nothing_delivered_is_lost(district: District) -> None:
    register = district.workbook.file_register
    accepted = register[register.decision == "采用"]
    assert not accepted.empty
    assert (accepted.delivered == accepted.kept + accepted.set_aside + accepted.totals).all()


def test_every_piece_of_evidence_names_file_sheet_and_row(district: District) -> None:
    evidence = district.workbook.evidence
    assert evidence.file.notna().all()
    assert (evidence.row > 0).all()
    assert set(evidence.finding_id) <= set(district.findings.index)


def test_lines_add_up_to_their_finding(district: District) -> None:
    lines = district.workbook.sql(
        "SELECT f.finding_id FROM finding f LEFT JOIN "
        "(SELECT finding_id, sum(amount_fen) AS total FROM finding_line GROUP BY finding_id) l USING (finding_id) "
        "WHERE f.amount_fen <> coalesce(l.total, 0)"
    )
    assert lines.empty
