"""The n-gram model learns labels, is saved whole, and knows which words it has seen."""

import numpy as np
import pytest

from bot.lexical import LexicalModel, in_latin, standardise
from tests.small_base import WORDS

TEXTS = [(p, label) for label, words in WORDS["sv"].items() for p in words[3]]


@pytest.fixture(scope="module")
def model():
    return LexicalModel().fit([text for text, _ in TEXTS], [label for _, label in TEXTS])


def best(model, text):
    return model.labels[int(model.margins(model.features([text]))[0].argmax())]


def test_each_label_is_learned_once(model):
    assert model.labels == sorted(WORDS["sv"])


def test_its_own_phrases_are_recognised(model):
    right = sum(best(model, text) == label for text, label in TEXTS)
    assert right / len(TEXTS) > 0.95


@pytest.mark.parametrize(
    ("text", "label"),
    [("bostadsbidraget", "bostadsbidrag"), ("forskolan", "forskola"), ("idkort", "id_kort")],
)
def test_compounds_endings_and_misspellings_are_recognised(model, text, label):
    assert best(model, text) == label


def test_case_and_diacritics_do_not_matter(model):
    marked = model.margins(model.features(["ANSÖKA OM FÖRSÖRJNINGSSTÖD"]))
    plain = model.margins(model.features(["ansoka om forsorjningsstod"]))
    np.testing.assert_allclose(marked, plain, atol=1e-5)


def test_a_row_of_margins_belongs_to_its_text(model):
    texts = ["ansöka om id-kort", "", "dagis till min son"]
    together = model.margins(model.features(texts))
    assert together.shape == (3, len(model.labels))
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_allclose(row, model.margins(model.features([text]))[0], atol=1e-6)


def test_a_text_without_a_known_n_gram_gets_the_bias_alone(model):
    rows = model.margins(model.features(["", "☃☃", "漢字"]))
    np.testing.assert_array_equal(rows[0], rows[1])
    np.testing.assert_array_equal(rows[0], rows[2])
    assert np.isfinite(rows).all()


@pytest.mark.parametrize(
    ("typed", "latin"),
    [
        ("Радна дозвола", "radna dozvola"),
        ("ናይ ኤርትራ", "nay ertra"),
        ("ÅÄÖ Försäkringskassan", "aao forsakringskassan"),
        ("sa7bi 3ammer", "sahbi ammer"),
        ("2aad 1177 covid19", "2aad 1177 covid19"),
        ("", ""),
    ],
)
def test_every_script_is_read_in_latin_letters(typed, latin):
    assert in_latin(typed) == latin


def test_who_types_in_latin_letters_meets_the_phrases_of_another_script():
    model = LexicalModel().fit(
        [
            *("водительские права", "водительские права обмен"),
            *("детский сад", "место в детский сад"),
            *("пенсия", "моя пенсия"),
        ],
        ["korkort", "korkort", "forskola", "forskola", "pension", "pension"],
    )
    assert best(model, "voditelskie prava") == "korkort"
    assert best(model, "detskiy sad") == "forskola"


def test_a_saved_model_scores_the_same(model, tmp_path):
    model.save(tmp_path)
    loaded = LexicalModel.load(tmp_path)
    texts = [text for text, _ in TEXTS]
    assert loaded.labels == model.labels
    np.testing.assert_array_equal(
        loaded.margins(loaded.features(texts)), model.margins(model.features(texts))
    )


def test_training_twice_gives_the_same_model(model):
    again = LexicalModel().fit([text for text, _ in TEXTS], [label for _, label in TEXTS])
    texts = ["hjälp med hyran", "något annat"]
    np.testing.assert_array_equal(
        again.margins(again.features(texts)), model.margins(model.features(texts))
    )


def test_a_model_that_was_not_trained_says_so():
    with pytest.raises(ValueError, match="not been trained"):
        LexicalModel().margins(np.zeros((1, 1)))


def test_standardised_rows_can_be_added():
    rows = standardise(np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]], dtype=np.float32))
    assert rows[0].mean() == pytest.approx(0.0, abs=1e-6)
    assert rows[0].std() == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_array_equal(rows[1], [0.0, 0.0, 0.0])
