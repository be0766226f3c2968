"""What a page carries so that it needs nothing from outside: fonts, the script of one button, a policy against requests."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path

_SCRIPT = "document.querySelectorAll('.print').forEach(function (b) { b.hidden = false; b.onclick = function () { print(); }; });"


def script() -> str:
    """Return the script of the page: it shows the button that prints. The page is whole without it."""
    return _SCRIPT


def policy() -> str:
    """Return the content security policy: the page asks for nothing, and runs no script but its own."""
    known = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-{known}'"


def css_text(text: str) -> str:
    """Return a text as a string of CSS; nothing in it can end the string or the style sheet."""
    return '"' + re.sub(r'[\x00-\x1f"\\<>&]', lambda m: f"\\{ord(m.group(0)):x} ", text) + '"'


_RANGES = {
    "NotoSansThai": ((0x0E00, 0x0E7F),),
    "NotoSansMath": ((0x2190, 0x22FF),),
    "NotoSansExt": ((0x0100, 0x024F), (0x0300, 0x036F), (0x1E00, 0x1EFF)),
}
"""The signs for which a font is carried; one that is not named here, always."""


def carried_fonts(page: str) -> str:
    """Return the font faces of the page, as CSS: a font of which it has no sign is left out."""
    signs = {ord(c) for c in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)}
    faces = []
    for path in _files():
        ranges = _RANGES.get(path.stem.split("-")[0], ((0, 0x10FFFF),))
        if any(first <= c <= last for c in signs for first, last in ranges):
            faces.append(_face(path))
    return "\n".join(faces)


def _files() -> list[Path]:
    """Return the fonts for pages; the few signs of Noto Sans Math come as they are, for they are small."""
    folder = Path(str(resources.files("simulation"))) / "data" / "fonts"
    return [*sorted(folder.glob("*.woff2")), *sorted(folder.glob("NotoSansMath*.ttf"))]


@cache
def _face(path: Path) -> str:
    family = "Noto Sans" + next((f" {x}" for x in ("Thai", "Math") if x in path.stem), "")
    weight = "700" if "Bold" in path.stem else "400"
    kind, name = ("woff2", "woff2") if path.suffix == ".woff2" else ("ttf", "truetype")
    data = base64.b64encode(path.read_bytes()).decode()
    ranges = ", ".join(f"U+{a:04X}-{b:04X}" for a, b in _RANGES["NotoSansExt"])
    only = f" unicode-range: {ranges};" if "Ext" in path.stem else ""  # it adds to a family of the same name
    source = f'src: url(data:font/{kind};base64,{data}) format("{name}");'
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight};{only} {source} }}'
