"""One way to ask a trained network, whether exported (ONNX Runtime) or still a run folder (JAX)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable

import jax
import numpy as np

from . import jax_operations
from .network import NetworkShape, Parameters, forward

Answer = tuple[np.ndarray, np.ndarray, np.ndarray]
"""log-odds: edge [B,d,d], ancestor [B,d,d], target [B,K,d]"""
Predictor = Callable[[np.ndarray, np.ndarray, np.ndarray], Answer]

CELLS_AT_ONCE = 40_000


def jax_predictor(parameters: Parameters, shape: NetworkShape) -> Predictor:
    run = jax.jit(partial(forward, jax_operations, shape=shape))

    def predict(pair: np.ndarray, env: np.ndarray, glob: np.ndarray) -> Answer:
        edge, ancestor, target = run(parameters, pair, env, glob)
        return np.asarray(edge), np.asarray(ancestor), np.asarray(target)

    return predict


def onnx_predictor(path: Path, threads: int = 1) -> Predictor:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def predict(pair: np.ndarray, env: np.ndarray, glob: np.ndarray) -> Answer:
        edge, ancestor, target = session.run(["edge", "ancestor", "target"], {"pair": pair, "env": env, "glob": glob})
        return edge, ancestor, target

    return predict


def load_predictor(model: Path) -> Predictor:
    """`model`: a run folder, an ONNX file, or a folder that holds metacadi.onnx."""
    if model.is_file():
        return onnx_predictor(model)
    if (model / "metacadi.onnx").exists():
        return onnx_predictor(model / "metacadi.onnx")
    from .training import load_run

    return jax_predictor(*load_run(model))


def studies_at_once(genes: int, experiments: int) -> int:
    return max(1, CELLS_AT_ONCE // (genes * (genes + experiments)))
