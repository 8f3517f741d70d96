"""Checks of wording: is it there, in the right script, and does it fit the facts?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.errors import Fault
from bot.knowledge_files import KnowledgeFiles
from bot.records import Language, ServiceWording
from bot.wording import FALLBACKS

_SCRIPTS = {"Latn": "LATIN", "Arab": "ARABIC", "Ethi": "ETHIOPIC", "Cyrl": "CYRILLIC"}
_ALSO_WRITTEN = {"bs": {"CYRILLIC"}}  # Serbian in its other alphabet
# Look-alikes are only looked for between alphabets that share shapes.
_LOOKALIKE = ("LATIN", "CYRILLIC", "GREEK")
# Letters of a neighbour's keyboard that look like the language's own.
_NEIGHBOURS = {"ar": "\u06cc\u06a9", "fa": "\u064a\u0643", "ckb": "\u064a\u0643"}
_FIELD = re.compile(r"\{[a-z_]+\}")
_WORD = re.compile(r"[^\W\d_]+")
_PHONE = re.compile(r"\d[\d –-]*\d{2}")  # three digits or more


def check_words(files: KnowledgeFiles) -> None:
    """Note what is missing, in the wrong script, or at odds with the facts."""
    _check_wording(files)
    _check_scripts(files)
    _check_texts(files)
    _check_vocabulary(files)


def _check_wording(files: KnowledgeFiles) -> None:
    for language in files.language_list:
        words = files.service_words[language.code]
        for sid, wording in words.items():
            _check_service_words(files, language.code, sid, wording)
        _check_explained(files, language.code)
        missing = [
            f"service {sid!r} has no words" for sid in sorted(set(files.services) - set(words))
        ]
        if language.complete:
            boundaries = set(files.boundaries) - set(files.boundary_words[language.code])
            missing += [f"boundary {bid!r} has no words" for bid in sorted(boundaries)]
            bodies = set(files.authorities) - set(files.authority_words[language.code])
            missing += [f"authority {body!r} is not explained" for body in sorted(bodies)]
        folder = f"wording/{language.code}"
        files.faults += [Fault(folder, 0, f"{what} in {language.english}") for what in missing]


def _check_service_words(
    files: KnowledgeFiles, code: str, sid: str, wording: ServiceWording
) -> None:
    place = ("service_words", code, sid)
    service = files.services.get(sid)
    if service is None:
        files.fault(place, f"words for an unknown service {sid!r}")
    if wording.easy and code != "sv":
        files.fault(place, "`easy` is for easy Swedish: only sv has it", "easy")
    for authority in wording.not_here:
        if authority not in files.authorities:
            files.fault(place, f"unknown authority {authority!r}", "not_here", authority)
        elif service and authority == service.authority:
            message = f"says why not {authority!r}, which is the responsible body"
            files.fault(place, message, "not_here", authority)


def _check_explained(files: KnowledgeFiles, code: str) -> None:
    for authority in files.authority_words[code]:
        if authority not in files.authorities:
            place = ("authority_words", code)
            files.fault(place, f"explains an unknown authority {authority!r}", authority)


def _shown_texts(files: KnowledgeFiles, code: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for sid, words in files.service_words[code].items():
        place = ("service_words", code, sid)
        yield place, "name", words.name
        yield place, "summary", words.summary
        for key in ("why", "easy"):
            if text := getattr(words, key):
                yield place, key, text
    for bid, open_words in files.boundary_words[code].items():
        yield ("boundary_words", code, bid), "question", open_words.question
    for key, text in files.texts.get(code, {}).items():
        words_only = _FIELD.sub("", text)
        if any(c.isalpha() for c in words_only):
            yield ("texts", code), key, words_only


def _check_scripts(files: KnowledgeFiles) -> None:
    swedish = {w.name for w in files.service_words.get("sv", {}).values()}
    for language in files.language_list:
        wanted = _SCRIPTS[language.script]
        for place, key, text in _shown_texts(files, language.code):
            if wanted not in _scripts(text) and text not in swedish:  # "BankID" is a name
                files.fault(place, f"no {wanted.lower()} letters: is this {language.english}?", key)
            _check_letters(files, place, text, key)
            for letter in sorted(set(text) & set(_NEIGHBOURS.get(language.code, ""))):
                name = unicodedata.name(letter).lower()
                files.fault(
                    place, f"{letter!r} ({name}) is not a letter of {language.english}", key
                )
        _check_phrase_scripts(files, language)


def _check_phrase_scripts(files: KnowledgeFiles, language: Language) -> None:
    # People type their language in Latin letters too, but in no third script.
    known = {_SCRIPTS[language.script], "LATIN"} | _ALSO_WRITTEN.get(language.code, set())
    for sid, words in files.service_words[language.code].items():
        place = ("service_words", language.code, sid)
        for i, phrase in enumerate(words.phrases):
            if _check_letters(files, place, phrase, "phrases", i):
                continue
            for script in sorted(_scripts(phrase) & set(_SCRIPTS.values()) - known):
                message = f"{phrase!r} has {script.lower()} letters: is this {language.english}?"
                files.fault(place, message, "phrases", i)


def _check_letters(
    files: KnowledgeFiles, place: tuple[str, ...], text: str, *keys: str | int
) -> bool:
    mixed = lookalike_word(text)
    if mixed:
        files.fault(place, f"the word {mixed!r} mixes alphabets that look alike", *keys)
    return mixed is not None


def _scripts(text: str) -> set[str]:
    if text.isascii():
        return {"LATIN"} if any(c.isalpha() for c in text) else set()
    return {_script(c) for c in text if c.isalpha()}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0]


def lookalike_word(text: str) -> str | None:
    """Return the first word that mixes Latin, Cyrillic or Greek letters; None if there is none."""
    if text.isascii():
        return None
    for word in _WORD.findall(text):
        if len(_scripts(word) & set(_LOOKALIKE)) > 1:
            return str(word)
    return None


def _check_texts(files: KnowledgeFiles) -> None:
    wanted = set(files.texts.get("en", {}))
    if not wanted:
        files.faults.append(
            Fault("texts/en.yml", 0, "is missing or empty: English is the fallback of all")
        )
    for language in files.language_list:
        if not (language.complete or language.code in FALLBACKS):
            continue
        given = files.texts.get(language.code, {})
        file = f"texts/{language.code}.yml"
        for key in sorted(wanted - set(given)):
            files.faults.append(Fault(file, 0, f"text {key!r} is missing"))
        for key in sorted(set(given) - wanted):
            files.fault(("texts", language.code), f"text {key!r} is not in texts/en.yml", key)
        for key in sorted(set(given) & wanted):
            odd = _fields(given[key]) ^ _fields(files.texts["en"][key])
            if odd:
                files.fault(
                    ("texts", language.code),
                    f"text {key!r} and the English one differ in {{{'}, {'.join(sorted(odd))}}}",
                    key,
                )
        _check_numbers(files, language.code)


def _check_numbers(files: KnowledgeFiles, code: str) -> None:
    """Whoever is told to call a number must reach somebody: each has its source."""
    known = {line.number for line in files.helplines}
    for key, text in files.texts.get(code, {}).items() if known else ():
        for number in sorted(set(_PHONE.findall(text)) - known):
            message = f"number {number!r} is not in helplines.yml: add it with its source"
            files.fault(("texts", code), message, key)


def _fields(template: str) -> set[str]:
    return {part.split("}")[0] for part in template.split("{")[1:]}


def _check_vocabulary(files: KnowledgeFiles) -> None:
    """Every word of the closed vocabularies that a fact uses has a text to say it."""
    known = files.texts.get("en", {})
    for sid, service in files.services.items():
        steps = [*service.steps, *(step for e in service.exceptions for step in e.steps)]
        for i, step in enumerate(steps):
            keys = [f"thing_{thing}" for thing in step.what]
            keys += [f"do_{step.do}"] if step.do != "bring" else []
            keys += [f"who_{step.who}"] if step.who else []
            keys += [f"when_{step.when}"] if step.when else []
            for key in keys:
                if key not in known:
                    message = f"text {key!r} is not in texts/en.yml: nobody could say the step"
                    files.fault(("services", sid), message, "steps", i)
    for oid, office in files.offices.items():
        for i, cannot in enumerate(office.cannot):
            if f"cannot_{cannot}" not in known:
                message = f"text 'cannot_{cannot}' is not in texts/en.yml"
                files.fault(("offices", oid), message, "cannot", i)
