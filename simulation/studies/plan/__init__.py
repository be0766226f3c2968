"""The study file: what is varied, over which ranges, by which design, and what is judged."""
