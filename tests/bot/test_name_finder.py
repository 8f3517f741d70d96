"""Names in the forms people write them."""

import pytest

from bot.name_finder import NameFinder

PLACES = NameFinder(
    {
        "ar": ["قامشلي", "سان فرانسيسكو", "حلب"],
        "fi": ["Imatra", "Lahti", "!"],
        "ru": ["Москв", "Рим"],
        "sv": ["Köln", "New York"],
        "ti": ["ኣስመራ"],
        "tr": ["Konya", "Kars"],
    }
)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("tr", "konya çocuk parası", "konya"),
        ("tr", "Konya'da evi var", "Konya"),
        ("tr", "konyada evi var", "konyada"),
        ("fi", "asun Imatralla", "Imatralla"),
        ("ru", "живу в москве", "москве"),
        ("sv", "hyra i koln", "koln"),
        ("sv", "flytta till New Yorks stad", "New Yorks"),
        ("ar", "رخصة محل بالقامشلي", "بالقامشلي"),
        ("ar", "بيت بحلب", "بحلب"),
        ("ar", "في سان فرانسيسكو", "سان فرانسيسكو"),
        ("ti", "ገዛ ንኣስመራ", "ንኣስመራ"),
    ],
)
def test_a_name_is_found_in_the_forms_people_write(language, text, place):
    assert PLACES.find(text, language) == place


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "kapıya karşı"),  # a short name takes no ending: "Kars" is not "karşı"
        ("fi", "bussi lähti"),  # marks count where they are written
        ("tr", "konyalılarımızdan"),  # nor a longer one a long one
        ("ru", "римский"),
        ("sv", "york"),  # half a name
        ("sv", "konya"),  # another language's
        (None, "Konya"),
        ("en", "Konya"),  # a language without names
        ("sv", ""),
        ("ar", "ب"),
        ("sv", "123 !?"),
    ],
)
def test_what_is_no_such_name_is_none(language, text):
    assert PLACES.find(text, language) is None
