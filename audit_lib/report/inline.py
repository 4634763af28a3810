"""A Papermill engine that runs a notebook's cells in this process instead of a kernel beside it.

A kernel costs seconds to start and stop, takes ports, and fails to start on a busy machine. A page
has a process of its own anyway, forked from one that has the libraries loaded, and ends with it:
nothing can leak from one township to the next.
"""

from __future__ import annotations

from typing import Any

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from papermill.engines import Engine, papermill_engines
from traitlets.config import Config

NAME = "ybt-inline"


class InlineEngine(Engine):
    """Runs cells one after the other in an IPython shell of its own, stopping at the first error."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> None:
        """Papermill's hook: run all cells of ``nb_man.nb`` and store their outputs."""
        shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
        InteractiveShell._instance = shell
        for index, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            nb_man.cell_start(cell, index)
            with capture_output() as captured:
                result = shell.run_cell(cell.source, store_history=True)
            cell.execution_count = shell.execution_count - 1
            cell.outputs = _outputs(captured, cell.execution_count)
            error = result.error_before_exec or result.error_in_exec
            if error is not None:
                cell.outputs.append(
                    nbformat.v4.new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[])
                )
                nb_man.cell_exception(cell, index, exception=error)
                raise error
            nb_man.cell_complete(cell, index)


def _outputs(captured: Any, count: int) -> list[Any]:
    outputs = [
        nbformat.v4.new_output("stream", name=name, text=text)
        for name, text in (("stdout", captured.stdout), ("stderr", captured.stderr))
        if text
    ]
    for shown in captured.outputs:
        content = {kind: value for kind, value in shown.data.items() if isinstance(value, str)}
        outputs.append(nbformat.v4.new_output("execute_result", data=content, execution_count=count))
    return outputs


papermill_engines.register(NAME, InlineEngine)
