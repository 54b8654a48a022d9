"""MODEL_CARD.md: a template with every figure filled in from the JSON of the commands, never typed by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from string import Template
from typing import Mapping

from .audit import audit_table
from .evaluation import ALL
from .run_card import start_text

TEMPLATE = Path(__file__).with_name("model-card-template.md")
FIGURES = "figures"


def write_model_card(out: Path, manifest: Mapping, run: Path | None, evaluation: Path | None) -> None:
    """Copies the figures beside the card and fills the template. With `run` and `evaluation` None the figures there are kept."""
    figures = out / FIGURES
    figures.mkdir(exist_ok=True)
    if run is not None and (run / "curves.svg").exists():
        shutil.copyfile(run / "curves.svg", figures / "training.svg")
    if evaluation is not None:
        for path in sorted(evaluation.glob("reliability-*.svg")):
            shutil.copyfile(path, figures / path.name)
    training = manifest["training"] or {}
    shards = training.get("shards", {})
    progress = training.get("progress", {})
    platform = training.get("platform", {})
    groups = (manifest["evaluation"] or {}).get("groups", [])
    pictures = sorted(path.name for path in figures.glob("reliability-*.svg"))
    values = {
        "sha256": manifest["sha256"],
        "bytes": f"{manifest['bytes'] / 1e6:.2f} MB",
        "opset": manifest["opset"],
        "feature_version": manifest["featureVersion"],
        "parameters": training.get("network", {}).get("parameters", "?"),
        "parity": f"{manifest['parity']['largestDifference']:.1e}",
        "parity_shapes": manifest["parity"]["shapes"],
        "studies_seen": progress.get("studies", "?"),
        "steps": progress.get("step", "?"),
        "minutes": progress.get("minutes", "?"),
        "device": f"{platform.get('processors', '?')} processors ({platform.get('device', '?')})",
        "shard_studies": shards.get("studies", "?"),
        "simulator": shards.get("simulator", "?"),
        "seed": shards.get("seed", "?"),
        "fingerprint": shards.get("fingerprint", "?"),
        "start": start_text(training.get("start")),
        "families": ", ".join(shards.get("families", [])),
        "shapes": ", ".join(f"{d}×{k}" for d, k in shards.get("shapes", [])),
        "by_samples": _table([group for group in groups if group["family"] == ALL]),
        "by_family": _table([group for group in groups if group["family"] != ALL and group["samples"] == ALL]),
        "weakest": _weakest(groups),
        "audit": audit_table(manifest["audit"]) if manifest["audit"] else "Not measured.\n",
        "pictures": "\n".join(f"![{name.removesuffix('.svg')}]({FIGURES}/{name})" for name in pictures),
        "combiner": _combiner_text(out, manifest),
    }
    (out / "MODEL_CARD.md").write_text(Template(TEMPLATE.read_text()).substitute(values))


def _table(groups: list[Mapping]) -> str:
    if not groups:
        return "Not measured.\n"
    lines = [
        "| studies | family | samples | number | edge AUPRC | edge log loss | edge calibration | edge FDR | target AUPRC | top-1 | target log loss | target calibration | target FDR |",
        "|" + "---|" * 13,
    ]
    for group in groups:
        edge, target = group["edge"], group["target"]
        cells = [group["source"], group["family"], group["samples"], str(edge["studies"])]
        cells += [_number(edge[key]) for key in ("auprc", "logLoss", "calibration", "realisedFdr")]
        cells += [_number(target[key]) for key in ("auprc", "top1", "logLoss", "calibration", "realisedFdr")]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _weakest(groups: list[Mapping]) -> str:
    """The families with the lowest AUPRC and the worst calibration, over all numbers of samples."""
    families = [group for group in groups if group["family"] != ALL and group["samples"] == ALL]
    if not families:
        return "Not measured.\n"
    lines = []
    for kind in ("edge", "target"):
        by_precision = sorted((group for group in families if group[kind]["auprc"] is not None), key=lambda group: group[kind]["auprc"])[:3]
        by_calibration = sorted((group for group in families if group[kind]["calibration"] is not None), key=lambda group: -group[kind]["calibration"])[:3]
        listed = ", ".join(f"{group['family']} ({group[kind]['auprc']:.2f})" for group in by_precision)
        trusted = ", ".join(f"{group['family']} ({group[kind]['calibration']:.3f})" for group in by_calibration)
        lines.append(f"- {kind.capitalize()}s: lowest AUPRC {listed}; largest calibration error {trusted}.")
    return "\n".join(lines) + "\n"


def _combiner_text(out: Path, manifest: Mapping) -> str:
    report = out / "combiner-report.json"
    if manifest["combiner"] is None or not report.exists():
        return "No combiner was fitted yet.\n"
    from .combiner_report import combiner_table

    return combiner_table(json.loads(report.read_text()))
