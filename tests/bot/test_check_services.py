"""`lots knowledge check` names faults of services, steps and boundaries with file and line."""

import re

import pytest

from bot.errors import Fault
from tests.knowledge_faults import faults_in, only_fault
from tests.small_files import line_of, replace, service_file, write


def with_steps(root, steps: str):
    return replace(root / "services" / "vab.yml", "source:", f"steps:\n{steps}source:")


EXCEPTION = (
    "exceptions:\n  - where: [{where}]\n    authority: {authority}\n    level: kommun\n"
    '    source: {{url: "https://x.se", checked: "2026-11-01"}}\n    confidence: linked\n'
)


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
