"""The one function that says what a question is about, on the small knowledge base."""

import copy
import dataclasses
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.errors import IndexMissingError
from bot.index_folder import FORMAT, read_index_facts
from bot.matcher import load_matcher
from bot.ranking_reader import authority_mass
from tests.small_base import BOUNDARIES, SERVICES

VERDICTS = {"answer", "clarify", "none", "emergency"}


@pytest.fixture(scope="module")
def get_matcher(trained):
    return lambda: trained


def check_contract(match):
    """What holds for every verdict, whatever was asked."""
    scores = [candidate.score for candidate in match.candidates]
    assert match.verdict in VERDICTS
    assert len(scores) <= 5
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert {candidate.service for candidate in match.candidates} <= set(SERVICES)
    assert bool(match.options) == (match.verdict == "clarify")
    assert match.boundary is None or match.options == BOUNDARIES[match.boundary]
    assert match.verdict == "none" or match.candidates
    assert match.verdict != "emergency" or match.candidates[0].authority == "sos_alarm"


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("mitt barn är sjukt", "vab"),
        ("nytt id-kort till mig", "id_kort"),
        ("my daughter is sick and I stay home", "vab"),
        ("I have moved to a new address", "flyttanmalan"),
        ("طلب بطاقة هوية جديدة", "id_kort"),
        ("انتقلت إلى عنوان جديد", "flyttanmalan"),
    ],
)
def test_a_question_is_answered_in_each_language(trained, text, service):
    match = trained.match(text)
    assert (match.verdict, match.candidates[0].service) == ("answer", service)
    check_contract(match)


def test_a_text_that_leaves_it_open_gets_the_deciding_question(trained):
    match = trained.match("vem kan hjälpa mig med hyran")
    assert (match.verdict, match.boundary) == ("clarify", "pengar_till_hyran")
    assert match.options == ("bostadsbidrag", "forsorjningsstod")


@pytest.mark.parametrize("text", ["recept på pannkakor", "tell me a funny story", "hej"])
def test_what_is_nobodys_matter_gets_none(trained, text):
    assert trained.match(text).verdict == "none"


@pytest.mark.parametrize(
    "text", ["det brinner i huset hjälp", "fire, help", "البيت يحترق الآن", "112", "ring 112 nu"]
)
def test_an_emergency_is_an_emergency(trained, text):
    match = trained.match(text)
    assert match.verdict == "emergency"
    first = match.candidates[0]
    assert (first.service, first.authority, first.level) == ("nodsamtal", "sos_alarm", "sos")


@pytest.mark.parametrize("text", ["", " ", "😀😀😀", "12345", "?!", "\u200b\u200e\u202e", "\x00"])
def test_what_cannot_be_read_gets_none_without_candidates(trained, text):
    match = trained.match(text)
    assert (match.verdict, match.candidates) == ("none", ())
    assert match.language.code is None


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('x')</script>",
        "'; DROP TABLE services; --",
        "{{7*7}} ${jndi:ldap://x} %s %n",
        "../../etc/passwd",
        "\ud800 lone surrogate",
        "A" * 100_000,
        "mitt barn är sjukt " * 5_000,
        "\n" * 100_000,
        "😀" * 100_000,
        "<" * 100_000,
        "ا" * 100_000,
    ],
)
def test_hostile_and_endless_text_gets_a_verdict(trained, text):
    check_contract(trained.match(text))


def test_invisible_characters_and_tags_do_not_change_the_verdict(trained):
    plain = trained.match("mitt barn är sjukt")
    for text in ("mitt\u200b barn\u200e är\u202e sjukt", "<b>mitt</b> barn är  sjukt\n"):
        assert trained.match(text) == plain


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=3000))
@example("\u0000")
@example("112" * 1000)
@example("ﷺ" * 3000)
@example("İ" * 3000)
@example("ß" * 3000)
def test_any_text_gets_a_verdict_and_always_the_same(get_matcher, text):
    matcher = get_matcher()
    match = matcher.match(text)
    check_contract(match)
    assert matcher.match(text) == match


def test_candidates_are_best_first(trained):
    for text in ("hjälp med hyran", "mitt barn", "money", "adress", "طفل"):
        scores = [candidate.score for candidate in trained.match(text).candidates]
        assert scores == sorted(scores, reverse=True)


def test_a_known_language_does_not_change_what_is_detected(trained):
    match = trained.match("my child is sick and I cannot work", "sv")
    assert (match.language.code, match.verdict) == ("en", "answer")
    assert trained.match("my child is sick", "xx").verdict in VERDICTS


def test_the_verdict_names_the_knowledge_it_comes_from(trained):
    assert trained.match("hej").knowledge_version == trained.knowledge.version


def test_a_verdict_does_not_hold_what_was_written(trained):
    match = trained.match("mitt barn heter Zlatana och är sjukt")
    assert "Zlatana" not in json.dumps(dataclasses.asdict(match))


def test_a_ranking_names_every_service_once_best_first(trained):
    ranking = trained.rank("mitt barn är sjukt", "sv")
    others = sorted(set(SERVICES) - {"nodsamtal"})  # the emergency has a detector of its own
    assert sorted(service for service, _ in ranking.services) == others
    shares = [share for _, share in ranking.services]
    assert shares == sorted(shares, reverse=True)
    assert sum(ranking.verdicts.values()) == pytest.approx(1.0)


def test_the_mass_of_an_authority_is_that_of_all_its_services(small):
    services = [("vab", 0.4), ("sjukpenning", 0.2), ("forskola", 0.15), ("forsorjningsstod", 0.1)]
    assert authority_mass(services, small) == (pytest.approx(0.6), pytest.approx(0.25))
    assert authority_mass([("vab", 1.0)], small) == (1.0, 0.0)


def test_a_loaded_matcher_gives_the_same_verdicts(trained, trained_settings):
    again = load_matcher(trained_settings.index)
    for text in ("mitt barn är sjukt", "support for the rent", "انتقلت إلى عنوان جديد"):
        assert again.match(text) == trained.match(text)


@pytest.mark.parametrize("text", [None, "", "{", "[]", '"x"', '{"format": 0}', "{}"])
def test_an_index_that_is_missing_or_of_another_make_says_what_to_do(tmp_path, text):
    if text is not None:
        (tmp_path / "index.json").write_text(text)
    with pytest.raises(IndexMissingError, match="lots train"):
        read_index_facts(tmp_path)
    with pytest.raises(IndexMissingError, match="lots train"):
        load_matcher(tmp_path)


def test_an_index_with_a_missing_part_says_what_to_do(tmp_path, trained_settings):
    facts = (trained_settings.index / "index.json").read_text()
    (tmp_path / "index.json").write_text(facts)
    with pytest.raises(IndexMissingError, match="lots train"):
        load_matcher(tmp_path)
    assert json.loads(facts)["format"] == FORMAT


@pytest.mark.parametrize(
    ("text", "is_abroad"),
    [
        ("recept på pannkakor", False),
        ("recept på pannkakor från Belgrad", True),
        ("recept på pannkakor från Belgrad här i Sverige", False),
    ],
)
def test_of_what_is_no_matter_it_is_told_whether_only_a_place_abroad_is_named(
    small, trained, text, is_abroad
):
    places = small.model_copy(
        update={
            "places_abroad": {"sv": ("Belgrad",)},
            "language_list": tuple(
                one.model_copy(update={"here": ("här",)}) for one in small.language_list
            ),
        }
    )
    matcher = copy.copy(trained)
    matcher.knowledge = places
    match = matcher.match(text, "sv")
    assert (match.verdict, match.is_abroad) == ("none", is_abroad)
