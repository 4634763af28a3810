"""The typed head of a rule file: what the rule is called, rests on, needs, and says."""

from __future__ import annotations

import re
import string
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from audit_lib.tables import TABLES

FOLDER = Path(__file__).parent

Kind = Literal["LOSS", "OWED", "EXPOSURE", "RECLASS", "NONE"]
Track = Literal["problem", "protective", "management"]
Severity = Literal["高", "中", "低"]

#: what every sentence may use besides the columns the rule selects
SENTENCE_FIELDS = frozenset(
    {"name", "item", "months", "first_month", "last_month", "amount", "town", "year", "clock"}
)
#: what a rule selects for ``{clock}``: the event, who says so, the grace, the first month not due
CLOCK_COLUMNS = ("event_on", "event_source", "grace", "wrong_month")


@cache
def listed(name: str) -> dict[str, Any]:
    """The content of ``problems.yml``, ``families.yml`` or ``basis.yml``."""
    content = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def _one_of(name: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in listed(name):
            raise ValueError(f"不认识“{value}”,可用:" + "、".join(listed(name)))
        return value

    return AfterValidator(check)


def _column(value: str) -> str:
    table, _, column = value.partition(".")
    if table not in TABLES:
        raise ValueError(f"没有名为“{table}”的标准表")
    if column not in TABLES[table].linked():
        raise ValueError(f"表“{table}”没有列“{column}”")
    return value


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


Column = Annotated[str, AfterValidator(_column)]
Day = Annotated[date, BeforeValidator(_day)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Basis(_Strict):
    """A law or document; what no person has compared with the text prints as 待核."""

    law: str
    article: str
    since: Day | None = None
    until: Day | None = None
    checked: bool

    @property
    def text(self) -> str:
        """As printed in a rule card."""
        span = f"{self.since or ''}起" if self.since else ""
        span += f"至{self.until}" if self.until else ""
        return (
            f"{self.law} {self.article}"
            + (f"({span})" if span else "")
            + ("" if self.checked else "【待核】")
        )


class Tolerance(_Strict):
    """A number or text that a project may set otherwise."""

    type: Literal["int", "number", "text"]
    default: int | float | str
    min: float | None = None
    max: float | None = None
    says: str

    def fault(self, value: object) -> str | None:
        """Why ``value`` may not be used, None when it may."""
        kinds: dict[str, tuple[type, ...]] = {"int": (int,), "number": (int, float), "text": (str,)}
        if not isinstance(value, kinds[self.type]) or isinstance(value, bool):
            return f"应为{ {'int': '整数', 'number': '数', 'text': '文本'}[self.type] },读到的是 {value!r}"
        if self.min is not None and isinstance(value, int | float) and value < self.min:
            return f"不得小于 {self.min:g}"
        if self.max is not None and isinstance(value, int | float) and value > self.max:
            return f"不得大于 {self.max:g}"
        return None

    @model_validator(mode="after")
    def _default_fits(self) -> Tolerance:
        if fault := self.fault(self.default):
            raise ValueError(f"默认值{fault}")
        return self


class Unable(_Strict):
    """A count of rows the rule cannot judge, and why."""

    says: str
    sql: str


class Head(_Strict):
    """Everything about a rule except its query.

    ``needs``: columns without which a row cannot be judged. ``needs_somewhere``: columns that may be
    empty in a row but not in all. ``helps``: columns that make the rule see more. A missing table of
    the first two kinds makes the rule 未执行, of the third 部分执行.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]+$")]
    title: str
    family: Annotated[str, _one_of("families.yml")]
    problem: Annotated[str, _one_of("problems.yml")]
    kind: Kind
    track: Track
    severity: Severity
    owner: str
    matter: list[str]
    needs: Annotated[list[Column], Field(min_length=1)]
    needs_somewhere: list[Column] = []
    helps: list[Column] = []
    tolerances: dict[str, Tolerance] = {}
    unable: list[Unable] = []
    basis: Annotated[list[Basis], Field(min_length=1)]
    statement: str
    doubtful: str = Field(alias="疑点情形")
    harmless: list[str] = Field(alias="不算疑点", min_length=1)
    to_verify: str = Field(alias="核实办法")

    @field_validator("basis", mode="before")
    @classmethod
    def _resolve_basis(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        known = listed("basis.yml")
        for entry in value:
            if isinstance(entry, str) and entry not in known:
                raise ValueError(f"basis.yml 中没有依据“{entry}”")
        return [known[entry] if isinstance(entry, str) else entry for entry in value]

    @field_validator("statement")
    @classmethod
    def _well_formed(cls, value: str) -> str:
        for _, name, spec, conversion in string.Formatter().parse(value):
            if name is not None and (spec or conversion or not re.fullmatch(r"[a-z_][a-z0-9_]*", name)):
                raise ValueError(f"占位符“{{{name}}}”写法不对")
        return value

    @property
    def statement_fields(self) -> list[str]:
        """Placeholders of the sentence, in order, each once."""
        names = [name for _, name, _, _ in string.Formatter().parse(self.statement) if name]
        return list(dict.fromkeys(names))

    @property
    def has_clock(self) -> bool:
        """Whether the sentence shows how months and money came about."""
        return "clock" in self.statement_fields

    @property
    def tables(self) -> list[str]:
        """Tables without which the rule does not run; the first is the one it judges."""
        return list(dict.fromkeys(column.split(".")[0] for column in [*self.needs, *self.needs_somewhere]))
