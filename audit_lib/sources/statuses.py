"""Whether a payment was made, where its list does not say so in words the program knows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cells import Mask, spell_out
from audit_lib.sources.clean.choices import says_failure
from audit_lib.tables import PAYMENT

#: caption of the column of a payment's status
STATUS = next(column.caption for column in PAYMENT.columns if column.name == "status")
#: what is said about a list with words nobody knows in that column
UNKNOWN = "行取值不认识:写明失败原因的按失败,其余按已发计,请在 sources.yml 的 values 中写明含义"


def settle_statuses(statuses: pa.Array, blank: Mask, reasons: pa.Array) -> pa.Array:
    """A list without a status lists what was paid, except the rows that say why they failed.

    Args:
        statuses: as read, NULL where nothing or an unknown word is written.
        blank: rows that write nothing.
        reasons: the reasons for failure. Where most rows without a status give one, it is another kind of reason.

    Returns:
        An unknown word stays NULL — the money counts as paid — unless the row gives a reason for failure.
    """
    statuses, reasons = spell_out(statuses), spell_out(reasons)
    failed = _failures(reasons)
    if (failed & blank).sum() * 2 > blank.sum():
        failed &= ~blank
    settled = pc.if_else(pa.array(failed & np.asarray(pc.is_null(statuses))), pa.scalar("failed"), statuses)
    return pc.if_else(pa.array(blank & ~failed), pa.scalar("success"), settled)


def _failures(reasons: pa.Array) -> Mask:
    coded = reasons.dictionary_encode()
    fails = np.array([*(says_failure(text) for text in coded.dictionary.to_pylist()), False], dtype=np.bool_)
    chosen: Mask = fails[np.asarray(pc.fill_null(coded.indices, len(fails) - 1))]
    return chosen
