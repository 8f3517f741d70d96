"""The web pages: the chat, /ask, which works without script, and a card by its address."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader
from pydantic import ValidationError

from bot.api_models import ChatReply, ChatRequest
from bot.assistant import Assistant
from bot.chat import Chat
from bot.host_sites import base_url, frame_ancestors
from bot.page_faults import add_fault_pages
from bot.qr import qr_code
from bot.release import WEB, Releases, strings_of
from bot.settings import Settings


def add_pages(app: FastAPI, pages: Pages, chat: Chat) -> None:
    """Serve the chat, the page without script, and cards by address."""

    @app.get("/", include_in_schema=False)
    async def page(request: Request, lang: str = "", municipality: str = "") -> HTMLResponse:
        return pages.render(request, "page.html", lang, municipality)

    @app.get("/embedded", include_in_schema=False)
    async def embedded(request: Request, lang: str = "", municipality: str = "") -> HTMLResponse:
        return pages.render(request, "page.html", lang, municipality, is_framed=True)

    @app.get("/ask", include_in_schema=False)
    async def empty_form(request: Request, lang: str = "", municipality: str = "") -> HTMLResponse:
        chosen = pages.known_language(lang)
        return pages.render(request, "ask.html", lang, municipality, chosen=chosen)

    @app.post("/ask", include_in_schema=False)
    async def ask(
        request: Request,
        message: Annotated[str, Form()] = "",
        language: Annotated[str, Form()] = "",
        municipality: Annotated[str, Form()] = "",
        session: Annotated[str, Form()] = "",
        chosen: Annotated[str, Form()] = "",
    ) -> HTMLResponse:
        # `chosen` is the language picked for the visit; `language` that of this question.
        picked = pages.known_language(language if not message.startswith("/") else chosen)
        error = pages.error_in(message)
        if error:
            return pages.render(
                request,
                "ask.html",
                picked or "",
                municipality,
                422,
                message=message,
                error=error,
                chosen=picked,
            )
        reply = await chat.reply(_request_of(pages, session, message, language, municipality))
        return pages.render(
            request,
            "ask.html",
            picked or _language_of(reply),
            municipality,
            message=message,
            session=reply.session,
            notice=reply.notice,
            chosen=picked,
            messages=[unbroken(m.model_dump()) for m in reply.messages],
        )

    @app.get("/card/{service}", include_in_schema=False)
    async def card(
        request: Request, service: str, lang: str = "", municipality: str = ""
    ) -> HTMLResponse:
        shown = pages.card(service, pages.language(lang, request), municipality)
        if shown is None:
            return pages.render(
                request, "ask.html", lang, municipality, 404, error="permalink_gone"
            )
        return pages.render(request, "ask.html", lang, municipality, messages=[unbroken(shown)])

    def fault_page(request: Request, status: int, code: str, written: str) -> Response:
        return pages.render(
            request, "ask.html", "", "", status, error=f"error_{code}", message=written
        )

    add_fault_pages(app, fault_page)


def unbroken(data: Any) -> Any:  # noqa: ANN401 - JSON
    """The same data with numbers kept together, as in dom.js: "114 14" among Arabic letters too."""
    if isinstance(data, str):
        return re.sub(r"(?<=\d) (?=\d)", "\u00a0", data)
    if isinstance(data, list):
        return [unbroken(one) for one in data]
    if isinstance(data, dict):
        return {name: unbroken(value) for name, value in data.items()}
    return data


def _language_of(reply: ChatReply) -> str:
    """The person's language: a text may be in another where theirs has none yet, a card says so."""
    card = reply.messages[-1].card or {}
    return str(card.get("language", reply.language))


def _request_of(
    pages: Pages, session: str, message: str, language: str, municipality: str
) -> ChatRequest:
    known = pages.known_language(language)
    try:
        return ChatRequest(
            session=session or None,
            message=message,
            language=known,
            municipality=pages.known_municipality(municipality),
        )
    except ValidationError:  # a session id somebody made up
        return ChatRequest(message=message, language=known)


def add_page_headers(app: FastAPI, origins: list[str]) -> None:
    """Everything a page needs comes from here; the allowed origins may frame it."""
    policy = "; ".join(
        [
            "default-src 'self'",
            "img-src 'self' data:",
            "base-uri 'none'",
            "object-src 'none'",
            "form-action 'self'",
            frame_ancestors(origins),
        ]
    )
    fixed = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }

    @app.middleware("http")
    async def headers(request: Request, call_next: Any) -> Response:  # noqa: ANN401 - starlette's
        response: Response = await call_next(request)
        if not request.url.path.startswith("/docs"):  # Swagger's page loads from elsewhere
            for name, value in fixed.items():
                response.headers.setdefault(name, value)
        return response


class Pages:
    """Renders the templates with the strings of a language."""

    def __init__(self, assistant: Assistant, settings: Settings, releases: Releases) -> None:
        self._assistant = assistant
        self._knowledge = assistant.knowledge
        self._settings = settings
        self._templates = Environment(loader=FileSystemLoader(WEB), autoescape=True)
        self._templates.globals["asset"] = releases.current.path
        self._templates.globals["icons"] = json.loads((WEB / "icons.json").read_text("utf-8"))
        self._templates.globals["qr_code"] = qr_code

    def language(self, wished: str, request: Request) -> str:
        """The language of the page: wished, else the browser's, else Swedish."""
        if wished in self._knowledge.languages:
            return wished
        for part in request.headers.get("accept-language", "").split(","):
            code = part.split(";")[0].split("-")[0].strip().lower()
            if code in self._knowledge.languages:
                return code
        return "sv"

    def known_language(self, code: str) -> str | None:
        """The code where it is known."""
        return code if code in self._knowledge.languages else None

    def known_municipality(self, code: str) -> str | None:
        """The code where it is known."""
        return code if code in self._knowledge.municipalities else None

    def municipality(self, wished: str) -> str:
        """The municipality of the page: wished, else the home one, else none (empty)."""
        return self.known_municipality(wished) or self._settings.municipality or ""

    def place_name(self, wished: str) -> str:
        """The full name of that municipality, empty where there is none."""
        place = self._knowledge.municipalities.get(self.municipality(wished))
        return place.full_name if place else ""

    @property
    def language_codes(self) -> tuple[str, ...]:
        """Every language, in the order of the picker."""
        return self._knowledge.languages.codes

    def language_name(self, code: str) -> str:
        """The name of a language in itself.

        Raises:
            LanguageError: if the code is unknown.
        """
        return self._knowledge.languages.get(code).name

    def error_in(self, message: str) -> str | None:
        """Key of what is wrong with a message, None where nothing is."""
        if not message.strip():
            return "error_message_empty"
        too_long = len(message) > self._settings.message_limit
        return "error_message_too_long" if too_long else None

    def card(self, service: str, language: str, municipality: str) -> dict[str, Any] | None:
        """The message with a service's card, None where there is no such service."""
        if service not in self._knowledge.services:
            return None
        place = self.municipality(municipality) or None
        reply = self._assistant.replies(language, place).answer(service)
        return {"text": "", "buttons": [], "card": reply.card, "language": language}

    def render(
        self,
        request: Request,
        template: str,
        lang: str,
        municipality: str,
        status: int = 200,
        **values: Any,  # noqa: ANN401
    ) -> HTMLResponse:
        """One page; `lang` empty or unknown: as the browser wishes."""
        place = self.municipality(municipality)
        wished = lang in self._knowledge.languages
        code = self.language(lang, request)
        base = base_url(request, self._settings)

        def permalink(card: dict[str, Any]) -> str:
            query = {"lang": card["language"]} | ({"municipality": place} if place else {})
            return f"{base}card/{card['service']}?{urlencode(query)}"

        html = self._templates.get_template(template).render(
            lang=code,
            wished=wished,
            dir=self._knowledge.languages.direction(code),
            strings=web_strings(code),
            languages=[
                {"code": x.code, "name": x.name, "dir": x.dir} for x in self._knowledge.languages
            ],
            municipality=place,
            base=base,
            permalink=permalink,
            **values,
        )
        return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=32)
def web_strings(language: str) -> dict[str, Any]:
    """The interface strings of a language; English, then Swedish where one is missing or empty."""
    return strings_of(language)
