"""What people type, made safe to look at: one form for the matcher and the detector."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 2000  # characters that are looked at; a matter is told well before that
_TAG = re.compile(r"<[^<>]{0,500}>")
_URL = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_LETTER_RUN = re.compile(r"(.)\1{3,}")


def clean(text: str) -> str:
    """Return the text without control, bidi and zero-width characters, tags and addresses.

    NFC-normalised, white space made single, at most `MAX_LENGTH` characters, runs of one
    character cut to three.
    """
    text = unicodedata.normalize("NFC", text[: MAX_LENGTH * 4])
    text = _URL.sub(" ", _TAG.sub(" ", text))
    if not text.isprintable():  # most texts are: no need to look at every character
        text = "".join(_visible(c) for c in text)
    text = _LETTER_RUN.sub(r"\1\1\1", text)
    return _SPACE.sub(" ", text).strip()[:MAX_LENGTH]


def _visible(character: str) -> str:
    """The character; nothing for Cf (zero-width, bidi: they join letters), a space for other C."""
    category = unicodedata.category(character)
    return "" if category == "Cf" else " " if category[0] == "C" else character


def has_letters(text: str) -> bool:
    """Whether anything in the text can be read (a letter of any script)."""
    return any(c.isalpha() for c in text)
