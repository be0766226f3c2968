"""Few files however many runs: when to write a fragment, and how small ones become one without losing a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from simulation.results.fragments import writing
from simulation.results.fragments.layout import KEYS, KINDS, Kind
from simulation.results.fragments.naming import Fragment, parse
from simulation.results.fragments.store import Store

MOST_FILES = 200
"""Fragments of one table that a finished or resumed study has at most."""
MOST_PENDING = 2_000
"""Rows that wait in memory at most, about 10 MB."""
_SOON, _LATEST, _SHARE = 1.0, 30.0, 0.02


def due(pending: int, kept: int, seconds: float) -> bool:
    """Tell whether rows that wait should be written now.

    At first every second; once much is kept, only when what waits exceeds 2 % of it, or 2,000 rows, or half a minute
    went by: so the number of files grows with the logarithm of a fast study and slowly with the hours of a slow one,
    and a killed driver loses little.

    Args:
        pending: Rows finished and not yet written.
        kept: Rows written.
        seconds: Since the last were written.
    """
    if not pending:
        return False
    return pending >= MOST_PENDING or seconds >= _LATEST or (seconds >= _SOON and pending >= _SHARE * kept)


def compact(store: Store, most: int = MOST_FILES) -> int:
    """Merge small neighbouring fragments of each table that has more than `most`, and return how many files went.

    For whoever holds the folder's lock: at the end of a study, and when one is resumed. A merged fragment is on the
    disk, read back and compared before the first of its parts is removed; killed at any moment nothing is lost, and
    the store's reader counts no row twice. Parts that such a kill left beside their merger are removed the next time.
    Memory is bounded by two merged fragments.

    Whoever reads the Parquet files without the store may, while this runs, see rows both in the merged fragment and
    in its parts (never fewer rows: `select distinct on (run_id)` is exact), and may have to read again where a file
    that it had listed is gone. Damaged and foreign files are left where they are.

    Raises:
        OSError: Where it cannot be written; the store is as good as before.
    """
    store.reader.thorough = True  # what is removed must stand elsewhere to the byte
    gone = 0
    for kind in KINDS:
        gone += _remove_doubles(store, kind)
        if len(store.fragments(kind)) > most:
            gone += _merge_small(store, kind, aim=max(1, most // 2 - 1))
    return gone


def _remove_doubles(store: Store, kind: Kind) -> int:
    """Remove fragments all of whose rows stand in fragments before them."""
    layout, reader = store.layout, store.reader
    seen = np.zeros(layout.cells, bool)
    doubles = []
    for fragment, file in reader.opened(kind):
        batches = [layout.places(batch) for batch in reader.rows_of(fragment, file, list(KEYS))]
        place = np.concatenate(batches) if batches else np.empty(0, np.int64)
        if fragment.path in reader.damaged or (place < 0).any():
            continue  # rows of a design that was larger once: nobody knows better than to keep them
        if seen[place].all():
            doubles.append(fragment)
        seen[place] = True
    return _remove(doubles) if kind != "failed" else 0


def _merge_small(store: Store, kind: Kind, aim: int) -> int:
    """Merge to about `aim` fragments; as many again may lie between those that are too large to be touched."""
    gone = 0
    whole = [fragment for fragment, _ in store.reader.opened(kind)]
    for group in _groups(whole, aim):
        merged = _merged(store, kind, group)
        if merged is not None:
            gone += _remove(f for f in group if f.path != merged)
    return gone


def _groups(fragments: list[Fragment], aim: int) -> Iterator[list[Fragment]]:
    """Yield neighbours that together are large enough; what is large enough alone is left as it is."""
    enough = -(-sum(f.rows for f in fragments) // aim)
    group: list[Fragment] = []
    for fragment in [*fragments, None]:
        large = fragment is not None and fragment.rows >= enough
        if fragment is not None and not large:
            group.append(fragment)
        if group and (fragment is None or large or sum(f.rows for f in group) >= enough):
            if len(group) > 1:
                yield group
            group = []


def _merged(store: Store, kind: Kind, group: list[Fragment]) -> Path | None:
    """Write the rows of some fragments as one, those inside the design once; None where one of them is not whole."""
    reader, layout = store.reader, store.layout
    seen = np.empty(0, np.int64)
    pieces = []
    for fragment in group:
        file = reader.open(fragment, kind)
        if file is None:
            return None
        schema = layout.schema(kind)
        table = pa.Table.from_batches(reader.rows_of(fragment, file, schema.names), schema)
        place = layout.places(table)
        new = np.flatnonzero((place < 0) | ~np.isin(place, seen))
        pieces.append(table if kind == "failed" else table.take(pa.array(new)))
        seen = np.union1d(seen, place)
    if any(f.path in reader.damaged for f in group):
        return None
    path = store.write_table(kind, pa.concat_tables(pieces), group[0].first)
    made = parse(path)
    return path if made is not None and made.holds(path.read_bytes()) else None


def _remove(fragments: Iterable[Fragment]) -> int:
    gone = 0
    for fragment in fragments:
        writing.remove(fragment.path)
        gone += 1
    return gone
