"""认人: which row is whose, across all registers. The only importer of recordlinkage.

Valid identity-card numbers settle most rows by joins in the engine. What is left — hidden, cut,
mistyped or missing numbers — is paired by several blocking keys, compared level by level and
decided to tiers B and C; a record that fits nobody, or two people equally, stays by itself.
"""

from __future__ import annotations

from audit_lib.identity.resolve import resolve_people

__all__ = ["resolve_people"]
