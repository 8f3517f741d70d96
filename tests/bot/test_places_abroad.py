"""Places outside Sweden and words for here, as the real knowledge base has them."""

from collections import Counter

import pytest

LEAST = 500  # names a language has


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("sv", "barnbidrag i Helsingfors", "Helsingfors"),
        ("en", "my landlord in Lagos", "Lagos"),
        ("ar", "معاش أبي ببغداد", "ببغداد"),
        ("so", "canshuurta gaadhiga Nairobi", "Nairobi"),
        ("fi", "asun Imatralla", "Imatralla"),
        ("fa", "قبض برق تهران", "تهران"),
        ("ti", "ገዛ ኣስመራ", "ኣስመራ"),
        ("uk", "штраф у Варшаві", "Варшаві"),
        ("pl", "wybory w Wieliczce", "Wieliczce"),
        ("tr", "Kayseri'deki ev", "Kayseri"),
        ("ckb", "خانووی هەولێر", "هەولێر"),
        ("kmr", "xaniyê min li Diyarbekirê", "Diyarbekirê"),
        ("bs", "katastar u Mostaru", "Mostaru"),
        ("ru", "пенсия в Ташкенте", "Ташкенте"),
        ("es", "multa en Bogotá", "Bogotá"),
    ],
)
def test_each_language_names_places_abroad(knowledge, language, text, place):
    assert knowledge.abroad.find(text, language) == place
    assert len(knowledge.places_abroad[language]) >= LEAST


def test_hardly_any_phrase_of_a_matter_seems_to_name_a_place_abroad(knowledge, real_texts):
    """A name that is also an ordinary word would be found everywhere."""
    asked, named = Counter(), Counter()
    for text in real_texts[::7]:
        asked[text.language] += 1
        named[text.language] += knowledge.abroad.find(text.text, text.language) is not None
    assert not {code: n / asked[code] for code, n in named.items() if n > 0.08 * asked[code]}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("sv", "jag bor här", "här"),
        ("en", "we moved to Malmö", "Malmö"),
        ("fi", "asun Ruotsissa", "Ruotsissa"),
        ("ar", "ساكن بالسويد", "بالسويد"),
        ("uk", "живу у Швеції", "Швеції"),
        ("kmr", "ez li vir dijîm", "vir"),
        ("pl", "ale ja nie wiem", None),  # Ale is a municipality, and "but"
        ("sv", "hyresvärden i Köpenhamn", None),
        ("bs", "moram platiti", None),
    ],
)
def test_what_says_that_it_is_here_is_found(knowledge, language, text, found):
    assert knowledge.at_home.find(text, language) == found


def test_every_language_says_here(knowledge):
    assert all(language.here for language in knowledge.language_list)
