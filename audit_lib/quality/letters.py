"""退件函: the letter that sends a file back to its department, with what is wrong and how to export it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from audit_lib.exports import free_name, printable
from audit_lib.params import Project
from audit_lib.tables import TABLES

_ENDING = ".退件函.docx"
_BLANK_DAY = "____年____月____日"
_EXPORT_AS_TEXT = (
    "从原业务系统重新导出,不要在已损坏的表上改:丢失的末三位在文件里已经没有了,任何软件都还原不出来。",
    "导出为 .xlsx 时,先把“身份证号”列的单元格格式设为“文本”,再导出或粘贴;在 Excel/WPS 中手工录入的,先输入半角单引号再输入号码。",
    "只能导出 CSV 的,不要双击打开再保存。请在 Excel/WPS 中用“数据”→“自文本/CSV 导入”,在向导里把“身份证号”“银行账号”两列选为“文本”,"
    "或不打开、原样报送。",
    "报送前检查:身份证号为18位,单元格左上角有绿色三角或左对齐,末三位不是清一色的“000”,没有“3.71E+17”一类的显示。银行账号同样检查。",
)  # fmt: skip


def write_letters(project: Project, tables: Path, out: Path) -> list[Path]:
    """Write one letter per refused file, and remove those of an earlier run.

    Args:
        project: names of the zone and the bureau.
        tables: the finished tables of the stage ``sources``.
        out: folder of the letters; made when there is one to write. Only files ending in .退件函.docx are removed.

    Returns:
        The letters, by the delivered files' paths.
    """
    for old in out.glob(f"*{_ENDING}"):
        old.unlink()
    refused = pq.read_table(tables / "refused_file.parquet").to_pylist()
    written = []
    for line in sorted(refused, key=lambda line: str(line["file"])):
        out.mkdir(parents=True, exist_ok=True)
        path = free_name(out, line["file"], _ENDING)
        _save(letter_text(project, line), path)
        written.append(path)
    return written


def letter_text(project: Project, refused: dict[str, Any]) -> list[str]:
    """The letter's paragraphs: title, addressee, body, signature (the last two).

    Args:
        project: names of the zone and the bureau.
        refused: one line of ``refused_file``.
    """
    file, cut = printable(refused["file"]), bool(refused["ids_cut"])
    table = TABLES[refused["table_name"]].caption if refused["table_name"] in TABLES else "数据表"
    wrong = _cut_numbers(refused) if cut else [f"{printable(refused['reason'])}。"]
    how = _EXPORT_AS_TEXT if cut else (f"{printable(refused['remedy']) or '请检查原文件后重新报送'}。",)
    return [
        f"关于退回并重新报送《{file}》的函",
        "原报送单位:",
        f"你单位为{project.settings.title}报送的文件“{file}”({table}),经检查整份不能采用,现予退回。"
        "其余文件不受影响,照常使用;该文件中的人员和资金在重新报送之前不作核查,也不作任何结论。",
        "一、存在的问题",
        *wrong,
        "二、重新导出的办法",
        *(f"{number}.{step}" for number, step in enumerate(how, start=1)),
        "三、报送要求",
        f"请于{_BLANK_DAY}前重新报送,文件名和表头保持不变,并由经办人、负责人签字。原文件保留备查,请勿自行补写或推算号码。",
        "附:退回文件1份。",
        project.settings.bureau,
        _BLANK_DAY,
    ]


def _cut_numbers(refused: dict[str, Any]) -> list[str]:
    ids, cut = refused["ids"], refused["ids_cut"]
    examples = "、".join(printable(example) for example in json.loads(refused["examples"]))
    return [
        f"该文件共有身份证号{ids:,}个,其中{cut:,}个({cut / ids:.1%})已被表格软件截断:Excel/WPS 把号码当作数字,"
        "只保留15位有效数字,末三位变为“000”,或显示为“3.71E+17”。截断后同村同日出生的人号码相同,无法区分是谁领取的补贴。",
        f"例如(已掩码):{examples}。",
    ]  # fmt: skip


def _save(paragraphs: list[str], path: Path) -> None:
    from docx import Document
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    title, addressee, *body = paragraphs
    _add(document, title, size=18, bold=True, align="CENTER")
    _add(document, addressee)
    for text in body[:-2]:
        heading = text.startswith(("一、", "二、", "三、"))
        _add(document, text, bold=heading, indent=True)
    for text in body[-2:]:
        _add(document, text, align="RIGHT")
    document.core_properties.title = title
    document.save(str(path))


def _add(
    document: Any, text: str, size: int = 12, *, bold: bool = False, indent: bool = False, align: str = "LEFT"
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = 1.5
    paragraph.paragraph_format.space_after = Pt(0)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "仿宋"
