"""`train`: from shards to a run folder, resumable, with progress, curves and a run card.

Run folder: `settings.json` (fixed at the start), `progress.jsonl` (one line every few seconds), `checkpoints/`,
`parameters.npz` (the running mean, what is exported), `run-card.json`, `run-card.md`, `curves.svg`, `xla-cache/`.
"""

from __future__ import annotations

import json
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

import jax
import numpy as np

from .batches import BatchSampler
from .checkpoints import load_checkpoint, newest_checkpoint, save_checkpoint
from .loss import honest_labels
from .network import NetworkShape, Parameters, initial_parameters, parameter_count
from .optimiser import flatten_state, learning_rate, make_optimiser, make_step, mean_decay, restore_state
from .run_card import write_run_card
from .shards import ShardError, ShardFolder

LOSS_NAMES = ("edge", "ancestor", "target")


@dataclass(frozen=True)
class TrainingSettings:
    shards: str
    out: str
    minutes: float | None
    steps: int | None
    seed: int = 0
    rate: float = 2e-3
    elements: int = 6000
    """pair and experiment cells of a batch"""
    channels: int = 32
    hidden: int = 64
    layers: int = 4
    checkpoint_minutes: float = 3.0
    report_seconds: float = 20.0
    cache: str | None = None
    start: str | None = None
    """a run folder whose weights this run begins with"""


@dataclass
class Progress:
    step: int = 0
    studies: int = 0
    seconds: float = 0.0


def use_compilation_cache(folder: Path) -> None:
    """Compiled steps survive the process: a resumed run starts at once."""
    jax.config.update("jax_compilation_cache_dir", str(folder.resolve()))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 1.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


class Trainer:
    def __init__(self, settings: TrainingSettings, resume: bool) -> None:
        self.settings = settings
        self.out = Path(settings.out)
        self.folder = ShardFolder(settings.shards)
        if not self.folder.shards:
            raise ShardError(f"{settings.shards} lists no shard yet; wait until the generator has finished one")
        names = self.folder.feature_names()
        self.shape = NetworkShape(
            pair_features=len(names["pairFeatures"]),
            experiment_features=len(names["experimentFeatures"]),
            global_features=len(names["globalFeatures"]),
            channels=settings.channels,
            hidden=settings.hidden,
            layers=settings.layers,
        )
        linear = [index for index, name in enumerate(self.folder.families) if name.startswith("linear-gaussian")]
        self.linear_families = np.array(linear, np.int64)
        self.sampler = BatchSampler(self.folder, settings.seed, settings.elements)
        self.optimiser = make_optimiser()
        self.take_step = make_step(self.shape, self.optimiser)
        self.progress = Progress()
        self.parameters = jax.tree.map(jax.numpy.asarray, initial_parameters(self.shape, settings.seed))
        if settings.start:
            self._start_from(Path(settings.start))
        self.ema = jax.tree.map(jax.numpy.array, self.parameters)
        self.state = self.optimiser.init(self.parameters)
        self.stopped = False
        self.out.mkdir(parents=True, exist_ok=True)
        checkpoint = newest_checkpoint(self.out / "checkpoints") if resume else None
        if checkpoint is not None:
            self._restore(checkpoint)
        elif newest_checkpoint(self.out / "checkpoints") is not None:
            raise ShardError(f"{self.out} holds a run already; continue it with --resume or choose another folder")

    def run(self, stop_at: int | None = None) -> None:
        """To the end of the budget, or to step `stop_at`, as if interrupted there."""
        settings = self.settings
        use_compilation_cache(Path(settings.cache) if settings.cache else self.out / "xla-cache")
        (self.out / "settings.json").write_text(
            json.dumps({**asdict(settings), "network": self.shape.as_json(), "features": self.folder.feature_names()}, indent=1)
        )
        handlers = {name: signal.signal(name, self._stop) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            self._loop(stop_at)
        finally:
            for name, handler in handlers.items():
                signal.signal(name, handler)
        self.save()
        self.finish()

    def _loop(self, stop_at: int | None) -> None:
        settings = self.settings
        count = parameter_count(self.parameters)
        print(f"{count} parameters, {self.folder.studies} studies in {len(self.folder.shards)} shards, {jax.devices()[0].device_kind}", flush=True)
        begin = time.monotonic() - self.progress.seconds
        reported = saved = self.progress.seconds
        window: list[np.ndarray] = []
        pending: list[tuple[jax.Array, int, int]] = []
        window_start = (self.progress.seconds, self.progress.studies)
        with open(self.out / "progress.jsonl", "a") as log:
            while not self.stopped:
                share = self._share()
                if share >= 1 or self.progress.step == stop_at:
                    break
                rate = learning_rate(settings.rate, self.progress.step, share)
                pending.append(self._one_step(rate))
                self.progress.seconds = time.monotonic() - begin
                if len(pending) > 1:  # one step in flight: the next batch is read while the last one is computed
                    window.append(self._settled(pending.pop(0)))
                if self.progress.seconds - reported >= settings.report_seconds and window:
                    reported = self.progress.seconds
                    self._report(log, window, window_start, rate, share)
                    window_start = (self.progress.seconds, self.progress.studies)
                    window.clear()
                    self.folder.refresh()
                if self.progress.seconds - saved >= settings.checkpoint_minutes * 60:
                    saved = self.progress.seconds
                    self.save()
            window.extend(self._settled(item) for item in pending)
            if window:
                self._report(log, window, window_start, 0.0, self._share())

    def _one_step(self, rate: float) -> tuple[jax.Array, int, int]:
        shard, batch, edge = self._next_batch()
        arrays = {"pair": batch.pair, "env": batch.env, "glob": batch.glob, "edge": edge, "ancestor": batch.ancestor, "target": batch.target}
        decay = mean_decay(self.progress.step)
        self.parameters, self.ema, self.state, losses = self.take_step(
            self.parameters, self.ema, self.state, arrays, np.float32(rate), np.float32(decay)
        )
        self.progress.step += 1
        self.progress.studies += batch.studies
        return losses, batch.studies, shard.genes

    def _next_batch(self):
        shard, rows, batch = self.sampler.next()
        unidentifiable = np.isin(shard.array("family")[rows], self.linear_families)
        return shard, batch, honest_labels(batch.edge, batch.target, unidentifiable)

    @staticmethod
    def _settled(item: tuple[jax.Array, int, int]) -> np.ndarray:
        losses, studies, genes = item
        return np.array([*np.asarray(losses), studies, genes], float)

    def _share(self) -> float:
        """Share of the planned budget that is used, 0 to 1."""
        if self.settings.steps is not None:
            return self.progress.step / self.settings.steps
        assert self.settings.minutes is not None
        return self.progress.seconds / 60 / self.settings.minutes

    def _report(self, log, window: list[np.ndarray], start: tuple[float, int], rate: float, share: float) -> None:
        rows = np.array(window)
        finite = np.isfinite(rows).all(1)
        skipped, rows = int((~finite).sum()), rows[finite]
        if len(rows) == 0:
            print(f"step {self.progress.step}: no finite loss in {skipped} batches; check the shards for NaN", flush=True)
            return
        # Per gene, so that batches of different shapes can be averaged: the mean loss of a cell falls as 1/d.
        losses = (rows[:, :3] * rows[:, 4:5] * rows[:, 3:4]).sum(0) / rows[:, 3].sum()
        seconds = self.progress.seconds
        speed = (self.progress.studies - start[1]) / max(1e-9, seconds - start[0])
        left = seconds / share * (1 - share) if share > 0 else float("nan")
        line = {
            "step": self.progress.step,
            "minutes": round(seconds / 60, 3),
            "studies": self.progress.studies,
            "studiesPerSecond": round(speed, 2),
            "rate": rate,
            "skippedBatches": skipped,
            **{name: round(float(value), 5) for name, value in zip(LOSS_NAMES, losses)},
        }
        log.write(json.dumps(line) + "\n")
        log.flush()
        text = " ".join(f"{name} {value:.4f}" for name, value in zip(LOSS_NAMES, losses))
        print(f"{share:6.1%} step {self.progress.step} {speed:6.1f} studies/s  {text}  {left / 60:.0f} min left{f'  {skipped} batches skipped: not finite' if skipped else ''}", flush=True)

    def save(self) -> Path:
        trees = {"parameters": self.parameters, "ema": self.ema, "optimiser": flatten_state(self.state)}
        meta = {"progress": asdict(self.progress), "sampler": self.sampler.state(), "network": self.shape.as_json()}
        return save_checkpoint(self.out / "checkpoints", self.progress.step, trees, meta)

    def finish(self) -> None:
        save_parameters(self.out / "parameters.npz", self.ema)
        write_run_card(self.out, self.settings, self.shape, self.folder, asdict(self.progress), complete=self._share() >= 1)

    def _start_from(self, run: Path) -> None:
        """Begins with the running mean of another run's weights; optimiser, schedule and studies are this run's own."""
        parameters, shape = load_run(run)
        if shape != self.shape:
            raise ShardError(f"{run} is of a network of another shape {shape.as_json()}; give --channels, --hidden and --layers as it was")
        self.parameters = jax.tree.map(jax.numpy.asarray, parameters)

    def _restore(self, path: Path) -> None:
        trees, meta = load_checkpoint(path)
        if meta["network"] != self.shape.as_json():
            raise ShardError(f"{path} is of a network of another shape {meta['network']}; use the settings it was begun with")
        self.parameters = jax.tree.map(jax.numpy.asarray, trees["parameters"])
        self.ema = jax.tree.map(jax.numpy.asarray, trees["ema"])
        self.state = restore_state(self.state, trees["optimiser"])
        self.progress = Progress(**meta["progress"])
        self.sampler.restore(meta["sampler"])

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped = True


def save_parameters(path: Path, parameters: Parameters) -> None:
    scratch = path.with_name(f".{path.name}.part")
    with open(scratch, "wb") as file:
        np.savez(file, **{name: np.asarray(value) for name, value in parameters.items()})
    scratch.replace(path)


def load_run(folder: Path) -> tuple[Parameters, NetworkShape]:
    """The exported weights of a run: `parameters.npz`, else the running mean of its newest checkpoint."""
    settings = json.loads((folder / "settings.json").read_text())
    shape = NetworkShape(**settings["network"])
    finished = folder / "parameters.npz"
    checkpoint = newest_checkpoint(folder / "checkpoints")
    if checkpoint is not None and (not finished.exists() or checkpoint.stat().st_mtime > finished.stat().st_mtime):
        return load_checkpoint(checkpoint)[0]["ema"], shape
    if not finished.exists():
        raise ShardError(f"{folder} holds neither parameters.npz nor a checkpoint; run `train` first")
    with np.load(finished) as file:
        return {name: file[name] for name in file.files}, shape
