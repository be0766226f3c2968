"""Posterior draws and priors."""
