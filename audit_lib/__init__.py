"""一本通审计工作簿: from a dozen departments' files to verified subsidy-audit findings."""

__version__ = "0.1.0"
