"""Names and short phrases typed as they stand."""

import pytest

from bot.keywords import Keywords

TEXTS = [
    ("Bygglov", "bygglov"),
    ("överklaga bygglov", "overklaga_bygglov"),
    ("паспорт", "pass"),
    ("grannen har fått bygglov nyss", "overklaga_bygglov"),
    ("körkort", "korkort"),
    ("Körkort", "korkort_fornya"),
]


@pytest.fixture
def keywords():
    return Keywords(TEXTS)


@pytest.mark.parametrize(
    ("text", "label"),
    [("bygglov", "bygglov"), ("BYGGLOV?", "bygglov"), ("overklaga bygglov!", "overklaga_bygglov")],
)
def test_case_marks_and_signs_do_not_matter(keywords, text, label):
    assert keywords.label(text) == label


def test_other_scripts_are_read_in_latin_letters(keywords):
    assert keywords.label("pasport") == "pass"


@pytest.mark.parametrize(
    "text", ["", "???", "grannens bygglov", "grannen har fått bygglov nyss", "x" * 100_000]
)
def test_what_is_no_keyword_has_no_label(keywords, text):
    assert keywords.label(text) is None


@pytest.mark.parametrize("text", ["körkort", "KORKORT!"])
def test_what_stands_under_two_labels_decides_nothing(keywords, text):
    assert keywords.label(text) is None


def test_what_was_saved_is_read(keywords, tmp_path):
    keywords.save(tmp_path)
    assert Keywords.load(tmp_path).label("паспорт") == "pass"
