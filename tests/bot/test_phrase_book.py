"""Names and phrases typed as they stand."""

import pytest

from bot.phrase_book import PhraseBook

TEXTS = [
    ("Bygglov", "bygglov"),
    ("överklaga bygglov", "overklaga_bygglov"),
    ("паспорт", "pass"),
    ("Grannen har fått bygglov nyss, vem stoppar det?", "overklaga_bygglov"),
    ("körkort", "korkort"),
    ("Körkort", "korkort_fornya"),
]


@pytest.fixture
def book():
    return PhraseBook(TEXTS)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("bygglov", "bygglov"),
        ("BYGGLOV?", "bygglov"),
        ("overklaga bygglov!", "overklaga_bygglov"),
        ("grannen har fatt bygglov nyss vem stoppar det", "overklaga_bygglov"),
    ],
)
def test_case_marks_and_signs_do_not_matter(book, text, label):
    assert book.label(text) == label


def test_other_scripts_are_read_in_latin_letters(book):
    assert book.label("pasport") == "pass"


@pytest.mark.parametrize(
    "text", ["", "???", "grannens bygglov", "grannen har fått bygglov nyss", "x" * 100_000]
)
def test_what_stands_nowhere_has_no_label(book, text):
    assert book.label(text) is None


@pytest.mark.parametrize("text", ["körkort", "KORKORT!"])
def test_what_stands_under_two_labels_decides_nothing(book, text):
    assert book.label(text) is None


def test_an_empty_book_knows_nothing():
    assert PhraseBook(()).label("bygglov") is None


def test_what_was_saved_is_read(book, tmp_path):
    book.save(tmp_path)
    read = PhraseBook.load(tmp_path)
    assert [read.label(text) for text, _ in TEXTS] == [book.label(text) for text, _ in TEXTS]
