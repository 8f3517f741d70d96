"""`lots knowledge check` names every kind of fault with file and line."""

import pytest

from bot.errors import Fault
from bot.knowledge_check import check_knowledge
from tests.knowledge_faults import TODAY, faults_in, only_fault
from tests.small_files import line_of, replace, service_file, write


def test_a_sound_base_has_no_faults(worded_knowledge):
    assert faults_in(worded_knowledge) == []


def test_a_missing_folder_is_one_fault(tmp_path):
    fault = check_knowledge(tmp_path / "nowhere", today=TODAY)[0]
    assert "not a folder" in fault.message


def test_a_future_date_is_named_with_its_line(worded_knowledge):
    path = replace(worded_knowledge / "services" / "vab.yml", "2026-11-01", "2027-01-01")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("services/vab.yml", line_of(path, "source"))
    assert "in the future" in fault.message


def test_a_stale_date_is_named_with_its_line_in_authorities_too(worded_knowledge):
    path = replace(worded_knowledge / "authorities" / "kommun.yml", "2026-11-01", "2024-11-01")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("authorities/kommun.yml", line_of(path, "source"))
    assert "over a year ago" in fault.message


def test_a_year_to_the_day_is_not_stale(worded_knowledge):
    replace(worded_knowledge / "services" / "vab.yml", "2026-11-01", "2025-11-21")
    assert faults_in(worded_knowledge) == []


def test_a_record_past_its_end_is_a_fault(worded_knowledge):
    path = worded_knowledge / "services" / "vab.yml"
    write(path, service_file("vab", valid_until='"2026-11-20"'))
    fault = only_fault(worded_knowledge)
    assert (fault.line, "retire" in fault.message) == (line_of(path, "valid_until"), True)


def test_a_checked_fact_must_say_when(worded_knowledge):
    path = worded_knowledge / "services" / "vab.yml"
    write(path, service_file("vab", source='{url: "https://www.example.se"}'))
    assert any(
        f.file == "services/vab.yml" and "source.checked is missing" in f.message
        for f in faults_in(worded_knowledge)
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
def test_a_value_of_the_wrong_form_is_named_with_its_line(worded_knowledge, old, new, line):
    path = replace(worded_knowledge / "services" / "vab.yml", old, new)
    found = [f for f in faults_in(worded_knowledge) if f.file == "services/vab.yml"]
    assert found
    assert found[0].line == line_of(path, line)


def test_a_doubled_key_is_named_with_its_second_line(worded_knowledge):
    path = worded_knowledge / "services" / "vab.yml"
    path.write_text(path.read_text() + "level: kommun\n")
    found = [f for f in faults_in(worded_knowledge) if f.file == "services/vab.yml"]
    assert [(f.line, "twice" in f.message) for f in found] == [
        (line_of(path, "level: kommun"), True)
    ]


def test_broken_yaml_is_named_with_its_line(worded_knowledge):
    write(worded_knowledge / "services" / "vab.yml", "id: vab\nlinks: [{kind: info\nlevel: stat\n")
    found = [f for f in faults_in(worded_knowledge) if f.file == "services/vab.yml"]
    assert len(found) == 1
    assert found[0].line in (2, 3, 4)
    assert "not valid YAML" in found[0].message


def test_a_file_that_is_not_utf8_is_named(worded_knowledge):
    path = worded_knowledge / "services" / "vab.yml"
    path.write_bytes("id: vab # räv".encode("latin-1"))
    found = [f for f in faults_in(worded_knowledge) if f.file == "services/vab.yml"]
    assert "Save the file as UTF-8" in found[0].message


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n", "null\n", "[]\n"])
def test_a_record_that_is_no_mapping_is_a_fault_not_a_crash(worded_knowledge, text):
    write(worded_knowledge / "services" / "vab.yml", text)
    assert any(f.file == "services/vab.yml" for f in faults_in(worded_knowledge))


@pytest.mark.parametrize("text", ["- a\n", "just words\n", "vab: 3\n", "vab:\n  phrases: {a: b}\n"])
def test_wording_of_the_wrong_shape_is_a_fault_not_a_crash(worded_knowledge, text):
    write(worded_knowledge / "wording" / "sv" / "mer.yml", text)
    assert any(f.file == "wording/sv/mer.yml" for f in faults_in(worded_knowledge))


@pytest.mark.parametrize("name", ["languages.yml", "life_events.yml"])
@pytest.mark.parametrize("text", ["", "a: b\n", "- [1, 2]\n"])
def test_a_registry_of_the_wrong_shape_is_a_fault_not_a_crash(worded_knowledge, name, text):
    write(worded_knowledge / name, text)
    assert faults_in(worded_knowledge)


def test_a_missing_registry_is_named(worded_knowledge):
    (worded_knowledge / "languages.yml").unlink()
    assert any(f.file == "languages.yml" for f in faults_in(worded_knowledge))


def test_a_fault_reads_as_file_line_and_message():
    assert str(Fault("services/vab.yml", 3, "is wrong")) == "services/vab.yml:3: is wrong"


def test_faults_are_sorted_and_said_once(worded_knowledge):
    for name in ("vab", "forskola", "id_kort"):
        replace(worded_knowledge / "services" / f"{name}.yml", "2026-11-01", "2020-01-01")
    faults = faults_in(worded_knowledge)
    assert faults == sorted(set(faults))
    assert len(faults) == 3
