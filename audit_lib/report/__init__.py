"""出报告: figures, tables for the eye, charts, the papermill batch and the pages."""

import audit_lib.report.lean_imports as lean_imports  # first, see there
