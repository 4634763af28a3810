"""What must be asked about a sheet before its file is used; only required columns hold a file back."""

from __future__ import annotations

from audit_lib.intake.beside import is_given, period_of
from audit_lib.intake.mapping import SURE
from audit_lib.intake.proposals import SheetProposal
from audit_lib.intake.titles import is_several
from audit_lib.intake.vocabulary import register_choices
from audit_lib.sources.headers import normal_header


def ask(proposal: SheetProposal, other: str) -> None:
    """Questions about what is not sure; only required columns hold a file back."""
    table, mapped = proposal.table, proposal.mapped
    if proposal.confidence < SURE:
        proposal.questions.append(
            f"像“{table.caption}”({proposal.confidence:.0%}),也可能是“{other}”。是哪一种?" if other
            else f"像“{table.caption}”({proposal.confidence:.0%})。对吗?"
        )  # fmt: skip
    for column in table.columns:
        if not column.required or mapped.has(column.name) or column.name in proposal.constants:
            continue
        doubtful = [p for p in mapped.doubts if p.column == column.name]
        if doubtful:
            proposal.questions.append(f"“{doubtful[0].header}”是不是{column.caption}?({doubtful[0].why})")
        elif column.name == "register":
            choices = register_choices(proposal.sample.name, proposal.title)
            proposal.wanted["register"] = "|".join(choices) or "名册代码"
            hint = "是 " + " 还是 ".join(choices) if choices else "是哪一种名册(register)"
            proposal.questions.append(f"没有写明名册:{hint}?")
        elif column.name == "item":
            _ask_item(proposal)
        elif column.name == "id" and table.about_person and _has_no_ids(proposal):
            proposal.constants["id"] = ""
        elif column.name == "service" and not period_of(proposal):
            _ask_service(proposal)
        elif not is_given(column.name, proposal):
            proposal.questions.append(f"哪一列是{column.caption}?没有找到")


def _ask_item(proposal: SheetProposal) -> None:
    if not proposal.item:
        proposal.wanted["item"] = "补贴项目名称"
        proposal.questions.append("是哪一项补贴?没有项目列,标题、工作表名、文件名里也没有写明")
    elif is_several(proposal.item):
        proposal.wanted["item"] = proposal.item
        proposal.questions.append(f"标题里不止一项补贴(“{proposal.item}”)。是哪一项?")


def _ask_service(proposal: SheetProposal) -> None:
    """A list that only says when it was paid is read by that day: not the same, but the best there is."""
    if proposal.mapped.has("paid_on"):
        proposal.remarks.append("没有所属期列,按发放日期所在的月份计;补发以前月份的要在文件里补上所属期")
        return
    proposal.wanted["service"] = "2018年"
    proposal.questions.append("补的是哪一段时间?没有所属期列,标题和文件名里也没有年月")


def _has_no_ids(proposal: SheetProposal) -> bool:
    """Whether nobody wrote numbers: an old list that knows people by name and village, and no column is open."""
    mapped = proposal.mapped
    placed = mapped.has("村") or mapped.has("镇")
    numbered = any(
        normal_header(header).endswith(("证号", "证号码", "证件号", "ID")) for header in mapped.unknown
    )
    if mapped.has("name") and placed and not numbered:
        proposal.remarks.append("没有身份证号,只能按姓名和村认人,认出的只供复核")
        return True
    return False
