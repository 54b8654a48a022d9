from itertools import combinations, product

import numpy as np
import pytest

from metacadi_training.cpdag import class_shares, compelled_edges, honest_edge_labels, reversible_edges


def is_acyclic(graph):
    power = graph.astype(int)
    for _ in range(len(graph)):
        if np.trace(power):
            return False
        power = ((power @ graph.astype(int)) > 0).astype(int)
    return True


def colliders(graph):
    adjacent = graph | graph.T
    return {
        (a, child, b)
        for child in range(len(graph))
        for a, b in combinations(np.nonzero(graph[:, child])[0], 2)
        if not adjacent[a, b]
    }


def class_of(graph):
    """What decides the equivalence class (Verma & Pearl): skeleton and colliders."""
    return (graph | graph.T).tobytes(), frozenset(colliders(graph))


def all_dags(genes):
    pairs = list(combinations(range(genes), 2))
    for states in product((0, 1, 2), repeat=len(pairs)):
        graph = np.zeros((genes, genes), bool)
        for (a, b), state in zip(pairs, states):
            if state:
                graph[(a, b) if state == 1 else (b, a)] = True
        if is_acyclic(graph):
            yield graph


@pytest.mark.parametrize("genes,number", [(2, 3), (3, 25), (4, 543)])
def test_compelled_edges_are_those_that_all_members_of_the_class_share(genes, number):
    classes = {}
    for graph in all_dags(genes):
        classes.setdefault(class_of(graph), []).append(graph)
    assert sum(map(len, classes.values())) == number  # labelled acyclic graphs, OEIS A003024
    for members in classes.values():
        shared = np.logical_and.reduce(members)
        for graph in members:
            np.testing.assert_array_equal(compelled_edges(graph), shared)


@pytest.mark.parametrize("genes", [2, 3, 4])
def test_class_shares_are_the_mean_over_all_members_of_the_class(genes):
    classes = {}
    for graph in all_dags(genes):
        classes.setdefault(class_of(graph), []).append(graph)
    for members in classes.values():
        expected = np.mean(members, 0)
        for graph in members:
            np.testing.assert_allclose(class_shares(graph), expected, atol=1e-12)


def test_the_leaf_of_a_star_is_an_effect_in_all_graphs_of_its_class_but_one():
    star = np.zeros((6, 6), bool)
    star[0, 1:] = True
    np.testing.assert_allclose(class_shares(star)[0, 1:], 5 / 6)


def test_a_kite_is_completed_by_the_third_rule():
    # a - b, a - c -> b, a - e -> b with c and e not adjacent: a -> b is compelled though no collider shows it.
    a, b, c, e = range(4)
    graph = np.zeros((4, 4), bool)
    graph[[c, e, a, a, a], [b, b, b, c, e]] = True
    assert compelled_edges(graph)[a, b]
    assert not compelled_edges(graph)[a, c]


def test_a_chain_is_reversible_and_a_collider_is_not():
    chain = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], bool)
    collider = np.array([[0, 1, 0], [0, 0, 0], [0, 1, 0]], bool)
    np.testing.assert_array_equal(reversible_edges(chain), chain)
    assert not reversible_edges(collider).any()


def test_honest_labels_of_a_pair_sum_to_one_where_there_is_an_edge():
    rng = np.random.default_rng(1)
    graph = np.triu(rng.random((8, 8)) < 0.3, 1)
    labels = honest_edge_labels(graph)
    np.testing.assert_array_equal(labels + labels.T, (graph | graph.T).astype(float))
    assert set(np.unique(labels)) <= {0.0, 0.5, 1.0}
