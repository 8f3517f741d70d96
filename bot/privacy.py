"""Masks personal numbers, e-mail addresses and phone numbers before anything is stored."""

from __future__ import annotations

import re
import unicodedata

PERSONAL = "[personnummer]"
EMAIL = "[e-post]"
PHONE = "[telefon]"

# Digits of any script, with the separators people put between them.
_RUN = re.compile(r"(?<![\w])\+?\d(?:[ \u00a0\-–+./]{0,2}\d){5,15}(?![\w])")
_EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")
_PUBLIC = {"11414", "1177", "112", "11313", "116111", "020505050"}


def redact(text: str) -> str:
    """Return the text with personal data replaced by a word in brackets.

    Personnummer and samordningsnummer (ten or twelve digits, Luhn-checked, any digits of any
    script) become `[personnummer]`; other long runs that look like phone numbers `[telefon]`.
    Postcodes, years, amounts and public short numbers pass.
    """
    return _RUN.sub(_mask, _EMAIL.sub(EMAIL, text))


def _mask(match: re.Match[str]) -> str:
    run = match.group(0)
    digits = "".join(str(unicodedata.digit(c, "")) for c in run if c.isdigit())
    if is_personal_number(digits):
        return PERSONAL
    if digits in _PUBLIC or not _looks_like_phone(run, digits):
        return run
    return PHONE


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


def _looks_like_phone(run: str, digits: str) -> bool:
    # 0771-567 567 is an authority's; a person's own number is 07x or +46. Both are masked:
    # nobody needs to tell Lotsen a number. Amounts ("250 000") and dates start otherwise.
    return len(digits) >= 8 and (run.startswith("+") or digits.startswith("0"))
