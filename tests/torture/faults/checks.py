"""The list of the tests of faults: what is done, how often in full, and what the best of the peers do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.torture.faults import damage, disks, failures, kills, repeats, signals, writers
from tests.torture.faults.place import Place
from tests.torture.faults.tally import Tally


@dataclass(frozen=True)
class Check:
    """A test of the list, or a part of one: its name, who makes its trials, how many in full and in a tenth."""

    name: str
    carry_out: Callable[[Place, int], Tally]
    full: int
    tenth: int


CHECKS = (
    Check("K1.serial", kills.k1_serial, 40, 4),
    Check("K1.pool", kills.k1_pool, 40, 4),
    Check("K1.Dask", kills.k1_dask, 20, 2),
    Check("K2", kills.k2, 12, 2),
    Check("K3.pool", kills.k3_pool, 60, 6),
    Check("K3.Dask", kills.k3_dask, 40, 4),
    Check("K4", kills.k4, 6, 1),
    Check("F1", failures.f1, 12, 1),
    Check("F2", failures.f2, 10, 1),
    Check("F3", failures.f3, 16, 8),
    Check("F4", failures.f4, 6, 2),
    Check("F5", failures.f5, 6, 2),
    Check("S1", signals.s1, 20, 2),
    Check("S2", signals.s2, 16, 4),
    Check("S3", signals.s3, 12, 2),
    Check("D1", disks.d1, 10, 1),
    Check("D2", disks.d2, 102, 10),
    Check("D3", disks.d3, 10, 5),
    Check("D4", disks.d4, 6, 3),
    Check("W1", writers.w1, 20, 2),
    Check("W2", writers.w2, 5, 1),
    Check("W3", writers.w3, 6, 3),
    Check("W4", writers.w4, 6, 1),
    Check("C1", damage.c1, 66, 8),
    Check("C2", damage.c2, 6, 3),
    Check("C3", damage.c3, 4, 2),
    Check("R1", repeats.r1, 11, 3),
    Check("R2", repeats.r2, 10, 2),
    Check("O1", repeats.o1, 1, 0),
)
