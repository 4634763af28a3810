"""Which row of a file heads it, and which of its columns tell who a row is about, whatever they are called.

Offices head the same column in a hundred ways, so a header is known by its stem (…身份证…, …户…编号), not from a
list; columns of somebody else (配偶姓名, 监护人身份证号) are not the person's. Where two headers would do, or none
does, the values decide: a column of identity numbers is one under any header.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from audit_lib.intake.evidence import Evidence
from audit_lib.sources.headers import ColumnMap
from audit_lib.sources.layout_heads import JOINT, compose_header
from audit_lib.sources.sheets import HeadRow

#: shapes of a normal header by column, the surest first; town and village are halves of a place
SHAPES: dict[str, tuple[str, ...]] = {
    "name": (
        r"(人员|居民|本人|成员|职工|学生|患者|个人|公民|真实|现用)?(姓名|名字)|name|xm|xingming", r"(?!.*(单位|机构|公司|企业|学校|银行|项目)).*姓名",
        r"(full|person|real|citizen|resident)name|(姓名|名字).{1,4}", r"(受益|申请|享受|领款|领取|参保|补贴|救助|发放|保障|死亡|亡故|服刑|当事|权利|登记|被保险|持证|收款)(人|者|对象)(员|名称)?",
        r"人名|死者|逝者|亡者|老人|学生|户主|农户|户名|名称|username|customername",
    ),
    "former_name": (r"(曾用|原用|以前|旧)(姓)?名|曾名|原(来)?(的)?(姓)?名|别名|又名|cym|(former|old|previous|other|alias)name|alias",),
    "id": (
        r"(公民|居民|本人|人员|个人)?(身份证|身份)(证件|证明)?(号码?|编号|号)|公民身份号码?|sfzh(m|hm)?|sfzhm|id(no|number|card|cardno|cardnumber|num)?|identity(no|number|card)?",
        r".*(身份证|身份号|公民身份|sfz).*|(citizen|person|resident|nationalid|identity)(id|no|number|card).*|nationalid", r"(.*)(证件|证照)(号码?|编号|编码)|zjhm?|zjh|证号|cert(no|ificateno)",
    ),
    "birth_on": (r"出生(年月日?|日期|时间|日)?|生日|birth(day|date|dt)?|dateofbirth|dob|csrq|csny|csnyr", r".*(出生|生日)(?!地|证|医学|省|市|县|所).*|birth.*|.*birth(day|date)"),
    "sex": (r"性别(代码|名称)?|sex|gender|xb|xingbie", r".*性别.*"),
    "household_no": (
        r"(家庭|户籍|户口|农户|户主|住户)户?(号码?|编号|编码|代码|id)|户(号码?|编号|编码|代码|id)|户(口)?(簿|薄|本)(编)?号|hh|hukou.*|household.*|family(id|no|number|code)|huhao|hh(id|no)|hjh|jth",
        r".*(?<!账)(?<!开)(?<!门)(户|家庭)(籍|口|主)?(簿|薄|本)?(序|编)?(号码?|编号|编码|代码|码|id)",
    ),
    "account_no": (r"(银行)?(卡|账)(号|户)(码)?|银行卡(号)?|(银行)?账户(号码?)?|(bank)?(account|card)(no|number|id)?|yhzh|yhkh|zh|kh", r".*(账号|卡号|账户号).*|存折.*号|一(卡|本)通.*号?"),
    "phone": (r"(联系|移动|手机|固定|家庭|本人)?(电话|手机)(号码?)?|联系方式|手机|phone(no|number)?|(mobile|cell)(phone|no|number)?|tel(ephone|no)?|lxdh|sjh(m)?|dh", r".*(电话|手机号).*"),
    "town": (r"(所属|所在|户籍|现住)?(乡|镇|乡镇|镇街|街镇|镇乡|街道|乡镇街道|镇街道|乡街道)(名称|名)?|(town|township|xiangzhen|street|subdistrict)(name)?|xz|zjd?",),
    "village": (
        r"(所属|所在|户籍|现住|居住)?(行政|自然)?(村|村居|村社区|村名|村庄|社区|村委会|村居委会|村委|居委会|村居民委员会)(名称|名)?|(village|cun|community|sq|cj)(name)?", r"(?!.*(干部|书记|会计|编码|代码|组)).*(村|社区)(名称|名)?",
        r".*(住址|地址|住所|居住地|户籍地|户口所在地|户籍所在地|居住地点|家庭所在地|所在地|常住地)|address|addr|(home|residential|live).*address|zz|dz|jtzz|hjdz|籍贯|.*地址.*",
    ),
}  # fmt: skip
#: whose a column is that is not the person's own, or what is no such thing
_OTHERS = re.compile(
    r"配偶|丈夫|妻子|父亲|母亲|监护|赡养|抚养|扶养|代领|代办|经办|填表|审核|联系人|负责人|法人|法定代表|村干部|紧急|担保|介绍|证明人|代理|开户(行|银行|网点)"
    r"|护理人|照料|主管|spouse|guardian|father|mother|agent|contactname|contactperson|emergency"
)
_NO_NUMBER = re.compile(
    r"类型|类别|种类|名称|有效|期限|签发|发证|状态|是否|校验|核验|结果|照片|复印|正面|反面|地址|残疾证|低保证|优待证|type|status"
)
_NOT_HEADED = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_BRACKETED = re.compile(r"[(\[【〔{<《][^()\[\]【】〔〕{}<>《》]*[)\]】〕}>》]")
#: the kind of value that proves a column, and from which share on
_PROOF = {
    "name": ("name", 0.5), "id": ("id", 0.4), "birth_on": ("date", 0.5), "sex": ("sex", 0.8), "account_no": ("account", 0.5),
    "phone": ("phone", 0.5), "town": ("town", 0.5), "village": ("in_village", 0.5),
}  # fmt: skip
_SAMPLE, _NOTED = 40, 0.15
_PATTERNS = {column: [re.compile(shape) for shape in shapes] for column, shapes in SHAPES.items()}


def normal(header: str) -> str:
    """A header without width, case, blanks, punctuation and bracketed remarks; 帐 is 账.

    Example:
        >>> normal("*身份证 号 码(18位)"), normal("ID No.")
        ('身份证号码', 'idno')
    """
    text = unicodedata.normalize("NFKC", header).lower().replace("帐", "账")
    return _NOT_HEADED.sub("", _BRACKETED.sub("", text)) or _NOT_HEADED.sub("", text)


def rank_header(header: str, column: str) -> int | None:
    """How surely a header is a column's: 0 surely, more is less; None when it is not.

    Example:
        >>> rank_header("老人身份证号", "id"), rank_header("配偶身份证号", "id"), rank_header("证件类型", "id")
        (1, None, None)
    """
    name = normal(header)
    if not name or len(name) > 24 or _OTHERS.search(name) or (column == "id" and _NO_NUMBER.search(name)):
        return None
    found = (rank for rank, pattern in enumerate(_PATTERNS[column]) if pattern.fullmatch(name))
    return next(found, None)


def choose_columns(head: list[HeadRow]) -> tuple[HeadRow, ColumnMap] | None:
    """The header among a sheet's first rows, and its columns; None when no column names people.

    Args:
        head: the first non-blank rows.
    """
    best: tuple[tuple[int, int], HeadRow, dict[str, int]] | None = None
    for index in range(len(head)):
        row = compose_header(head, index).at
        below = [later.cells for later in head if later.row > row.row]
        if _is_of_values(row.cells):
            break
        columns = _match(row.cells, below)
        score = (int("name" in columns) + int("id" in columns), len(columns))
        if score[0] and (best is None or score > best[0]):
            best = score, row, columns
    if best is None:
        return _by_values(head)
    return best[1], _as_map(best[2], best[1].cells)


def _samples(below: Sequence[Sequence[str]], width: int) -> list[Evidence]:
    return [
        Evidence.of([row[at].strip() for row in below[:_SAMPLE] if at < len(row) and row[at].strip()])
        for at in range(width)
    ]


def _match(cells: Sequence[str], below: Sequence[Sequence[str]]) -> dict[str, int]:
    evidence = _samples(below, len(cells))
    ranked: list[tuple[float, int, str]] = []
    for at, cell in enumerate(cells):
        names = [cell.replace(JOINT, ""), cell.rsplit(JOINT, 1)[-1]] if JOINT in cell else [cell]
        if JOINT in cell and _OTHERS.search(normal(cell)):
            continue
        for column in SHAPES:
            ranks = [rank for name in names if (rank := rank_header(name, column)) is not None]
            if not ranks:
                continue
            share = _share(evidence[at], column)
            # a header in doubt is nothing when its values are of another kind
            if (
                share is not None
                and share < _NOTED
                and (min(ranks) or column in ("id", "birth_on"))
                and evidence[at].filled >= 5
            ):
                continue
            ranked.append((min(ranks) - (share or 0.0) / 2, at, column))
    columns: dict[str, int] = {}
    for _, at, column in sorted(ranked):
        if column not in columns and at not in columns.values():
            columns[column] = at
    _add_by_values(columns, evidence)
    return columns


def _share(evidence: Evidence, column: str) -> float | None:
    """Share of a column's values that are of its kind; None when nothing is filled or nothing proves it."""
    if not evidence.filled or column not in _PROOF:
        return None
    if column == "name":
        return max(evidence.share("name"), evidence.share("name_like"))
    return evidence.share(_PROOF[column][0])


def _add_by_values(columns: dict[str, int], evidence: Sequence[Evidence]) -> None:
    """Numbers and names under headers nobody knows."""
    for column in ("id", "name"):
        kind, least = _PROOF[column]
        if column in columns:
            continue
        free = [at for at in range(len(evidence)) if at not in columns.values() and evidence[at].filled >= 3]
        likely = [
            at for at in free if evidence[at].share(kind) >= max(least, 0.6 if column == "name" else 0.0)
        ]
        if likely and (column == "id" or len(likely) == 1):
            columns[column] = max(likely, key=lambda at: (evidence[at].share(kind), -at))


def _is_of_values(cells: Sequence[str]) -> bool:
    """Whether a row is of people already: one of its cells is a number of a person."""
    return bool(Evidence.of([cell.strip() for cell in cells if cell.strip()]).share("valid_id"))


def _by_values(head: list[HeadRow]) -> tuple[HeadRow, ColumnMap] | None:
    """The columns by their values alone, below the first row that is wide enough to be a header."""
    width = max((sum(map(bool, row.cells)) for row in head), default=0)
    for index, row in enumerate(head):
        if sum(map(bool, row.cells)) < width or _is_of_values(row.cells):
            continue
        columns: dict[str, int] = {}
        _add_by_values(columns, _samples([later.cells for later in head[index + 1 :]], len(row.cells)))
        if columns:
            return row, _as_map(columns, row.cells)
        break
    return None


def _as_map(columns: dict[str, int], cells: Sequence[str]) -> ColumnMap:
    halves = {name: columns[name] for name in ("town", "village") if name in columns}
    at = {name: place for name, place in columns.items() if name not in halves}
    return ColumnMap(at=at, town=halves.get("town"), village=halves.get("village"))


__all__ = ["SHAPES", "choose_columns", "normal", "rank_header"]
