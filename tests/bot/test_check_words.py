"""Every language has its words, in its script, with the same fields and sourced numbers."""

import pytest

from bot.check_words import lookalike_word
from tests.knowledge_faults import faults_in, only_fault
from tests.small_files import line_of, replace, service_file, write


def test_a_language_without_words_for_a_service_is_named(worded_knowledge):
    write(worded_knowledge / "services" / "nytt.yml", service_file("vab", id="nytt"))
    messages = [(f.file, f.message) for f in faults_in(worded_knowledge)]
    for code, name in (("sv", "Swedish"), ("en", "English"), ("ar", "Arabic")):
        assert (f"wording/{code}", f"service 'nytt' has no words in {name}") in messages


def test_a_complete_language_needs_boundaries_and_authorities_too(worded_knowledge):
    (worded_knowledge / "wording" / "ar" / "boundaries.yml").unlink()
    (worded_knowledge / "wording" / "ar" / "authorities.yml").unlink()
    messages = [f.message for f in faults_in(worded_knowledge) if f.file == "wording/ar"]
    assert "boundary 'barn_hemma' has no words in Arabic" in messages
    assert "authority 'kommun' is not explained in Arabic" in messages


def test_words_for_an_unknown_service_are_named_with_their_line(worded_knowledge):
    path = worded_knowledge / "wording" / "sv" / "allt.yml"
    body = path.read_text(encoding="utf-8")
    path.write_text(body + "gone:\n  name: Borta\n  summary: Inget.\n", encoding="utf-8")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/allt.yml", line_of(path, "gone"))


def test_an_explanation_of_an_unknown_authority_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "wording" / "sv" / "authorities.yml"
    path.write_text(path.read_text(encoding="utf-8") + 'gone: "Borta"\n', encoding="utf-8")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/authorities.yml", line_of(path, "gone"))


def test_a_neighbour_that_is_no_authority_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, "    kommun: ", "    komun: ")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/allt.yml", line_of(path, "komun:"))


def test_one_service_worded_in_two_files_is_a_fault(worded_knowledge):
    path = write(
        worded_knowledge / "wording" / "sv" / "mer.yml", "vab:\n  name: Vabb\n  summary: Sjuk.\n"
    )
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/mer.yml", line_of(path, "vab"))


def test_the_wrong_script_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "wording" / "ar" / "allt.yml"
    replace(path, "رعاية طفل مريض", "Care of a child")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/ar/allt.yml", line_of(path, "Care of a child"))
    assert "arabic" in fault.message


def test_the_wrong_script_in_a_deciding_question_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "wording" / "ar" / "boundaries.yml"
    replace(path, "هل الطفل مريض أم تبحث عن رعاية أطفال؟", "Is the child sick?")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/ar/boundaries.yml", line_of(path, "Is the child"))


def test_the_wrong_script_in_a_text_of_the_bot_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "texts" / "ar.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(i for i, text in enumerate(lines) if text.startswith("utter_clarify_neither:"))
    lines[line] = 'utter_clarify_neither: "None of these"'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("texts/ar.yml", line + 1)


def test_a_swedish_name_may_stand_in_any_script(worded_knowledge):
    for code in ("sv", "ar"):
        path = worded_knowledge / "wording" / code / "allt.yml"
        old = "Identitetskort" if code == "sv" else "بطاقة هوية"
        replace(path, f'name: "{old}"', 'name: "BankID"')
    assert faults_in(worded_knowledge) == []


@pytest.mark.parametrize("word", ["аnsöka", "Ansοkan"])
def test_look_alike_letters_are_named_with_their_line(worded_knowledge, word):
    path = worded_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, "ansöka om id-kort", f"{word} om id-kort")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/allt.yml", line_of(path, word))
    assert word in fault.message


def test_two_alphabets_are_fine_in_two_words():
    assert lookalike_word("БанкID и BankID") == "БанкID"
    assert lookalike_word("получить BankID") is None
    assert lookalike_word("försäkring") is None


def test_a_missing_text_is_named(worded_knowledge):
    path = worded_knowledge / "texts" / "ar.yml"
    kept = [x for x in path.read_text("utf-8").splitlines() if "utter_clarify_neither" not in x]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.message) == (
        "texts/ar.yml",
        "text 'utter_clarify_neither' is missing",
    )


def test_a_text_english_does_not_have_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "texts" / "ar.yml"
    path.write_text(path.read_text("utf-8") + 'utter_zzz: "مرحبا"\n', encoding="utf-8")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("texts/ar.yml", line_of(path, "utter_zzz"))


def test_no_english_texts_at_all_is_said_once(worded_knowledge):
    (worded_knowledge / "texts" / "en.yml").unlink()
    assert any(
        f.file == "texts/en.yml" and "fallback of all" in f.message
        for f in faults_in(worded_knowledge)
    )


def test_a_field_that_differs_from_the_english_one_is_named_with_its_line(worded_knowledge):
    path = replace(worded_knowledge / "texts" / "sv.yml", "{municipality}", "{kommun}")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("texts/sv.yml", line_of(path, "{kommun}"))
    assert "{kommun}" in fault.message
    assert "{municipality}" in fault.message


def test_easy_swedish_is_only_for_swedish(worded_knowledge):
    for code in ("sv", "en"):
        path = worded_knowledge / "wording" / code / "allt.yml"
        replace(path, "  why:", '  easy: "Easy words."\n  why:')
    fault = only_fault(worded_knowledge)
    assert (fault.file, "`easy`" in fault.message) == ("wording/en/allt.yml", True)


def test_the_responsible_body_is_not_a_neighbour(worded_knowledge):
    path = worded_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, "    kommun:", "    forsakringskassan:")
    assert "which is the responsible body" in only_fault(worded_knowledge).message


def test_a_persian_letter_in_arabic_is_named(worded_knowledge):
    path = worded_knowledge / "wording" / "ar" / "allt.yml"
    body = path.read_text(encoding="utf-8")
    path.write_text(body.replace("ي", "ی", 1), encoding="utf-8")
    assert "is not a letter of Arabic" in only_fault(worded_knowledge).message


def test_a_phrase_in_a_third_script_is_named(worded_knowledge):
    path = worded_knowledge / "wording" / "ar" / "allt.yml"
    replace(path, "  phrases:", '  phrases:\n    - "мой ребёнок болен"\n    - "tifli mareed"')
    fault = only_fault(worded_knowledge)
    assert "cyrillic letters" in fault.message


HELPLINE = """- number: "112"
  name: "SOS Alarm"
  source: {url: "https://example.org", checked: "2026-11-01"}
  confidence: verified
"""


def test_a_number_in_a_text_needs_its_source(worded_knowledge):
    write(worded_knowledge / "helplines.yml", HELPLINE)
    text = worded_knowledge / "texts" / "en.yml"
    for name in ("en", "sv"):
        text = worded_knowledge / "texts" / f"{name}.yml"
        text.write_text(text.read_text("utf-8") + 'whom: "Call 112, or 020-12 34 56."\n', "utf-8")
    faults = [f for f in faults_in(worded_knowledge) if "helplines" in f.message]
    found = {(f.file, f.message.split("'")[1]) for f in faults}
    assert {("texts/en.yml", "020-12 34 56"), ("texts/sv.yml", "020-12 34 56")} <= found
    assert "112" not in {number for _, number in found}
