"""三、主要措施及成效: organisation, documents, joint work, supervision, recovery, each from figures or parameters."""

from __future__ import annotations

from datetime import date
from typing import Any

from audit_lib.params import Project
from audit_lib.report.advice import Section
from audit_lib.report.wording import day, listed, span, wan


def measures(project: Project, figures: dict[str, Any]) -> list[Section]:
    """Title and text of each measure, in the report's order."""
    return [
        ("加强组织领导，全面动员部署", _organisation(project)),
        ("强化制度建设，规范资金管理", _documents(project)),
        ("建立联动机制，全面自查自纠", _joint_work(project, figures)),
        ("列入重点督查，全面推进治理", _supervision(figures)),
        ("压实整改责任，追缴问题资金", _recovered(figures)),
    ]


def _organisation(project: Project) -> str:
    groups = "".join(f"{group}。" for group in project.settings.groups)
    return f"{groups}工作推进情况见“工作大事记”表。" if groups else "未登记组织机构。"


def _documents(project: Project) -> str:
    bureau = project.settings.bureau
    said = [
        f"{bureau}执行《{document.title}》（{document.number}）" for document in project.settings.documents
    ]
    said += [f"{town.name}出台《{document}》" for town in project.towns for document in town.documents]
    return "；".join(said) + "。" if said else "未登记制度文件。"


def _joint_work(project: Project, figures: dict[str, Any]) -> str:
    settings, sample = project.settings, figures["sample"]
    departments = list(dict.fromkeys(item.dept for item in project.items))
    offices = list(dict.fromkeys(item.office for item in project.items))
    days = [day(date.fromisoformat(on)) for on in figures["sample_days"]]
    when = f"{'至'.join(dict.fromkeys(days))}，" if days else ""
    inspected = (
        f"{when}区级协调小组对各镇专项治理工作进行督导检查，{sample['towns']}镇共抽查{sample['villages']}个村居，"
        f"{sample['households']}个重点户，涉及{sample['people']}人。"
        if sample["people"]
        else "没有收到督导抽查记录。"
    )
    return (
        f"按照“统一组织、分级负责、分口把关”的原则，{settings.bureau}牵头，{listed(departments)}"
        f"对归口管理的{span(settings.years)}惠民惠农补贴资金发放规模、范围、标准、流向进行排查，"
        f"各镇{listed(offices)}对各项补贴发放管理情况进行梳理。{inspected}"
    )


def _supervision(figures: dict[str, Any]) -> str:
    cases = {
        word: sum(problem[word] for problem in figures["problems"].values())
        for word in ("cases", "confirmed", "cleared", "pending")
    }
    return (
        f"建立工作台账，登记疑点{cases['cases']}件，其中核实属实（含部分属实）{cases['confirmed']}件，"
        f"不属实{cases['cleared']}件，待核实{cases['pending']}件；不属实的均须注明原因并附佐证。"
    )


def _recovered(figures: dict[str, Any]) -> str:
    found = [
        problem["title"]
        for problem in figures["problems"].values()
        if problem["track"] == "problem" and (problem["findings"] or problem["verified_fen"]["total"])
    ]
    so_far = f"截止目前已追回资金{wan(figures['recovered_fen'])}。"
    if not found:
        return f"在排查过程中未发现上述问题，{so_far}"
    return (
        f"在排查过程中，发现{listed(found)}等问题，由区直主管部门列出问题清单，镇主管部门调查核实，{so_far}"
    )
