"""A new scenario from a few answers: what is asked, what follows from it, and the commented file."""
