"""Which studies come next: seeded, resumable, and open to shards that appear while the training runs.

A batch is one slice of one shard (hence one shape). Every shard is walked through in a fresh random order in each pass;
among the shards that are behind (fewest passes), one is drawn in proportion to the studies left. New shards start at
the lowest pass in use, so they are mixed in and not crammed.

Genes need no random relabelling: the network is equivariant to it (tests/test_network.py), so a relabelled study has
the same loss and the same gradient.
"""

from __future__ import annotations

import zlib

import numpy as np

from .shards import Batch, Shard, ShardFolder


class BatchSampler:
    def __init__(self, folder: ShardFolder, seed: int, elements: int) -> None:
        self.folder = folder
        self.seed = seed
        self.elements = elements
        self.rng = np.random.default_rng([seed, 1])
        self.position: dict[str, list[int]] = {}
        """file -> [pass, studies used in this pass]"""

    def batch_size(self, shard: Shard) -> int:
        """Studies whose pair and experiment cells together make about `elements`; at least 2."""
        cells = shard.genes * (shard.genes + shard.experiments)
        return max(2, min(shard.studies, self.elements // cells))

    def next(self) -> tuple[Shard, np.ndarray, Batch]:
        """The shard, the rows of it, and what they hold."""
        usable = [shard for shard in self.folder.shards if shard.studies >= 2]
        first = min((self.position[shard.name][0] for shard in usable if shard.name in self.position), default=0)
        for shard in usable:
            self.position.setdefault(shard.name, [first, 0])
        behind = min(self.position[shard.name][0] for shard in usable)
        open_shards = [shard for shard in usable if self.position[shard.name][0] == behind]
        left = np.array([shard.studies - self.position[shard.name][1] for shard in open_shards], float)
        shard = open_shards[int(self.rng.choice(len(open_shards), p=left / left.sum()))]
        size = self.batch_size(shard)
        number, used = self.position[shard.name]
        rows = self._order(shard, number)[used : used + size]
        if used + 2 * size > shard.studies:
            self.position[shard.name] = [number + 1, 0]
        else:
            self.position[shard.name] = [number, used + size]
        rows = np.sort(rows)
        return shard, rows, shard.batch(rows)

    def _order(self, shard: Shard, number: int) -> np.ndarray:
        rng = np.random.default_rng([self.seed, 2, zlib.crc32(shard.name.encode()), number])
        return rng.permutation(shard.studies)

    def state(self) -> dict:
        return {"rng": self.rng.bit_generator.state, "position": self.position}

    def restore(self, state: dict) -> None:
        self.rng.bit_generator.state = state["rng"]
        self.position = {name: list(value) for name, value in state["position"].items()}
