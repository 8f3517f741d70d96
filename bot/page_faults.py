"""A person who opens a page never meets JSON: faults become a page with a sentence and a way on."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.responses import Response

logger = logging.getLogger("lotsen.gateway")

PROBLEM = "application/problem+json"
_CODES = {404: "not_found", 413: "message_too_long", 429: "too_many_requests", 500: "internal"}
_SMALL = 20_000  # bytes of a form whose text is worth giving back
# (request, status, code of the sentence, what the person had written) -> page
FaultPage = Callable[[Request, int, str, str], Response]


def add_fault_pages(app: FastAPI, page: FaultPage) -> None:
    """Answer browsers that open a page with `page` where the API would answer with a problem."""

    @app.middleware("http")
    async def faults(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        if not wants_page(request):
            return await call_next(request)
        try:
            response = await call_next(request)
        except Exception as error:
            logger.error("unexpected %s at %s", type(error).__name__, request.url.path)
            return page(request, 500, "internal", "")
        if not response.headers.get("content-type", "").startswith(PROBLEM):
            return response
        status = response.status_code
        written = await _written(request) if status == 429 else ""
        return page(request, status, _CODES.get(status, "http"), written)


def wants_page(request: Request) -> bool:
    """Is this a person's browser opening a page, and no program calling the API?"""
    is_api = request.url.path.startswith(("/api/", "/v/"))
    return not is_api and "text/html" in request.headers.get("accept", "")


async def _written(request: Request) -> str:
    """The text of the refused form, so that nobody has to write it again."""
    if int(request.headers.get("content-length", "0") or 0) > _SMALL:
        return ""
    form = await request.form()
    return str(form.get("message", ""))
