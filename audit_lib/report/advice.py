"""Difficulties and recommendations, each keyed to a figure; one without its figure says so."""

from __future__ import annotations

from typing import Any

from audit_lib.report.source_grids import missing_titles
from audit_lib.report.wording import listed, wan

Section = tuple[str, str]


def difficulties(figures: dict[str, Any], blocked: list[dict[str, Any]]) -> list[Section]:
    """Accounts the bank refuses, stolen identities, registers that do not meet."""
    problems, received = figures["problems"], figures["data_received"]
    payments = sum(row["payments"] for row in blocked)
    money = sum(row["amount_fen"] for row in blocked)
    theft, failed = problems["identity_theft"], problems["failed_payment"]
    missing = missing_titles(figures)
    unable = sum(rule["rows_unable"] or 0 for rule in figures["rules"].values())
    not_run = [rule["title"] for rule in figures["rules"].values() if rule["status"] == "未执行"]
    return [
        (
            "公安金融信息不同步，账号关联使用受阻",
            f"审计期内因账户原因发放失败或退回的补贴{payments}笔，金额{wan(money)}"
            + (
                "；发放失败未重发的情况未执行核查。" if failed["status"] == "未执行"
                else f"；其中至今未重新发放到位的疑点{failed['findings']}件，涉及{failed['people']}人，"
                f"应补发{wan(failed['suspected_fen']['total'])}，不影响当事人享受补贴的资格。"
            ),
        ),
        (
            "盗用个人信息现象，推进整改困难",
            "疑似身份被盗用的情况未执行核查。" if theft["status"] == "未执行"
            else "未发现疑似身份被盗用的情况。" if not theft["findings"]
            else f"筛查发现疑似身份被他人冒用注册公司、申报纳税、购置车辆等线索"
            f"{theft['findings']}件，涉及{theft['people']}人。"
            "这些人员是受害方，线索不计入问题金额，由有关部门协助更正。",
        ),
        (
            "信息关联共享程度不高，不利于源头治理",
            f"本次应收数据{len(received) - ('unused' in received)}类，"
            + (f"未收到{listed(missing)}。" if missing else "均已收到。")
            + f"因缺少必要信息未能核查的记录{unable}行"
            + (f"，未执行的规则有{listed(not_run)}。" if not_run else "，各条规则均已执行。")
            + "异地公司、异地登记、异地死亡信息不在本级掌握范围内，仍是审核的盲区。",
        ),
    ]  # fmt: skip


def advice(figures: dict[str, Any]) -> list[Section]:
    """Recommendations with the evidence for each."""
    accounts, problems = figures["accounts"], figures["problems"]
    missing = missing_titles(figures)
    loss = wan(figures["verified_loss_fen"])
    return [
        (
            "金融机构加强监管",
            "政府部门与金融机构建立协调机制，按照“一本通”账号管理规定办理专用账号的开通、关联和销户。"
            f"依据：一人多卡{_counted(accounts['multi_account_people'], '人')}，"
            f"一卡多人{_counted(accounts['shared_accounts'], '个账户')}。",
        ),
        (
            "实现信息互联共享",
            "建议民政、社保、农业、教育、住房、公安、金融、税务、交通、财政等主管部门实行信息互联互通和资源共享，"
            "提高信息关联程度，规范资金申报、审核、发放程序。"
            + (f"依据：本次未收到{listed(missing)}。" if missing else "依据：各类数据靠逐部门收集比对后才得以筛查。"),
        ),
        (
            "建立长效整改机制",
            "对死亡、迁出、收入变化等情形按月比对、及时停发，已核实的问题金额逐笔追缴销号。"
            f"依据：核实应追缴{loss}，已追回{wan(figures['recovered_fen'])}；"
            f"应退出未退出台账{problems['not_exited']['cases']}件。",
        ),
        (
            "逐步扩大系统发放范围",
            f"依据：系统外发放{figures['totals']['all']['off_system']['items']}项，"
            f"{wan(figures['totals']['all']['off_system']['amount_fen'])}，应结合实际逐步纳入“一本通”系统发放管理。",
        ),
    ]  # fmt: skip


def _counted(number: int | None, unit: str) -> str:
    return "未执行核查" if number is None else f"{number}{unit}"
