"""Executors: where tasks are carried out; the same rows, to the bit, from each."""
