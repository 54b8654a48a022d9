"""The operations of `network.forward` in JAX (training and evaluation). Layout: channel-major, see `network`."""

from __future__ import annotations

import sys
from typing import Any, Callable, Mapping, Sequence

import jax
import jax.numpy as jnp
import numpy as np

EPSILON = 1e-5


def linear(x: Any, weight: Any, bias: Any) -> Any:
    """`weight` [out, in] over the leading axis of `x` [in, ...]."""
    flat = weight @ x.reshape(x.shape[0], -1) + bias[:, None]
    return flat.reshape(weight.shape[0], *x.shape[1:])


def normalise(x: Any, gain: Any, offset: Any) -> Any:
    """Layer normalisation over the channels."""
    centred = x - x.mean(0, keepdims=True)
    scaled = centred * jax.lax.rsqrt((centred * centred).mean(0, keepdims=True) + EPSILON)
    return scaled * gain[:, None, None, None] + offset[:, None, None, None]


def swap(x: Any) -> Any:
    return jnp.swapaxes(x, 2, 3)


def channels_first(x: Any) -> Any:
    return jnp.transpose(x, (3, 0, 1, 2))


def channels_first_column(x: Any) -> Any:
    """[B,K,features] -> [features,B,K,1]."""
    return jnp.transpose(x, (2, 0, 1))[..., None]


def without_channel(x: Any) -> Any:
    return x[0]


def concat(parts: Sequence[Any]) -> Any:
    return jnp.concatenate(parts, 0)


def split(x: Any, sizes: Sequence[int]) -> Sequence[Any]:
    return jnp.split(x, list(np.cumsum(sizes)[:-1]), 0)


def broadcast_to(x: Any, like: Any) -> Any:
    return jnp.broadcast_to(x, (x.shape[0], *like.shape[1:]))


def mean(x: Any, axis: int) -> Any:
    return x.mean(axis, keepdims=True)


def sum(x: Any, axis: int) -> Any:
    return x.sum(axis, keepdims=True)


def max(x: Any, axis: int) -> Any:
    return x.max(axis, keepdims=True)


def add(a: Any, b: Any) -> Any:
    return a + b


def add_constant(x: Any, constant: float) -> Any:
    return x + constant


def mul(a: Any, b: Any) -> Any:
    return a * b


def div(a: Any, b: Any) -> Any:
    return a / b


def matmul(a: Any, b: Any) -> Any:
    return jnp.matmul(a, b)


def sigmoid(x: Any) -> Any:
    return jax.nn.sigmoid(x)


def relu(x: Any) -> Any:
    return jax.nn.relu(x)


def asinh(x: Any) -> Any:
    """sign(x) log(|x| + sqrt(x² + 1)): the form that the ONNX graph uses too."""
    size = jnp.abs(x)
    return jnp.sign(x) * jnp.log(size + jnp.sqrt(x * x + 1.0))


def layers(layer: Callable[..., Any], stacked: Mapping[str, Any], pair: Any, experiment: Any, shape: Any) -> tuple[Any, Any]:
    """`lax.scan` over the stacked weights: the layer is compiled once, whatever their number.

    The layer is rematerialised in the backward pass: keeping only its two inputs is a third faster on CPU than storing
    and re-reading every intermediate array.
    """
    ops = sys.modules[__name__]

    def step(streams: tuple[Any, Any], weights: Mapping[str, Any]) -> tuple[tuple[Any, Any], None]:
        return layer(ops, weights, *streams, shape), None

    return jax.lax.scan(jax.checkpoint(step), (pair, experiment), dict(stacked))[0]
