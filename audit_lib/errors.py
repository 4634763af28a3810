"""What can go wrong for a user, in the user's words.

Problems *in the data* are rows in a table (set aside, 疑点). An exception is for a fault
that stops the work: a wrong command, a broken configuration, a file that cannot be read.
Each carries what, where and what to do; the command line prints it and exits with 2.
"""

from __future__ import annotations


class AuditError(Exception):
    """Root of every fault that is reported to the user without a traceback.

    Args:
        what: what is wrong, one Chinese sentence.
        where: file, ``file:sheet:row`` or ``file:key``; empty when there is no place.
        remedy: what the user can do about it.
    """

    exit_code = 2

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        parts = [f"错误:{self.what}"]
        if self.where:
            parts.append(f"位置:{self.where}")
        if self.remedy:
            parts.append(f"处理:{self.remedy}")
        return "\n".join(parts)


class ParamsError(AuditError):
    """A file under ``params/`` is missing, malformed, or says something not allowed."""


class SourceError(AuditError):
    """A delivered file as a whole cannot be used."""


class RuleError(AuditError):
    """A rule file does not keep the contract of a rule."""


class LedgerError(AuditError):
    """An entry would break the ledger's order, or the stored chain of digests is broken."""


class ReportError(AuditError):
    """A report could not be rendered, or does not belong to its township."""

    exit_code = 1


class Faults:
    """Collects all faults of one input, then raises once.

    Example:
        >>> faults = Faults()
        >>> faults.add("缺少列“身份证号”", "发放.csv")
        >>> len(faults.entries)
        1
    """

    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []

    def add(self, what: str, where: str = "") -> None:
        """Remember one fault and its place."""
        self.entries.append((what, where))

    def raise_if_any(self, kind: type[AuditError], summary: str, remedy: str = "") -> None:
        """Raise one error listing every fault, or return when there is none."""
        if not self.entries:
            return
        listing = "\n".join(f"  {where}: {what}" if where else f"  {what}" for what, where in self.entries)
        raise kind(f"{summary}(共{len(self.entries)}处)\n{listing}", remedy=remedy)
