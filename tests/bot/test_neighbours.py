"""The distance to the nearest phrases of a label."""

import numpy as np
import pytest

from bot.neighbours import Neighbours, unit

VECTORS = np.array([[3.0, 0.0], [0.0, 2.0], [1.0, 1.0], [0.0, 0.0]], dtype=np.float32)
TARGETS = np.array([2, 0, 2, 0])  # label 1 has no phrase


@pytest.fixture
def neighbours():
    return Neighbours(VECTORS, TARGETS, 3)


def test_the_mean_of_the_labels_phrases_counts(neighbours):
    east = np.array([1.0, 0.0], dtype=np.float32)
    assert neighbours.nearness(east, 2) == pytest.approx((1 + np.sqrt(0.5)) / 2)
    assert neighbours.nearness(east, 0) == pytest.approx(0.0)
    assert neighbours.nearness(-east, 2) == pytest.approx(-(1 + np.sqrt(0.5)) / 2)


def test_only_the_five_nearest_count():
    near, far = [[1.0, 0.1]] * 5, [[-1.0, 0.0]] * 20
    vectors = np.array(near + far, dtype=np.float32)
    east = np.array([1.0, 0.0], dtype=np.float32)
    found = Neighbours(vectors, np.zeros(25, dtype=np.int64), 1).nearness(east, 0)
    assert found == pytest.approx(1 / np.sqrt(1.01))


def test_a_label_without_phrases_is_far(neighbours):
    assert neighbours.nearness(np.array([1.0, 0.0], dtype=np.float32), 1) == 0.0


def test_what_was_saved_is_read(neighbours, tmp_path):
    neighbours.save(tmp_path)
    loaded = Neighbours.load(tmp_path)
    north = np.array([0.0, 1.0], dtype=np.float32)
    for column in range(3):
        assert loaded.nearness(north, column) == neighbours.nearness(north, column)


def test_rows_get_length_one_and_zeros_stay():
    np.testing.assert_allclose(np.linalg.norm(unit(VECTORS), axis=1), [1, 1, 1, 0], rtol=1e-6)
