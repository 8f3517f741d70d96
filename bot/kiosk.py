"""Lotsen in its places: the screen of a library, the poster on its wall, a municipality's page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from bot.host_sites import base_url
from bot.pages import Pages, web_strings
from bot.qr import qr_code
from bot.settings import Settings

IDLE_S, IDLE_LEAST_S, IDLE_MOST_S = 90, 20, 900
WARNING_S = 20  # of the idle time; WCAG 2.2.1 asks for at least these twenty seconds


def add_kiosk(app: FastAPI, pages: Pages, settings: Settings) -> None:
    """Serve the kiosk and the poster."""

    @app.get("/kiosk", include_in_schema=False)
    async def kiosk(
        request: Request, municipality: str = "", languages: str = "", idle: str = ""
    ) -> HTMLResponse:
        codes = kiosk_languages(languages or settings.kiosk_languages, pages)
        return pages.render(
            request,
            "kiosk.html",
            codes[0],
            municipality,
            place_name=pages.place_name(municipality),
            offered=[_offered(code, pages) for code in codes],
            idle=idle_seconds(idle),
            warning=WARNING_S,
        )

    @app.get("/poster", include_in_schema=False)
    async def poster(request: Request, lang: str = "sv", municipality: str = "") -> HTMLResponse:
        code = pages.language(lang, request)
        place = pages.municipality(municipality)
        query = urlencode({"lang": code} | ({"municipality": place} if place else {}))
        url = f"{base_url(request, settings)}?{query}"
        return pages.render(
            request,
            "poster.html",
            code,
            municipality,
            place_name=pages.place_name(municipality),
            url=url,
            code=qr_code(url),
            swedish=web_strings("sv"),
        )


def add_demo(app: FastAPI, pages: Pages) -> None:
    """Serve the page of a municipality that does not exist, with the chat in its corner."""

    @app.get("/demo", include_in_schema=False)
    async def demo(request: Request, municipality: str = "") -> HTMLResponse:
        return pages.render(request, "demo.html", "sv", municipality)


def kiosk_languages(wished: str, pages: Pages) -> list[str]:
    """The codes a kiosk offers, in the order wished; every language where none is named."""
    codes = [code for code in wished.replace(",", " ").split() if pages.known_language(code)]
    return list(dict.fromkeys(codes)) or list(pages.language_codes)


def idle_seconds(wished: str) -> int:
    """Seconds without a touch until all is erased, within what a person can live with."""
    seconds = int(wished) if wished.isascii() and wished.isdigit() and len(wished) < 6 else IDLE_S
    return min(max(seconds, IDLE_LEAST_S), IDLE_MOST_S)


def _offered(code: str, pages: Pages) -> dict[str, Any]:
    strings = web_strings(code)
    return {
        "code": code,
        "name": pages.language_name(code),
        "dir": strings["$dir"],
        "lang": strings["$code"],
        "title": strings["title"],
        "touch": strings["kiosk_touch"],
    }
