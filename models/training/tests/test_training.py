import json

import numpy as np
import pytest
from helpers import make_folder

from metacadi_training.checkpoints import load_checkpoint, newest_checkpoint
from metacadi_training.loss import honest_labels
from metacadi_training.shards import ShardError
from metacadi_training.training import Trainer, TrainingSettings, load_run


def settings(tmp_path, name, **changes):
    values = dict(
        shards=str(tmp_path / "shards"), out=str(tmp_path / name), minutes=None, steps=8, elements=60,
        channels=6, hidden=8, layers=2, checkpoint_minutes=1e9, report_seconds=0, cache=str(tmp_path / "cache"),
    )  # fmt: skip
    return TrainingSettings(**{**values, **changes})


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The same eight steps, once straight and once interrupted after the fourth."""
    folder = tmp_path_factory.mktemp("runs")
    make_folder(folder / "shards")
    Trainer(settings(folder, "straight"), resume=False).run()
    Trainer(settings(folder, "halves"), resume=False).run(stop_at=4)
    Trainer(settings(folder, "halves"), resume=True).run()
    return folder


def test_an_interrupted_run_ends_where_an_uninterrupted_one_does(runs):
    straight, meta = load_checkpoint(newest_checkpoint(runs / "straight" / "checkpoints"))
    halves, other = load_checkpoint(newest_checkpoint(runs / "halves" / "checkpoints"))
    assert meta["progress"]["step"] == other["progress"]["step"] == 8
    assert meta["sampler"] == other["sampler"]
    for group in straight:
        for name in straight[group]:
            np.testing.assert_array_equal(straight[group][name], halves[group][name], err_msg=f"{group} {name}")


def test_training_moves_the_weights_and_writes_a_run_card(runs):
    card = json.loads((runs / "straight" / "run-card.json").read_text())
    assert card["complete"] and card["progress"]["step"] == 8
    assert card["shards"]["studies"] == 24 and len(card["shards"]["fingerprint"]) == 64
    assert str(runs) not in (runs / "straight" / "run-card.json").read_text()
    assert (runs / "straight" / "curves.svg").read_text().startswith("<?xml")
    parameters, shape = load_run(runs / "straight")
    assert shape.channels == 6
    assert not np.array_equal(parameters["layer.pair_out.weight"][0], parameters["layer.pair_out.weight"][1])


def test_a_run_folder_is_not_overwritten_without_resume(runs):
    with pytest.raises(ShardError, match="--resume"):
        Trainer(settings(runs, "straight"), resume=False)


def test_a_run_of_another_network_is_not_resumed(runs):
    with pytest.raises(ShardError, match="another shape"):
        Trainer(settings(runs, "straight", channels=4), resume=True)


def test_a_run_can_begin_with_the_weights_of_another_and_says_so(runs):
    begun = Trainer(settings(runs, "continued", start=str(runs / "straight"), steps=1, rate=0.0), resume=False)
    earlier, _ = load_run(runs / "straight")
    begun.run()
    parameters, _ = load_run(runs / "continued")
    for name, value in earlier.items():
        np.testing.assert_allclose(parameters[name], value, rtol=0, atol=1e-7, err_msg=name)
    card = json.loads((runs / "continued" / "run-card.json").read_text())
    assert card["start"]["progress"]["step"] == 8 and card["start"]["start"] is None
    text = (runs / "continued" / "run-card.md").read_text()
    assert "Begins with the weights" in text and str(runs) not in text
    with pytest.raises(ShardError, match="another shape"):
        Trainer(settings(runs, "other", start=str(runs / "straight"), channels=4), resume=False)


def test_edges_that_the_data_cannot_orient_are_labelled_one_half():
    edge = np.zeros((3, 3, 3), np.float32)
    edge[:, 0, 1] = edge[:, 1, 2] = 1
    target = np.zeros((3, 2, 3), np.float32)
    target[1, 0, 0] = 1
    labels = honest_labels(edge, target, np.array([True, True, False]))
    assert labels[0, 0, 1] == labels[0, 1, 0] == 0.5
    np.testing.assert_array_equal(labels[1:], edge[1:])  # a target tells; another family may tell
    assert edge[0, 0, 1] == 1
