import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "mesa.md"


def test_what_the_page_for_mesa_users_shows_runs():
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 4
    names = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)  # one after the other, as a reader would
    assert {row["arm"] for row in names["rows"]} == {"control", "comparison"}
    assert names["m"].week == 1
