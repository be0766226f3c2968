"""The page of the Python interface, from the docstrings of the public names."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import simulation
from simulation.results.columns import CHECKS, TABLES, Column
from simulation.results.study_tables import STUDY_TABLES

NAMES = (
    "load", "compare", "run", "explain", "story", "model", "open", "export_world", "study", "load_study", "sweep", "sensitivity", "rerun", "learn", "evidence", "calibrate",
    "Comparison", "Progress", "Run", "Explanation", "Story", "Scenario", "Study", "Sweep", "Sensitivity", "Rerun", "Learned", "Evidence", "SocialModel", "Citizen", "Organisation", "Locality", "scheme", "SchemeInMesa", "viz", "check_scheme", "ScenarioError",
    "InputError", "FolderInUse", "StorageError", "RunFailed", "Stopped", "ContractError",
)  # fmt: skip
"""Every public name, in the order in which a reader meets them."""
INSIDE = {
    "model_post_init",
    "called",
    "changed_from",
    "file_values",
    "sized",
    "state_cell",
    "register_agent",
    "deregister_agent",
}
"""Methods that other rooms call, and nobody else."""


def page() -> str:
    """Return the page of the Python interface."""
    lines = [
        "# The Python interface",
        "",
        "Written by `scripts/make_reference.py` from the docstrings, with the columns in `simulation/results/columns.py`. `import simulation as kw`, then `kw.compare(...)` and the",
        "names below. pp means percentage points of opportunities; a share lies between 0 and 1.",
    ]
    for name in NAMES:
        lines += ["", *_entry(name, getattr(simulation, name))]
    lines += [
        "",
        "## Tables",
        "",
        "The DataFrames of a `Comparison`, by the name of its attribute (`runs` and `failed` are in",
        "`summary.tables`), and the `trajectory` of a `Run`. The raw tables: [results.md](results.md).",
    ]
    for name, columns in TABLES.items():
        lines += ["", f"### {name}", "", *_columns(columns, "column")]
    lines += ["", "### Checks in the table of rights", "", *_columns(CHECKS, "check")]
    lines += [
        "",
        "## Tables of a study",
        "",
        "The DataFrames of a `Sweep` and a `Sensitivity`: its attributes and what its methods return. FACTOR stands for a column of",
        "each thing that is varied, OUTCOME for each outcome of `runs`. A file of the folder is described in [results.md](results.md).",
    ]
    seen: list[object] = []
    for columns in STUDY_TABLES.values():
        if not any(columns is other for other in seen):
            seen.append(columns)
            names = " and ".join(n for n, other in STUDY_TABLES.items() if other is columns)
            lines += ["", f"### {names}", "", *_columns(columns, "column")]
    return "\n".join(lines) + "\n"


def _columns(columns: tuple[Column, ...], head: str) -> Iterator[str]:
    yield from (f"| {head} | unit | meaning |", "|---|---|---|")
    yield from (f"| `{c.name}` | {c.unit} | {c.meaning} |" for c in columns)


def _entry(name: str, value: Any) -> Iterator[str]:
    yield from (f"## kw.{name}", "")
    if inspect.isclass(value):
        yield from _prose(value)
        made = vars(value).get("__init__")
        if "Args:" in (inspect.getdoc(made) or ""):  # made by whoever reads this page
            call = _signature(made, method=True).removesuffix(" -> None")
            yield from ("", "```python", f"kw.{name}{call}", "```", "", *_prose(made))
        yield from _members(value)
        return
    yield from ("```python", f"kw.{name}{_signature(value)}", "```", "")
    yield from _prose(value)


def _signature(value: Any, method: bool = False) -> str:
    signature = inspect.signature(value)
    parts, starred = [], False
    for p in list(signature.parameters.values())[method:]:  # a method's first is the object or its class
        if p.kind is p.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        stars = "**" if p.kind is p.VAR_KEYWORD else ""
        shown = getattr(p.default, "__name__", None) or repr(p.default)  # a function has no lasting repr
        default = "" if p.default is p.empty else f" = {shown}".replace("'", '"')
        parts.append(f"{stars}{p.name}: {p.annotation}{default}")
    result = "" if signature.return_annotation is signature.empty else f" -> {signature.return_annotation}"
    line = f"({', '.join(parts)}){result}"
    return line if len(line) < 100 else "(\n    " + ",\n    ".join(parts) + f",\n){result}"


def _prose(value: Any) -> Iterator[str]:
    """Turn a docstring into Markdown: sections of names become lists, examples code."""
    for part in re.split(r"\n\n(?=\w[\w ]*:\n)", inspect.getdoc(value) or ""):
        head, _, body = part.partition("\n")
        if head in ("Args:", "Raises:", "Attributes:"):
            yield from ("", f"{_HEADS[head]}", "")
            yield from (f"- `{n}`: {text}" for n, text in _named(body))
        elif head == "Example:":
            yield from ("", "```python", inspect.cleandoc(body), "```")
        else:
            yield part


_HEADS = {"Args:": "Arguments:", "Raises:": "Raises:", "Attributes:": "Attributes:"}


def _named(body: str) -> Iterator[tuple[str, str]]:
    for item in re.split(r"\n(?=    \w)", body):
        name, _, text = item.strip().partition(":")
        yield name, " ".join(text.split())


def _members(cls: type) -> Iterator[str]:
    own = [(n, v) for n, v in vars(cls).items() if not n.startswith("_") and n not in INSIDE]
    said = [(n, v) for n, v in own if callable(v) or isinstance(v, property | classmethod) or hasattr(v, "func")]
    if not said:
        return
    yield from ("", "| member | |", "|---|---|")
    for n, v in said:
        inner = v.fget if isinstance(v, property) else getattr(v, "func", getattr(v, "__func__", v))
        first = (inspect.getdoc(inner) or "").split("\n\n")[0].replace("\n", " ")
        call = "" if isinstance(v, property) or hasattr(v, "func") else " ".join(_signature(inner, method=True).split())
        call = call.replace("|", r"\|").replace("( ", "(").replace(", )", ")")
        yield f"| `{n}{call}` | {first} |"
    for n, v in said:
        inner = getattr(v, "__func__", v)
        if inspect.isfunction(inner) and "Args:" in (inspect.getdoc(inner) or ""):
            yield from ("", f"### {cls.__name__}.{n}", "", *_prose(inner))
