"""pyproject.toml, environment.yml and requirements.lock say the same thing, and nothing about a machine."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

#: where conda-forge has another name for what the Python index has
CONDA_NAMES = {
    "python-duckdb": "duckdb",
    "brotli-python": "brotli",
    "matplotlib-base": "matplotlib",
    "nbconvert-core": "nbconvert",
}
TOOLS = {"python", "pip", "setuptools"}

Ranges = dict[str, SpecifierSet]


def ranges(lines: list[str]) -> Ranges:
    """Package → range, under the Python index's canonical names."""
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): one.specifier for one in requirements}


def conda_ranges() -> Ranges:
    entries = ENVIRONMENT["dependencies"]
    lines = [entry for entry in entries if isinstance(entry, str)]
    lines += [line for entry in entries if isinstance(entry, dict) for line in entry["pip"]]
    return {CONDA_NAMES.get(name, name): specifier for name, specifier in ranges(lines).items()}


def locked() -> dict[str, tuple[Version, int]]:
    """Package → (version, number of hashes) of each entry of the lock."""
    found = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", LOCK):
        if head := re.match(r"([A-Za-z0-9._-]+)==(\S+) .*\\\n", block):
            found[canonicalize_name(head[1])] = (Version(head[2]), block.count("--hash=sha256:"))
    return found


def imported() -> set[str]:
    """Top-level modules outside the standard library that audit_lib imports."""
    found = set()
    for path in (ROOT / "audit_lib").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"audit_lib"}


RUNTIME = ranges(PYPROJECT["project"]["dependencies"])
DEV = ranges(PYPROJECT["project"]["optional-dependencies"]["dev"])
SPARK = set(ranges(PYPROJECT["project"]["optional-dependencies"]["spark"]))
LOCKED = locked()


@pytest.mark.parametrize("package", sorted(RUNTIME))
def test_conda_installs_every_runtime_dependency_in_the_same_range(package: str) -> None:
    assert conda_ranges().get(package) == RUNTIME[package]


def test_conda_installs_nothing_that_pyproject_does_not_name() -> None:
    known = {**RUNTIME, **DEV}
    others = {name: range_ for name, range_ in conda_ranges().items() if name not in TOOLS}
    assert {name: range_ for name, range_ in others.items() if known.get(name) != range_} == {}


def test_conda_takes_the_same_python() -> None:
    assert conda_ranges()["python"] == SpecifierSet(PYPROJECT["project"]["requires-python"])


def test_everything_the_package_imports_is_named_and_not_merely_come_along() -> None:
    owners = packages_distributions()
    named = set(RUNTIME) | SPARK
    unnamed = {
        module for module in imported()
        if module not in SPARK and not {canonicalize_name(owner) for owner in owners.get(module, [])} & named
    }  # fmt: skip
    assert unnamed == set()


@pytest.mark.parametrize("package", sorted(RUNTIME | DEV))
def test_the_lock_holds_a_version_within_the_range(package: str) -> None:
    assert package in LOCKED
    assert LOCKED[package][0] in (RUNTIME | DEV)[package]


def test_the_lock_can_build_the_package_without_fetching_anything() -> None:
    for requirement in map(Requirement, PYPROJECT["build-system"]["requires"]):
        assert LOCKED[canonicalize_name(requirement.name)][0] in requirement.specifier


def test_every_line_of_the_lock_is_a_pin_with_hashes() -> None:
    pins = re.findall(r"^([^\s#][^\s=<>~!]*)", LOCK, flags=re.MULTILINE)
    assert sorted(map(canonicalize_name, pins)) == sorted(LOCKED)
    assert [package for package, (_, hashes) in LOCKED.items() if not hashes] == []


@pytest.mark.parametrize("name", ["pyproject.toml", "environment.yml", "requirements.lock", "Makefile"])
def test_no_file_names_the_machine_it_was_made_on(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    scheme = "[a-z+]+:" + "//"
    option = r"^\s*--?(?:extra-)?(?:index|find|trusted)" + "[-a-z]*"
    absolute = r"(?:^|[\s\"'=@])(?:/(?!dev/null)[a-z]\w*/|[A-Z]:\\)"
    for pattern in (scheme, option, absolute):
        assert re.findall(pattern, text, flags=re.MULTILINE) == []


def test_pandas_stays_where_recordlinkage_works() -> None:
    assert LOCKED["recordlinkage"][0] == Version("0.16")
    assert LOCKED["pandas"][0] < Version("3")
