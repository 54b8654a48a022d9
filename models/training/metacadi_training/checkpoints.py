"""Checkpoints: everything a run needs to continue as if it had never stopped, written by rename, the last two kept."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Mapping

import numpy as np

KEPT = 2


def save_checkpoint(folder: Path, step: int, trees: Mapping[str, Mapping[str, Any]], meta: Mapping[str, Any]) -> Path:
    """`trees`: group -> name -> array (parameters, ema, optimiser); `meta`: JSON (step, elapsed, sampler state, settings)."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {f"{group}/{name}": np.asarray(value) for group, tree in trees.items() for name, value in tree.items()}
    arrays["meta"] = np.frombuffer(json.dumps(meta).encode(), np.uint8)
    path = folder / f"step-{step:08d}.npz"
    scratch = folder / f".{path.name}.part"
    with open(scratch, "wb") as file:
        np.savez(file, **arrays)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
    for old in sorted(folder.glob("step-*.npz"))[:-KEPT]:
        old.unlink()
    return path


def newest_checkpoint(folder: Path) -> Path | None:
    found = sorted(folder.glob("step-*.npz"))
    return found[-1] if found else None


def load_checkpoint(path: Path) -> tuple[dict[str, dict[str, np.ndarray]], dict]:
    trees: dict[str, dict[str, np.ndarray]] = {}
    with np.load(path) as file:
        meta = json.loads(file["meta"].tobytes())
        for key in file.files:
            if key == "meta":
                continue
            group, name = key.split("/", 1)
            trees.setdefault(group, {})[name] = file[key]
    return trees, meta
