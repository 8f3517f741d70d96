"""The records of the knowledge base as typed, frozen models.

Field names follow CPSV-AP where it has a term: authority = competent authority,
life_event, links = channels, checked = the date the source was read.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Level = Literal["kommun", "region", "stat", "domstol", "ovrig", "sos"]
Confidence = Literal["verified", "linked", "unchecked"]
LinkKind = Literal["e_service", "info", "form"]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 \-]{1,18}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]


class Record(BaseModel):
    """Base: unknown keys are faults, records never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """Where a fact was read, and when. `checked` None: not read in a source."""

    url: Url | None = None
    checked: date | None = None


class Link(Record):
    """A page or e-service a person can open."""

    kind: LinkKind
    url: Url


class Authority(Record):
    """A body that can be responsible for a service."""

    id: Identifier
    name: Line
    level: Level
    website: Url | None = None
    phone: Phone | None = None
    source: Source = Source()
    confidence: Confidence


class Service(Record):
    """One matter a person can have.

    `authority` is the first contact; `also` are bodies that are right too.
    `body` names the responsible body where the authority is a group (a court, `other`).
    """

    id: Identifier
    authority: Identifier
    also: tuple[Identifier, ...] = ()
    body: Line | None = None
    level: Level
    life_event: Identifier
    links: tuple[Link, ...] = ()
    phone: Phone | None = None
    source: Source
    confidence: Confidence
    valid_until: date | None = None

    @model_validator(mode="after")
    def _a_checked_fact_says_when(self) -> Service:
        if self.confidence != "unchecked" and self.source.checked is None:
            raise ValueError(
                f"confidence is {self.confidence} but source.checked is missing: "
                'write the date it was read, or "confidence: unchecked"'
            )
        return self


class Boundary(Record):
    """Services people mix up, in the order their options are shown."""

    id: Identifier
    services: tuple[Identifier, ...] = Field(min_length=2, max_length=4)


class ServiceWording(Record):
    """A service in one language. `not_here`: authority id -> what that body does instead."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
    summary: Line
    why: Line | None = None
    not_here: dict[Identifier, Line] = {}
    phrases: tuple[Line, ...] = ()
    review: Literal["draft", "checked"] = "draft"


class BoundaryWording(Record):
    """A boundary in one language: the deciding question, a label and a reason per service.

    `phrases` are questions that leave it open which service is meant.
    """

    question: Line
    options: dict[Identifier, Line]
    reasons: dict[Identifier, Line] = {}
    phrases: tuple[Line, ...] = ()
    review: Literal["draft", "checked"] = "draft"


class Language(Record):
    """A language of Lotsen. `dir` is the writing direction, `script` an ISO 15924 code."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    name: Line
    english: Line
    script: Literal["Latn", "Arab", "Ethi", "Cyrl"]
    dir: Literal["ltr", "rtl"]
    complete: bool


class Municipality(Record):
    """One of the 290, by SCB code (four digits)."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    name: Line
    full_name: Line
    region: Annotated[str, StringConstraints(pattern=r"^\d{2}$")]


class Region(Record):
    """One of the 21, by SCB county code (two digits)."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
    name: Line
    county: Line


class LocalOverlay(Record):
    """What one municipality adds: its contact centre and its own pages per service."""

    municipality: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    phone: Phone | None = None
    website: Url | None = None
    links: dict[Identifier, Link] = {}
    source: Source
    confidence: Confidence
