"""The knowledge base: who is responsible for what, and the words for it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.errors import KnowledgeError
from bot.knowledge_files import KnowledgeFiles, read_files
from bot.languages import Languages
from bot.name_finder import NameFinder
from bot.places import WORDS_TOO, PlaceFinder, folded
from bot.records import (
    Authority,
    Boundary,
    BoundaryWording,
    Language,
    LocalOverlay,
    Municipality,
    Office,
    PlaceName,
    Region,
    Service,
    ServiceException,
    ServiceWording,
    Step,
)
from bot.wording import FALLBACKS


class Knowledge(BaseModel):
    """Everything Lotsen knows, checked as a whole; keys are ids, codes and language codes."""

    model_config = ConfigDict(frozen=True)

    version: str
    language_list: tuple[Language, ...]
    life_events: tuple[str, ...]
    authorities: Mapping[str, Authority]
    services: Mapping[str, Service]
    boundaries: Mapping[str, Boundary]
    municipalities: Mapping[str, Municipality]
    regions: Mapping[str, Region]
    local: Mapping[str, LocalOverlay]
    offices: Mapping[str, Office]
    place_names: tuple[PlaceName, ...]
    places_abroad: Mapping[str, tuple[str, ...]] = {}  # language -> names
    service_words: Mapping[str, Mapping[str, ServiceWording]]  # language -> service -> wording
    boundary_words: Mapping[str, Mapping[str, BoundaryWording]]
    authority_words: Mapping[str, Mapping[str, str]]

    @property
    def languages(self) -> Languages:
        """The language registry."""
        return Languages(self.language_list)

    @cached_property
    def places(self) -> PlaceFinder:
        """Finds the municipality in what a person writes, local names included."""
        local = [
            PlaceName(name=name, code=code, kind="district")
            for code, overlay in self.local.items()
            for name in overlay.names
        ]
        return PlaceFinder(self.municipalities, (*self.place_names, *local), self.regions)

    @cached_property
    def abroad(self) -> NameFinder:
        """Finds a place outside Sweden: "child benefit" is ours, "child benefit Konya" is not.

        It decides nothing alone: who comes from Homs asks about school here.
        """
        return NameFinder(self.places_abroad)

    @cached_property
    def at_home(self) -> NameFinder:
        """Finds what says that something is in Sweden: "here", or a place in it."""
        names = [m.name for m in self.municipalities.values() if folded(m.name) not in WORDS_TOO]
        names += [name.name for name in self.place_names if folded(name.name) not in WORDS_TOO]
        return NameFinder({one.code: one.here for one in self.language_list}, names)

    def wording(self, service: str, language: str) -> tuple[ServiceWording, str]:
        """Return (wording, the language it is in) after the fallbacks.

        Raises:
            KeyError: if no language has words for the service.
        """
        for code in (language, *FALLBACKS):
            found = self.service_words.get(code, {}).get(service)
            if found:
                return found, code
        raise KeyError(service)

    def boundary_wording(self, boundary: str, language: str) -> tuple[BoundaryWording, str]:
        """Return (wording, language) of a boundary after the fallbacks.

        Raises:
            KeyError: if no language has words for the boundary.
        """
        for code in (language, *FALLBACKS):
            found = self.boundary_words.get(code, {}).get(boundary)
            if found:
                return found, code
        raise KeyError(boundary)

    def authority_explained(self, authority: str, language: str) -> str:
        """What the body is, in the language or a fallback; empty where nobody wrote it."""
        for code in (language, *FALLBACKS):
            found = self.authority_words.get(code, {}).get(authority)
            if found:
                return found
        return ""

    def service_in(self, service: str, municipality: str | None) -> Service:
        """The service as it holds in a municipality: exceptions of place are worked in.

        An own overlay of the municipality goes before the service's exception for it, that
        before one for its region. Same record as `services[service]` where nothing differs, so
        `is` tells whether the usual wording ("the municipality decides") can be shown.

        Raises:
            KeyError: if the service is unknown.
        """
        record = self.services[service]
        place = self.municipalities.get(municipality or "")
        if place is None:
            return record
        own = self.local.get(place.code)
        if own and service in own.exceptions:
            local = own.exceptions[service]
            return _with_exception(
                record,
                ServiceException(
                    where=(place.code,),
                    authority=local.authority,
                    level=local.level,
                    body=local.body,
                    source=local.source,
                    confidence=own.confidence,
                ),
            )
        for code in (place.code, place.region):
            for exception in record.exceptions:
                if code in exception.where:
                    return _with_exception(record, exception)
        return record

    def accepted(self, service: str) -> tuple[str, ...]:
        """All bodies that are right as first contact, the usual one first."""
        record = self.services[service]
        return (record.authority, *record.also)

    def without_phrases(self) -> Knowledge:
        """A copy that answers but cannot train: small and quick to load."""
        words = {
            code: {sid: w.model_copy(update={"phrases": ()}) for sid, w in by_service.items()}
            for code, by_service in self.service_words.items()
        }
        open_words = {
            code: {bid: w.model_copy(update={"phrases": ()}) for bid, w in by_id.items()}
            for code, by_id in self.boundary_words.items()
        }
        return self.model_copy(update={"service_words": words, "boundary_words": open_words})


def _with_exception(service: Service, exception: ServiceException) -> Service:
    usual, here = service.authority, exception.authority
    steps = exception.steps or tuple(_moved(step, usual, here) for step in service.steps)
    return service.model_copy(
        update={
            "authority": here,
            "also": tuple(body for body in service.also if body != here),
            "level": exception.level,
            "body": exception.body,
            "links": exception.links or (service.links if usual == here else ()),
            "phone": exception.phone,
            "steps": steps,
            "source": exception.source,
            "confidence": exception.confidence,
        }
    )


def _moved(step: Step, usual: str, here: str) -> Step:
    return step.model_copy(update={"at": here}) if step.at == usual else step


BOUNDARY = "boundary:"  # prefix of the labels of texts that leave a boundary open


@dataclass(frozen=True)
class TrainingText:
    """A text the matcher learns from; `label` is a service, or `boundary:<id>` where open."""

    text: str
    label: str
    language: str


def load_knowledge(folder: Path) -> Knowledge:
    """Read and check the folder.

    Raises:
        KnowledgeError: with every fault, each with file and line.
    """
    files = read_files(folder)
    if files.faults:
        raise KnowledgeError(files.faults)
    return _assemble(files, knowledge_version(folder))


def _assemble(files: KnowledgeFiles, version: str) -> Knowledge:
    values: dict[str, Any] = {
        name: getattr(files, name) for name in Knowledge.model_fields if name != "version"
    }
    # construct: every record in it has been validated already.
    return Knowledge.model_construct(version=version, **values)


def knowledge_version(folder: Path) -> str:
    """A short hash of every file in the folder: same files, same version."""
    digest = hashlib.sha256()
    for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in (".yml", ".csv")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def training_texts(knowledge: Knowledge) -> list[TrainingText]:
    """Names, summaries and phrases of every language, in a fixed order."""
    texts = []
    for language in knowledge.languages.codes:
        for service, words in sorted(knowledge.service_words.get(language, {}).items()):
            for text in (words.name, words.summary, *words.phrases):
                texts.append(TrainingText(text, service, language))
        for boundary, open_words in sorted(knowledge.boundary_words.get(language, {}).items()):
            label = knowledge.boundaries[boundary].unsaid or BOUNDARY + boundary
            for text in open_words.phrases:
                texts.append(TrainingText(text, label, language))
    return texts


def save_compiled(knowledge: Knowledge, path: Path) -> None:
    """Write what the running processes need, in one file."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(knowledge.without_phrases().model_dump_json(), encoding="utf-8")
    temporary.replace(path)  # a killed process leaves the old file whole


def load_compiled(path: Path) -> Knowledge:
    """Read what `save_compiled` wrote."""
    return Knowledge.model_validate_json(path.read_text(encoding="utf-8"))
