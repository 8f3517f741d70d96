"""`lots knowledge import offices.csv`: every row or none, with errors by row and column."""

from datetime import time

import pytest

from bot.knowledge import load_knowledge
from bot.knowledge_import import import_offices, office_yaml
from bot.opening_hours import parse_hours
from tests.small_files import write

HEADING = "name,municipality,source,checked,phone,hours,some_days"
SOUND = 'Medborgarkontoret,Botkyrka,https://www.botkyrka.se,2026-11-20,08-1,"mån-tor 8-17",nej'


def imported(tmp_path, small, *rows, heading=HEADING, replace=False):
    path = write(tmp_path / "offices.csv", "\n".join([heading, *rows]) + "\n")
    return import_offices(path, tmp_path / "offices", small, replace=replace)


def faults(tmp_path, small, *rows, heading=HEADING):
    offices, found = imported(tmp_path, small, *rows, heading=heading)
    assert not (tmp_path / "offices").exists() or not list((tmp_path / "offices").iterdir())
    return [(fault.line, fault.message) for fault in found]


def test_a_sound_file_becomes_one_file_per_office(tmp_path, small, small_knowledge):
    path = write(tmp_path / "offices.csv", f"{HEADING}\n{SOUND}\n")
    offices, found = import_offices(path, small_knowledge / "offices", small)
    assert found == []
    loaded = load_knowledge(small_knowledge)
    assert loaded.offices == {office.id: office for office in offices}
    office = loaded.offices["botkyrka_medborgarkontoret"]
    assert (office.municipality, office.authority, office.confidence) == (
        "0127",
        "kommun",
        "verified",
    )
    assert office.hours[0].days == ("mon", "tue", "wed", "thu")
    assert office.hours_checked.isoformat() == "2026-11-20"


def test_what_is_written_reads_the_same(tmp_path, small, small_knowledge):
    heading = HEADING + ",address,languages,serves,appointment"
    row = SOUND + ',"Väg ""1"", C:\\x",sv no ar,kommun skatteverket,ja'
    (office,), found = imported(tmp_path, small, row, heading=heading)
    assert found == []
    write(small_knowledge / "offices" / f"{office.id}.yml", office_yaml(office))
    assert load_knowledge(small_knowledge).offices[office.id] == office


def test_swedish_excel_semicolons_and_byte_order_mark(tmp_path, small):
    path = tmp_path / "o.csv"
    text = "\ufeff" + f"{HEADING}\n{SOUND}".replace(",", ";").replace('"mån', "mån").replace(
        '17"', "17"
    )
    path.write_text(text, encoding="utf-8")
    offices, found = import_offices(path, tmp_path / "offices", small)
    assert (len(offices), found) == (1, [])


@pytest.mark.parametrize(
    ("row", "line", "said"),
    [
        ("A,Botkyrka,https://x.se,2026-13-01,,,", 2, "checked:"),
        ("A,Botkyrka,https://x.se,20 november,,,", 2, "checked:"),
        ("A,Botkyrka,x.se,2026-11-20,,,", 2, "source:"),
        ("A,Botkyrka,https://x.se,2026-11-20,telefon,,", 2, "phone:"),
        ("A,Botkyrka,https://x.se,2026-11-20,,8-17,", 2, "hours:"),
        ("A,Botkyrka,https://x.se,2026-11-20,,mån 17-8,", 2, "hours:"),
        ("A,Botkyrka,https://x.se,2026-11-20,,,kanske", 2, "some_days: 'kanske'"),
        ("A,Atlantis,https://x.se,2026-11-20,,,", 2, "municipality: 'Atlantis' is unknown"),
        ("A,Sätras,https://x.se,2026-11-20,,,", 2, "municipality:"),
        (",Botkyrka,https://x.se,2026-11-20,,,", 2, "name:"),
        ("A,Botkyrka,https://x.se,2026-11-20,,", 2, "has 6 cells, the heading 7"),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_written(tmp_path, small, row, line, said):
    found = faults(tmp_path, small, row, SOUND)
    assert found[0][0] == line
    assert found[0][1].startswith(said), found


def test_all_broken_rows_are_named_at_once(tmp_path, small):
    bad = "A,Atlantis,x.se,2026-13-01,,,"
    assert {line for line, _ in faults(tmp_path, small, bad, SOUND, bad)} == {2, 4}


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("name,municipality,checked", "columns are missing: source"),
        (HEADING + ",colour", "unknown columns: colour"),
        (HEADING + ",phone", "columns stand there twice: phone"),
        ("", "columns are missing"),
    ],
)
def test_wrong_columns_are_named(tmp_path, small, heading, said):
    assert said in faults(tmp_path, small, SOUND, heading=heading)[0][1]


def test_another_encoding_is_named_with_its_line_and_what_to_do(tmp_path, small):
    path = tmp_path / "o.csv"
    path.write_bytes(f"{HEADING}\n{SOUND}\n".encode("latin-1"))
    offices, found = import_offices(path, tmp_path / "offices", small)
    assert (offices, found[0].line) == ([], 2)
    assert "CSV UTF-8" in found[0].message


def test_a_missing_file_is_a_fault(tmp_path, small):
    _, found = import_offices(tmp_path / "no.csv", tmp_path / "offices", small)
    assert "cannot be read" in found[0].message


def test_an_office_twice_and_one_that_exists(tmp_path, small):
    assert "stands here twice" in faults(tmp_path, small, SOUND, SOUND)[0][1]
    (office,), _ = imported(tmp_path, small, SOUND)
    known = small.model_copy(update={"offices": {office.id: office}})
    _, found = imported(tmp_path, known, SOUND)
    assert "--replace" in found[0].message
    assert imported(tmp_path, known, SOUND, replace=True)[1] == []


def test_an_id_cannot_leave_the_folder(tmp_path, small):
    found = faults(tmp_path, small, SOUND + ",../../x", heading=HEADING + ",id")
    assert found[0][1].startswith("id:")


def test_an_unknown_body_is_named(tmp_path, small):
    found = faults(tmp_path, small, SOUND + ",fk", heading=HEADING + ",serves")
    assert found == [(2, "serves: unknown authority 'fk'")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mån-tor 8-17", 4),
        ("måndag, onsdag 8.30-12", 2),
        ("tis och tors 13:00–16:00", 2),
        ("mon-sun 0-23", 7),
    ],
)
def test_hours_as_officers_write_them(text, days):
    (entry,) = parse_hours(text)
    assert len(entry.days) == days


def test_hours_of_several_parts():
    first, second = parse_hours("mån-tor 8-17; fre 8-15.30")
    assert (first.closes, second.closes) == (time(17), time(15, 30))
    assert parse_hours("") == []
    assert len(parse_hours("mån 8-12, tis 9-15")) == 2


@pytest.mark.parametrize(
    "text", ["8-17", "mån", "mån 8", "vardagar 8-17", "fre-mån 8-17", "mån 8-25"]
)
def test_unreadable_hours_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parse_hours(text)
