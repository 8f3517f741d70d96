"""Offices as people read them; never an hour that is not known to hold."""

from datetime import UTC, date, datetime

import pytest

from bot.offices_card import office_reply
from bot.records import Office, OpeningHours, Source
from bot.replies import Replies
from bot.settings import ROOT
from bot.wording import Catalogue

CATALOGUE = Catalogue(ROOT / "knowledge" / "texts")
MONDAY_NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 12:00 in Sweden


@pytest.fixture
def reply(knowledge):
    def make(now=MONDAY_NOON, language="sv", **changes):
        office = Office(
            id="servicekontor_test",
            name="Servicekontoret",
            authority="servicekontor",
            municipality="0181",
            address="Storgatan 1",
            serves=("servicekontor", "forsakringskassan"),
            cannot=("decide",),
            hours=(OpeningHours(days=("mon", "tue"), opens="10:00", closes="16:00"),),
            hours_checked=date(2026, 11, 1),
            source=Source(url="https://x.se", checked=date(2026, 11, 1)),
            confidence="verified",
        ).model_copy(update=changes)
        base = knowledge.model_copy(update={"offices": {office.id: office}})
        replies = Replies(base, CATALOGUE, language, "0181")
        return office_reply(replies, base.services["barnbidrag"], now)

    return make


def test_an_open_office_says_until_when(reply):
    made = reply()
    assert made.card["offices"][0]["hours"] == "öppet nu, till 16:00"
    text = CATALOGUE.text(made.key, "sv", **made.values)
    assert "Servicekontoret, Storgatan 1, öppet nu, till 16:00" in text
    assert "Kan inte: fatta beslut." in text
    assert "Försäkringskassan" in text


def test_a_closed_office_says_when_it_opens(reply):
    evening = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    assert reply(evening).card["offices"][0]["hours"] == "stängt nu, öppnar tisdag 10:00"


@pytest.mark.parametrize(
    "changes",
    [{"confidence": "unchecked"}, {"hours_checked": date(2025, 1, 1)}, {"hours": ()}],
    ids=["unchecked", "expired", "none"],
)
def test_hours_that_may_be_wrong_are_not_shown(reply, changes):
    shown = reply(**changes).card["offices"][0]
    assert "16:00" not in shown["hours"]
    assert "inte kontrollerade" in shown["hours"]


def test_no_office_no_reply(reply):
    assert reply(serves=("servicekontor",)) is None
    assert reply(closed_since=date(2020, 1, 1)) is None
