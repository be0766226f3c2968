"""`python -m simulation` is the kwamdee command."""

from simulation.cli import main

main()
