"""The operations of `network.forward` as an ONNX graph (export). Values are names of graph edges, or arrays (weights).

Only operators with a CPU and a CUDA kernel in ONNX Runtime are used (no `Asinh`), and no size of a study is ever written
into the graph: batch, genes and experiments stay dynamic.
"""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .jax_operations import EPSILON

OPSET = 18
IR_VERSION = 9


class OnnxOperations:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[tuple[str, tuple[int, ...], bytes], tuple[str, np.ndarray]] = {}
        self.count = 0

    def apply(self, operator: str, inputs: Sequence[Any], outputs: int = 1, **attributes: Any) -> Any:
        names = [f"v{self.count + index}" for index in range(outputs)]
        self.count += outputs
        self.nodes.append(helper.make_node(operator, [self.value(item) for item in inputs], names, **attributes))
        return names[0] if outputs == 1 else names

    def value(self, item: Any) -> str:
        """The name of a graph edge; an array becomes a constant, equal arrays the same one."""
        if isinstance(item, str):
            return item
        array = np.asarray(item)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.constants:
            self.constants[key] = (f"c{len(self.constants)}", array)
        return self.constants[key][0]

    @staticmethod
    def integers(*values: int) -> np.ndarray:
        return np.array(values, np.int64)

    def linear(self, x: Any, weight: np.ndarray, bias: np.ndarray) -> Any:
        flat = self.apply("Reshape", [x, self.integers(0, -1)])
        mapped = self.apply("Add", [self.apply("MatMul", [weight, flat]), bias[:, None]])
        rest = self.apply("Shape", [x], start=1)
        size = self.apply("Concat", [self.integers(weight.shape[0]), rest], axis=0)
        return self.apply("Reshape", [mapped, size])

    def normalise(self, x: Any, gain: np.ndarray, offset: np.ndarray) -> Any:
        centred = self.apply("Sub", [x, self.mean(x, 0)])
        variance = self.mean(self.mul(centred, centred), 0)
        deviation = self.apply("Sqrt", [self.add_constant(variance, EPSILON)])
        return self.add(self.mul(self.div(centred, deviation), gain[:, None, None, None]), offset[:, None, None, None])

    def swap(self, x: Any) -> Any:
        return self.apply("Transpose", [x], perm=[0, 1, 3, 2])

    def channels_first(self, x: Any) -> Any:
        return self.apply("Transpose", [x], perm=[3, 0, 1, 2])

    def channels_first_column(self, x: Any) -> Any:
        return self.apply("Unsqueeze", [self.apply("Transpose", [x], perm=[2, 0, 1]), self.integers(3)])

    def without_channel(self, x: Any) -> Any:
        return self.apply("Squeeze", [x, self.integers(0)])

    def concat(self, parts: Sequence[Any]) -> Any:
        return self.apply("Concat", parts, axis=0)

    def split(self, x: Any, sizes: Sequence[int]) -> Sequence[Any]:
        return self.apply("Split", [x, self.integers(*sizes)], outputs=len(sizes), axis=0)

    def broadcast_to(self, x: Any, like: Any) -> Any:
        rest = self.apply("Shape", [like], start=1)
        return self.apply("Expand", [x, self.apply("Concat", [self.integers(1), rest], axis=0)])

    def mean(self, x: Any, axis: int) -> Any:
        return self.apply("ReduceMean", [x, self.integers(axis)], keepdims=1)

    def sum(self, x: Any, axis: int) -> Any:
        return self.apply("ReduceSum", [x, self.integers(axis)], keepdims=1)

    def max(self, x: Any, axis: int) -> Any:
        return self.apply("ReduceMax", [x, self.integers(axis)], keepdims=1)

    def add(self, a: Any, b: Any) -> Any:
        return self.apply("Add", [a, b])

    def add_constant(self, x: Any, constant: float) -> Any:
        return self.apply("Add", [x, np.float32(constant)])

    def mul(self, a: Any, b: Any) -> Any:
        return self.apply("Mul", [a, b])

    def div(self, a: Any, b: Any) -> Any:
        return self.apply("Div", [a, b])

    def matmul(self, a: Any, b: Any) -> Any:
        return self.apply("MatMul", [a, b])

    def sigmoid(self, x: Any) -> Any:
        return self.apply("Sigmoid", [x])

    def relu(self, x: Any) -> Any:
        return self.apply("Relu", [x])

    def asinh(self, x: Any) -> Any:
        size = self.apply("Abs", [x])
        root = self.apply("Sqrt", [self.add_constant(self.mul(x, x), 1.0)])
        return self.mul(self.apply("Sign", [x]), self.apply("Log", [self.add(size, root)]))

    def layers(self, layer: Callable[..., Any], stacked: Mapping[str, np.ndarray], pair: Any, experiment: Any, shape: Any) -> tuple[Any, Any]:
        for index in range(shape.layers):
            weights = {key: value[index] for key, value in stacked.items()}
            pair, experiment = layer(self, weights, pair, experiment, shape)
        return pair, experiment

    def model(self, inputs: Mapping[str, Sequence[Any]], outputs: Mapping[str, tuple[str, Sequence[Any]]]) -> onnx.ModelProto:
        """The checked model. `inputs`: name -> axes; `outputs`: name -> (graph edge, axes)."""
        nodes = [*self.nodes]
        for name, (edge, _) in outputs.items():
            nodes.append(helper.make_node("Identity", [edge], [name]))

        def described(name: str, axes: Sequence[Any]) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(axes))

        graph = helper.make_graph(
            nodes,
            "metacadi",
            [described(name, axes) for name, axes in inputs.items()],
            [described(name, axes) for name, (_, axes) in outputs.items()],
            [numpy_helper.from_array(array, name) for name, array in self.constants.values()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model, full_check=True)
        return model
