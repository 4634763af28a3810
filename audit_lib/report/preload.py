"""Everything a page needs, imported and warmed up once in the process that pages are forked from."""

from __future__ import annotations

from audit_lib.report import press
from audit_lib.report.grids import Grid
from audit_lib.report.pictures import stacked_bars
from audit_lib.report.render import load_exporter
from audit_lib.views import load_views

load_views()
load_exporter()
stacked_bars(["预备"], [("件", [1.0])], "件", "预备", Grid("预备", [], []))

__all__ = ["press"]
