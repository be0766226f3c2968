"""The kwamdee command: one module a command, in the order that `kwamdee --help` lists them."""

from simulation.cli import compare, story, validate, schemes  # isort: skip  # each joins the application as it loads
from simulation.cli.ends import main

__all__ = ["compare", "main", "schemes", "story", "validate"]
