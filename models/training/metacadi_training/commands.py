"""The commands: their options, and what they call. JAX is imported only by those that need it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from .shards import ShardFolder
from .trees import TreeSettings


@dataclass(frozen=True)
class Command:
    name: str
    help: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], None]


def _train_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shards", required=True, help="folder that `metacadi simulate --shards` fills (it may still be running)")
    parser.add_argument("--out", required=True, help="run folder")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--minutes", type=float, help="length of the run, over all resumes (default 60)")
    budget.add_argument("--steps", type=int, help="length of the run in steps instead")
    parser.add_argument("--resume", action="store_true", help="continue from the newest checkpoint in the run folder, if there is one")
    parser.add_argument("--start", help="run folder whose weights this run begins with, to train on after the studies have changed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--elements", type=int, default=6000, help="pair and experiment cells of a batch; more on a GPU")
    parser.add_argument("--channels", type=int, default=32)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--checkpoint-minutes", type=float, default=3)
    parser.add_argument("--cache", help="folder of compiled steps (default: in the run folder)")


def _train(options: argparse.Namespace) -> None:
    from .training import Trainer, TrainingSettings

    minutes = 60.0 if options.minutes is None and options.steps is None else options.minutes
    fields = ("shards", "out", "steps", "seed", "rate", "elements", "channels", "hidden", "layers", "checkpoint_minutes", "cache", "start")
    settings = TrainingSettings(minutes=minutes, **{name: getattr(options, name) for name in fields})
    Trainer(settings, options.resume).run()


def _evaluate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", required=True, type=Path, help="metacadi.onnx, a model folder or a run folder")
    parser.add_argument("--shards", required=True, nargs="+", help="NAME=DIR or DIR: shards of other seeds, shards of held-out families")
    parser.add_argument("--out", required=True, type=Path, help="folder for evaluation.json, evaluation.md and figures")
    parser.add_argument("--studies", type=int, help="at most about so many studies of each folder")


def _evaluate(options: argparse.Namespace) -> None:
    from .evaluation import evaluate, evaluation_table
    from .predictors import load_predictor

    folders = []
    for text in options.shards:
        name, _, folder = text.rpartition("=")
        folders.append((name or Path(folder).name, ShardFolder(folder)))
    print(evaluation_table(evaluate(load_predictor(options.model), folders, options.out, options.studies)))


def _audit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", required=True, type=Path, help="metacadi.onnx, a model folder or a run folder")
    parser.add_argument("--shards", required=True, help="shards of `metacadi simulate --distribution audit`")
    parser.add_argument("--out", required=True, type=Path, help="folder for audit.json and audit.md")


def _audit(options: argparse.Namespace) -> None:
    from .audit import audit, audit_table
    from .predictors import load_predictor

    print(audit_table(audit(load_predictor(options.model), ShardFolder(options.shards), options.out)))


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", dest="run_folder", required=True, type=Path, help="run folder of `train`")
    parser.add_argument("--out", required=True, type=Path, help="model folder, for example models/metacadi")
    parser.add_argument("--evaluation", type=Path, help="folder that `evaluate` wrote: its figures go into the manifest and the card")
    parser.add_argument("--audit", type=Path, help="folder that `audit` wrote")
    parser.add_argument("--fixture", type=Path, help="also write the parity fixture of the TypeScript tests to this file (.json.gz)")


def _export(options: argparse.Namespace) -> None:
    from .export import export

    manifest = export(options.run_folder, options.out, options.fixture, options.evaluation, options.audit)
    parity = manifest["parity"]
    print(f"{options.out / manifest['file']}: {manifest['bytes']} bytes, sha256 {manifest['sha256']}")
    print(f"largest difference from JAX over {parity['shapes']} shapes: {parity['largestDifference']:.2e}")


def _combiner_options(parser: argparse.ArgumentParser) -> None:
    defaults = TreeSettings()
    parser.add_argument("--cells", required=True, nargs="+", type=Path, help="folders of cells that the engine wrote")
    parser.add_argument("--model-dir", required=True, type=Path, help="model folder of `export`")
    parser.add_argument("--trees", type=int, default=defaults.trees)
    parser.add_argument("--leaves", type=int, default=defaults.leaves)
    parser.add_argument("--rate", type=float, default=defaults.rate)
    parser.add_argument("--folds", type=int, default=defaults.folds, help="of the cross-validation over whole studies")


def _fit_combiner(options: argparse.Namespace) -> None:
    from .combiner import fit_combiner

    settings = TreeSettings(trees=options.trees, leaves=options.leaves, rate=options.rate, folds=options.folds)
    fit_combiner(options.cells, options.model_dir, settings)
    print((options.model_dir / "combiner-report.md").read_text())


COMMANDS = (
    Command("train", "Train the network on shards; resumable.", _train_options, _train),
    Command("evaluate", "Accuracy and calibration per family and number of samples.", _evaluate_options, _evaluate),
    Command("audit", "Orientation audit: reversible edges must not be oriented.", _audit_options, _audit),
    Command("export", "Write the model folder: ONNX file, manifest, model card.", _export_options, _export),
    Command("fit-combiner", "Fit how network and closed form are pooled, and add it to the model folder.", _combiner_options, _fit_combiner),
)
