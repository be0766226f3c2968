"""Chromium driven over its own protocol: open a page, ask it, press in it, take a picture. No driver is installed."""

import base64
import json
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.browser.test_page import CHROMIUM, FLAGS

PATIENCE = 90.0
"""Seconds that a page is given on a slow machine."""


class Page:
    """One open page."""

    def __init__(self, socket):
        self._socket, self._last = socket, 0

    def call(self, method: str, **params):
        """Send a command and return its result."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer.get("id") == self._last:
                assert "error" not in answer, answer
                return answer["result"]

    def ask(self, script: str):
        """Return the value of an expression of JavaScript."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def wait_for(self, script: str, seconds: float = PATIENCE):
        """Ask until the answer is true, and return it."""
        end = time.monotonic() + seconds
        while not (found := self.ask(script)):
            assert time.monotonic() < end, f"{script}\nnever came true; the page says:\n{self.text()[:1500]}"
            time.sleep(0.2)
        return found

    def text(self) -> str:
        """Return what the page says."""
        return self.ask("document.body ? document.body.innerText : ''")

    def press(self, label: str) -> None:
        """Click the button with this label."""
        self.wait_for(
            f"[...document.querySelectorAll('button')].some(b => b.innerText.trim().toLowerCase() === {label.lower()!r} && !b.disabled)"
        )
        self.ask(
            f"[...document.querySelectorAll('button')].find(b => b.innerText.trim().toLowerCase() === {label.lower()!r}).click()"
        )

    def picture(self, path: Path) -> None:
        """Save what is to be seen."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


@contextmanager
def opened(url: str, folder: Path, width: int = 1400, height: int = 1000):
    """Open a page in a Chromium of its own, which ends with the block."""
    connect = __import__("websockets.sync.client", fromlist=["connect"]).connect
    profile = folder / "profile"
    chromium = subprocess.Popen(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}", "--remote-debugging-port=0",
         "--remote-allow-origins=*", url],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        target = _target(profile / "DevToolsActivePort", url, chromium)
        with connect(target, max_size=None, open_timeout=PATIENCE) as socket:
            yield Page(socket)
    finally:
        end(chromium)


def end(process: subprocess.Popen) -> None:
    """End a process, politely first."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(15)


def _target(port_file: Path, url: str, chromium: subprocess.Popen) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert chromium.poll() is None, "Chromium ended by itself"
        if port_file.exists() and (lines := port_file.read_text().split()):
            with urlopen(f"http://127.0.0.1:{lines[0]}/json", timeout=10) as answer:
                pages = [p for p in json.load(answer) if p["type"] == "page" and p["url"].startswith(url)]
            if pages:
                return pages[0]["webSocketDebuggerUrl"]
        time.sleep(0.2)
    raise AssertionError("Chromium did not open the page")
