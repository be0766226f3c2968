"""Write the reference pages that follow from the code and its data: parameters, columns, commands, file, Python."""

from functools import partial
from pathlib import Path

from scripts import command_line, precedents_page, python_page, schemes_page, study_page
from scripts.scenario_page import page
from simulation.agents.parameters import priors
from simulation.engine.state import COLUMNS

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"


def parameters() -> str:
    """Return the page of parameters."""
    lines = [
        "# Parameters",
        "",
        "Written by `scripts/make_reference.py` from `simulation/data/parameters/priors.toml`. Low and high are the 5 and 95%",
        "points; `posterior` means a joint posterior draw, `fixed` no draw.",
        "",
        "| name | meaning | unit | default | low | high | drawn | source | status |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, p in priors().items():
        cells = [p.get("meaning", ""), p["unit"], p["default"], p.get("low", ""), p.get("high", "")]
        cells += [p["draw"], p.get("source", ""), p.get("status", "")]
        lines.append(f"| `{name}` | " + " | ".join(str(c) for c in cells) + " |")
    return "\n".join(lines) + "\n"


def columns() -> str:
    """Return the page of state variables."""
    lines = [
        "# State variables",
        "",
        "Written by `scripts/make_reference.py` from `simulation/engine/state.py`. Only the phase named as writer changes a column.",
        "",
        "| column | meaning | unit | type | axes | writer |",
        "|---|---|---|---|---|---|",
    ]
    for c in COLUMNS:
        kind, axes = c.dtype.__name__, " x ".join(c.axes)
        lines.append(f"| `{c.name}` | {c.meaning} | {c.unit} | {kind} | {axes} | {c.writer} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Return the page of the command line."""
    return command_line.page("en")


def commands_th() -> str:
    """Return the page of the command line in Thai."""
    return command_line.page("th")


PAGES = {
    "parameters.md": parameters,
    "columns.md": columns,
    "python.md": python_page.page,
    "command-line.md": commands,
    "command-line.th.md": commands_th,
    "precedents.md": partial(precedents_page.page, "en"),
    "precedents.th.md": partial(precedents_page.page, "th"),
    "schemes.md": partial(schemes_page.page, "en"),
    "schemes.th.md": partial(schemes_page.page, "th"),
    "scenario-file.md": partial(page, "en"),
    "scenario-file.th.md": partial(page, "th"),
    "study-file.md": partial(study_page.page, "en"),
    "study-file.th.md": partial(study_page.page, "th"),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")
