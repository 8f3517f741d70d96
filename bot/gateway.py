"""The only public door: web pages and the HTTP API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from bot import problems
from bot.api_models import (
    BoundaryFound,
    CandidateFound,
    ChatReply,
    ChatRequest,
    Health,
    LanguageFound,
    LanguageListed,
    MatchReply,
    MatchRequest,
    MunicipalityListed,
    OptionFound,
    PartHealth,
    ServiceListed,
)
from bot.assistant import Assistant, load_assistant
from bot.chat import Chat
from bot.host_sites import add_host_sites, allow_origins, allowed_origins
from bot.kiosk import add_demo, add_kiosk
from bot.knowledge import Knowledge
from bot.limits import RateLimit
from bot.matcher import Match
from bot.pages import Pages, add_page_headers, add_pages
from bot.privacy import redact
from bot.problems import ApiError
from bot.release import Releases, build_release
from bot.settings import Settings, load_settings
from bot.training import index_state

logger = logging.getLogger("lotsen.gateway")


def create_app(settings: Settings | None = None, assistant: Assistant | None = None) -> FastAPI:
    """Make the application.

    Args:
        settings: read from the environment where None.
        assistant: loaded from the index where None.
    """
    settings = settings or load_settings()
    assistant = assistant or load_assistant(settings)
    client = httpx.AsyncClient(base_url=settings.rasa_url, timeout=settings.rasa_timeout)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await client.aclose()

    app = FastAPI(
        title="Lotsen",
        version="0.1.0",
        description="Who do I turn to with this? Routes a question to the responsible body.",
        lifespan=lifespan,
    )
    problems.install(app)
    origins = allowed_origins(settings)
    releases = Releases(build_release(), settings.releases)
    app.add_middleware(RateLimit, per_minute=settings.rate_limit)
    chat = Chat(assistant, client)
    _add_questions(app, assistant, chat, settings)
    _add_lists(app, assistant.knowledge)
    _add_health(app, assistant, client, settings)
    add_host_sites(app, releases, settings)
    pages = Pages(assistant, settings, releases)
    add_pages(app, pages, chat)
    add_kiosk(app, pages, settings)
    add_demo(app, pages)
    add_page_headers(app, origins)
    allow_origins(app, origins)
    return app


def _add_questions(app: FastAPI, assistant: Assistant, chat: Chat, settings: Settings) -> None:
    @app.post("/api/match", tags=["questions"], response_model_exclude_unset=True)
    async def match(request: MatchRequest) -> MatchReply:
        """Say what a question is about: verdict, candidates, the deciding question."""
        check_codes(request.language, request.municipality, assistant.knowledge)
        text = redact(request.text)
        found = await asyncio.to_thread(assistant.matcher.match, text, request.language)
        return match_reply(found, assistant, request.language)

    @app.post("/api/chat", tags=["questions"])
    async def talk(request: ChatRequest) -> ChatReply:
        """One turn of a conversation."""
        check_message(request.message, settings.message_limit)
        check_codes(request.language, request.municipality, assistant.knowledge)
        return await chat.reply(request)


def _add_lists(app: FastAPI, knowledge: Knowledge) -> None:
    @app.get("/api/services", tags=["knowledge"])
    def services(language: str = "sv") -> list[ServiceListed]:
        """Every service in a language."""
        check_codes(language, None, knowledge)
        return [
            ServiceListed(
                id=service.id,
                name=knowledge.wording(service.id, language)[0].name,
                summary=knowledge.wording(service.id, language)[0].summary,
                authority=service.authority,
                level=service.level,
                life_event=service.life_event,
                confidence=service.confidence,
            )
            for service in knowledge.services.values()
        ]

    @app.get("/api/municipalities", tags=["knowledge"])
    def municipalities() -> list[MunicipalityListed]:
        """The 290 municipalities."""
        return [
            MunicipalityListed(code=m.code, name=m.name, region=knowledge.regions[m.region].name)
            for m in knowledge.municipalities.values()
        ]

    @app.get("/api/languages", tags=["knowledge"])
    def languages() -> list[LanguageListed]:
        """The languages of the picker."""
        return [
            LanguageListed(code=x.code, name=x.name, dir=x.dir, complete=x.complete)
            for x in knowledge.languages
        ]


def _add_health(
    app: FastAPI, assistant: Assistant, client: httpx.AsyncClient, settings: Settings
) -> None:
    @app.get("/health", tags=["operation"])
    async def health() -> Health:
        """How each part is."""
        rasa = await _probe(client, "/status")
        actions = await _probe(client, f"{settings.actions_url}/health")
        state = await asyncio.to_thread(index_state, settings)
        stale = PartHealth(status="stale", detail=f"the index is {state}: run `lots train`")
        parts = {
            "gateway": PartHealth(status="ok"),
            "rasa": rasa,
            "actions": actions,
            "knowledge": PartHealth(status="ok") if state == "current" else stale,
        }
        whole = "ok" if all(part.status != "down" for part in parts.values()) else "degraded"
        return Health(
            status=whole,
            parts=parts,
            knowledge_version=assistant.knowledge.version,
        )


async def _probe(client: httpx.AsyncClient, url: str) -> PartHealth:
    try:
        response = await client.get(url, timeout=2.0)
        response.raise_for_status()
    except httpx.HTTPError as error:
        return PartHealth(status="down", detail=type(error).__name__)
    return PartHealth(status="ok")


def match_reply(match: Match, assistant: Assistant, language: str | None) -> MatchReply:
    """A verdict in the contract's form; the question in the person's language."""
    boundary = None
    if match.boundary:
        code = language or match.language.code or "sv"
        words, _ = assistant.knowledge.boundary_wording(match.boundary, code)
        options = [
            OptionFound(label=words.options[service], service=service) for service in match.options
        ]
        boundary = BoundaryFound(id=match.boundary, question=words.question, options=options)
    reply = MatchReply(
        language=LanguageFound(
            code=match.language.code,
            confidence=round(match.language.confidence, 4),
            script=match.language.script,
        ),
        verdict=match.verdict,
        candidates=[CandidateFound(**vars(c)) for c in match.candidates],
        boundary=boundary,
        knowledge_version=match.knowledge_version,
    )
    if match.second:
        reply.second = match_reply(match.second, assistant, language)
    return reply


def check_message(message: str, limit: int) -> None:
    """Refuse empty and endless messages.

    Raises:
        ApiError: 422, with what to do.
    """
    if not message.strip():
        raise ApiError(422, "message_empty", "The message is empty. Write what has happened.")
    if len(message) > limit:
        raise ApiError(
            422,
            "message_too_long",
            f"The message has {len(message)} characters; at most {limit} are read. Shorten it.",
        )


def check_codes(language: str | None, municipality: str | None, knowledge: Knowledge) -> None:
    """Refuse unknown language and municipality codes.

    Raises:
        ApiError: 422, naming the codes that are known.
    """
    if language is not None and language not in knowledge.languages:
        known = ", ".join(knowledge.languages.codes)
        raise ApiError(422, "unknown_language", f"Unknown language code. Known: {known}.")
    if municipality is not None and municipality not in knowledge.municipalities:
        raise ApiError(
            422,
            "unknown_municipality",
            "Unknown municipality code. Use the four digits of /api/municipalities.",
        )
