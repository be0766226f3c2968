"""Arrays and chance: what every room stands on. Knows no policy."""
