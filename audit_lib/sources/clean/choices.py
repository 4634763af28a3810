"""The words that offices fill a column of few values with: paid or failed, by which channel, who reported it.

A word is read only when it can mean nothing else here; 处理中 and the like stay unread, and what they mean in
one source is said by its ``values`` in ``sources.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from audit_lib.sources.clean.texts import clean_text
from audit_lib.tables import Column

#: column → pattern and value, the first that fits
_WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "status": (
        (r"(?!.*(?:待|部分)).*(?:冲销|红冲|冲正|冲回|抹账|撤销).*", "reversed"),
        (r"(?!.*(?:待|部分|未)).*(?:退回|退票|退汇|退款|已退|被退).*", "returned"),
        (r"(?!.*(?:待|部分|重发|补发)).*(?:失败|不成功|未成功|未到账|未入账|未发放?|未支付|未付|未兑付|未打卡|未拨付|拒绝|拒付|错误"
         r"|户名不符|账号不存在|账户不存在|已?销户|挂失|冻结|止付|账户异常|账号有误|作废|无效).*|否|N|NO|FAIL(?:ED|URE)?|ERROR", "failed"),
        (r"(?!.*(?:未|待|不|非|部分|拟|将|重发|补发|审核|异常|申请|退)).*(?:成功|已发|已支付|已付|到账|入账|已兑付|已兑现|已打卡|已代发|已拨付"
         r"|已发放|已转账|已划转|已划拨|已领取|发放完成|支付完成|发放完毕|支付完毕|入卡|已记账|交易完成).*"
         r"|正常|完成|已完成|办结|已办结|是|Y|YES|OK|SUCCESS(?:FUL)?|0{3,}", "success"),
    ),
    "channel": (
        (r".*现金.*", "cash"),
        (r".*(?:系统外|体系外|平台外|线下|自行发放|部门直发|手工发放|[未非不](?:通过|经|在|走)?.{0,4}(?:系统|一本通|一卡通|平台)).*", "off_system"),
        (r".*(?:一本通|一卡通|补贴系统|系统内|平台发放|惠民惠农平台|线上|通过系统|系统发放|系统代发).*", "system"),
    ),
    "source": (
        (r"(?=.*(?:公安|派出所|户籍|户政))(?!.*(?:卫|医|民政|殡|村|法院)).*", "police"),
        (r"(?=.*(?:殡仪|火化|殡葬|火葬))(?!.*(?:公安|卫|医|村|法院)).*", "crematorium"),
        (r"(?=.*(?:卫健|卫生|疾控|医院|卫计))(?!.*(?:公安|殡|村|法院|医保)).*", "health"),
        (r"(?=.*(?:医保|医疗保障|社保|人社))(?!.*(?:公安|殡|村|法院)).*", "insurance"),
        (r"(?=.*法院)(?!.*(?:公安|卫|殡|村)).*", "court"),
        (r"(?=.*(?:村|居委|社区))(?!.*(?:公安|卫|殡|医|法院)).*", "village"),
        (r".*(?:上级|异地|省级?|国家|部级?)(?:下发|比对|反馈|数据|推送).*", "higher"),
    ),
    "scheme": (
        (r"(?!.*(?:医|工伤|失业|生育)).*(?:居民.*养老|养老.*居民|新农保|新型农村|居保|农村社会养老).*", "resident"),
        (r"(?!.*(?:医|工伤|失业|生育|居民|企业)).*(?:机关|事业单位|机关事业).*", "public"),
        (r"(?!.*(?:医|工伤|失业|生育|居民|机关|事业)).*(?:职工.*养老|企业.*养老|养老.*(?:职工|企业)|灵活就业|企业职工|城镇职工|企保).*", "employee"),
    ),
    "result": (
        (r".*部分属实.*|基本属实", "partly"),
        (r".*(?:不属实|不实|非问题|排除).*", "cleared"),
        (r".*(?:无法核实|无法核查|无法确认|无法查实|查无此人).*", "unverifiable"),
        (r"(?!.*[不非未]).*属实.*|问题存在|确有此事", "confirmed"),
    ),
}  # fmt: skip
#: the bank's answer is told in the same words
_BANK = {"success": "成功", "failed": "失败", "returned": "退回", "reversed": "退回"}
_WORDS["return_status"] = tuple((pattern, _BANK[value]) for pattern, value in _WORDS["status"])
_COMPILED = {
    name: [(re.compile(pattern, re.IGNORECASE), value) for pattern, value in words]
    for name, words in _WORDS.items()
}
_BLANKS = re.compile(r"\s+")
#: what a cell of reasons says when there is none
_NO_REASON = re.compile(r"(?:无|正常|成功|.*(?<!不)(?<!未)成功|-+|—+|/|0*|空|NULL|N/A|ok)", re.IGNORECASE)


def read_choice(column: Column, text: str, values: Mapping[str, str] | None = None) -> str | None:
    """The value a written word means, None when nobody can say.

    Args:
        column: a column with ``choices``.
        text: the cell.
        values: what words of this source mean, as ``sources.yml`` says; these go first.

    Example:
        >>> from audit_lib.tables import TABLES
        >>> status = next(c for c in TABLES["payment"].columns if c.name == "status")
        >>> read_choice(status, "代发成功"), read_choice(status, "未到账"), read_choice(status, "处理中")
        ('success', 'failed', None)
    """
    word = plain_word(text)
    for written, meaning in (values or {}).items():
        if plain_word(written) == word:
            return _meaning(column, plain_word(meaning))
    return _meaning(column, word)


def _meaning(column: Column, word: str) -> str | None:
    for spelling, value in column.choices.items():
        if word in (plain_word(spelling), value):
            return value
    for pattern, value in _COMPILED.get(column.name, ()):
        if word and pattern.fullmatch(word):
            return value
    return None


def plain_word(text: str) -> str:
    """A word as it is compared: no blanks, width undone."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", clean_text(text)))


def says_failure(reason: str | None) -> bool:
    """Whether a cell of reasons for failure says that something failed."""
    return bool(reason) and not _NO_REASON.fullmatch(plain_word(reason or ""))
