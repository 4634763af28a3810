"""A real Chromium with the network cut, listened to through its debugging protocol."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import websocket

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)


@dataclass
class Tab:
    """One tab: what it asked for, what went wrong, which dialogs it opened."""

    socket: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    calls: int = 0

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and take events until it is answered."""
        self.calls += 1
        self.socket.send(json.dumps({"id": self.calls, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.calls:
                return dict(message.get("result", {}))
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        said = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(said["request"]["url"])
            case "Runtime.exceptionThrown":
                self.errors.append(said["exceptionDetails"]["text"])
            case "Log.entryAdded":
                self.errors.append(said["entry"]["text"])
            case "Page.javascriptDialogOpening":
                self.dialogs.append(said["message"])

    def open(self, path: Path) -> None:
        """Load a page from disk and give it time to misbehave."""
        for domain in ("Network", "Runtime", "Log", "Page"):
            self.call(f"{domain}.enable")
        self.call(
            "Network.emulateNetworkConditions",
            offline=True,
            latency=0,
            downloadThroughput=0,
            uploadThroughput=0,
        )
        self.call("Page.navigate", url=path.as_uri())
        while self.ask("document.readyState") != "complete":
            time.sleep(0.05)
        time.sleep(0.3)
        self.ask("1")

    def ask(self, expression: str) -> Any:
        """Value of a JavaScript expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")


@contextmanager
def chromium_tab(profile: Path) -> Iterator[Tab]:
    """A tab of a Chromium of its own, whose every host name resolves to nothing."""
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
        "--remote-allow-origins=*", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}",
        "about:blank",
    ]  # fmt: skip
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port_file = profile / "DevToolsActivePort"
        deadline = time.monotonic() + 60
        while not (port_file.is_file() and port_file.read_text().strip()):
            assert time.monotonic() < deadline, "Chromium did not start"
            time.sleep(0.1)
        port = int(port_file.read_text().splitlines()[0])
        with urlopen(f"http://127.0.0.1:{port}/json") as answer:
            target = next(tab for tab in json.load(answer) if tab["type"] == "page")
        socket = websocket.create_connection(target["webSocketDebuggerUrl"], timeout=60)
        try:
            yield Tab(socket)
        finally:
            socket.close()
    finally:
        browser.terminate()
        browser.wait(30)
