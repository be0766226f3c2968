"""The report card of the evidence suite: its terminal, its figures and its page."""
