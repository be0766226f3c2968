"""Running many: one verb a file, all on run_many."""
