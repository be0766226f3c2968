"""SolaraViz on the model, in a real browser: the page that comes with Kwamdee, and the one that docs/mesa.md shows."""

import importlib.util
import io
import os
import re
import socket
import subprocess
import sys
import time
from base64 import b64decode
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import matplotlib.image
import numpy as np
import pytest

from tests.browser.driven import PATIENCE, end, opened
from tests.browser.test_page import CHROMIUM

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
OWN = """
import simulation as kw

page = kw.viz("bangkok-waste", arm="comparison", n_citizens=200)
"""
ERRORS = ("Traceback", "error in step", "Error:", "Exception")
DRAWN = "[...document.querySelectorAll('img')].filter(i => i.naturalWidth > 300 && i.naturalHeight > 200)"


@pytest.fixture(scope="module", autouse=True)
def ready():
    missing = [
        name for name, there in (("Chromium", CHROMIUM), ("solara", importlib.util.find_spec("solara"))) if not there
    ]
    if missing:
        if os.environ.get("KWAMDEE_BROWSER") == "required":
            pytest.fail(
                f"not found: {', '.join(missing)}; make slow installs solara, apt-get install chromium the other"
            )
        pytest.skip(f"not found: {', '.join(missing)}")


@contextmanager
def served(app: str, folder: Path):
    """Serve a Solara app on a free port; yield its address and the file of what the server says."""
    (folder / "app.py").write_text(app, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false"}
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "solara", "run", "app.py", "--host", "127.0.0.1", "--port", str(port), "--no-open", "--production"],
            cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/", server, log)
            yield f"http://127.0.0.1:{port}/", log
        finally:
            end(server)


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    last = time.monotonic() + PATIENCE
    while True:
        assert server.poll() is None, log.read_text()
        try:
            urlopen(url, timeout=5).close()
        except OSError:
            assert time.monotonic() < last, log.read_text()
            time.sleep(0.3)
        else:
            return


def pixels(page, selector: str) -> np.ndarray:
    """Return an image of the page as the browser decoded it, uint8[height, width, 3]."""
    script = (
        f"(() => {{ const i = {selector}; const c = document.createElement('canvas'); c.width = i.naturalWidth; "
        "c.height = i.naturalHeight; c.getContext('2d').drawImage(i, 0, 0); return c.toDataURL('image/png'); })()"
    )
    found = matplotlib.image.imread(io.BytesIO(b64decode(page.ask(script).split(",", 1)[1])))
    return np.rint(255 * found[..., :3]).astype(np.uint8)


def coloured(picture: np.ndarray) -> int:
    """Count pixels that are neither grey nor nearly so: nodes with a colour."""
    return int((np.ptp(picture.astype(int), axis=2) > 60).sum())


def test_the_page_opens_draws_the_graph_and_goes_on_week_by_week(tmp_path):
    society = "document.querySelector('img.kwamdee-society')"
    with served(OWN, tmp_path) as (url, log), opened(url, tmp_path) as page:
        page.wait_for(f"{society} && {society}.naturalWidth > 300")
        page.wait_for("document.querySelector('img.kwamdee-course').naturalWidth > 300")
        assert "Week 0 of 104" in page.text()
        assert "สัปดาห์ที่ 0 จาก 104" in page.text()
        before = pixels(page, society)
        for week in (1, 2):
            page.press("step")
            page.wait_for(f"document.body.innerText.includes('Week {week} of 104')")
        page.wait_for(f"{society}.complete && {society}.naturalWidth > 300")
        after = pixels(page, society)
        assert coloured(after) > 2_000
        assert (before.shape != after.shape) or (before != after).any(axis=2).sum() > 2_000
        page.press("reset")
        page.wait_for("document.body.innerText.includes('Week 0 of 104')")
        said = page.text()
        with opened(url, tmp_path / "second") as other:  # another visitor watches a society of their own
            page.press("step")
            page.wait_for("document.body.innerText.includes('Week 1 of 104')")
            other.wait_for("document.body.innerText.includes('Week 0 of 104')")
    assert not [word for word in ERRORS if word in said]
    assert not [word for word in ERRORS if word in log.read_text()]


def test_the_page_that_mesa_users_write_themselves_opens_too(tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "mesa.md").read_text("utf-8"), re.DOTALL)
    (app,) = (block for block in blocks if "SolaraViz(" in block)
    with served(app, tmp_path) as (url, log), opened(url, tmp_path) as page:
        page.wait_for(f"{DRAWN}.length >= 2")
        page.press("step")
        page.wait_for(f"{DRAWN}.length >= 2 && /(Step|Time): 1/.test(document.body.innerText)")
        page.press("reset")
        page.wait_for("/(Step|Time): 0/.test(document.body.innerText)")
        page.press("step")
        page.wait_for(f"{DRAWN}.length >= 2 && /(Step|Time): 1/.test(document.body.innerText)")
        said, shown = page.text(), [pixels(page, f"{DRAWN}[{i}]") for i in (0, 1)]
    assert max(coloured(picture) for picture in shown) > 2_000
    assert not [word for word in ERRORS if word in said]
    assert not [word for word in ERRORS if word in log.read_text()]
