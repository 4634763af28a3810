"""出报告: figures, tables for the eye, charts, the papermill batch and the pages."""
