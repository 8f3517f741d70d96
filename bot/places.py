"""Which municipality does a person mean? Names, short forms, districts, scripts, misspellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.records import Municipality, PlaceName, Region

_ENOUGH = 84  # of 100: "Sodertelje" passes, "Solna" is not "Sala"
_TIE = 4  # two names this near each other in score: ask which
_LONGEST_ENDING = 4  # letters a language may hang on a name: "Huddingessa", "Стокгольме"
_WORD = re.compile(r"[^\W\d_]+")
# Arabic letters that are one letter to a reader: Persian, Kurdish and Arabic forms.
_SAME_LETTER = str.maketrans(
    "\u06a9\u06aa\u06cc\u0649\u06d0\u06ce\u0629\u06d5\u06c1\u06c6\u06c7\u06b5\u0695\u06a4",
    "\u0643\u0643\u064a\u064a\u064a\u064a\u0647\u0647\u0647\u0648\u0648\u0644\u0631\u0641",
)
_TATWEEL = "\u0640"
_ARABIC_PREFIXES = ("\u0628", "\u0644", "\u0641", "\u0648")  # in, to, and: written together
# Municipalities that are also everyday Swedish words: they count when said as a place.
WORDS_TOO = frozenset(
    {"ale", "berg", "boden", "eda", "habo", "hjo", "kil", "lund", "mark", "mora", "nora", "sala"}
    | {"sunne", "saffle", "vara", "are", "ange", "orsa", "heby", "tanum", "gavle", "flen", "kalix"}
    | {"broby", "floda", "ronna", "brunna", "farsta", "alby", "ryd", "backa"}
)
# "jag bor i ...", "I live in ...", also the word itself before a name in other languages.
_BEFORE_A_PLACE = frozenset(
    {"i", "in", "fran", "from", "till", "to", "kommun", "kommunen", "bor", "stan", "staden"}
    | {"w", "z", "u", "en", "de", "v", "iz", "ku", "li", "le"}
)
_AFTER_A_PLACE = frozenset({"kommun", "kommunen", "stad", "municipality", "lan"})


class _Span(NamedTuple):
    first: int  # index of the first word
    last: int  # index after the last word
    codes: frozenset[str]


def folded(text: str) -> str:
    """Lower case, marks away, one form of each Arabic letter: "Västerås" is "vasteras"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) and c != _TATWEEL)
    return bare.translate(_SAME_LETTER).strip()


class PlaceFinder:
    """Finds municipalities in what people write; built once per knowledge base."""

    def __init__(
        self,
        municipalities: Mapping[str, Municipality],
        names: Iterable[PlaceName] = (),
        regions: Mapping[str, Region] | None = None,
    ) -> None:
        self._municipalities = municipalities
        self._spelt: dict[tuple[str, ...], set[str]] = {}  # with its marks: Habo is not Håbo
        self._known: dict[tuple[str, ...], set[str]] = {}
        for place in municipalities.values():
            self._add(place.name, place.code)
        for name in names:
            if name.code in municipalities:
                self._add(name.name, name.code)
        self._counties = {
            tuple(_WORD.findall(folded(label))): region.code
            for region in (regions or {}).values()
            for label in (region.county, region.name, region.name.removeprefix("Region "))
            if tuple(_WORD.findall(folded(label))) not in self._known
        }
        self._longest = max((len(words) for words in self._known), default=1)
        self._joined = {" ".join(words): codes for words, codes in self._known.items()}

    def _add(self, name: str, code: str) -> None:
        marked = tuple(_WORD.findall(unicodedata.normalize("NFC", name.casefold())))
        self._spelt.setdefault(marked, set()).add(code)
        self._known.setdefault(tuple(_WORD.findall(folded(name))), set()).add(code)

    def find(self, text: str) -> list[Municipality]:
        """The municipalities a text may name; one is an answer, several are a question to ask.

        Understands a four-digit SCB code, a name anywhere in the text, genitives and endings,
        short forms, districts, names in other scripts and one misspelt name. A county alone
        gives all its municipalities.
        """
        code = re.search(r"(?<!\d)\d{4}(?!\d)", text)
        if code and code.group(0) in self._municipalities:
            return [self._municipalities[code.group(0)]]
        marked = _WORD.findall(unicodedata.normalize("NFC", text.casefold()))
        words = _WORD.findall(folded(text))
        county, words, marked = self._without_county(words, marked)
        codes = self._exact(marked, words) or self._with_ending(words)
        if not codes and county:
            return [m for m in self._municipalities.values() if m.region == county]
        return [self._municipalities[code] for code in codes or self._nearest(words)]

    def _without_county(
        self, words: list[str], marked: list[str]
    ) -> tuple[str | None, list[str], list[str]]:
        """Take "Stockholms län" out of a text: the county is not its seat."""
        for label, code in self._counties.items():
            size = len(label)
            for first in range(len(words) - size + 1):
                if tuple(words[first : first + size]) == label:
                    rest = slice(first, first + size)
                    words, marked = list(words), list(marked)
                    del words[rest]
                    del marked[rest]
                    return code, words, marked
        return None, words, marked

    def _exact(self, marked: list[str], words: list[str]) -> list[str]:
        spans = self._spans(words)
        found: list[str] = []
        for span in spans:
            codes = span.codes
            if len(codes) > 1 and len(marked) == len(words):
                name = tuple(marked[span.first : span.last])
                codes = frozenset(self._spelt.get(_bare(name, self._spelt), codes)) & codes or codes
            found += sorted(codes)
        return list(dict.fromkeys(found))

    def _spans(self, words: list[str]) -> list[_Span]:
        """Names that stand in the text, the longer before the shorter, none inside another."""
        taken: set[int] = set()
        spans: list[_Span] = []
        for length in range(min(self._longest, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                where = set(range(first, first + length))
                codes = self._named(tuple(words[first : first + length]))
                if not codes or where & taken or not _said_as_place(words, first, length):
                    continue
                taken |= where
                spans.append(_Span(first, first + length, frozenset(codes)))
        return sorted(spans)

    def _named(self, name: tuple[str, ...]) -> set[str]:
        codes = self._known.get(name)
        if codes is None and name[-1].endswith("s"):  # Botkyrkas
            codes = self._known.get((*name[:-1], name[-1][:-1]))
        if codes is None and name[0][0] in _ARABIC_PREFIXES and len(name[0]) > 4:
            codes = self._known.get((name[0][1:], *name[1:]))
        return codes or set()

    def _with_ending(self, words: list[str]) -> list[str]:
        """Huddingessa, Stockholmda: the longest name (five letters or more) a word begins with."""
        best: dict[int, set[str]] = {}
        for word in words:
            for size in range(len(word) - 1, max(4, len(word) - _LONGEST_ENDING - 1), -1):
                codes = self._joined.get(word[:size])
                if codes:
                    best.setdefault(size, set()).update(codes)
                    break
        return sorted(best[max(best)]) if best else []

    def _nearest(self, words: list[str]) -> list[str]:
        pieces = [w for w in words if len(w) >= 4 and w not in WORDS_TOO]
        pieces += [" ".join(words[i : i + 2]) for i in range(len(words) - 1)]
        best: dict[str, float] = {}
        for piece in pieces:
            # A short word is near too many names: "bra" is no "Brås".
            enough = _ENOUGH if len(piece) > 5 else _ENOUGH - 4
            near = process.extract(
                piece, self._joined.keys(), scorer=fuzz.ratio, limit=4, score_cutoff=enough
            )
            for name, score, _ in near:
                if name[0] != piece[0] and score < 90:
                    continue  # people rarely get the first letter wrong
                for code in self._joined[name]:
                    best[code] = max(best.get(code, 0.0), score)
        top = max(best.values(), default=0.0)
        return [c for c, score in sorted(best.items(), key=lambda x: -x[1]) if score >= top - _TIE]


def _bare(name: tuple[str, ...], spelt: Mapping[tuple[str, ...], set[str]]) -> tuple[str, ...]:
    """The name as it is spelt in the registry: without the genitive's s where it has one."""
    if name in spelt or not name[-1].endswith("s"):
        return name
    return (*name[:-1], name[-1][:-1])


def _said_as_place(words: list[str], first: int, length: int) -> bool:
    """Whether a name that is also an everyday word stands where a place would."""
    if length > 1 or words[first] not in WORDS_TOO or len(words) == 1:
        return True
    before = words[first - 1] if first else ""
    after = words[first + 1] if first + 1 < len(words) else ""
    return before in _BEFORE_A_PLACE or after in _AFTER_A_PLACE


def find_municipalities(
    text: str, municipalities: Mapping[str, Municipality], names: Iterable[PlaceName] = ()
) -> list[Municipality]:
    """`PlaceFinder.find` for a single text."""
    return PlaceFinder(municipalities, names).find(text)
