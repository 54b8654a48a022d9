"""The loss: binary cross-entropies of edges, ancestors (auxiliary) and targets, each a mean over the cells of a batch.

(d/5) · [edge + 0.3 ancestor + 1.5 target]: the factor keeps the gradient of large studies, whose positives are rarer, from
vanishing (docs/method.md, section 3).
"""

from __future__ import annotations

from typing import Any, Mapping

import jax.numpy as jnp
import numpy as np

from . import jax_operations
from .cpdag import honest_edge_labels
from .network import NetworkShape, forward

ANCESTOR_WEIGHT = 0.3
TARGET_WEIGHT = 1.5
GENES_OF_WEIGHT_ONE = 5


def cross_entropy(log_odds: Any, label: Any) -> Any:
    """-log of the probability given to `label` (in [0, 1]), stable for any log-odds."""
    return jnp.maximum(log_odds, 0) - log_odds * label + jnp.log1p(jnp.exp(-jnp.abs(log_odds)))


def batch_loss(parameters: Mapping[str, Any], arrays: Mapping[str, Any], shape: NetworkShape) -> tuple[Any, Any]:
    """(loss, [edge, ancestor, target]) for arrays `pair env glob edge ancestor target` of one shape (d, K)."""
    edge, ancestor, target = forward(jax_operations, parameters, arrays["pair"], arrays["env"], arrays["glob"], shape)
    genes = edge.shape[-1]
    off_diagonal = 1.0 - jnp.eye(genes)
    cells = edge.shape[0] * genes * (genes - 1)
    edge_loss = (cross_entropy(edge, arrays["edge"]) * off_diagonal).sum() / cells
    ancestor_loss = (cross_entropy(ancestor, arrays["ancestor"]) * off_diagonal).sum() / cells
    target_loss = cross_entropy(target, arrays["target"]).mean()
    total = edge_loss + ANCESTOR_WEIGHT * ancestor_loss + TARGET_WEIGHT * target_loss
    return total * genes / GENES_OF_WEIGHT_ONE, jnp.stack([edge_loss, ancestor_loss, target_loss])


def honest_labels(edge: np.ndarray, target: np.ndarray, unidentifiable: np.ndarray) -> np.ndarray:
    """Edge labels for training: those of the equivalence class where the data cannot tell directions apart.

    A linear-Gaussian study without any intervention target says nothing about the direction of reversible edges; a
    network trained on the drawn direction would learn the habits of the graph generator instead. Such studies
    (`unidentifiable` [B] boolean: of a linear-Gaussian family) get one half in either direction.
    """
    affected = np.nonzero(unidentifiable & ~target.astype(bool).any((1, 2)))[0]
    if len(affected) == 0:
        return edge
    labels = edge.copy()
    for study in affected:
        labels[study] = honest_edge_labels(edge[study])
    return labels
