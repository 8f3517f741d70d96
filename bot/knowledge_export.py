"""Exports the knowledge as linked data: CPSV-AP 3.2 and schema.org, both as JSON-LD.

Only public services are exported: what a landlord, union or company does is none.
"""

from __future__ import annotations

from typing import Any, Literal

from bot.knowledge import Knowledge
from bot.records import Authority, Service

Format = Literal["cpsv-ap", "schema-org"]
Node = dict[str, Any]

_PUBLIC = ("kommun", "region", "stat", "domstol", "sos")
_SWEDEN = "http://publications.europa.eu/resource/authority/country/SWE"
_CPSV_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LEVELS = {"kommun": "municipality", "region": "region", "stat": "state", "domstol": "court"}


def export(
    knowledge: Knowledge,
    form: Format,
    base: str = "urn:lotsen:",
    municipality: str | None = None,
) -> Node:
    """The whole base as one JSON-LD document.

    Args:
        knowledge: what is exported.
        form: the vocabulary.
        base: beginning of every identifier; end it with `/`, `#` or `:`.
        municipality: SCB code, to name its kommun and region and to work in its exceptions
            and pages; None exports what holds in the country as a whole.
    """
    maker = _CpsvAp if form == "cpsv-ap" else _SchemaOrg
    return maker(knowledge, base, municipality).document()


class _Exporter:
    context: Any = {}

    def __init__(self, knowledge: Knowledge, base: str, municipality: str | None) -> None:
        self.knowledge = knowledge
        self.base = base
        self.municipality = municipality

    def services(self) -> list[Service]:
        found = (
            self.knowledge.service_in(sid, self.municipality)
            for sid in sorted(self.knowledge.services)
        )
        return [service for service in found if service.level in _PUBLIC]

    def bodies(self, service: Service) -> list[Authority]:
        """The public bodies of a service; one without an id of its own is made of `body`."""
        known = self.knowledge.authorities
        found = [known[body] for body in (service.authority, *service.also)]
        public = [authority for authority in found if authority.level in _PUBLIC]
        if known[service.authority].level in _PUBLIC or service.body is None:
            return public
        named = Authority(
            id=f"body_of_{service.id}",
            name=service.body,
            level=service.level,
            confidence=service.confidence,
        )
        return [named, *public]

    def authorities(self) -> list[Authority]:
        found = {body.id: body for service in self.services() for body in self.bodies(service)}
        return [found[body] for body in sorted(found)]

    def words(self, service: str, key: str) -> list[Node]:
        """A field of the wording in every language that has it."""
        return [
            {"@value": getattr(words[service], key), "@language": code}
            for code, words in self.knowledge.service_words.items()
            if service in words
        ]

    def body_name(self, authority: Authority) -> str:
        place = self.knowledge.municipalities.get(self.municipality or "")
        if place and authority.id == "kommun":
            return place.full_name
        if place and authority.id == "region":
            return self.knowledge.regions[place.region].name
        return authority.name

    def links(self, service: Service) -> list[tuple[str, str]]:
        """(kind, address) of the pages, the municipality's own first."""
        own = self.knowledge.local.get(self.municipality or "")
        local = own.links.get(service.id) if own else None
        return [(link.kind, link.url) for link in ((local,) if local else ()) + service.links]

    def phone(self, service: Service) -> str | None:
        own = self.knowledge.local.get(self.municipality or "")
        if own and service.authority == "kommun":
            return own.phones.get(service.id) or own.phone
        return service.phone or self.knowledge.authorities[service.authority].phone

    def id(self, kind: str, name: str) -> str:
        return f"{self.base}{kind}/{name}"

    def document(self) -> Node:
        nodes = [self.service(s) for s in self.services()]
        nodes += [self.authority(a) for a in self.authorities()]
        return {"@context": self.context, "@graph": nodes + self.more()}

    def service(self, service: Service) -> Node:
        raise NotImplementedError

    def authority(self, authority: Authority) -> Node:
        raise NotImplementedError

    def more(self) -> list[Node]:
        return []


class _CpsvAp(_Exporter):
    context = _CPSV_CONTEXT

    def service(self, service: Service) -> Node:
        node: Node = {
            "@id": self.id("service", service.id),
            "@type": "cpsv:PublicService",
            "dct:identifier": service.id,
            "dct:title": self.words(service.id, "name"),
            "dct:description": self.words(service.id, "summary"),
            "cv:hasCompetentAuthority": [
                {"@id": self.id("authority", body.id)} for body in self.bodies(service)
            ],
            "cv:isGroupedBy": {"@id": self.id("event", service.life_event)},
            "dct:spatial": {"@id": _SWEDEN},
        }
        channels = [self._channel(service, i, *link) for i, link in enumerate(self.links(service))]
        if channels:
            node["cv:hasChannel"] = channels
        if phone := self.phone(service):
            node["cv:contactPoint"] = {"@type": "cv:ContactPoint", "cv:telephone": phone}
        if service.source.url:
            node["dct:source"] = {"@id": service.source.url}
        return node

    def _channel(self, service: Service, number: int, kind: str, url: str) -> Node:
        return {
            "@id": self.id("channel", f"{service.id}-{number}"),
            "@type": "cv:Channel",
            "dct:identifier": f"{service.id}-{number}",
            "foaf:page": {"@id": url, "@type": "foaf:Document"},
            "dct:description": {"@value": kind.replace("_", "-"), "@language": "en"},
        }

    def authority(self, authority: Authority) -> Node:
        node: Node = {
            "@id": self.id("authority", authority.id),
            "@type": "cv:PublicOrganisation",
            "dct:identifier": authority.id,
            "skos:prefLabel": {"@value": self.body_name(authority), "@language": "sv"},
            "dct:spatial": {"@id": _SWEDEN},
        }
        if authority.website:
            node["foaf:homepage"] = {"@id": authority.website, "@type": "foaf:Document"}
        return node

    def more(self) -> list[Node]:
        events = sorted({service.life_event for service in self.services()})
        named: list[Node] = [
            {
                "@id": self.id("event", event),
                "@type": ["cv:Event", "cv:LifeEvent"],
                "dct:identifier": event,
                "dct:title": {"@value": event.replace("_", " "), "@language": "sv"},
            }
            for event in events
        ]
        return [*named, {"@id": _SWEDEN, "@type": "dct:Location"}]


class _SchemaOrg(_Exporter):
    context = {"@vocab": "https://schema.org/"}

    def service(self, service: Service) -> Node:
        node: Node = {
            "@id": self.id("service", service.id),
            "@type": "GovernmentService",
            "identifier": service.id,
            "name": self.words(service.id, "name"),
            "description": self.words(service.id, "summary"),
            "serviceOperator": {"@id": self.id("authority", self.bodies(service)[0].id)},
            "jurisdiction": _LEVELS.get(service.level, "emergency number"),
            "areaServed": {"@type": "Country", "name": "SE"},
        }
        channels: list[Node] = [
            {"@type": "ServiceChannel", "serviceUrl": {"@id": url}}
            for _, url in self.links(service)
        ]
        if phone := self.phone(service):
            point = {"@type": "ContactPoint", "telephone": phone}
            channels.append({"@type": "ServiceChannel", "servicePhone": point})
        if channels:
            node["availableChannel"] = channels
        if service.source.checked:
            node["dateModified"] = service.source.checked.isoformat()
        return node

    def authority(self, authority: Authority) -> Node:
        node: Node = {
            "@id": self.id("authority", authority.id),
            "@type": "GovernmentOrganization",
            "name": {"@value": self.body_name(authority), "@language": "sv"},
        }
        if authority.website:
            node["url"] = {"@id": authority.website}
        if authority.phone:
            node["telephone"] = authority.phone
        return node
