"""The next steps of a service as sentences: first those of its record, then the general ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge import Knowledge
from bot.records import Service, Step
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


def is_split(service: Service) -> bool:
    """Whether the steps lead to more than one body; an appeal later does not count."""
    return len({step.at or service.authority for step in service.steps if not _later(step)}) > 1


def _later(step: Step) -> bool:
    return step.when is not None or step.do in ("appeal", "request_review", "complain")


def things_of(service: Service) -> list[str]:
    """What the steps say to have at hand, each once, in their order."""
    named = [thing for step in service.steps for thing in step.what]
    return list(dict.fromkeys(named))


def own_steps(service: Service, speaker: Speaker) -> list[str]:
    """The steps of the record as sentences; a verb without a text is left out."""
    sentences = []
    for step in service.steps:
        things = speaker.things(step.what)
        if speaker.has(f"do_{step.do}"):
            where = _where(step, service, speaker)
            text = speaker.say(f"do_{step.do}", authority=where, things=things)
            before = f"{speaker.say(f'when_{step.when}')} " if step.when else ""
            sentences.append(before + _sentence(text))
    return sentences


def _where(step: Step, service: Service, speaker: Speaker) -> str:
    """The body or the party at which a step is taken."""
    if step.who:
        return speaker.say(f"who_{step.who}")
    if step.at in (None, service.authority) and service.body:
        return service.body
    return speaker.body(step.at or service.authority)


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
    elif service.level == "kommun" and not service.steps:
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
