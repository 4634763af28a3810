"""What the values of a column say it is, whatever its header is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from audit_lib import idnum
from audit_lib.sources.clean.amounts import read_fen, read_number
from audit_lib.sources.clean.choices import read_choice
from audit_lib.sources.clean.dates import NO_DAY, DateRule, from_serial, read_date, squeeze
from audit_lib.sources.clean.periods import read_period
from audit_lib.sources.clean.texts import clean_code, clean_name, clean_text
from audit_lib.sources.unread_dates import STATE_SHORT_YEARS
from audit_lib.tables import TABLES, Column

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲"
    "房滕屈饶解牟艾尤时阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁"
    "沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝厉昝密公彦国胥官宣幸"
)
_PLACE_END = re.compile(
    r"(省|市|县|区|镇|乡|街道|办事处|村|社区|居委会|村委会|居|庄|屯|寨|组|号|院|楼|单元|室|户)$"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff□?]{2,4}")
_NOT_NAMES = re.compile(
    r"男|女|.族|正常|.*成功|.*失败|农业|非农业|农村|城市|城镇|低保|户主|子女|.?父|.?母|配偶|之[子女妻]|本人|.*银行|农户|居民|个人"
    r"|.{1,3}(?:级|类|补贴|补助|对象|人员|元|岁|状态)"
)
_ACCOUNT = re.compile(r"\d{12,23}|\d[\d ]{14,25}\d|\d{2,8}\*{2,}\d{2,6}")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_YEAR = re.compile(r"(19|20)\d\d年?度?")
_ANY_SHORT_YEAR = DateRule(short_years_to=99)
_DAY = re.compile(r"(19|20)\d\d([-./年]\d{1,2}[-./月]\d{1,2}[日号]?|\d{4})")


def _is_id(text: str) -> bool:
    return idnum.status(text) in ("valid", "masked", "excel_cut") or _near_id(text)


def _near_id(text: str) -> bool:
    number = idnum.clean(text)
    return len(number) == 18 and number[:17].isdigit() and idnum.birth_on(number) is not None


def _is_date(text: str) -> bool:
    if read_date(text) is not None:
        return not _YEAR.fullmatch(text.strip())
    return text.strip().isdigit() and from_serial(float(text)) is not None


def _is_short_date(text: str) -> bool:
    """Written with a two-digit year and a day: 17.3 may be an amount."""
    return (
        len(re.findall(r"\d+", text)) == 3
        and read_date(text) is None
        and read_date(text, _ANY_SHORT_YEAR) is not None
    )


def _is_amount(text: str) -> bool:
    return len(re.sub(r"\D", "", text)) < 12 and read_fen(text) is not None


def _is_number(text: str) -> bool:
    return len(re.sub(r"\D", "", text)) < 12 and read_number(text) is not None


def _is_name(text: str) -> bool:
    return _is_like_name(text) and clean_name(text)[0] in _SURNAMES


def _is_like_name(text: str) -> bool:
    """Written like a name; whether it is one, only a known surname says."""
    name = clean_name(text)
    if "·" in name or "*" in name:
        return 2 <= len(name) <= 15
    return (
        bool(_HAN_NAME.fullmatch(name))
        and not _NOT_NAMES.fullmatch(name)
        and not (len(name) > 2 and name[0] not in _SURNAMES and _PLACE_END.search(name))
    )


def _is_place(text: str) -> bool:
    return bool(_PLACE_END.search(clean_text(text)))


def _is_account(text: str) -> bool:
    return bool(_ACCOUNT.fullmatch(clean_code(text))) and not _near_id(text)


#: words that a column of one kind is filled with, whatever it is called
_WORDS = {
    "sex": re.compile(r"[男女]性?|[12]|[MF]", re.IGNORECASE),
    "relation": re.compile(
        r"户主|本人|配偶|[夫妻]子?|丈夫|.?[子女婿]|儿[子媳]|女[儿婿]|独生[子女]|[长次三四五二][子女].?|[养继]?[子女]|孙.?[子女]?|外孙.?|曾孙.?"
        r"|.?[父母]亲?|[祖外].?[父母].?|岳[父母]|公公|婆婆|[兄弟姐妹]{1,2}|.?侄.?|外甥.?|媳|其他.*|非亲属|户主.*|\d{1,2}"
    ),
    "bank": re.compile(
        r".*(银行|信用社|农信|农商|邮储|邮政|联社|农行|工行|建行|中行|支行|分行|营业|储蓄所|网点|金融).*"
    ),
    "plate": re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9*·\- ]{4,8}[\u4e00-\u9fff]?", re.IGNORECASE),
    "uscc": re.compile(r"[0-9A-Z]{2}\d{6}[0-9A-Z]{10}|\d{13,15}", re.IGNORECASE),
    "status": re.compile(
        r".*(成功|失败|退回|退票|冲销|红冲|未发|已发|正常|异常|不符|不存在|销户|冻结|止付).*|[A-Z0-9]{1,6}"
    ),
    "town": re.compile(r".{1,8}(镇|乡|街道|街道办事处|办事处|街道办)"),
    "village": re.compile(r".{1,10}(村|社区|居委会|村委会|村民委员会|居|庄|屯|寨)"),
    "in_village": re.compile(r".{0,20}.(村|社区|居委会|居|庄|屯|寨|镇|乡|街道).*"),
    "class": re.compile(
        r"[A-EＡ-Ｅ甲乙丙丁][类级档]?|[一二三四五六七八九十1-9]{1,2}[类级档等](?:残疾|残)?|[ⅠⅡⅢⅣ]{1,2}级?|第?[一二三四1-4]档|(?:全|半|部分|完全)?(?:自理|失能|护理|不能自理|丧失).{0,4}"
        r"|(?:集中|分散|机构|居家|社会散居)(?:供养|养育|安置|抚养)?|[重中轻]度?(?:残疾)?|\d{2,3}\s*[-~—至]\s*\d{2,3}周?岁|\d{2,3}周?岁(?:及?以上)|.{1,6}[类级档]"
    ),
    "item": re.compile(
        r".*(补贴|补助|津贴|救助|奖|扶助|金|费|款|低保|五保|优抚|直补|补偿|资助|慰问|保障|供养|养老|项目).*"
    ),
    "month_part": re.compile(
        r"(1[0-2]|0?[1-9])月?份?|第?[一二三四1-4]季度?|[上下]半年|[春秋]季?(学期)?|全年|[一二三四五六七八九十]{1,2}月份?"
    ),
    "firm": re.compile(
        r".*(公司|合作社|厂|店|部|中心|行|社|场|馆|农场|经营户|超市|集团|企业|站|铺|园|个体.*)([(].*[)])?"
    ),
    "long_number": re.compile(r"\d{3,}(\.\d+)?|\d+\.\d+"),
}
#: text columns that hold numbers used as names; digits in them deny nothing
_CODES = frozenset(
    "cert_no pay_no batch_no reissue_of voucher_no uscc finding_id household_no plate_no purpose note return_status"
    " return_reason fail_reason reason_code stop_reason".split()
)
_FREE = frozenset(
    "purpose note stop_reason return_reason fail_reason attachment inspection_result address".split()
)
_OF_WORDS = {
    "sex": "sex", "relation": "relation", "bank": "bank", "plate_no": "plate", "uscc": "uscc", "phone": "phone",
    "return_status": "status", "account_no": "account", "replaced_by": "account",
}  # fmt: skip
#: cells that say there is nothing to say
#: a column of few short words is one of choices, whatever the words
_FEW, _SHORT = 8, 10
_NOTHING = NO_DAY | {"空", "null", "NULL", "None", "N/A", "未填", "0000-00-00"}


def _filled_with(words: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: bool(words.fullmatch(clean_code(text)))


def _meant(table: str, name: str) -> Callable[[str], bool]:
    column = next(column for column in TABLES[table].columns if column.name == name)
    return lambda text: read_choice(column, text) is not None


_TESTS: dict[str, Callable[[str], bool]] = {
    "paid": _meant("payment", "status"), "scheme": _meant("social_ins", "scheme"),
    "id": _is_id, "date": _is_date, "short_date": _is_short_date, "period": lambda text: read_period(text) is not None, "fen": _is_amount,
    "number": _is_number, "name": _is_name, "name_like": _is_like_name, "place": _is_place, "account": _is_account,
    "phone": lambda text: bool(_PHONE.fullmatch(clean_code(text))),
    "year": lambda text: bool(_YEAR.fullmatch(clean_text(text))),
    "day": lambda text: bool(_DAY.fullmatch(squeeze(text))), "valid_id": lambda text: idnum.status(text) == "valid",
    **{kind: _filled_with(words) for kind, words in _WORDS.items()},
}  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """Shares of the filled cells (0 to 1) that are ID numbers, dates, … ; ``filled`` is their number."""

    filled: int
    shares: dict[str, float]
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, cells: Sequence[str]) -> Evidence:
        """Judge a column's sample; a cell is judged once however often it occurs."""
        return _judge(tuple(cells))

    def share(self, kind: str) -> float:
        """The share of one kind."""
        return self.shares.get(kind, 0.0)

    def is_placed(self) -> bool:
        """Whether the values name places, as those of a column of addresses do."""
        return not self.filled or max(self.share("place"), self.share("in_village")) >= 0.5

    def hint(self, column: Column) -> str:
        """What must be stated to read the values as the column's, empty when nothing must."""
        short = column.type == "date" and self.share("short_date") >= 0.5
        return f";{STATE_SHORT_YEARS}" if short else ""

    def agrees(self, column: Column, half: str = "") -> float | None:
        """How well the values fit a canonical column, 0 to 1; None when they say nothing about it.

        Args:
            column: the canonical column.
            half: 镇 or 村 for the halves of a place.
        """
        if self.filled < 1:
            return None
        if half or column.type == "place":
            return self._fits_place(half)
        if column.name == "account_name":  # an institution may hold the account
            return None if self._foreign(codes=False) < 0.5 else 0.0
        if column.name in _OF_WORDS:
            return self.share(_OF_WORDS[column.name])
        match column.type:
            case "name":
                return self.share("name_like")
            case "id":
                return max(self.share("id"), 0.0)
            case "date":
                return max(self.share("day"), 0.9 * self.share("date"))
            case "period":
                grain = self.share("period") - 0.3 * self.share("day")
                return max(grain, self.share("month_part"))
            case "fen" | "number":
                return self.share(column.type)
            case "int":
                return self.share("year" if column.name.endswith("year") else "number")
            case "choice":
                return self._readable(column)
            case "item":
                return self.share("item") or max(0.0, 0.6 - self._foreign(codes=False) - self.share("number"))
            case _:
                return self._fits_text(column.name)

    def _fits_place(self, half: str) -> float | None:
        foreign = max(self._foreign(codes=False), self.share("number"), self.share("sex"))
        if foreign > 0.5:
            return 1 - foreign
        if half == "镇":
            return 1.0 if self.share("town") > 0.5 else 0.0 if self.share("village") > 0.8 else None
        return 1.0 if self.share("place") > 0.5 else None

    def _fits_text(self, column: str) -> float | None:
        """Only other kinds of values can deny a text column."""
        foreign = self._foreign(codes=column in _CODES)
        if column not in _CODES:
            foreign = max(foreign, self.share("long_number"))
        if column in _FREE:
            foreign = self.share("id")
        return 1 - foreign if foreign > 0.5 else None

    def _foreign(self, *, codes: bool) -> float:
        kinds = ("day",) if codes else ("id", "account", "day", "phone")
        return max(self.share(kind) for kind in kinds)

    def _readable(self, column: Column) -> float:
        """The words of a status need not be known: few different short ones are asked about one by one."""
        distinct = set(self.words)
        known = {word for word in distinct if read_choice(column, word) is not None}
        share = sum(word in known for word in self.words) / self.filled
        few = len(distinct) <= _FEW and all(len(word.strip()) <= _SHORT for word in distinct)
        if column.name in ("status", "channel") and few and self.share("number") + self.share("name") < 0.5:
            return max(share, 0.8)
        return share


@lru_cache(maxsize=512)
def _judge(cells: tuple[str, ...]) -> Evidence:
    """The same column is looked at once for each table that its sheet may be."""
    written = tuple(cell for cell in cells if cell.strip() and squeeze(cell) not in _NOTHING)
    distinct = set(written)
    judged = {kind: {cell for cell in distinct if test(cell)} for kind, test in _TESTS.items()}
    total = max(len(written), 1)
    shares = {kind: sum(cell in yes for cell in written) / total for kind, yes in judged.items()}
    return Evidence(len(written), shares, written)
