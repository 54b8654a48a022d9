"""The figures of the run card, the evaluation and the model card, as SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping, Sequence

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

plt.rcParams.update({"svg.hashsalt": "metacadi", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]
"""Okabe & Ito: told apart by colour-blind readers"""


def _save(figure: plt.Figure, path: Path) -> None:
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)


def plot_curves(path: Path, lines: Sequence[Mapping[str, float]]) -> None:
    """Losses per gene and the learning rate against the number of studies seen."""
    figure, axes = plt.subplots(1, 2, figsize=(8, 3))
    studies = [line["studies"] for line in lines]
    for colour, name in zip(COLOURS, ("edge", "ancestor", "target")):
        axes[0].plot(studies, [line[name] for line in lines], color=colour, label=name, linewidth=1)
    axes[0].set(xlabel="studies", ylabel="cross-entropy, nats per gene", yscale="log")
    axes[0].legend(frameon=False)
    axes[1].plot(studies, [line["rate"] for line in lines], color=COLOURS[0], linewidth=1)
    axes[1].set(xlabel="studies", ylabel="learning rate")
    _save(figure, path)


def plot_reliability(path: Path, curves: Mapping[str, Mapping[str, Sequence[Sequence[float]]]]) -> None:
    """Reliability: `curves[panel][label]` = bins of (mean prediction, observed share, cells)."""
    figure, axes = plt.subplots(1, len(curves), figsize=(3.6 * len(curves), 3.4), squeeze=False)
    for axis, (title, panel) in zip(axes[0], curves.items()):
        axis.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle="--")
        for colour, (label, bins) in zip(COLOURS, panel.items()):
            axis.plot([row[0] for row in bins], [row[1] for row in bins], "o-", color=colour, label=label, markersize=3, linewidth=1)
        axis.set(title=title, xlabel="estimated probability", ylabel="observed share", xlim=(0, 1), ylim=(0, 1))
        axis.legend(frameon=False, fontsize=8)
    _save(figure, path)
