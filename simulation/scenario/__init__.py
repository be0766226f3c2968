"""The scenario file: read, checked, changed, digested."""
