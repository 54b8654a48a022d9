"""Markov equivalence of directed acyclic graphs: which edges can be oriented from observations alone.

A CPDAG (completed partially directed acyclic graph) marks the edges that every graph of the equivalence class shares
(compelled) and those that differ within it (reversible). Adjacency matrices are boolean `[d, d]`, `a[i, j]`: i -> j.

Sources: Verma & Pearl 1990 (skeleton and colliders decide the class); Meek 1995, rules 1-3 (rule 4 needs background
knowledge); Andersson, Madigan & Perlman 1997 (the reversible part is chordal, its components orient independently).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np


def compelled_edges(dag: np.ndarray) -> np.ndarray:
    """The edges of `dag` that every Markov-equivalent graph has, `[d, d]` boolean."""
    dag = dag.astype(bool)
    adjacent = dag | dag.T
    directed = np.zeros_like(dag)
    for child in range(len(dag)):
        for a, b in combinations(np.nonzero(dag[:, child])[0], 2):
            if not adjacent[a, b]:
                directed[a, child] = directed[b, child] = True
    while True:
        undecided = adjacent & ~directed & ~directed.T
        found = _meek_step(adjacent, directed, undecided)
        if not (found & ~directed).any():
            return directed
        directed |= found


def _meek_step(adjacent: np.ndarray, directed: np.ndarray, undecided: np.ndarray) -> np.ndarray:
    """Edges a -> b that one of Meek's rules 1-3 orients now."""
    found = np.zeros_like(directed)
    for a, b in zip(*np.nonzero(undecided)):
        chain = (directed[:, a] & ~adjacent[:, b]).any()  # c -> a - b, c and b not adjacent
        cycle = (directed[a] & directed[:, b]).any()  # a -> c -> b
        through = np.nonzero(undecided[a] & directed[:, b])[0]  # a - c -> b, a - c' -> b, c and c' not adjacent
        kite = any(not adjacent[c, e] for c, e in combinations(through, 2))
        found[a, b] = chain or cycle or kite
    return found


def reversible_edges(dag: np.ndarray) -> np.ndarray:
    """The edges of `dag` that some Markov-equivalent graph has the other way round."""
    return dag.astype(bool) & ~compelled_edges(dag)


def honest_edge_labels(dag: np.ndarray) -> np.ndarray:
    """P(i -> j) of an observer who knows the class but not the generator: 1 if compelled, one half each way if reversible."""
    reversible = reversible_edges(dag)
    return compelled_edges(dag) + 0.5 * (reversible | reversible.T)
