"""Offices near a person as text and card; an hour that is unverified or expired is never shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.cards import Card
from bot.offices import Visit, offices_near
from bot.records import Service
from bot.steps import Speaker

if TYPE_CHECKING:
    from bot.replies import Replies, Reply

_AT_MOST = 3


def office_reply(replies: Replies, service: Service, now: datetime | None = None) -> Reply | None:
    """The offices that serve the service's body near the person; None where none is known.

    Args:
        replies: the person's language and municipality.
        service: the matter.
        now: an aware time; the present where None.
    """
    from bot.replies import Reply

    visits = offices_near(
        replies.knowledge, replies.municipality, now or datetime.now(UTC), service.authority
    )[:_AT_MOST]
    if not visits:
        return None
    shown = [office_facts(visit, replies.speaker) for visit in visits]
    card: Card = {
        "type": "offices",
        "offices": shown,
        "language": replies.language,
        "dir": replies.knowledge.languages.direction(replies.language),
    }
    lines = [line for office in shown for line in office["lines"]]
    return Reply("utter_offices", {"offices": lines}, card, service=service.id)


def office_facts(visit: Visit, speaker: Speaker) -> Card:
    """One office: its facts, and the lines that say them."""
    office = visit.office
    hours = hours_line(visit, speaker)
    place = speaker.knowledge.municipalities.get(office.municipality)
    agencies = ", ".join(speaker.body(authority) for authority in office.serves)
    cannot = ", ".join(speaker.say(f"cannot_{thing}") for thing in office.cannot)
    first = (office.name, office.address, place.name if visit.elsewhere and place else None, hours)
    lines = [
        ", ".join(part for part in first if part),
        speaker.say("office_serves", agencies=agencies) if len(office.serves) > 1 else "",
        speaker.say("office_cannot", things=cannot) if cannot else "",
        speaker.say("step_call", phone=office.phone) if office.phone else "",
    ]
    return {
        "id": office.id,
        "name": office.name,
        "address": office.address,
        "municipality": place.name if place else None,
        "agencies": list(office.serves),
        "phone": office.phone,
        "website": office.website,
        "state": visit.state,
        "hours": hours,
        "lines": [line for line in lines if line],
    }


def hours_line(visit: Visit, speaker: Speaker) -> str:
    """Open now until when, or when it opens next; that hours are not verified, where so."""
    if visit.state == "open" and visit.until:
        hours = speaker.say("office_open_now", time=f"{visit.until:%H:%M}")
    elif visit.state == "closed" and visit.opens:
        day = speaker.say(f"day_{visit.day}")
        hours = speaker.say("office_opens", day=day, time=f"{visit.opens:%H:%M}")
    else:
        hours = speaker.say("office_hours_unknown")
    notes = {
        "office_visiting": visit.office.some_days,
        "office_appointment": visit.office.appointment,
    }
    return ", ".join([hours, *(speaker.say(key) for key, holds in notes.items() if holds)])
