"""The report as a browser shows it, at the widths people have, in both languages."""

import html
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

import simulation as kw
from simulation.core.params import Text
from simulation.reports.html import page
from tests.reports.test_page import ODD
from tests.reports.test_report import two

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
MEASURE = """
function measure(doc, win) {
  const found = {wider: 0, small: [], outside: [], overlapping: [], shown: 0, cut: [], broken: [], pairs: 0, blank: 0};
  for (const d of doc.querySelectorAll("details")) d.open = true;
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
  const said = doc.querySelector("#answer").lastElementChild, drawn = doc.querySelector("figcaption");
  if (win.innerWidth >= 1068) found.blank = drawn.getBoundingClientRect().top - said.getBoundingClientRect().bottom;
  for (const box of doc.querySelectorAll(".wide, nav"))
    if (box.scrollWidth > box.clientWidth + 1) found.cut.push(box.textContent.trim().slice(0, 40));
  const walk = doc.createTreeWalker(doc.body, 4);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest("svg, style") || parent.getClientRects().length === 0) continue;
    const size = parseFloat(win.getComputedStyle(parent).fontSize);
    if (size < 11.5) found.small.push([node.textContent.trim().slice(0, 40), size]);
    if (!parent.closest(".pairs")) continue;
    const thai = parent.closest(".nb");
    for (const word of thai ? [node.textContent] : node.textContent.match(/[^ \\n]+/g) || []) {
      const range = doc.createRange(), from = node.textContent.indexOf(word);
      range.setStart(node, from);
      range.setEnd(node, from + word.length);
      const tops = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
      found.pairs += 1;
      if (tops.size > 1) found.broken.push(word);
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
    assert found["cut"] == []
    assert found["blank"] < 80
    assert found["pairs"] > 20
    assert found["broken"] == []


@pytest.fixture(scope="module", params=["en", "th"])
def printed(request, folder, tmp_path_factory):
    """Return the language and the report as printed on A4."""
    path = folder / ("report.html" if request.param == "en" else "report.th.html")
    out = tmp_path_factory.mktemp("print")
    pdf = out / "report.pdf"
    subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={out / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={pdf}",
         f"file://{path}"],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return request.param, pdf


def poppler(tool: str, *args: str) -> str:
    """Return what a tool of poppler-utils prints; skips where it is missing."""
    if shutil.which(tool) is None:
        pytest.skip(f"no {tool} found")
    return subprocess.run([tool, *args], capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_page_prints(printed):
    pages = len(re.findall(rb"/Type\s*/Page\b", printed[1].read_bytes()))
    assert 5 <= pages <= 6


def test_the_first_sheet_holds_the_answer_and_the_last_more_than_a_line_to_sign(printed):
    lang, pdf = printed
    sheets = poppler("pdftotext", "-layout", str(pdf), "-").rstrip("\f").split("\f")
    table = "Show the table" if lang == "en" else "แสดงตาราง"
    labels = r"\+\d+\.\d \("  # a scheme's mean and interval stand so in Figure 1 alone
    assert len(re.findall(labels, sheets[0])) >= 4
    assert all(table not in sheet for sheet in sheets)
    assert "kwamdee compare" in sheets[-1]


def test_paper_has_no_font_but_those_the_page_carries(printed):
    names = [line.split()[0] for line in poppler("pdffonts", str(printed[1])).splitlines()[2:]]
    assert names
    assert [n for n in names if "NotoSans" not in n] == []


def test_names_of_any_latin_and_thai_letters_are_printed_in_fonts_that_the_page_carries(tmp_path):
    if CHROMIUM is None:
        pytest.skip("no Chromium found")
    s = two()
    odd = replace(s.arms[0], facts=replace(s.arms[0].facts, title=Text(en=ODD, th=ODD)))
    source, pdf = tmp_path / "odd.html", tmp_path / "odd.pdf"
    source.write_text(page(replace(s, arms=(odd, s.arms[1])), "th", "x"), "utf-8")
    subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={pdf}",
         f"file://{source}"],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    names = [line.split()[0] for line in poppler("pdffonts", str(pdf)).splitlines()[2:]]
    assert [n for n in names if "NotoSans" not in n] == []
    assert "ő" in poppler("pdftotext", str(pdf), "-")
