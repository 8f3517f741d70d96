"""Opening hours as officers write them: "mån-tor 8-17; fre 8-15"."""

from __future__ import annotations

import re
from typing import get_args

from bot.records import OpeningHours, Weekday

DAYS: tuple[Weekday, ...] = get_args(Weekday)
_SWEDISH = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
_DAY_NAMES = {
    name: day for names in (DAYS, _SWEDISH) for name, day in zip(names, DAYS, strict=True)
}
_PART = re.compile(r"^(?P<days>[^\d]+?)\s*(?P<opens>\d[\d.:]*)\s*[-–]\s*(?P<closes>\d[\d.:]*)$")
_TIME = re.compile(r"^(\d{1,2})(?:[.:](\d{2}))?$")


def parse_hours(text: str) -> list[OpeningHours]:
    """Read parts with `;` or `,` between them, each days and a span of time.

    Raises:
        ValueError: naming the part that cannot be read.
    """
    parts = [part.strip() for part in re.split(r"[;\n]|(?<=\d)\s*,", text) if part.strip()]
    return [_part(part) for part in parts]


def _part(part: str) -> OpeningHours:
    match = _PART.match(part.casefold())
    if match is None:
        raise ValueError(f"{part!r} is no opening hour: write like 'mån-tor 8-17; fre 8-15'")
    return OpeningHours.model_validate(
        {
            "days": _days(match["days"], part),
            "opens": _time(match["opens"], part),
            "closes": _time(match["closes"], part),
        }
    )


def _days(text: str, part: str) -> list[Weekday]:
    days: list[Weekday] = []
    for span in re.split(r"[,\s]+(?:och|and|&)?\s*", text.strip()):
        ends = [_day(name, part) for name in re.split(r"[-–]", span) if name]
        if not ends:
            continue
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        if last < first:
            raise ValueError(f"{part!r}: {span} runs backwards")
        days += DAYS[first : last + 1]
    return days


def _day(name: str, part: str) -> Weekday:
    for start, day in _DAY_NAMES.items():
        if name.startswith(start):  # måndag, mondays
            return day
    raise ValueError(f"{part!r}: {name!r} is no day: use mån tis ons tor fre lör sön")


def _time(text: str, part: str) -> str:
    match = _TIME.match(text)
    if match is None or int(match[1]) > 23:
        raise ValueError(f"{part!r}: {text!r} is no time: write 8, 8.30 or 08:30")
    return f"{int(match[1]):02d}:{match[2] or '00'}"
