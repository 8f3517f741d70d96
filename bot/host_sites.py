"""Lotsen on other sites' pages: releases, the snippet to paste, who may call and who may frame."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field, StringConstraints
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from bot.errors import SettingError
from bot.problems import ApiError
from bot.qr import qr_code
from bot.release import LOADER, TYPES, Releases
from bot.settings import Settings

_FOREVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300"  # pages that do not pin get a new release within five minutes


class QrRequest(BaseModel):
    """An address to carry to a phone."""

    url: Annotated[str, StringConstraints(pattern=r"^(https?://|tel:\+?\d)\S*$", max_length=1000)]


class QrReply(BaseModel):
    """A QR code as a drawing: `path` is the `d` of an SVG path in a square of `size` units."""

    size: int
    path: str


class Snippet(BaseModel):
    """What a web editor pastes, and what a page's Content-Security-Policy must allow."""

    release: str
    html: str = Field(description="pinned: stays this release until the page is changed")
    html_newest: str = Field(description="follows the newest release, without integrity")
    iframe: str = Field(description="where no script may be added")
    content_security_policy: dict[str, str]


def allowed_origins(settings: Settings) -> list[str]:
    """The origins that may call the API and frame the pages, from `LOTS_ALLOWED_ORIGINS`.

    Raises:
        SettingError: if one is not `https://host`, `http://host:port` or `*`.
    """
    origins = settings.allowed_origins.replace(",", " ").split()
    for origin in origins:
        parts = urlsplit(origin)
        is_origin = parts.scheme in ("http", "https") and parts.netloc and ";" not in origin
        if origin != "*" and not (is_origin and origin == f"{parts.scheme}://{parts.netloc}"):
            raise SettingError(
                f"LOTS_ALLOWED_ORIGINS: {origin!r} is not an origin: write https://www.example.se "
                "without a path or a slash at the end"
            )
    return origins


def frame_ancestors(origins: list[str]) -> str:
    """The directive that says which pages may frame ours."""
    return " ".join(["frame-ancestors", "'self'", *origins])


def allow_origins(app: FastAPI, origins: list[str]) -> None:
    """Let the pages of these origins call the API; everything is compressed on its way.

    Add it after the rate limit, so that a refusal can be read by the page that asked.
    """
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["content-type"],
            max_age=86400,
        )
    app.add_middleware(GZipMiddleware, minimum_size=500)


def add_host_sites(app: FastAPI, releases: Releases, settings: Settings) -> None:
    """Serve the releases, the snippet and the QR codes."""
    current = releases.current

    @app.get(f"/{LOADER}", include_in_schema=False)
    def loader() -> Response:
        return _file(LOADER, current.files[LOADER], _SHORT)

    @app.get("/v/{release}/{name:path}", include_in_schema=False)
    def released(release: str, name: str) -> Response:
        content = releases.file(release, name)
        if content is None:
            raise ApiError(404, "not_found", "There is no such release, or no such file in it.")
        return _file(name, content, _FOREVER)

    @app.get("/embed.json", tags=["embedding"])
    def embed(request: Request, municipality: str = "", lang: str = "") -> Snippet:
        """What to paste into a page to have Lotsen there. See docs/embed.md."""
        return snippet(releases, base_url(request, settings), municipality, lang)

    @app.post("/api/qr", tags=["embedding"])
    def qr(request: QrRequest) -> QrReply:
        """The QR code of an address. By POST, so that no log says what somebody looked at."""
        return QrReply(**qr_code(request.url)._asdict())


def _file(name: str, content: bytes, lifetime: str) -> Response:
    headers: dict[str, Any] = {
        "Cache-Control": lifetime,
        "Access-Control-Allow-Origin": "*",  # nothing in them is anybody's
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Response(content, media_type=TYPES[PurePosixPath(name).suffix], headers=headers)


def base_url(request: Request, settings: Settings) -> str:
    """The address people reach us at, with a slash at the end."""
    return (settings.public_url or str(request.base_url)).rstrip("/") + "/"


def snippet(releases: Releases, base: str, municipality: str = "", lang: str = "") -> Snippet:
    """The lines to paste for one municipality; codes that cannot be codes are left out."""
    release = releases.current
    wished = {"municipality": (municipality, r"\d{4}"), "lang": (lang, r"[a-z]{2,3}")}
    given = {name: code for name, (code, form) in wished.items() if re.fullmatch(form, code)}
    data = "".join(f' data-{name}="{code}"' for name, code in given.items())
    query = "&amp;".join(f"{name}={code}" for name, code in given.items())
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(base))
    return Snippet(
        release=release.id,
        html=f'<script src="{base}v/{release.id}/{LOADER}"'
        f' integrity="{release.integrity[LOADER]}" crossorigin="anonymous"{data} async></script>',
        html_newest=f'<script src="{base}{LOADER}"{data} async></script>',
        iframe=f'<iframe src="{base}embedded{"?" + query if query else ""}" title="Lotsen"'
        ' width="100%" height="720" allow="clipboard-write; web-share"></iframe>',
        content_security_policy={"script-src": origin, "connect-src": origin},
    )
