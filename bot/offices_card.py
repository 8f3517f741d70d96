"""Offices near a person as text and card; an hour that is unverified or expired is never shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot import places
from bot.cards import Card
from bot.records import Service
from bot.steps import Speaker

if TYPE_CHECKING:
    from bot.replies import Replies, Reply

_AT_MOST = 3
_FRESH = timedelta(days=183)  # hours read longer ago than this are not shown as current


def office_reply(replies: Replies, service: Service) -> Reply | None:
    """The offices that serve the service's body near the person; None where none is known."""
    from bot.replies import Reply

    found = list(nearest_offices(replies, service))[:_AT_MOST]
    if not found:
        return None
    now = datetime.now(UTC)
    shown = [office_facts(office, replies.speaker, now) for office in found]
    card: Card = {
        "type": "offices",
        "offices": shown,
        "language": replies.language,
        "dir": replies.knowledge.languages.direction(replies.language),
    }
    lines = [line for office in shown for line in office["lines"]]
    return Reply("utter_offices", {"offices": lines}, card, service=service.id)


def nearest_offices(replies: Replies, service: Service) -> Iterable[Any]:
    """Offices of the person's municipality and its neighbours, where the base has any."""
    offices_near = getattr(places, "offices_near", None)
    if offices_near is None or not replies.municipality:
        return []
    near = offices_near(replies.knowledge, replies.municipality, datetime.now(UTC))
    return [office for office in near if service.authority in office.agencies]


def office_facts(office: Any, speaker: Speaker, now: datetime) -> Card:  # noqa: ANN401
    """One office: its facts, and the lines that say them."""
    knowledge = speaker.knowledge
    hours = hours_line(office, speaker, now)
    agencies = ", ".join(speaker.body(authority) for authority in office.agencies)
    cannot = ", ".join(
        speaker.say(f"cannot_{thing}")
        for thing in (getattr(office, "cannot", None) or ())
        if speaker.has(f"cannot_{thing}")
    )
    place = knowledge.municipalities.get(office.municipality)
    lines = [
        ", ".join(part for part in (office.name, office.address, hours) if part),
        speaker.say("office_serves", agencies=agencies) if len(office.agencies) > 1 else "",
        speaker.say("office_cannot", things=cannot) if cannot else "",
    ]
    return {
        "id": office.id,
        "name": office.name,
        "address": office.address,
        "municipality": place.name if place else None,
        "agencies": list(office.agencies),
        "phone": office.phone,
        "hours": hours,
        "lines": [line for line in lines if line],
    }


def hours_line(office: Any, speaker: Speaker, now: datetime) -> str:  # noqa: ANN401
    """Open now until when, or when it opens next; that hours are not verified, where so."""
    checked = getattr(office, "checked", None)
    if not office.hours or checked is None or now.date() - checked > _FRESH:
        return speaker.say("office_hours_unknown")
    local = now.astimezone(ZoneInfo(getattr(office, "timezone", None) or "Europe/Stockholm"))
    return opening_line(office.hours, speaker, local)


def opening_line(hours: Any, speaker: Speaker, local: datetime) -> str:  # noqa: ANN401
    """What a week of hours ({weekday 0-6: ["10:00-16:00"]}) says at a local time."""
    for ahead in range(8):
        day = (local.weekday() + ahead) % 7
        for span in sorted(hours.get(day, hours.get(str(day), ()))):
            opens, closes = span.split("-")
            clock = local.strftime("%H:%M")
            if ahead == 0 and opens <= clock < closes:
                return speaker.say("office_open_now", time=closes)
            if ahead > 0 or clock < opens:
                return speaker.say("office_opens", day=speaker.say(f"day_{day}"), time=opens)
    return speaker.say("office_hours_unknown")
