"""The cards of the contract, picked from the knowledge base; nothing in them is generated."""

from __future__ import annotations

from typing import Any

from bot.knowledge import Knowledge
from bot.records import LocalOverlay, Service
from bot.steps import Speaker, all_steps, is_split
from bot.wording import Catalogue

Card = dict[str, Any]


def answer_card(
    knowledge: Knowledge,
    catalogue: Catalogue,
    service_id: str,
    language: str,
    municipality: str | None = None,
    easy: bool = False,
) -> Card:
    """The card of one service in one language.

    Args:
        knowledge: where the facts are.
        catalogue: where the fixed words are.
        service_id: a service of the knowledge base.
        language: the person's; parts that do not exist in it fall back, and say so.
        municipality: SCB code, to name the kommun and region and their contacts.
        easy: use the easy summary where the language has one.

    Raises:
        KeyError: if the service is unknown.
    """
    service = knowledge.service_in(service_id, municipality)
    speaker = Speaker(knowledge, catalogue, language, municipality)
    words, words_language = knowledge.wording(service_id, language)
    swedish, _ = knowledge.wording(service_id, "sv")
    why, why_language, not_here = _why(knowledge, catalogue, service, language)
    name, phone = body_of(knowledge, service, municipality)
    links = _links(knowledge, catalogue, service, language, municipality)
    source = service.source
    return {
        "type": "answer",
        "service": service.id,
        "authority": service.authority,
        "authority_name": name,
        "authority_explained": knowledge.authority_explained(service.authority, language),
        "level": service.level,
        "level_name": catalogue.text(f"level_{service.level}", language),
        "title": words.name,
        "summary": (words.easy if easy else None) or words.summary,
        "why": why,
        "not_here": not_here,
        "steps": all_steps(
            service, speaker, phone, links[0]["url"] if links else None, swedish.name
        ),
        "split": is_split(service),
        "links": links,
        "phone": phone,
        "office": None,
        "say": []
        if language == "sv"
        else [
            {
                "swedish": catalogue.text("say_matter", "sv", name=swedish.name),
                "meaning": catalogue.text("say_matter", language, name=words.name),
            },
            {
                "swedish": catalogue.text("say_who", "sv"),
                "meaning": catalogue.text("say_who", language),
            },
        ],
        "source": {
            "url": source.url,
            "checked": source.checked.isoformat() if source.checked else None,
        },
        "confidence": service.confidence,
        "review": words.review if language != "sv" else "checked",
        "fallback": {words_language, why_language} != {language},
        "language": language,
        "dir": knowledge.languages.direction(language),
    }


def body_of(
    knowledge: Knowledge, service: Service, municipality: str | None
) -> tuple[str, str | None]:
    """Name and phone of the responsible body, of the person's own municipality if known."""
    authority = knowledge.authorities[service.authority]
    place = knowledge.municipalities.get(municipality or "")
    if place and service.authority == "kommun":
        local: LocalOverlay | None = knowledge.local.get(place.code)
        return place.full_name, local.phone if local else None
    if place and service.authority == "region":
        return knowledge.regions[place.region].name, service.phone or authority.phone
    return service.body or authority.name, service.phone or authority.phone


def _why(
    knowledge: Knowledge, catalogue: Catalogue, service: Service, language: str
) -> tuple[str, str, list[Card]]:
    """(why, its language, why not the neighbours) with the fallbacks of the language."""
    for code in (language, "en", "sv"):
        words = knowledge.service_words.get(code, {}).get(service.id)
        if words and words.why:
            neighbours = [
                {
                    "authority": authority,
                    "authority_name": knowledge.authorities[authority].name,
                    "reason": reason,
                }
                for authority, reason in words.not_here.items()
            ]
            return words.why, code, neighbours
    generic = catalogue.text(
        "utter_why_generic",
        language,
        title=knowledge.wording(service.id, language)[0].name,
        authority=service.body or knowledge.authorities[service.authority].name,
        level=catalogue.text(f"level_{service.level}", language),
        explained=knowledge.authority_explained(service.authority, language),
    )
    return generic, language, []


def _links(
    knowledge: Knowledge,
    catalogue: Catalogue,
    service: Service,
    language: str,
    municipality: str | None,
) -> list[Card]:
    local = knowledge.local.get(municipality or "")
    own = local.links.get(service.id) if local else None
    found = [(link.kind, link.url) for link in ((own, *service.links) if own else service.links)]
    site = knowledge.authorities[service.authority].website
    if service.authority == "kommun" and local and local.website:
        site = local.website
    if not found and site:
        found = [("info", site)]
    return [
        {"label": catalogue.text(f"link_{kind}", language), "url": url, "kind": kind}
        for kind, url in found
    ]


def clarify_card(question: str, options: list[Card], language: str, direction: str) -> Card:
    """The card of a deciding question; options are `{"label", "service"}`."""
    return {
        "type": "clarify",
        "question": question,
        "options": options,
        "language": language,
        "dir": direction,
    }


def emergency_card(lines: list[str], language: str, direction: str) -> Card:
    """The card that says 112 first; `lines` are what is said."""
    return {
        "type": "emergency",
        "phone": "112",
        "title": lines[0],
        "steps": lines[1:],
        "language": language,
        "dir": direction,
    }


def none_card(language: str, direction: str) -> Card:
    """The card of a text that is nobody's matter, or was not understood."""
    return {"type": "none", "language": language, "dir": direction}
