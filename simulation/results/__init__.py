"""Tables in, outcomes and findings out."""
