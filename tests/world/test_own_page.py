import re
from pathlib import Path

import pytest

from simulation.world.columns import CITIZEN, LOCALITY, ORGANISATION, TIE

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "own-world.md").read_text("utf-8")


def test_what_the_page_of_ones_own_world_shows_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("KWAMDEE_CACHE", str(tmp_path))
    names = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(block, "own-world.md", "exec"), names)
    assert {person.name for person in names["m"].find("malee").neighbours} == {"somchai", "anan"}


@pytest.mark.parametrize("page", ["own-world.md", "own-world.th.md"])
def test_the_page_names_every_column_in_both_languages(page):
    text = (DOCS / page).read_text("utf-8")
    for known in (*CITIZEN, *ORGANISATION, *LOCALITY, *TIE):
        assert f"`{known.name}`" in text
    for known in CITIZEN:
        assert known.thai in text, known.thai
