"""How well `ybt init` understood a delivery: files and columns, against the truth."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import audit_lib

TAKEN = {"采用": "use", "需要映射": "ask", "不采用": "skip", "拒收": "reject"}


def ybt(root: Path, *words: str, limit: int = 600) -> tuple[int, str]:
    """Run the command in ``root``; exit code and everything it said."""
    home = str(Path(audit_lib.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "audit_lib", *words], cwd=root, env={**os.environ, "PYTHONPATH": home},
        capture_output=True, text=True, timeout=limit, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def bare(header: str) -> str:
    """A header without width, blanks and breaks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", header))


@dataclass
class Mapped:
    """What `ybt sources` says about a file."""

    decision: str
    table: str
    columns: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)


def read_listing(text: str) -> dict[str, Mapped]:
    """Parse the lines of `ybt sources`."""
    found = {}
    for line in text.splitlines():
        match = re.match(r"(采用|需要映射|不采用|拒收)  (.+?)  \[(.+?)\](.*)", line)
        if not match:
            continue
        decision, name, table, rest = match.groups()
        mapped = Mapped(decision, table)
        if pairs := re.search(r"已对应:(.*?)(?:  未采用:|  问:|$)", rest):
            for pair in pairs.group(1).split("、"):
                if "→" in pair:
                    header, column = pair.rsplit("→", 1)
                    mapped.columns[bare(header)] = column.strip()
        mapped.questions = re.findall(r"问:(.*)", rest)
        found[name] = mapped
    return found


def questions_of(sources: str) -> dict[str, list[str]]:
    """Questions in sources.yml by file."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in sources.splitlines():
        if match := re.match(r"# 问:(.+?):(.*)", line):
            found[match.group(1)].append(match.group(2))
    return found


def uncommented(sources: str) -> str:
    """Every proposal accepted as it stands."""
    return "\n".join(re.sub(r"^# (- \{)", r"\1", line) for line in sources.splitlines()) + "\n"


@dataclass
class IntakeScore:
    """Counts and the lines behind them."""

    files: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)

    @property
    def right_share(self) -> float:
        """Columns mapped right without any edit."""
        return self.columns["right"] / max(1, self.columns["all"])

    @property
    def proposed_share(self) -> float:
        """Columns right once every proposal is accepted as it stands."""
        return (self.columns["right"] + self.columns["proposed"]) / max(1, self.columns["all"])

    def say(self, kind: str, line: str) -> None:
        """Note a failure under a generic class."""
        self.classes[kind] += 1
        self.failures.append(f"[{kind}] {line}")

    def grouped(self) -> list[str]:
        """Failures, those that differ only in year, quarter, half or town told once with their number."""
        groups: dict[str, list[str]] = defaultdict(list)
        for line in self.failures:
            kind, _, rest = line.partition("] ")
            name, _, what = rest.partition(": ")
            groups[
                f"{kind}] {what.split('是不是')[0] if '是不是' in what else what}|{name.split('/')[0]}"
            ].append(line)
        return [
            lines[0] + (f"(同样的共{len(lines)}处)" if len(lines) > 1 else "") for lines in groups.values()
        ]


def found_in(columns: dict[str, str], parent: str, header: str) -> str | None:
    """The canonical column of a header, alone or joined with its parent."""
    names = {bare(header), bare(parent + header), bare(f"{parent}_{header}"), bare(f"{parent}/{header}")}
    for name, column in columns.items():
        if name in names:
            return column
    return None


def score_file(
    score: IntakeScore,
    truth: dict[str, Any],
    active: Mapped | None,
    proposed: Mapped | None,
    asked: list[str],
    listed: str,
    captions: dict[str, str],
) -> None:
    """Judge one file that should be used."""
    name, caption = truth["path"], captions.get(truth["table"], truth["table"])
    columns = {
        (c["parent"], c["header"]): c
        for sheet in truth["sheets"]
        if sheet["counts"]
        for c in sheet["columns"]
    }
    meaningful = [c for c in columns.values() if c["means"]]
    score.columns["all"] += len(meaningful)
    silent = active is not None and active.decision == "采用" and listed == "采用"
    use = active if silent else proposed if proposed and proposed.columns else None
    if silent and use and use.table != caption:
        score.files["wrong table silently"] += 1
        score.columns["wrong"] += len(meaningful)
        score.say("整表认错(无提示)", f"{name}: 认作{use.table},应为{caption}")
        return
    if silent:
        score.files["accepted"] += 1
    else:
        score.files["asked" if listed == "需要映射" else "refused" if listed == "拒收" else "left out"] += 1
        score.say(
            {"需要映射": "需要映射", "拒收": "误拒收"}.get(listed, "误不采用"),
            f"{name}: {'; '.join(asked) or listed or '没有列出'}"[:300],
        )
    if use is None or use.table != caption:
        score.columns["missed"] += len(meaningful)
        if use is not None:
            score.say("提议的表不对", f"{name}: 提议{use.table},应为{caption}")
        return
    for column in columns.values():
        label = f"{name}: “{column['parent']}{column['header']}”"
        got = found_in(use.columns, column["parent"], column["header"])
        if got is not None and got != column["means"] and got not in column["also"]:
            if silent:
                score.columns["wrong"] += 1
                score.say("列认错(无提示)", f"{label} → {got},应为{column['means'] or '不对应'}")
            else:
                score.columns["wrong but asked"] += 1
                score.say("提议的列不对", f"{label} → {got},应为{column['means'] or '不对应'}")
        elif column["means"] and got is not None:
            score.columns["right" if silent else "proposed"] += 1
        elif column["means"] and "" in column["also"]:
            score.columns["all"] -= 1
        elif column["means"]:
            told = any(column["header"] in question for question in asked)
            score.columns["asked" if told else "missed"] += 1
            score.say("问到的列" if told else "漏认的列", f"{label} 应为{column['means']}")


def judge_intake(root: Path, slug: str, truth: dict[str, Any], captions: dict[str, str]) -> IntakeScore:
    """Run init and sources in ``root`` and compare with the truth."""
    score = IntakeScore()
    code, said = ybt(root, "init", slug, "raw")
    (root / "init.log").write_text(said, encoding="utf-8")
    if code:
        score.say("init失败", said[-1500:])
        return score
    folder = root / "params" / slug
    with (folder / "文件登记.csv").open(encoding="utf-8-sig") as stream:
        listed = {line["文件"]: line["结论"] for line in csv.DictReader(stream)}
    sources = (folder / "sources.yml").read_text(encoding="utf-8")
    asked = questions_of(sources)
    _, said = ybt(root, "sources", slug)
    (root / "sources.log").write_text(said, encoding="utf-8")
    active = read_listing(said)
    (folder / "sources.yml").write_text(uncommented(sources), encoding="utf-8")
    _, said = ybt(root, "sources", slug)
    (root / "sources_all.log").write_text(said, encoding="utf-8")
    proposed = read_listing(said)
    (folder / "sources.yml").write_text(sources, encoding="utf-8")
    for file in truth["files"]:
        name, decision = file["path"], file["decision"]
        verdict = listed.get(name, "") or (active[name].decision if name in active else "")
        if decision == "use":
            score_file(
                score, file, active.get(name), proposed.get(name), asked.get(name, []), verdict, captions
            )
        elif decision == "policy":
            ok = verdict == "不采用"
            score.files["policy read" if ok else "policy not read"] += 1
            if not ok:
                score.say("政策表未认出", f"{name}: {verdict}")
        elif decision == "reject" and verdict == "采用":
            score.files["litter taken silently"] += 1
            score.say("不可用文件被采用", f"{name}: {file['why']}")
        elif decision == "skip" and verdict == "采用":
            score.files["double taken silently"] += 1
            score.say("重复/旧版被采用", f"{name}: {file['why']}")
        else:
            score.files["litter kept out"] += 1
    return score
