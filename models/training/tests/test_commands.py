"""From a short run to a model folder: evaluation, audit, export."""

import gzip
import json
import warnings

import numpy as np
import pytest
from helpers import make_folder, random_study_arrays, write_index, write_shard

from metacadi_training import export as export_module
from metacadi_training.__main__ import main
from metacadi_training.predictors import load_predictor


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("commands")
    make_folder(folder / "shards", shapes=((3, 2),))
    make_folder(folder / "other", shapes=((3, 2),), seed=9)
    arrays = random_study_arrays(np.random.default_rng(2), 12, 3, 2)
    arrays["target"][:] = 0
    (folder / "null").mkdir()
    write_index(folder / "null", [write_shard(folder / "null", "a.bin", arrays)], families=["audit-er", "audit-sf-causes"])
    network = ["--channels", "6", "--hidden", "8", "--layers", "1"]
    assert main(["train", "--shards", str(folder / "shards"), "--out", str(folder / "run"), "--steps", "3", *network]) == 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert main(["evaluate", "--model", str(folder / "run"), "--shards", f"same={folder / 'other'}", "--out", str(folder / "evaluation")]) == 0
        assert main(["audit", "--model", str(folder / "run"), "--shards", str(folder / "null"), "--out", str(folder / "audit")]) == 0
    return folder


@pytest.fixture(scope="module")
def manifest(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export_module, "PARITY_SHAPES", ((1, 3, 2), (2, 4, 1)))
        export_module.export(folder / "run", folder / "model", folder / "parity.json.gz", folder / "evaluation", folder / "audit")
    return json.loads((folder / "model" / "manifest.json").read_text())


def test_evaluation_counts_every_study_once_per_group(folder):
    groups = json.loads((folder / "evaluation" / "evaluation.json").read_text())["groups"]
    whole = next(group for group in groups if group["family"] == "all" and group["samples"] == "all")
    assert whole["edge"]["studies"] == 12
    assert sum(group["edge"]["studies"] for group in groups if group["family"] != "all" and group["samples"] == "all") == 12
    assert (folder / "evaluation" / "reliability-same.svg").exists()


def test_the_audit_counts_reversible_edges_per_family(folder):
    families = json.loads((folder / "audit" / "audit.json").read_text())["families"]
    assert {row["family"] for row in families} == {"audit-er", "audit-sf-causes"}
    assert all(-1 <= row["bias"] <= 1 and row["reversibleEdges"] > 0 for row in families)


def test_the_audit_refuses_studies_with_targets(folder):
    assert main(["audit", "--model", str(folder / "run"), "--shards", str(folder / "other"), "--out", str(folder / "refused")]) == 2


def test_the_model_folder_reproduces_its_own_self_test(folder, manifest):
    test = manifest["selfTest"]
    d, k = test["genes"], test["experiments"]
    shapes = {"pair": (1, d, d, -1), "env": (1, k, d, -1), "glob": (1, k, -1)}
    inputs = [np.array(test[name], np.float32).reshape(shape) for name, shape in shapes.items()]
    answers = load_predictor(folder / "model")(*inputs)
    for name, answer in zip(("edge", "ancestor", "target"), answers):
        np.testing.assert_allclose(answer.ravel(), test[name], atol=test["tolerance"])


def test_the_model_card_has_its_figures_and_no_open_place(folder, manifest):
    card = (folder / "model" / "MODEL_CARD.md").read_text()
    assert manifest["sha256"] in card and "$" not in card
    assert "audit-sf-causes" in card and "figures/reliability-same.svg" in card
    assert str(folder) not in card


def test_the_parity_fixture_holds_values_of_every_output(folder, manifest):
    fixture = json.loads(gzip.decompress((folder / "parity.json.gz").read_bytes()))
    assert fixture["model"] == manifest["sha256"]
    assert [set(case["outputs"]) for case in fixture["cases"]] == [{"edge", "ancestor", "target"}] * 2


def test_a_second_export_of_the_same_network_keeps_its_parity_and_its_combiner(folder, manifest):
    path = folder / "model" / "manifest.json"
    path.write_text(json.dumps({**manifest, "combiner": {"file": "combiner.json", "sha256": "0" * 64}}))
    again = export_module.export(folder / "run", folder / "model", None, None, None)
    assert again["combiner"]["file"] == "combiner.json"
    assert again["parity"] == manifest["parity"] and again["evaluation"] == manifest["evaluation"]
    path.write_text(json.dumps(manifest))
