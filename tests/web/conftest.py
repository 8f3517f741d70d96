"""The gateway without Rasa and a Chromium for the tests of the pages.

Server and browser live as long as this folder's tests: Playwright keeps an event loop running in
the thread, which tests elsewhere must not find.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Route, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
STRINGS = ROOT / "bot" / "web" / "strings"
START_S = 60
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


class Chat:
    """The chat in a page, as a person meets it. Playwright's locators see into its shadow root."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.locator("lotsen-chat textarea#question")
        self.panel = page.locator("lotsen-chat .chat")
        self.log = page.get_by_role("log")
        self.answer = page.locator("lotsen-chat .turn.bot").last
        self.card = self.answer.locator(".card")
        self.failed = page.locator("lotsen-chat .failed")
        self.spoken = page.locator("lotsen-chat [role=status]")
        self.picker = page.locator("lotsen-chat select")

    def ask(self, text: str) -> Locator:
        """Write a question, send it with Enter, wait for the turn that answers it."""
        before = self.page.locator("lotsen-chat .turn.bot").count()
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.page.locator("lotsen-chat .turn.bot")).to_have_count(before + 1)
        return self.answer

    def choose(self, name: str) -> Locator:
        """Press the button of an option."""
        before = self.page.locator("lotsen-chat .turn.bot").count()
        self.answer.get_by_role("button", name=name).click()
        expect(self.page.locator("lotsen-chat .turn.bot")).to_have_count(before + 1)
        return self.answer

    def fails_with(self, status: int | None, body: str = "{}") -> None:
        """Make the next questions fail: with an HTTP status, or unreachable where None."""

        def fail(route: Route) -> None:
            if status is None:
                route.abort("connectionrefused")
            else:
                route.fulfill(status=status, body=body, content_type="application/problem+json")

        self.page.route("**/api/chat", fail)

    def works_again(self) -> None:
        self.page.unroute("**/api/chat")

    def focused(self) -> str:
        """What has the focus: tag, and the class or id that tells it apart."""
        return self.page.evaluate(
            """() => { let e = document.activeElement;
                while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
                const which = e.id || e.className || e.getAttribute("href");
                return `${e.localName} ${which ?? ""}`.trim(); }"""
        )


@pytest.fixture(scope="session")
def words() -> Callable[[str, str], str]:
    """`words("ar", "why")`: a text of the interface."""
    texts = {path.stem: json.loads(path.read_text("utf-8")) for path in STRINGS.glob("*.json")}
    return lambda language, key: texts[language][key]


class HostSite:
    """A site of another origin, with a Content-Security-Policy, that embeds the chat."""

    def __init__(self) -> None:
        site = self
        self.pages: dict[str, tuple[str, str]] = {}  # path -> (html, policy)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                html, policy = site.pages.get(self.path.split("?")[0], ("", "default-src 'none'"))
                self.send_response(200 if html else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="package")
def host_site() -> Iterator[HostSite]:
    """A site whose origin the gateway allows."""
    site = HostSite()
    yield site
    site.stop()


@pytest.fixture(scope="package")
def stranger() -> Iterator[HostSite]:
    """A site nobody has allowed."""
    site = HostSite()
    yield site
    site.stop()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory, host_site: HostSite) -> Iterator[str]:
    """Address of a gateway whose Rasa is down, so that it answers from the matcher alone."""
    with socket.socket() as closed, socket.socket() as free:
        closed.bind(("127.0.0.1", 0))  # bound, not listening: refuses for as long as we hold it
        free.bind(("127.0.0.1", 0))
        port, nobody = free.getsockname()[1], closed.getsockname()[1]
        free.close()
        log = tmp_path_factory.mktemp("web") / "gateway.log"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LOTS_")} | {
            "LOTS_PORT": str(port),
            "LOTS_RASA_PORT": str(nobody),
            "LOTS_ACTIONS_PORT": str(nobody),
            "LOTS_RATE_LIMIT": "100000",
            "LOTS_ALLOWED_ORIGINS": host_site.origin,
            "LOTS_RELEASES": str(log.parent / "releases"),
        }
        command = [sys.executable, "-m", "uvicorn", "bot.gateway:create_app", "--factory"]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--port", str(port)],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/api/languages", timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    pytest.fail(f"the gateway did not start:\n{log.read_text('utf-8')[-3000:]}", pytrace=False)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright; nothing is downloaded."""
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if found is None:
        pytest.fail(
            "no Chromium: install it (apt-get install chromium), or leave these tests out "
            "with -m 'not browser'",
            pytrace=False,
        )
    flags = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox", "--disable-sync", *flags]
            )
        except Error as error:
            pytest.fail(f"{found} does not start: {error}", pytrace=False)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser of this folder's tests."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def new_page(server: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Make a page in a fresh context; nothing may fail in it but what `expects` names."""
    contexts, faults, expected = [], [], []

    def make(expects: str = "", **options: Any) -> Page:
        expected.extend([expects] if expects else [])
        settings = {"locale": "sv-SE", "reduced_motion": "reduce", "base_url": server} | options
        context = browser.new_context(**settings)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if _is_fault(line) else None)
        return page

    yield make
    for context in contexts:
        context.close()
    faults = [fault for fault in faults if not any(text in fault for text in expected)]
    assert not faults, f"faults in the page: {faults}"


def _is_fault(line: Any) -> bool:
    # What tests make fail on purpose is logged by the browser too.
    return line.type == "error" and not line.text.startswith("Failed to load resource")


@pytest.fixture
def open_chat(new_page: Callable[..., Page]) -> Callable[..., Chat]:
    """Open the chat; options go to the browser context (locale, viewport, ...)."""

    def make(path: str = "/", **options: Any) -> Chat:
        page = new_page(**options)
        page.goto(path)
        chat = Chat(page)
        expect(chat.field).to_be_visible()
        return chat

    return make


@pytest.fixture
def chat(open_chat: Callable[..., Chat]) -> Chat:
    """The chat of a Swedish browser."""
    return open_chat()
