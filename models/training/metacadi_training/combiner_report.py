"""The report of `fit-combiner`: out-of-fold figures of every candidate, overall and per family and number of samples."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Mapping

import numpy as np

from .cells import KINDS, CellStudies
from .metrics import reliability, sigmoid
from .plots import plot_reliability
from .trees import TreeSettings

SCOPES = (
    ("families the network knows", lambda cells: (cells.conditions == "") & ~cells.held_out),
    ("families it never saw", lambda cells: (cells.conditions == "") & cells.held_out),
    ("without any nuisance", lambda cells: cells.conditions == "plain"),
    ("without any nuisance, weak actions", lambda cells: cells.conditions == "plain weak"),
    ("without any nuisance, weak shifts", lambda cells: cells.conditions == "plain weak shift"),
)


def write_combiner_report(
    out: Path, cells: CellStudies, candidates: Mapping[str, Mapping[str, np.ndarray]], combiner: Mapping, settings: TreeSettings
) -> dict:
    from .combiner import PLURAL, blend_name, groups_of, score_candidate

    report: dict = {
        "format": "metacadi-combiner-report",
        "version": 1,
        "studies": cells.count,
        "heldOutStudies": int(cells.held_out.sum()),
        "settings": asdict(settings),
        "chosen": {kind: {"blend": combiner["blend"][PLURAL[kind]], "temperature": combiner["temperature"][PLURAL[kind]]} for kind in KINDS},
        "overall": [],
        "groups": [],
    }
    panels: dict[str, dict[str, list]] = {}
    for kind in KINDS:
        table = cells.tables[kind]
        chosen = blend_name(combiner["blend"][PLURAL[kind]])
        for scope, of_scope in SCOPES:
            members = np.nonzero(of_scope(cells))[0]
            if len(members) == 0:
                continue
            for name, log_odds in candidates[kind].items():
                figures = score_candidate(table, log_odds, members)
                report["overall"].append({"kind": kind, "scope": scope, "candidate": name, "chosen": name == chosen, **figures})
            inside = np.isin(table.study, members)
            panels[f"{kind}s, {scope}"] = {
                name: reliability(table.label[inside], sigmoid(candidates[kind][name][inside])) for name in ("closed form", "network", "mean", chosen)
            }
        for (family, samples), members in groups_of(cells).items():
            row: dict = {"kind": kind, "family": family, "samples": samples, "studies": len(members)}
            for label, name in (("closedForm", "closed form"), ("network", "network"), ("mean", "mean"), ("chosen", chosen)):
                figures = score_candidate(table, candidates[kind][name], members)
                row[label] = {key: figures[key] for key in ("auprc", "logLoss", "calibration", "realisedFdr")}
            report["groups"].append(row)
    clean = json.loads(json.dumps(report).replace("NaN", "null"))
    (out / "combiner-report.json").write_text(json.dumps(clean, indent=1) + "\n")
    (out / "combiner-report.md").write_text(f"# The combiner\n\n{combiner_table(clean)}\n## Per family and number of samples\n\n{_group_table(clean)}")
    figures = out / "figures"
    figures.mkdir(exist_ok=True)
    plot_reliability(figures / "reliability-combiner.svg", panels)
    return clean


def combiner_table(report: Mapping) -> str:
    chosen = report["chosen"]
    lines = [
        f"Fitted on {report['studies']} simulated studies, {report['heldOutStudies']} of them of families the network never saw; all figures are out of fold"
        " (whole studies left out). " + " ".join(f"{kind.capitalize()}s: weight of the trees {chosen[kind]['blend']:g}, temperature {chosen[kind]['temperature']:.3f}." for kind in KINDS),
        "",
        "| cells | studies | candidate | AUPRC | log loss | calibration | FDR at 10 % | recall of lists |",
        "|" + "---|" * 8,
    ]
    for row in report["overall"]:
        name = f"**{row['candidate']}** (chosen)" if row["chosen"] else row["candidate"]
        figures = [_number(row[key]) for key in ("auprc", "logLoss", "calibration", "realisedFdr", "recallOfLists")]
        lines.append("| " + " | ".join([f"{row['kind']}s", row["scope"], name, *figures]) + " |")
    return "\n".join(lines) + "\n"


def _group_table(report: Mapping) -> str:
    lines = [
        "| cells | family | samples | studies | AUPRC closed form | network | mean | chosen | log loss mean | chosen | calibration mean | chosen | FDR chosen |",
        "|" + "---|" * 13,
    ]
    for row in report["groups"]:
        figures = [_number(row[name]["auprc"]) for name in ("closedForm", "network", "mean", "chosen")]
        for key in ("logLoss", "calibration"):
            figures += [_number(row[name][key]) for name in ("mean", "chosen")]
        figures.append(_number(row["chosen"]["realisedFdr"]))
        lines.append("| " + " | ".join([f"{row['kind']}s", row["family"], row["samples"], str(row["studies"]), *figures]) + " |")
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
