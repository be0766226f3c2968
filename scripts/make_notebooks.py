"""Write each notebook from the percent .py file that it is paired with, without outputs."""

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "notebooks"


def text_of(lesson: Path) -> str:
    """Return the notebook of a percent file; cells are numbered, so that the same lesson gives the same bytes."""
    import jupytext
    import nbformat

    notebook = jupytext.read(lesson)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
    notebook.metadata.pop("jupytext", None)
    return str(nbformat.writes(notebook, version=4)) + "\n"


def lessons() -> list[Path]:
    """Return the lessons in their order."""
    return sorted(FOLDER.glob("[0-9]*.py"))


if __name__ == "__main__":
    for lesson in lessons():
        lesson.with_suffix(".ipynb").write_text(text_of(lesson), encoding="utf-8")
