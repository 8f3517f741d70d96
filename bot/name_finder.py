"""Finds names of places in what people write, in the forms a language gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from anyascii import anyascii

from bot.places import folded

_STEM = 5  # letters of a name that may take an ending
_ENDING = 4  # letters a language may hang on it: "Imatralla", "в Вильнюсе", "Tuncelide"
# Written together with the name that follows: "the", "in", "to", "and", "from", "of".
_PREFIXES = {
    "ar": ("\u0648\u0628\u0627\u0644", "\u0648\u0627\u0644", "\u0628\u0627\u0644", "\u0644\u0644")
    + ("\u0627\u0644", "\u0628", "\u0644", "\u0641", "\u0648"),
    "ti": ("ካብ", "ናይ", "ኣብ", "ብ", "ን", "ዝ"),
}
_ENOUGH = 3  # letters that are left of a word without its prefix
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_NOT_LATIN = re.compile(r"[^a-z]")
_Name = tuple[str, ...]  # words


class NameFinder:
    """Finds the first of many names.

    Args:
        names: by language, as its speakers spell them; of a name that is inflected the part that
            stays the same.
        everywhere: names that count in each of these languages.
    """

    def __init__(self, names: Mapping[str, Iterable[str]], everywhere: Iterable[str] = ()) -> None:
        shared = _all_forms(everywhere)
        self._names = {language: shared | _all_forms(own) for language, own in names.items()}
        self._longest = max((len(n) for names in self._names.values() for n in names), default=0)

    def find(self, text: str, language: str | None) -> str | None:
        """The first name that stands in the text, as it is written there; None of none."""
        names = self._names.get(language or "")
        if not names:
            return None
        written = _WORD.findall(text)
        words = [_as_written(word) for word in written]
        for i in range(len(written)):
            for end in range(i + 1, min(i + self._longest, len(written)) + 1):
                rest = tuple(words[i + 1 : end])
                for first in _without_prefix(written[i], language):
                    if not names.isdisjoint(_stems((first, *rest))):
                        return " ".join(written[i:end])
        return None


def _all_forms(names: Iterable[str]) -> frozenset[_Name]:
    return frozenset(form for name in map(_WORD.findall, names) if name for form in _forms(name))


def _forms(name: list[str]) -> Iterator[_Name]:
    """How a name may be written: as it is, and typed without marks in Latin letters."""
    yield tuple(map(_as_written, name))
    bare = tuple(_NOT_LATIN.sub("", anyascii(word).lower()) for word in name)
    if _LATIN.match(name[0]) or sum(map(len, bare)) >= _STEM:
        yield bare


def _as_written(word: str) -> str:
    """The word as names are compared; marks count in Latin letters: Lahti is not "lähti"."""
    return word.casefold() if _LATIN.match(word) else folded(word)


def _without_prefix(word: str, language: str | None) -> Iterator[str]:
    """The word, and what it may be without what is written together with it."""
    yield _as_written(word)
    for prefix in _PREFIXES.get(language or "", ()):
        if word.startswith(prefix) and len(word) >= len(prefix) + _ENOUGH:
            yield _as_written(word.removeprefix(prefix))


def _stems(name: _Name) -> Iterator[_Name]:
    """The name, and what it may be without an ending."""
    yield name
    *before, last = name
    shortest = max(_STEM - sum(map(len, before)), len(last) - _ENDING, 1)
    for size in range(len(last) - 1, shortest - 1, -1):
        yield (*before, last[:size])
