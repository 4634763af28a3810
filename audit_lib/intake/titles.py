"""The subsidy and the period that a title, a sheet's name or a file's name says."""

from __future__ import annotations

import re
import unicodedata

_TIME = re.compile(
    r"(?:19|20)\d\d年?度?(?:第?[一二三四1-4]季度|[上下]半年|[春秋]季?学?期?|\d{1,2}月?[-~至到—–]\d{1,2}月份?|\d{1,2}月份?)?"
    r"|第?[一二三四1-4]季度|[上下]半年|[春秋]季学期|\d{1,2}月?[-~至到—–]?\d{0,2}月份?|\d{6,8}|[Qq][1-4]|第[一二三四五六七八九十\d]+[批期次]"
)
_BRACKETS = re.compile(r"[(\[【〔《<][^()\[\]【】〔〕《》<>]*[)\]】〕》>]")
#: 云溪县、柳泉镇 in front of a subsidy; 农村、城乡、乡村医生、市区 are none
_PLACE = re.compile(
    r"^[\u4e00-\u9fffXx×*]{1,7}?(?:自治[州县区]|管委会|管理区|办事处|街道办?|省|(?<!城)市(?!居|级|区|低|直|县)|县(?!级|两|内|外|域|乡)|(?<![社市片辖])区(?!级|内|外|域|直|划)|镇(?!级|居)|(?<![城各])乡(?!村|镇|土|贤))"
)
_VILLAGE = re.compile(
    r"^[\u4e00-\u9fff]{1,6}?(?:(?<![农乡])村(?!级|干|民|医|居|集|两|委|社)|村委会|社区(?!矫正|老|居)|居委会)"
)
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff]{0,8}?(?:民政|财政|残联|农业农村|农业|林业|水利|卫健委?|卫计|卫生|人社|教体|教育|扶贫|乡村振兴|退役军人事务|退役军人|组织部|住建|移民)(?:局|委|办|所|站|部|中心)+"
)
_PAPER = re.compile(
    r"(?:实名制?|到户|到人|分户|打卡|代发|直接|一次性|集中|拟|实际|个人|电子|银行|系统|导出|全区|全县|全镇|全市|最终|定稿|改|新|补发|应|相关|有关)*"
    r"(?:发放|兑付|兑现|发|拨付|支付|公示|申报|花名|清册|名册|名单|明细|汇总|登记|台账|情况|统计|数据|表|册|批次|人员|对象|农户|户|导入|模板|信息|回盘|回单|"
    r"审核|审批|核定|分配|领取|结算|受益|资金|款|及|的|和|\d+|v|V|副本|最终版|版|公示表|一览|清单|结果|系统|打卡|一卡通|一本通)*$"
)
_NOUN = re.compile(
    r"(?:补贴|补助|津贴|救助|奖励|扶助|直补|补偿|资助|优待|低保|五保|慰问|奖补|供养|分红|收益分配|金|费|养老|保障|扶持|代缴|免补|优抚|抚恤|良种|地力保护|待遇|退耕还林|奖扶|特扶|危房改造|危改|报酬|工资|免费电|电价|燃油|保险)$"
)
_UP_TO_NOUN = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:补贴|补助|津贴|救助金?|抚恤金|养老金|供养金|低保金|慰问金|直补|奖励金|扶助金|补偿金)"
)
_EMPTY = re.compile(
    r"(?:各项|各类|各种|农村|财政|惠农|惠民|惠农惠民|惠民惠农|强农|一卡通|一本通|涉农|资金|专项|年度|全部|政府|其他|农户|个人|民生|通过|未通过|"
    r"系统|系统外|线下|本级|到户|到人|社会|和|及|类|项目)*"
    r"(?:补贴|补助|资金|金|费|款|补贴资金|补助资金|救助|项目|奖励|保障|津贴|奖补|扶持|发放|直补|直补资金|补贴金|补助金|金额|惠农|补贴项目|奖金|工资|现金)"
)


def item_in(*texts: str) -> str:
    """The subsidy that the first of the texts that names one names; empty when none does.

    Example:
        >>> item_in("云溪县2018年第一季度农村奶牛养殖补贴发放清册")
        '农村奶牛养殖补贴'
        >>> item_in("柳泉镇惠农补贴公示表", "2018年名册")
        ''
    """
    for text in texts:
        for part in _parts(text):
            if name := _subject(part):
                return name
    return ""


def is_several(name: str) -> bool:
    """Whether a title names two subsidies at once (生活补贴和护理补贴)."""
    halves = re.split(r"[和、与及]", name)
    return len(halves) > 1 and sum(bool(_NOUN.search(half)) for half in halves) > 1


def _parts(text: str) -> list[str]:
    written = unicodedata.normalize("NFKC", text)
    written = re.sub(r"\.(xlsx?|csv|txt|et|dbf|xlsm|zip|html?)\b", "", written, flags=re.IGNORECASE)
    written = _BRACKETS.sub("", written)
    return [part for part in re.split(r"[\s_/\\\-—|,.;:,。;:\"“”]+", written) if len(part) >= 2]


def _subject(part: str) -> str:
    """What is left of a title without time, place, office and the words of the paper itself."""
    name = _TIME.sub("", part)
    for _ in range(4):
        shorter = _OFFICE.sub("", _VILLAGE.sub("", _PLACE.sub("", name)))
        shorter = re.sub(r"^(?:关于|年度?|月份?|的|[、·]|\d+)+", "", shorter)
        if shorter == name:
            break
        name = shorter
    # 资金 is dropped with the paper's words, but 金 belongs to the name
    for _ in range(3):
        shorter = _PAPER.sub("", name)
        if not shorter or shorter == name:
            break
        name = shorter
    if not _NOUN.search(name) and (head := _UP_TO_NOUN.match(name)):
        name = head.group()  # what follows is about the paper: 高龄补贴三季度人员变动后打卡
    if not (3 <= len(name) <= 24) or not _NOUN.search(name) or _EMPTY.fullmatch(name):
        return ""
    return name if re.search(r"[\u4e00-\u9fff]{3}", name) else ""
