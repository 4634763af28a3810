"""The links of two files as lines: one sentence of reasons each, one line per pair of rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.errors import SourceError
from audit_lib.exports import inert
from audit_lib.identity.comparators import LABELS
from audit_lib.identity.distinct import Codes, mix_keys
from audit_lib.identity.explain import Compared as Explained
from audit_lib.identity.explain import explain
from audit_lib.identity.link_compare import Bits, Compared
from audit_lib.identity.link_records import Records, Side
from audit_lib.identity.numbers import NumberLevel

#: rows under one number beyond which not every pair of them is listed
MOST_LISTED = 10_000
SCHEMA = pa.schema(
    [("left_row", pa.int64()), ("right_row", pa.int64()), ("probability", pa.float64()), ("tier", pa.string()),
     ("reason", pa.string())]
)  # fmt: skip

Texts = npt.NDArray[np.object_]


def explain_pairs(
    records: Records, compared: Compared, left_no: Codes, right_no: Codes, tier: Texts
) -> Texts:
    """A sentence for each pair; pairs that agree in the same way share one."""
    numbers = records.numbers.numbers
    left = records.left.columns["number"].to_numpy()[left_no]
    right = records.right.columns["number"].to_numpy()[right_no]
    levels = {name: compared.levels[name].to_numpy() for name in LABELS}
    # where a slip is named by its place, the place is part of the sentence
    slips = np.isin(levels["number"], (NumberLevel.ONE_DIGIT, NumberLevel.TRANSPOSED))
    place = np.where(slips, (numbers.characters[left] != numbers.characters[right]).argmax(axis=1), 0)
    place = np.where(
        slips & (numbers.lengths[left] != numbers.lengths[right]), 20 + numbers.lengths[left], place
    )
    tiers = (tier == "B").astype(np.int64)
    _, first, same = np.unique(
        mix_keys(*levels.values(), compared.birth_slip, compared.number_slip, place, tiers),
        return_index=True, return_inverse=True,
    )  # fmt: skip
    sentences = []
    for at in first.tolist():
        one, other = (numbers.texts[side[at]].decode() for side in (left, right))
        by_name = {name: int(level[at]) for name, level in levels.items()}
        pair = Explained(by_name, one, other, str(tier[at]), True, False, False)
        sentences.append(
            explain(
                pair, number_slip=bool(compared.number_slip[at]), birth_slip=bool(compared.birth_slip[at])
            )
        )
    return np.array([*sentences, ""], dtype=object)[:-1][same]


def spread_rows(
    records: Records, left_no: Codes, right_no: Codes, chance: Bits, tier: Texts, reason: Texts
) -> pa.Table:
    """Links of records to links of rows. Where thousands of rows share one number, each is listed once."""
    left_count, right_count = (np.diff(side.starts)[no] for side, no in _sides(records, left_no, right_no))
    single = np.flatnonzero((left_count == 1) & (right_count == 1))
    at = [single]
    lines = [[side.order[side.starts[no[single]]]] for side, no in _sides(records, left_no, right_no)]
    for link in np.flatnonzero((left_count > 1) | (right_count > 1)).tolist():
        one, other = (
            side.order[side.starts[no[link]] : side.starts[no[link] + 1]]
            for side, no in _sides(records, left_no, right_no)
        )
        if len(one) * len(other) > MOST_LISTED:
            lines[0].append(np.concatenate([one, np.repeat(one[:1], len(other) - 1)]))
            lines[1].append(np.concatenate([np.repeat(other[:1], len(one)), other[1:]]))
        else:
            lines[0].append(np.repeat(one, len(other)))
            lines[1].append(np.tile(other, len(one)))
        at.append(np.full(len(lines[0][-1]), link))
    of, left_row, right_row = np.concatenate(at), *(np.concatenate(parts) for parts in lines)
    order = np.lexsort((right_row, left_row))
    of = of[order].astype(np.int64)
    columns = [left_row[order], right_row[order], chance[of]]
    texts = [_texts(values, of) for values in (tier, reason)]
    return pa.table([*(pa.array(c) for c in columns), *texts], schema=SCHEMA)


def _sides(
    records: Records, left_no: Codes, right_no: Codes
) -> tuple[tuple[Side, Codes], tuple[Side, Codes]]:
    return (records.left, left_no), (records.right, right_no)


def _texts(values: Texts, of: Codes) -> pa.Array:
    encoded = pa.array(values, pa.string()).dictionary_encode()
    return encoded.dictionary.take(encoded.indices.take(pa.array(of)))


def write_links(links: pa.Table, out: Path) -> None:
    """Write them as CSV (UTF-8 with a mark), completely or not at all.

    Raises:
        SourceError: the file cannot be written.
    """
    chance, of = np.unique(np.round(links["probability"].to_numpy(), 6), return_inverse=True)
    written = pa.array([f"{value:.6f}" for value in chance.tolist()], pa.string()).take(pa.array(of))
    partial = out.with_name(out.name + ".partial")
    try:
        with partial.open("wb") as target:
            target.write(b"\xef\xbb\xbf" + ",".join(links.column_names).encode() + b"\n")
            for start in range(0, len(links), 100_000):
                part = links.slice(start, 100_000)
                lines = pc.binary_join_element_wise(
                    *(pc.cast(part[name], pa.string()) for name in ("left_row", "right_row")),
                    written.slice(start, 100_000), part["tier"], _quoted(part["reason"]), ",",
                )  # fmt: skip
                target.write("\n".join(lines.to_pylist()).encode() + b"\n")
        partial.replace(out)
    except OSError as error:
        raise SourceError(
            f"结果文件无法写入({error.strerror})", str(out), "关闭正在打开它的程序,或换一个位置"
        ) from None


def _quoted(texts: pa.ChunkedArray) -> pa.Array:
    """Sentences as cells of a CSV: nothing in them ends the cell or is taken for a formula."""
    encoded = texts.combine_chunks().dictionary_encode()
    cells = ['"' + str(inert(text)).replace('"', '""') + '"' for text in encoded.dictionary.to_pylist()]
    return pa.array(cells, pa.string()).take(encoded.indices)
