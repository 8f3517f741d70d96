"""N-grams read every script in Latin letters, are saved whole, and know which words were seen."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.ngrams import NGrams, in_latin
from bot.scores import standardise
from tests.small_base import WORDS

TEXTS = [p for words in WORDS["sv"].values() for p in words[3]]


@pytest.fixture(scope="module")
def ngrams():
    ngrams = NGrams()
    ngrams.fit(TEXTS)
    return ngrams


def dense(ngrams, *texts):
    return ngrams.features(texts).toarray()


def likeness(ngrams, one, other):
    a, b = dense(ngrams, one, other)
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("bostadsbidraget", "bostadsbidrag", "forskola"),
        ("forskolan", "förskola", "bostadsbidrag"),
        ("idkort", "id-kort", "förskola"),
    ],
)
def test_compounds_endings_and_misspellings_share_n_grams(ngrams, one, other, apart):
    assert likeness(ngrams, one, other) > 0.3
    assert likeness(ngrams, one, other) > 2 * likeness(ngrams, one, apart)


def test_case_and_diacritics_do_not_matter(ngrams):
    marked, plain = dense(ngrams, "ANSÖKA OM FÖRSÖRJNINGSSTÖD", "ansoka om forsorjningsstod")
    np.testing.assert_array_equal(marked, plain)


def test_a_row_of_features_belongs_to_its_text(ngrams):
    texts = ["ansöka om id-kort", "", "dagis till min son"]
    together = dense(ngrams, *texts)
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_array_equal(row, dense(ngrams, text)[0])


def test_a_text_without_a_known_n_gram_has_no_weight(ngrams):
    assert not dense(ngrams, "", "☃☃").any()


def test_the_matrix_of_the_texts_is_that_of_their_features():
    ngrams = NGrams()
    learnt = ngrams.fit(TEXTS)
    np.testing.assert_allclose(learnt.toarray(), dense(ngrams, *TEXTS))


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
    ngrams = NGrams()
    ngrams.fit(
        [
            *("водительские права", "водительские права обмен"),
            *("детский сад", "место в детский сад"),
        ]
    )
    assert likeness(ngrams, "voditelskie prava", "водительские права") > 0.9
    assert likeness(ngrams, "voditelskie prava", "детский сад") < 0.2


def test_known_words_are_those_that_training_saw_twice(ngrams):
    assert ngrams.known_share("") == 0.0
    assert ngrams.known_share("xyzzy qwrtp") == 0.0
    assert ngrams.known_share("hjälp xyzzy") == 0.5


def test_saved_n_grams_give_the_same_features(ngrams, tmp_path):
    ngrams.save(tmp_path)
    loaded = NGrams.load(tmp_path)
    np.testing.assert_array_equal(dense(loaded, *TEXTS), dense(ngrams, *TEXTS))


def test_standardised_rows_can_be_added():
    rows = standardise(np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]], dtype=np.float32))
    assert rows[0].mean() == pytest.approx(0.0, abs=1e-6)
    assert rows[0].std() == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_array_equal(rows[1], [0.0, 0.0, 0.0])


def test_members_are_standardised_each_by_itself():
    rows = standardise(np.array([[[1.0, 3.0]], [[10.0, 30.0]]], dtype=np.float32))
    np.testing.assert_allclose(rows, [[[-1.0, 1.0]], [[-1.0, 1.0]]], atol=1e-5)


def test_ngrams_cut_word_by_word_weigh_what_they_weigh_cut_text_by_text():
    texts = [
        "Var ansöker jag om bygglov?",
        "bygglov  för altan",
        "куда подать заявление",
        "3andi mowed, wein",
        "a b",
        "",
        "var är bygglovet var",
    ] * 2
    plain = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 4),
        sublinear_tf=True,
        preprocessor=in_latin,
        min_df=2,
        dtype=np.float32,
    )
    expected = plain.fit_transform(texts)
    ngrams = NGrams()
    found = ngrams.fit(texts)[:, : expected.shape[1]]
    assert abs(found - expected).max() < 1e-6
    asked = ["bygglov i Växjö", "nothing known"]
    again = ngrams.features(asked)[:, : expected.shape[1]]
    assert abs(again - plain.transform(asked)).max() < 1e-6
