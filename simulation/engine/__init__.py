"""Prepare a world once, run an arm in it, week by week."""
