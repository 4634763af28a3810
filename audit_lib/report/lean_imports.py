"""Imported before anything else of this package: it keeps 2.6 seconds of unused grammar out of every run.

jsonschema, which nbformat loads, builds a parser for internationalised web addresses when
``rfc3987_syntax`` is installed (JupyterLab brings it along). Notebooks have no such field to check,
and jsonschema does without it when it cannot be imported.
"""

from __future__ import annotations

import sys
from typing import Any

_modules: dict[str, Any] = sys.modules
if "jsonschema" not in _modules:
    _modules.setdefault("rfc3987_syntax", None)
