"""What the package carries: facts, parameters, fonts, shipped scenarios."""
