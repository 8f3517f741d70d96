"""Days on which Swedish offices are closed: public holidays and the eves kept like them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_FIXED = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
# Days after Easter Sunday: Good Friday, Easter Day and Monday, Ascension, Whit Sunday.
_FROM_EASTER = (-2, 0, 1, 39, 49)
_SATURDAY = 5


@lru_cache(maxsize=16)
def public_holidays(year: int) -> frozenset[date]:
    """Holidays of the law (1989:253) and the eves of Midsummer, Christmas and New Year."""
    easter = _easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    return frozenset(
        {date(year, month, day) for month, day in _FIXED}
        | {easter + timedelta(days=days) for days in _FROM_EASTER}
        | {midsummer, midsummer - timedelta(days=1), _saturday_from(date(year, 10, 31))}
    )


def is_public_holiday(day: date) -> bool:
    """Whether offices are closed that day whatever their hours say."""
    return day in public_holidays(day.year)


def _saturday_from(first: date) -> date:
    return first + timedelta(days=(_SATURDAY - first.weekday()) % 7)


def _easter(year: int) -> date:
    """Easter Sunday, by the algorithm of Meeus and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
