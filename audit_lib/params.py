"""What a district decides: its items, standards, exclusions, areas, townships and project settings.

Everything statutory or local lives in ``params/<project>/`` as YAML and reaches the rules as
tables. The loader is strict: an unknown key, a number where a code belongs (YAML reads
``0110`` as 72), a date that is not quoted, all are refused with file and key, all faults of
a project at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from audit_lib.errors import Faults, ParamsError
from audit_lib.money import parse_yuan

_LETTER_CLASS = re.compile(r"([A-Ea-e])(?:类|档|等)(?:对象|人员|户|家庭)?")
_ORDINAL_CLASS = re.compile(r"第?(III|II|IV|I|[1-9一二三四五六七八九壹贰叁肆])(级|档|类|等)")
_ORDINALS = {
    "I": "一",
    "II": "二",
    "III": "三",
    "IV": "四",
    "壹": "一",
    "贰": "二",
    "叁": "三",
    "肆": "四",
} | {str(number): word for number, word in enumerate("一二三四五六七八九", start=1)}


def plain_class(text: str) -> str:
    """A class as it is compared: registers and standards of one district write it differently.

    Example:
        >>> plain_class("A类"), plain_class("Ⅱ级"), plain_class("第1档"), plain_class("C级"), plain_class("分散全自理")
        ('A', '二级', '一档', 'C级', '分散全自理')
    """
    word = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if letter := _LETTER_CLASS.fullmatch(word):
        return letter[1].upper()
    if ordinal := _ORDINAL_CLASS.fullmatch(word):
        return _ORDINALS.get(ordinal[1], ordinal[1]) + ordinal[2]
    return text


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"应为加引号的文本,读到的是 {value!r}")
    return value


def _month(value: object) -> object:
    """``"2017-03"`` → 2017×12+2."""
    if not isinstance(value, str) or len(value) != 7 or value[4] != "-":
        raise ValueError(f'月份应写作 "2017-03"(加引号),读到的是 {value!r}')
    year, month = int(value[:4]), int(value[5:])
    if not 1 <= month <= 12:
        raise ValueError(f"没有这个月份:{value}")
    return year * 12 + month - 1


def _yuan(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f'金额应写作加引号的元,如 "315.00",读到的是 {value!r}')
    try:
        return parse_yuan(value)
    except ValueError:
        raise ValueError(f"不是金额:{value!r}") from None


Code = Annotated[str, BeforeValidator(_text)]
Month = Annotated[int, BeforeValidator(_month)]
Fen = Annotated[int, BeforeValidator(_yuan)]


class Strict(BaseModel):
    """Unknown keys are refused; a loaded parameter never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Village(Strict):
    """An administrative village (行政村/社区) with its natural villages and other spellings."""

    village_id: Code
    name: str
    aliases: list[str] = []
    natural: list[str] = []


class Town(Strict):
    """A town (镇); ``town_id`` is also the slug of its report."""

    town_id: Code
    name: str
    aliases: list[str] = []
    documents: list[str] = []
    villages: list[Village]


class Entitled(Strict):
    """Who of a register has a right to an item.

    Those of the listed classes (none listed: all) and older than ``age_from`` years, whom one of the registers in
    ``also`` covers, if any is named, and none of those in ``unless`` does.
    """

    register_name: str
    classes: list[str] = []
    also: list[str] = []
    unless: list[str] = []
    age_from: int = Field(default=0, ge=0)
    doc_no: str
    checked: bool = False


class Item(Strict):
    """A subsidy item (补贴项目) and what the rules must know about it."""

    item_id: Code
    name: str
    aliases: list[str] = []
    dept: str
    office: str
    level: Literal["P", "H"]
    freq: Literal["month", "quarter", "half", "year", "term", "once", "event"]
    unit: Literal[
        "person_month", "household_month", "person_year", "mu", "person_half", "person_term", "once"
    ]
    in_system: bool
    must_in_system: bool = False
    valid_from: Month
    valid_to: Month | None = None
    register_name: str | None = None
    stop_rule: Literal["next_month", "next_year", "event", "none"] = "next_month"
    grace_months: int = Field(default=0, ge=0)
    posthumous_ok: bool = False
    means_tested: bool = False
    hukou_required: bool = False
    staff_forbidden: bool = False
    rate_check: Literal["exact", "cap", "none"] = "none"
    account_holder: Literal["self", "head", "institution"] = "self"
    purpose_words: list[str] = []
    entitled: list[Entitled] = []


class Standard(Strict):
    """An amount in force for a span of months; ``class_name`` empty means every class."""

    item_id: Code
    class_name: Annotated[str, AfterValidator(plain_class)] = ""
    amount: Fen
    from_month: Month
    to_month: Month | None = None
    doc_no: str
    checked: bool = False


class Exclusion(Strict):
    """Two items one person or household may not have in the same month; ``flag`` is the one to question."""

    item_a: Code
    item_b: Code
    scope: Literal["person", "household"]
    relation: Literal["forbid", "choose_higher", "offset"]
    flag: Literal["a", "b"] = "b"
    from_month: Month
    to_month: Month | None = None
    doc_no: str
    checked: bool = False


class Document(Strict):
    """A document the audit rests on."""

    title: str
    number: str
    checked: bool = False


class Event(Strict):
    """A dated event of the campaign, printed in the report."""

    on: date
    what: str
    document: str = ""


class SourceSpec(Strict):
    """How files whose path matches become a canonical table.

    ``match`` is a glob relative to the raw folder. ``constants`` fills columns the file does
    not have (canonical column → value as a cell would be written). ``columns`` maps headers
    the synonyms do not know (header → canonical column). ``unit`` is 元 unless the title says.
    ``values`` says what words of a column of few values mean (canonical column → word → meaning), as
    ``{status: {办理完毕: 成功}}``.
    ``supersedes`` names the files that this one replaces (globs); an empty list says that it replaces none,
    whatever its name looks like.
    ``short_years_to: 30`` states that 00–30 means 2000–2030 and 31–99 the last century; ``serial_dates``
    that bare numbers are days of Excel's 1900 or 1904 system. Without them such dates are not read.
    ``department`` is who delivers it, where that is not who usually does.
    """

    match: str
    table: str
    constants: dict[str, str] = {}
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    unit: Literal["元", "万元", "分", "auto"] = "auto"
    short_years_to: int | None = Field(default=None, ge=0, le=99)
    serial_dates: Literal["1900", "1904"] | None = None
    skip: bool = False
    supersedes: list[str] | None = None
    why: str = ""
    department: str = ""


class Thresholds(Strict):
    """Probabilities from which a pair of records is tier B (疑似) and tier C (可能)."""

    b: float = Field(default=0.95, gt=0, lt=1)
    c: float = Field(default=0.50, gt=0, lt=1)


class Township(Strict):
    """Parameters of one township report; the only thing Papermill passes on."""

    town: Code
    months_from: Month | None = None
    months_to: Month | None = None


class Settings(Strict):
    """``project.yml``."""

    title: str
    zone: str
    bureau: str
    basis: Document
    documents: list[Document] = []
    years: list[int]
    trace_years: list[int] = []
    area_codes: list[Code]
    events: list[Event] = []
    groups: list[str] = []
    engine: str = "duckdb"
    memory_gib: float = Field(default=2.0, gt=0)
    identity: Thresholds = Thresholds()
    expected_tables: list[str] = []
    rules_off: dict[str, str] = {}
    tolerances: dict[str, dict[str, Any]] = {}


class Project(Strict):
    """Everything under ``params/<slug>/``."""

    slug: str
    folder: Path
    settings: Settings
    towns: list[Town]
    items: list[Item]
    standards: list[Standard]
    exclusions: list[Exclusion]
    sources: list[SourceSpec]
    townships: dict[str, Path]

    @property
    def root(self) -> Path:
        """The folder that holds ``params/``, ``data/`` and ``reports/``."""
        return self.folder.parent.parent

    @property
    def raw(self) -> Path:
        """Files as delivered; never written to."""
        return self.root / "data" / self.slug / "raw"

    @property
    def work(self) -> Path:
        """Stages; safe to delete."""
        return self.root / "data" / self.slug / "work"

    @property
    def ledger_url(self) -> str:
        """The ledger's database."""
        return f"sqlite:///{self.root / 'data' / self.slug / 'ledger.db'}"

    @property
    def reports(self) -> Path:
        """Where pages are published."""
        return self.root / "reports" / self.slug

    @property
    def item_by_id(self) -> dict[str, Item]:
        """Items by code."""
        return {item.item_id: item for item in self.items}

    @property
    def town_by_id(self) -> dict[str, Town]:
        """Towns by code."""
        return {town.town_id: town for town in self.towns}

    @property
    def audit_months(self) -> tuple[int, int]:
        """First and last month of the audit years."""
        return min(self.settings.years) * 12, max(self.settings.years) * 12 + 11


Model = TypeVar("Model", bound=BaseModel)


def load_project(folder: Path | str) -> Project:
    """Read and check ``params/<slug>``.

    Raises:
        ParamsError: the folder or a file is missing or wrong; lists every fault with file and key.
    """
    folder = Path(folder).resolve()
    if not (folder / "project.yml").is_file():
        raise ParamsError("没有找到项目参数", str(folder / "project.yml"), "检查项目名;示例见 params/lingang")
    faults = Faults()
    settings = _load_one(folder / "project.yml", Settings, faults)
    towns = _load_list(folder / "areas.yml", Town, faults)
    items = _load_list(folder / "items.yml", Item, faults)
    standards = _load_list(folder / "standards.yml", Standard, faults)
    exclusions = _load_list(folder / "exclusions.yml", Exclusion, faults)
    sources = _load_list(folder / "sources.yml", SourceSpec, faults)
    _check_references(folder, items, standards, exclusions, faults)
    faults.raise_if_any(ParamsError, "项目参数有误", "按所列位置改正后重新运行")
    assert settings is not None
    townships = {path.stem: path for path in sorted((folder / "townships").glob("*.yml"))}
    return Project(
        slug=folder.name, folder=folder, settings=settings, towns=merge_towns(towns), items=items, standards=standards,
        exclusions=exclusions, sources=sources, townships=townships,
    )  # fmt: skip


def merge_towns(towns: list[Town]) -> list[Town]:
    """One town per code: villages and spellings that were appended later join those of its first entry."""
    merged: dict[str, Town] = {}
    for town in towns:
        first = merged.get(town.town_id)
        if first is None:
            merged[town.town_id] = town
            continue
        spellings = [s for s in (town.name, *town.aliases) if s != first.name and s not in first.aliases]
        added = {"aliases": [*first.aliases, *spellings], "villages": [*first.villages, *town.villages]}
        merged[town.town_id] = first.model_copy(update=added)
    return list(merged.values())


def load_township(project: Project, slug: str) -> Township:
    """Read ``townships/<slug>.yml``, refusing what Papermill would silently inject.

    Raises:
        ParamsError: no such file, an unknown key, or a town that the area list does not have.
    """
    if slug not in project.townships:
        raise ParamsError(
            f"没有名为“{slug}”的镇参数",
            str(project.folder / "townships"),
            "可用:" + "、".join(project.townships),
        )
    path = project.townships[slug]
    faults = Faults()
    township = _load_one(path, Township, faults)
    if township and township.town not in project.town_by_id:
        faults.add(f"areas.yml 中没有镇代码“{township.town}”", f"{path.name}:town")
    faults.raise_if_any(ParamsError, "镇参数有误", "按所列位置改正后用 --township 重新运行该镇")
    assert township is not None
    return township


def _read_yaml(path: Path, faults: Faults) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.add("缺少文件", path.name)
    except UnicodeDecodeError:
        faults.add("不是 UTF-8 编码", path.name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        faults.add("YAML 格式有误", f"{path.name}:{mark.line + 1}" if mark else path.name)
    return None


def _load_one(path: Path, model: type[Model], faults: Faults) -> Model | None:
    before = len(faults.entries)
    content = _read_yaml(path, faults)
    if len(faults.entries) > before:
        return None
    return _validate(content, model, path.name, faults)


def _load_list(path: Path, model: type[Model], faults: Faults) -> list[Model]:
    before = len(faults.entries)
    content = _read_yaml(path, faults)
    if len(faults.entries) > before:
        return []
    if not isinstance(content, list):
        faults.add("应为列表", path.name)
        return []
    loaded = (
        _validate(entry, model, f"{path.name}[{n}]", faults) for n, entry in enumerate(content, start=1)
    )
    return [entry for entry in loaded if entry is not None]


def _validate(content: object, model: type[Model], where: str, faults: Faults) -> Model | None:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for fault in error.errors():
            key = ".".join(str(part) for part in fault["loc"])
            faults.add(_explain(fault), f"{where}:{key}" if key else where)
        return None


#: pydantic's kinds of fault in the user's language; ``{…}`` is filled from the fault's context
_EXPLANATIONS = {
    "extra_forbidden": "不认识的参数",
    "missing": "缺少必填参数",
    "model_type": "应为“参数: 值”的形式",
    "literal_error": "只能是 {expected}",
    "list_type": "应为列表",
    "dict_type": "应为“键: 值”的形式",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "string_type": "应为加引号的文本",
    "date_from_datetime_parsing": "应为日期,如 2019-06-10",
    "date_type": "应为日期,如 2019-06-10",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不应小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不应大于 {le}",
}


def _explain(fault: Mapping[str, Any]) -> str:
    known = _EXPLANATIONS.get(fault["type"])
    return known.format(**fault.get("ctx", {})) if known else fault["msg"].removeprefix("Value error, ")


def _check_references(
    folder: Path, items: list[Item], standards: list[Standard], exclusions: list[Exclusion], faults: Faults
) -> None:
    known = {item.item_id for item in items}
    if not known:
        return
    for n, standard in enumerate(standards, start=1):
        if standard.item_id not in known:
            faults.add(f"items.yml 中没有项目“{standard.item_id}”", f"standards.yml[{n}]:item_id")
    for n, exclusion in enumerate(exclusions, start=1):
        for code in (exclusion.item_a, exclusion.item_b):
            if code not in known:
                faults.add(f"items.yml 中没有项目“{code}”", f"exclusions.yml[{n}]")
