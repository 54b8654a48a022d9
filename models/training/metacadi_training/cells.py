"""Reader of cell files: the inputs of the combiner for every cell of many studies, written by the TypeScript engine.

`DIR/cells.json` (written last; its presence means that the folder is complete):

    format "metacadi-cells" · version 1 · featureVersion · model (sha256 of the network that answered)
    families [names] · heldOut [bool per family: the network never saw it]
    studies { family, genes, experiments, controlSamples, samples, conditions }   parallel arrays, S entries; samples = median n_k;
        conditions = what all studies of a folder of shards have in common ("plain weak"), "" = the mix of training
    target { rows, names } · edge { rows, names } · quantities [names, Q]

Binary files beside it, raw little-endian, row-major:

    target.f32 [rows, names] · targetLabel.u8 [rows] · targetStudy.i32 [rows]      all K·d cells of a study
    edge.f32 [rows, names] · edgeLabel.u8 [rows] · edgeStudy.i32 [rows]            without the diagonal, row = cause
    quantities.f32 [S, Q]                                                          study-level numbers

Column 0 of both tables is `closed`, column 1 `network`: the log-odds of the two parts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .shards import FEATURE_VERSION

KINDS = ("target", "edge")
CLOSED, NETWORK = 0, 1


class CellsError(Exception):
    """A folder of cells that cannot be used; the text says what to do."""


@dataclass
class CellTable:
    """The cells of one kind over all studies; `study` is sorted."""

    names: list[str]
    features: np.ndarray
    label: np.ndarray
    study: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        """Mean of the two log-odds: the answer that the combiner has to beat."""
        return (self.features[:, CLOSED].astype(np.float64) + self.features[:, NETWORK]) / 2

    def column(self, name: str) -> np.ndarray | None:
        return self.features[:, self.names.index(name)].astype(np.float64) if name in self.names else None


@dataclass
class CellStudies:
    model: str
    family: np.ndarray
    """[S] names"""
    held_out: np.ndarray
    """[S] the network never saw the family"""
    genes: np.ndarray
    samples: np.ndarray
    conditions: np.ndarray
    """[S] "" for the mix of training; "plain" without any nuisance; "weak" with weak actions only, "shift" with shifts only"""
    quantities: dict[str, np.ndarray]
    tables: dict[str, CellTable]

    @property
    def count(self) -> int:
        return len(self.family)


def read_cells(folders: list[Path]) -> CellStudies:
    parts = [_read_folder(folder) for folder in folders]
    first = parts[0]
    for folder, part in zip(folders[1:], parts[1:]):
        if part.model != first.model:
            raise CellsError(f"{folder}: written with another network than {folders[0]}; write both with the same model")
        if any(part.tables[kind].names != first.tables[kind].names for kind in KINDS) or list(part.quantities) != list(first.quantities):
            raise CellsError(f"{folder}: other columns than {folders[0]}; write both with the same version")
    offsets = np.cumsum([0] + [part.count for part in parts])
    tables = {}
    for kind in KINDS:
        own = [part.tables[kind] for part in parts]
        tables[kind] = CellTable(
            own[0].names,
            np.concatenate([table.features for table in own]),
            np.concatenate([table.label for table in own]),
            np.concatenate([table.study + offset for table, offset in zip(own, offsets)]),
        )
    join = lambda name: np.concatenate([getattr(part, name) for part in parts])  # noqa: E731
    quantities = {name: np.concatenate([part.quantities[name] for part in parts]) for name in first.quantities}
    return CellStudies(first.model, join("family"), join("held_out"), join("genes"), join("samples"), join("conditions"), quantities, tables)


def _read_folder(folder: Path) -> CellStudies:
    path = folder / "cells.json"
    if not path.exists():
        raise CellsError(f"{path} is not there: no cells, or not all written yet")
    head = json.loads(path.read_text())
    if head.get("format") != "metacadi-cells" or head.get("version") != 1 or head.get("featureVersion") != FEATURE_VERSION:
        raise CellsError(f"{path}: not cells of version 1 with feature version {FEATURE_VERSION}")
    studies = head["studies"]
    family = np.array(studies["family"], int)
    count = len(family)
    tables = {}
    for kind in KINDS:
        rows, names = head[kind]["rows"], head[kind]["names"]
        if names[:2] != ["closed", "network"]:
            raise CellsError(f"{path}: columns 0 and 1 of {kind} must be closed and network, they are {names[:2]}")
        features = _read_array(folder / f"{kind}.f32", "<f4", (rows, len(names)))
        label = _read_array(folder / f"{kind}Label.u8", "u1", (rows,))
        study = _read_array(folder / f"{kind}Study.i32", "<i4", (rows,))
        if not np.isfinite(features).all():
            bad = names[int(np.argwhere(~np.isfinite(features))[0, 1])]
            raise CellsError(f"{folder / f'{kind}.f32'}: a value of {bad} is not finite")
        if rows and (study.min() < 0 or study.max() >= count or (np.diff(study) < 0).any()):
            raise CellsError(f"{folder / f'{kind}Study.i32'}: studies must be numbered 0 to {count - 1}, in order")
        tables[kind] = CellTable(names, features, label, study.astype(np.int64))
    names = head.get("quantities", [])
    values = _read_array(folder / "quantities.f32", "<f4", (count, len(names))) if names else np.empty((count, 0))
    return CellStudies(
        head["model"],
        np.array(head["families"], dtype=object)[family],
        np.array(head["heldOut"], bool)[family],
        np.array(studies["genes"], int),
        np.array(studies["samples"], float),
        np.array(studies.get("conditions", [""] * count), dtype=object),
        {name: values[:, index] for index, name in enumerate(names)},
        tables,
    )


def _read_array(path: Path, dtype: str, shape: tuple[int, ...]) -> np.ndarray:
    values = np.fromfile(path, dtype)
    if values.size != int(np.prod(shape)):
        raise CellsError(f"{path}: holds {values.size} values, cells.json says {shape}")
    return values.reshape(shape)
