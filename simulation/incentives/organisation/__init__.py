"""Schemes that reward an organisation."""
