"""Texts are filled in, fall back, and follow their files."""

import os

import pytest

from bot.wording import Catalogue, render
from tests.small_files import write


@pytest.fixture
def catalogue(tmp_path):
    write(tmp_path / "sv.yml", 'greet: "Hej {name}!"\nonly_sv: "Bara svenska"\nboth: "ja"\n')
    write(tmp_path / "en.yml", 'greet: "Hello {name}!"\nboth: "yes"\n')
    write(tmp_path / "ar.yml", 'greet: "مرحبا {name}!"\nempty: ""\n')
    return Catalogue(tmp_path)


def test_fields_are_filled_in():
    assert render("Call {phone}, {who}.", {"phone": "112", "who": "now"}) == "Call 112, now."


@pytest.mark.parametrize("value", [None, "", [], ()])
def test_a_line_with_an_empty_field_is_left_out(value):
    template = "Title\nPhone: {phone}\nEnd"
    assert render(template, {"phone": value}) == "Title\nEnd"
    assert render(template, {}) == "Title\nEnd"


def test_a_line_needs_all_of_its_fields():
    assert render("{a} {b}\n{a}", {"a": "1"}) == "1"


def test_lists_become_one_line_each():
    assert render("Do:\n{steps}", {"steps": ["1. a", "2. b"]}) == "Do:\n1. a\n2. b"


def test_a_value_with_braces_is_not_filled_in_again():
    assert render("{a}", {"a": "{b}", "b": "no"}) == "{b}"


def test_other_braces_stay():
    assert render("{} {A} {a-b}", {}) == "{} {A} {a-b}"


def test_swedish_values_are_isolated_in_right_to_left_text():
    assert render("اتصل {phone}", {"phone": "112"}, isolate=True) == "اتصل \u2068112\u2069"
    assert render("{a}", {"a": ["x", "y"]}, isolate=True) == "\u2068x\u2069\n\u2068y\u2069"


def test_a_swedish_name_with_diacritics_is_isolated_too():
    # Found a bug in wording.py: only ASCII values are isolated, so "Försäkringskassan" is not.
    shown = render("{name} هنا", {"name": "Försäkringskassan 1"}, isolate=True)
    assert shown == "\u2068Försäkringskassan 1\u2069 هنا"


def test_arabic_values_need_no_isolate():
    assert render("{name}", {"name": "البلدية"}, isolate=True) == "البلدية"


def test_a_text_falls_back_to_english_then_swedish(catalogue):
    assert catalogue.find("greet", "ar") == ("مرحبا {name}!", "ar")
    assert catalogue.find("both", "ar") == ("yes", "en")
    assert catalogue.find("only_sv", "ar") == ("Bara svenska", "sv")
    assert catalogue.find("only_sv", "xx") == ("Bara svenska", "sv")


def test_an_empty_text_falls_back_and_a_missing_one_shows_its_key(catalogue):
    assert catalogue.find("empty", "ar") == ("", "ar")
    assert catalogue.text("empty", "ar") == "empty"
    assert catalogue.text("no_such_key", "sv") == "no_such_key"


def test_a_text_is_filled_in_by_language(catalogue):
    assert catalogue.text("greet", "sv", name="Amina") == "Hej Amina!"
    assert catalogue.text("greet", "ar", rtl=True, name="Amina") == "مرحبا \u2068Amina\u2069!"


def test_a_changed_file_is_noticed_without_a_restart(catalogue, tmp_path):
    assert catalogue.text("both", "en") == "yes"
    path = write(tmp_path / "en.yml", 'both: "indeed"\n')
    os.utime(path, (1, 1))  # another time stamp, without waiting for one
    assert catalogue.text("both", "en") == "indeed"


def test_a_new_and_a_removed_file_are_noticed(catalogue, tmp_path):
    assert catalogue.texts("so") == {}
    write(tmp_path / "so.yml", 'both: "haa"\n')
    assert catalogue.text("both", "so") == "haa"
    (tmp_path / "so.yml").unlink()
    assert catalogue.text("both", "so") == "yes"


def test_an_unchanged_file_is_read_once(catalogue):
    assert catalogue.texts("sv") is catalogue.texts("sv")


def test_an_empty_file_holds_no_texts(tmp_path):
    write(tmp_path / "fi.yml", "# nothing yet\n")
    assert Catalogue(tmp_path).texts("fi") == {}
