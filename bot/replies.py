"""What Lotsen replies, apart from how it is sent: used by the actions and by the gateway alone.

A `Reply` names a text of knowledge/texts/ and the values it shows, with card and buttons.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.cards import Card, answer_card, clarify_card, emergency_card, none_card
from bot.care import CARE
from bot.detect import OTHER_SCRIPT
from bot.feedback import JUDGEMENTS
from bot.knowledge import Knowledge
from bot.matcher import Match
from bot.steps import Speaker
from bot.wording import Catalogue

NEITHER = "none_of_these"  # the option that says it is none of the others
NEAR = 0.05  # of 1: a less likely matter is not offered to somebody who was not understood
_NEAR_AT_MOST = 3


@dataclass(frozen=True)
class Reply:
    """One message. `service` is the matter of its card, `options` what may be chosen next."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    card: Card | None = None
    buttons: list[dict[str, str]] = field(default_factory=list)
    service: str | None = None
    options: tuple[str, ...] = ()


class Replies:
    """Makes replies from the knowledge base in one language for one municipality.

    Args:
        knowledge: where the facts are.
        catalogue: where the words are.
        language: the person's.
        municipality: SCB code, None where it is not known.
        easy: short and simple wording.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        catalogue: Catalogue,
        language: str,
        municipality: str | None = None,
        *,
        easy: bool = False,
    ) -> None:
        self.knowledge = knowledge
        self.language = language
        self.municipality = municipality
        self.easy = easy
        self.speaker = Speaker(knowledge, catalogue, language, municipality)
        self._dir = knowledge.languages.direction(language)
        self._catalogue = catalogue

    def in_swedish(self) -> Callable[..., str]:
        """Texts in Swedish whatever the person's language: what is said at the desk."""
        return Speaker(self.knowledge, self._catalogue, "sv").say

    def to(self, match: Match) -> list[Reply]:
        """The replies to a verdict: one, or more where care or a second matter comes with it."""
        replies = self._to_one(match)
        if match.second is not None:
            replies += [Reply("utter_second"), *self._to_one(match.second)]
        return replies

    def _to_one(self, match: Match) -> list[Reply]:
        if match.verdict == "emergency":
            return [self.emergency()]
        if match.verdict == "answer":
            return self.cared_answer(match.candidates[0].service)
        if match.verdict == "clarify":
            return [self.clarify(list(match.options), match.boundary)]
        near = [c.service for c in match.candidates if c.score >= NEAR]
        if match.language.is_unknown and (not near or match.language.script == OTHER_SCRIPT):
            return [self.language_unknown()]
        return [self.not_understood(near, is_abroad=match.is_abroad)]

    def emergency(self, *, violence: bool = False) -> Reply:
        """112 first; with the helpline for violence by someone close where that fits."""
        values = {"violence": self.speaker.say("emergency_violence") if violence else ""}
        lines = self.speaker.say("utter_emergency", **values).split("\n")
        card = emergency_card(lines, self.language, self._dir)
        return Reply("utter_emergency", values, card)

    def cared_answer(self, service: str) -> list[Reply]:
        """The card of a service, after a kind word where the matter needs one."""
        care = CARE.get(service)
        return [*([Reply(care)] if care else []), self.answer(service)]

    def answer(self, service: str) -> Reply:
        """The card of a service.

        Raises:
            KeyError: if the service is unknown.
        """
        card = answer_card(
            self.knowledge,
            self._catalogue,
            service,
            self.language,
            self.municipality,
            easy=self.easy,
        )
        key = "utter_answer_split" if card["split"] else "utter_answer"
        return Reply(
            "utter_answer_easy" if self.easy else key,
            self._answer_values(card),
            card,
            self._judgements(service),
            service=service,
        )

    def _judgements(self, service: str) -> list[dict[str, str]]:
        """Buttons that say whether the card was right."""
        return [
            _button(
                self.speaker.say(f"feedback_{judgement}"),
                "give_feedback",
                judgement=judgement,
                service=service,
            )
            for judgement in JUDGEMENTS
        ]

    def _answer_values(self, card: Card) -> dict[str, Any]:
        explained = card["authority_explained"]
        authority = card["authority_name"]
        named_by_level = card["authority"] in ("kommun", "region")
        if explained and self.language != "sv" and not (self.easy or named_by_level):
            authority = f"{authority} – {explained}"
        return {
            "title": card["title"],
            "authority": authority,
            "level": card["level_name"],
            "summary": card["summary"],
            "why": card["why"],
            "not_here": "; ".join(
                named_reason(n["authority_name"], n["reason"]).rstrip(".") for n in card["not_here"]
            ),
            "steps": [f"{i}. {step}" for i, step in enumerate(card["steps"], start=1)],
            "say": card["say"][0]["swedish"] if card["say"] else "",
            "source": card["source"]["url"],
            "checked": card["source"]["checked"],
            **self._notes(card),
        }

    def _notes(self, card: Card) -> dict[str, str]:
        """The notes a card carries; empty ones are left out of the text."""
        wanted = {
            "note_unchecked": card["confidence"] == "unchecked",
            "note_fallback": card["fallback"],
            "note_draft": card["review"] == "draft",
        }
        return {
            key: self._catalogue.text(key, self.language) if shown else ""
            for key, shown in wanted.items()
        }

    def clarify(self, services: list[str], boundary: str | None) -> Reply:
        """The deciding question of a boundary, or which of some services is meant."""
        if not boundary:
            return self._choice("utter_clarify", services)
        words, _ = self.knowledge.boundary_wording(boundary, self.language)
        labels = {service: words.options[service] for service in services}
        return self._choice("utter_clarify", services, words.question, labels)

    def not_understood(self, near: list[str], *, is_abroad: bool = False) -> Reply:
        """Says so, or that it is another country's; the nearest matters, or where people answer."""
        if near:
            return self._choice("utter_none_near", near[:_NEAR_AT_MOST], type_="none")
        key = "utter_none_abroad" if is_abroad else "utter_none"
        return Reply(key, card=none_card(self.language, self._dir))

    def language_unknown(self) -> Reply:
        """Names the languages Lotsen knows."""
        names = ", ".join(language.name for language in self.knowledge.languages)
        card = none_card(self.language, self._dir)
        return Reply("utter_language_unknown", {"languages": names}, card)

    def lost(self) -> Reply:
        """The second time in a row: no third try."""
        return Reply("utter_lost")

    def not_meant(self, near: list[str]) -> Reply:
        """The card was not what the person meant: the next likely matters."""
        if near:
            return self._choice("utter_feedback_not_meant", near[:_NEAR_AT_MOST])
        return Reply("utter_feedback_not_meant_open")

    def _choice(
        self,
        key: str,
        services: list[str],
        question: str = "",
        labels: dict[str, str] | None = None,
        type_: str = "clarify",
    ) -> Reply:
        labels = labels or {s: self.knowledge.wording(s, self.language)[0].name for s in services}
        question = question or self.speaker.say("utter_clarify_generic")
        options = [{"label": labels[s], "service": s} for s in services]
        numbered = [f"{i}. {o['label']}" for i, o in enumerate(options, start=1)]
        neither = self.speaker.say("utter_clarify_neither")
        card = clarify_card(question, options, self.language, self._dir)
        return Reply(
            key,
            {"question": question, "options": numbered},
            card | {"type": type_},
            [
                *(_button(o["label"], "choose_service", service=o["service"]) for o in options),
                _button(neither, "choose_service", service=NEITHER),
            ],
            options=tuple(services),
        )

    def chosen(self, chosen: str) -> list[Reply]:
        """What a button of a choice leads to: a card, another try, or word that it is too old."""
        if chosen == NEITHER:
            return [Reply("utter_chosen_none")]
        if chosen in self.knowledge.services:
            return self.cared_answer(chosen)
        return [Reply("utter_old_button")]


def named_reason(name: str, reason: str) -> str:
    """A neighbour's reason, with its name before it unless it begins with that."""
    short = name.split(" (")[0]  # "CSN (Centrala studiestödsnämnden)"
    return reason if reason.startswith(short) else f"{name}: {reason}"


def _button(title: str, intent: str, **entities: str) -> dict[str, str]:
    return {"title": title, "payload": f"/{intent}{json.dumps(entities, separators=(',', ':'))}"}
