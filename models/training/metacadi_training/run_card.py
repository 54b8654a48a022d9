"""The run card: what was trained, on what, where, for how long, and how the losses went. JSON for programs, Markdown for people."""

from __future__ import annotations

import json
import math
import os
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Mapping

import jax

from .network import NetworkShape, initial_parameters, parameter_count
from .plots import plot_curves
from .shards import ShardFolder

PACKAGES = ("jax", "jaxlib", "optax", "numpy")


def read_progress(out: Path) -> list[dict[str, float]]:
    """The lines of progress.jsonl whose losses are numbers."""
    path = out / "progress.jsonl"
    if not path.exists():
        return []
    lines = [json.loads(line) for line in path.read_text().splitlines() if line]
    return [line for line in lines if math.isfinite(line["edge"])]


def write_run_card(
    out: Path, settings: Any, shape: NetworkShape, folder: ShardFolder, progress: Mapping[str, float], complete: bool
) -> dict:
    # Paths of the machine are of no use to a reader, and are left out.
    chosen = {key: value for key, value in asdict(settings).items() if key not in ("shards", "out", "cache", "start")}
    lines = read_progress(out)
    card = {
        "format": "metacadi-run",
        "version": 1,
        "complete": complete,
        "settings": chosen,
        "start": _earlier_run(settings.start),
        "network": {**shape.as_json(), "parameters": parameter_count(initial_parameters(shape, 0))},
        "shards": {
            "fingerprint": folder.fingerprint(),
            "files": len(folder.shards),
            "studies": folder.studies,
            "shapes": [list(pair) for pair in folder.shapes()],
            "families": folder.index.get("drawnFamilies", folder.families),
            **{key: folder.index.get(key) for key in ("simulator", "seed", "distribution", "featureVersion")},
        },
        "progress": {**progress, "minutes": round(progress["seconds"] / 60, 2)},
        "platform": {
            "python": platform.python_version(),
            "system": platform.system(),
            "machine": platform.machine(),
            "processors": os.cpu_count(),
            "device": jax.devices()[0].device_kind,
            **{name: version(name) for name in PACKAGES},
        },
        "losses": lines[-1] if lines else None,
    }
    (out / "run-card.json").write_text(json.dumps(card, indent=1) + "\n")
    if lines:
        plot_curves(out / "curves.svg", lines)
    (out / "run-card.md").write_text(_as_text(card))
    return card


def _earlier_run(folder: str | None) -> dict | None:
    """What the weights that the run began with were trained on."""
    if folder is None:
        return None
    path = Path(folder) / "run-card.json"
    if not path.exists():
        return {}
    card = json.loads(path.read_text())
    return {key: card.get(key) for key in ("settings", "start", "shards", "progress")}


def _as_text(card: Mapping[str, Any]) -> str:
    shards, progress, platform_ = card["shards"], card["progress"], card["platform"]
    settings = ", ".join(f"{key} {value}" for key, value in card["settings"].items() if value is not None)
    shapes = ", ".join(f"{d}×{k}" for d, k in shards["shapes"])
    losses = card["losses"] or {}
    return f"""# Training run

{'Complete.' if card['complete'] else 'Not complete: stopped before the end of its budget.'} {progress['studies']} studies in {progress['step']} steps,
{progress['minutes']} minutes on {platform_['processors']} processors ({platform_['device']}, JAX {platform_['jax']}, Python {platform_['python']}).

- Settings: {settings}
{start_text(card['start'])}- Network: {card['network']['parameters']} parameters, {card['network']['channels']} channels, {card['network']['layers']} layers
- Shards: {shards['studies']} studies in {shards['files']} files, distribution {shards['distribution']}, simulator {shards['simulator']}, seed {shards['seed']}, feature version {shards['featureVersion']}
- Checksum over all shards: `{shards['fingerprint']}`
- Families: {', '.join(shards['families'])}
- Shapes (genes × experiments): {shapes}
- Last losses, nats per gene: edge {losses.get('edge')}, ancestor {losses.get('ancestor')}, target {losses.get('target')}

![Losses and learning rate](curves.svg)
"""


def start_text(start: Mapping[str, Any] | None) -> str:
    if start is None:
        return ""
    if not start:
        return "- Begins with the weights of another run, which has no run card\n"
    shards, progress = start["shards"], start["progress"]
    return (
        f"- Begins with the weights of a run of {progress['step']} steps, {progress['studies']} studies of"
        f" simulator {shards['simulator']}, seed {shards['seed']}, fingerprint `{shards['fingerprint']}`\n"
    )
