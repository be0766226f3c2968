"""What shipped scenarios find, small and stored. A change of results is written down before it is believed.

To refresh after a change that is meant: KWAMDEE_GOLDEN=write make test, then name the new digest that the failure prints
in a line of CHANGELOG.md marked **Results**.
"""

import hashlib
import json
import os
from pathlib import Path

import pytest

import simulation as kw

HERE = Path(__file__).parent
CASES = {
    "bangkok-waste": ["world.citizens=1000", "run.weeks=84"],
    "thornton-2008": ["world.citizens=500"],
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_results_are_those_stored(name, tmp_path):
    found = kw.compare(name, set_=CASES[name], replicates=6, jobs=1, out=tmp_path).effects
    summary = json.loads(found.to_json(orient="records", double_precision=12))
    path = HERE / f"{name}.json"
    if os.environ.get("KWAMDEE_GOLDEN") == "write":
        path.write_text(json.dumps(summary, indent=1) + "\n", "utf-8")
    assert summary == json.loads(path.read_text("utf-8"))


def test_every_stored_result_is_in_the_changelog():
    changes = (HERE.parents[1] / "CHANGELOG.md").read_text("utf-8")
    marked = [line for line in changes.splitlines() if "**Results**" in line]
    for name in CASES:
        digest = hashlib.sha256((HERE / f"{name}.json").read_bytes()).hexdigest()[:8]
        assert any(digest in line for line in marked), f"name {digest} ({name}) in a **Results** line of CHANGELOG.md"
