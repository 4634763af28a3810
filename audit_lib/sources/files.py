"""One delivered file → its entry in the cache: converted rows and an account of every sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from audit_lib.errors import Faults, SourceError
from audit_lib.params import SourceSpec
from audit_lib.sources.columns import Dictionaries, Given, SheetColumns
from audit_lib.sources.convert import Converted, Outlet, Quality, convert_sheet
from audit_lib.sources.dbf import DbfFile
from audit_lib.sources.formats import holds_macros, sniff
from audit_lib.sources.guards import MOST_COLUMNS, check_archive, has_bare_formulas, too_wide
from audit_lib.sources.headers import ColumnMap, Header, find_header, map_columns
from audit_lib.sources.large_texts import open_text
from audit_lib.sources.layout_blocks import Look
from audit_lib.sources.layout_widths import FIXED_WIDTH, has_fixed_width
from audit_lib.sources.sheets import DeliveredFile, DeliveredSheet, HeadRow
from audit_lib.sources.spreadsheets import Workbook
from audit_lib.sources.surroundings import look_around
from audit_lib.sources.web_tables import WebFile
from audit_lib.tables import TABLES, Table

_EXPORT_AGAIN = (
    "用原系统重新导出为 .xlsx 或 CSV 后报送;不需要的文件请移出 raw 文件夹,或在 sources.yml 中写 skip: true"
)
_CUT_SHARE = 0.20


@dataclass(frozen=True)
class SheetAccount:
    """One sheet read: where its header was and what became of its rows."""

    sheet: str
    header_row: int
    title: str
    converted: Converted


@dataclass
class FileAccount:
    """What was learnt about a file while reading it.

    Attributes:
        outlet: takes the rows of a long sheet while the rest of it is read; without one they come with the sheet.
    """

    format: str = ""
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    quality: Quality = field(default_factory=Quality)
    outlet: Outlet | None = None


def open_file(path: Path, name: str) -> DeliveredFile:
    """Open a file by what its content is.

    Raises:
        SourceError: it is damaged, locked, empty or no table at all.
    """
    kind, words = sniff(path)
    if kind == "xlsx":
        check_archive(path, name)
    if kind in ("xlsx", "xls"):
        return Workbook(path, name, kind)
    if kind == "text":
        return open_text(path, name)
    if kind == "dbf":
        return DbfFile(path, name)
    if kind == "encrypted":
        raise SourceError("工作簿有密码保护,无法读取", name, "请报送单位取消密码后重新报送")
    if kind == "html":
        return WebFile(path.read_bytes(), name)
    words = "压缩包里还有压缩包" if kind == "zip" else words
    raise SourceError(f"无法读取:{words}", name, _EXPORT_AGAIN)


def read_file(
    path: Path, name: str, spec: SourceSpec, known: Dictionaries, account: FileAccount
) -> Iterator[SheetAccount]:
    """Read a file sheet by sheet.

    Args:
        path: the file.
        name: its path below the raw folder, for messages and for the town in it.
        spec: how to read it.
        known: the district's spellings.
        account: filled on the way; complete when the iterator is exhausted.

    Raises:
        SourceError: the file as a whole cannot be used; lists all its faults.
    """
    delivered = open_file(path, name)
    account.format, account.encoding = delivered.format, delivered.encoding
    if delivered.format in ("xlsx", "xls") and holds_macros(path):
        account.notes.append("工作簿含宏:只读取单元格的值,宏没有运行")
    table, faults = TABLES[spec.table], Faults()
    read = 0
    unread: list[tuple[DeliveredSheet, list[HeadRow], Header | None]] = []
    for sheet in delivered.sheets():
        if sheet.hidden:
            account.notes.append(f"跳过隐藏工作表“{sheet.name}”")
            continue
        head = sheet.head()
        if not head:
            if sheet.name:
                account.notes.append(f"跳过工作表“{sheet.name}”(空白)")
            continue
        if (widest := max(len(row.cells) for row in head)) > MOST_COLUMNS:
            raise too_wide(f"{name}:{sheet.name}" if sheet.name else name, widest)
        prepared = _prepare(sheet, head, name, table, spec, known, account)
        if isinstance(prepared, SheetColumns):
            look = _looker(name, sheet.name, table, spec, known)
            for converted in convert_sheet(prepared, known, sheet.merged(), look, account.outlet):
                account.quality.add(converted.quality, sheet.name)
                account.notes += converted.notes
                yield SheetAccount(sheet.name, converted.header.at.row, converted.header.title, converted)
            read += 1
        else:
            unread.append((sheet, head, prepared))
    for sheet, head, header in unread:
        _judge_unread(sheet, head, header, name, table, spec, account, faults, others_read=read > 0)
    if not read and not unread:
        faults.add("文件中没有可读的工作表或内容", name)
    _check_quality(account, name, faults)
    if (
        account.quality.rows > account.quality.amounts
        and account.format == "xlsx"
        and has_bare_formulas(path)
    ):
        bare = "有公式没有计算结果,按空缺处理;请在 Excel/WPS 中打开、重新计算并保存后重新报送"
        account.notes.append(bare)
        if faults.entries:
            faults.add(bare, name)
    faults.raise_if_any(SourceError, "报送文件无法使用", _EXPORT_AGAIN)


def _prepare(
    sheet: DeliveredSheet, head: list[HeadRow], name: str, table: Table, spec: SourceSpec, known: Dictionaries,
    account: FileAccount,
) -> SheetColumns | Header | None:  # fmt: skip
    """The sheet ready for conversion, or how far it got: its header when columns are missing, else None."""
    header = find_header(head, table, spec.columns)
    if header is None:
        return None
    columns = map_columns(header.cells, table, spec.columns)
    given, notes = look_around(name, header.title, sheet.name, table, spec, columns, known)
    if _missing(table, columns, given.constants):
        return header
    account.notes += [*header.asides, *notes]
    serial = frozenset(
        columns.at[c.name] for c in table.columns if c.type in ("date", "period") and c.name in columns.at
    )
    return SheetColumns(table, spec, header, columns, given, sheet.body(header.at, serial))


def _looker(name: str, sheet: str, table: Table, spec: SourceSpec, known: Dictionaries) -> Look:
    """How the title of a further table in the same sheet is read."""

    def look(header: Header, columns: ColumnMap) -> Given:
        return look_around(name, header.title, sheet, table, spec, columns, known)[0]

    return look


def _missing(table: Table, columns: ColumnMap, constants: dict[str, str]) -> list[str]:
    return [
        c.caption
        for c in table.columns
        if c.required and c.name not in columns.at and c.name not in constants
    ]


def _judge_unread(
    sheet: DeliveredSheet, head: list[HeadRow], header: Header | None, name: str, table: Table, spec: SourceSpec,
    account: FileAccount, faults: Faults, *, others_read: bool,
) -> None:  # fmt: skip
    """A cover or a summary beside real sheets is passed over; a list without a needed column is a fault."""
    where = f"{name}:{sheet.name}" if sheet.name else name
    if header is None:
        if others_read:
            account.notes.append(f"跳过工作表“{sheet.name}”(没有找到表头)")
            return
        if account.format == "csv" and has_fixed_width(head):
            faults.add(FIXED_WIDTH, where)
            return
        first = "、".join(cell.strip() for cell in head[0].cells if cell.strip())[:120]
        doubt = ";首行若是乱码,说明文件编码有误" if account.encoding == "gb18030" else ""
        faults.add(f"没有找到“{table.caption}”的表头(首行:{first}{doubt})", where)
        return
    columns = map_columns(header.cells, table, spec.columns)
    missing = _missing(table, columns, spec.constants)
    if others_read and not {"name", "id"} & set(columns.at):
        account.notes.append(f"跳过工作表“{sheet.name}”(不是明细,缺少列:{'、'.join(missing)})")
        return
    found = "、".join(cell.strip() for cell in header.cells if cell.strip())
    unnumbered = (
        ';清单确实没有身份证号的,在 constants 中写 id: ""(只按姓名和村近似比对)'
        if "身份证号" in missing
        else ""
    )
    faults.add(
        f"缺少必需的列“{'、'.join(missing)}”;现有列:{found};如只是列名不同,请在 sources.yml 的 columns 中对应"
        f"{unnumbered}", where,
    )  # fmt: skip


def _check_quality(account: FileAccount, name: str, faults: Faults) -> None:
    quality = account.quality
    if quality.rows and not quality.amounts:
        faults.add(f"金额列全部空缺({quality.rows}行);请检查列是否对应错误,或请报送单位补齐金额", name)
    if quality.amounts_unreadable * 2 > quality.amounts:
        faults.add(
            f"金额列多数不是数字({quality.amounts}个中有{quality.amounts_unreadable}个,如{quality.first_bad_amount});"
            "请检查列是否对应错误,或请报送单位把金额改为数字", name,
        )  # fmt: skip
    if quality.ids_cut > quality.ids * _CUT_SHARE:
        faults.add(
            f"身份证号被表格软件截断({quality.ids}个中有{quality.ids_cut}个,末位变为0),无法还原;"
            "请报送单位把身份证号列设为文本后从原系统重新导出", name,
        )  # fmt: skip
