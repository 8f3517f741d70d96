"""What people type is made safe to look at."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plain_text import MAX_LENGTH, clean, has_letters


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  hej \n\t du  ", "hej du"),
        ("a\u200bb\u200dc\ufeffd", "abcd"),
        ("\u202ehej\u202c", "hej"),
        ("a\x00b\x07c", "a b c"),
        ("<b>hej</b> <script>alert(1)</script>", "hej alert(1)"),
        ("se https://www.example.se/x?y=1 här", "se här"),
        ("se www.example.se", "se"),
        ("hjääääääälp!!!!!!", "hjäääälp!!!".replace("ääää", "äää")),
        ("e\u0301", "é"),
        ("\ud800 lone", "lone"),
        ("", ""),
    ],
)
def test_text_is_cleaned(typed, seen):
    assert clean(typed) == seen


def test_a_long_text_is_cut():
    assert len(clean("ab " * 50_000)) <= MAX_LENGTH


def test_less_than_is_no_tag():
    assert clean("min lön är < 20 000 och > 10 000".replace("> 10 000", "")) == (
        "min lön är < 20 000 och"
    )


def test_a_joiner_inside_a_word_does_not_part_it():
    assert clean("می\u200cخواهم") == "میخواهم"


@given(st.text(max_size=500))
def test_clean_text_is_clean(text):
    once = clean(text)
    assert len(once) <= MAX_LENGTH
    assert not any(unicodedata.category(c)[0] == "C" for c in once)
    assert "  " not in once
    assert once == once.strip()


@pytest.mark.parametrize("text", ["a", "1 b", "ሰ", "ж", "ش"])
def test_letters_of_any_script_count(text):
    assert has_letters(text)


@pytest.mark.parametrize("text", ["", "123", "!?", "😀", "\u200b", "۱۲۳"])
def test_digits_and_signs_are_no_letters(text):
    assert not has_letters(text)
