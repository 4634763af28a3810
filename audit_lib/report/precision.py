"""How often what a rule found proved true: the outcomes that people entered in the ledger, rule by rule."""

from __future__ import annotations

import pandas as pd

from audit_lib.report.cases import standing_of


def rule_precision(cases: pd.DataFrame) -> pd.DataFrame:
    """Outcomes by rule.

    Args:
        cases: the ledger's cases, with ``rule_id`` and ``state``.

    Returns:
        One line per rule that has a case: ``confirmed``, ``cleared``, ``pending`` (cases) and ``precision``, the share
        confirmed of those decided, NA while nothing is decided. Withdrawn cases count nowhere.
    """
    standings = ["confirmed", "cleared", "pending"]
    counted = pd.crosstab(cases["rule_id"], cases["state"].map(standing_of)).reindex(
        columns=standings, fill_value=0
    )
    decided = counted["confirmed"] + counted["cleared"]
    return counted.assign(precision=(counted["confirmed"] / decided.where(decided > 0)).astype("Float64"))


def precision_text(confirmed: int, cleared: int) -> str:
    """``已核实12件，属实11件，占91.7%``; without an outcome it says so, for no outcome is not 0 %."""
    decided = confirmed + cleared
    if not decided:
        return "尚无核实结果"
    return f"已核实{decided}件，属实{confirmed}件，占{100 * confirmed / decided:.1f}%"
