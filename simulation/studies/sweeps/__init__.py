"""Sweeps: many points of a design, each tried in the same simulated societies."""
