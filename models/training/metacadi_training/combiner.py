"""`fit-combiner`: how to pool the closed-form and the network's log-odds, chosen on simulated studies by grouped cross-validation.

Candidates, all fitted in the training folds and judged on the studies left out: mean of log-odds; its best temperature; a
linear model (docs/method.md, section 4); boosted trees; and blends of trees and tempered mean. The blend weight is the one
with the lowest out-of-fold log loss among those that lose nowhere (family x number of samples) more than .01 AUPRC against the
mean. Families known to the network and families held out from it weigh the same. For targets, studies that were made under
conditions of their own (`simulate --shards --plain --weak --shift`) weigh one quarter, every set of conditions the same; edges
are fitted without them and only judged on them.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from .cells import CLOSED, KINDS, NETWORK, CellStudies, CellTable, read_cells
from .combiner_report import write_combiner_report
from .evaluation import sample_bucket
from .metrics import Cells, reliability, score_cells, sigmoid
from .model_card import write_model_card
from .shards import FEATURE_VERSION, ShardError
from .trees import TreeSettings, as_json, fit_model

BLENDS = (0.0, 0.25, 0.5, 0.65, 0.8, 0.9, 1.0)
ALLOWED_LOSS = 0.01
"""AUPRC against the mean of log-odds, in any group with enough studies"""
LEAST_STUDIES = 20
"""a group with fewer studies does not veto a blend: its AUPRC is too uncertain"""
QUANTILES = (0.005, 0.5, 0.995)
DESIGNED = ("genes", "experiments")
"""quantities of the design of a study, met from the least to the most; of what is measured the extremes may be accidents"""
CONDITIONED_SHARE = {"target": 0.25, "edge": 0.0}
"""weight of the studies with conditions; why edges go without: docs/decisions/024"""
PARTS = ("closed", "network")
"""more evidence from either part never lowers the answer"""
PLURAL = {"target": "targets", "edge": "edges"}


@dataclass
class Choice:
    temperature: float
    blend: float
    trees: dict
    candidates: dict[str, np.ndarray]
    """name -> out-of-fold log-odds of every cell"""


def fit_temperature(mean: np.ndarray, label: np.ndarray, weight: np.ndarray) -> float:
    """The factor on the mean of log-odds with the lowest weighted log loss."""

    def loss(logarithm: float) -> float:
        log_odds = np.exp(logarithm) * mean
        return float(np.average(np.logaddexp(0, log_odds) - log_odds * label, weights=weight))

    return float(np.exp(minimize_scalar(loss, bounds=(np.log(0.05), np.log(5)), method="bounded").x))


def linear_inputs(table: CellTable) -> np.ndarray:
    """The terms of the linear model of docs/method.md, section 4, as far as the cells have them."""
    closed, network = table.features[:, CLOSED].astype(float), table.features[:, NETWORK].astype(float)
    first = np.arcsinh(closed)
    terms = [first, network]
    for name in ("explainingAway", "lnSamples"):
        column = table.column(name)
        if column is not None:
            terms += [column, column * first, column * network]
    return np.stack(terms, 1)


def fit_kind(cells: CellStudies, kind: str, settings: TreeSettings) -> Choice:
    table = cells.tables[kind]
    label, study = table.label.astype(float), table.study
    weight = study_weights(cells, kind)[study]
    used = weight > 0
    fold = _folds(cells, settings.folds)[study]
    mean, linear = table.mean, linear_inputs(table)
    out_of_fold = {name: np.zeros(len(label)) for name in ("tempered", "linear", "trees")}
    for index in range(settings.folds):
        train, test = used & (fold != index), fold == index
        temperature = fit_temperature(mean[train], label[train], weight[train])
        out_of_fold["tempered"][test] = temperature * mean[test]
        line = LogisticRegression(C=10.0, max_iter=500).fit(linear[train], label[train], sample_weight=weight[train])
        out_of_fold["linear"][test] = line.decision_function(linear[test])
        model = fit_model(table.features[train], label[train], table.names, settings, PARTS, weight[train])
        out_of_fold["trees"][test] = model.decision_function(table.features[test])
    candidates = {"closed form": table.features[:, CLOSED].astype(float), "network": table.features[:, NETWORK].astype(float), "mean": mean, **out_of_fold}
    for blend in BLENDS[1:-1]:
        candidates[blend_name(blend)] = blend * out_of_fold["trees"] + (1 - blend) * out_of_fold["tempered"]
    blend = _choose_blend(cells, kind, candidates, weight)
    return Choice(
        temperature=fit_temperature(mean, label, weight),
        blend=blend,
        trees=as_json(fit_model(table.features[used], label[used], table.names, settings, PARTS, weight[used]), table.names),
        candidates=candidates,
    )


def blend_name(blend: float) -> str:
    return {0.0: "tempered", 1.0: "trees"}.get(blend, f"blend {blend:g}")


def study_weights(cells: CellStudies, kind: str) -> np.ndarray:
    """Weight per study, mean 1 over those that have any: the mix of training, known and held-out families alike, and studies with conditions beside it."""
    mix = cells.conditions == ""
    conditions = sorted(set(cells.conditions) - {""})
    strata = [mix & ~cells.held_out, mix & cells.held_out, *(cells.conditions == name for name in conditions)]
    own = CONDITIONED_SHARE[kind]
    shares = [(1 - own) / 2] * 2 + [own / max(1, len(conditions))] * len(conditions)
    weight = np.zeros(cells.count)
    for stratum, share in zip(strata, shares):
        if stratum.any():
            weight[stratum] = share / stratum.sum()
    return weight / weight[weight > 0].mean()


def _folds(cells: CellStudies, folds: int) -> np.ndarray:
    """Fold of every study, families and conditions spread evenly."""
    fold = np.zeros(cells.count, int)
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    studies = np.arange(cells.count)
    for index, (_, test) in enumerate(splitter.split(studies, (cells.family + cells.conditions).astype(str), studies)):
        fold[test] = index
    return fold


def groups_of(cells: CellStudies) -> dict[tuple[str, str], np.ndarray]:
    """(family, samples) -> studies; with `all` over samples. Studies with conditions are families of their own."""
    name_of = np.where(cells.conditions == "", cells.family, cells.conditions)
    bucket = np.array([sample_bucket(value) for value in cells.samples], dtype=object)
    groups: dict[tuple[str, str], np.ndarray] = {}
    for family in sorted(set(name_of)):
        groups[family, "all"] = np.nonzero(name_of == family)[0]
        for name in sorted(set(bucket)):
            members = np.nonzero((name_of == family) & (bucket == name))[0]
            if len(members):
                groups[family, name] = members
    return groups


def score_candidate(table: CellTable, log_odds: np.ndarray, studies: np.ndarray) -> dict[str, float]:
    start = np.searchsorted(table.study, studies)
    stop = np.searchsorted(table.study, studies, side="right")
    pieces = [slice(a, b) for a, b in zip(start, stop) if b > a]
    return score_cells(Cells.of([table.label[piece] for piece in pieces], [log_odds[piece] for piece in pieces]))


def reliability_curves(cells: CellStudies, kind: str, choice: Choice) -> list[dict]:
    """Out-of-fold reliability of the chosen blend per number of samples, as the app's reports draw it."""
    table = cells.tables[kind]
    probability = sigmoid(choice.candidates[blend_name(choice.blend)])
    bucket = np.array([sample_bucket(value) for value in cells.samples], dtype=object)
    curves = []
    for name in dict.fromkeys(bucket[np.argsort(cells.samples, kind="stable")]):
        inside = (bucket == name)[table.study]
        bins = reliability(table.label[inside], probability[inside])
        curves.append(
            {
                "kind": PLURAL[kind],
                "samplesPerEnvironment": max(1, int(round(float(np.median(cells.samples[bucket == name]))))),
                "bins": [{"count": count, "meanPrediction": mean, "observedShare": share} for mean, share, count in bins],
            }
        )
    return curves


def _choose_blend(cells: CellStudies, kind: str, candidates: dict[str, np.ndarray], weight: np.ndarray) -> float:
    table = cells.tables[kind]
    groups = {key: members for key, members in groups_of(cells).items() if len(members) >= LEAST_STUDIES}
    reference = {key: score_candidate(table, candidates["mean"], members)["auprc"] for key, members in groups.items()}
    losses: dict[float, float] = {}
    worst: dict[float, float] = {}
    for blend in BLENDS:
        log_odds = candidates[blend_name(blend)]
        differences = [score_candidate(table, log_odds, members)["auprc"] - reference[key] for key, members in groups.items()]
        worst[blend] = min((value for value in differences if not np.isnan(value)), default=0.0)
        losses[blend] = float(np.average(np.logaddexp(0, log_odds) - log_odds * table.label, weights=weight))
    # The tempered mean ranks as the mean does, so at least one blend always passes.
    allowed = [blend for blend in BLENDS if worst[blend] >= -ALLOWED_LOSS]
    return min(allowed, key=lambda blend: losses[blend])


def fit_combiner(folders: list[Path], model_dir: Path, settings: TreeSettings) -> dict:
    """Writes combiner.json, combiner-report.json and .md, the new manifest and model card; returns the combiner."""
    manifest_path = model_dir / "manifest.json"
    if not manifest_path.exists():
        raise ShardError(f"{manifest_path} is not there; run `export` first")
    manifest = json.loads(manifest_path.read_text())
    cells = read_cells(folders)
    if cells.model != manifest["sha256"]:
        raise ShardError("these cells were written with another network than the one in the model folder; write them again")
    # Both kinds side by side; what they answer does not depend on it.
    with ProcessPoolExecutor(len(KINDS), mp_context=get_context("spawn")) as pool:
        choices = dict(zip(KINDS, pool.map(fit_kind, [cells] * len(KINDS), KINDS, [settings] * len(KINDS))))
    ranges = {}
    for name, values in cells.quantities.items():
        low, median, high = (float(value) for value in np.quantile(values, (0, 0.5, 1) if name in DESIGNED else QUANTILES))
        ranges[name] = {"low": low, "median": median, "high": high}
    combiner = {
        "version": 1,
        "featureVersion": FEATURE_VERSION,
        "model": cells.model,
        **{PLURAL[kind]: choice.trees for kind, choice in choices.items()},
        "temperature": {PLURAL[kind]: choice.temperature for kind, choice in choices.items()},
        "blend": {PLURAL[kind]: choice.blend for kind, choice in choices.items()},
        "ranges": ranges,
    }
    path = model_dir / "combiner.json"
    path.write_text(json.dumps(combiner, separators=(",", ":")) + "\n")
    write_combiner_report(model_dir, cells, {kind: choice.candidates for kind, choice in choices.items()}, combiner, settings)
    curves = [curve for kind, choice in choices.items() for curve in reliability_curves(cells, kind, choice)]
    manifest["evaluation"] = {**(manifest.get("evaluation") or {}), "reliability": curves}
    manifest["combiner"] = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    manifest_path.write_text(json.dumps(manifest, indent=1) + "\n")
    write_model_card(model_dir, manifest, None, None)
    return combiner
