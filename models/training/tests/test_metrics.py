import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from metacadi_training.evaluation import sample_bucket
from metacadi_training.metrics import Cells, area_under_roc, average_precision, calibration_error, list_cut, log_loss, score_cells, sigmoid


def test_average_precision_and_roc_agree_with_scikit_learn_with_ties():
    rng = np.random.default_rng(0)
    label = rng.integers(0, 2, 200)
    score = np.round(rng.normal(size=200) + label, 1)
    assert np.isclose(average_precision(label, score), average_precision_score(label, score))
    assert np.isclose(area_under_roc(label, score), roc_auc_score(label, score))


def test_calibrated_probabilities_have_a_small_error_and_shifted_ones_a_large_one():
    rng = np.random.default_rng(1)
    probability = rng.random(200_000)
    label = rng.random(200_000) < probability
    assert calibration_error(label, probability) < 0.01
    assert calibration_error(label, np.clip(probability + 0.2, 0, 1)) > 0.1


def test_a_list_ends_where_its_estimated_false_discovery_rate_reaches_the_limit():
    chosen = list_cut(np.array([0.99, 0.5, 0.95, 0.9, 0.1]), rate=0.1)
    np.testing.assert_array_equal(chosen, [0, 2, 3])


def test_log_loss_is_the_mean_negative_log_likelihood():
    log_odds = np.array([-2.0, 0.0, 3.0])
    label = np.array([0, 1, 1])
    p = sigmoid(log_odds)
    assert np.isclose(log_loss(label, log_odds), -np.mean(np.where(label, np.log(p), np.log(1 - p))))


def test_auprc_is_averaged_over_studies_with_a_positive_only():
    cells = Cells.of([np.array([1, 0]), np.array([0, 0])], [np.array([2.0, -2.0]), np.array([0.0, 1.0])])
    assert score_cells(cells)["auprc"] == 1.0


def test_numbers_of_samples_fall_into_one_bucket_each():
    assert [sample_bucket(n) for n in (1, 3, 3.0001, 10, 15, 50)] == ["n 1-2", "n 3-5", "n 3-5", "n 6-15", "n 6-15", "n > 40"]
