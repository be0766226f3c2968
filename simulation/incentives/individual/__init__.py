"""Schemes that reward a person."""
