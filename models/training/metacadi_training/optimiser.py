"""Adam with decoupled decay and a clipped gradient, a cosine schedule with warm-up, and a running mean of the weights."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Mapping

import jax
import jax.numpy as jnp
import numpy as np
import optax

from .loss import batch_loss
from .network import NetworkShape

WARM_UP_STEPS = 200
LAST_SHARE = 0.02
"""the learning rate ends at this share of its peak"""
MEAN_DECAY = 0.998
GRADIENT_NORM = 1.0
WEIGHT_DECAY = 1e-4


def make_optimiser() -> optax.GradientTransformation:
    return optax.chain(
        optax.clip_by_global_norm(GRADIENT_NORM),
        optax.scale_by_adam(b1=0.9, b2=0.98),
        optax.add_decayed_weights(WEIGHT_DECAY),
    )


def learning_rate(peak: float, step: int, share: float) -> float:
    """`share` of the planned budget is used; linear warm-up over the first steps, cosine to the end of the budget."""
    cosine = 0.5 * (1 + np.cos(np.pi * min(1.0, share)))
    return peak * min(1.0, (step + 1) / WARM_UP_STEPS) * (LAST_SHARE + (1 - LAST_SHARE) * cosine)


def mean_decay(step: int) -> float:
    """Short memory at the start, so that the random initial weights are forgotten."""
    return min(MEAN_DECAY, step / (step + 20))


def make_step(shape: NetworkShape, optimiser: optax.GradientTransformation) -> Callable[..., Any]:
    """Compiled step `(parameters, ema, state, arrays, rate, decay) -> (parameters, ema, state, losses)`.

    Compiled once per study shape. A step whose loss or gradient is not finite changes nothing.
    """

    @partial(jax.jit, donate_argnums=(0, 1, 2))
    def step(parameters: Any, ema: Any, state: Any, arrays: Mapping[str, Any], rate: Any, decay: Any) -> Any:
        (loss, losses), gradient = jax.value_and_grad(partial(batch_loss, shape=shape), has_aux=True)(parameters, arrays)
        usable = jnp.isfinite(loss) & jnp.isfinite(optax.global_norm(gradient))
        update, moved = optimiser.update(gradient, state, parameters)
        keep = lambda new, old: jax.tree.map(lambda a, b: jnp.where(usable, a, b), new, old)  # noqa: E731
        parameters = keep(jax.tree.map(lambda p, u: p - rate * u, parameters, update), parameters)
        ema = jax.tree.map(lambda mean, p: decay * mean + (1 - decay) * p, ema, parameters)
        return parameters, ema, keep(moved, state), losses

    return step


def flatten_state(state: Any) -> dict[str, np.ndarray]:
    return {f"{index:04d}": np.asarray(leaf) for index, leaf in enumerate(jax.tree.leaves(state))}


def restore_state(like: Any, flat: Mapping[str, np.ndarray]) -> Any:
    leaves = [jnp.asarray(flat[key]) for key in sorted(flat)]
    return jax.tree.unflatten(jax.tree.structure(like), leaves)
