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


def class_shares(dag: np.ndarray) -> np.ndarray:
    """Share of the graphs of the equivalence class that have i -> j, `[d, d]`: what control data can say at best.

    Compelled edges have 1. A reversible edge is not always even: the leaf of a star of n genes is an effect in n - 1 of the n
    graphs of its class. Every undirected component is summed over its possible roots (He, Jia & Yu 2015, JMLR 16, section 3):
    a root directs the edges that Meek's rules then force, and what is left falls into smaller components.
    """
    reversible = reversible_edges(dag)
    shares = compelled_edges(dag).astype(float)
    undirected = reversible | reversible.T
    for genes in _components(undirected):
        block = np.ix_(genes, genes)
        shares[block] += _component_shares(undirected[block])[1]
    return shares


def _component_shares(undirected: np.ndarray) -> tuple[int, np.ndarray]:
    """(number of graphs, share of i -> j) over the orientations of a connected chordal graph without new colliders."""
    total, summed = 0, np.zeros(undirected.shape)
    for root in range(len(undirected)):
        directed = np.zeros_like(undirected)
        directed[root] = undirected[root]
        while True:
            undecided = undirected & ~directed & ~directed.T
            found = _meek_step(undirected, directed, undecided)
            if not (found & ~directed).any():
                break
            directed |= found
        number, shares = 1, directed.astype(float)
        for genes in _components(undecided):
            block = np.ix_(genes, genes)
            inner, inner_shares = _component_shares(undecided[block])
            number *= inner
            shares[block] += inner_shares
        total += number
        summed += number * shares
    return total, summed / total


def _components(undirected: np.ndarray) -> list[np.ndarray]:
    """Connected components with at least one edge, as sorted gene indices."""
    left = set(np.nonzero(undirected.any(0))[0].tolist())
    components = []
    while left:
        reached, open_genes = set(), [min(left)]
        while open_genes:
            gene = open_genes.pop()
            if gene not in reached:
                reached.add(gene)
                open_genes.extend(np.nonzero(undirected[gene])[0].tolist())
        left -= reached
        components.append(np.array(sorted(reached)))
    return components


def honest_edge_labels(dag: np.ndarray) -> np.ndarray:
    """P(i -> j) of an observer who knows the class but not the generator: 1 if compelled, one half each way if reversible."""
    reversible = reversible_edges(dag)
    return compelled_edges(dag) + 0.5 * (reversible | reversible.T)
