"""What carries over from turn to turn: the language, and the choice a person is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.detect import LanguageDetector
from bot.knowledge import Knowledge
from bot.knowledge_check import fold
from bot.plain_text import clean
from bot.replies import NEITHER

DEFAULT_LANGUAGE = "sv"
_SWITCH = 0.75  # how sure a switch must be
_SWITCH_WORDS = 3  # and how many words it takes: one Swedish word does not switch
_LABEL_LIKENESS = 72  # of 100
# "The first", "number two" and their like, as the bot's languages write them.
_ORDINALS: dict[str, int] = {
    word: place
    for place, words in enumerate(
        (
            "1 första forsta ett etta first one الأول الاول اول ١ kowaad koowaad 1aad hore",
            "2 andra två tva tvåa second two الثاني التاني ثاني ٢ labaad 2aad",
            "3 tredje tre trea third three الثالث التالت ثالث ٣ saddexaad 3aad",
            "4 fjärde fjarde fyra fyran fourth four الرابع رابع ٤ afraad 4aad",
        )
    )
    for word in words.split()
}
_LAST = {"sista", "last", "الأخير", "الاخير", "dambe", "ugu"}
_NEITHER = {
    "ingen", "inget", "inga", "none", "neither", "nothing", "ولا", "لا", "midna", "mid", "maya",
    "nej", "no",
}  # fmt: skip


def decide_language(
    detector: LanguageDetector, text: str, current: str | None, wished: str | None
) -> str:
    """The language of the conversation after this text.

    Args:
        detector: names the language of a text.
        text: what the person wrote; a button's payload says nothing about language.
        current: the language so far, None at the start.
        wished: the language chosen in the picker, None where none was.
    """
    settled = current or wished
    if text.startswith("/"):
        return settled or DEFAULT_LANGUAGE
    found = detector.detect(text)
    if found.code is None:
        return settled or DEFAULT_LANGUAGE
    if settled is None:
        return found.code
    own_script = found.script in ("Arab", "Ethi", "Cyrl")
    long_enough = len(clean(text).split()) >= _SWITCH_WORDS or own_script
    return found.code if long_enough and found.confidence >= _SWITCH else settled


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
    words = fold(text).split()
    places = [_ORDINALS[w] for w in text.casefold().split() if w.strip(".,!") in _ORDINALS]
    if len(words) <= 5 and places and places[0] < len(options):
        return options[places[0]]
    if len(words) <= 4 and _LAST & set(text.casefold().split()):
        return options[-1]
    best = max(options, key=lambda s: _likeness(text, s, knowledge, language, boundary))
    if _likeness(text, best, knowledge, language, boundary) >= _LABEL_LIKENESS:
        return best
    if len(words) <= 4 and _NEITHER & set(text.casefold().split()):
        return NEITHER
    return None


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
