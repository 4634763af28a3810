"""The types of problem the report speaks in, in its order. Each has a line in every report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Track = Literal["problem", "protective", "management"]


@dataclass(frozen=True)
class Problem:
    """One type of problem.

    ``kind`` is the money its headline figure is in; other kinds of money are stated beside it and never
    added to it. ``defines`` says what the type means, for the report's first sentence.
    """

    key: str
    title: str
    track: Track
    kind: str
    defines: str


PROBLEMS: dict[str, Problem] = {
    problem.key: problem
    for problem in (
        Problem("mixed_category", "混淆发放类别", "problem", "RECLASS", "在某一补贴项目名下发放了其他补贴资金"),
        Problem(
            "not_exited", "应退出未退出", "problem", "LOSS",
            "已死亡、收入超过标准、户口迁出等不再符合条件的人员继续领取补贴",
        ),
        Problem("over_scope", "超范围超标准发放", "problem", "LOSS", "超出规定的对象、标准或次数发放补贴"),
        Problem(
            "accounts", "一人多卡或一卡多人", "problem", "EXPOSURE", "一人使用多个账户或多人共用一个账户领取补贴"
        ),
        Problem("failed_payment", "发放失败未重发", "problem", "OWED", "因账户原因发放失败的补贴未重新发放到位"),
        Problem(
            "identity_theft", "疑似身份被盗用", "protective", "NONE",
            "享受补贴人员名下的企业、纳税、车辆等信息疑似被他人冒用",
        ),
        Problem(
            "off_system", "未通过系统发放", "management", "EXPOSURE", "补贴资金未通过“一本通”系统发放"
        ),
        Problem(
            "data_quality", "数据质量与对账", "management", "EXPOSURE", "证件号码无效、所属期异常或明细与汇总不一致"
        ),
    )
}  # fmt: skip

KINDS = {
    "LOSS": "应追缴",
    "OWED": "应补发",
    "EXPOSURE": "管理不规范",
    "RECLASS": "应调账",
    "NONE": "不计金额",
}
TRACKS = {
    "problem": "问题",
    "protective": "保护性线索（不计入问题金额）",
    "management": "管理提示（不计入问题金额）",
}
