"""Steps as sentences: in their order, at the person's own body, in every language."""

import pytest

from bot.records import Step
from bot.settings import ROOT
from bot.steps import Speaker, all_steps, is_split, own_steps, things_of
from bot.wording import Catalogue

CATALOGUE = Catalogue(ROOT / "knowledge" / "texts")


@pytest.fixture
def service(knowledge):
    def make(*steps, **changes):
        record = knowledge.services["bygglov"]
        return record.model_copy(update={"steps": tuple(Step(**step) for step in steps)} | changes)

    return make


def speaker(knowledge, language="sv", municipality=None):
    return Speaker(knowledge, CATALOGUE, language, municipality)


def test_steps_stand_in_their_order_with_the_bodies_name(knowledge, service):
    record = service(
        {"do": "certificate", "at": "region"},
        {"do": "apply", "at": "forsakringskassan"},
        {"do": "bring", "what": ("id_document", "medical_certificate")},
    )
    assert own_steps(record, speaker(knowledge)) == [
        "Be om ett intyg från din region.",
        "Ansök hos Försäkringskassan.",
        "Ha med dig: id-handling, läkarintyg.",
    ]
    assert things_of(record) == ["id_document", "medical_certificate"]


def test_the_own_municipality_is_named_where_it_is_known(knowledge, service):
    record = service({"do": "decides", "at": "kommun"})
    assert own_steps(record, speaker(knowledge)) == ["Din kommun beslutar."]
    assert own_steps(record, speaker(knowledge, municipality="0181")) == [
        "Södertälje kommun beslutar."
    ]


def test_a_condition_and_a_party_are_said(knowledge, service):
    record = service(
        {"do": "appeal", "at": "domstol", "when": "refused"},
        {"do": "complain", "at": "other", "who": "company"},
    )
    first, second = own_steps(record, speaker(knowledge))
    assert first.startswith("Om du får nej: Vill du överklaga")
    assert second == "Klaga hos företaget."


def test_several_bodies_are_several_only_if_they_are_needed_now(service):
    apply, appeal = {"do": "apply", "at": "kommun"}, {"do": "appeal", "at": "lansstyrelsen"}
    assert not is_split(service(apply, appeal))
    assert is_split(service({"do": "certificate", "at": "region"}, apply))


def test_general_steps_follow_and_the_phone_is_there(knowledge, service):
    steps = all_steps(
        service({"do": "soon"}), speaker(knowledge), "0771-11 22 33", "https://x.se", "Bygglov"
    )
    assert steps[1:] == ["Öppna https://x.se", "Ring 0771-11 22 33."]


def test_an_emergency_has_one_step(knowledge):
    record = knowledge.services["nodsamtal"].model_copy(update={"steps": ()})
    assert all_steps(record, speaker(knowledge), None, "https://x.se", "x") == ["Ring 112."]


def test_every_verb_party_and_condition_has_a_text_that_names_what_it_should():
    from typing import get_args

    from bot.records import Condition, Party, Thing, VerbAlone, VerbAt

    for language in ("sv", "en"):
        texts = CATALOGUE.texts(language)
        for verb in get_args(VerbAt):
            assert "{authority}" in texts[f"do_{verb}"], verb
        for prefix, names in (("do", VerbAlone), ("thing", Thing), ("who", Party),
                              ("when", Condition)):  # fmt: skip
            for name in get_args(names):
                assert texts[f"{prefix}_{name}"].strip()
