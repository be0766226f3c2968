"""A small tree: a few boxes that tell points of interest from others, by scikit-learn."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.results.responses.boxes import Box, Mask, Space
from simulation.results.responses.tables import Floats

MOST_LEAVES = 6
LEAST_SHARE, LEAST_POINTS = 0.05, 5
SURE = 1.645


def fit_tree(space: Space, x: Floats, wanted: Mask) -> list[Box]:
    """Return the leaves of a tree of at most six in which interest is denser than over all, the densest first.

    A leaf holds at least 5 % of the points (and five), and counts where its density is above that of all points by
    1.645 standard errors. Listed factors without an order enter by one column a level.
    """
    from sklearn.tree import DecisionTreeClassifier

    columns, x_tree = _columns(space, x)
    least = max(LEAST_POINTS, math.ceil(LEAST_SHARE * len(x)))
    if not columns or len(x) < 2 * least or wanted.all() or not wanted.any():
        return []
    tree = DecisionTreeClassifier(max_leaf_nodes=MOST_LEAVES, min_samples_leaf=least, random_state=0)
    nodes = tree.fit(x_tree, wanted).tree_
    base, found = float(wanted.mean()), []
    for box in _leaves(space, columns, nodes, 0, Box()):
        inside = box.holds(x)
        n = int(inside.sum())
        density = float(wanted[inside].mean()) if n else 0.0
        if n and density - base > SURE * math.sqrt(base * (1.0 - base) / n):
            found.append((density, box))
    return [box for _, box in sorted(found, key=_density, reverse=True)]


def _density(found: tuple[float, Box]) -> float:
    return found[0]


def _columns(space: Space, x: Floats) -> tuple[list[tuple[int, int | None]], Floats]:
    """Return what the tree sees: the factor of each column, and the level for which it stands where there is one."""
    columns: list[tuple[int, int | None]] = []
    parts: list[NDArray[np.float64]] = []
    for j, factor in enumerate(space.factors):
        if factor.values and not factor.numeric:
            for place in range(len(factor.values)):
                columns.append((j, place))
                parts.append((x[:, j] == place).astype(np.float64))
        else:
            columns.append((j, None))
            parts.append(x[:, j])
    return columns, np.column_stack(parts) if parts else np.zeros((len(x), 0))


def _leaves(space: Space, columns: list[tuple[int, int | None]], nodes: object, node: int, box: Box) -> list[Box]:
    left, right = int(nodes.children_left[node]), int(nodes.children_right[node])  # type: ignore[attr-defined]
    if left == right:
        return [box]
    j, level = columns[int(nodes.feature[node])]  # type: ignore[attr-defined]
    threshold = float(nodes.threshold[node])  # type: ignore[attr-defined]
    factor = space.factors[j]
    if not factor.values:
        lower, upper = box.within(j, -math.inf, threshold), box.within(j, math.nextafter(threshold, math.inf), math.inf)
    else:
        inside = box.levels.get(j, frozenset(range(len(factor.values))))
        above = {p for p in inside if (p > threshold if level is None else p == level)}
        lower, upper = box.only(j, inside - above), box.only(j, inside & above)
    return [*_leaves(space, columns, nodes, left, lower), *_leaves(space, columns, nodes, right, upper)]
