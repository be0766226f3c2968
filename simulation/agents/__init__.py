"""Who lives in the world and how they decide."""
