"""The kwamdee command: one module a command, in the order that `kwamdee --help` lists them."""

from simulation.cli import compare, validate, schemes, doctor  # isort: skip  # each joins the application as it loads
from simulation.cli.ends import main

__all__ = ["compare", "doctor", "main", "schemes", "validate"]
