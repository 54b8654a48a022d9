"""`export`: the run as a model folder (metacadi.onnx, manifest.json, MODEL_CARD.md, figures) and the parity fixture.

The ONNX graph is a replay of `network.forward`. Export fails when ONNX Runtime and JAX differ by more than 1e-5 at any of
ten shapes, or when the file is 8 MB or more.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import numpy as np

from .integer_inputs import integer_inputs
from .model_card import write_model_card
from .network import NetworkShape, Parameters, forward
from .onnx_operations import OPSET, OnnxOperations
from .predictors import jax_predictor, onnx_predictor
from .shards import FEATURE_VERSION, ShardError
from .training import load_run

MODEL_FILE = "metacadi.onnx"
LARGEST_FILE = 8_000_000
TOLERANCE = 1e-5
PARITY_SHAPES = ((1, 2, 1), (1, 5, 3), (2, 13, 7), (3, 4, 20), (1, 20, 20), (2, 8, 1), (1, 30, 5), (1, 10, 60), (4, 6, 6), (1, 47, 11))
"""(batch, genes, experiments)"""
PARITY_SAMPLES = 12
"""output values kept of each shape, evenly spaced over the flattened array"""
SELF_TEST = (1, 4, 3)
SELF_TEST_TOLERANCE = 1e-4


def build_onnx(parameters: Parameters, shape: NetworkShape):
    ops = OnnxOperations()
    arrays = {name: np.asarray(value, np.float32) for name, value in parameters.items()}
    edge, ancestor, target = forward(ops, arrays, "pair", "env", "glob", shape)
    return ops.model(
        {"pair": ["B", "d", "d", shape.pair_features], "env": ["B", "K", "d", shape.experiment_features], "glob": ["B", "K", shape.global_features]},
        {"edge": (edge, ["B", "d", "d"]), "ancestor": (ancestor, ["B", "d", "d"]), "target": (target, ["B", "K", "d"])},
    )


def feature_counts(shape: NetworkShape) -> tuple[int, int, int]:
    return shape.pair_features, shape.experiment_features, shape.global_features


def check_parity(parameters: Parameters, shape: NetworkShape, path: Path) -> tuple[float, list[dict]]:
    """Largest |ONNX Runtime - JAX| over the ten shapes, and the cases of the fixture (from JAX, one operation at a time)."""
    reference, exported = jax_predictor(parameters, shape), onnx_predictor(path)
    worst, cases = 0.0, []
    for seed, (batch, genes, experiments) in enumerate(PARITY_SHAPES, start=1):
        inputs = integer_inputs(seed, batch, genes, experiments, feature_counts(shape))
        outputs = dict(zip(("edge", "ancestor", "target"), reference(*inputs)))
        for name, value in zip(("edge", "ancestor", "target"), exported(*inputs)):
            worst = max(worst, float(np.abs(value - outputs[name]).max()))
        case = {"seed": seed, "batch": batch, "genes": genes, "experiments": experiments, "outputs": {}}
        for name, value in outputs.items():
            flat = value.ravel().astype(np.float64)
            indices = np.unique(np.linspace(0, flat.size - 1, PARITY_SAMPLES).astype(int))
            case["outputs"][name] = {
                "shape": list(value.shape),
                "indices": indices.tolist(),
                "values": [float(np.float32(item)) for item in flat[indices]],
                "mean": float(flat.mean()),
                "meanSquare": float((flat * flat).mean()),
            }
        cases.append(case)
    return worst, cases


def export(run: Path, out: Path, fixture: Path | None, evaluation: Path | None, audit: Path | None) -> dict:
    """Writes the model folder; returns the manifest. A second export of the same network only brings the figures up to date.
    `evaluation`, `audit`: folders with the JSON and figures of those commands."""
    parameters, shape = load_run(run)
    settings = json.loads((run / "settings.json").read_text())
    out.mkdir(parents=True, exist_ok=True)
    scratch = out / f".{MODEL_FILE}.part"
    content = build_onnx(parameters, shape).SerializeToString(deterministic=True)
    digest, size = hashlib.sha256(content).hexdigest(), len(content)
    earlier = _same_network(out, digest)
    if earlier is None or (fixture is not None and not fixture.exists()):
        scratch.write_bytes(content)
        worst, cases = check_parity(parameters, shape, scratch)
        if worst > TOLERANCE or size >= LARGEST_FILE:
            scratch.unlink()
            raise ShardError(f"not exported: {size} bytes, largest difference JAX - ONNX Runtime {worst:.2e} (allowed {TOLERANCE:.0e})")
        scratch.replace(out / MODEL_FILE)
        parity = {"shapes": len(PARITY_SHAPES), "largestDifference": worst}
        if fixture is not None:
            _write_fixture(fixture, digest, shape, cases)
    else:
        parity = earlier["parity"]
    kept = earlier or {}
    manifest = {
        "format": "metacadi-model",
        "version": 1,
        "featureVersion": FEATURE_VERSION,
        "file": MODEL_FILE,
        "sha256": digest,
        "bytes": size,
        "opset": OPSET,
        "inputs": {
            "pair": settings["features"]["pairFeatures"],
            "env": settings["features"]["experimentFeatures"],
            "glob": settings["features"]["globalFeatures"],
        },
        "outputs": ["edge", "ancestor", "target"],
        "parity": parity,
        "training": _read(run / "run-card.json"),
        "evaluation": {**(kept.get("evaluation") or {}), **_summary(_read(evaluation / "evaluation.json"))} if evaluation else kept.get("evaluation"),
        "audit": _read(audit / "audit.json") if audit else kept.get("audit"),
        "selfTest": _self_test(out / MODEL_FILE, shape),
        "combiner": kept.get("combiner"),
    }
    _write_json(out / "manifest.json", manifest)
    write_model_card(out, manifest, run, evaluation)
    return manifest


def _same_network(out: Path, digest: str) -> dict | None:
    """The manifest in `out` when it is of the very same network: its parity and its combiner stay valid."""
    manifest = _read(out / "manifest.json")
    return manifest if manifest is not None and manifest["sha256"] == digest and (out / MODEL_FILE).exists() else None


def _write_fixture(path: Path, digest: str, shape: NetworkShape, cases: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"model": digest, "tolerance": TOLERANCE, "features": list(feature_counts(shape)), "cases": cases}
    path.write_bytes(gzip.compress(json.dumps(content).encode(), mtime=0))


def _self_test(path: Path, shape: NetworkShape) -> dict:
    """A small study with its answer: the loader refuses a runtime that does not reproduce it."""
    batch, genes, experiments = SELF_TEST
    pair, env, glob = integer_inputs(7, batch, genes, experiments, feature_counts(shape))
    edge, ancestor, target = onnx_predictor(path)(pair, env, glob)
    flat = lambda array: [float(value) for value in array.ravel()]  # noqa: E731
    return {
        "genes": genes,
        "experiments": experiments,
        **{name: flat(array) for name, array in (("pair", pair), ("env", env), ("glob", glob))},
        **{name: flat(array) for name, array in (("edge", edge), ("ancestor", ancestor), ("target", target))},
        "tolerance": SELF_TEST_TOLERANCE,
    }


def _summary(evaluation: dict | None) -> dict:
    """The figures of the manifest: all groups without their reliability bins."""
    if evaluation is None:
        return {}
    groups = []
    for group in evaluation["groups"]:
        figures = {kind: {key: value for key, value in group[kind].items() if key != "reliability"} for kind in ("edge", "target")}
        groups.append({"source": group["source"], "family": group["family"], "samples": group["samples"], **figures})
    return {"sources": evaluation["sources"], "groups": groups}


def _read(path: Path) -> dict | None:
    """The JSON of a file, NaN as null; None when there is no file."""
    return json.loads(path.read_text(), parse_constant=lambda _: None) if path.exists() else None


def _write_json(path: Path, content: dict) -> None:
    scratch = path.with_name(f".{path.name}.part")
    scratch.write_text(json.dumps(content, indent=1, allow_nan=False) + "\n")
    scratch.replace(path)
