"""A small district whose raw files a test writes itself."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter
import yaml

from audit_lib.params import Project, load_project
from audit_lib.sources import read_sources

LINGANG = Path(__file__).parents[2] / "params" / "lingang"

#: invented people; the numbers are formally valid
WANG = ("王芳", "371327194503151230")
LI = ("李强", "371327196002290012")
ZHAO = ("赵敏", "372824197112055121")

PAYMENT_HEADER = "姓名,身份证号,乡镇,行政村,补贴项目,发放月份,补贴金额,银行账号"
DEFAULT_SOURCES: list[dict[str, Any]] = [
    {"match": "发放/**/*", "table": "payment", "constants": {"channel": "系统"}},
    {"match": "回盘/*", "table": "bank_return"},
    {"match": "死亡/*", "table": "death", "constants": {"source": "公安"}},
    {"match": "反馈/*", "table": "feedback"},
    {"match": "汇总/*", "table": "control_total"},
    {"match": "户籍/*", "table": "hukou"},
    {"match": "不用/*", "table": "payment", "skip": True, "why": "已由区级汇总"},
]

Rows = list[dict[str, Any]]


@lru_cache(maxsize=8)
def _load(folder: Path, texts: tuple[str, ...]) -> Project:
    return load_project(folder)


@dataclass
class District:
    """A project folder under ``root``."""

    root: Path

    def __post_init__(self) -> None:
        shutil.copytree(LINGANG, self.root / "params" / "lingang", dirs_exist_ok=True)
        self.raw.mkdir(parents=True, exist_ok=True)
        self.set_sources(DEFAULT_SOURCES)

    @property
    def raw(self) -> Path:
        return self.root / "data" / "lingang" / "raw"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def set_sources(self, sources: list[dict[str, Any]]) -> None:
        text = yaml.safe_dump(sources, allow_unicode=True)
        (self.root / "params" / "lingang" / "sources.yml").write_text(text, encoding="utf-8")

    def put(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def put_payments(self, *lines: str, name: str = "发放/清册.csv", header: str = PAYMENT_HEADER) -> Path:
        return self.put(name, "\n".join((header, *lines)) + "\n")

    def put_workbook(
        self, name: str, sheets: dict[str, list[list[Any]]], hidden: tuple[str, ...] = ()
    ) -> Path:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(str(path)) as workbook:
            for title, rows in sheets.items():
                sheet = workbook.add_worksheet(title)
                for at, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if cell is not None:
                            sheet.write(at, column, cell)
                if title in hidden:
                    sheet.hide()
        return path

    def project(self) -> Project:
        """The project, loaded again only when its parameters changed."""
        texts = tuple(
            path.read_text(encoding="utf-8") for path in sorted(self.root.glob("params/lingang/*.yml"))
        )
        return _load(self.root / "params" / "lingang", texts)

    def read(self) -> dict[str, Rows]:
        """Run the stage; every table as a list of rows."""
        out = self.root / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        read_sources(self.project(), out, self.cache)
        return {path.stem: pq.read_table(path).to_pylist() for path in sorted(out.glob("*.parquet"))}


def payment(
    person: tuple[str, str] = WANG, month: str = "2017-03", amount: str = "315", village: str = "草岭社区"
) -> str:
    """One line of a payment list in the order of ``PAYMENT_HEADER``."""
    return f"{person[0]},{person[1]},团林镇,{village},农村低保,{month},{amount},6228480000000000001"


def refused(tables: dict[str, Rows]) -> dict[str, str]:
    """Files refused although a source wanted them, and why."""
    return {row["file"]: row["reason"] for row in tables["refused_file"]}


def column(rows: Rows, name: str) -> list[Any]:
    return [row[name] for row in rows]
