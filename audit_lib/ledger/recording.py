"""A finished run enters the ledger: its findings, the returned sheets, the recoveries."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from audit_lib.exports import inert_line
from audit_lib.ledger.register import Ledger
from audit_lib.ledger.reports import ImportReport
from audit_lib.params import Project

#: where the rows somebody has to look at are listed, beside the stages
RETURNED_ROWS = "returned_rows.csv"


def record_stages(
    project: Project, tables: Path, people: Path, findings: Path, run_id: str
) -> list[ImportReport]:
    """Bring a project's ledger up to date with its finished stages; nothing new writes nothing.

    Args:
        project: whose ledger.
        tables: folder of the sources stage, for table ``sheet``.
        people: folder of the identity stage, for ``linked/feedback`` and ``linked/recovery``.
        findings: folder of the findings stage.
        run_id: name of the run.

    Returns:
        One report each for findings, feedback and recoveries. All returned rows with what became
        of them are also written to ``work/returned_rows.csv``.
    """
    coverage = pq.read_table(findings / "coverage.parquet", columns=["rule_id", "status"]).to_pylist()
    refused = tables / "refused_file.parquet"
    # While a file is refused, what is no longer suspected may only be no longer seen: nothing is withdrawn.
    is_whole = not refused.is_file() or pq.read_metadata(refused).num_rows == 0
    ran = {row["rule_id"] for row in coverage if row["status"] != "未执行" and is_whole}
    sheets = tables / "sheet.parquet"
    with Ledger.open(project.ledger_url) as ledger:
        reports = [
            ledger.raise_findings(
                findings / "finding.parquet", findings / "finding_line.parquet", run_id, ran=ran
            )
        ]
        for name, take in (("feedback", ledger.import_feedback), ("recovery", ledger.import_recoveries)):
            delivered = people / "linked" / f"{name}.parquet"
            if delivered.is_file():
                reports.append(take(delivered, sheets))
    returned = pd.concat([report.table() for report in reports])
    write_returned(returned, project.work / RETURNED_ROWS)
    return reports


def write_returned(rows: pd.DataFrame, path: Path) -> None:
    """Write what became of returned rows as CSV for a spreadsheet; no cell starts like a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        # not by pandas, which leaves a cell with a carriage return unquoted: what follows would be a new cell
        writer = csv.writer(out)
        writer.writerow(rows.columns)
        writer.writerows(
            inert_line(line) for line in rows.astype(object).where(rows.notna(), "").values.tolist()
        )
