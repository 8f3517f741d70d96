"""`lots knowledge check` names faults of places, local overlays and offices with file and line."""

import pytest

from tests.knowledge_faults import faults_in, only_fault
from tests.small_files import line_of, replace, write

OFFICE = (
    'id: fittja\nname: "Fittja"\nauthority: kommun\nmunicipality: "0127"\nserves: [kommun]\n'
    'source: {url: "https://x.se", checked: "2026-11-01"}\nconfidence: verified\n'
)


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


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Konya,xx", "Konya: unknown language 'xx'"),
        ("Vallentuna,sv", "Vallentuna is a place in Sweden"),
        ("oslo,sv", "oslo stands here twice for sv"),
    ],
)
def test_a_wrong_place_abroad_is_named_with_its_line(worded_knowledge, row, message):
    write(worded_knowledge / "places_abroad.csv", f"name,language\nOslo,sv\n{row}\n")
    fault = only_fault(worded_knowledge)
    assert (fault.file, fault.line, fault.message) == ("places_abroad.csv", 3, message)
