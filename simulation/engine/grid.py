"""The citizens' ties as a Mesa grid: what Mesa's drawing asks for, and where plain Mesa agents are placed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import networkx as nx
import numpy as np
from mesa.space import NetworkGrid

from simulation.agents.views import RowAgent
from simulation.core.errors import InputError


class TiesGrid(NetworkGrid):
    """A NetworkGrid with every citizen at its node, for worlds small enough to be drawn.

    Nodes are rows from 0, as Mesa's drawing asks: `citizen.pos`. Citizens stay where they are; plain Mesa agents are
    placed beside them, moved along ties and taken away as on any NetworkGrid.
    """

    def __init__(self, model: Any) -> None:
        """Copy the ties of those who are here and put citizens at their nodes."""
        graph, gone = model.faces.ties()
        source = np.repeat(np.arange(graph.n), graph.degree)
        once = source < graph.indices
        ends = (x[once].tolist() for x in (source, graph.indices, graph.weights))
        super().__init__(_graph(graph.n, tuple(zip(*ends, strict=True))))
        for row in np.flatnonzero(~gone).tolist():
            self.G.nodes[row]["agent"].append(model.citizen(row))

    @staticmethod
    def layout(graph: nx.Graph, **_: Any) -> dict[int, Any]:
        """Return a place on the plane for each node of a grid's graph, worked out once for each society.

        Mesa's drawing works one out each time unless given `make_space_component(..., layout_alg=m.grid.layout)`.
        """
        return _places(len(graph), graph.graph["ties"])

    def place_agent(self, agent: Any, node_id: int) -> None:
        """Place a plain Mesa agent at a node; raises InputError for a citizen and for no node."""
        _refuse_citizens(agent)
        if node_id not in self.G:
            raise InputError(
                f"there is no node {node_id!r}; nodes are rows, 0 to {len(self.G) - 1}: citizen.pos",
                f"ไม่มีโหนด {node_id!r} โหนดคือแถว 0 ถึง {len(self.G) - 1} ดู citizen.pos",
            )
        super().place_agent(agent, node_id)

    def remove_agent(self, agent: Any) -> None:
        """Take a plain Mesa agent off the grid; raises InputError for a citizen."""
        _refuse_citizens(agent)
        super().remove_agent(agent)

    def empty(self, rows: Iterable[int]) -> None:
        """Take removed citizens and their ties away; whoever was placed at their nodes stays."""
        for row in rows:
            here = self.G.nodes[row]["agent"]
            here[:] = [a for a in here if not isinstance(a, RowAgent)]
            self.G.remove_edges_from(list(self.G.edges(row)))


def _refuse_citizens(agent: Any) -> None:
    if isinstance(agent, RowAgent):
        raise InputError(
            f"{agent!r} stays at its node; plain Mesa agents can be placed and moved",
            f"{agent!r} อยู่ที่โหนดของตนเสมอ ผู้ที่วางและย้ายได้คือตัวแทนของ Mesa ที่สร้างเอง",
        )


def _graph(n: int, ties: tuple[tuple[int, int, int], ...]) -> nx.Graph:
    graph = nx.empty_graph(n)
    graph.graph["ties"] = ties  # as they were at first: places do not move where somebody leaves
    graph.add_weighted_edges_from(ties)
    return graph


@lru_cache(maxsize=8)
def _places(n: int, ties: tuple[tuple[int, int, int], ...]) -> dict[int, Any]:
    return dict(nx.spring_layout(_graph(n, ties), seed=0, iterations=80))
