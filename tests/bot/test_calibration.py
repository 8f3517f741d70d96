"""Temperature and certainty are learnt from dev questions."""

import numpy as np
import pytest

from bot.calibration import (
    Calibration,
    fit_certainty,
    fit_encoder_weight,
    fit_temperature,
    logit,
)
from bot.verdicts import VerdictModel


def test_probabilities_of_a_row_sum_to_one_and_keep_the_order():
    calibration = Calibration(2.0, (0.0, 1.0, 0.0), VerdictModel())
    p = calibration.probabilities(np.array([[1.0, 3.0, 2.0]], dtype=np.float32))
    assert p.shape == (1, 3)
    assert p.sum() == pytest.approx(1.0)
    assert p[0].argsort().tolist() == [0, 2, 1]


def test_the_temperature_fits_how_often_the_scores_are_right():
    random = np.random.default_rng(0)
    scores = random.normal(size=(400, 5)).astype(np.float32)
    always = np.zeros((400, 5), dtype=bool)
    always[np.arange(400), scores.argmax(axis=1)] = True
    chance = np.zeros((400, 5), dtype=bool)
    chance[np.arange(400), random.integers(0, 5, 400)] = True
    assert fit_temperature(scores, always) > 5 * fit_temperature(scores, chance)


def test_an_encoder_that_helps_gets_weight_and_noise_gets_none():
    random = np.random.default_rng(1)
    lexical = random.normal(size=(300, 6)).astype(np.float32)
    right = np.zeros((300, 6), dtype=bool)
    right[np.arange(300), random.integers(0, 6, 300)] = True
    helpful = right * 2.0 + random.normal(size=(300, 6))
    assert fit_encoder_weight(lexical, helpful.astype(np.float32), right) > 0
    known = (right * 6.0).astype(np.float32)
    noise = random.normal(size=(300, 6)).astype(np.float32)
    assert fit_encoder_weight(known, noise, right) == 0.0
    assert fit_encoder_weight(lexical[:0], noise[:0], right[:0]) == 0.0


def test_certainty_grows_with_the_first_authoritys_probability_and_lead():
    random = np.random.default_rng(2)
    best = random.uniform(0.2, 0.99, 500)
    lead = best - random.uniform(0.0, 0.2, 500)
    hits = random.uniform(size=500) < best
    calibration = Calibration(1.0, fit_certainty(best, lead, hits), VerdictModel())
    assert calibration.sure(0.95, 0.9) > calibration.sure(0.5, 0.3) > calibration.sure(0.2, 0.0)
    assert calibration.sure(0.9, 0.8) == pytest.approx(0.9, abs=0.1)


@pytest.mark.parametrize("hits", [[True] * 8, [False] * 8])
def test_where_all_are_right_or_wrong_the_share_is_the_certainty(hits):
    calibration = Calibration(1.0, fit_certainty([0.5] * 8, [0.1] * 8, hits), VerdictModel())
    assert calibration.sure(0.9, 0.9) == calibration.sure(0.1, 0.0)
    assert calibration.sure(0.9, 0.9) == pytest.approx(0.9 if hits[0] else 0.1)


def test_the_log_odds_are_bounded():
    assert logit(0.5) == 0.0
    assert logit(0.0) == pytest.approx(-logit(1.0))
    assert -14 < logit(0.0) < -13
