"""Checks the knowledge base as a whole: every fault with file and line."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.errors import Fault
from bot.knowledge_files import PLACE_NAMES, KnowledgeFiles, read_files
from bot.records import LocalOverlay, Office, Service, ServiceException
from bot.wording import FALLBACKS
from bot.yaml_lines import Keys

STALE_AFTER = timedelta(days=365)
MUNICIPALITIES, REGIONS = 290, 21
_SCRIPTS = {"Latn": "LATIN", "Arab": "ARABIC", "Ethi": "ETHIOPIC", "Cyrl": "CYRILLIC"}
# Look-alikes are only looked for between alphabets that share shapes.
_FIELD = re.compile(r"\{[a-z_]+\}")
_WORD = re.compile(r"[^\W\d_]+")
_LOOKALIKE = ("LATIN", "CYRILLIC", "GREEK")


def check_knowledge(
    root: Path, evaluation: Path | None = None, today: date | None = None
) -> list[Fault]:
    """Return every fault of the folder, sorted by file and line; empty when it is sound.

    Args:
        root: the knowledge folder.
        evaluation: folder of evaluation questions, to find leaked ones.
        today: for the age of facts; the real date by default.
    """
    files = read_files(root)
    _check_ids(files)
    _check_boundaries(files)
    _check_dates(files, today or date.today())
    _check_wording(files)
    _check_scripts(files)
    _check_duplicates(files)
    _check_texts(files)
    _check_places(files)
    if evaluation is not None:
        _check_leakage(files, evaluation)
    return sorted(set(files.faults))


def _check_ids(files: KnowledgeFiles) -> None:
    for sid, service in files.services.items():
        place = ("services", sid)
        for keys, authority in _bodies(service):
            _check_authority(files, place, authority, *keys)
        if service.life_event not in files.life_events:
            files.fault(place, f"unknown life event {service.life_event!r}", "life_event")
        if service.authority == "other" and not service.body:
            files.fault(place, "authority is `other`: say which body in `body`", "authority")
        for i, step in enumerate(service.steps):
            if step.at == "other" and not (step.who or service.authority == "other"):
                files.fault(place, "a step at `other`: say whom it means in `who`", "steps", i)
        _check_exceptions(files, sid, service)
    for code, overlay in files.local.items():
        _check_overlay(files, code, overlay)
    for oid, office in files.offices.items():
        _check_office(files, oid, office)


def _bodies(record: Service | ServiceException) -> Iterator[tuple[Keys, str]]:
    """Every authority id of the record with the keys it stands under."""
    yield ("authority",), record.authority
    for i, step in enumerate(record.steps):
        if step.at:
            yield ("steps", i, "at"), step.at
    if isinstance(record, Service):
        yield from ((("also", i), a) for i, a in enumerate(record.also))
        yield from ((("confused", i), a) for i, a in enumerate(record.confused))


def _check_authority(
    files: KnowledgeFiles, place: tuple[str, ...], authority: str, *keys: str | int
) -> None:
    if authority not in files.authorities:
        files.fault(place, f"unknown authority {authority!r}: no such file in authorities/", *keys)


def _check_exceptions(files: KnowledgeFiles, sid: str, service: Service) -> None:
    place, seen = ("services", sid), set[str]()
    for i, exception in enumerate(service.exceptions):
        for keys, authority in _bodies(exception):
            _check_authority(files, place, authority, "exceptions", i, *keys)
        for k, code in enumerate(exception.where):
            at: Keys = ("exceptions", i, "where", k)
            if code not in files.municipalities and code not in files.regions:
                files.fault(place, f"unknown municipality or region {code!r}", *at)
            if code in seen:
                files.fault(place, f"{code!r} stands under two exceptions", *at)
            seen.add(code)


def _check_overlay(files: KnowledgeFiles, code: str, overlay: LocalOverlay) -> None:
    place = ("local", code)
    if code not in files.municipalities:
        files.fault(place, f"unknown municipality {code!r}", "municipality")
    for key in ("links", "phones", "exceptions"):
        for sid in getattr(overlay, key):
            if sid not in files.services:
                files.fault(place, f"unknown service {sid!r}", key, sid)
    for sid, exception in overlay.exceptions.items():
        _check_authority(files, place, exception.authority, "exceptions", sid, "authority")


def _check_office(files: KnowledgeFiles, oid: str, office: Office) -> None:
    place = ("offices", oid)
    if office.municipality not in files.municipalities:
        files.fault(place, f"unknown municipality {office.municipality!r}", "municipality")
    _check_authority(files, place, office.authority, "authority")
    for i, authority in enumerate(office.serves):
        _check_authority(files, place, authority, "serves", i)


def _check_boundaries(files: KnowledgeFiles) -> None:
    sets: dict[frozenset[str], str] = {}
    for bid, boundary in files.boundaries.items():
        members = frozenset(boundary.services)
        for i, sid in enumerate(boundary.services):
            if sid not in files.services:
                files.fault(("boundaries", bid), f"unknown service {sid!r}", "services", i)
        if members in sets:
            files.fault(
                ("boundaries", bid), f"has the same services as {sets[members]!r}", "services"
            )
        sets.setdefault(members, bid)
    for code, words in files.boundary_words.items():
        for bid, wording in words.items():
            place = ("boundary_words", code, bid)
            known = files.boundaries.get(bid)
            if known is None:
                files.fault(place, f"words for an unknown boundary {bid!r}")
                continue
            for kind, given in (("options", wording.options), ("reasons", wording.reasons)):
                if given and set(given) != set(known.services):
                    odd = sorted(set(given) ^ set(known.services))
                    files.fault(
                        place, f"{kind} and the boundary's services differ: {', '.join(odd)}", kind
                    )


def _check_dates(files: KnowledgeFiles, today: date) -> None:
    records = [(("services", i), s) for i, s in files.services.items()]
    others = [(("authorities", i), a) for i, a in files.authorities.items()]
    for place, record in [*records, *others]:
        checked = record.source.checked  # type: ignore[attr-defined]  # both records have a source
        if checked is None:
            continue
        if checked > today:
            files.fault(place, f"checked on {checked}, which is in the future", "source")
        elif today - checked > STALE_AFTER:
            files.fault(place, f"checked on {checked}, over a year ago: check it again", "source")
    for place, service in records:
        if service.valid_until and service.valid_until < today:
            files.fault(
                place, f"was valid until {service.valid_until}: retire or renew it", "valid_until"
            )


def _check_wording(files: KnowledgeFiles) -> None:
    for language in files.language_list:
        words = files.service_words[language.code]
        for sid, wording in words.items():
            place = ("service_words", language.code, sid)
            if sid not in files.services:
                files.fault(place, f"words for an unknown service {sid!r}")
            for authority in wording.not_here:
                if authority not in files.authorities:
                    files.fault(place, f"unknown authority {authority!r}", "not_here", authority)
        _check_explained(files, language.code)
        folder = f"wording/{language.code}"
        for sid in sorted(set(files.services) - set(words)):
            files.faults.append(
                Fault(folder, 0, f"service {sid!r} has no words in {language.english}")
            )
        if not language.complete:
            continue
        for bid in sorted(set(files.boundaries) - set(files.boundary_words[language.code])):
            files.faults.append(
                Fault(folder, 0, f"boundary {bid!r} has no words in {language.english}")
            )
        known = files.authority_words[language.code]
        for authority in sorted(set(files.authorities) - set(known)):
            files.faults.append(
                Fault(folder, 0, f"authority {authority!r} is not explained in {language.english}")
            )


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
        if words.why:
            yield place, "why", words.why
    for bid, open_words in files.boundary_words[code].items():
        yield ("boundary_words", code, bid), "question", open_words.question
    for key, text in files.texts.get(code, {}).items():
        words_only = _FIELD.sub("", text)
        if any(c.isalpha() for c in words_only):
            yield ("texts", code), key, words_only


def _check_scripts(files: KnowledgeFiles) -> None:
    for language in files.language_list:
        wanted = _SCRIPTS[language.script]
        swedish = {w.name for w in files.service_words.get("sv", {}).values()}
        for place, key, text in _shown_texts(files, language.code):
            if wanted not in _scripts(text) and text not in swedish:  # "BankID" is a name
                files.fault(place, f"no {wanted.lower()} letters: is this {language.english}?", key)
            mixed = lookalike_word(text)
            if mixed:
                files.fault(place, f"the word {mixed!r} mixes alphabets that look alike", key)
        for sid, words in files.service_words[language.code].items():
            for i, phrase in enumerate(words.phrases):
                mixed = lookalike_word(phrase)
                if mixed:
                    place = ("service_words", language.code, sid)
                    files.fault(
                        place, f"the word {mixed!r} mixes alphabets that look alike", "phrases", i
                    )


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(c, "?").split(" ")[0] for c in text if c.isalpha()}


def lookalike_word(text: str) -> str | None:
    """Return the first word that mixes Latin, Cyrillic or Greek letters; None if there is none."""
    if text.isascii():
        return None
    for word in _WORD.findall(text):
        if len(_scripts(word) & set(_LOOKALIKE)) > 1:
            return str(word)
    return None


def fold(text: str) -> str:
    """The form in which two texts count as the same: case, marks and punctuation away."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(
            c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)
        ).split()
    )


def _phrases(files: KnowledgeFiles) -> Iterator[tuple[str, str, int, str]]:
    for code, by_service in files.service_words.items():
        for sid, words in by_service.items():
            for i, phrase in enumerate(words.phrases):
                yield code, sid, i, phrase


def _check_duplicates(files: KnowledgeFiles) -> None:
    first: dict[str, tuple[str, str]] = {}
    for code, sid, i, phrase in _phrases(files):
        key = fold(phrase)
        known = first.setdefault(key, (sid, code))
        place = ("service_words", code, sid)
        if known[0] != sid:
            files.fault(
                place,
                f"phrase {phrase!r} stands under {known[0]!r} ({known[1]}) too: it decides nothing",
                "phrases",
                i,
            )
    for code, by_service in files.service_words.items():
        for sid, words in by_service.items():
            for twin, n in Counter(fold(p) for p in words.phrases).items():
                if n > 1:
                    files.fault(
                        ("service_words", code, sid),
                        f"phrase {twin!r} stands here twice",
                        "phrases",
                    )


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


def _fields(template: str) -> set[str]:
    return {part.split("}")[0] for part in template.split("{")[1:]}


def _check_places(files: KnowledgeFiles) -> None:
    for code, municipality in files.municipalities.items():
        if municipality.region not in files.regions:
            line = files.csv_lines[("municipalities.csv", code)]
            files.faults.append(
                Fault("municipalities.csv", line, f"{code}: unknown region {municipality.region!r}")
            )
    seen: set[tuple[str, str]] = set()
    for name in files.place_names:
        line = files.csv_lines[(PLACE_NAMES, name.code, name.name)]
        if name.code not in files.municipalities:
            message = f"{name.name}: unknown municipality {name.code!r}"
            files.faults.append(Fault(PLACE_NAMES, line, message))
        key = (fold(name.name), name.code)
        if key in seen:
            files.faults.append(
                Fault(PLACE_NAMES, line, f"{name.name} stands here twice for {name.code}")
            )
        seen.add(key)
    for csv_name, found, wanted in (
        ("municipalities.csv", len(files.municipalities), MUNICIPALITIES),
        ("regions.csv", len(files.regions), REGIONS),
    ):
        if found != wanted:
            files.faults.append(Fault(csv_name, 0, f"has {found} rows, Sweden has {wanted}"))


def _check_leakage(files: KnowledgeFiles, evaluation: Path) -> None:
    asked: dict[str, str] = {}
    for path in sorted(evaluation.glob("*.jsonl")):
        asked |= _questions(files, path)
    for code, sid, i, phrase in _phrases(files):
        _check_leak(files, asked, ("service_words", code, sid), i, phrase)
    for code, by_id in files.boundary_words.items():
        for bid, words in by_id.items():
            for i, phrase in enumerate(words.phrases):
                _check_leak(files, asked, ("boundary_words", code, bid), i, phrase)


def _questions(files: KnowledgeFiles, path: Path) -> dict[str, str]:
    """Folded text -> id of the questions of a file that are long enough to be somebody's own."""
    asked = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line) if line.strip() else {}
        except ValueError as error:
            files.faults.append(Fault(path.name, number, f"is not JSON: {error}"))
            continue
        # One or two words are anybody's: "bygglov" in both is no leak.
        if len(fold(row.get("text", "")).split()) > 2:
            asked[fold(row["text"])] = row.get("id", path.name)
    return asked


def _check_leak(
    files: KnowledgeFiles, asked: dict[str, str], place: tuple[str, ...], i: int, phrase: str
) -> None:
    leaked = asked.get(fold(phrase))
    if leaked:
        files.fault(place, f"phrase is the evaluation question {leaked}: remove it", "phrases", i)
