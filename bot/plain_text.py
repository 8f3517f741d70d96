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
    # Cf (zero-width, bidi) joins letters; Cc, Co, Cs, Cn part them.
    kept = (
        "" if unicodedata.category(c) == "Cf" else " " if unicodedata.category(c)[0] == "C" else c
        for c in text
    )
    text = _LETTER_RUN.sub(r"\1\1\1", "".join(kept))
    return _SPACE.sub(" ", text).strip()[:MAX_LENGTH]


def has_letters(text: str) -> bool:
    """Whether anything in the text can be read (a letter of any script)."""
    return any(c.isalpha() for c in text)
