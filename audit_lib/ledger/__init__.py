"""记账: an append-only ledger of suspicions, verdicts and recoveries."""

from audit_lib.ledger.recording import record_stages
from audit_lib.ledger.register import Ledger
from audit_lib.ledger.reports import ImportEntry, ImportReport

__all__ = ["ImportEntry", "ImportReport", "Ledger", "record_stages"]
