"""Grand totals: one month of one payment counts once, whatever number of rules question it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit_lib.engine import DuckDbEngine, Engine

_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class GrandTotal:
    """Money of one kind: as listed rule by rule, and counted once per payment month."""

    kind: str
    listed_fen: int
    counted_fen: int

    @property
    def overlap_fen(self) -> int:
        """What several rules question at the same time."""
        return self.listed_fen - self.counted_fen


def define_counted_lines(engine: Engine) -> None:
    """Define view ``counted_line`` over ``finding`` and ``finding_line``."""
    engine.view("counted_line", (_SQL / "counted_line.sql").read_text(encoding="utf-8"))


def grand_total(findings: Path, track: str = "problem") -> dict[str, GrandTotal]:
    """Totals by kind of money; kinds are never added together.

    Args:
        findings: folder with ``finding.parquet`` and ``finding_line.parquet``.
        track: ``problem``, ``protective`` or ``management``.
    """
    with DuckDbEngine() as engine:
        for name in ("finding", "finding_line"):
            engine.register(name, findings / f"{name}.parquet")
        define_counted_lines(engine)
        rows = engine.query((_SQL / "grand_total.sql").read_text(encoding="utf-8"), {"track": track}).to_pylist()
    return {row["kind"]: GrandTotal(row["kind"], row["listed_fen"], row["counted_fen"]) for row in rows}
