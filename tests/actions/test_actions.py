"""What actions utter and remember; which of them runs is a rule's business (tests/stories)."""

import asyncio

import pytest

from actions.choose_option import ActionChooseOption
from actions.explain_verdict import ActionExplainVerdict
from actions.find_authority import ActionFindAuthority
from actions.follow_up import ActionTellOffice, ActionTellPhone, ActionTellRightDoor
from actions.hand_over import ActionHandOver
from actions.set_municipality import ActionSetMunicipality
from actions.switch_language import ActionSwitchLanguage
from actions.take_feedback import ActionTakeFeedback
from bot.feedback import read_feedback


@pytest.fixture
def act(run):
    def act(*args, **kwargs):
        return asyncio.run(run(*args, **kwargs))

    return act


def keys(messages):
    return [message["response"] for message in messages]


def test_an_answer_is_remembered_without_words(act):
    messages, slots, _ = act(ActionFindAuthority(), "barnbidrag tack")
    assert messages[-1]["custom"]["card"]["service"] == "barnbidrag"
    assert slots["service"] == "barnbidrag" and slots["has_card"]
    assert "tack" not in str(slots["decision"])


def test_the_second_time_it_is_not_understood_a_person_follows(act, matcher):
    matcher.verdict, matcher.score = "none", 0.01
    messages, slots, _ = act(ActionFindAuthority(), "blurk")
    assert keys(messages) == ["utter_none"] and not slots["lost"]
    messages, slots, _ = act(ActionFindAuthority(), "blurk", misses=slots["misses"])
    assert keys(messages) == ["utter_lost"] and slots["lost"]
    assert slots["misses"] == 0


def test_being_understood_forgets_the_misses(act):
    _, slots, _ = act(ActionFindAuthority(), "barnbidrag", misses=1)
    assert slots["misses"] == 0 and not slots["lost"]


def test_violence_in_an_emergency_brings_its_helpline(act, matcher):
    matcher.verdict, matcher.services = "emergency", ["nodsamtal"]
    messages, _, _ = act(ActionFindAuthority(), "han slår mig nu")
    assert messages[0]["violence"].startswith("Våld av någon nära dig")


def test_staff_see_what_decided_and_citizens_do_not(act):
    staff, _, _ = act(ActionFindAuthority(), "x", channel="cmdline", sender="staff-1")
    assert "decided by: told" in staff[-1]["text"]
    citizen, _, _ = act(ActionFindAuthority(), "x", channel="web", sender="staff-1")
    assert not any("decided by" in str(message) for message in citizen)


def test_why_is_explained_only_in_the_shell(act, matcher):
    _, slots, _ = act(ActionFindAuthority(), "x")
    decision = slots["decision"]
    shell, _, _ = act(ActionExplainVerdict(), "/why", channel="cmdline", decision=decision)
    assert "barnbidrag" in shell[0]["text"] and "source" in shell[0]["text"]
    web, _, _ = act(ActionExplainVerdict(), "/why", decision=decision)
    assert keys(web) == ["utter_old_button"]


def test_a_changed_mind_is_passed_on_as_a_question(act):
    _, _, following = act(
        ActionChooseOption(), "min granne spelar hög musik varje natt", options=["pass", "bygglov"]
    )
    assert following == ["action_find_authority"]


@pytest.mark.parametrize("service", ["unknown", "'; drop", ""])
def test_a_button_with_an_unknown_service_is_answered(act, service):
    messages, _, _ = act(
        ActionChooseOption(), "/x", "choose_service", entities={"service": service}
    )
    assert keys(messages) == ["utter_old_button"]


def test_a_service_that_is_gone_from_the_base_does_not_break_a_conversation(act):
    messages, _, _ = act(ActionTellPhone(), "nummer?", "ask_phone", service="was_removed")
    assert keys(messages) == ["utter_default"]


def test_the_place_is_asked_once_and_then_used(act):
    _, slots, _ = act(ActionTellOffice(), "var?", "ask_office", service="bygglov")
    assert slots == {"asked_place": True, "pending": "office"}
    _, slots, _ = act(ActionTellOffice(), "x", "ask_office", service="bygglov", municipality="0181")
    assert slots == {"asked_place": False, "pending": None}


class TestMunicipality:
    def test_a_name_sets_it(self, act):
        messages, slots, _ = act(ActionSetMunicipality(), "Haninge", asked_place=True)
        assert keys(messages) == ["utter_municipality_set"]
        assert slots["municipality"] == "0136" and not slots["asked_place"]

    def test_a_municipality_that_does_not_exist_is_asked_again(self, act):
        messages, slots, following = act(
            ActionSetMunicipality(), "jag bor i Blåkulla", "set_municipality"
        )
        assert keys(messages) == ["utter_municipality_unknown"]
        assert slots == {} and following == []

    def test_an_unknown_code_in_a_button_is_not_taken(self, act):
        messages, slots, _ = act(
            ActionSetMunicipality(), "/x", "set_municipality", entities={"municipality": "9999"}
        )
        assert "municipality" not in slots and messages

    def test_another_question_instead_of_a_place_is_answered(self, act):
        _, slots, following = act(
            ActionSetMunicipality(), "hur anmäler jag att jag har flyttat hit", asked_place=True
        )
        assert following == ["action_find_authority"] and not slots["asked_place"]


class TestFeedback:
    def test_a_button_is_kept_without_words(self, act, run):
        entities = {"judgement": "wrong", "service": "barnbidrag"}
        messages, _, _ = act(
            ActionTakeFeedback(), "/give_feedback", "give_feedback", "kiosk", language="so",
            entities=entities,
        )  # fmt: skip
        assert keys(messages) == ["utter_feedback_wrong"]
        (row,) = read_feedback(run.settings.feedback)
        assert (row.language, row.service, row.judgement, row.channel) == (
            "so", "barnbidrag", "wrong", "kiosk",
        )  # fmt: skip
        assert row.authority == "forsakringskassan"

    def test_no_offers_what_it_is_mixed_up_with(self, act, knowledge):
        boundary = next(iter(knowledge.boundaries.values()))
        messages, slots, _ = act(ActionTakeFeedback(), "nej", "deny", service=boundary.services[0])
        assert keys(messages) == ["utter_feedback_not_meant"]
        assert boundary.services[1] in slots["options"] and slots["choosing"]

    @pytest.mark.parametrize(
        "entities", [{"judgement": "odd", "service": "barnbidrag"}, {"judgement": "right"}]
    )
    def test_an_odd_button_is_not_kept(self, act, run, entities):
        messages, _, _ = act(
            ActionTakeFeedback(), "/give_feedback", "give_feedback", entities=entities
        )
        assert keys(messages) == ["utter_old_button"]
        assert list(read_feedback(run.settings.feedback)) == []


def test_switching_shows_the_open_choice_again(act):
    messages, slots, _ = act(
        ActionSwitchLanguage(), "in English please", "switch_language", options=["pass", "bygglov"]
    )
    assert keys(messages) == ["utter_language_set", "utter_clarify"]
    assert slots["language"] == "en"


def test_somebody_sent_away_without_a_matter_is_asked_for_it(act, matcher):
    matcher.verdict = "none"
    messages, _, _ = act(ActionTellRightDoor(), "de skickade mig hit", "sent_away")
    assert keys(messages) == ["utter_sent_away_open"]


@pytest.mark.parametrize("language", ["sv", "so", "ti", "kmr"])
def test_a_person_can_always_be_reached(act, language):
    messages, _, _ = act(ActionHandOver(), "x", "ask_person", language=language, service="bygglov")
    card = messages[0]["custom"]["card"]
    assert [door["phone"] for door in card["doors"]][-2:] == ["1177", "112"]
    assert bool(card["say"]) == (language != "sv")
