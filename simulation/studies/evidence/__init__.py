"""Published experiments replayed: what was known beforehand, what was observed, how well it is predicted."""
