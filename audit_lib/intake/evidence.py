"""What the values of a column say it is, whatever its header is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit_lib import idnum
from audit_lib.sources.clean.amounts import read_fen, read_number
from audit_lib.sources.clean.dates import from_serial, read_date
from audit_lib.sources.clean.periods import read_period
from audit_lib.sources.clean.texts import clean_code, clean_name, clean_text
from audit_lib.tables import ColumnType

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲"
    "房滕屈饶解牟艾尤时阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁"
    "沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝厉昝密公彦国胥官宣幸"
)
_PLACE_END = re.compile(r"(省|市|县|区|镇|乡|街道|办事处|村|社区|居委会|村委会|居|庄|屯|寨|组|号|院|楼|单元|室|户)$")
_HAN_NAME = re.compile(r"[\u3400-\u9fff□?]{2,4}")
_NOT_NAMES = re.compile(
    r"男|女|.族|正常|.*成功|.*失败|农业|非农业|农村|城市|城镇|低保|户主|子女|.?父|.?母|配偶|之[子女妻]|本人|.*银行|农户|居民|个人"
    r"|.{1,3}(?:级|类|补贴|补助|对象|人员|元|岁|状态)"
)
_ACCOUNT = re.compile(r"\d{15,21}|\d[\d ]{14,25}\d")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_YEAR = re.compile(r"(19|20)\d\d年?度?")


def _is_id(text: str) -> bool:
    return idnum.status(text) in ("valid", "masked", "excel_cut") or _near_id(text)


def _near_id(text: str) -> bool:
    number = idnum.clean(text)
    return len(number) == 18 and number[:17].isdigit() and idnum.birth_on(number) is not None


def _is_date(text: str) -> bool:
    if read_date(text) is not None:
        return not _YEAR.fullmatch(text.strip())
    return text.strip().isdigit() and from_serial(float(text)) is not None


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
    return bool(_HAN_NAME.fullmatch(name)) and not _NOT_NAMES.fullmatch(name) and not (
        len(name) > 2 and name[0] not in _SURNAMES and _PLACE_END.search(name)
    )


def _is_place(text: str) -> bool:
    return bool(_PLACE_END.search(clean_text(text)))


def _is_account(text: str) -> bool:
    return bool(_ACCOUNT.fullmatch(clean_code(text))) and not _near_id(text)


_TESTS: dict[str, Callable[[str], bool]] = {
    "id": _is_id, "date": _is_date, "period": lambda text: read_period(text) is not None, "fen": _is_amount,
    "number": _is_number, "name": _is_name, "name_like": _is_like_name, "place": _is_place, "account": _is_account,
    "phone": lambda text: bool(_PHONE.fullmatch(clean_code(text))),
    "year": lambda text: bool(_YEAR.fullmatch(clean_text(text))),
}  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """Shares of the filled cells (0 to 1) that are ID numbers, dates, … ; ``filled`` is their number."""

    filled: int
    shares: dict[str, float]

    @classmethod
    def of(cls, cells: Sequence[str]) -> Evidence:
        """Judge a column's sample; a cell is judged once however often it occurs."""
        written = [cell for cell in cells if cell.strip() and cell.strip() not in ("-", "—", "/", "无")]
        distinct = set(written)
        judged = {kind: {cell for cell in distinct if test(cell)} for kind, test in _TESTS.items()}
        total = max(len(written), 1)
        return cls(
            len(written), {kind: sum(cell in yes for cell in written) / total for kind, yes in judged.items()}
        )

    def share(self, kind: str) -> float:
        """The share of one kind."""
        return self.shares.get(kind, 0.0)

    def agrees(self, column: str, kind: ColumnType) -> float | None:
        """How well the values fit a canonical column, 0 to 1; None when they say nothing about it."""
        if self.filled < 1:
            return None
        if column in ("account_no", "replaced_by"):
            return self.share("account")
        if column == "account_name":  # an institution may hold the account
            return None
        if kind == "name":
            return self.share("name_like")
        if column == "phone":
            return self.share("phone")
        if kind == "int" and column.endswith("year"):
            return self.share("year")
        match kind:
            case "id" | "date" | "period" | "fen" | "number":
                return self.share(kind)
            case "int":
                return self.share("number")
            case "text" | "choice" | "item":
                return 0.0 if max(self.share("id"), self.share("account")) > 0.8 and kind != "text" else None
            case _:
                return None
