"""Boosted trees as plain arrays: fitted by scikit-learn, evaluated here and in TypeScript from the same JSON.

A tree is parallel arrays over its nodes, node 0 the root: `feature` (-1 = leaf), `threshold` (x <= threshold goes left),
`left`, `right`, `value` (of leaves, natural log-odds). An ensemble answers base + the sum of its leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier


@dataclass(frozen=True)
class TreeSettings:
    trees: int = 100
    leaves: int = 12
    rate: float = 0.1
    least_cells_of_leaf: int = 150
    ridge: float = 20.0
    folds: int = 5
    """of the cross-validation over whole studies"""


def fit_model(
    features: np.ndarray, label: np.ndarray, names: Sequence[str], settings: TreeSettings, increasing: Sequence[str], weight: np.ndarray | None = None
) -> HistGradientBoostingClassifier:
    """The answer never falls as a feature of `increasing` grows."""
    return HistGradientBoostingClassifier(
        learning_rate=settings.rate,
        max_iter=settings.trees,
        max_leaf_nodes=settings.leaves,
        min_samples_leaf=settings.least_cells_of_leaf,
        l2_regularization=settings.ridge,
        monotonic_cst=[1 if name in increasing else 0 for name in names],
        early_stopping=False,
        random_state=0,
    ).fit(features, label, sample_weight=weight)


def as_json(model: HistGradientBoostingClassifier, names: Sequence[str]) -> dict:
    # scikit-learn has no public access to the nodes of its trees; tests/test_combiner.py compares with its own answers.
    trees = [_tree(predictors[0].nodes) for predictors in model._predictors]
    return {"features": list(names), "base": float(model._baseline_prediction.ravel()[0]), "trees": trees}


def _tree(nodes: np.ndarray) -> dict:
    leaf = nodes["is_leaf"].astype(bool)
    return {
        "feature": np.where(leaf, -1, nodes["feature_idx"].astype(int)).tolist(),
        "threshold": np.where(leaf, 0.0, nodes["num_threshold"]).tolist(),
        "left": np.where(leaf, -1, nodes["left"].astype(int)).tolist(),
        "right": np.where(leaf, -1, nodes["right"].astype(int)).tolist(),
        "value": np.where(leaf, nodes["value"], 0.0).tolist(),
    }


def evaluate_trees(ensemble: dict, features: np.ndarray) -> np.ndarray:
    """Log-odds of every row of `features` [n, F]."""
    answer = np.full(len(features), ensemble["base"])
    rows = np.arange(len(features))
    for tree in ensemble["trees"]:
        feature, threshold = np.array(tree["feature"]), np.array(tree["threshold"])
        left, right, value = np.array(tree["left"]), np.array(tree["right"]), np.array(tree["value"])
        node = np.zeros(len(features), int)
        while True:
            split = feature[node]
            inner = split >= 0
            if not inner.any():
                break
            goes_left = features[rows, np.maximum(split, 0)] <= threshold[node]
            node = np.where(inner, np.where(goes_left, left[node], right[node]), node)
        answer += value[node]
    return answer
