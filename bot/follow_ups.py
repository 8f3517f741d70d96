"""Replies to what people ask on about the last card: only what the knowledge base says."""

from __future__ import annotations

from typing import Any

from bot.cards import Card
from bot.language_names import swedish_name
from bot.named_bodies import named_bodies
from bot.offices_card import office_reply
from bot.replies import Replies, Reply, named_reason
from bot.steps import things_of

_UNDER_ADMINISTRATIVE_LAW = ("kommun", "region", "stat")  # förvaltningslagen; not courts


class FollowUps:
    """Answers about one service, by a person's question."""

    def __init__(self, replies: Replies, service: str) -> None:
        self._replies = replies
        self._say = replies.speaker.say
        self._knowledge = replies.knowledge
        self._record = self._knowledge.service_in(service, replies.municipality)
        self._answer = replies.answer(service)
        self._card: Card = self._answer.card or {}
        links = self._card["links"]
        self._facts: dict[str, Any] = {
            "authority": self._card["authority_name"],
            "title": self._card["title"],
            "phone": self._card["phone"],
            "url": links[0]["url"] if links else None,
            "source": self._card["source"]["url"],
            "checked": self._card["source"]["checked"],
            "note_unchecked": self._answer.values["note_unchecked"],
        }

    @property
    def needs_place(self) -> bool:
        """Whether office, hours and phone depend on a municipality that is not known."""
        return self._record.level == "kommun" and not self._replies.municipality

    def _reply(self, key: str, **more: Any) -> Reply:  # noqa: ANN401 - what a text can show
        return Reply(key, self._facts | more, service=self._record.id)

    def phone(self) -> Reply:
        """The phone of the body, or where to find it."""
        if self._facts["phone"]:
            return self._reply("utter_phone")
        return self._reply(
            "utter_phone_unknown" if self._facts["url"] else "utter_phone_unknown_kommun"
        )

    def visit(self, about: str) -> Reply:
        """Where (`about` office) or when (`hours`) one can visit: only what is verified."""
        offices = office_reply(self._replies, self._record)
        if offices:
            return offices
        if self._facts["url"]:
            return self._reply(f"utter_{about}")
        return self._reply(
            f"utter_{about}_phone" if self._facts["phone"] else f"utter_{about}_unknown"
        )

    def e_service(self) -> Reply:
        """The links of the service."""
        links = [f"{link['label']}: {link['url']}" for link in self._card["links"]]
        return self._reply("utter_e_service" if links else "utter_no_e_service", links=links)

    def why(self, text: str) -> Reply:
        """Why this body; where the text names another one, why not that."""
        accepted = self._knowledge.accepted(self._record.id)
        named = named_bodies(text, self._knowledge)
        others = [body for body in named if body != self._record.authority]
        if not others:
            return Reply("utter_why", self._answer.values, service=self._record.id)
        other = self._replies.speaker.body(others[0])
        if others[0] in accepted:
            return self._reply("utter_why_also", other=other)
        for neighbour in self._card["not_here"]:
            if neighbour["authority"] == others[0]:
                reason = named_reason(neighbour["authority_name"], neighbour["reason"])
                return self._reply("utter_why_not", reason=reason)
        explained = self._knowledge.authority_explained(others[0], self._replies.language)
        return self._reply("utter_why_not_generic", other=other, explained=explained.rstrip("."))

    def documents(self) -> Reply:
        """What to have at hand: what the steps say."""
        things = [f"- {self._say(f'thing_{thing}')}" for thing in things_of(self._record)]
        return self._reply(
            "utter_documents" if things else "utter_documents_unknown", things=things
        )

    def cost(self) -> Reply:
        """The cost where a source says it; else who can say it."""
        free = any(step.do == "free" for step in self._record.steps)
        sourced = self._record.confidence != "unchecked"
        return self._reply("utter_cost_free" if free and sourced else "utter_cost_unknown")

    def how_long(self) -> Reply:
        """Who can say how long it takes, and what the law says about waiting."""
        public = self._record.level in _UNDER_ADMINISTRATIVE_LAW
        return self._reply("utter_how_long", law=self._say("law_delay") if public else "")

    def words(self) -> Reply:
        """What to say in Swedish, each line with what it means."""
        said = list(self._card["say"]) or _said_in_swedish(self._replies, self._card["title"])
        if self._replies.language not in ("sv", "en"):
            said.append(interpreter_wanted(self._replies))
        lines = [
            f"”{line['swedish']}”"
            + (f" – {line['meaning']}" if line["meaning"] != line["swedish"] else "")
            for line in said
        ]
        return self._reply("utter_words", lines=lines)

    def right_door(self, text: str) -> Reply:
        """For somebody who was sent on: who must take it, what the law says, what to say."""
        public = self._record.level in _UNDER_ADMINISTRATIVE_LAW
        right = self._record.authority in named_bodies(text, self._knowledge)
        swedish = self._replies.in_swedish()
        name = self._knowledge.wording(self._record.id, "sv")[0].name
        ask = swedish("say_answer_written" if right else "say_guide")
        say = f"{swedish('say_matter', name=name)}. {ask}"
        key = "utter_sent_away_right" if right else "utter_sent_away"
        return self._reply(key, law=self._say("law_guidance") if public else "", say=say)


def right_door_open(replies: Replies) -> Reply:
    """For somebody who was sent on and has not said with what."""
    return Reply("utter_sent_away_open", {"law": replies.speaker.say("law_guidance")})


def interpreter_wanted(replies: Replies) -> dict[str, str]:
    """The Swedish sentence that asks for an interpreter, and its meaning."""
    language = replies.knowledge.languages.get(replies.language)
    return {
        "swedish": replies.in_swedish()("say_interpreter", language=swedish_name(language.code)),
        "meaning": replies.speaker.say("say_interpreter", language=language.name),
    }


def _said_in_swedish(replies: Replies, title: str) -> list[dict[str, str]]:
    lines = (replies.speaker.say("say_matter", name=title), replies.speaker.say("say_who"))
    return [{"swedish": line, "meaning": line} for line in lines]
