"""A Papermill engine that runs a notebook's cells in this process instead of a kernel beside it.

A kernel costs seconds to start and stop, takes ports, and fails to start on a busy machine. A page
has a process of its own anyway, forked from one that has the libraries loaded, and ends with it:
nothing can leak from one township to the next.
"""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from papermill.engines import Engine, papermill_engines
from traitlets import Type
from traitlets.config import Config

NAME = "ybt-inline"


class _Hook(DisplayHook):
    """Takes what a cell's last expression shows, instead of printing it."""

    def write_output_prompt(self) -> None:
        """No ``Out[1]:``."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Keep the representations."""
        assert isinstance(self.shell, _Shell)
        self.shell.shown.append(format_dict)

    def log_output(self, format_dict: dict[str, Any]) -> None:
        """Nothing is logged to a terminal."""

    def finish_displayhook(self) -> None:
        """No blank line."""
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Takes what a cell displays while it runs."""

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        """Keep the representations."""
        assert isinstance(self.shell, _Shell)
        self.shell.shown.append(data)


class _Shell(InteractiveShell):
    """A shell that keeps what is shown."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **settings: Any) -> None:
        self.shown: list[dict[str, Any]] = []
        settings["config"] = Config({"HistoryManager": {"enabled": False}})
        super().__init__(**settings)  # type: ignore[no-untyped-call]

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        """Errors travel in the result; the log has the traceback."""


class InlineEngine(Engine):  # type: ignore[misc]
    """Runs cells one after the other in a shell of its own, stopping at the first error."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> None:
        """Papermill's hook: run all cells of ``nb_man.nb`` and store their outputs."""
        shell = _Shell()
        for index, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            nb_man.cell_start(cell, index)
            shell.shown, printed, warned = [], io.StringIO(), io.StringIO()
            with redirect_stdout(printed), redirect_stderr(warned):
                result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
            count = shell.execution_count - 1
            cell.execution_count = count
            cell.outputs = [_stream(name, text) for name, text in
                            (("stdout", printed.getvalue()), ("stderr", warned.getvalue())) if text]  # fmt: skip
            cell.outputs += [_result(content, count) for content in shell.shown]
            error = result.error_before_exec or result.error_in_exec
            if error is not None:
                cell.outputs.append(
                    nbformat.v4.new_output(
                        "error", ename=type(error).__name__, evalue=str(error), traceback=[]
                    )
                )
                nb_man.cell_exception(cell, index, exception=error)
                raise error
            nb_man.cell_complete(cell, index)


def _stream(name: str, text: str) -> Any:
    return nbformat.v4.new_output("stream", name=name, text=text)


def _result(content: dict[str, Any], count: int) -> Any:
    kept = {kind: value for kind, value in content.items() if isinstance(value, str)}
    return nbformat.v4.new_output("execute_result", data=kept, execution_count=count)


papermill_engines.register(NAME, InlineEngine)
