"""Replies to verdicts: cards, care, second matters, near matters, buttons."""

from types import SimpleNamespace

import pytest

from bot.decision import Candidate
from bot.detect import Detection
from bot.replies import NEITHER, Replies, named_reason
from bot.settings import ROOT
from bot.wording import Catalogue

CATALOGUE = Catalogue(ROOT / "knowledge" / "texts")


@pytest.fixture
def replies(knowledge):
    return Replies(knowledge, CATALOGUE, "sv")


def match(
    verdict, *services, score=0.9, options=(), boundary=None, second=None, language=None, **also
):
    return SimpleNamespace(
        language=language or Detection("sv", 0.9, "Latn"),
        verdict=verdict,
        candidates=tuple(Candidate(s, "x", "stat", score) for s in services),
        options=options,
        boundary=boundary,
        second=second,
        is_abroad=also.get("is_abroad", False),
    )


def keys(made):
    return [reply.key for reply in made]


def test_an_answer_comes_with_three_judgements(replies):
    (reply,) = replies.to(match("answer", "barnbidrag"))
    assert reply.service == "barnbidrag"
    assert [b["title"] for b in reply.buttons] == [
        "Det stämmer",
        "Svaret är fel",
        "Inte det jag menade",
    ]
    assert reply.buttons[1]["payload"] == (
        '/give_feedback{"judgement":"wrong","service":"barnbidrag"}'
    )


def test_two_matters_get_two_cards(replies):
    made = replies.to(match("answer", "barnbidrag", second=match("answer", "bygglov")))
    assert [r.service for r in made if r.card] == ["barnbidrag", "bygglov"]
    assert "utter_second" in keys(made)


def test_a_second_matter_may_be_a_question(replies):
    open_half = match("clarify", options=("nationellt_id_kort", "id_kort_skatteverket"))
    made = replies.to(match("answer", "barnbidrag", second=open_half))
    assert [bool(r.service) for r in made if r.card] == [True, False]
    assert made[-1].options == ("nationellt_id_kort", "id_kort_skatteverket")


GERMAN = Detection(None, 0.4, "Latn", "en")
THAI = Detection(None, 0.0, "Zzzz")


@pytest.mark.parametrize(
    ("language", "score", "key"),
    [
        (GERMAN, 0.01, "utter_language_unknown"),
        (GERMAN, 0.2, "utter_none_near"),  # it may have been a word of ours after all
        (THAI, 0.2, "utter_language_unknown"),
        (Detection(None, 0.0, "Zyyy"), 0.01, "utter_none"),
        (Detection("sv", 0.9, "Latn"), 0.01, "utter_none"),
    ],
)
def test_who_writes_in_a_language_that_is_none_of_ours_is_told_which_are(
    replies, language, score, key
):
    (reply,) = replies.to(match("none", "barnbidrag", score=score, language=language))
    assert reply.key == key
    assert reply.card["type"] == "none"
    if key == "utter_language_unknown":
        assert {"svenska", "ትግርኛ"} <= set(reply.values["languages"].lower().split(", "))


def test_another_countrys_matter_is_told_as_such_unless_one_of_ours_is_near(replies):
    (reply,) = replies.to(match("none", "barnbidrag", score=0.01, is_abroad=True))
    assert (reply.key, reply.card["type"]) == ("utter_none_abroad", "none")
    (near,) = replies.to(match("none", "barnbidrag", score=0.2, is_abroad=True))
    assert near.key == "utter_none_near"


def test_violence_is_met_with_care_before_the_card(replies):
    made = replies.to(match("answer", "vald_nara_relation"))
    assert made[0].key == "care_violence"
    assert made[1].service == "vald_nara_relation"
    assert "020-50 50 50" in CATALOGUE.text("care_violence", "sv")


def test_an_emergency_says_112_first_and_the_helpline_only_where_it_fits(replies):
    plain, violence = replies.emergency(), replies.emergency(violence=True)
    assert "112" in plain.card["title"]
    assert not any("020-50 50 50" in line for line in plain.card["steps"])
    assert any("020-50 50 50" in line for line in violence.card["steps"])


def test_near_matters_are_offered_only_if_they_are_likely(replies):
    (likely,) = replies.to(match("none", "barnbidrag", "bygglov", score=0.1))
    assert likely.key == "utter_none_near"
    assert likely.card["type"] == "none"
    assert likely.options == ("barnbidrag", "bygglov")
    (unlikely,) = replies.to(match("none", "barnbidrag", score=0.01))
    assert unlikely.key == "utter_none" and not unlikely.options


def test_a_choice_ends_with_neither(replies):
    (reply,) = replies.to(match("clarify", options=("barnbidrag", "bygglov")))
    assert [b["payload"] for b in reply.buttons][-1] == f'/choose_service{{"service":"{NEITHER}"}}'


def test_a_button_of_another_time_is_not_an_error(replies):
    assert keys(replies.chosen("no_such_service")) == ["utter_old_button"]
    assert keys(replies.chosen(NEITHER)) == ["utter_chosen_none"]
    assert replies.chosen("bygglov")[0].service == "bygglov"


def test_easy_wording_is_shorter(knowledge, replies):
    easy = Replies(knowledge, CATALOGUE, "sv", easy=True).answer("barnbidrag")
    usual = replies.answer("barnbidrag")
    assert easy.key == "utter_answer_easy"
    length = {r.key: len(CATALOGUE.text(r.key, "sv", **r.values)) for r in (easy, usual)}
    assert length["utter_answer_easy"] < length[usual.key]


def test_the_easy_summary_is_used_where_there_is_one(knowledge):
    words = dict(knowledge.service_words["sv"])
    words["barnbidrag"] = words["barnbidrag"].model_copy(update={"easy": "Pengar för barnet."})
    base = knowledge.model_copy(update={"service_words": {**knowledge.service_words, "sv": words}})
    assert Replies(base, CATALOGUE, "sv", easy=True).answer("barnbidrag").card["summary"] == (
        "Pengar för barnet."
    )
    assert Replies(base, CATALOGUE, "sv").answer("barnbidrag").card["summary"] != (
        "Pengar för barnet."
    )


@pytest.mark.parametrize("language", ["sv", "en", "ar", "so", "ti", "ckb"])
def test_every_service_has_a_card_in_the_language(knowledge, language):
    made = Replies(knowledge, CATALOGUE, language, "0181")
    for service in knowledge.services:
        reply = made.answer(service)
        text = CATALOGUE.text(reply.key, language, **reply.values)
        assert reply.card["title"] in text
        assert "{" not in text and "None" not in text


def test_a_neighbour_is_named_once():
    assert named_reason("CSN", "CSN lånar ut pengar") == "CSN lånar ut pengar"
    assert named_reason("CSN", "Lånar ut pengar") == "CSN: Lånar ut pengar"


def test_an_exception_of_place_is_worked_in(knowledge):
    with_exception = [
        (s.id, e) for s in knowledge.services.values() for e in s.exceptions if e.where
    ]
    if not with_exception:
        pytest.skip("the knowledge base has no exception of place")
    service, exception = with_exception[0]
    code = next(
        c for c, m in knowledge.municipalities.items() if exception.where[0] in (c, m.region)
    )
    card = Replies(knowledge, CATALOGUE, "sv", code).answer(service).card
    assert card["authority"] == knowledge.service_in(service, code).authority


def test_replies_know_their_language_direction(knowledge):
    card = Replies(knowledge, CATALOGUE, "ar").answer("barnbidrag").card
    assert card["dir"] == "rtl"
