"""How a world is made."""
