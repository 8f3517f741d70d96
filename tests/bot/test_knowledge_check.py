"""`lots knowledge check` names every kind of fault with file and line."""

import re

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


def test_an_unknown_key_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "services" / "vab.yml"
    path.write_text(service_file("vab", telephone='"112"'), encoding="utf-8")
    own = [f for f in faults_in(worded_knowledge) if f.file == "services/vab.yml"]
    assert [f.line for f in own] == [line_of(path, "telephone")]
    assert "telephone" in own[0].message


def test_an_unknown_authority_is_named_with_its_line(worded_knowledge):
    path = replace(
        worded_knowledge / "services" / "vab.yml", "authority: forsakringskassan", "authority: fk"
    )
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("services/vab.yml", line_of(path, "authority"))
    assert "unknown authority 'fk'" in fault.message


def test_an_unknown_body_among_the_also_right_is_a_fault(worded_knowledge):
    path = replace(worded_knowledge / "services" / "vab.yml", "level:", "also: [fk]\nlevel:")
    fault = only_fault(worded_knowledge)
    assert (fault.line, "fk" in fault.message) == (line_of(path, "also"), True)


def test_an_unknown_life_event_is_named_with_its_line(worded_knowledge):
    path = replace(worded_knowledge / "services" / "vab.yml", "life_event: familj", "life_event: x")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("services/vab.yml", line_of(path, "life_event"))


def test_other_must_say_which_body(worded_knowledge):
    text = 'id: other\nname: "Annan"\nlevel: ovrig\nconfidence: unchecked\n'
    write(worded_knowledge / "authorities" / "other.yml", text)
    for code in ("sv", "en", "ar"):
        path = worded_knowledge / "wording" / code / "authorities.yml"
        path.write_text(path.read_text() + "other: x\n")
    path = worded_knowledge / "services" / "vab.yml"
    replace(path, "authority: forsakringskassan", "authority: other")
    fault = only_fault(worded_knowledge)
    assert (fault.line, "body" in fault.message) == (2, True)


def test_an_id_must_be_the_file_name(worded_knowledge):
    path = worded_knowledge / "services" / "vab.yml"
    path.rename(path.with_name("vabb.yml"))
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("services/vabb.yml", 1)
    assert "'vabb'" in fault.message


@pytest.mark.parametrize("identifier", ["Vab", "våb", "1vab", "va b", ""])
def test_an_id_is_ascii_and_lower_case(worded_knowledge, identifier):
    text = service_file("vab", id=f'"{identifier}"')
    write(worded_knowledge / "services" / "vab.yml", text)
    assert any(
        f.file == "services/vab.yml" and f.line == 1 and f.message.startswith("id:")
        for f in faults_in(worded_knowledge)
    )


def test_a_boundary_of_an_unknown_service_is_named_with_its_line(worded_knowledge):
    path = write(
        worded_knowledge / "boundaries" / "barn_hemma.yml",
        "id: barn_hemma\nservices:\n  - vab\n  - daghem\n",
    )
    faults = faults_in(worded_knowledge)
    assert Fault(
        "boundaries/barn_hemma.yml", line_of(path, "daghem"), "unknown service 'daghem'"
    ) in (faults)


def test_what_is_meant_unsaid_is_one_of_the_services(worded_knowledge):
    path = worded_knowledge / "boundaries" / "barn_hemma.yml"
    path.write_text(path.read_text(encoding="utf-8") + "unsaid: id_kort\n", encoding="utf-8")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("boundaries/barn_hemma.yml", line_of(path, "unsaid"))
    assert "'id_kort' is none of its services" in fault.message


def test_two_boundaries_with_the_same_services_are_a_fault(worded_knowledge):
    text = "id: till_hyran\nservices: [forsorjningsstod, bostadsbidrag]\n"
    write(worded_knowledge / "boundaries" / "till_hyran.yml", text)
    for code in ("sv", "en", "ar"):
        path = worded_knowledge / "wording" / code / "boundaries.yml"
        body = path.read_text(encoding="utf-8").split("barn_hemma:")[0]
        own = re.sub(r'- "(.*)"', r'- "2: \1"', body)  # its own phrases
        own = own.replace("pengar_till_hyran:", "till_hyran:", 1)
        path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("boundaries/till_hyran.yml", 2)
    assert "same services as 'pengar_till_hyran'" in fault.message


@pytest.mark.parametrize("services", ["[vab]", "[vab, id_kort, forskola, sjukpenning, nodsamtal]"])
def test_a_boundary_has_two_to_four_services(worded_knowledge, services):
    text = f"id: barn_hemma\nservices: {services}\n"
    write(worded_knowledge / "boundaries" / "barn_hemma.yml", text)
    assert any(
        (f.file, f.line) == ("boundaries/barn_hemma.yml", 2) for f in faults_in(worded_knowledge)
    )


def test_options_that_differ_from_the_boundary_are_named_with_their_line(worded_knowledge):
    path = worded_knowledge / "wording" / "en" / "boundaries.yml"
    replace(path, "    forskola:", "    id_kort:")
    fault = only_fault(worded_knowledge)
    lines = path.read_text(encoding="utf-8").splitlines()
    options = [i for i, line in enumerate(lines, 1) if line.strip() == "options:"]
    assert (fault.file, fault.line) == ("wording/en/boundaries.yml", options[1])
    assert "forskola, id_kort" in fault.message


def test_words_for_an_unknown_boundary_are_named_with_their_line(worded_knowledge):
    path = worded_knowledge / "wording" / "en" / "boundaries.yml"
    body = path.read_text(encoding="utf-8")
    path.write_text(body + "gone:\n  question: What?\n  options: {vab: A}\n", encoding="utf-8")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("wording/en/boundaries.yml", line_of(path, "gone"))


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


def test_a_broken_row_of_a_csv_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "municipalities.csv"
    replace(path, "0114,Upplands Väsby,", "114,Upplands Väsby,")
    found = [f for f in faults_in(worded_knowledge) if f.file == "municipalities.csv"]
    assert (found[-1].line, found[-1].message.startswith("code:")) == (2, True)


def test_an_unknown_region_is_named_with_its_line(worded_knowledge):
    path = worded_knowledge / "municipalities.csv"
    replace(path, "Vallentuna kommun,01", "Vallentuna kommun,99")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line) == ("municipalities.csv", 3)
    assert "'99'" in fault.message


def test_a_code_twice_is_named_with_its_second_line(worded_knowledge):
    path = worded_knowledge / "regions.csv"
    replace(path, "03,Region Uppsala", "01,Region Uppsala")
    assert any(
        (f.file, f.line) == ("regions.csv", 3) and "twice" in f.message
        for f in faults_in(worded_knowledge)
    )


@pytest.mark.parametrize(("name", "wanted"), [("municipalities.csv", 290), ("regions.csv", 21)])
def test_a_missing_row_of_a_csv_is_counted(worded_knowledge, name, wanted):
    path = worded_knowledge / name
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    fault = next(f for f in faults_in(worded_knowledge) if f.file == name)
    assert fault.message == f"has {wanted - 1} rows, Sweden has {wanted}"


@pytest.mark.parametrize("body", [b"\xff\xfe", b"", b"code;name\n01;x\n", b"code,name\n01,a,b,c\n"])
def test_a_csv_of_the_wrong_shape_is_a_fault_not_a_crash(worded_knowledge, body):
    (worded_knowledge / "regions.csv").write_bytes(body)
    assert any(f.file == "regions.csv" for f in faults_in(worded_knowledge))


def test_a_local_overlay_of_nowhere_is_named_with_its_line(worded_knowledge):
    path = write(
        worded_knowledge / "local" / "9999_x.yml",
        'municipality: "9999"\nlinks:\n  daghem: {kind: info, url: "https://www.example.se"}\n'
        'source: {url: "https://www.example.se", checked: "2026-11-01"}\nconfidence: linked\n',
    )
    found = {(f.line, f.message) for f in faults_in(worded_knowledge)}
    assert found == {
        (1, "unknown municipality '9999'"),
        (line_of(path, "daghem"), "unknown service 'daghem'"),
    }


def test_a_fault_reads_as_file_line_and_message():
    assert str(Fault("services/vab.yml", 3, "is wrong")) == "services/vab.yml:3: is wrong"


def test_faults_are_sorted_and_said_once(worded_knowledge):
    for name in ("vab", "forskola", "id_kort"):
        replace(worded_knowledge / "services" / f"{name}.yml", "2026-11-01", "2020-01-01")
    faults = faults_in(worded_knowledge)
    assert faults == sorted(set(faults))
    assert len(faults) == 3


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
def test_a_broken_step_is_named_with_its_line(worded_knowledge, step, said):
    path = with_steps(worded_knowledge, f"  - {step}\n")
    found = [f for f in faults_in(worded_knowledge) if f.file == "services/vab.yml"]
    assert found[0].line == line_of(path, step)
    assert said in found[0].message


def test_sound_steps_are_no_faults(worded_knowledge):
    with_steps(
        worded_knowledge,
        "  - {do: certificate, at: kommun}\n  - {do: bring, what: [photos, dates]}\n"
        "  - {do: soon}\n  - {do: call, at: sos_alarm, when: danger}\n",
    )
    assert faults_in(worded_knowledge) == []


def test_the_right_body_is_not_confused_with_itself(worded_knowledge):
    path = worded_knowledge / "services" / "vab.yml"
    replace(path, "source:", "confused: [kommun, forsakringskassan]\nsource:")
    assert "is the right body" in only_fault(worded_knowledge).message


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
def test_a_broken_exception_is_named(worded_knowledge, where, authority, said):
    text = EXCEPTION.format(where=where, authority=authority)
    path = replace(worded_knowledge / "services" / "vab.yml", "source:", f"{text}source:")
    fault = next(f for f in faults_in(worded_knowledge) if f.file == "services/vab.yml")
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
def test_a_broken_office_is_named(worded_knowledge, old, new, said):
    write(worded_knowledge / "offices" / "fittja.yml", OFFICE.replace(old, new, 1))
    fault = only_fault(worded_knowledge)
    assert fault.file == "offices/fittja.yml"
    assert said in fault.message


def test_an_overlay_of_unknown_services_and_bodies_is_named(worded_knowledge):
    write(
        worded_knowledge / "local" / "0127.yml",
        'municipality: "0127"\nphones: {daghem: "08-1"}\n'
        'exceptions:\n  vab: {authority: fk, level: stat, source: {url: "https://x.se"}}\n'
        'source: {url: "https://x.se", checked: "2026-11-01"}\nconfidence: linked\n',
    )
    said = [f.message for f in faults_in(worded_knowledge)]
    assert any("unknown service 'daghem'" in message for message in said)
    assert any("unknown authority 'fk'" in message for message in said)


def test_a_place_name_of_nowhere_and_one_twice_are_named_with_their_lines(worded_knowledge):
    write(
        worded_knowledge / "place_names.csv",
        "# comment\nname,code,kind,language\nAtlantis,9999,town,sv\n"
        "Rinkeby,0180,district,sv\nRINKEBY,0180,district,sv\n",
    )
    found = [(f.line, f.message) for f in faults_in(worded_knowledge)]
    assert found[0][0] == 3
    assert "unknown municipality" in found[0][1]
    assert (found[1][0], "twice" in found[1][1]) == (5, True)
