"""`evaluate`: how good and how honest the network is, per family and number of samples, on shards it was not trained on."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Iterable, Mapping

import numpy as np

from .metrics import Cells, area_under_roc, reliability, score_cells, sigmoid
from .plots import plot_reliability
from .predictors import Predictor, studies_at_once
from .shards import Shard, ShardFolder

SAMPLE_BUCKETS = ((0, 2, "n 1-2"), (2, 5, "n 3-5"), (5, 15, "n 6-15"), (15, 40, "n 16-40"), (40, 10**9, "n > 40"))
"""upper bound included; by the median number of samples of the experiments of a study"""
LN_SAMPLES_COLUMN, LN_SAMPLES_OFFSET = 1, 2.3
ALL = "all"


def sample_bucket(samples: float) -> str:
    return next(name for low, high, name in SAMPLE_BUCKETS if low < samples + 1e-6 and samples <= high + 1e-3)


class StudyAnswers:
    """Log-odds and labels of the studies of several shard folders, grouped when asked for."""

    def __init__(self) -> None:
        self.rows: list[dict] = []
        self.skipped: dict[str, int] = defaultdict(int)
        """source -> studies without a finite answer, which a NaN among the features causes"""

    def add(self, source: str, family: str, samples: float, edge: Mapping, target: Mapping, experiments: int) -> None:
        self.rows.append({"source": source, "family": family, "bucket": sample_bucket(samples), "edge": edge, "target": target, "experiments": experiments})

    def groups(self) -> dict[tuple[str, str, str], list[dict]]:
        """(source, family, bucket) -> studies, with `all` for sums over families, over buckets and over both."""
        found: dict[tuple[str, str, str], list[dict]] = defaultdict(list)
        for row in self.rows:
            for family in (row["family"], ALL):
                for bucket in (row["bucket"], ALL):
                    found[row["source"], family, bucket].append(row)
        order = [ALL, *(name for _, _, name in SAMPLE_BUCKETS)]
        return dict(sorted(found.items(), key=lambda item: (item[0][0], item[0][1] != ALL, item[0][1], order.index(item[0][2]))))


def off_diagonal(values: np.ndarray) -> np.ndarray:
    """[d, d] -> [d(d-1)], row-major without the diagonal."""
    genes = len(values)
    return values[~np.eye(genes, dtype=bool)]


def answer_shards(predict: Predictor, folders: Iterable[tuple[str, ShardFolder]], most_studies: int | None = None) -> StudyAnswers:
    """Answers for all studies of `folders` (name -> shards), at most `most_studies` a folder, all shapes in turn."""
    answers = StudyAnswers()
    for source, folder in folders:
        share = 1.0 if most_studies is None else min(1.0, most_studies / max(1, folder.studies))
        for shard in folder.shards:
            _answer_shard(predict, answers, source, folder.families, shard, int(np.ceil(shard.studies * share)))
            shard.close()
    return answers


def _answer_shard(predict: Predictor, answers: StudyAnswers, source: str, families: list[str], shard: Shard, studies: int) -> None:
    size = studies_at_once(shard.genes, shard.experiments)
    for start in range(0, studies, size):
        # Whole batches only, so that a shape is compiled once; surplus rows are not counted.
        rows = np.minimum(np.arange(start, start + min(size, studies)), studies - 1)
        batch = shard.batch(rows)
        edge, _, target = predict(batch.pair, batch.env, batch.glob)
        family = shard.array("family")[rows]
        samples = np.median(np.exp(batch.glob[:, :, LN_SAMPLES_COLUMN] + LN_SAMPLES_OFFSET), 1)
        for index in range(min(len(rows), studies - start)):
            if not (np.isfinite(edge[index]).all() and np.isfinite(target[index]).all()):
                answers.skipped[source] += 1
                continue
            answers.add(
                source,
                families[int(family[index])],
                float(samples[index]),
                {"label": off_diagonal(batch.edge[index]), "log_odds": off_diagonal(edge[index])},
                {"label": batch.target[index].ravel(), "log_odds": target[index].ravel()},
                shard.experiments,
            )


def score_group(rows: list[dict]) -> dict:
    result: dict = {}
    for kind in ("edge", "target"):
        cells = Cells.of([row[kind]["label"] for row in rows], [row[kind]["log_odds"] for row in rows])
        result[kind] = score_cells(cells)
        result[kind]["reliability"] = reliability(cells.label, sigmoid(cells.log_odds))
    result["target"].update(_experiment_figures(rows))
    return result


def _experiment_figures(rows: list[dict]) -> dict[str, float]:
    """top-1: the best gene is a target, over experiments with one; and how well P(any target) = 1 - prod(1 - P) tells the others."""
    best, hit, any_target = [], [], []
    for row in rows:
        label = row["target"]["label"].reshape(row["experiments"], -1)
        score = row["target"]["log_odds"].reshape(row["experiments"], -1)
        has = label.any(1)
        hit.append(has)
        best.append(label[np.arange(len(label)), score.argmax(1)][has])
        any_target.append(1 - np.exp(-np.logaddexp(0, score).sum(1)))
    top = np.concatenate(best)
    return {
        "top1": float(top.mean()) if len(top) else float("nan"),
        "anyTargetAuroc": area_under_roc(np.concatenate(hit), np.concatenate(any_target)),
    }


def evaluate(predict: Predictor, folders: list[tuple[str, ShardFolder]], out: Path, most_studies: int | None = None) -> dict:
    """Writes evaluation.json, evaluation.md and reliability-<source>.svg into `out`; returns the JSON."""
    out.mkdir(parents=True, exist_ok=True)
    answers = answer_shards(predict, folders, most_studies)
    groups = {key: score_group(rows) for key, rows in answers.groups().items()}
    result = {
        "format": "metacadi-evaluation",
        "version": 1,
        "sources": {name: {"studies": folder.studies, "skipped": answers.skipped[name], "fingerprint": folder.fingerprint(), "distribution": folder.index.get("distribution"), "seed": folder.index.get("seed")} for name, folder in folders},
        "groups": [{"source": source, "family": family, "samples": bucket, **figures} for (source, family, bucket), figures in groups.items()],
    }
    (out / "evaluation.json").write_text(json.dumps(_rounded(result), indent=1) + "\n")
    (out / "evaluation.md").write_text(evaluation_table(result))
    for name, _ in folders:
        plot_reliability(out / f"reliability-{name}.svg", reliability_panels(result, name))
    return result


def reliability_panels(result: Mapping, source: str) -> dict[str, dict[str, list]]:
    panels: dict[str, dict[str, list]] = {}
    for kind in ("edge", "target"):
        panels[f"{source}: {kind}s"] = {
            group["samples"]: group[kind]["reliability"]
            for group in result["groups"]
            if group["source"] == source and group["family"] == ALL and group["samples"] != ALL
        }
    return panels


COLUMNS = (("auprc", "AUPRC"), ("logLoss", "log loss"), ("calibration", "calibration"), ("realisedFdr", "FDR at 10 %"))


def evaluation_table(result: Mapping) -> str:
    head = ["source", "family", "samples", "studies", *(f"edge {name}" for _, name in COLUMNS), *(f"target {name}" for _, name in COLUMNS), "top-1", "any-target AUROC"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for group in result["groups"]:
        figures = [f"{group[kind][key]:.3f}" for kind in ("edge", "target") for key, _ in COLUMNS]
        figures += [f"{group['target']['top1']:.3f}", f"{group['target']['anyTargetAuroc']:.3f}"]
        lines.append("| " + " | ".join([group["source"], group["family"], group["samples"], str(group["edge"]["studies"]), *figures]) + " |")
    return "\n".join(lines).replace("nan", "–") + "\n"


def _rounded(value, digits: int = 5):
    """JSON has no NaN: missing figures become null."""
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, digits)
    if isinstance(value, dict):
        return {key: _rounded(item, digits) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item, digits) for item in value]
    return value
