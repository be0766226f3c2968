import json
import subprocess
import sys

from typer.testing import CliRunner

import simulation as kw
import simulation.cli
from simulation.cli.app import app

SMALL = ("--set", "world.citizens=150", "--set", "run.weeks=60")


def kwamdee(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "simulation", *args], capture_output=True, text=True, check=False)


def test_the_command_prints_the_story_and_nothing_else():
    asked = ["story", "bangkok-waste", *SMALL, "--arm", "comparison", "--citizen", "17", "--lang", "th"]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    found = kw.story("bangkok-waste", 17, "comparison", set_=[SMALL[1], SMALL[3]])
    assert done.output.strip() == found.text("th")


def test_json_is_one_object_with_the_numbers_of_the_python_call():
    done = kwamdee("story", "bangkok-waste", *SMALL, "--json", "--weeks", "0..5", "--seed", "3", "--replicate", "2")
    assert done.returncode == 0, done.stderr
    found = kw.story("bangkok-waste", seed=3, replicate=2, weeks=(0, 5), set_=[SMALL[1], SMALL[3]])
    assert json.loads(done.stdout) == json.loads(json.dumps(found.to_json()))


def test_bad_input_is_one_clear_message_in_the_language_asked_for():
    done = kwamdee("story", "bangkok-waste", "--citizen", "20000", "--lang", "th")
    assert done.returncode == 2
    assert "ตั้งแต่ 1 ถึง 10,000" in done.stderr
    assert done.stdout == ""
