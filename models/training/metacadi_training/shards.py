"""Reader of the shards that `metacadi simulate --shards DIR` writes: memory-mapped, checked once, never held in memory.

`DIR/index.json` lists the shards; every shard file holds little-endian sections (offset, dtype, shape in the index), all
studies of a shard have the same genes d and experiments K:

    pair f16 [B,d,d,P] (row = cause) · env f16 [B,K,d,E] · glob f32 [B,K,G]
    edge u8 [B,d,d] · ancestor u8 [B,d,d] · target u8 [B,K,d]      0/1
    family u8 [B] (index into `families`) · samples i32 [B,2] (control samples, all samples)
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FEATURE_VERSION = 1
DTYPES = {"f16": "<f2", "f32": "<f4", "u8": "u1", "i32": "<i4"}
REQUIRED = ("pair", "env", "glob", "edge", "ancestor", "target", "family", "samples")


class ShardError(Exception):
    """A folder, index or file that is not what the trainer can read; the text says what to do."""


@dataclass(frozen=True)
class Batch:
    """Studies of one shape as float32/float32/float32 features and float32 labels; row = cause."""

    pair: np.ndarray
    env: np.ndarray
    glob: np.ndarray
    edge: np.ndarray
    ancestor: np.ndarray
    target: np.ndarray

    @property
    def studies(self) -> int:
        return int(self.pair.shape[0])


class Shard:
    def __init__(self, folder: Path, entry: dict) -> None:
        self.path = folder / entry["file"]
        self.name: str = entry["file"]
        self.sha256: str = entry["sha256"]
        self.genes = int(entry["genes"])
        self.experiments = int(entry["experiments"])
        self.studies = int(entry["studies"])
        self._sections: dict = entry["sections"]
        self._arrays: dict[str, np.ndarray] | None = None
        missing = [name for name in REQUIRED if name not in self._sections]
        if missing:
            raise ShardError(f"{self.path}: sections {missing} are missing; write the shards again with this version")

    def array(self, name: str) -> np.ndarray:
        """A section as a read-only view of the file, whose checksum is verified at the first use."""
        if self._arrays is None:
            self._arrays = self._open()
        if name not in self._arrays:
            raise ShardError(f"{self.path}: there is no section {name}")
        return self._arrays[name]

    def has(self, name: str) -> bool:
        return name in self._sections

    def close(self) -> None:
        self._arrays = None

    def _open(self) -> dict[str, np.ndarray]:
        if not self.path.exists():
            raise ShardError(f"{self.path} is listed in index.json but not there; run `metacadi simulate` again")
        with open(self.path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != self.sha256:
            raise ShardError(f"{self.path}: checksum differs from index.json; delete the file and run `metacadi simulate` again")
        data = np.memmap(self.path, np.uint8, "r")
        arrays: dict[str, np.ndarray] = {}
        for name, section in self._sections.items():
            dtype = np.dtype(DTYPES[section["dtype"]])
            shape = tuple(section["shape"])
            start = section["offset"]
            stop = start + dtype.itemsize * int(np.prod(shape))
            if stop > data.size or shape[0] != self.studies:
                raise ShardError(f"{self.path}: section {name} does not fit the file; write the shards again")
            arrays[name] = data[start:stop].view(dtype).reshape(shape)
        return arrays

    def batch(self, rows: np.ndarray) -> Batch:
        """The studies `rows` (indices into this shard) as float32."""
        take = lambda name: np.ascontiguousarray(self.array(name)[rows], dtype=np.float32)  # noqa: E731
        return Batch(*(take(name) for name in ("pair", "env", "glob", "edge", "ancestor", "target")))


class ShardFolder:
    """The shards of one folder. `refresh` picks up those that a running generator has finished since."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.shards: list[Shard] = []
        self._known: set[str] = set()
        self._stamp: tuple[int, int] | None = None
        self.index: dict = {}
        self.refresh()

    def refresh(self) -> bool:
        """Reads index.json again when it changed; true when shards were added."""
        path = self.folder / "index.json"
        try:
            status = path.stat()
        except FileNotFoundError:
            raise ShardError(f"{path} is not there; make shards with `metacadi simulate --shards {self.folder}`") from None
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp == self._stamp:
            return False
        try:
            index = json.loads(path.read_text())
        except json.JSONDecodeError:
            if self._stamp is None:
                raise ShardError(f"{path} is not valid JSON") from None
            return False
        self._stamp = stamp
        if index.get("format") != "metacadi-shards" or index.get("version") != 1:
            raise ShardError(f"{path}: not a shard index of version 1")
        if index.get("featureVersion") != FEATURE_VERSION:
            raise ShardError(f"{path}: feature version {index.get('featureVersion')}, this trainer reads {FEATURE_VERSION}")
        self.index = index
        added = [entry for entry in index["shards"] if entry["file"] not in self._known]
        for entry in added:
            self._known.add(entry["file"])
            self.shards.append(Shard(self.folder, entry))
        return bool(added)

    @property
    def families(self) -> list[str]:
        return list(self.index["families"])

    @property
    def studies(self) -> int:
        return sum(shard.studies for shard in self.shards)

    def shapes(self) -> list[tuple[int, int]]:
        return sorted({(shard.genes, shard.experiments) for shard in self.shards})

    def feature_names(self) -> dict[str, list[str]]:
        return {key: list(self.index[key]) for key in ("pairFeatures", "experimentFeatures", "globalFeatures")}

    def fingerprint(self) -> str:
        """One hash over the checksums of all shards in use, sorted by file name."""
        digest = hashlib.sha256()
        for shard in sorted(self.shards, key=lambda item: item.name):
            digest.update(f"{shard.name} {shard.sha256}\n".encode())
        return digest.hexdigest()
