"""Checks the knowledge base as a whole: every fault with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.check_phrases import check_phrases, fold
from bot.check_words import check_words
from bot.errors import Fault
from bot.knowledge_files import PLACE_NAMES, PLACES_ABROAD, KnowledgeFiles, read_files
from bot.records import LocalOverlay, Office, Service, ServiceException
from bot.yaml_lines import Keys

STALE_AFTER = timedelta(days=365)
MUNICIPALITIES, REGIONS = 290, 21


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
    _check_boundary_words(files)
    _check_dates(files, today or date.today())
    _check_places(files)
    check_words(files)
    check_phrases(files, evaluation)
    return sorted(set(files.faults))


def _check_ids(files: KnowledgeFiles) -> None:
    for sid, service in files.services.items():
        _check_service(files, sid, service)
        _check_exceptions(files, sid, service)
    for code, overlay in files.local.items():
        _check_overlay(files, code, overlay)
    for oid, office in files.offices.items():
        _check_office(files, oid, office)


def _check_service(files: KnowledgeFiles, sid: str, service: Service) -> None:
    place = ("services", sid)
    for keys, authority in _bodies(service):
        _check_authority(files, place, authority, *keys)
    if service.life_event not in files.life_events:
        files.fault(place, f"unknown life event {service.life_event!r}", "life_event")
    if service.authority == "other" and not service.body:
        files.fault(place, "authority is `other`: say which body in `body`", "authority")
    for i, body in enumerate(service.confused):
        if body == service.authority:
            files.fault(place, f"{body!r} is the right body: it is not confused", "confused", i)
    for i, step in enumerate(service.steps):
        if step.at == "other" and not (step.who or service.authority == "other"):
            files.fault(place, "a step at `other`: say whom it means in `who`", "steps", i)


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
        if boundary.unsaid and boundary.unsaid not in members:
            files.fault(
                ("boundaries", bid), f"{boundary.unsaid!r} is none of its services", "unsaid"
            )
        if members in sets:
            files.fault(
                ("boundaries", bid), f"has the same services as {sets[members]!r}", "services"
            )
        sets.setdefault(members, bid)


def _check_boundary_words(files: KnowledgeFiles) -> None:
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
    for folder in ("services", "authorities", "local", "offices"):
        for key, record in getattr(files, folder).items():
            _check_date(files, (folder, key), today, record.source.checked, "source")
            if record.confidence != "unchecked" and record.source.checked is None:
                message = f"confidence is {record.confidence} but source.checked is missing"
                files.fault((folder, key), message, "confidence")
    for sid, service in files.services.items():
        for i, exception in enumerate(service.exceptions):
            at: Keys = ("exceptions", i, "source")
            _check_date(files, ("services", sid), today, exception.source.checked, *at)
        if service.valid_until and service.valid_until < today:
            message = f"was valid until {service.valid_until}: retire or renew it"
            files.fault(("services", sid), message, "valid_until")
    for oid, office in files.offices.items():
        _check_date(files, ("offices", oid), today, office.hours_checked, "hours_checked")


def _check_date(
    files: KnowledgeFiles,
    place: tuple[str, ...],
    today: date,
    checked: date | None,
    *keys: str | int,
) -> None:
    if checked is None:
        return
    if checked > today:
        files.fault(place, f"checked on {checked}, which is in the future", *keys)
    elif today - checked > STALE_AFTER:
        files.fault(place, f"checked on {checked}, over a year ago: check it again", *keys)


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
    _check_places_abroad(files)
    for csv_name, found, wanted in (
        ("municipalities.csv", len(files.municipalities), MUNICIPALITIES),
        ("regions.csv", len(files.regions), REGIONS),
    ):
        if found != wanted:
            files.faults.append(Fault(csv_name, 0, f"has {found} rows, Sweden has {wanted}"))


def _check_places_abroad(files: KnowledgeFiles) -> None:
    ours = {fold(m.name) for m in files.municipalities.values()}
    ours |= {fold(name.name) for name in files.place_names}
    known = {language.code for language in files.language_list}
    for language, names in files.places_abroad.items():
        seen: set[str] = set()
        for name in names:
            line = files.csv_lines[(PLACES_ABROAD, language, name)]
            if language not in known:
                files.faults.append(
                    Fault(PLACES_ABROAD, line, f"{name}: unknown language {language!r}")
                )
            if fold(name) in ours:
                files.faults.append(Fault(PLACES_ABROAD, line, f"{name} is a place in Sweden"))
            if fold(name) in seen:
                files.faults.append(
                    Fault(PLACES_ABROAD, line, f"{name} stands here twice for {language}")
                )
            seen.add(fold(name))
