"""Schemes that reward a locality."""
