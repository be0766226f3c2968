"""Chance with addresses: every random number is a pure function of who, what, when and why.

The address is (root seed, replicate, purpose, agent's stable identifier, behaviour or scheme, week). The arm is never
part of it, so arms are compared on twin worlds. The mixing function is the finaliser of SplitMix64 (Steele, Lea and
Flood 2014).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.core.floats import normal_quantile, uniform_of

ACTS, REDECISION, OPPORTUNITY, STICKY, ENROL, DROP_OUT = 1, 2, 3, 4, 5, 6
ORGANISATION, ASKING, NEVER_START, Z, ZETA = 7, 8, 9, 10, 11
PERSON_RESPONSIVENESS, ORGANISATION_DEVIATE, GRAPH, WAGE, OUTREACH = 12, 13, 14, 15, 16
BEHAVIOUR_RESPONSIVENESS, DISCREPANCY = 17, 18
POPULATION, PRIZE, CHECK, PARAMETER = 19, 20, 21, 22
SPONSOR, GUARDIAN, NOMINATION, PLACES = 23, 24, 25, 26
CLAIM = 27
THRESHOLD, RIVAL_GRAPH = 28, 29
KEEPS_ITS_LUCK = (BEHAVIOUR_RESPONSIVENESS, DISCREPANCY, PARAMETER)
"""Purposes that a second luck leaves as they are: what is unknown about people, not what happens to them."""
START = 2**31 - 1
"""The week of draws made before the first week."""

_MASK = 2**64 - 1
_GOLDEN = 0x9E3779B97F4A7C15
_STEP_53 = 2.0**-53


def mix64(x: int) -> int:
    """Return the SplitMix64 finaliser of a 64-bit integer."""
    x &= _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)


def key_of(seed: int, replicate: int, luck: int, stream: int, b: int, week: int) -> int:
    """Return the 64-bit key of an address without its agent."""
    luck = 0 if stream in KEEPS_ITS_LUCK else luck
    key = mix64(seed + _GOLDEN)
    for part in (replicate, luck, stream, b, week):
        key = mix64(key + (part + 1) * _GOLDEN)
    return key


def stable_number(name: str) -> int:
    """Return a number of a name, to key draws by what a thing is called and not by where it stands."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little") % 2**31


@dataclass(frozen=True)
class Streams:
    """The source of chance of one replicate. `luck` 1 is a second luck with the same parameters."""

    seed: int
    replicate: int
    luck: int = 0

    def key(self, stream: int, b: int = 0, week: int = 0) -> np.uint64:
        """Return the key of (purpose, behaviour or scheme, week), to be joined with identifiers."""
        return np.uint64(key_of(self.seed, self.replicate, self.luck, stream, b, week))

    def uniform(self, stream: int, ids: NDArray[np.uint64], b: int = 0, week: int = 0) -> NDArray[np.float32]:
        """Return float32 uniforms in (0, 1), 23 bits, one for each identifier."""
        out: NDArray[np.float32] = uniform_of(ids, self.key(stream, b, week))
        return out

    def uniform64(self, stream: int, ids: NDArray[np.uint64], b: int = 0, week: int = 0) -> NDArray[np.float64]:
        """Return float64 uniforms in (0, 1), 52 bits, one for each identifier."""
        x = ids * np.uint64(_GOLDEN) + self.key(stream, b, week)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x = x ^ (x >> np.uint64(31))
        return ((x >> np.uint64(12)).astype(np.float64) * 2.0 + 1.0) * _STEP_53

    def normal(self, stream: int, ids: NDArray[np.uint64], b: int = 0, week: int = 0) -> NDArray[np.float64]:
        """Return standard normal deviates, one for each identifier."""
        return normal_quantile(self.uniform64(stream, ids, b, week))

    def one(self, stream: int, b: int = 0, week: int = 0, agent: int = 0) -> float:
        """Return a single float64 uniform."""
        return float(self.uniform64(stream, np.array([agent], dtype=np.uint64), b, week)[0])
