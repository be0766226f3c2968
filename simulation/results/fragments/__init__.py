"""The store of a sweep: immutable Parquet fragments, readable while they are written."""
