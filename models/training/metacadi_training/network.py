"""The network: one forward pass written against a small set of operations.

Two back-ends supply the operations: `jax_operations` (training, evaluation) and `onnx_operations` (export). Because
both replay this one function, the exported graph cannot drift from what was trained.

Layout: **channel-major**. The pair stream is `[C, B, d, d]` (row = cause), the experiment stream `[C, B, K, d]`. A linear
map over channels is then one matrix product `[out, in] @ [in, B*d*d]`, and the products over genes (triangles, messages)
are batched matrix products over the last two axes: nothing is ever transposed but genes against genes.

Per layer (docs/method.md, section 3): normalisation; three gated triangle products (path, common parent, common child);
experiment -> pair messages, gated means over the experiments; pair -> experiment messages through the soft adjacency and
its transpose; maximum and mean pools over rows, columns, genes and experiments; a residual two-layer map for each stream.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Mapping

import numpy as np

Parameters = dict[str, np.ndarray]


@dataclass(frozen=True)
class NetworkShape:
    """Sizes of the network; the three feature counts come from the shards."""

    pair_features: int = 22
    experiment_features: int = 17
    global_features: int = 5
    channels: int = 32
    hidden: int = 64
    layers: int = 4
    triangles: int = 8
    messages: int = 8

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def initial_parameters(shape: NetworkShape, seed: int) -> Parameters:
    """Random start: weights `[out, in]` with variance 1/in, gates closed by a negative bias, rare-event heads at logit -2.

    Parameters of the layers are stacked on a leading axis `[layers, ...]` under the prefix `layer.`.
    """
    rng = np.random.default_rng(seed)
    c, h, t, m = shape.channels, shape.hidden, shape.triangles, shape.messages
    parameters: Parameters = {}

    def linear(name: str, inputs: int, outputs: int, bias: float = 0.0, scale: float = 1.0, stacked: int = 0) -> None:
        lead = (stacked,) if stacked else ()
        weight = rng.normal(size=(*lead, outputs, inputs)) * scale / np.sqrt(inputs)
        parameters[f"{name}.weight"] = weight.astype(np.float32)
        parameters[f"{name}.bias"] = np.full((*lead, outputs), bias, np.float32)

    def norm(name: str, stacked: int = 0) -> None:
        lead = (stacked,) if stacked else ()
        parameters[f"{name}.gain"] = np.ones((*lead, c), np.float32)
        parameters[f"{name}.offset"] = np.zeros((*lead, c), np.float32)

    def layer_linear(name: str, inputs: int, outputs: int, bias: float = 0.0, scale: float = 1.0) -> None:
        linear(f"layer.{name}", inputs, outputs, bias, scale, stacked=shape.layers)

    linear("pair_in", 2 * shape.pair_features + shape.global_features, c)
    linear("experiment_in", shape.experiment_features + shape.global_features, c)
    norm("layer.pair_norm", shape.layers)
    norm("layer.experiment_norm", shape.layers)
    layer_linear("triangle_gate", c, 6 * t, bias=-1.0)
    layer_linear("triangle_value", c, 6 * t)
    layer_linear("shift_gate", c, m, bias=-1.0)
    layer_linear("shift_value", c, m)
    layer_linear("adjacency", c, 2 * m, bias=-2.0)
    layer_linear("upstream_value", c, 2 * m)
    layer_linear("pair_row", 4 * c, h, scale=0.5)
    layer_linear("pair_column", 4 * c, h, scale=0.5)
    layer_linear("pair_mix", 2 * c + 3 * t + 2 * m, h)
    layer_linear("pair_out", h, c, scale=0.3)
    layer_linear("experiment_gene", 6 * c, h, scale=0.5)
    layer_linear("experiment_row", 2 * c, h, scale=0.5)
    layer_linear("experiment_mix", c + 2 * m, h)
    layer_linear("experiment_out", h, c, scale=0.3)
    norm("pair_norm")
    norm("experiment_norm")
    linear("pair_head", c, 2, bias=-2.0, scale=0.3)
    linear("experiment_head", c, 1, bias=-2.0, scale=0.3)
    return parameters


def parameter_count(parameters: Mapping[str, Any]) -> int:
    return int(sum(np.size(value) for value in parameters.values()))


def layer(ops: Any, weights: Mapping[str, Any], pair: Any, experiment: Any, shape: NetworkShape) -> tuple[Any, Any]:
    """One residual layer. `pair` [C,B,d,d], `experiment` [C,B,K,d]; `weights` are those of this layer, without prefix."""
    t, m = shape.triangles, shape.messages

    def linear(name: str, x: Any) -> Any:
        return ops.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def norm(name: str, x: Any) -> Any:
        return ops.normalise(x, weights[f"{name}.gain"], weights[f"{name}.offset"])

    swap = ops.swap
    p = norm("pair_norm", pair)
    e = norm("experiment_norm", experiment)

    # Triangles: i->k->j, common parent k->i & k->j, common child i->k & j->k.
    gated = ops.mul(ops.sigmoid(linear("triangle_gate", p)), linear("triangle_value", p))
    a1, b1, a2, b2, a3, b3 = ops.split(gated, [t] * 6)
    triangles = ops.concat([ops.matmul(a1, b1), ops.matmul(swap(a2), b2), ops.matmul(a3, swap(b3))])

    # What the other genes do in the experiments that shift gene i: gated means over the experiments.
    gate = ops.sigmoid(linear("shift_gate", e))
    value = linear("shift_value", e)
    weight = ops.add_constant(swap(ops.sum(gate, 2)), 0.3)
    shifted = ops.div(ops.matmul(swap(gate), value), weight)

    row = ops.concat([ops.max(p, 3), ops.mean(p, 3), swap(ops.max(e, 2)), swap(ops.mean(e, 2))])
    column = ops.concat([ops.max(p, 2), ops.mean(p, 2), ops.max(e, 2), ops.mean(e, 2)])
    mixed = linear("pair_mix", ops.concat([p, swap(p), ops.asinh(triangles), shifted, swap(shifted)]))
    pair_hidden = ops.add(ops.add(mixed, linear("pair_row", row)), linear("pair_column", column))

    # Shifts handed down (and up) the soft adjacency.
    adjacency = ops.sigmoid(linear("adjacency", p))
    upstream = linear("upstream_value", e)
    down, up = ops.split(adjacency, [m, m])
    v1, v2 = ops.split(upstream, [m, m])
    messages = ops.asinh(ops.concat([ops.matmul(v1, down), ops.matmul(v2, swap(up))]))

    gene = ops.concat([column, swap(ops.max(p, 3)), swap(ops.mean(p, 3))])
    whole = ops.concat([ops.max(e, 3), ops.mean(e, 3)])
    mixed = linear("experiment_mix", ops.concat([e, messages]))
    experiment_hidden = ops.add(ops.add(mixed, linear("experiment_gene", gene)), linear("experiment_row", whole))

    pair = ops.add(pair, linear("pair_out", ops.relu(pair_hidden)))
    experiment = ops.add(experiment, linear("experiment_out", ops.relu(experiment_hidden)))
    return pair, experiment


def forward(ops: Any, parameters: Mapping[str, Any], pair: Any, env: Any, glob: Any, shape: NetworkShape) -> tuple[Any, Any, Any]:
    """Log-odds of edges `[B,d,d]`, ancestors `[B,d,d]` (row = cause) and targets `[B,K,d]`.

    `pair` [B,d,d,pair_features], `env` [B,K,d,experiment_features], `glob` [B,K,global_features]: the clipped features of
    the TypeScript summary, as stored in the shards.
    """

    def linear(name: str, x: Any) -> Any:
        return ops.linear(x, parameters[f"{name}.weight"], parameters[f"{name}.bias"])

    def norm(name: str, x: Any) -> Any:
        return ops.normalise(x, parameters[f"{name}.gain"], parameters[f"{name}.offset"])

    pair = ops.channels_first(pair)
    env = ops.channels_first(env)
    glob = ops.channels_first_column(glob)
    p = linear("pair_in", ops.concat([pair, ops.swap(pair), ops.broadcast_to(ops.mean(glob, 2), pair)]))
    e = linear("experiment_in", ops.concat([env, ops.broadcast_to(glob, env)]))
    prefix = "layer."
    stacked = {key[len(prefix) :]: value for key, value in parameters.items() if key.startswith(prefix)}
    p, e = ops.layers(layer, stacked, p, e, shape)
    edge, ancestor = ops.split(linear("pair_head", norm("pair_norm", p)), [1, 1])
    target = linear("experiment_head", norm("experiment_norm", e))
    return ops.without_channel(edge), ops.without_channel(ancestor), ops.without_channel(target)
