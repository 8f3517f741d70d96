"""The web pages: the chat, and /ask, which works without script."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader
from pydantic import ValidationError

from bot.api_models import ChatRequest
from bot.assistant import Assistant
from bot.chat import Chat
from bot.settings import Settings

WEB = Path(__file__).parent / "web"
_HEADERS = {
    # Everything comes from here; nothing is framed until embedding is set up.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def add_pages(app: FastAPI, assistant: Assistant, chat: Chat, settings: Settings) -> None:
    """Serve the pages and the files they need."""
    pages = _Pages(assistant, settings)

    @app.get("/", include_in_schema=False)
    async def page(request: Request, lang: str = "", municipality: str = "") -> HTMLResponse:
        return pages.render("page.html", pages.language(lang, request), municipality)

    @app.get("/ask", include_in_schema=False)
    async def empty_form(request: Request, lang: str = "", municipality: str = "") -> HTMLResponse:
        return pages.render("ask.html", pages.language(lang, request), municipality)

    @app.post("/ask", include_in_schema=False)
    async def ask(
        request: Request,
        message: Annotated[str, Form()] = "",
        language: Annotated[str, Form()] = "",
        municipality: Annotated[str, Form()] = "",
        session: Annotated[str, Form()] = "",
    ) -> HTMLResponse:
        lang = pages.language(language, request)
        error = pages.error_in(message)
        if error:
            return pages.render("ask.html", lang, municipality, 422, message=message, error=error)
        try:
            wanted = ChatRequest(
                session=session or None,
                message=message,
                language=pages.known_language(language),
                municipality=pages.known_municipality(municipality),
            )
        except ValidationError:  # a session id somebody made up
            wanted = ChatRequest(message=message, language=pages.known_language(language))
        reply = await chat.reply(wanted)
        return pages.render(
            "ask.html",
            reply.language,
            municipality,
            message=message,
            session=reply.session,
            notice=reply.notice,
            messages=[m.model_dump() for m in reply.messages],
        )

    @app.middleware("http")
    async def headers(request: Request, call_next: Any) -> Response:  # noqa: ANN401 - starlette's
        response: Response = await call_next(request)
        if not request.url.path.startswith("/docs"):  # Swagger's page loads from elsewhere
            for name, value in _HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    app.mount("/static", StaticFiles(directory=WEB), name="static")


class _Pages:
    """Renders the templates with the strings of a language."""

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self._knowledge = assistant.knowledge
        self._settings = settings
        self._templates = Environment(loader=FileSystemLoader(WEB), autoescape=True)

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

    def error_in(self, message: str) -> str | None:
        """Code of what is wrong with a message, None where nothing is."""
        if not message.strip():
            return "message_empty"
        return "message_too_long" if len(message) > self._settings.message_limit else None

    def render(
        self,
        template: str,
        lang: str,
        municipality: str,
        status: int = 200,
        **values: Any,  # noqa: ANN401
    ) -> HTMLResponse:
        """One page."""
        place = self.known_municipality(municipality) or self._settings.municipality or ""
        html = self._templates.get_template(template).render(
            lang=lang,
            dir=self._knowledge.languages.direction(lang),
            strings=web_strings(lang),
            languages=[
                {"code": x.code, "name": x.name, "dir": x.dir} for x in self._knowledge.languages
            ],
            municipality=place,
            **values,
        )
        return HTMLResponse(html, status_code=status)


@lru_cache(maxsize=32)
def web_strings(language: str) -> dict[str, Any]:
    """The interface strings of a language, English where one is missing."""
    path = WEB / "strings" / f"{language}.json"
    english: dict[str, Any] = json.loads((WEB / "strings" / "en.json").read_text("utf-8"))
    own = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return english | own
