"""Which municipality does a person mean? Names, genitives, misspellings, missing diacritics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.records import Municipality

_ENOUGH = 86  # of 100: "Sodertelje" passes, "Solna" is not "Sala"
_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


def folded(text: str) -> str:
    """Lower case without diacritics: "Västerås" and "vasteras" are the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


def find_municipalities(
    text: str, municipalities: Mapping[str, Municipality]
) -> list[Municipality]:
    """Return the municipalities a text may name, best first; empty where there is none.

    A four-digit SCB code, a name anywhere in the text ("jag bor i Södertälje"), a genitive
    ("Botkyrkas"), or one misspelt name.
    """
    code = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    if code and code.group(0) in municipalities:
        return [municipalities[code.group(0)]]
    words = " ".join(_WORDS.findall(folded(text)))
    exact = [m for m in municipalities.values() if _names(words, folded(m.name))]
    if exact:
        # "Upplands Väsby" holds no other; "Stora Vika" must not lose to a part of it.
        longest = max(len(m.name) for m in exact)
        return [m for m in exact if len(m.name) == longest]
    return _nearest(words, municipalities)


def _names(words: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", words) is not None


def _nearest(words: str, municipalities: Mapping[str, Municipality]) -> list[Municipality]:
    names = {folded(m.name): m for m in municipalities.values()}
    best: dict[str, float] = {}
    parts = words.split()
    for piece in [*parts, *(" ".join(parts[i : i + 2]) for i in range(len(parts) - 1))]:
        if len(piece) < 4:
            continue
        for name, score, _ in process.extract(piece, names.keys(), scorer=fuzz.ratio, limit=2):
            if score >= _ENOUGH:
                best[name] = max(best.get(name, 0.0), score)
    top = max(best.values(), default=0.0)
    return [names[n] for n, score in sorted(best.items(), key=lambda x: -x[1]) if score >= top - 2]
