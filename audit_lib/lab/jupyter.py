"""How JupyterLab is started for auditors: kernel at once, no news from outside, the start page open."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from audit_lib.lab.views import VARIABLE

_SETTINGS = Path(__file__).parent / "settings"


def lab_command(root: Path, *, browser: bool = True) -> list[str]:
    """The command line that opens ``root/notebooks/00_start.ipynb``."""
    command = [
        sys.executable,
        "-m",
        "jupyter",
        "lab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.app_settings_dir={_SETTINGS}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.default_url=/lab/tree/notebooks/00_start.ipynb",
    ]
    if not browser:
        command.append("--no-browser")
    if getattr(os, "geteuid", lambda: 1)() == 0:  # in a container everybody is root, and Jupyter refuses root
        command.append("--allow-root")
    return command


def lab_environment(project: Path) -> dict[str, str]:
    """The environment in which the notebooks open this project (its folder of parameters)."""
    return os.environ | {VARIABLE: str(project.resolve())}
