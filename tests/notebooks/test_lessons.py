"""The lessons: paired with their .py files, without outputs, in both languages, and they run."""

import json

import pytest

import simulation as kw
from scripts.make_notebooks import FOLDER, lessons, text_of

NAMES = [lesson.stem for lesson in lessons()]


def cells(name):
    return json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))["cells"]


def test_there_are_lessons_and_the_page_lists_each():
    page = (FOLDER / "README.md").read_text("utf-8")
    assert len(NAMES) >= 2
    assert all(f"({name}.ipynb)" in page for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_what_its_file_says_and_holds_no_outputs(name):
    pytest.importorskip("jupytext")
    assert (FOLDER / f"{name}.ipynb").read_text("utf-8") == text_of(FOLDER / f"{name}.py"), (
        "run python -m scripts.make_notebooks"
    )
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in cells(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_explanation_is_in_both_languages(name):
    for cell in cells(name):
        if cell["cell_type"] == "markdown":
            text = "".join(cell["source"])
            assert any("ก" <= char <= "๛" for char in text), text
            assert any(char.isascii() and char.isalpha() for char in text), text


def test_taking_part_for_a_week_is_worth_more_where_people_sign_up():
    """Lesson 1, exercise 3: the effect rises more than `take_up`, though those who sign up respond more than others."""
    by_take_up, by_week = [], []
    for mode in ("opt-in", "automatic"):
        scenario = kw.load("bangkok-waste").with_({"world.citizens": 1_000, "world.localities.number": 10})
        if mode == "automatic":
            scenario = scenario.with_({"arms.fee_discount.schemes.fee.enrolment": {"mode": "automatic"}})
        runs = [kw.run(scenario, arm="fee_discount", replicate=r) for r in range(4)]
        effect = sum(run.outcomes["effect_pp"] for run in runs)
        offered = [run.trajectory.query("4 <= week < 56") for run in runs]
        by_take_up.append(effect / sum(run.outcomes["take_up"] for run in runs))
        by_week.append(effect / sum(weeks["enrolled"].mean() / 1_000 for weeks in offered))
    assert by_take_up[1] > 1.5 * by_take_up[0]
    assert by_week[1] < 0.8 * by_week[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("default")  # of the notebook's own machinery
def test_a_lesson_runs_from_top_to_bottom(name, tmp_path):
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in shown)
