"""What a question rules out, and where it holds two matters."""

import pytest

from bot.errors import KnowledgeError
from bot.settings import ROOT
from bot.turns_of_phrase import TurnsOfPhrase, read_turns_of_phrase


@pytest.fixture(scope="module")
def turns() -> TurnsOfPhrase:
    return read_turns_of_phrase(ROOT / "knowledge")


@pytest.mark.parametrize(
    ("language", "text", "rest"),
    [
        ("sv", "inte pensionen utan bostadstillägget", "bostadstillägget"),
        ("sv", "Det gäller inte bygglov. Vem ritar tomtgränsen?", "Vem ritar tomtgränsen?"),
        ("en", "not the passport, the ID card", "the ID card"),
        ("pl", "nie zasiłek, tylko emerytura", "emerytura"),
        ("tr", "emeklilik değil, kira yardımı", "kira yardımı"),
        ("ti", "ዜግነት ኣይኮነን። ፓስፖርት እየ ዝደሊ", "ፓስፖርት እየ ዝደሊ"),
    ],
)
def test_the_clause_that_is_not_meant_is_left_out(turns, language, text, rest):
    assert turns.remainder(text, language) == rest


@pytest.mark.parametrize(
    "text",
    [
        "jag kan inte arbeta och behöver pengar",  # a negation inside what has happened
        "inte pensionen",  # nothing would be left
        "hur söker jag bygglov?",
        "",
    ],
)
def test_other_questions_stay_whole(turns, text):
    assert turns.remainder(text, "sv") is None


def test_a_late_negation_belongs_to_what_has_happened(turns):
    text = "Jag sökte. Jag väntade. Inte ett ord. Vem svarar?"
    assert turns.remainder(text, "sv") is None


@pytest.mark.parametrize(
    ("language", "text", "doors"),
    [
        ("sv", "Polisen sa att jag skulle fråga er", {"polisen"}),
        ("fi", "Skatteverketistä sanottiin ettei kuulu heille", {"skatteverket"}),
        ("so", "Försäkringskassan way i yiraahdeen", {"forsakringskassan"}),
        ("sv", "hur anmäler jag något till polisen", set()),  # nobody said anything
        ("en", "my boss told me nothing", {"arbetsgivare"}),
    ],
)
def test_who_has_said_no_is_a_closed_door(turns, language, text, doors):
    assert turns.closed_doors(text, language) == doors


def test_two_matters_are_cut_at_the_word_between_them(turns):
    halves = turns.halves("min pension blir sen och sonen behöver skolskjuts", "sv")
    assert ("min pension blir sen", "sonen behöver skolskjuts") in halves


def test_a_half_is_two_words_at_least(turns):
    assert turns.halves("mamma och pappa flyttar", "sv") == []


def test_a_long_story_is_not_cut(turns):
    assert turns.halves("ord " * 40 + "och " + "ord " * 40, "sv") == []


def test_a_language_without_turns_rules_nothing_out(turns):
    assert turns.remainder("not the pension, the rent", "xx") is None
    assert turns.closed_doors("police said no", None) == frozenset()
    assert turns.halves("one two and three four", None) == []


def test_every_language_has_its_turns(turns):
    codes = {path.name for path in (ROOT / "knowledge" / "wording").iterdir()}
    assert codes <= set(turns.turns)
    for code, words in turns.turns.items():
        assert words.said and (words.not_before or words.not_after), code


def test_every_body_in_speech_is_an_authority(turns):
    known = {path.stem for path in (ROOT / "knowledge" / "authorities").glob("*.yml")}
    assert set(turns.bodies.values()) <= known


def test_missing_files_rule_nothing_out(tmp_path):
    assert read_turns_of_phrase(tmp_path) == TurnsOfPhrase({}, {})


def test_a_broken_file_is_named(tmp_path):
    (tmp_path / "turns_of_phrase.yml").write_text("sv: {said: 3}", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="turns_of_phrase.yml"):
        read_turns_of_phrase(tmp_path)
