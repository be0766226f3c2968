"""`kwamdee explain`."""

from __future__ import annotations

import sys

from simulation.cli.app import app
from simulation.cli.options import JsonOption, LangOption, ParametersOption, ScenarioArgument, SetOption
from simulation.cli.say import language, say, say_json, speaks_unicode


@app.command()
def explain(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    parameters: ParametersOption = "posterior",
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say in plain words what a scenario will do, for whom, and what it could cost at most; nothing is run.

    Example: kwamdee explain bangkok-waste --set arms.fee_discount.schemes.fee.baht_per_month=60
    """
    from simulation.reports.terminal import in_ascii
    from simulation.studies.explain import explain as explained

    spoken = language(lang)
    found = explained(scenario, spoken, set_=set_ or (), parameters=parameters)
    if json_:
        say_json(found.to_json())
    else:
        say(found.text if speaks_unicode(sys.stdout) else in_ascii(found.text))
