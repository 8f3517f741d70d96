"""What carries over from turn to turn: the language, and the choice a person is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from bot.check_phrases import fold
from bot.detect import Detection, LanguageDetector
from bot.knowledge import Knowledge
from bot.plain_text import clean
from bot.records import Municipality
from bot.replies import NEITHER

DEFAULT_LANGUAGE = "sv"
_SWITCH = 0.75  # how sure a switch must be
_SWITCH_WORDS = 3  # and how many words it takes: one Swedish word does not switch
_SWITCH_PICKED = 6  # words, where the person has picked the language themselves
_SWITCH_PICKED_SCRIPT = 3  # words, where those are in another script too
_LABEL_LIKENESS = 72  # of 100
_SHORT = 5  # words; a longer answer is not just "the second one"
_BARE = 3  # words: in a longer one "one" and "no" may count children
_LONG_ENOUGH = 4  # letters a word's beginning must have
_NAME = r"[A-ZÅÄÖ][a-zåäöé]+(?: [A-ZÅÄÖ][a-zåäö]+)?"
_PLACE = re.compile(
    rf"(?:\b(?:i|in|från|from|w|en|u|ku|li|magaalada)\s+({_NAME})|({_NAME})s? kommun\b)"
)
# "The first", "number two", "the last", "neither" as the bot's languages say it: beginnings of
# words of at least four letters, whole words where shorter.
_ORDINALS = (
    "1 ett etta första forsta one first ١ ۱ الأول الاول اول kowaad koowaad hore ensimmäi yksi "
    "اولی یکم ቀዳማይ ቀዳማ перш перв один одна pierwsz jeden birinci ilk bir یەکەم یەک yekem yek "
    "prvi prva prvo jedan primer uno una",
    "2 två tva tvåa andra two second ٢ ۲ الثاني التاني ثاني labaad toinen kaksi دوم دومی ካልኣይ "
    "ካልአይ друг втор два drugi druga dwa ikinci iki دووەم دوو duyem duduyan du druge dva segund dos",
    "3 tre tredje trea three third ٣ ۳ الثالث التالت ثالث saddexaad kolma kolmas سوم سومی ሳልሳይ "
    "трет три trzeci trzy üçüncü üç سێیەم سێ sêyem sêyemîn sê treći treci tri tercer tres",
    "4 fyra fyran fjärde four fourth ٤ ۴ الرابع رابع afraad neljäs neljä چهارم ራብዓይ четвер чотир "
    "czwart cztery dördüncü dört چوارەم çarem çar četvrt cetvrt četiri cuart cuatro",
)
_LAST = (
    "sista last الأخير الاخير dambe viimei آخر آخری መወዳእታ останн последн ostatni son sonuncu "
    "دوایین dawî zadnj posljednj poslednj últim ultim"
)
_NEITHER = (
    "ingen inget inga none neither nothing nej ولا لا midna mid maya ei mikään kumpikaan هیچ "
    "هیچکدام ኣይኮነን ዋላ жоден жодн ніяк никак ни нет ні żadn żaden nie hiçbiri hayır yok هیچیان نا "
    "نەخێر nijedn ništa nista ningun ninguna no"
)


def decide_language(
    detector: LanguageDetector,
    text: str,
    current: str | None,
    wished: str | None,
    picked: str | None = None,
) -> str:
    """The language of the conversation after this text.

    Args:
        detector: names the language of a text.
        text: what the person wrote; a button's payload says nothing about language.
        current: the language so far, None at the start.
        wished: the language chosen in the picker, None where none was.
        picked: what the picker said at the turn before; a new choice there counts at once.
    """
    settled = wished if wished and wished != picked else current or wished
    if text.startswith("/"):
        return settled or DEFAULT_LANGUAGE
    found = detector.detect(text)
    if found.code is None:
        return settled or DEFAULT_LANGUAGE
    if settled is None:
        return found.code
    if found.confidence < _SWITCH:
        return settled
    words = len(clean(text).split())
    return found.code if words >= _words_to_switch(found, settled == wished) else settled


def _words_to_switch(found: Detection, is_picked: bool) -> int:  # noqa: FBT001
    own_script = found.script in ("Arab", "Ethi", "Cyrl")
    if is_picked:
        return _SWITCH_PICKED_SCRIPT if own_script else _SWITCH_PICKED
    return 1 if own_script else _SWITCH_WORDS


def mentioned_municipality(text: str, municipalities: Mapping[str, Municipality]) -> str | None:
    """The code of a municipality a question names with a capital: "bygglov i Södertälje".

    Only after "in" and "from", or before "kommun": names like Vara and Sala are words too.
    """
    found = {
        m.code
        for names in _PLACE.findall(text)
        for m in municipalities.values()
        if {m.name, f"{m.name}s"} & {name for name in names if name}
    }
    return found.pop() if len(found) == 1 else None


def chosen_option(
    text: str, options: Sequence[str], knowledge: Knowledge, language: str, boundary: str | None
) -> str | None:
    """Which option a free answer means: a service, `NEITHER`, or None where it does not say.

    Args:
        text: "the second one", "I have children at home", "none of them".
        options: services in the order they were shown.
        knowledge: for the labels.
        language: the person's.
        boundary: the boundary asked about, None for a plain list.
    """
    words = text.casefold().replace(".", " ").replace("!", " ").split()
    if len(words) <= _SHORT:
        place = _place_named(words, len(options))
        if place is not None:
            return options[place]
    best = max(options, key=lambda s: _likeness(text, s, knowledge, language, boundary))
    if _likeness(text, best, knowledge, language, boundary) >= _LABEL_LIKENESS:
        return best
    return NEITHER if len(words) <= _SHORT and _says(words, _NEITHER) else None


def _place_named(words: Sequence[str], count: int) -> int | None:
    """Which place of `count` the words name, 0 the first; None where they name none."""
    if _says(words, _LAST):
        return count - 1
    places = [i for i, names in enumerate(_ORDINALS[:count]) if _says(words, names)]
    if len(places) > 1 and places[0] == 0:
        places = places[1:]  # "the second one"
    return places[0] if len(places) == 1 else None


def _says(words: Sequence[str], names: str) -> bool:
    known = names.split()
    starts = tuple(name for name in known if len(name) >= _LONG_ENOUGH)
    whole = set(known) if len(words) <= _BARE else set()
    return any(word in whole or word.startswith(starts) for word in words)


def _likeness(
    text: str, service: str, knowledge: Knowledge, language: str, boundary: str | None
) -> float:
    labels = [
        knowledge.wording(service, language)[0].name,
        knowledge.wording(service, "sv")[0].name,
    ]
    if boundary:
        labels.append(knowledge.boundary_wording(boundary, language)[0].options.get(service, ""))
    given = fold(text)
    return max((float(fuzz.token_sort_ratio(given, fold(label))) for label in labels), default=0.0)
