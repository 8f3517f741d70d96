"""People say where they live in many ways; what stands for several places is asked about."""

import pytest

from bot.places import PlaceFinder, folded


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("i Södertälje", "Södertälje"),
        ("jag bor i Huddinge kommun", "Huddinge"),
        ("Botkyrkas kommun", "Botkyrka"),
        ("0181", "Södertälje"),
        ("Sthlm", "Stockholm"),
        ("Goteborg", "Göteborg"),
        ("Gothenburg", "Göteborg"),
        ("upplands bro", "Upplands-Bro"),
        ("Upplands Väsby", "Upplands Väsby"),
        ("Rinkeby", "Stockholm"),
        ("Rosengård i Malmö", "Malmö"),
        ("Angered", "Göteborg"),
        ("Fittja", "Botkyrka"),
        ("Visby", "Gotland"),
        ("Gotlands län", "Gotland"),
        ("Södertälje, Stockholms län", "Södertälje"),
        # misspelt, and with the ending of another language
        ("Sodertelje", "Södertälje"),
        ("jönköbing", "Jönköping"),
        ("Huddingessa", "Huddinge"),
        ("Stockholm'de", "Stockholm"),
        ("w Sztokholmie", "Stockholm"),
        # other names and scripts
        ("سودرتاليا", "Södertälje"),
        ("أسكن في ستوكهولم", "Stockholm"),
        ("بستوكهولم", "Stockholm"),
        ("من در گوتنبرگ زندگی می‌کنم", "Göteborg"),
        ("لە ستۆکهۆڵم", "Stockholm"),
        ("в Стокгольме", "Stockholm"),
        ("у Мальме", "Malmö"),
        ("ኣብ ስቶክሆልም", "Stockholm"),
        ("Tukholma", "Stockholm"),
        ("Giron", "Kiruna"),
        ("Staare", "Östersund"),
    ],
)
def test_a_place_is_understood(knowledge, said, name):
    assert [m.name for m in knowledge.places.find(said)] == [name]


def test_every_municipality_is_found_by_its_names(knowledge):
    for place in knowledge.municipalities.values():
        for said in (place.name, f"jag bor i {place.name}", place.full_name, place.name.upper()):
            assert place in knowledge.places.find(said), said
        assert knowledge.places.find(place.name) == [place]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Sätra", {"Stockholm", "Gävle"}),
        ("habbo", {"Habo", "Håbo"}),
        ("från Solna till Sundbyberg", {"Solna", "Sundbyberg"}),
    ],
)
def test_what_stands_for_several_places_is_asked_about(knowledge, said, names):
    assert {m.name for m in knowledge.places.find(said)} == names


def test_marks_tell_habo_from_håbo(knowledge):
    assert [m.name for m in knowledge.places.find("Habo")] == ["Habo"]
    assert [m.name for m in knowledge.places.find("i Håbo")] == ["Håbo"]


def test_a_county_is_not_its_seat(knowledge):
    found = {m.name for m in knowledge.places.find("Stockholms län")}
    assert {"Stockholm", "Södertälje", "Norrtälje"} <= found
    assert len(found) == 26
    assert len(knowledge.places.find("jag bor i Skåne")) == 33


@pytest.mark.parametrize(
    "said", ["", "hej", "vet inte", "jag vill vara hemma", "nej tack", "en liten by", "9999", "?!"]
)
def test_other_words_are_no_place(knowledge, said):
    assert knowledge.places.find(said) == []


@pytest.mark.parametrize("said", ["Vara", "jag bor i Vara", "Vara kommun"])
def test_a_name_that_is_a_word_counts_where_a_place_stands(knowledge, said):
    assert [m.name for m in knowledge.places.find(said)] == ["Vara"]


def test_no_two_municipalities_share_a_spelling_they_are_known_by(knowledge):
    own = {m.name.casefold(): m.code for m in knowledge.municipalities.values()}
    for name in knowledge.place_names:
        assert own.get(name.name.casefold(), name.code) == name.code, name


def test_local_names_of_an_overlay_are_found(knowledge):
    finder = PlaceFinder(knowledge.municipalities)
    assert finder.find("Rinkeby") == []


def test_folding_makes_persian_and_arabic_letters_one():
    assert folded("استکهلم") == folded("استكهلم")
    assert folded("Västerås") == "vasteras"
