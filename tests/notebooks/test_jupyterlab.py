"""The auditor's walk in real JupyterLab: open, run all, pick a finding, decide, see it in the ledger. No Python is typed."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from audit_lib.lab.jupyter import lab_command, lab_environment
from audit_lib.ledger import Ledger
from tests.conftest import HAS_CHROMIUM
from tests.end_to_end.conftest import make_project

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROOT = Path(__file__).parents[2]
#: set to a folder to keep a picture of every notebook
PICTURES = os.environ.get("YBT_PICTURES")


@dataclass(frozen=True)
class Lab:
    """A JupyterLab of its own on a small district."""

    root: Path
    address: str
    token: str

    def notebook(self, name: str) -> str:
        """Address of a notebook."""
        return f"{self.address}/lab/tree/notebooks/{name}.ipynb?token={self.token}&reset"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab as ``ybt lab`` starts it, on an audited district."""
    root = tmp_path_factory.mktemp("lab")
    workbook = make_project(root)
    workbook.record()
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    port, token = free_port(), secrets.token_hex(8)
    env = lab_environment(root / "params" / "lingang") | {
        "PYTHONPATH": str(ROOT), "JUPYTER_TOKEN": token, "JUPYTER_CONFIG_DIR": str(root / "jupyter"),
        "JUPYTERLAB_SETTINGS_DIR": str(root / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(root / "workspaces"),
        "IPYTHONDIR": str(root / "ipython"),
    }  # fmt: skip
    command = [*lab_command(root, browser=False), f"--port={port}", "--ServerApp.port_retries=0"]
    with (root / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            lab = Lab(root, f"http://127.0.0.1:{port}", token)
            for _ in range(300):
                try:
                    urlopen(f"{lab.address}/api/status?token={token}").close()
                    break
                except OSError:
                    time.sleep(0.3)
            yield lab
        finally:
            server.terminate()
            server.wait(60)


@pytest.fixture(scope="module")
def page(lab: Lab) -> Iterator[Any]:
    """A page of the Chromium that is there."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright")
    if not HAS_CHROMIUM:
        pytest.skip("no Chromium on this machine")
    found = next(p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name)))
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=found, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1400, "height": 1000})
        opened.set_default_timeout(400_000)
        yield opened
        browser.close()


def run_all(page: Any, lab: Lab, name: str) -> None:
    """Open a notebook and run every cell from the menu; wait until the last one has run."""
    page.goto(lab.notebook(name))
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.wait_for_selector("text=/ipykernel.*Idle/")
    prompts = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(one => one.textContent)"
    for _ in range(10):  # a click that comes before the kernel answers is lost
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
        page.wait_for_timeout(4000)
        if page.evaluate(f"{prompts}.some(text => /\\[[*\\d]/.test(text))"):
            break
    cells = len(
        re.findall(r'"cell_type": "code"', (lab.root / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
    )
    page.wait_for_function(f"() => {prompts}.some(text => text.includes('[{cells}]'))", polling=400)


def keep_picture(page: Any, name: str, first: str = "0") -> None:
    """A picture of a notebook from its ``first`` cell on, when somebody wants one."""
    if PICTURES:
        page.eval_on_selector(".jp-Notebook .jp-Cell >> nth=" + first, "cell => cell.scrollIntoView()")
        page.wait_for_timeout(1500)
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def errors(page: Any) -> list[str]:
    """What notebooks show when a cell failed."""
    return list(page.eval_on_selector_all(".jp-OutputArea-output[data-mime-type*='stderr'], .jp-RenderedError",
                                          "all => all.map(one => one.textContent)"))  # fmt: skip


def test_the_start_page_links_to_every_notebook_and_tells_where_the_project_stands(
    page: Any, lab: Lab
) -> None:
    run_all(page, lab, "00_start")
    page.wait_for_selector(".ybt table >> text=收到的文件")
    links = page.eval_on_selector_all(".jp-RenderedMarkdown a", "all => all.map(one => one.textContent)")
    for name in ("01_sources", "02_identity", "03_findings", "04_person", "05_ledger"):
        assert any(link.startswith(name) for link in links), links
    assert [text for text in errors(page) if "Error" in text or "错误" in text] == []
    keep_picture(page, "00_start")


def test_a_finding_is_decided_by_clicks_and_stands_in_the_ledger(page: Any, lab: Lab) -> None:
    run_all(page, lab, "05_ledger")
    page.wait_for_selector(".ybt table.side")
    page.get_by_label("规则", exact=True).select_option(label="死亡后仍领取补贴")
    page.wait_for_selector(".ybt .prose >> text=死亡后仍领取补贴")
    card = page.locator(".ybt .prose").first
    finding_id = re.search(r"YD[A-Z2-7]{10}", card.inner_text())
    assert finding_id is not None
    page.get_by_role("button", name="1 属实", exact=True).click()
    page.wait_for_selector(".ybt [role=alert]")
    with Ledger.open(f"sqlite:///{lab.root / 'data' / 'lingang' / 'ledger.db'}") as ledger:
        assert state(ledger, finding_id.group()) == "待核实"
    page.get_by_label("经办人", exact=True).fill("审计组甲")
    page.get_by_label("经办人", exact=True).press("Tab")
    keep_picture(page, "05_ledger")
    page.get_by_role("button", name="1 属实", exact=True).click()
    page.wait_for_selector(f".ybt [role=status] >> text=已记入台账:{finding_id.group()} 属实")
    with Ledger.open(f"sqlite:///{lab.root / 'data' / 'lingang' / 'ledger.db'}") as ledger:
        assert state(ledger, finding_id.group()) == "属实"
        assert list(ledger.history(finding_id.group())["operator"])[-1] == "审计组甲"
    page.get_by_role("button", name="0 撤销上一笔", exact=True).click()
    page.wait_for_selector(f".ybt [role=status] >> text=已撤销:{finding_id.group()}")
    with Ledger.open(f"sqlite:///{lab.root / 'data' / 'lingang' / 'ledger.db'}") as ledger:
        assert state(ledger, finding_id.group()) == "待核实"
        assert list(ledger.history(finding_id.group())["kind"])[-2:] == ["verified", "undone"]
        assert ledger.verify() == []


def test_a_person_is_found_by_a_finding_and_shown_on_one_page(page: Any, lab: Lab) -> None:
    run_all(page, lab, "04_person")
    page.wait_for_selector(".ybt dl.cards")
    assert page.locator(".ybt figure img").count() >= 1
    keep_picture(page, "04_person", first="3")


@pytest.mark.parametrize("name", ["01_sources", "02_identity", "03_findings"])
def test_every_other_notebook_runs_in_the_browser(page: Any, lab: Lab, name: str) -> None:
    run_all(page, lab, name)
    assert [text for text in errors(page) if "Traceback" in text or "Error" in text] == []
    keep_picture(page, name)


def state(ledger: Ledger, finding_id: str) -> str:
    """The ledger's state of a finding."""
    return str(ledger.cases().set_index("finding_id").loc[finding_id, "state"])
