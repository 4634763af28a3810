"""``ybt init``: a folder of files → a project, without changing the folder or what a person wrote."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from pathlib import Path

from audit_lib.errors import AuditError, ParamsError
from audit_lib.intake.areas import build_areas
from audit_lib.intake.catalogue import CatalogueItem
from audit_lib.intake.deliveries import Deliveries, open_deliveries
from audit_lib.intake.learning import District
from audit_lib.intake.policies import exclusions_text, standards_text
from audit_lib.intake.sampling import list_files
from audit_lib.intake.survey import FileProposal, survey
from audit_lib.intake.trial import apart, catalogue_of, count_listed_places, settle_channels, try_reading
from audit_lib.intake.update import update_project
from audit_lib.intake.writing import (
    areas_text,
    items_text,
    project_text,
    sources_text,
    write_register,
)
from audit_lib.params import Item, Town, load_project
from audit_lib.sources.register import ACCEPTED, REJECTED, UNMAPPED
from audit_lib.tables import TABLES

REGISTER = "文件登记.csv"


def start_project(
    name: str, raw_dir: Path, root: Path, *, link: bool = False, update: bool = False
) -> list[FileProposal]:
    """Propose the parameters of a project from its files.

    Args:
        name: the project's name, a folder name.
        raw_dir: the delivered files; only read. Outside the project they are copied.
        root: the folder with ``params`` and ``data``.
        link: hard-link instead of copying.
        update: only add entries for new files to an existing project.

    Raises:
        AuditError: a bad name, no files, a project that exists, or a file that would be overwritten.
    """
    if not re.fullmatch(r"[A-Za-z0-9_\-\u4e00-\u9fff]+", name):
        raise AuditError("项目名只能用汉字、字母、数字、- 和 _", name, "换一个项目名")
    params = root / "params" / name
    if params.exists() and not update:
        raise ParamsError(
            "项目已经存在,不会覆盖", str(params), "换一个项目名;只为新文件添加来源时用 --update"
        )
    if update and not (params / "project.yml").is_file():
        raise ParamsError("没有可以更新的项目", str(params), "第一次立项不要用 --update")
    raw = root / "data" / name / "raw"
    _bring(raw_dir, raw, link=link)
    with open_deliveries(raw, root / "data" / name / "work" / "init") as delivered:
        if update:
            return update_project(load_project(params), delivered)
        return _start(name, params, delivered)


def _start(name: str, params: Path, delivered: Deliveries) -> list[FileProposal]:
    proposals, district = survey(delivered.files)
    proposals = sorted([*proposals, *apart(delivered, proposals)], key=lambda proposal: proposal.name)
    count_listed_places(district)
    towns, rare = build_areas(district.places)
    items = catalogue_of(district)
    settle_channels(proposals, items)
    try_reading(proposals, [Item(**item.fields) for item in items], towns)
    partial = params.with_name(f".{name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    _write(partial, name, proposals, district, towns, rare, items)
    load_project(partial)
    partial.rename(params)
    return proposals


def _bring(raw_dir: Path, raw: Path, *, link: bool) -> None:
    """Copy the files into the project unless they are there; nothing is overwritten."""
    files = list_files(raw_dir)
    source, target = raw_dir.resolve(), raw.resolve()
    if source == target:
        return
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise AuditError("报送文件夹和项目的 raw 文件夹互相包含", str(raw_dir), "指定只放报送文件的文件夹")
    for file, path in files.items():
        if (raw / file).exists() and not filecmp.cmp(path, raw / file, shallow=False):
            raise AuditError("项目中已有同名而内容不同的文件,不会覆盖", str(raw / file), "改名后重新报送")
    for file, path in files.items():
        if (raw / file).exists():
            continue
        (raw / file).parent.mkdir(parents=True, exist_ok=True)
        if link:
            os.link(path, raw / file)
        else:
            shutil.copy2(path, raw / file)


def _write(
    folder: Path, name: str, proposals: list[FileProposal], district: District, towns: list[Town],
    rare: list[str], items: list[CatalogueItem],
) -> None:  # fmt: skip
    (folder / "townships").mkdir(parents=True)
    texts = {
        "project.yml": project_text(name, proposals, district),
        "areas.yml": "# 镇、行政村(社区)、自然村,取自报送文件。\n" + areas_text(towns, rare),
        "items.yml": "# 补贴项目目录:政策清单里的在前,发放明细里出现的在后。\n" + items_text(items),
        "standards.yml": standards_text(district.references, items),
        "exclusions.yml": exclusions_text(district.references, items),
        "sources.yml": _SOURCES_HEAD + sources_text(proposals, towns),
    }
    for file in ("areas.yml", "items.yml", "sources.yml"):
        texts[file] += "" if re.search(r"^- ", texts[file], re.M) else "[]\n"
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    for town in towns:
        (folder / "townships" / f"{town.town_id}.yml").write_text(
            f'town: "{town.town_id}"\n', encoding="utf-8"
        )
    write_register(folder / REGISTER, proposals)


_SOURCES_HEAD = (
    "# 来源设置:报送文件(相对 raw 文件夹的路径)→ 标准表。自上而下取第一条相符的。\n"
    "# match 中 * 不跨文件夹,**/ 表示任意层文件夹。constants 补文件中没有的列;\n"
    "# columns 对应程序不认识的列名(镇、村 是住址的两半)。\n"
    "# 标准表和列名见 audit_lib/tables.py。改过以后运行 ybt sources 项目名。\n\n"
)


def register_lines(proposals: list[FileProposal]) -> list[str]:
    """The file register as lines for the terminal: decision, file, table, confidence, reason."""
    lines = []
    for decision in (ACCEPTED, UNMAPPED, REJECTED, "不采用"):
        for file in (p for p in proposals if p.decision == decision):
            caption = f"{TABLES[file.table].caption},把握{file.confidence:.0%}" if file.table else "—"
            lines.append(f"{decision}  {file.name}  [{caption}]  {file.reason}")
    return lines
