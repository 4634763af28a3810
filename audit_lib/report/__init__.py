"""出报告: figures, tables for the eye, charts, the papermill batch and the pages."""

from audit_lib.report import lean_imports  # before anything else of this package

__all__ = ["lean_imports"]
