"""Words of a column of few values that nobody knows: asked about, with what the rows beside them say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cells import spell_out
from audit_lib.sources.clean import marks
from audit_lib.sources.clean.choices import read_choice
from audit_lib.sources.convert import ROW, Converted
from audit_lib.tables import Table

#: words of one column that are asked about; more are no choices but free text
_MOST = 12
#: from this share on the rows of a word agree
_AGREE = 0.9
#: what an unknown word counts as until it is explained
_NOW = {
    "status": "现在:写明失败原因的按失败,其余按已发计",
    "return_status": "现在照原样保留,与发放记录核对不准",
}


@dataclass
class Unknown:
    """Unknown words of a file: column → word → rows, and for a payment's status how many of them say why they failed."""

    words: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    failed: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    reasons: int = 0

    def add(self, table: Table, converted: Converted) -> None:
        """Count the unknown words of a sheet."""
        captions = {column.caption: column.name for column in table.columns if column.type == "choice"}
        flags = converted.memory.flags
        flags = flags.filter(pc.and_(
            pc.is_in(flags["column_name"], pa.array(list(captions), pa.string())), pc.equal(flags["flag"], marks.UNREAD)
        ))  # fmt: skip
        self.rows += converted.rows.num_rows
        for column in table.columns:
            if column.type == "text" and column.choices:
                counted = pc.value_counts(spell_out(converted.rows[column.name])).to_pylist()
                self.words[column.name].update({
                    one["values"]: one["counts"] for one in counted
                    if one["values"] and read_choice(column, one["values"]) is None
                })  # fmt: skip
        if table.name == "payment":
            failed = set(converted.rows.filter(pc.equal(converted.rows["status"], "failed"))[ROW].to_pylist())
            self.reasons += len(failed)
        else:
            failed = set()
        for row, caption, raw in zip(
            *(flags[name].to_pylist() for name in ("row", "column_name", "raw")), strict=True
        ):
            self.words[captions[caption]][raw] += 1
            self.failed[raw] += captions[caption] == "status" and row in failed

    def questions(self, table: Table) -> Iterable[str]:
        """What must be asked, each with an entry of ``values`` that answers it."""
        for name, words in self.words.items():
            if not words:
                continue
            column = next(column for column in table.columns if column.name == name)
            first = {value: spelling for spelling, value in reversed(column.choices.items())}
            choices = "|".join(spelling for spelling in column.choices if spelling in first.values())
            shown = words.most_common(_MOST)
            said = [self._said(name, word, rows, choices) for word, rows in shown]
            counted = "、".join(f"{word}({rows}行)" for word, rows in shown)
            more = f"等{len(words)}种" if len(words) > _MOST else ""
            entry = ", ".join(f"{word}: {meaning}" for (word, _), meaning in zip(shown, said, strict=True))
            now = _NOW.get(name, "现在按空缺处理")
            yield f"问:{column.caption}的“{counted}”{more}是什么意思?{now}。核对后写入 values: {{{name}: {{{entry}}}}}"

    def _said(self, name: str, word: str, rows: int, choices: str) -> str:
        """The meaning that the rows of a word speak for, else all there are."""
        if name != "status":
            return choices
        if self.failed[word] >= _AGREE * rows:
            return "失败"
        if self.failed[word] == 0 and rows * 2 > self.rows:
            return "成功"
        return choices
