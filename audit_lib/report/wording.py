"""Numbers as officials write them in running text: no separators, 万元 with two decimals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from audit_lib.money import to_wan

NUMERALS = "一二三四五六七八九十"


def wan(fen: int) -> str:
    """``22657.25万元``."""
    return f"{to_wan(fen):.2f}万元"


def numeral(number: int) -> str:
    """Chinese numeral of 1 to 99: ``十二``."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + (NUMERALS[ones - 1] if ones else "")


def span(years: Sequence[int]) -> str:
    """``2017年至2018年``."""
    return f"{min(years)}年" if len(years) == 1 else f"{min(years)}年至{max(years)}年"


def day(on: date) -> str:
    """``6月10日``."""
    return f"{on.month}月{on.day}日"


def rough(number: int) -> str:
    """``14万余人`` style: whole ten-thousands, exact below."""
    return f"{number // 10_000}万余" if number >= 10_000 else str(number)


def listed(words: Sequence[str]) -> str:
    """``甲、乙、丙``."""
    return "、".join(words)


def money_sentence(figures: dict[str, Any], label: str) -> str:
    """Items, total, 到人, 到户, in and off the system for a year or ``all``."""
    total = figures["totals"][label]
    inside, outside = total["in_system"], total["off_system"]
    heads = total["payees"]
    people = (
        f"实际享受补贴{heads['persons']}人，{heads['households']}户（按项目累计）"
        if heads
        else f"实际享受补贴{total['distinct']['persons']}人、{total['distinct']['households']}户（两年去重）"
    )
    return (
        f"发放齐鲁惠农补贴“一本通”项目资金{total['items']}项，资金总额{wan(total['amount_fen'])}"
        f"（到人金额{wan(total['person_fen'])}，到户金额{wan(total['household_fen'])}），{people}。"
        f"其中，通过“一本通”系统发放的{inside['items']}项，资金总额{wan(inside['amount_fen'])}；"
        f"未通过一本通系统发放的{outside['items']}项，资金总额{wan(outside['amount_fen'])}。"
    )


def problem_title(problem: dict[str, Any]) -> str:
    """Title of a numbered paragraph: with the verified amount, or what stands in its place."""
    verified = problem["verified_fen"]["total"]
    if verified:
        return f"{problem['title']} {wan(verified)}"
    if problem["status"] == "未执行":
        return f"{problem['title']}（未执行）"
    return problem["title"] if problem["findings"] else f"{problem['title']}（未发现）"


def problem_sentences(problem: dict[str, Any], figures: dict[str, Any], defines: str) -> list[str]:
    """The paragraph under a problem's title, from its figures."""
    if problem["status"] == "未执行":
        reasons = [
            figures["rules"][rule]["reason"] for rule in problem["rules"] if figures["rules"][rule]["reason"]
        ]
        return [
            f"本项未执行核查：{listed(sorted(set(reasons))) or '没有可用的规则或数据'}。未执行不等于没有问题。"
        ]
    said = []
    if problem["status"] == "部分执行":
        lacking = [figures["rules"][rule]["title"] for rule in problem["rules"]
                   if figures["rules"][rule]["status"] != "已执行"]  # fmt: skip
        said.append(f"本项部分执行，未完整核查的有：{listed(lacking)}。")
    if not problem["findings"] and not problem["verified_fen"]["total"]:
        return [f"经核查，未发现{defines}的情况。", *said]
    return [_found(problem, figures, defines), _standing(problem), *said]


def _found(problem: dict[str, Any], figures: dict[str, Any], defines: str) -> str:
    verified = problem["verified_fen"]
    people = f"，涉及{problem['people']}人" if problem["people"] else ""
    if problem["kind"] == "NONE":
        return f"{defines}，筛查发现{problem['findings']}件{people}，金额未量化。"
    if not verified["total"]:
        return (
            f"{defines}，筛查提出疑点{problem['findings']}件{people}，"
            f"疑点金额{wan(problem['suspected_fen']['total'])}，尚无核实金额。"
        )
    names = [figures["items"][item]["name"] for item in problem["verified_items"] if item in figures["items"]]
    years = [f"{_year(year, figures)}{wan(fen)}" for year, fen in verified.items() if year != "total" and fen]
    return (
        f"{defines}，涉及{listed(names[:4])}{'等' if len(names) > 4 else ''}补贴{len(names)}项，"
        f"经核实共计{wan(verified['total'])}，其中：{'，'.join(years)}。"
        f"筛查提出疑点金额{wan(problem['suspected_fen']['total'])}{people}。"
    )


def _year(year: str, figures: dict[str, Any]) -> str:
    if not year.isdigit():
        return year
    return f"{year}年" if int(year) in figures["scope"]["years"] else f"{year}年（延伸）"


def _standing(problem: dict[str, Any]) -> str:
    said = (
        f"台账登记{problem['cases']}件：属实{problem['confirmed']}件，"
        f"不属实{problem['cleared']}件，待核实{problem['pending']}件"
    )
    if problem["recovered_fen"]:
        said += f"，已追回{wan(problem['recovered_fen'])}"
    return said + "。"
