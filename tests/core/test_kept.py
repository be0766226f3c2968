"""Values kept by what they are made of: made once while there is room, the least recently used let go."""

import numpy as np

from simulation.core.kept import Kept, bytes_of, one


def maker(made, name):
    def make():
        made.append(name)
        return name

    return make


def test_the_least_recently_used_goes_first():
    made, kept = [], Kept(2, one)
    for name in ("a", "b", "a", "c", "a", "b"):
        assert kept.get(name, maker(made, name)) == name
    assert made == ["a", "b", "c", "b"]


def test_what_is_larger_than_all_the_room_is_not_kept():
    kept = Kept(1000, bytes_of)
    assert len(kept.get("large", lambda: np.zeros(1000))) == 1000
    assert (len(kept), kept.held) == (0, 0)


def test_what_is_let_go_gives_its_room_back():
    kept = Kept(3000, bytes_of)
    for i in range(10):
        kept.get(i, lambda: np.zeros(100))
        assert kept.held <= 3000
    kept.clear()
    assert (len(kept), kept.held) == (0, 0)
