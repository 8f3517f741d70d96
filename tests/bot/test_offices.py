"""Hours are shown as current only while they are known to be."""

from datetime import UTC, date, datetime, time

import pytest

from bot.offices import SWEDEN, hours_hold, hours_of, offices_near, visit
from bot.public_holidays import is_public_holiday, public_holidays
from bot.records import Office

OFFICE = {
    "id": "fittja",
    "name": "Medborgarkontoret",
    "authority": "kommun",
    "municipality": "0127",
    "serves": ["kommun"],
    "hours": [
        {"days": ["mon", "tue", "wed"], "opens": "09:00", "closes": "12:00"},
        {"days": ["mon"], "opens": "13:00", "closes": "16:00"},
    ],
    "hours_checked": "2026-11-01",
    "source": {"url": "https://www.example.se", "checked": "2026-11-01"},
    "confidence": "verified",
}
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=SWEDEN)


def office(**changes) -> Office:
    return Office.model_validate(OFFICE | changes)


def test_open_until_the_hour_it_closes():
    found = visit(office(), MONDAY)
    assert (found.state, found.until) == ("open", time(12))


def test_closed_at_the_closing_minute_and_opens_after_lunch():
    found = visit(office(), MONDAY.replace(hour=12))
    assert (found.state, found.opens) == ("closed", MONDAY.replace(hour=13))


def test_an_office_open_some_days_is_closed_on_the_others():
    found = visit(office(some_days=True), datetime(2026, 11, 26, 10, tzinfo=SWEDEN))  # Thursday
    assert found.state == "closed"
    assert (found.opens, found.day) == (datetime(2026, 11, 30, 9, tzinfo=SWEDEN), 0)


def test_the_hour_is_the_swedish_one_wherever_the_machine_is():
    assert visit(office(), datetime(2026, 11, 23, 8, 30, tzinfo=UTC)).state == "open"
    assert visit(office(), datetime(2026, 11, 23, 11, 30, tzinfo=UTC)).state == "closed"
    summer = office(hours_checked="2026-06-01")
    assert visit(summer, datetime(2026, 6, 15, 7, 30, tzinfo=UTC)).state == "open"


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        visit(office(), datetime(2026, 11, 23, 10))


@pytest.mark.parametrize(
    "changes",
    [
        {"confidence": "unchecked"},
        {"confidence": "linked"},
        {"hours_checked": "2026-04-01"},  # over half a year ago
        {"hours_checked": "2026-12-01"},  # read in the future: somebody mistyped
        {"hours": []},
        {"closed_since": "2026-11-20"},
    ],
)
def test_hours_that_nobody_vouches_for_are_unknown(changes):
    found = visit(office(**changes), MONDAY)
    assert (found.state, found.until, found.opens) == ("unknown", None, None)


def test_no_opening_is_promised_after_the_hours_expire():
    expiring = office(hours_checked="2026-05-26")  # good until 25 November
    assert visit(expiring, datetime(2026, 11, 25, 15, tzinfo=SWEDEN)).opens is None


def test_closures_and_holidays_win_over_the_hours():
    closed = office(closures=[{"first": "2026-11-23", "last": "2026-11-24"}])
    assert visit(closed, MONDAY).opens == datetime(2026, 11, 25, 9, tzinfo=SWEDEN)
    assert hours_of(office(), date(2026, 4, 6)) == []  # Easter Monday
    christmas = visit(office(), datetime(2026, 12, 23, 13, tzinfo=SWEDEN))
    assert christmas.opens == datetime(2026, 12, 28, 9, tzinfo=SWEDEN)


def test_hours_hold_only_from_the_day_they_were_read():
    assert hours_hold(office(), date(2026, 11, 1))
    assert not hours_hold(office(), date(2026, 10, 31))


@pytest.mark.parametrize(
    "day",
    ["2026-01-06", "2026-04-03", "2026-05-14", "2026-06-06", "2026-06-19", "2026-06-20"]
    + ["2026-10-31", "2026-12-24", "2027-03-26", "2027-03-29", "2027-05-06", "2027-11-06"],
)
def test_swedish_holidays(day):
    assert is_public_holiday(date.fromisoformat(day))


def test_ordinary_days_are_no_holidays():
    assert not is_public_holiday(date(2026, 11, 23))
    assert len(public_holidays(2026)) == 16


def near(small, municipality, *offices, **more):
    known = small.model_copy(update={"offices": {o.id: o for o in offices}})
    return offices_near(known, municipality, MONDAY, **more)


def test_own_offices_first_then_the_states_in_the_county(small):
    state = office(id="haninge", authority="servicekontor", municipality="0136", name="A")
    other = office(id="huddinge", municipality="0126", name="B")
    far = office(id="malmo", authority="servicekontor", municipality="1280", name="C")
    found = near(small, "0127", state, other, far, office())
    assert [(v.office.id, v.elsewhere) for v in found] == [("fittja", False), ("haninge", True)]


def test_a_closed_down_office_is_not_near_anybody(small):
    assert near(small, "0127", office(closed_since="2026-11-01")) == []
    assert [v.office.id for v in near(small, "0127", office(closed_since="2027-01-01"))]


def test_only_offices_that_help_with_the_body(small):
    state = office(id="s", authority="servicekontor", serves=["skatteverket"])
    assert [
        v.office.id for v in near(small, "0127", state, office(), authority="skatteverket")
    ] == ["s"]
    assert near(small, "0127", office(), authority="skatteverket") == []


@pytest.mark.parametrize("municipality", [None, "", "9999"])
def test_without_a_place_nothing_is_near(small, municipality):
    assert near(small, municipality, office()) == []
