"""The store of a study: immutable Parquet fragments and a manifest, readable while they are written."""
