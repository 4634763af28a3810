"""Reads rule files: a YAML head between two ``---`` lines, then one SELECT."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from audit_lib.errors import Faults, ParamsError, RuleError
from audit_lib.params import Settings
from audit_lib.rules.checks import contract_faults, query_faults
from audit_lib.rules.head import FOLDER, Head

ToleranceValue = int | float | str

_LAYOUT = re.compile(r"\A---\r?\n(?P<head>.*?)^---\s*?\n(?P<sql>.*)\Z", re.DOTALL | re.MULTILINE)
_REMEDY = "按 docs/adding-a-rule.md 改正规则文件"
_EXPLAIN = {"extra_forbidden": "不认识的键", "missing": "缺少必填的键"}


@dataclass(frozen=True)
class Rule:
    """One rule: head, query, where it stands, and the tolerances it runs with."""

    head: Head
    sql: str
    path: Path
    text: str
    tolerances: dict[str, ToleranceValue]

    @property
    def id(self) -> str:
        """E.g. ``DECEASED_PAID``."""
        return self.head.id

    @property
    def version(self) -> str:
        """Digest of the file and of the tolerances in force: another text or value, another version."""
        content = self.text + json.dumps(self.tolerances, sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(content.encode(), digest_size=5).hexdigest()


def read_rule(path: Path) -> Rule:
    """Read and check one rule file.

    Raises:
        RuleError: the file breaks the contract of a rule; lists every fault with file and line.
    """
    faults = Faults()
    rule = _read(path, faults)
    faults.raise_if_any(RuleError, f"规则文件 {path.name} 不合要求", _REMEDY)
    assert rule is not None
    return rule


def load_rules(settings: Settings | None = None, extra: Iterable[Rule] = ()) -> list[Rule]:
    """All rules that ship with the program, plus ``extra``, with a project's tolerances, by id.

    Raises:
        RuleError: a shipped rule file is faulty, or two rules have the same id.
        ParamsError: ``project.yml`` switches off or tunes something that does not exist.
    """
    faults = Faults()
    read = [_read(path, faults) for path in sorted(FOLDER.glob("*/*.sql"))]
    faults.raise_if_any(RuleError, "规则文件不合要求", _REMEDY)
    rules = [*(rule for rule in read if rule is not None), *extra]
    seen: dict[str, Path] = {}
    for rule in rules:
        if rule.id in seen:
            faults.add(f"规则编号“{rule.id}”重复,另见 {seen[rule.id].name}", rule.path.name)
        seen[rule.id] = rule.path
    faults.raise_if_any(RuleError, "规则编号重复", _REMEDY)
    rules.sort(key=lambda rule: rule.id)
    return rules if settings is None else [tuned(rule, settings) for rule in _checked(rules, settings)]


def load_own_rules(folder: Path) -> tuple[list[Rule], dict[str, str]]:
    """The auditor's own rules under ``params/<project>/rules``.

    Returns:
        the good ones, and for each refused file its name and the reason: a faulty rule stops nobody else.
    """
    good: list[Rule] = []
    refused: dict[str, str] = {}
    for path in sorted(folder.glob("*.sql")):
        try:
            good.append(read_rule(path))
        except RuleError as error:
            refused[path.stem.upper()] = error.what
    return good, refused


def tuned(rule: Rule, settings: Settings) -> Rule:
    """The rule with the tolerances that ``project.yml`` sets."""
    own = settings.tolerances.get(rule.id, {})
    return Rule(rule.head, rule.sql, rule.path, rule.text, rule.tolerances | own)


def _checked(rules: list[Rule], settings: Settings) -> list[Rule]:
    faults, known = Faults(), {rule.id: rule for rule in rules}
    for rule_id in settings.rules_off:
        if rule_id not in known:
            faults.add(f"没有规则“{rule_id}”", f"project.yml:rules_off.{rule_id}")
    for rule_id, values in settings.tolerances.items():
        place = f"project.yml:tolerances.{rule_id}"
        if rule_id not in known:
            faults.add(f"没有规则“{rule_id}”", place)
            continue
        declared = known[rule_id].head.tolerances
        for name, value in values.items():
            if name not in declared:
                available = "、".join(declared) or "无"
                faults.add(f"规则没有参数“{name}”,可用:{available}", f"{place}.{name}")
            elif fault := declared[name].fault(value):
                faults.add(fault, f"{place}.{name}")
    faults.raise_if_any(ParamsError, "规则参数有误", "按 docs/rules.md 列出的参数改正 project.yml")
    return rules


def _read(path: Path, faults: Faults) -> Rule | None:
    rule, entries = _parse(path, path.read_text(encoding="utf-8"))
    faults.entries += entries
    return rule


@lru_cache(maxsize=256)
def _parse(path: Path, text: str) -> tuple[Rule | None, tuple[tuple[str, str], ...]]:
    """Check one text once, however often the rules are asked for."""
    faults = Faults()
    rule = _check(path, text, faults)
    return rule, tuple(faults.entries)


def _check(path: Path, text: str, faults: Faults) -> Rule | None:
    layout = _LAYOUT.match(text)
    if layout is None:
        faults.add("应以 --- 开头,头部之后以 --- 结束,再写 SELECT", f"{path.name}:1")
        return None
    head_text, sql = layout["head"], layout["sql"]
    head = _read_head(path, head_text, faults)
    first_sql_line = text[: layout.start("sql")].count("\n") + 1
    before = len(faults.entries)
    for line, what in query_faults(sql):
        faults.add(what, f"{path.name}:{first_sql_line + line - 1}")
    if head is None or len(faults.entries) > before:
        return None
    for count in head.unable:
        for _, what in query_faults(count.sql):
            faults.add(what, f"{path.name}:{_key_line(head_text, 'unable')}")
    for key, what in contract_faults(head, sql):
        line = first_sql_line if key == "sql" else _key_line(head_text, key)
        faults.add(what, f"{path.name}:{line}")
    if path.stem != head.id.lower():
        faults.add(f"文件名应为 {head.id.lower()}.sql", f"{path.name}:{_key_line(head_text, 'id')}")
    if path.parent.parent == FOLDER and path.parent.name != head.family:
        faults.add(f"文件应在文件夹 {head.family}/ 中", f"{path.name}:{_key_line(head_text, 'family')}")
    return Rule(head, sql, path, text, {name: t.default for name, t in head.tolerances.items()})


def _read_head(path: Path, text: str, faults: Faults) -> Head | None:
    try:
        return Head.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        faults.add("头部的 YAML 格式有误", f"{path.name}:{mark.line + 2 if mark else 2}")
    except ValidationError as error:
        for fault in error.errors():
            key = ".".join(str(part) for part in fault["loc"])
            what = _EXPLAIN.get(fault["type"], fault["msg"].removeprefix("Value error, "))
            line = _key_line(text, str(fault["loc"][0])) if fault["loc"] else 2
            faults.add(f"{key}:{what}", f"{path.name}:{line}")
    return None


def _key_line(head_text: str, key: str) -> int:
    """Line of the file on which a key of the head stands; the head starts on line 2."""
    for number, line in enumerate(head_text.splitlines(), start=2):
        if line.startswith(f"{key}:"):
            return number
    return 2
