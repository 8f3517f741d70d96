"""Masks personal numbers, e-mail addresses and phone numbers before anything is stored."""

from __future__ import annotations

import re
import unicodedata

PERSONAL = "[personnummer]"
EMAIL = "[e-post]"
PHONE = "[telefon]"

# People put spaces, dashes of all kinds and (unseen) format characters between digits.
_BETWEEN = 3  # such characters in a row
_PHONE = re.compile(
    r"(?<!\d)(?:\+|[0\u0660\u06f0])\d(?:[ \u00a0\-\u2010-\u2015()]{0,2}\d){6,13}(?!\d)"
)
_EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")
_PUBLIC = {"020505050", "116111", "0771567567"}


def redact(text: str) -> str:
    """Return the text with personal data replaced by a word in brackets.

    Personnummer and samordningsnummer (ten or twelve digits, Luhn-checked, digits of any script,
    however they are set apart) become `[personnummer]`; what looks like a phone number
    `[telefon]`. Postcodes, years, times, amounts and public short numbers pass.
    """
    return _PHONE.sub(_mask_phone, _mask_personal(_EMAIL.sub(EMAIL, text)))


def _mask_phone(match: re.Match[str]) -> str:
    digits = "".join(c for c in match.group(0) if c.isdigit())
    return match.group(0) if len(digits) < 8 or digits in _PUBLIC else PHONE


def _mask_personal(text: str) -> str:
    places = [i for i, c in enumerate(text) if c.isdecimal()]
    kept, done, at = [], 0, 0
    while at < len(places):
        size = _personal_size(text, places, at)
        if size:
            kept += [text[done : places[at]], PERSONAL]
            done = places[at + size - 1] + 1
        at += size or 1
    return "".join([*kept, text[done:]])


def _personal_size(text: str, places: list[int], at: int) -> int:
    """How many digits from place `at` are a personal number: 12, 10, or 0 where none starts."""
    if at and places[at - 1] == places[at] - 1:
        return 0  # in the middle of a number
    for size in (12, 10):
        window = places[at : at + size]
        if len(window) < size or (at + size < len(places) and places[at + size] == window[-1] + 1):
            continue
        gaps = zip(window, window[1:], strict=False)
        if all(_only_between(text[i + 1 : j]) for i, j in gaps) and is_personal_number(
            "".join(str(unicodedata.decimal(text[i])) for i in window)
        ):
            return size
    return 0


def _only_between(gap: str) -> bool:
    return len(gap) <= _BETWEEN and all(
        c in "+./\u2212" or c.isspace() or unicodedata.category(c) in ("Pd", "Cf") for c in gap
    )


def is_personal_number(digits: str) -> bool:
    """Whether 10 or 12 digits are a personnummer or samordningsnummer (day + 60), Luhn right."""
    if len(digits) == 12 and digits[:2] in ("18", "19", "20"):
        digits = digits[2:]
    if len(digits) != 10:
        return False
    month, day = int(digits[2:4]), int(digits[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91) and _luhn(digits)


def _luhn(digits: str) -> bool:
    total = 0
    for index, char in enumerate(digits):
        doubled = int(char) * (2 if index % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0
