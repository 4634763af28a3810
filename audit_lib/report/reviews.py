"""A reviewer's file, exported by a page, comes back: it must be about these rows of this run, or nothing is taken."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audit_lib.errors import LedgerError
from audit_lib.ledger import ImportReport, Ledger
from audit_lib.ledger.feedback import ReturnedRow
from audit_lib.ledger.masks import mask_text
from audit_lib.ledger.matching import Reference
from audit_lib.ledger.opinions import enter_opinions
from audit_lib.ledger.reports import Place
from audit_lib.ledger.verdicts import PENDING, REASON_CODES, Verdict
from audit_lib.report.seals import own_findings, seal_rows
from audit_lib.report.stages import Stages

#: what the page offers, and what the ledger calls it
RESULTS = {"属实": "confirmed", "不属实": "cleared", "待核": PENDING}
_LARGEST = 20_000_000


class Opinion(BaseModel):
    """One tick."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    finding_id: str
    result: Literal["属实", "不属实", "待核"]
    reason_code: str = ""
    attachment: str = Field("", max_length=500)
    comment: str = Field("", max_length=2000)


class Review(BaseModel):
    """The file as ``template/review.js`` writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal["ybt-review"]
    version: Literal[1]
    town: str
    page: str
    run: str
    rows: int
    seal: str
    reviewer: str = Field(min_length=1, max_length=100)
    reviewed_on: date
    digest: str
    decisions: list[Opinion]


def read_review(path: Path) -> Review:
    """The file, whole and as it was exported.

    Raises:
        LedgerError: it is not a page's export, or was changed or cut off since.
    """
    remedy = "请复核人在页面上重新点“导出复核意见”"
    try:
        if path.stat().st_size > _LARGEST:
            raise LedgerError("文件过大，不是复核意见文件", path.name, remedy)
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        review = Review.model_validate(content)
    except OSError:
        raise LedgerError("打不开复核意见文件", path.name, "检查路径和文件名") from None
    except ValidationError as error:
        told = "；".join(f"{'.'.join(map(str, e['loc']))}" for e in error.errors()[:5])
        raise LedgerError(f"复核意见文件的内容不合规定：{told}", path.name, remedy) from None
    except (ValueError, RecursionError):
        raise LedgerError("读不懂的文件，可能不是复核意见，或传输中被截断", path.name, remedy) from None
    if review.digest and review.digest != digest_of(content["decisions"]):
        raise LedgerError("复核意见与文件所带的校验码不符，导出后被改动过", path.name, remedy)
    return review


def digest_of(decisions: list[dict[str, Any]]) -> str:
    """The digest the page computes of its decisions (SHA-256 of their compact JSON)."""
    text = json.dumps(decisions, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def import_review(stages: Stages, path: Path, at: datetime | None = None) -> ImportReport:
    """Validate a reviewer's file against the finished stages and enter it into the ledger.

    Args:
        stages: of the run the page was made from.
        path: the exported file.
        at: the moment written on the events; now when None.

    Returns:
        What became of every opinion; ``place`` is the file and the opinion's number in it.

    Raises:
        LedgerError: the file is not sound, or is about another run, town or set of rows; nothing is written.
    """
    review = read_review(path)
    _check_subject(review, stages, path)
    rows = [
        ReturnedRow(Place(path.name, review.page, number), Reference(finding_id=opinion.finding_id), _verdict(opinion, review))
        for number, opinion in enumerate(review.decisions, start=1)
    ]  # fmt: skip
    with Ledger.open(stages.ledger_url) as ledger:
        return enter_opinions(ledger, rows, at)


def _check_subject(review: Review, stages: Stages, path: Path) -> None:
    if review.town and review.town not in stages.project.town_by_id:
        raise LedgerError(f"没有镇代码“{review.town}”", path.name, "核对是否选对了项目")
    if review.run != stages.run_id:
        raise LedgerError(
            f"意见针对的是运行 {review.run} 的页面，现在的运行是 {stages.run_id}", path.name,
            "数据、参数或规则已变动，疑点可能不同；请在新的页面上复核",
        )  # fmt: skip
    findings = own_findings(stages, review.town or None)
    if review.seal.replace(" ", "") != seal_rows(review.town or None, findings) or review.rows != len(findings):
        raise LedgerError(
            "意见所依据的疑点清单与本次运行的清单校验码不符", path.name, "不要导入；请在新的页面上复核"
        )
    known, faults, seen = {finding["finding_id"] for finding in findings}, [], set()
    for opinion in review.decisions:
        if opinion.finding_id not in known:
            faults.append(f"{opinion.finding_id}：清单中没有这个疑点")
        if opinion.finding_id in seen:
            faults.append(f"{opinion.finding_id}：有两条意见")
        if opinion.reason_code and opinion.reason_code not in REASON_CODES:
            faults.append(f"{opinion.finding_id}：没有原因码“{opinion.reason_code}”")
        seen.add(opinion.finding_id)
    if faults:
        more = f"等{len(faults)}处" if len(faults) > 5 else ""
        raise LedgerError("；".join(faults[:5]) + more, path.name, "请复核人在页面上改正后重新导出")


def _verdict(opinion: Opinion, review: Review) -> Verdict:
    return Verdict(
        result=RESULTS[opinion.result], reason_code=opinion.reason_code, attachment=mask_text(opinion.attachment),
        verifier=review.reviewer, decided_on=review.reviewed_on.isoformat(), note=mask_text(opinion.comment),
    )  # fmt: skip
