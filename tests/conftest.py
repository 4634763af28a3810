"""Skips what this machine cannot run: browser tests without Chromium, Spark tests without pyspark and Java."""

from __future__ import annotations

import importlib.util
import shutil

import pytest

HAS_CHROMIUM = any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
HAS_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser") and not HAS_CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))
        if item.get_closest_marker("spark") and not HAS_SPARK:
            item.add_marker(pytest.mark.skip(reason="no pyspark or no Java on this machine"))
