"""What is said when people ask on: only what the knowledge base knows."""

import pytest

from bot.follow_ups import FollowUps, interpreter_wanted, right_door_open
from bot.replies import Replies
from bot.settings import ROOT
from bot.wording import Catalogue

CATALOGUE = Catalogue(ROOT / "knowledge" / "texts")


@pytest.fixture
def about(knowledge):
    def make(service, language="sv", municipality=None, **changes):
        services = dict(knowledge.services)
        services[service] = services[service].model_copy(update=changes)
        base = knowledge.model_copy(update={"services": services})
        return FollowUps(Replies(base, CATALOGUE, language, municipality), service)

    return make


def said(reply, language="sv"):
    return CATALOGUE.text(reply.key, language, **reply.values)


def test_why_not_another_body_is_answered_with_its_reason(about):
    reply = about("bygglov").why("varför inte Lantmäteriet?")
    assert reply.key == "utter_why_not"
    assert said(reply).count("Lantmäteriet") == 1  # its reason begins with its name
    assert "Bygglov" in said(reply)


def test_why_not_a_body_without_a_reason_says_what_that_body_does(about):
    reply = about("bygglov").why("why not the CSN?")
    assert reply.key == "utter_why_not_generic"
    assert said(reply).startswith("CSN")


def test_why_names_a_body_that_is_right_too(about):
    reply = about("bygglov", also=("polisen",)).why("varför inte polisen")
    assert reply.key == "utter_why_also"


def test_why_without_another_body_gives_the_reason_and_the_source(about):
    reply = about("bygglov").why("varför just de?")
    assert reply.key == "utter_why"
    assert "Källa:" in said(reply)


def test_a_price_is_said_only_with_a_source(about):
    from bot.records import Step

    free = (Step(do="free"),)
    assert about("barnbidrag", steps=free, confidence="verified").cost().key == "utter_cost_free"
    assert about("barnbidrag", steps=free, confidence="unchecked").cost().key == (
        "utter_cost_unknown"
    )
    assert about("barnbidrag", steps=()).cost().key == "utter_cost_unknown"


def test_papers_are_those_of_the_steps(about):
    from bot.records import Step

    steps = (Step(do="bring", what=("passport", "photos")),)
    assert "- pass\n- bilder" in said(about("bygglov", steps=steps).documents())
    assert about("bygglov", steps=()).documents().key == "utter_documents_unknown"


def test_the_law_on_waiting_is_not_said_about_courts_and_companies(about):
    assert "12 §" in said(about("bygglov").how_long())
    assert "12 §" not in said(about("stamning").how_long())


def test_somebody_sent_away_learns_who_must_take_it(about):
    reply = about("bygglov").right_door("Lantmäteriet skickade mig hit")
    assert reply.key == "utter_sent_away"
    assert "6 § förvaltningslagen" in said(reply)
    assert "”Det gäller: Bygglov." in said(reply)


def test_somebody_sent_away_by_the_right_door_hears_that_it_was_right(about):
    reply = about("barnbidrag").right_door("Försäkringskassan skickade mig vidare")
    assert reply.key == "utter_sent_away_right"
    assert "Försäkringskassan" in said(reply)


def test_without_a_matter_it_asks_for_one(knowledge):
    reply = right_door_open(Replies(knowledge, CATALOGUE, "sv"))
    assert "Berätta vad det gäller" in said(reply)


def test_swedish_sentences_come_with_their_meaning(about):
    text = said(about("bygglov", "en").words(), "en")
    assert "”Det gäller: Bygglov” – It concerns: Building permit" in text


def test_an_interpreter_is_asked_for_in_swedish(knowledge):
    line = interpreter_wanted(Replies(knowledge, CATALOGUE, "so"))
    assert line["swedish"] == "Jag behöver tolk på somaliska."
    assert "Soomaali" in line["meaning"]


def test_the_municipality_matters_only_to_what_the_municipality_does(about):
    assert about("bygglov").needs_place
    assert not about("bygglov", municipality="0181").needs_place
    assert not about("barnbidrag").needs_place


def test_hours_that_nobody_checked_are_not_shown(about):
    text = said(about("bygglov").visit("hours"))
    assert "inga kontrollerade öppettider" in text
