import json

import simulation as kw

SMALL = ("--set", "world.citizens=150", "--set", "run.weeks=60")


def test_the_command_prints_the_story_and_nothing_else(kwamdee):
    asked = ["story", "bangkok-waste", *SMALL, "--arm", "comparison", "--citizen", "17", "--lang", "th"]
    done = kwamdee(*asked)
    found = kw.story("bangkok-waste", 17, "comparison", set_=[SMALL[1], SMALL[3]])
    assert (done.code, done.err, done.out.strip()) == (0, "", found.text("th"))


def test_json_is_one_object_with_the_numbers_of_the_python_call(kwamdee):
    done = kwamdee("story", "bangkok-waste", *SMALL, "--json", "--weeks", "0..5", "--seed", "3", "--replicate", "2")
    found = kw.story("bangkok-waste", seed=3, replicate=2, weeks=(0, 5), set_=[SMALL[1], SMALL[3]])
    assert done.code == 0
    assert json.loads(done.out) == json.loads(json.dumps(found.to_json()))


def test_bad_input_is_one_clear_message_in_the_language_asked_for(kwamdee):
    done = kwamdee("story", "bangkok-waste", "--citizen", "20000", "--lang", "th")
    assert (done.code, done.out) == (2, "")
    assert "ตั้งแต่ 1 ถึง 10,000" in done.err
