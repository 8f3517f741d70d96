"""The records of the knowledge base as typed, frozen models.

Field names follow CPSV-AP where it has a term: authority = competent authority,
life_event, links = channels, checked = the date the source was read.
"""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

Level = Literal["kommun", "region", "stat", "domstol", "ovrig", "sos"]
Confidence = Literal["verified", "linked", "unchecked"]
LinkKind = Literal["e_service", "info", "form"]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 \-]{1,18}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
RegionCode = Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
PlaceCode = Annotated[str, StringConstraints(pattern=r"^(\d{2}|\d{4})$")]

# What a person does, or what happens, at a body: each needs `at`.
VerbAt = Literal[
    "apply", "report", "ask", "book", "register", "pay", "certificate", "decides", "pays_out",
    "investigates", "appeal", "complain", "contact_first", "tell", "visit", "call",
    "request_review",
]  # fmt: skip
# What a person does alone, or should know: none has `at`.
VerbAlone = Literal[
    "bring", "keep_receipts", "write_down", "take_photos", "keep_copies", "both_sign", "soon",
    "check_decision", "bankid", "paper_form", "interpreter", "not_pay_yet", "free", "witnesses",
    "object", "block", "automatic", "wait",
]  # fmt: skip
Thing = Literal[
    "id_document", "personal_number", "bank_account", "income", "rent_contract",
    "medical_certificate", "receipts", "photos", "decision", "letter", "case_number",
    "employment_contract", "payslips", "residence_permit", "passport", "birth_certificate",
    "grades", "vehicle_number", "property_name", "drawings", "marriage_certificate",
    "power_of_attorney", "police_report", "death_certificate", "debt_papers", "budget", "address",
    "dates", "names_of_others", "translation",
]  # fmt: skip
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# What the staff of an office cannot do; each has a text `cannot_<name>`.
Cannot = Literal["advise", "case", "cash", "decide", "id_card", "other_agencies"]
# The three languages that have administrative areas (förvaltningsområden) by law.
MinorityLanguage = Literal["finska", "meankieli", "samiska"]
# Whom a step at `other` means, where the service itself has no such body; texts `who_<name>`.
Party = Literal[
    "company", "counterpart", "lawyer", "decision_maker", "optician", "vet", "carrier", "trustee",
    "funeral_director", "executor",
]  # fmt: skip
# When a step is taken at all; texts `when_<name>` stand before the step.
Condition = Literal["danger", "crime", "disagree", "refused"]
Verb = Literal[VerbAt, VerbAlone]
VERBS_AT: tuple[str, ...] = get_args(VerbAt)


class Record(BaseModel):
    """Base: unknown keys are faults, records never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """Where a fact was read, and when. `checked` None: not read in a source."""

    url: Url | None = None
    checked: date | None = None


class Helpline(Record):
    """A telephone number that the bot's own texts name, and where it was read."""

    number: str
    name: str
    source: Source
    confidence: Confidence


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


class Step(Record):
    """One step of a matter: a verb, the body it is done at, or the things to have at hand.

    `who` names the party where `at` is `other` and the service's own `body` is not meant;
    `when` is the condition under which the step is taken, None: always.
    """

    do: Verb
    at: Identifier | None = None
    who: Party | None = None
    what: tuple[Thing, ...] = ()
    when: Condition | None = None

    @model_validator(mode="after")
    def _the_verb_has_what_it_needs(self) -> Step:
        if self.do in VERBS_AT and self.at is None:
            raise ValueError(f"`{self.do}` happens at a body: add `at: <authority id>`")
        if self.do not in VERBS_AT and self.at is not None:
            raise ValueError(f"`{self.do}` happens at no body: remove `at`")
        if self.who is not None and self.at != "other":
            raise ValueError("`who` goes with `at: other` only")
        if self.do == "bring" and not self.what:
            raise ValueError("`bring` needs `what`: a list of things")
        if self.do != "bring" and self.what:
            raise ValueError(f"`{self.do}` takes no `what`: only `bring` does")
        return self


class ServiceException(Record):
    """Where another body is responsible for a service than in the rest of the country.

    `where` are codes of regions (two digits) and municipalities (four). Without `steps` the
    service's own hold, with the usual body replaced.
    """

    where: tuple[PlaceCode, ...] = Field(min_length=1)
    authority: Identifier
    level: Level
    body: Line | None = None
    links: tuple[Link, ...] = ()
    phone: Phone | None = None
    steps: tuple[Step, ...] = ()
    note: Line | None = None
    source: Source
    confidence: Confidence


class Service(Record):
    """One matter a person can have.

    `authority` is the first contact; `also` are bodies that are right too.
    `body` names the responsible body where the authority is a group (a court, `other`).
    `confused` are bodies people turn to wrongly. `steps` stand in the order they are taken.
    """

    id: Identifier
    authority: Identifier
    also: tuple[Identifier, ...] = ()
    body: Line | None = None
    level: Level
    life_event: Identifier
    links: tuple[Link, ...] = ()
    phone: Phone | None = None
    confused: tuple[Identifier, ...] = ()
    steps: tuple[Step, ...] = ()
    exceptions: tuple[ServiceException, ...] = ()
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
    """Services people mix up, in the order their options are shown.

    `unsaid`: the one that somebody means who does not say what decides, where there is one: the
    first step. Without it that person is asked.
    """

    id: Identifier
    services: tuple[Identifier, ...] = Field(min_length=2, max_length=4)
    unsaid: Identifier | None = None


class ServiceWording(Record):
    """A service in one language. `not_here`: authority id -> what that body does instead.

    `easy` is the summary in easy Swedish (lättläst); only `sv` has it.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
    summary: Line
    easy: Line | None = None
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
    """A language of Lotsen. `dir` is the writing direction, `script` an ISO 15924 code.

    `here`: how its speakers say "here" and "Sweden", as in `PlaceAbroad`.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    name: Line
    english: Line
    script: Literal["Latn", "Arab", "Ethi", "Cyrl"]
    dir: Literal["ltr", "rtl"]
    complete: bool
    here: tuple[Line, ...] = ()


class Municipality(Record):
    """One of the 290, by SCB code. `minority`: languages it is an administrative area for."""

    code: MunicipalityCode
    name: Line
    full_name: Line
    region: RegionCode
    website: Url | None = None
    minority: tuple[MinorityLanguage, ...] = ()

    @field_validator("website", mode="before")
    @classmethod
    def _an_empty_cell_is_nothing(cls, value: object) -> object:
        return value or None

    @field_validator("minority", mode="before")
    @classmethod
    def _a_cell_holds_codes_with_spaces(cls, value: object) -> object:
        return tuple(value.split()) if isinstance(value, str) else value


class PlaceName(Record):
    """Another way of saying a municipality: short form, district, name in another script.

    A name that stands for several municipalities has a row for each, and Lotsen asks.
    """

    name: Annotated[str, StringConstraints(min_length=2, max_length=80, strip_whitespace=True)]
    code: MunicipalityCode
    kind: Literal["short", "district", "town", "minority", "translation", "old"]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = "sv"


class PlaceAbroad(Record):
    """A name of a place outside Sweden, as speakers of the language spell it.

    Of a name that is inflected, the part that stays the same in all its forms.
    """

    name: Annotated[str, StringConstraints(min_length=2, max_length=80, strip_whitespace=True)]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class Region(Record):
    """One of the 21, by SCB county code (two digits)."""

    code: RegionCode
    name: Line
    county: Line


class OpeningHours(Record):
    """When a door is open, in Swedish local time; several entries add up."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    opens: time
    closes: time

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> OpeningHours:
        if self.opens >= self.closes:
            raise ValueError(f"opens {self.opens:%H:%M} but closes {self.closes:%H:%M}")
        return self


class Closure(Record):
    """Days an office is closed though its hours say otherwise; both dates included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Closure:
        if self.first > self.last:
            raise ValueError(f"first {self.first} is after last {self.last}")
        return self


class Office(Record):
    """A place or desk one can visit or call.

    `authority` runs it; `serves` are the bodies it helps with, itself included. `hours` hold
    only as long as `hours_checked` is recent: see `bot/offices.py`. `some_days`: a visiting
    place with staff only on some days. `closed_since`: it is gone, kept so nobody adds it again.
    """

    id: Identifier
    name: Line
    authority: Identifier
    municipality: MunicipalityCode
    address: Line | None = None
    phone: Phone | None = None
    website: Url | None = None
    serves: tuple[Identifier, ...] = Field(min_length=1)
    cannot: tuple[Cannot, ...] = ()
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...] = ()
    hours: tuple[OpeningHours, ...] = ()
    hours_checked: date | None = None
    some_days: bool = False
    appointment: bool = False
    closures: tuple[Closure, ...] = ()
    closed_since: date | None = None
    source: Source
    confidence: Confidence

    @model_validator(mode="after")
    def _hours_say_when_they_were_read(self) -> Office:
        if self.hours and self.hours_checked is None:
            raise ValueError("hours without hours_checked: write the date they were read")
        return self


class LocalException(Record):
    """Another body than usual, in one municipality."""

    authority: Identifier
    level: Level
    body: Line | None = None
    source: Source


class LocalOverlay(Record):
    """What one municipality adds: contacts, pages and e-services per service, names, exceptions."""

    municipality: MunicipalityCode
    phone: Phone | None = None
    website: Url | None = None
    links: dict[Identifier, Link] = {}
    phones: dict[Identifier, Phone] = {}
    names: tuple[Line, ...] = ()
    exceptions: dict[Identifier, LocalException] = {}
    source: Source
    confidence: Confidence
