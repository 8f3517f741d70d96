"""`lots knowledge check` names every kind of fault with file and line."""

import json
import re
from datetime import date

import pytest
import yaml

from bot.errors import Fault
from bot.knowledge_check import check_knowledge, fold, lookalike_word
from tests.small_files import line_of, replace, service_file, write

TODAY = date(2026, 11, 21)


@pytest.fixture
def small_knowledge(small_knowledge):
    """With every text in every language: one under translation is no fault here."""
    folder = small_knowledge / "texts"
    english = yaml.safe_load((folder / "en.yml").read_text(encoding="utf-8"))
    for path in folder.glob("*.yml"):
        known = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, text in english.items():
            if key not in known:
                fields = " ".join(sorted(set(re.findall(r"\{[a-z_]+\}", text))))
                known[key] = f"{'نص' if path.stem == 'ar' else 'text'} {fields}"
        body = "".join(
            f"{key}: {json.dumps(known[key], ensure_ascii=False)}\n"
            for key in sorted(set(known) & set(english))
        )
        write(path, body)
    return small_knowledge


def faults_in(root, evaluation=None):
    return check_knowledge(root, evaluation, today=TODAY)


def only_fault(root, evaluation=None) -> Fault:
    faults = faults_in(root, evaluation)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def test_a_sound_base_has_no_faults(small_knowledge):
    assert faults_in(small_knowledge) == []


def test_a_missing_folder_is_one_fault(tmp_path):
    fault = check_knowledge(tmp_path / "nowhere", today=TODAY)[0]
    assert "not a folder" in fault.message


def test_an_unknown_key_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    path.write_text(service_file("vab", telephone='"112"'), encoding="utf-8")
    own = [f for f in faults_in(small_knowledge) if f.file == "services/vab.yml"]
    assert [f.line for f in own] == [line_of(path, "telephone")]
    assert "telephone" in own[0].message


def test_an_unknown_authority_is_named_with_its_line(small_knowledge):
    path = replace(
        small_knowledge / "services" / "vab.yml", "authority: forsakringskassan", "authority: fk"
    )
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("services/vab.yml", line_of(path, "authority"))
    assert "unknown authority 'fk'" in fault.message


def test_an_unknown_body_among_the_also_right_is_a_fault(small_knowledge):
    path = replace(small_knowledge / "services" / "vab.yml", "level:", "also: [fk]\nlevel:")
    fault = only_fault(small_knowledge)
    assert (fault.line, "fk" in fault.message) == (line_of(path, "also"), True)


def test_an_unknown_life_event_is_named_with_its_line(small_knowledge):
    path = replace(small_knowledge / "services" / "vab.yml", "life_event: familj", "life_event: x")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("services/vab.yml", line_of(path, "life_event"))


def test_other_must_say_which_body(small_knowledge):
    text = 'id: other\nname: "Annan"\nlevel: ovrig\nconfidence: unchecked\n'
    write(small_knowledge / "authorities" / "other.yml", text)
    for code in ("sv", "en", "ar"):
        path = small_knowledge / "wording" / code / "authorities.yml"
        path.write_text(path.read_text() + "other: x\n")
    path = small_knowledge / "services" / "vab.yml"
    replace(path, "authority: forsakringskassan", "authority: other")
    fault = only_fault(small_knowledge)
    assert (fault.line, "body" in fault.message) == (2, True)


def test_an_id_must_be_the_file_name(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    path.rename(path.with_name("vabb.yml"))
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("services/vabb.yml", 1)
    assert "'vabb'" in fault.message


@pytest.mark.parametrize("identifier", ["Vab", "våb", "1vab", "va b", ""])
def test_an_id_is_ascii_and_lower_case(small_knowledge, identifier):
    text = service_file("vab", id=f'"{identifier}"')
    write(small_knowledge / "services" / "vab.yml", text)
    assert any(
        f.file == "services/vab.yml" and f.line == 1 and f.message.startswith("id:")
        for f in faults_in(small_knowledge)
    )


def test_a_boundary_of_an_unknown_service_is_named_with_its_line(small_knowledge):
    path = write(
        small_knowledge / "boundaries" / "barn_hemma.yml",
        "id: barn_hemma\nservices:\n  - vab\n  - daghem\n",
    )
    faults = faults_in(small_knowledge)
    assert Fault(
        "boundaries/barn_hemma.yml", line_of(path, "daghem"), "unknown service 'daghem'"
    ) in (faults)


def test_what_is_meant_unsaid_is_one_of_the_services(small_knowledge):
    path = small_knowledge / "boundaries" / "barn_hemma.yml"
    path.write_text(path.read_text(encoding="utf-8") + "unsaid: id_kort\n", encoding="utf-8")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("boundaries/barn_hemma.yml", line_of(path, "unsaid"))
    assert "'id_kort' is none of its services" in fault.message


def test_two_boundaries_with_the_same_services_are_a_fault(small_knowledge):
    text = "id: till_hyran\nservices: [forsorjningsstod, bostadsbidrag]\n"
    write(small_knowledge / "boundaries" / "till_hyran.yml", text)
    for code in ("sv", "en", "ar"):
        path = small_knowledge / "wording" / code / "boundaries.yml"
        body = path.read_text(encoding="utf-8").split("barn_hemma:")[0]
        own = re.sub(r'- "(.*)"', r'- "2: \1"', body)  # its own phrases
        own = own.replace("pengar_till_hyran:", "till_hyran:", 1)
        path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("boundaries/till_hyran.yml", 2)
    assert "same services as 'pengar_till_hyran'" in fault.message


@pytest.mark.parametrize("services", ["[vab]", "[vab, id_kort, forskola, sjukpenning, nodsamtal]"])
def test_a_boundary_has_two_to_four_services(small_knowledge, services):
    text = f"id: barn_hemma\nservices: {services}\n"
    write(small_knowledge / "boundaries" / "barn_hemma.yml", text)
    assert any(
        (f.file, f.line) == ("boundaries/barn_hemma.yml", 2) for f in faults_in(small_knowledge)
    )


def test_options_that_differ_from_the_boundary_are_named_with_their_line(small_knowledge):
    path = small_knowledge / "wording" / "en" / "boundaries.yml"
    replace(path, "    forskola:", "    id_kort:")
    fault = only_fault(small_knowledge)
    lines = path.read_text(encoding="utf-8").splitlines()
    options = [i for i, line in enumerate(lines, 1) if line.strip() == "options:"]
    assert (fault.file, fault.line) == ("wording/en/boundaries.yml", options[1])
    assert "forskola, id_kort" in fault.message


def test_words_for_an_unknown_boundary_are_named_with_their_line(small_knowledge):
    path = small_knowledge / "wording" / "en" / "boundaries.yml"
    body = path.read_text(encoding="utf-8")
    path.write_text(body + "gone:\n  question: What?\n  options: {vab: A}\n", encoding="utf-8")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/en/boundaries.yml", line_of(path, "gone"))


def test_a_future_date_is_named_with_its_line(small_knowledge):
    path = replace(small_knowledge / "services" / "vab.yml", "2026-11-01", "2027-01-01")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("services/vab.yml", line_of(path, "source"))
    assert "in the future" in fault.message


def test_a_stale_date_is_named_with_its_line_in_authorities_too(small_knowledge):
    path = replace(small_knowledge / "authorities" / "kommun.yml", "2026-11-01", "2024-11-01")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("authorities/kommun.yml", line_of(path, "source"))
    assert "over a year ago" in fault.message


def test_a_year_to_the_day_is_not_stale(small_knowledge):
    replace(small_knowledge / "services" / "vab.yml", "2026-11-01", "2025-11-21")
    assert faults_in(small_knowledge) == []


def test_a_record_past_its_end_is_a_fault(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    write(path, service_file("vab", valid_until='"2026-11-20"'))
    fault = only_fault(small_knowledge)
    assert (fault.line, "retire" in fault.message) == (line_of(path, "valid_until"), True)


def test_a_checked_fact_must_say_when(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    write(path, service_file("vab", source='{url: "https://www.example.se"}'))
    assert any(
        f.file == "services/vab.yml" and "source.checked is missing" in f.message
        for f in faults_in(small_knowledge)
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('url: "https://www.example.se/vab"}]', 'url: "javascript:alert(1)"}]', "links"),
        ("kind: info", "kind: video", "links"),
        ("confidence: linked", "confidence: sure", "confidence"),
        ('checked: "2026-11-01"', 'checked: "1 november"', "source"),
    ],
)
def test_a_value_of_the_wrong_form_is_named_with_its_line(small_knowledge, old, new, line):
    path = replace(small_knowledge / "services" / "vab.yml", old, new)
    found = [f for f in faults_in(small_knowledge) if f.file == "services/vab.yml"]
    assert found
    assert found[0].line == line_of(path, line)


def test_a_language_without_words_for_a_service_is_named(small_knowledge):
    write(small_knowledge / "services" / "nytt.yml", service_file("vab", id="nytt"))
    messages = [(f.file, f.message) for f in faults_in(small_knowledge)]
    for code, name in (("sv", "Swedish"), ("en", "English"), ("ar", "Arabic")):
        assert (f"wording/{code}", f"service 'nytt' has no words in {name}") in messages


def test_a_complete_language_needs_boundaries_and_authorities_too(small_knowledge):
    (small_knowledge / "wording" / "ar" / "boundaries.yml").unlink()
    (small_knowledge / "wording" / "ar" / "authorities.yml").unlink()
    messages = [f.message for f in faults_in(small_knowledge) if f.file == "wording/ar"]
    assert "boundary 'barn_hemma' has no words in Arabic" in messages
    assert "authority 'kommun' is not explained in Arabic" in messages


def test_words_for_an_unknown_service_are_named_with_their_line(small_knowledge):
    path = small_knowledge / "wording" / "sv" / "allt.yml"
    body = path.read_text(encoding="utf-8")
    path.write_text(body + "gone:\n  name: Borta\n  summary: Inget.\n", encoding="utf-8")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/allt.yml", line_of(path, "gone"))


# Found a bug in knowledge_check.py: _check_wording does not look at the ids of authorities.yml.
def test_an_explanation_of_an_unknown_authority_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "wording" / "sv" / "authorities.yml"
    path.write_text(path.read_text(encoding="utf-8") + 'gone: "Borta"\n', encoding="utf-8")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/authorities.yml", line_of(path, "gone"))


def test_a_neighbour_that_is_no_authority_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, "    kommun: ", "    komun: ")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/allt.yml", line_of(path, "komun:"))


def test_one_service_worded_in_two_files_is_a_fault(small_knowledge):
    path = write(
        small_knowledge / "wording" / "sv" / "mer.yml", "vab:\n  name: Vabb\n  summary: Sjuk.\n"
    )
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/mer.yml", line_of(path, "vab"))


def test_the_wrong_script_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "wording" / "ar" / "allt.yml"
    replace(path, "رعاية طفل مريض", "Care of a child")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/ar/allt.yml", line_of(path, "Care of a child"))
    assert "arabic" in fault.message


# Found a bug in knowledge_check.py: _shown_texts leaves out boundaries.
def test_the_wrong_script_in_a_deciding_question_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "wording" / "ar" / "boundaries.yml"
    replace(path, "هل الطفل مريض أم تبحث عن رعاية أطفال؟", "Is the child sick?")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/ar/boundaries.yml", line_of(path, "Is the child"))


# Found a bug in knowledge_check.py: _shown_texts leaves out texts/.
def test_the_wrong_script_in_a_text_of_the_bot_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "texts" / "ar.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(i for i, text in enumerate(lines) if text.startswith("utter_clarify_neither:"))
    lines[line] = 'utter_clarify_neither: "None of these"'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("texts/ar.yml", line + 1)


def test_a_swedish_name_may_stand_in_any_script(small_knowledge):
    for code in ("sv", "ar"):
        path = small_knowledge / "wording" / code / "allt.yml"
        old = "Identitetskort" if code == "sv" else "بطاقة هوية"
        replace(path, f'name: "{old}"', 'name: "BankID"')
    assert faults_in(small_knowledge) == []


@pytest.mark.parametrize("word", ["аnsöka", "Ansοkan"])
def test_look_alike_letters_are_named_with_their_line(small_knowledge, word):
    path = small_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, "ansöka om id-kort", f"{word} om id-kort")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/sv/allt.yml", line_of(path, word))
    assert word in fault.message


def test_two_alphabets_are_fine_in_two_words():
    assert lookalike_word("БанкID и BankID") == "БанкID"
    assert lookalike_word("получить BankID") is None
    assert lookalike_word("försäkring") is None


def test_a_phrase_under_two_services_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "wording" / "en" / "allt.yml"
    replace(path, "report that I have moved", "What does an ID card cost??")
    fault = only_fault(small_knowledge)
    assert "stands under 'flyttanmalan' (en) too" in fault.message
    line = line_of(path, "what does an ID card cost")
    assert (fault.file, fault.line) == ("wording/en/allt.yml", line)


def test_a_phrase_of_two_languages_under_two_services_is_a_fault(small_knowledge):
    path = replace(small_knowledge / "wording" / "en" / "allt.yml", "I lost my ID card", "VABBA!")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/en/allt.yml", line_of(path, "VABBA!"))
    assert "'vab' (sv)" in fault.message


@pytest.mark.parametrize("phrase", ["New identity card", "Care of a sick child"])
def test_an_open_phrase_that_is_a_services_phrase_or_name_is_a_fault(small_knowledge, phrase):
    path = small_knowledge / "wording" / "en" / "boundaries.yml"
    replace(path, "support for the rent", phrase)
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("wording/en/boundaries.yml", line_of(path, phrase))
    assert "stands under" in fault.message


def test_a_phrase_twice_under_one_service_is_a_fault(small_knowledge):
    replace(
        small_knowledge / "wording" / "en" / "allt.yml", "I lost my ID card", "New identity card"
    )
    fault = only_fault(small_knowledge)
    assert fault.file == "wording/en/allt.yml"
    assert "new identity card" in fault.message
    assert fault.line > 1


def test_a_doubled_key_is_named_with_its_second_line(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    path.write_text(path.read_text() + "level: kommun\n")
    found = [f for f in faults_in(small_knowledge) if f.file == "services/vab.yml"]
    assert [(f.line, "twice" in f.message) for f in found] == [
        (line_of(path, "level: kommun"), True)
    ]


def test_broken_yaml_is_named_with_its_line(small_knowledge):
    write(small_knowledge / "services" / "vab.yml", "id: vab\nlinks: [{kind: info\nlevel: stat\n")
    found = [f for f in faults_in(small_knowledge) if f.file == "services/vab.yml"]
    assert len(found) == 1
    assert found[0].line in (2, 3, 4)
    assert "not valid YAML" in found[0].message


def test_a_file_that_is_not_utf8_is_named(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    path.write_bytes("id: vab # räv".encode("latin-1"))
    found = [f for f in faults_in(small_knowledge) if f.file == "services/vab.yml"]
    assert "Save the file as UTF-8" in found[0].message


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n", "null\n", "[]\n"])
def test_a_record_that_is_no_mapping_is_a_fault_not_a_crash(small_knowledge, text):
    write(small_knowledge / "services" / "vab.yml", text)
    assert any(f.file == "services/vab.yml" for f in faults_in(small_knowledge))


@pytest.mark.parametrize("text", ["- a\n", "just words\n", "vab: 3\n", "vab:\n  phrases: {a: b}\n"])
def test_wording_of_the_wrong_shape_is_a_fault_not_a_crash(small_knowledge, text):
    write(small_knowledge / "wording" / "sv" / "mer.yml", text)
    assert any(f.file == "wording/sv/mer.yml" for f in faults_in(small_knowledge))


@pytest.mark.parametrize("name", ["languages.yml", "life_events.yml"])
@pytest.mark.parametrize("text", ["", "a: b\n", "- [1, 2]\n"])
def test_a_registry_of_the_wrong_shape_is_a_fault_not_a_crash(small_knowledge, name, text):
    write(small_knowledge / name, text)
    assert faults_in(small_knowledge)


def test_a_missing_registry_is_named(small_knowledge):
    (small_knowledge / "languages.yml").unlink()
    assert any(f.file == "languages.yml" for f in faults_in(small_knowledge))


def test_an_evaluation_question_among_the_phrases_is_named_with_its_line(small_knowledge, tmp_path):
    path = small_knowledge / "wording" / "en" / "allt.yml"
    row = {"id": "en-007", "text": "We have children, and the rent is HIGH!"}
    write(tmp_path / "eval" / "en.jsonl", json.dumps(row) + "\n\n")
    fault = only_fault(small_knowledge, tmp_path / "eval")
    assert (fault.file, fault.line) == (
        "wording/en/allt.yml",
        line_of(path, "we have children and the rent is high"),
    )
    assert "en-007" in fault.message


# Found a bug in knowledge_check.py: _phrases leaves out boundaries.
def test_an_evaluation_question_among_a_boundarys_phrases_is_named(small_knowledge, tmp_path):
    path = small_knowledge / "wording" / "en" / "boundaries.yml"
    row = {"id": "en-008", "text": "Who helps me with rent?"}
    write(tmp_path / "eval" / "en.jsonl", json.dumps(row) + "\n")
    fault = only_fault(small_knowledge, tmp_path / "eval")
    assert (fault.file, fault.line) == (
        "wording/en/boundaries.yml",
        line_of(path, "who helps me with rent"),
    )


def test_one_or_two_words_are_nobodys_leak(small_knowledge, tmp_path):
    write(tmp_path / "eval" / "sv.jsonl", json.dumps({"id": "sv-1", "text": "anmäla flytt"}) + "\n")
    assert faults_in(small_knowledge, tmp_path / "eval") == []


# Found a bug in knowledge_check.py: _check_leakage does not catch a broken row.
def test_a_broken_evaluation_row_is_a_fault_not_a_crash(small_knowledge, tmp_path):
    write(tmp_path / "eval" / "sv.jsonl", '{"id": "sv-1"\n')
    fault = only_fault(small_knowledge, tmp_path / "eval")
    assert "sv.jsonl" in fault.file
    assert fault.line == 1


def test_a_missing_text_is_named(small_knowledge):
    path = small_knowledge / "texts" / "ar.yml"
    kept = [x for x in path.read_text("utf-8").splitlines() if "utter_clarify_neither" not in x]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.message) == (
        "texts/ar.yml",
        "text 'utter_clarify_neither' is missing",
    )


def test_a_text_english_does_not_have_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "texts" / "ar.yml"
    path.write_text(path.read_text("utf-8") + 'utter_zzz: "مرحبا"\n', encoding="utf-8")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("texts/ar.yml", line_of(path, "utter_zzz"))


def test_no_english_texts_at_all_is_said_once(small_knowledge):
    (small_knowledge / "texts" / "en.yml").unlink()
    assert any(
        f.file == "texts/en.yml" and "fallback of all" in f.message
        for f in faults_in(small_knowledge)
    )


def test_a_field_that_differs_from_the_english_one_is_named_with_its_line(small_knowledge):
    path = replace(small_knowledge / "texts" / "sv.yml", "{municipality}", "{kommun}")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("texts/sv.yml", line_of(path, "{kommun}"))
    assert "{kommun}" in fault.message
    assert "{municipality}" in fault.message


def test_a_broken_row_of_a_csv_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "municipalities.csv"
    replace(path, "0114,Upplands Väsby,", "114,Upplands Väsby,")
    found = [f for f in faults_in(small_knowledge) if f.file == "municipalities.csv"]
    assert (found[-1].line, found[-1].message.startswith("code:")) == (2, True)


def test_an_unknown_region_is_named_with_its_line(small_knowledge):
    path = small_knowledge / "municipalities.csv"
    replace(path, "Vallentuna kommun,01", "Vallentuna kommun,99")
    fault = only_fault(small_knowledge)
    assert (fault.file, fault.line) == ("municipalities.csv", 3)
    assert "'99'" in fault.message


def test_a_code_twice_is_named_with_its_second_line(small_knowledge):
    path = small_knowledge / "regions.csv"
    replace(path, "03,Region Uppsala", "01,Region Uppsala")
    assert any(
        (f.file, f.line) == ("regions.csv", 3) and "twice" in f.message
        for f in faults_in(small_knowledge)
    )


@pytest.mark.parametrize(("name", "wanted"), [("municipalities.csv", 290), ("regions.csv", 21)])
def test_a_missing_row_of_a_csv_is_counted(small_knowledge, name, wanted):
    path = small_knowledge / name
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    fault = next(f for f in faults_in(small_knowledge) if f.file == name)
    assert fault.message == f"has {wanted - 1} rows, Sweden has {wanted}"


@pytest.mark.parametrize("body", [b"\xff\xfe", b"", b"code;name\n01;x\n", b"code,name\n01,a,b,c\n"])
def test_a_csv_of_the_wrong_shape_is_a_fault_not_a_crash(small_knowledge, body):
    (small_knowledge / "regions.csv").write_bytes(body)
    assert any(f.file == "regions.csv" for f in faults_in(small_knowledge))


def test_a_local_overlay_of_nowhere_is_named_with_its_line(small_knowledge):
    path = write(
        small_knowledge / "local" / "9999_x.yml",
        'municipality: "9999"\nlinks:\n  daghem: {kind: info, url: "https://www.example.se"}\n'
        'source: {url: "https://www.example.se", checked: "2026-11-01"}\nconfidence: linked\n',
    )
    found = {(f.line, f.message) for f in faults_in(small_knowledge)}
    assert found == {
        (1, "unknown municipality '9999'"),
        (line_of(path, "daghem"), "unknown service 'daghem'"),
    }


def test_a_fault_reads_as_file_line_and_message():
    assert str(Fault("services/vab.yml", 3, "is wrong")) == "services/vab.yml:3: is wrong"


def test_faults_are_sorted_and_said_once(small_knowledge):
    for name in ("vab", "forskola", "id_kort"):
        replace(small_knowledge / "services" / f"{name}.yml", "2026-11-01", "2020-01-01")
    faults = faults_in(small_knowledge)
    assert faults == sorted(set(faults))
    assert len(faults) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("Vad KOSTAR dagis?!", "vad kostar dagis"), ("Försörjning", "forsorjning"), ("طِفلي", "طفلي")],
)
def test_two_texts_that_read_the_same_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


# Steps, exceptions, offices and overlays


def with_steps(root, steps: str):
    return replace(root / "services" / "vab.yml", "source:", f"steps:\n{steps}source:")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("{do: dance}", "steps.0.do:"),
        ("{do: apply}", "happens at a body"),
        ("{do: soon, at: kommun}", "happens at no body"),
        ("{do: bring}", "needs `what`"),
        ("{do: bring, what: [umbrella]}", "steps.0.what.0:"),
        ("{do: soon, what: [photos]}", "only `bring` does"),
        ("{do: apply, at: kommun, who: vet}", "`who` goes with"),
        ("{do: apply, at: nobody}", "unknown authority 'nobody'"),
        ("{do: ask, at: kommun, when: someday}", "steps.0.when:"),
    ],
)
def test_a_broken_step_is_named_with_its_line(small_knowledge, step, said):
    path = with_steps(small_knowledge, f"  - {step}\n")
    found = [f for f in faults_in(small_knowledge) if f.file == "services/vab.yml"]
    assert found[0].line == line_of(path, step)
    assert said in found[0].message


def test_sound_steps_are_no_faults(small_knowledge):
    with_steps(
        small_knowledge,
        "  - {do: certificate, at: kommun}\n  - {do: bring, what: [photos, dates]}\n"
        "  - {do: soon}\n  - {do: call, at: sos_alarm, when: danger}\n",
    )
    assert faults_in(small_knowledge) == []


def test_the_right_body_is_not_confused_with_itself(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    replace(path, "source:", "confused: [kommun, forsakringskassan]\nsource:")
    assert "is the right body" in only_fault(small_knowledge).message


EXCEPTION = (
    "exceptions:\n  - where: [{where}]\n    authority: {authority}\n    level: kommun\n"
    '    source: {{url: "https://x.se", checked: "2026-11-01"}}\n    confidence: linked\n'
)


@pytest.mark.parametrize(
    ("where", "authority", "said"),
    [
        ('"9999"', "kommun", "unknown municipality or region '9999'"),
        ('"0180", "0180"', "kommun", "stands under two exceptions"),
        ('"01"', "nobody", "unknown authority"),
        ('"180"', "kommun", "where.0"),
    ],
)
def test_a_broken_exception_is_named(small_knowledge, where, authority, said):
    text = EXCEPTION.format(where=where, authority=authority)
    path = replace(small_knowledge / "services" / "vab.yml", "source:", f"{text}source:")
    fault = next(f for f in faults_in(small_knowledge) if f.file == "services/vab.yml")
    assert said in fault.message
    assert fault.line in (line_of(path, "where:"), line_of(path, f"authority: {authority}"))


OFFICE = (
    'id: fittja\nname: "Fittja"\nauthority: kommun\nmunicipality: "0127"\nserves: [kommun]\n'
    'source: {url: "https://x.se", checked: "2026-11-01"}\nconfidence: verified\n'
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"0127"', '"9999"', "unknown municipality"),
        ("serves: [kommun]", "serves: [fk]", "unknown authority 'fk'"),
        ("serves: [kommun]", "serves: []", "serves:"),
        ("2026-11-01", "2025-11-01", "over a year ago"),
        ("confidence", "closed_since: yesterday\nconfidence", "closed_since:"),
        (
            "source",
            'hours:\n  - {days: [mon], opens: "17:00", closes: "08:00"}\nsource',
            "opens 17:00 but closes 08:00",
        ),
        (
            "source",
            'hours:\n  - {days: [mon], opens: "08:00", closes: "17:00"}\nsource',
            "hours without hours_checked",
        ),
        ("source", "cannot: [fly]\nsource", "cannot.0:"),
    ],
)
def test_a_broken_office_is_named(small_knowledge, old, new, said):
    write(small_knowledge / "offices" / "fittja.yml", OFFICE.replace(old, new, 1))
    fault = only_fault(small_knowledge)
    assert fault.file == "offices/fittja.yml"
    assert said in fault.message


def test_an_overlay_of_unknown_services_and_bodies_is_named(small_knowledge):
    write(
        small_knowledge / "local" / "0127.yml",
        'municipality: "0127"\nphones: {daghem: "08-1"}\n'
        'exceptions:\n  vab: {authority: fk, level: stat, source: {url: "https://x.se"}}\n'
        'source: {url: "https://x.se", checked: "2026-11-01"}\nconfidence: linked\n',
    )
    said = [f.message for f in faults_in(small_knowledge)]
    assert any("unknown service 'daghem'" in message for message in said)
    assert any("unknown authority 'fk'" in message for message in said)


def test_a_place_name_of_nowhere_and_one_twice_are_named_with_their_lines(small_knowledge):
    write(
        small_knowledge / "place_names.csv",
        "# comment\nname,code,kind,language\nAtlantis,9999,town,sv\n"
        "Rinkeby,0180,district,sv\nRINKEBY,0180,district,sv\n",
    )
    found = [(f.line, f.message) for f in faults_in(small_knowledge)]
    assert found[0][0] == 3
    assert "unknown municipality" in found[0][1]
    assert (found[1][0], "twice" in found[1][1]) == (5, True)


# Wording


def test_easy_swedish_is_only_for_swedish(small_knowledge):
    for code in ("sv", "en"):
        path = small_knowledge / "wording" / code / "allt.yml"
        replace(path, "  why:", '  easy: "Easy words."\n  why:')
    fault = only_fault(small_knowledge)
    assert (fault.file, "`easy`" in fault.message) == ("wording/en/allt.yml", True)


def test_the_responsible_body_is_not_a_neighbour(small_knowledge):
    path = small_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, "    kommun:", "    forsakringskassan:")
    assert "which is the responsible body" in only_fault(small_knowledge).message


def test_a_persian_letter_in_arabic_is_named(small_knowledge):
    path = small_knowledge / "wording" / "ar" / "allt.yml"
    body = path.read_text(encoding="utf-8")
    path.write_text(body.replace("ي", "ی", 1), encoding="utf-8")
    assert "is not a letter of Arabic" in only_fault(small_knowledge).message


def test_a_phrase_in_a_third_script_is_named(small_knowledge):
    path = small_knowledge / "wording" / "ar" / "allt.yml"
    replace(path, "  phrases:", '  phrases:\n    - "мой ребёнок болен"\n    - "tifli mareed"')
    fault = only_fault(small_knowledge)
    assert "cyrillic letters" in fault.message


@pytest.mark.parametrize(
    "twin",
    [
        "hyran är hög och vi har barn tre",  # another order
        "hyran är hög och vi haar tre barnn",  # two slips: people's own words
        "hyran är hög och vi har fyra barn",  # another number decides
        "hyran är höög och vi har tre barn",  # a short word
    ],
)
def test_near_copies_under_two_services(small_knowledge, twin):
    path = small_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, '    - "vabba"', f'    - "vabba"\n    - "{twin}"')
    found = faults_in(small_knowledge)
    assert bool(found) is (
        sorted(twin.split()) == sorted("hyran är hög och vi har tre barn".split())
    )
    assert all("is nearly one under" in fault.message for fault in found)


def test_one_letter_in_a_long_word_is_a_near_copy(small_knowledge):
    path = small_knowledge / "wording" / "sv" / "allt.yml"
    twin = "bidrag till hyran för barnfamilij"
    replace(path, '    - "vabba"', f'    - "vabba"\n    - "{twin}"')
    fault = only_fault(small_knowledge)
    assert "nearly one" in fault.message


def test_a_leaked_question_in_another_order_is_found(small_knowledge, tmp_path):
    row = {"id": "q1", "text": "vabba hur gör jag"}
    write(tmp_path / "eval" / "q.jsonl", json.dumps(row) + "\n")
    path = small_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, '    - "vabba"', '    - "hur gör jag vabba"')
    assert "q1" in only_fault(small_knowledge, tmp_path / "eval").message


HELPLINE = """- number: "112"
  name: "SOS Alarm"
  source: {url: "https://example.org", checked: "2026-11-01"}
  confidence: verified
"""


def test_a_number_in_a_text_needs_its_source(small_knowledge):
    write(small_knowledge / "helplines.yml", HELPLINE)
    text = small_knowledge / "texts" / "en.yml"
    for name in ("en", "sv"):
        text = small_knowledge / "texts" / f"{name}.yml"
        text.write_text(text.read_text("utf-8") + 'whom: "Call 112, or 020-12 34 56."\n', "utf-8")
    faults = [f for f in faults_in(small_knowledge) if "helplines" in f.message]
    found = {(f.file, f.message.split("'")[1]) for f in faults}
    assert {("texts/en.yml", "020-12 34 56"), ("texts/sv.yml", "020-12 34 56")} <= found
    assert "112" not in {number for _, number in found}
