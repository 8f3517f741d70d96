"""Reads the files of knowledge/ into records and notes every fault on the way."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import Fault
from bot.records import (
    Authority,
    Boundary,
    BoundaryWording,
    Helpline,
    Language,
    LocalOverlay,
    Municipality,
    Office,
    PlaceAbroad,
    PlaceName,
    Record,
    Region,
    Service,
    ServiceWording,
)
from bot.yaml_lines import Keys, LinedYaml, read_yaml

PLACE_NAMES = "place_names.csv"
PLACES_ABROAD = "places_abroad.csv"
R = TypeVar("R", bound=BaseModel)


@dataclass
class KnowledgeFiles:
    """What was read, and where: `places` and `csv_lines` find the line of a record later."""

    root: Path
    faults: list[Fault] = field(default_factory=list)
    language_list: tuple[Language, ...] = ()
    life_events: tuple[str, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    authorities: dict[str, Authority] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    boundaries: dict[str, Boundary] = field(default_factory=dict)
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    local: dict[str, LocalOverlay] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    place_names: tuple[PlaceName, ...] = ()
    places_abroad: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by language
    service_words: dict[str, dict[str, ServiceWording]] = field(default_factory=dict)
    boundary_words: dict[str, dict[str, BoundaryWording]] = field(default_factory=dict)
    authority_words: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[tuple[str, ...], tuple[LinedYaml, Keys]] = field(default_factory=dict)
    csv_lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def fault(self, place: tuple[str, ...], message: str, *keys: str | int) -> None:
        """Note a fault at a record that was read."""
        lined, base = self.places[place]
        self.faults.append(lined.fault((*base, *keys), message))


def read_files(root: Path) -> KnowledgeFiles:
    """Read the whole folder; faults are collected, never raised."""
    files = KnowledgeFiles(root)
    if not root.is_dir():
        files.faults.append(
            Fault(str(root), 0, "is not a folder: set LOTS_KNOWLEDGE to the knowledge base")
        )
        return files
    _read_registries(files)
    _read_records(files, "authorities", Authority, files.authorities)
    _read_records(files, "services", Service, files.services)
    _read_records(files, "boundaries", Boundary, files.boundaries)
    files.regions = _read_csv(files, "regions.csv", Region)
    files.municipalities = _read_csv(files, "municipalities.csv", Municipality)
    files.place_names = _read_place_names(files)
    files.places_abroad = _read_places_abroad(files)
    _read_local(files)
    _read_records(files, "offices", Office, files.offices)
    for language in files.language_list:
        _read_wording(files, language.code)
        _read_texts(files, language.code)
    return files


def _read_registries(files: KnowledgeFiles) -> None:
    languages = _open(files, files.root / "languages.yml")
    if languages and isinstance(languages.data, list):
        read = [_validate(files, languages, (i,), Language) for i in range(len(languages.data))]
        files.language_list = tuple(language for language in read if language)
    events = _open(files, files.root / "life_events.yml")
    if events and isinstance(events.data, list):
        files.life_events = tuple(str(event) for event in events.data)
    if (files.root / "helplines.yml").exists():
        lines = _open(files, files.root / "helplines.yml")
        if lines and isinstance(lines.data, list):
            read_lines = [_validate(files, lines, (i,), Helpline) for i in range(len(lines.data))]
            files.helplines = tuple(line for line in read_lines if line)


def _read_records(files: KnowledgeFiles, folder: str, model: type[R], into: dict[str, R]) -> None:
    for path in sorted((files.root / folder).glob("*.yml")):
        lined = _open(files, path)
        record = _validate(files, lined, (), model) if lined else None
        if lined is None or record is None:
            continue
        identifier = str(record.id)  # type: ignore[attr-defined]  # each such record has an id
        if identifier != path.stem:
            files.faults.append(
                lined.fault(("id",), f"id {identifier!r} must be the file's name, {path.stem!r}")
            )
        into[identifier] = record
        files.places[(folder, identifier)] = (lined, ())


def _read_local(files: KnowledgeFiles) -> None:
    for path in sorted((files.root / "local").glob("*.yml")):
        lined = _open(files, path)
        overlay = _validate(files, lined, (), LocalOverlay) if lined else None
        if lined and overlay:
            files.local[overlay.municipality] = overlay
            files.places[("local", overlay.municipality)] = (lined, ())


def _read_wording(files: KnowledgeFiles, code: str) -> None:
    files.service_words[code] = {}
    files.boundary_words[code] = {}
    files.authority_words[code] = {}
    for path in sorted((files.root / "wording" / code).glob("*.yml")):
        lined = _open(files, path)
        if lined is None:
            continue
        if not isinstance(lined.data, dict):
            files.faults.append(lined.fault((), "must hold `id: wording` pairs"))
        elif path.stem == "authorities":
            files.authority_words[code] = {k: str(v) for k, v in lined.data.items() if v}
            files.places[("authority_words", code)] = (lined, ())
        elif path.stem == "boundaries":
            _read_words(files, lined, code, "boundary_words", BoundaryWording)
        else:
            _read_words(files, lined, code, "service_words", ServiceWording)


def _read_words(
    files: KnowledgeFiles, lined: LinedYaml, code: str, kind: str, model: type[Record]
) -> None:
    words: dict[str, Record] = getattr(files, kind)[code]
    for identifier in lined.data:
        if not _written(lined.data[identifier]):
            continue  # scaffolded and still empty: it counts as missing
        if identifier in words:
            files.faults.append(
                lined.fault((identifier,), f"{identifier!r} has words in another file already")
            )
        record = _validate(files, lined, (identifier,), model)
        if record:
            words[identifier] = record
            files.places[(kind, code, identifier)] = (lined, (identifier,))


def _written(data: object) -> bool:
    """Whether a wording has any text of its own, apart from its review mark."""
    if isinstance(data, dict):
        return any(_written(value) for key, value in data.items() if key != "review")
    return any(_written(item) for item in data) if isinstance(data, list) else bool(data)


def _read_texts(files: KnowledgeFiles, code: str) -> None:
    path = files.root / "texts" / f"{code}.yml"
    lined = _open(files, path) if path.exists() else None
    if lined and isinstance(lined.data, dict):
        files.texts[code] = {str(key): str(value) for key, value in lined.data.items() if value}
        files.places[("texts", code)] = (lined, ())


def _read_csv(files: KnowledgeFiles, name: str, model: type[R]) -> dict[str, R]:
    read: dict[str, R] = {}
    for line, record in _csv_records(files, name, model):
        code = str(record.code)  # type: ignore[attr-defined]  # both CSV records have a code
        if code in read:
            files.faults.append(Fault(name, line, f"code {code} stands here twice"))
        read[code] = record
        files.csv_lines[(name, code)] = line
    return read


def _read_place_names(files: KnowledgeFiles) -> tuple[PlaceName, ...]:
    if not (files.root / PLACE_NAMES).exists():
        return ()  # the 290 names are enough to start with
    read = list(_csv_records(files, PLACE_NAMES, PlaceName))
    for line, record in read:
        files.csv_lines[(PLACE_NAMES, record.code, record.name)] = line
    return tuple(record for _, record in read)


def _read_places_abroad(files: KnowledgeFiles) -> dict[str, tuple[str, ...]]:
    if not (files.root / PLACES_ABROAD).exists():
        return {}  # then no place tells that a matter is another country's
    names: dict[str, tuple[str, ...]] = {}
    for line, place in _csv_records(files, PLACES_ABROAD, PlaceAbroad):
        names[place.language] = (*names.get(place.language, ()), place.name)
        files.csv_lines[(PLACES_ABROAD, place.language, place.name)] = line
    return names


def _csv_records(files: KnowledgeFiles, name: str, model: type[R]) -> list[tuple[int, R]]:
    """The sound rows of a CSV file with their lines; lines that begin with # are comments."""
    try:
        text = (files.root / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        files.faults.append(Fault(name, 0, f"cannot be read as UTF-8: {error}"))
        return []
    numbered = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    read: list[tuple[int, R]] = []
    rows = csv.DictReader(line for _, line in numbered)
    for (number, _), row in zip(numbered[1:], rows, strict=False):
        try:
            read.append((number, model.model_validate(row)))
        except ValidationError as error:
            files.faults.extend(
                Fault(name, number, _said(e["loc"], e["msg"])) for e in error.errors()
            )
    return read


def _open(files: KnowledgeFiles, path: Path) -> LinedYaml | None:
    lined = read_yaml(path, files.root)
    if isinstance(lined, Fault):
        files.faults.append(lined)
        return None
    return lined


def _validate(files: KnowledgeFiles, lined: LinedYaml, keys: Keys, model: type[R]) -> R | None:
    data = lined.data
    for key in keys:
        data = data[key]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for problem in error.errors():
            where = (*keys, *problem["loc"])
            files.faults.append(lined.fault(where, _said(problem["loc"], problem["msg"])))
        return None


def _said(where: Keys, message: str) -> str:
    path = ".".join(str(part) for part in where)
    message = message.removeprefix("Value error, ")
    return f"{path}: {message}" if path else message
