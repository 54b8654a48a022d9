import hashlib
import json

import numpy as np
import pytest

from metacadi_training.cells import CellsError, read_cells
from metacadi_training.combiner import fit_combiner, groups_of, study_weights
from metacadi_training.trees import TreeSettings, as_json, evaluate_trees, fit_model

SETTINGS = TreeSettings(trees=15, leaves=6, least_cells_of_leaf=20, folds=3)


def write_cells(folder, seed=0, studies=60, model="m"):
    """Studies whose closed form is over-confident by two and whose network is right but noisy."""
    folder.mkdir()
    rng = np.random.default_rng(seed)
    head = {
        "format": "metacadi-cells", "version": 1, "featureVersion": 1, "model": model,
        "families": ["known", "new"], "heldOut": [False, True], "quantities": ["skew"],
        "studies": {
            "family": (np.arange(studies) % 2).tolist(), "genes": [5] * studies, "experiments": [4] * studies,
            "controlSamples": [50] * studies, "samples": [3.0 if s % 4 < 2 else 10.0 for s in range(studies)],
        },
    }  # fmt: skip
    for kind, cells in (("target", 20), ("edge", 20)):
        truth = rng.normal(-1, 2, studies * cells)
        label = rng.random(truth.size) < 1 / (1 + np.exp(-truth))
        features = np.stack([2 * truth + rng.normal(size=truth.size), truth + rng.normal(size=truth.size), rng.normal(size=truth.size)], 1)
        features.astype("<f4").tofile(folder / f"{kind}.f32")
        label.astype("u1").tofile(folder / f"{kind}Label.u8")
        np.repeat(np.arange(studies), cells).astype("<i4").tofile(folder / f"{kind}Study.i32")
        head[kind] = {"rows": truth.size, "names": ["closed", "network", "lnSamples"]}
    rng.normal(size=(studies, 1)).astype("<f4").tofile(folder / "quantities.f32")
    (folder / "cells.json").write_text(json.dumps(head))
    return folder


def test_trees_as_json_answer_as_scikit_learn_does():
    rng = np.random.default_rng(0)
    features = rng.normal(size=(3000, 3)).astype(np.float32)
    label = (rng.random(3000) < 1 / (1 + np.exp(-features[:, 0] + features[:, 1] ** 2))).astype(float)
    names = ["a", "b", "c"]
    model = fit_model(features, label, names, SETTINGS, ("a",))
    ensemble = json.loads(json.dumps(as_json(model, names)))
    np.testing.assert_allclose(evaluate_trees(ensemble, features), model.decision_function(features), atol=1e-9)


def test_more_evidence_never_lowers_the_answer():
    rng = np.random.default_rng(1)
    features = rng.normal(size=(2000, 2)).astype(np.float32)
    label = (rng.random(2000) < 0.5 + 0.3 * np.sin(4 * features[:, 0])).astype(float)
    ensemble = as_json(fit_model(features, label, ["a", "b"], SETTINGS, ("a",)), ["a", "b"])
    grid = np.stack([np.linspace(-3, 3, 200), np.zeros(200)], 1)
    assert (np.diff(evaluate_trees(ensemble, grid)) >= 0).all()


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("combiner")
    cells = [write_cells(folder / "a", 0), write_cells(folder / "b", 1)]
    manifest = {
        "sha256": "m", "bytes": 1, "opset": 18, "featureVersion": 1, "parity": {"shapes": 10, "largestDifference": 0.0},
        "training": None, "evaluation": None, "audit": None, "combiner": None,
    }  # fmt: skip
    model = folder / "model"
    model.mkdir()
    (model / "manifest.json").write_text(json.dumps(manifest))
    return model, fit_combiner(cells, model, SETTINGS)


def test_the_combiner_beats_the_mean_of_log_odds_on_studies_left_out(fitted):
    model, _ = fitted
    report = json.loads((model / "combiner-report.json").read_text())
    for kind in ("target", "edge"):
        for scope in {row["scope"] for row in report["overall"]}:
            rows = {row["candidate"]: row for row in report["overall"] if row["kind"] == kind and row["scope"] == scope}
            chosen = next(row for row in rows.values() if row["chosen"])
            assert chosen["logLoss"] < rows["mean"]["logLoss"]
            assert chosen["auprc"] > rows["mean"]["auprc"] - 0.02


def test_the_manifest_names_the_combiner_with_its_checksum_and_the_card_its_figures(fitted):
    model, combiner = fitted
    manifest = json.loads((model / "manifest.json").read_text())
    assert manifest["combiner"] == {"file": "combiner.json", "sha256": hashlib.sha256((model / "combiner.json").read_bytes()).hexdigest()}
    assert json.loads((model / "combiner.json").read_text()) == combiner
    assert "(chosen)" in (model / "MODEL_CARD.md").read_text()
    assert combiner["ranges"]["skew"]["low"] < combiner["ranges"]["skew"]["median"] < combiner["ranges"]["skew"]["high"]


def test_studies_of_two_folders_are_numbered_through(tmp_path):
    cells = read_cells([write_cells(tmp_path / "a", 0, 10), write_cells(tmp_path / "b", 1, 6)])
    assert cells.count == 16 and cells.tables["edge"].study.max() == 15


def test_cells_of_different_networks_are_not_mixed(tmp_path):
    with pytest.raises(CellsError, match="another network"):
        read_cells([write_cells(tmp_path / "a"), write_cells(tmp_path / "b", model="other")])


def test_a_value_that_is_not_finite_is_named(tmp_path):
    folder = write_cells(tmp_path / "a")
    values = np.fromfile(folder / "edge.f32", "<f4")
    values[5] = np.nan
    values.tofile(folder / "edge.f32")
    with pytest.raises(CellsError, match="lnSamples"):
        read_cells([folder])


def test_studies_with_conditions_weigh_a_quarter_for_targets_alone_and_are_groups_of_their_own(tmp_path):
    folder = write_cells(tmp_path / "a", studies=60)
    head = json.loads((folder / "cells.json").read_text())
    head["studies"]["conditions"] = [""] * 40 + ["plain"] * 15 + ["plain weak"] * 5
    (folder / "cells.json").write_text(json.dumps(head))
    cells = read_cells([folder])
    weight = study_weights(cells, "target") / 60
    shares = {name: weight[cells.conditions == name].sum() for name in ("", "plain", "plain weak")}
    assert shares == pytest.approx({"": 0.75, "plain": 0.125, "plain weak": 0.125})
    assert weight[(cells.conditions == "") & cells.held_out].sum() == pytest.approx(0.375)
    assert study_weights(cells, "edge")[40:].max() == 0
    groups = groups_of(cells)
    assert groups["plain", "all"].tolist() == list(range(40, 55))
    assert set(groups["known", "all"]) | set(groups["new", "all"]) == set(range(40))
