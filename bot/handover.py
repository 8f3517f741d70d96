"""Where a person answers: the seam at which a live hand-over will be joined.

A live hand-over replaces `hand_over`: given the same replies and the matter, it may start a call
or a chat with a guide and return a Reply that says so. Until then the doors below always work.
"""

from __future__ import annotations

from bot.cards import Card
from bot.follow_ups import interpreter_wanted
from bot.replies import Replies, Reply

STATE_DOOR = "https://www.statenssc.se"


def hand_over(replies: Replies, service: str | None) -> Reply:
    """Name who can be reached, how and when, and what to say to them.

    Args:
        replies: the person's language and municipality.
        service: the matter talked about, None where there is none yet.
    """
    local = replies.knowledge.local.get(replies.municipality or "")
    place = replies.knowledge.municipalities.get(replies.municipality or "")
    phone = local.phone if local else None
    contact = f"{place.full_name}: {phone}" if place and phone else ""
    card: Card = {
        "type": "handover",
        "doors": _doors(replies, place.full_name if place else None, phone),
        "say": _say(replies, service),
        "language": replies.language,
        "dir": replies.knowledge.languages.direction(replies.language),
    }
    return Reply("utter_person", {"municipality_contact": contact}, card)


def _doors(replies: Replies, municipality: str | None, phone: str | None) -> list[Card]:
    """Name, what it is for, phone, page and when, nearest door first, danger last."""
    say = replies.speaker.say
    always, ask = say("door_always"), say("door_ask_hours")
    rows = [
        (municipality or say("body_kommun"), say("door_kommun"), phone, None, ask),
        ("Statens servicecenter", say("door_state"), None, STATE_DOOR, ask),
        ("1177", say("door_health"), "1177", None, always),
        ("112", say("door_danger"), "112", None, always),
    ]
    keys = ("name", "about", "phone", "url", "when")
    return [dict(zip(keys, row, strict=True)) for row in rows]


def _say(replies: Replies, service: str | None) -> list[dict[str, str]]:
    """Swedish sentences for the desk with their meaning."""
    if replies.language == "sv":
        return []
    matter = list(replies.answer(service).card["say"][:1]) if service else []  # type: ignore[index]
    return [*matter, interpreter_wanted(replies)]
