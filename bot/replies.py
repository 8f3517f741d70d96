"""What Lotsen replies, apart from how it is sent: used by the actions and by the gateway alone.

A `Reply` names a text of knowledge/texts/ and the values it shows, with card and buttons.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.cards import Card, answer_card, clarify_card, emergency_card, none_card
from bot.knowledge import Knowledge
from bot.matcher import Match
from bot.wording import Catalogue

NEITHER = "none_of_these"  # the option that says it is none of the others


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
    """Makes replies from the knowledge base in one language for one municipality."""

    def __init__(
        self,
        knowledge: Knowledge,
        catalogue: Catalogue,
        language: str,
        municipality: str | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._catalogue = catalogue
        self._language = language
        self._municipality = municipality
        self._dir = knowledge.languages.direction(language)

    def to(self, match: Match) -> Reply:
        """The reply to a verdict."""
        if match.verdict == "emergency":
            return Reply(
                "utter_emergency", card=emergency_card(self._catalogue, self._language, self._dir)
            )
        if match.verdict == "answer":
            return self.answer(match.candidates[0].service)
        if match.verdict == "clarify":
            return self.clarify(list(match.options), match.boundary)
        return Reply("utter_none", card=none_card(self._language, self._dir))

    def answer(self, service: str) -> Reply:
        """The card of a service.

        Raises:
            KeyError: if the service is unknown.
        """
        card = answer_card(
            self._knowledge, self._catalogue, service, self._language, self._municipality
        )
        return Reply("utter_answer", self._answer_values(card), card, service=service)

    def _answer_values(self, card: Card) -> dict[str, Any]:
        explained = card["authority_explained"]
        authority = card["authority_name"]
        if explained and self._language != "sv":
            authority = f"{authority} – {explained}"
        return {
            "title": card["title"],
            "authority": authority,
            "level": card["level_name"],
            "summary": card["summary"],
            "why": card["why"],
            "not_here": "; ".join(
                f"{n['authority_name']}: {n['reason'].rstrip('.')}" for n in card["not_here"]
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
            key: self._catalogue.text(key, self._language) if shown else ""
            for key, shown in wanted.items()
        }

    def clarify(self, services: list[str], boundary: str | None) -> Reply:
        """The deciding question of a boundary, or which of some services is meant."""
        labels = {s: self._knowledge.wording(s, self._language)[0].name for s in services}
        question = self._catalogue.text("utter_clarify_generic", self._language)
        if boundary:
            words, _ = self._knowledge.boundary_wording(boundary, self._language)
            question, labels = words.question, {s: words.options[s] for s in services}
        neither = self._catalogue.text("utter_clarify_neither", self._language)
        options = [{"label": labels[s], "service": s} for s in services]
        numbered = [f"{i}. {o['label']}" for i, o in enumerate(options, start=1)]
        return Reply(
            "utter_clarify",
            {"question": question, "options": numbered},
            clarify_card(question, options, self._language, self._dir),
            [*(_button(o["label"], o["service"]) for o in options), _button(neither, NEITHER)],
            options=tuple(services),
        )

    def phone(self, service: str) -> Reply:
        """The phone of the service's body, or where to find it."""
        card = self.answer(service).card or {}
        values = {"authority": card["authority_name"], "phone": card["phone"]}
        if card["phone"]:
            return Reply("utter_phone", values, service=service)
        if card["links"]:
            url = {"url": card["links"][0]["url"]}
            return Reply("utter_phone_unknown", values | url, service=service)
        return Reply("utter_phone_unknown_kommun", values, service=service)

    def visit(self, service: str, about: str) -> Reply:
        """Where (`about` office) or when (`hours`) one can visit: only what is verified."""
        card = self.answer(service).card or {}
        values = {"authority": card["authority_name"], "phone": card["phone"]}
        if card["links"]:
            return Reply(
                f"utter_{about}", values | {"url": card["links"][0]["url"]}, service=service
            )
        key = f"utter_{about}_phone" if card["phone"] else f"utter_{about}_unknown"
        return Reply(key, values, service=service)

    def e_service(self, service: str) -> Reply:
        """The links of the service."""
        card = self.answer(service).card or {}
        links = [f"{link['label']}: {link['url']}" for link in card["links"]]
        key = "utter_e_service" if links else "utter_no_e_service"
        return Reply(key, {"authority": card["authority_name"], "links": links}, service=service)

    def why(self, service: str) -> Reply:
        """Why this body, and why not the others."""
        reply = self.answer(service)
        return Reply("utter_why", reply.values, service=service)

    def person(self) -> Reply:
        """Where a person answers."""
        local = self._knowledge.local.get(self._municipality or "")
        place = self._knowledge.municipalities.get(self._municipality or "")
        contact = f"{place.full_name}: {local.phone}" if local and place and local.phone else ""
        return Reply("utter_person", {"municipality_contact": contact})


def _button(title: str, service: str) -> dict[str, str]:
    payload = json.dumps({"service": service}, separators=(",", ":"))
    return {"title": title, "payload": f"/choose_service{payload}"}
