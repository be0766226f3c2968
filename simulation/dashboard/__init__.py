"""A running society to watch in a browser."""
