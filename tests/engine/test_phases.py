"""One writer per column: in a real week, each phase changes only the columns that name it as their writer."""

import hashlib

import pytest

from simulation.engine.run import PHASES, start
from tests.engine.test_engines import society  # noqa: F401  a fixture


@pytest.mark.parametrize("engine", ["numpy", "numba"])
@pytest.mark.parametrize("arm", ["mixed", "fee_discount"])
def test_a_phase_changes_only_its_own_columns(society, arm, engine):  # noqa: F811
    if engine == "numba":
        pytest.importorskip("numba")
    state = start(society, arm, engine)
    writers = {name: column.writer for name, column in state.columns.declared.items()}
    assert set(writers.values()) <= {phase.__name__ for phase in PHASES}
    changed: set[str] = set()
    for _ in range(20):
        for phase in PHASES:
            before = {name: hashlib.sha256(state.columns[name].tobytes()).digest() for name in writers}
            phase(state)
            for name, digest in before.items():
                if hashlib.sha256(state.columns[name].tobytes()).digest() != digest:
                    assert writers[name] == phase.__name__, (name, phase.__name__)
                    changed.add(name)
    if arm == "mixed":
        assert changed == set(writers) - {"expected_reason"}  # which [law] alone moves, where it is asked for
