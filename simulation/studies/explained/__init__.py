"""What `explain` says of a scenario, one module a part: each returns sections in English and Thai."""
