import jax
import numpy as np
import pytest

from metacadi_training import jax_operations
from metacadi_training.export import build_onnx
from metacadi_training.integer_inputs import integer_inputs, integer_values
from metacadi_training.network import NetworkShape, forward, initial_parameters
from metacadi_training.predictors import onnx_predictor

SHAPE = NetworkShape(pair_features=4, experiment_features=3, global_features=5, channels=8, hidden=12, layers=2, triangles=2, messages=3)
PARAMETERS = initial_parameters(SHAPE, seed=4)
RUN = jax.jit(lambda pair, env, glob: forward(jax_operations, PARAMETERS, pair, env, glob, SHAPE))


def random_inputs(batch, genes, experiments, seed=0):
    rng = np.random.default_rng(seed)
    sizes = ((batch, genes, genes, 4), (batch, experiments, genes, 3), (batch, experiments, 5))
    return [rng.normal(size=size).astype(np.float32) for size in sizes]


def test_relabelling_the_genes_relabels_the_answer():
    pair, env, glob = random_inputs(2, 6, 3)
    order = np.random.default_rng(1).permutation(6)
    edge, ancestor, target = RUN(pair, env, glob)
    moved = RUN(pair[:, order][:, :, order], env[:, :, order], glob)
    np.testing.assert_allclose(moved[0], np.asarray(edge)[:, order][:, :, order], atol=2e-5)
    np.testing.assert_allclose(moved[1], np.asarray(ancestor)[:, order][:, :, order], atol=2e-5)
    np.testing.assert_allclose(moved[2], np.asarray(target)[:, :, order], atol=2e-5)


def test_the_order_of_experiments_does_not_matter():
    pair, env, glob = random_inputs(2, 6, 5)
    order = np.random.default_rng(2).permutation(5)
    edge, _, target = RUN(pair, env, glob)
    moved = RUN(pair, env[:, order], glob[:, order])
    np.testing.assert_allclose(moved[0], edge, atol=2e-5)
    np.testing.assert_allclose(moved[2], np.asarray(target)[:, order], atol=2e-5)


def test_a_study_is_answered_alike_alone_and_in_a_batch():
    pair, env, glob = random_inputs(3, 5, 4)
    together = RUN(pair, env, glob)
    alone = RUN(pair[1:2], env[1:2], glob[1:2])
    for one, all_ in zip(alone, together):
        np.testing.assert_allclose(one[0], all_[1], atol=2e-5)


def test_causes_and_effects_are_told_apart():
    pair, env, glob = random_inputs(1, 5, 4)
    edge = np.asarray(RUN(pair, env, glob)[0])[0]
    assert np.abs(edge - edge.T).max() > 1e-3


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    path = tmp_path_factory.mktemp("onnx") / "model.onnx"
    path.write_bytes(build_onnx(PARAMETERS, SHAPE).SerializeToString())
    return onnx_predictor(path)


@pytest.mark.parametrize("batch,genes,experiments", [(1, 2, 1), (2, 5, 3), (1, 9, 4), (3, 4, 12)])
def test_the_exported_graph_answers_as_jax_does_at_any_shape(exported, batch, genes, experiments):
    inputs = integer_inputs(9, batch, genes, experiments, (4, 3, 5))
    for actual, expected in zip(exported(*inputs), RUN(*inputs)):
        assert actual.shape == expected.shape
        np.testing.assert_allclose(actual, expected, atol=1e-5)


def test_the_exported_graph_uses_no_operator_without_a_cuda_kernel():
    operators = {node.op_type for node in build_onnx(PARAMETERS, SHAPE).graph.node}
    assert operators <= {
        "Abs", "Add", "Concat", "Div", "Expand", "Identity", "Log", "MatMul", "Mul", "ReduceMax", "ReduceMean", "ReduceSum",
        "Relu", "Reshape", "Shape", "Sigmoid", "Sign", "Split", "Sqrt", "Squeeze", "Sub", "Transpose", "Unsqueeze",
    }  # fmt: skip


def test_the_integer_generator_gives_its_documented_first_values():
    # s1 = 1664525 * 1 + 1013904223 = 1015568748, and so on, by hand.
    first = ((1015568748 >> 8) - 2**23) / 2**21
    second = (((1664525 * 1015568748 + 1013904223) % 2**32 >> 8) - 2**23) / 2**21
    np.testing.assert_array_equal(integer_values(1, 2), np.array([first, second], np.float32))
