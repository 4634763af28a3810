"""Everything a page needs, imported once in the process that pages are forked from."""

import matplotlib.backends.backend_svg
import nbconvert.exporters

import audit_lib.report.press
import audit_lib.workbook

__all__ = ["audit_lib", "matplotlib", "nbconvert"]
