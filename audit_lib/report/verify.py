"""``ybt verify``: are the published pages the ones that were made, and is nothing on them that must not be?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from audit_lib.errors import ReportError
from audit_lib.money import format_wan
from audit_lib.report.register import PageRegister, sha256
from audit_lib.report.scans import scan_page


def verify_reports(folder: Path) -> list[str]:
    """Faults of a reports folder, each one Chinese sentence naming the file; none when all is well.

    Raises:
        ReportError: the folder has no register of pages.
    """
    register = PageRegister.read(folder)
    if not register.pages:
        raise ReportError("没有可校验的报告", str(folder / "pages.json"), "先运行 ybt run，或检查目录")
    faults: list[str] = []
    for name, entry in register.pages.items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{name}：文件不见了")
        elif sha256(path) != entry["sha256"]:
            faults.append(f"{name}：内容与登记的摘要不一致，生成后被改动过")
    for path in sorted(folder.glob("*.html")):
        faults += [f"{path.name}:{fault}" for fault in scan_page(path)]
        if path.name not in register.pages:
            faults.append(f"{path.name}：未登记的页面（生成失败或他处放入）")
    return faults + _figures_faults(folder)


def _figures_faults(folder: Path) -> list[str]:
    """Headline figures of ``summary.json`` that ``district.html`` does not print."""
    summary, district = folder / "summary.json", folder / "district.html"
    if not summary.is_file() or not district.is_file():
        return []
    page = district.read_text(encoding="utf-8")
    figures: dict[str, Any] = json.loads(summary.read_text(encoding="utf-8"))
    return [
        f"district.html：没有 summary.json 中的{what} {text}"
        for what, text in _headline(figures)
        if text not in page
    ]


def _headline(figures: dict[str, Any]) -> list[tuple[str, str]]:
    found = [
        (f"{label}{what}", format_wan(total[key]))
        for label, total in figures["totals"].items()
        for what, key in (
            ("资金总额", "amount_fen"),
            ("到人金额", "person_fen"),
            ("到户金额", "household_fen"),
        )
    ]
    found += [
        (f"{problem['title']}核实金额", format_wan(problem["verified_fen"]["total"]))
        for problem in figures["problems"].values()
        if problem["verified_fen"]["total"]
    ]
    return [*found, ("追回金额", format_wan(figures["recovered_fen"]))]
