"""The next steps of a service as sentences: first those of its record, then the general ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge import Knowledge
from bot.records import Service
from bot.wording import Catalogue


@dataclass(frozen=True)
class Speaker:
    """Texts in a person's language, with the bodies named as the person's own."""

    knowledge: Knowledge
    catalogue: Catalogue
    language: str
    municipality: str | None = None

    def say(self, key: str, **values: Any) -> str:  # noqa: ANN401 - what a text can show
        """A text of the catalogue; Swedish names keep their direction in right-to-left text."""
        rtl = self.knowledge.languages.direction(self.language) == "rtl"
        return self.catalogue.text(key, self.language, rtl=rtl, **values)

    def has(self, key: str) -> bool:
        """Whether some language has the text."""
        return bool(self.catalogue.find(key, self.language)[0])

    def body(self, authority: str) -> str:
        """A body's name: the person's own municipality or region where that is known."""
        place = self.knowledge.municipalities.get(self.municipality or "")
        if authority == "kommun":
            return place.full_name if place else self.say("body_kommun")
        if authority == "region":
            return self.knowledge.regions[place.region].name if place else self.say("body_region")
        record = self.knowledge.authorities.get(authority)
        return record.name if record else authority

    def things(self, things: Sequence[str]) -> str:
        """Papers to have at hand, as one enumeration."""
        return ", ".join(self.say(f"thing_{thing}") for thing in things)


def steps_of(service: Service) -> tuple[Any, ...]:
    """The steps of a service's record; none where nobody has written any."""
    return tuple(getattr(service, "steps", None) or ())


def is_split(service: Service) -> bool:
    """Whether the steps lead to more than one body."""
    return len({step.at or service.authority for step in steps_of(service)}) > 1


def things_of(service: Service) -> list[str]:
    """What the steps say to have at hand, each once, in their order."""
    named = [thing for step in steps_of(service) for thing in (step.what or ())]
    return list(dict.fromkeys(named))


def own_steps(service: Service, speaker: Speaker) -> list[str]:
    """The steps of the record as sentences; a verb without a text is left out."""
    sentences = []
    for step in steps_of(service):
        things = speaker.things(step.what or ())
        if step.do != "bring" and speaker.has(f"do_{step.do}"):
            where = speaker.body(step.at or service.authority)
            sentences.append(_sentence(speaker.say(f"do_{step.do}", authority=where)))
        if things:
            sentences.append(speaker.say("do_bring", things=things))
    return sentences


def _sentence(text: str) -> str:
    """With a capital, also where a body's name that has none comes first ("din kommun")."""
    return text[:1].upper() + text[1:]


def general_steps(
    service: Service, speaker: Speaker, phone: str | None, url: str | None, swedish_name: str
) -> list[str]:
    """Open the page, call or ask the municipality, say what it concerns."""
    if service.authority == "sos_alarm":
        return [speaker.say("step_call", phone="112")]
    steps = [speaker.say("step_open", url=url)] if url else []
    if phone:
        steps.append(speaker.say("step_call", phone=phone))
    elif service.level == "kommun" and not steps_of(service):
        key = "step_kommun_named" if speaker.municipality else "step_kommun"
        steps.append(speaker.say(key, municipality=speaker.body("kommun")))
    if service.level == "region" and not url:
        steps.append(speaker.say("step_region"))
    if speaker.language != "sv":
        steps.append(speaker.say("step_say", name=swedish_name))
    return steps


def all_steps(
    service: Service, speaker: Speaker, phone: str | None, url: str | None, swedish_name: str
) -> list[str]:
    """All next steps, the record's own first."""
    own = own_steps(service, speaker)
    general = general_steps(service, speaker, phone, url, swedish_name)
    return [*own, *general]
