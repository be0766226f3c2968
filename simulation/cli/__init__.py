"""The kwamdee command: one module a command, in the order that `kwamdee --help` lists them."""

# Each joins the application as it loads, so their order here is that of the help.
from simulation.cli import (  # isort: skip
    init,
    validate,
    explain,
    run,
    compare,
    sweep,
    rerun,
    story,
    schemes,
    new_scheme,
    schema,
    show,
    export,
    calibrate,
    evidence,
    learn,
    verify,
    doctor,
)
from simulation.cli.ends import main

__all__ = [
    "calibrate",
    "compare",
    "doctor",
    "evidence",
    "explain",
    "export",
    "init",
    "learn",
    "main",
    "new_scheme",
    "rerun",
    "run",
    "schema",
    "schemes",
    "show",
    "story",
    "sweep",
    "validate",
    "verify",
]
