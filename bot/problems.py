"""Errors of the HTTP API as application/problem+json (RFC 9457); never a bare 500."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.api_models import Problem

logger = logging.getLogger("lotsen.gateway")


class ApiError(Exception):
    """A refused request: HTTP status, code for programs, sentence for people."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


def respond(status: int, code: str, detail: str) -> JSONResponse:
    """A problem document."""
    problem = Problem(title=code.replace("_", " "), status=status, detail=detail, code=code)
    return JSONResponse(
        problem.model_dump(), status_code=status, media_type="application/problem+json"
    )


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document."""

    @app.exception_handler(ApiError)
    async def refused(_: Request, error: ApiError) -> JSONResponse:
        return respond(error.status, error.code, error.detail)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        # What was sent is not repeated: it may hold what nobody should log or show.
        where = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
        return respond(422, "invalid_request", f"{where}: {first['msg']}")

    @app.exception_handler(HTTPException)
    async def http_error(_: Request, error: HTTPException) -> JSONResponse:
        code = "not_found" if error.status_code == 404 else "http_error"
        return respond(error.status_code, code, str(error.detail))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        logger.error("unexpected %s at %s", type(error).__name__, request.url.path)
        return respond(500, "internal", "Something went wrong here. Try again in a moment.")
