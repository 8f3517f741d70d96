"""Offices near a person: which there are, what they help with, and whether they are open now.

An hour is shown as current only while it is known to be: read in a source within
`HOURS_GOOD_FOR`, of an office that is still there, outside closures and public holidays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from bot.knowledge import Knowledge
from bot.public_holidays import is_public_holiday
from bot.records import Office, Weekday

SWEDEN = ZoneInfo("Europe/Stockholm")
HOURS_GOOD_FOR = timedelta(days=183)
DAYS: tuple[str, ...] = get_args(Weekday)  # mon..sun, in the order of date.weekday()
_LOOK_AHEAD = 14  # days: past Christmas and New Year

State = Literal["open", "closed", "unknown"]


@dataclass(frozen=True)
class Visit:
    """An office as it is at a moment.

    `state` is `unknown` where no checked hours hold. `until` is the closing time of an open one;
    `opens` the next opening of a closed one within two weeks, in Swedish time. `elsewhere`: it
    lies in another municipality of the same county.
    """

    office: Office
    state: State
    until: time | None = None
    opens: datetime | None = None
    elsewhere: bool = False

    @property
    def day(self) -> int | None:
        """The weekday of `opens`, 0 = Monday."""
        return self.opens.weekday() if self.opens else None


def offices_near(
    knowledge: Knowledge,
    municipality: str | None,
    now: datetime,
    authority: str | None = None,
) -> list[Visit]:
    """The offices a person can turn to, those of the own municipality first; empty if none.

    Args:
        knowledge: where the offices are.
        municipality: SCB code; None gives none, for "near" has no meaning then.
        now: an aware time, in any zone.
        authority: only offices that help with this body.

    Raises:
        ValueError: if `now` has no time zone.
    """
    place = knowledge.municipalities.get(municipality or "")
    if place is None:
        return []
    found = []
    for office in knowledge.offices.values():
        where = knowledge.municipalities.get(office.municipality)
        if where is None or where.region != place.region or _gone(office, _local(now).date()):
            continue
        if authority is not None and authority not in (office.authority, *office.serves):
            continue
        elsewhere = office.municipality != place.code
        # Another municipality's own desk does not help its neighbours.
        if elsewhere and office.authority == "kommun":
            continue
        found.append(visit(office, now, elsewhere=elsewhere))
    return sorted(found, key=_order)


def _order(found: Visit) -> tuple[bool, int, str, str]:
    state = ("open", "closed", "unknown").index(found.state)
    return found.elsewhere, state, found.office.authority, found.office.name


def visit(office: Office, now: datetime, *, elsewhere: bool = False) -> Visit:
    """Whether the office is open now, and if not, when next.

    Raises:
        ValueError: if `now` has no time zone.
    """
    local = _local(now)
    if not hours_hold(office, local.date()):
        return Visit(office, "unknown", elsewhere=elsewhere)
    for opens, closes in hours_of(office, local.date()):
        if opens <= local.time() < closes:
            return Visit(office, "open", until=closes, elsewhere=elsewhere)
    return Visit(office, "closed", opens=_next_opening(office, local), elsewhere=elsewhere)


def hours_hold(office: Office, day: date) -> bool:
    """Whether the office's hours may be shown as current on a day."""
    checked = office.hours_checked
    return (
        bool(office.hours)
        and office.confidence == "verified"
        and checked is not None
        and checked <= day <= checked + HOURS_GOOD_FOR
        and not _gone(office, day)
    )


def hours_of(office: Office, day: date) -> list[tuple[time, time]]:
    """(opens, closes) of a day in order; empty on days it is closed, holidays among them."""
    if is_public_holiday(day) or any(c.first <= day <= c.last for c in office.closures):
        return []
    name = DAYS[day.weekday()]
    return sorted((h.opens, h.closes) for h in office.hours if name in h.days)


def _next_opening(office: Office, after: datetime) -> datetime | None:
    for days in range(_LOOK_AHEAD + 1):
        day = after.date() + timedelta(days=days)
        if not hours_hold(office, day):
            return None
        for opens, _ in hours_of(office, day):
            moment = datetime.combine(day, opens, SWEDEN)
            if moment > after:
                return moment
    return None


def _gone(office: Office, day: date) -> bool:
    return office.closed_since is not None and office.closed_since <= day


def _local(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone: datetime.now(timezone.utc) will do")
    return now.astimezone(SWEDEN)
