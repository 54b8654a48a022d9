"""Small shard folders of random content, in the format of `metacadi simulate --shards`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

COUNTS = {"pairFeatures": 4, "experimentFeatures": 3, "globalFeatures": 5}


def random_study_arrays(rng: np.random.Generator, studies: int, genes: int, experiments: int) -> dict[str, np.ndarray]:
    edge = np.triu(rng.random((studies, genes, genes)) < 0.3, 1)
    reach = edge.copy()
    for _ in range(genes):
        reach |= (reach.astype(int) @ edge.astype(int)) > 0
    return {
        "pair": rng.normal(size=(studies, genes, genes, COUNTS["pairFeatures"])).astype("<f2"),
        "env": rng.normal(size=(studies, experiments, genes, COUNTS["experimentFeatures"])).astype("<f2"),
        "glob": rng.normal(size=(studies, experiments, COUNTS["globalFeatures"])).astype("<f4"),
        "edge": edge.astype(np.uint8),
        "ancestor": reach.astype(np.uint8),
        "target": (rng.random((studies, experiments, genes)) < 0.2).astype(np.uint8),
        "family": rng.integers(0, 2, studies).astype(np.uint8),
        "samples": np.tile(np.array([[50, 80]], "<i4"), (studies, 1)),
    }


def write_shard(folder: Path, name: str, arrays: dict[str, np.ndarray]) -> dict:
    """Writes one shard file; returns its entry of the index."""
    names = {"<f2": "f16", "<f4": "f32", "|u1": "u8", "<i4": "i32"}
    sections, blob = {}, b""
    for key, array in arrays.items():
        blob += b"\0" * (-len(blob) % 64)
        sections[key] = {"offset": len(blob), "dtype": names[array.dtype.str], "shape": list(array.shape)}
        blob += array.tobytes()
    (folder / name).write_bytes(blob)
    studies, genes = arrays["edge"].shape[:2]
    return {
        "file": name,
        "genes": genes,
        "experiments": arrays["target"].shape[1],
        "studies": studies,
        "sha256": hashlib.sha256(blob).hexdigest(),
        "sections": sections,
    }


def write_index(folder: Path, entries: list[dict], **changes: object) -> None:
    index = {
        "format": "metacadi-shards",
        "version": 1,
        "featureVersion": 1,
        "simulator": 1,
        "seed": 1,
        "distribution": "training",
        **{key: [f"{key}{index}" for index in range(count)] for key, count in COUNTS.items()},
        "families": ["linear-gaussian", "sigmoid"],
        "shards": entries,
        **changes,
    }
    scratch = folder / ".index.part"
    scratch.write_text(json.dumps(index))
    scratch.replace(folder / "index.json")


def make_folder(folder: Path, shapes=((3, 2), (4, 3)), studies: int = 12, seed: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    entries = [
        write_shard(folder, f"shard-{index:05d}-d{d}-k{k}.bin", random_study_arrays(rng, studies, d, k))
        for index, (d, k) in enumerate(shapes)
    ]
    write_index(folder, entries)
    return folder
