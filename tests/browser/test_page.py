"""The report as a browser shows it, at the widths people have, in both languages."""

import html
import json
import os
import re
import shutil
import subprocess

import pytest

import simulation as kw

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
MEASURE = """
function measure(doc, win) {
  const found = {wider: 0, small: [], outside: [], overlapping: [], shown: 0};
  found.wider = doc.documentElement.scrollWidth - doc.documentElement.clientWidth;
  for (const svg of doc.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    found.shown += 1;
    const boxes = [];
    for (const text of svg.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.width === 0) continue;
      const size = parseFloat(win.getComputedStyle(text).fontSize) * frame.width / svg.viewBox.baseVal.width;
      if (size < 11.4) found.small.push([text.textContent, size]);
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        found.outside.push(text.textContent);
      for (const [other, b] of boxes) {
        const w = Math.min(box.right, b.right) - Math.max(box.left, b.left);
        const h = Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top);
        if (w > 1 && h > 0.4 * Math.min(box.height, b.height)) found.overlapping.push([text.textContent, other]);
      }
      boxes.push([text.textContent, box]);
    }
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if CHROMIUM is None:
        if os.environ.get("KWAMDEE_BROWSER") == "required":
            pytest.fail("no Chromium found; apt-get install chromium")
        pytest.skip("no Chromium found")
    out = tmp_path_factory.mktemp("report")
    kw.compare("bangkok-waste", set_=["world.citizens=1500"], replicates=20, out=out)
    return out


def seen(page: str, width: int, tmp_path) -> dict:
    """Return what `measure` finds in the page, shown in a frame of that width."""
    wrapper = tmp_path / "wrapper.html"
    frame = f'<iframe id="f" style="width:{width}px;height:4000px;border:0" srcdoc="{html.escape(page, quote=True)}"></iframe>'
    script = (
        f"{MEASURE} window.onload = () => {{ const f = document.getElementById('f'); f.contentDocument.fonts.ready.then(() => "
        "{ const r = measure(f.contentDocument, f.contentWindow); f.remove(); document.body.textContent = JSON.stringify(r); }); };"
    )
    wrapper.write_text(f'<meta charset="utf-8"><body>{frame}<script>{script}</script></body>', "utf-8")
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1400,1000", "--virtual-time-budget=8000",
         "--dump-dom", f"file://{wrapper}"],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    body = re.search(r"<body>(\{.*\})</body>", done.stdout, re.DOTALL)
    assert body, done.stdout[-500:]
    return json.loads(html.unescape(body.group(1)))


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize("width", [360, 390, 768, 1068, 1180])
def test_the_page_fits_its_screen(folder, width, lang, tmp_path):
    page = (folder / ("report.html" if lang == "en" else "report.th.html")).read_text("utf-8")
    found = seen(page, width, tmp_path)
    assert found["shown"] == 4
    assert found["wider"] <= 0
    assert found["small"] == []
    assert found["outside"] == []
    assert found["overlapping"] == []


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_page_prints(folder, lang, tmp_path):
    path = folder / ("report.html" if lang == "en" else "report.th.html")
    pdf = tmp_path / "report.pdf"
    subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={pdf}",
         f"file://{path}"],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
    assert 3 <= pages <= 8
