"""数据需求单: one letter per department, with the tables and fields the chosen rules need and what has come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from audit_lib.exports import free_name, printable
from audit_lib.params import Project
from audit_lib.quality.needs import MISSING, is_open
from audit_lib.stage import stage_key, write_text

FOLDER = "数据需求"
_ENDING = ".数据需求单.docx"
_MARK = ".made_from"
_BLANK_DAY = "____年____月____日"
_TABLE_HEAD = ("数据", "字段", "要求", "已报送情况", "用途(规则)")

#: how the lists are to be delivered
FORMATS = (
    "一张表一个文件或一个工作表,第一行为列名;不合并单元格,不加小计,标题、单位、说明写在表外或文件名中。",
    "一人一行;家庭成员、多个月份、多个项目不写在同一行的不同列里。",
    "身份证号、银行账号设为“文本”格式,18位写全,不打码,末尾的 X 大写;不要用科学计数法(如 3.71E+17)。",
    "日期写成 2018-03-05,月份写成 2018-03,所属期与发放日期分两列;不写“同上”“长期”。",
    "金额以元为单位写数字,不带“元”和千分位;冲销、退回的用负数或状态列注明,不要删行。",
    "镇、行政村(社区)分两列,用区划名称全称。",
    "报送 .xlsx 或 UTF-8、GB18030 编码的 .csv;同一清册改正后整份重新报送,并注明替换哪一份。",
)


def write_request_letters(project: Project, quality: Path, out: Path) -> list[Path]:
    """Write one letter per department, and remove those of an earlier run; nothing when they are up to date.

    Args:
        project: names and audit years.
        quality: the finished stage 对账与数据质量.
        out: folder of the letters. Only files ending in .数据需求单.docx are removed.

    Returns:
        The letters, by department.
    """
    key, mark = stage_key(quality) or "", out / _MARK
    old = sorted(out.glob(f"*{_ENDING}"))
    made_from = f"{key}\n" + "\n".join(path.name for path in old)
    if old and key and mark.is_file() and mark.read_text(encoding="utf-8") == made_from:
        return old
    for path in old:
        path.unlink()
    out.mkdir(parents=True, exist_ok=True)
    needs = pq.read_table(quality / "need.parquet").to_pylist()
    written = []
    for department in sorted({need["department"] for need in needs}):
        own = [need for need in needs if need["department"] == department]
        path = free_name(out, department, _ENDING)
        _save(letter_text(project, department, own), letter_table(own), path)
        written.append(path)
    write_text(mark, f"{key}\n" + "\n".join(path.name for path in sorted(written)))
    return sorted(written)


def letter_text(project: Project, department: str, needs: list[dict[str, Any]]) -> list[str]:
    """The letter's paragraphs: title, addressee, body; the table comes after the first two of the body."""
    settings = project.settings
    years = f"{min(settings.years)}年1月至{max(settings.years)}年12月"
    missing = list(dict.fromkeys(need["text"] for need in needs if need["state"] == MISSING))
    poor = [
        f"{need['text']}的“{need['caption']}”{need['state']}" for need in needs if is_open(need) and need["rows"]
    ]  # fmt: skip
    said = ["尚未收到:" + "、".join(missing) + "。"] if missing else []
    said += ["已收到但需要补充、改正:" + ";".join(poor) + "。"] if poor else []
    return [
        f"{settings.zone}“一本通”专项审计数据需求单",
        f"{department}:",
        f"根据《{settings.basis.title}》({settings.basis.number}),请提供{years}的下列数据"
        f"(名册、登记类数据请同时提供起止日期,以便按当时情况核对),于{_BLANK_DAY}前报送{settings.bureau}。",
        *(said or ["下列数据均已收到,暂无需要补充的内容。"]),
        "报送格式:",
        *(f"{number}.{text}" for number, text in enumerate(FORMATS, start=1)),
        "数据只用于本次审计,请通过内部渠道移交并办理签收,不要用互联网邮箱、聊天软件传送。",
        f"联系人:________  电话:________  {settings.bureau}  {_BLANK_DAY}",
    ]


def letter_table(needs: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """One line per field; what the field is of stands in its first line only."""
    lines: list[tuple[str, ...]] = []
    last = ""
    for need in needs:
        items = f"({need['items']})" if need["items"] and not need["register"] else ""
        title = f"{need['text']}{items}"
        share = (
            f"{need['state']}({need['filled'] / need['rows']:.0%})"
            if need["rows"] and is_open(need)
            else need["state"]
        )
        must = "必需" if need["is_required"] else "有则提供"
        lines.append(
            ("" if title == last else title, need["caption"], must, share, need["rules"] or "读取该表所必需")
        )
        last = title
    return lines


def _save(paragraphs: list[str], lines: list[tuple[str, ...]], path: Path) -> None:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    document.styles["Normal"].font.name = "仿宋"
    document.styles["Normal"].font.size = Pt(12)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(paragraphs[0])
    run.font.size, run.font.bold = Pt(18), True
    for text in paragraphs[1:3]:
        document.add_paragraph(printable(text))
    table = document.add_table(rows=1, cols=len(_TABLE_HEAD), style="Table Grid")
    rows = [_TABLE_HEAD, *lines]
    xml = [cell for row in ([table.rows[0]] + [table.add_row() for _ in lines]) for cell in row.cells]
    for cell, text in zip(xml, (text for row in rows for text in row), strict=True):
        cell.paragraphs[0].add_run(printable(text)).font.size = Pt(9)
    for text in paragraphs[3:]:
        document.add_paragraph(printable(text))
    document.core_properties.title = paragraphs[0]
    document.save(str(path))
