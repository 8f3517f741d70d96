"""A phrase has one place, and no evaluation question is among them."""

import json

import pytest

from bot.check_phrases import fold
from tests.knowledge_faults import faults_in, only_fault
from tests.small_files import line_of, replace, write


def test_a_phrase_under_two_services_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "wording" / "en" / "allt.yml"
    replace(path, "report that I have moved", "What does an ID card cost??")
    fault = only_fault(worded_knowledge)
    assert "stands under 'flyttanmalan' (en) too" in fault.message
    line = line_of(path, "what does an ID card cost")
    assert (fault.file, fault.line) == ("wording/en/allt.yml", line)


def test_a_phrase_of_two_languages_under_two_services_is_a_fault(worded_knowledge):
    path = replace(worded_knowledge / "wording" / "en" / "allt.yml", "I lost my ID card", "VABBA!")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/en/allt.yml", line_of(path, "VABBA!"))
    assert "'vab' (sv)" in fault.message


@pytest.mark.parametrize("phrase", ["New identity card", "Care of a sick child"])
def test_an_open_phrase_that_is_a_services_phrase_or_name_is_a_fault(worded_knowledge, phrase):
    path = worded_knowledge / "wording" / "en" / "boundaries.yml"
    replace(path, "support for the rent", phrase)
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/en/boundaries.yml", line_of(path, phrase))
    assert "stands under" in fault.message


def test_a_phrase_twice_under_one_service_is_a_fault(worded_knowledge):
    replace(
        worded_knowledge / "wording" / "en" / "allt.yml", "I lost my ID card", "New identity card"
    )
    fault = only_fault(worded_knowledge)
    assert fault.file == "wording/en/allt.yml"
    assert "new identity card" in fault.message
    assert fault.line > 1


def test_an_evaluation_question_among_the_phrases_is_named_with_its_line(
    worded_knowledge, tmp_path
):
    path = worded_knowledge / "wording" / "en" / "allt.yml"
    row = {"id": "en-007", "text": "We have children, and the rent is HIGH!"}
    write(tmp_path / "eval" / "en.jsonl", json.dumps(row) + "\n\n")
    fault = only_fault(worded_knowledge, tmp_path / "eval")
    assert (fault.file, fault.line) == (
        "wording/en/allt.yml",
        line_of(path, "we have children and the rent is high"),
    )
    assert "en-007" in fault.message


def test_an_evaluation_question_among_a_boundarys_phrases_is_named(worded_knowledge, tmp_path):
    path = worded_knowledge / "wording" / "en" / "boundaries.yml"
    row = {"id": "en-008", "text": "Who helps me with rent?"}
    write(tmp_path / "eval" / "en.jsonl", json.dumps(row) + "\n")
    fault = only_fault(worded_knowledge, tmp_path / "eval")
    assert (fault.file, fault.line) == (
        "wording/en/boundaries.yml",
        line_of(path, "who helps me with rent"),
    )


def test_one_or_two_words_are_nobodys_leak(worded_knowledge, tmp_path):
    write(tmp_path / "eval" / "sv.jsonl", json.dumps({"id": "sv-1", "text": "anmäla flytt"}) + "\n")
    assert faults_in(worded_knowledge, tmp_path / "eval") == []


def test_a_broken_evaluation_row_is_a_fault_not_a_crash(worded_knowledge, tmp_path):
    write(tmp_path / "eval" / "sv.jsonl", '{"id": "sv-1"\n')
    fault = only_fault(worded_knowledge, tmp_path / "eval")
    assert "sv.jsonl" in fault.file
    assert fault.line == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Vad KOSTAR dagis?!", "vad kostar dagis"), ("Försörjning", "forsorjning"), ("طِفلي", "طفلي")],
)
def test_two_texts_that_read_the_same_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "twin",
    [
        "hyran är hög och vi har barn tre",  # another order
        "hyran är hög och vi haar tre barnn",  # two slips: people's own words
        "hyran är hög och vi har fyra barn",  # another number decides
        "hyran är höög och vi har tre barn",  # a short word
    ],
)
def test_near_copies_under_two_services(worded_knowledge, twin):
    path = worded_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, '    - "vabba"', f'    - "vabba"\n    - "{twin}"')
    found = faults_in(worded_knowledge)
    assert bool(found) is (
        sorted(twin.split()) == sorted("hyran är hög och vi har tre barn".split())
    )
    assert all("is nearly one under" in fault.message for fault in found)


def test_one_letter_in_a_long_word_is_a_near_copy(worded_knowledge):
    path = worded_knowledge / "wording" / "sv" / "allt.yml"
    twin = "bidrag till hyran för barnfamilij"
    replace(path, '    - "vabba"', f'    - "vabba"\n    - "{twin}"')
    fault = only_fault(worded_knowledge)
    assert "nearly one" in fault.message


def test_a_leaked_question_in_another_order_is_found(worded_knowledge, tmp_path):
    row = {"id": "q1", "text": "vabba hur gör jag"}
    write(tmp_path / "eval" / "q.jsonl", json.dumps(row) + "\n")
    path = worded_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, '    - "vabba"', '    - "hur gör jag vabba"')
    assert "q1" in only_fault(worded_knowledge, tmp_path / "eval").message
