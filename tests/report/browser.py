"""A real Chromium with the network cut, driven by Playwright; what a page asks for and complains of is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, sync_playwright

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="没有 Chromium；Debian/Ubuntu：apt install chromium")


@dataclass
class Visit:
    """An open page: what it asked for, what went wrong, which dialogs it opened."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def open(self, path: Path, ask: str = "") -> Page:
        """Load a page from disk; ``ask`` is what follows its name, such as ``#list``."""
        self.page.goto(path.as_uri() + ask)
        return self.page

    def save(self, press: str, folder: Path) -> Path:
        """Press a button that gives a file, and keep the file."""
        with self.page.expect_download() as given:
            self.page.get_by_role("button", name=press, exact=True).click()
        download: Download = given.value
        path = folder / download.suggested_filename
        download.save_as(path)
        return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium whose every host name resolves to nothing."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--host-resolver-rules=MAP * ~NOTFOUND"], chromium_sandbox=False
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Browser, *, script: bool = True) -> Iterator[Visit]:
    """A fresh, offline page that is listened to; ``script=False`` switches JavaScript off."""
    context = browser.new_context(
        offline=True,
        java_script_enabled=script,
        accept_downloads=True,
        viewport={"width": 1280, "height": 900},
    )
    seen = Visit(context.new_page())
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.page.on(
        "console", lambda said: seen.errors.append(said.text) if said.type in ("error", "warning") else None
    )

    def refuse(dialog: object) -> None:
        seen.dialogs.append(dialog.message)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    seen.page.on("dialog", refuse)
    try:
        yield seen
    finally:
        context.close()
