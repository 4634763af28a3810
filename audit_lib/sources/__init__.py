"""收数、整理: the departments' files, as delivered, become canonical tables.

Files are read by content, not by suffix. Every row keeps its file, sheet and row; a row that cannot
be used is set aside with the reason; kept + set aside + totals = delivered for every file.
"""

from audit_lib.sources.delivery import read_sources

__all__ = ["read_sources"]
