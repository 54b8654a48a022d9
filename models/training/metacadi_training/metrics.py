"""Figures of merit. Log-odds and 0/1 labels go in; calibration and false-discovery rates are pooled over studies.

Per-study calibration errors, averaged, are mostly the bias of the estimator (docs/method.md, section 4): never report those.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_PREDICTION = 0.05
"""calibration counts predictions above this: those that a user sees"""
BINS = 10
LIST_RATE = 0.1
"""lists are cut where the estimated false-discovery rate reaches this"""


def sigmoid(log_odds: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(log_odds, -500, 500)))


def average_precision(label: np.ndarray, score: np.ndarray) -> float:
    """Area under the precision-recall curve, by steps; tied scores enter together. NaN without a positive."""
    positives = label.sum()
    if positives == 0:
        return float("nan")
    order = np.argsort(-score, kind="stable")
    label, score = label[order].astype(float), score[order]
    last = np.append(score[1:] != score[:-1], True)
    hits = np.cumsum(label)[last]
    precision = hits / (np.nonzero(last)[0] + 1)
    return float((np.diff(np.concatenate([[0.0], hits])) / positives * precision).sum())


def area_under_roc(label: np.ndarray, score: np.ndarray) -> float:
    """P(a positive scores above a negative), ties count half; NaN without either."""
    from scipy.stats import rankdata

    label = label.astype(bool)
    positives, negatives = int(label.sum()), int((~label).sum())
    if positives == 0 or negatives == 0:
        return float("nan")
    return float((rankdata(score)[label].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def log_loss(label: np.ndarray, log_odds: np.ndarray) -> float:
    """Mean cross-entropy in nats per cell."""
    return float(np.mean(np.maximum(log_odds, 0) - log_odds * label + np.log1p(np.exp(-np.abs(log_odds)))))


def reliability(label: np.ndarray, probability: np.ndarray, least: float = LEAST_PREDICTION) -> list[list[float]]:
    """Bins of equal width over [0, 1] of the predictions above `least`: [mean prediction, observed share, cells]."""
    chosen = probability > least
    label, probability = label[chosen].astype(float), probability[chosen]
    place = np.minimum((probability * BINS).astype(int), BINS - 1)
    rows = []
    for index in range(BINS):
        member = place == index
        if member.any():
            rows.append([float(probability[member].mean()), float(label[member].mean()), int(member.sum())])
    return rows


def calibration_error(label: np.ndarray, probability: np.ndarray) -> float:
    """Mean |prediction - observed share| over the cells above the least prediction, in ten bins; NaN when there is none."""
    rows = reliability(label, probability)
    cells = sum(row[2] for row in rows)
    return float(sum(abs(row[0] - row[1]) * row[2] for row in rows) / cells) if cells else float("nan")


def list_cut(probability: np.ndarray, rate: float = LIST_RATE) -> np.ndarray:
    """Indices of the longest list, best first, whose estimated false-discovery rate mean(1 - P) is at most `rate`."""
    order = np.argsort(-probability, kind="stable")
    estimated = np.cumsum(1 - probability[order]) / np.arange(1, len(order) + 1)
    return order[: int((estimated <= rate).sum())]


@dataclass
class Cells:
    """Log-odds and labels of the cells of many studies of one group; `bounds` [studies+1] are the offsets of the studies."""

    label: np.ndarray
    log_odds: np.ndarray
    bounds: np.ndarray

    @classmethod
    def of(cls, labels: list[np.ndarray], log_odds: list[np.ndarray]) -> "Cells":
        bounds = np.cumsum([0] + [len(item) for item in labels])
        return cls(np.concatenate(labels).astype(np.uint8), np.concatenate(log_odds).astype(np.float64), bounds)

    def studies(self):
        for start, stop in zip(self.bounds[:-1], self.bounds[1:]):
            yield self.label[start:stop], self.log_odds[start:stop]


def score_cells(cells: Cells) -> dict[str, float]:
    """Mean AUPRC over studies with a positive; pooled log loss, calibration, realised false-discovery rate and recall of lists."""
    probability = sigmoid(cells.log_odds)
    precision = [average_precision(label, score) for label, score in cells.studies()]
    with_positive = [value for value in precision if not np.isnan(value)]
    listed = false = 0
    for start, stop in zip(cells.bounds[:-1], cells.bounds[1:]):
        chosen = list_cut(probability[start:stop])
        listed += len(chosen)
        false += int(len(chosen) - cells.label[start:stop][chosen].sum())
    positives = int(cells.label.sum())
    return {
        "studies": len(cells.bounds) - 1,
        "auprc": float(np.mean(with_positive)) if with_positive else float("nan"),
        "auprcError": float(np.std(with_positive) / np.sqrt(len(with_positive))) if with_positive else float("nan"),
        "logLoss": log_loss(cells.label, cells.log_odds),
        "calibration": calibration_error(cells.label, probability),
        "realisedFdr": false / listed if listed else float("nan"),
        "recallOfLists": (listed - false) / positives if positives else float("nan"),
    }
