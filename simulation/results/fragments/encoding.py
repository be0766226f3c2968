"""Rows to the bytes of a fragment and back: Parquet, with the study's manifest inside."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

MANIFEST_KEY, STUDY_KEY = b"kwamdee", b"kwamdee.study"
_PACKED = "zlib:"
_LONG = 8_192
"""A manifest of more characters is packed, for every fragment carries one."""
GROUP = 16_384
"""Rows of a Parquet row group: what a reader holds at once."""
_EACH_ITS_OWN = ("run_id", "message", "command")


def table_of(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return rows as a table; a number that a row lacks is NaN, a text is empty.

    Raises:
        ValueError: Where a row has a column that the table does not have, a value that does not fit, or lacks a whole
            number or a truth value.
    """
    names = set(schema.names)
    for row in rows:
        if strange := row.keys() - names - {"series"}:
            raise ValueError(f"the table has no column {', '.join(sorted(strange))}")
    return pa.Table.from_arrays([_column(rows, field) for field in schema], schema=schema)


def weeks_of(row: Mapping[str, Any], schema: pa.Schema) -> pa.Table:
    """Return the weeks that a run's row carries under "series", as columns, with what tells the run from others."""
    weeks = row["series"]
    n = len(weeks["week"])
    own = {key: [row[key]] * n for key in ("run_id", "point", "arm", "replicate")}
    return pa.Table.from_arrays([pa.array({**weeks, **own}[f.name], f.type) for f in schema], schema=schema)


def _column(rows: Sequence[Mapping[str, Any]], field: pa.Field) -> pa.Array:
    values = [row.get(field.name) for row in rows]
    try:
        if pa.types.is_floating(field.type):
            return pa.array([float("nan") if v is None else float(v) for v in values], field.type)
        if pa.types.is_string(field.type):
            return pa.array(["" if v is None else v for v in values], field.type)
        if None in values:
            raise TypeError("a row has no value")
        return pa.array(values, field.type)
    except (pa.ArrowException, TypeError, OverflowError) as error:
        raise ValueError(f"column {field.name}: {error}") from error


def packed(table: pa.Table, stamp: Mapping[bytes, bytes]) -> bytes:
    """Return a table as the bytes of a Parquet file that says which study it belongs to.

    zstd with dictionaries for texts alone is smallest and as fast as any (figures in docs/decisions).
    """
    coded = [f.name for f in table.schema if pa.types.is_string(f.type) and f.name not in _EACH_ITS_OWN]
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(
        sink, table.schema, compression="zstd", use_dictionary=coded, write_page_checksum=True, store_schema=False
    ) as writer:
        writer.write_table(table, row_group_size=GROUP)
        writer.add_key_value_metadata(dict(stamp))
    data: bytes = sink.getvalue().to_pybytes()
    return data


def stamp_of(manifest_text: str, study: str) -> dict[bytes, bytes]:
    """Return what every fragment of a study carries: its manifest and its identity."""
    return {MANIFEST_KEY: _pack(manifest_text), STUDY_KEY: study.encode()}


def manifest_in(found: Mapping[bytes, bytes] | None) -> dict[str, Any] | None:
    """Return the manifest that a fragment carries; None where it has none that can be read."""
    text = (found or {}).get(MANIFEST_KEY, b"").decode("utf-8", "replace")
    try:
        if text.startswith(_PACKED):
            text = zlib.decompress(base64.b64decode(text.removeprefix(_PACKED))).decode("utf-8")
        manifest = json.loads(text)
    except (ValueError, zlib.error):
        return None
    return manifest if isinstance(manifest, dict) else None


def _pack(text: str) -> bytes:
    if len(text) <= _LONG:
        return text.encode("utf-8")
    return _PACKED.encode() + base64.b64encode(zlib.compress(text.encode("utf-8"), 6))
