"""How soon a card can be read after its answer has arrived; the budget is 200 ms.

Starts a gateway without Rasa on a port of its own (or asks the one at --url), opens the chat in
Chromium without a screen, asks, and takes the time in the page: from the last byte of the response
of /api/chat to the first frame painted in which the name of the responsible body stands whole and
opaque inside the visible part of the conversation. Moving and fading in count, and so does turning
the whole page into the language of the answer.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from bot.processes import is_up
from bot.settings import ROOT

BUDGET_MS = 200
START_S = 90
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
QUESTIONS = {
    "sv": ("Jag vabbar, vem betalar mig?", "Gatlyktan utanför mitt hus är trasig", "vab"),
    "ar": ("إجازة الوالدين",),
}
# Ask as a person does, and resolve to the milliseconds from arrival to sight. Every frame is
# looked at; a message posted in a frame is handled when that frame has been painted.
ASK = """async (question) => {
    const root = document.querySelector("lotsen-chat").shadowRoot;
    const log = root.querySelector(".log");
    const before = root.querySelectorAll(".card").length;
    const painted = () => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
    });
    const isSeen = (card) => {
        const name = card.querySelector(".authority").getBoundingClientRect();
        const box = log.getBoundingClientRect();
        const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
        return name.top >= top && name.bottom <= bottom
            && getComputedStyle(card.closest(".turn")).opacity === "1";
    };
    document.querySelector("lotsen-chat").ask(question);
    for (;;) {
        await new Promise(requestAnimationFrame);
        const cards = root.querySelectorAll(".card");
        if (cards.length > before && isSeen(cards[cards.length - 1])) break;
    }
    const seen = await painted();
    const arrived = performance.getEntriesByType("resource")
        .filter((one) => one.name.endsWith("/api/chat")).at(-1).responseEnd;
    return seen - arrived; }"""


@dataclass(frozen=True)
class Case:
    """A page in a language, and the language asked in."""

    name: str
    page: str
    language: str
    questions_a_page: int


CASES = (
    Case("sv", "sv", "sv", 3),
    Case("ar", "ar", "ar", 3),
    Case("ar on a Swedish page", "", "ar", 1),  # the page turns around with the first answer
)


@contextmanager
def gateway() -> Iterator[str]:
    """Run a gateway whose Rasa is down; yields its address."""
    with socket.socket() as nobody, socket.socket() as free:
        nobody.bind(("127.0.0.1", 0))  # bound, not listening: refuses
        free.bind(("127.0.0.1", 0))
        port, closed = free.getsockname()[1], nobody.getsockname()[1]
        free.close()
        ports = {"PORT": port, "RASA_PORT": closed, "ACTIONS_PORT": closed, "RATE_LIMIT": 1_000_000}
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "bot.gateway:create_app", "--factory",
             "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {f"LOTS_{name}": str(value) for name, value in ports.items()},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            until = time.monotonic() + START_S
            while not is_up(f"{address}/api/languages"):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit("the gateway did not start: does `lots up` work?")
                time.sleep(0.3)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def open_chat(browser: Browser, url: str, case: Case, size: str, slowdown: int) -> Page:
    """A fresh visit: nothing is cached but what the page itself has loaded."""
    context = browser.new_context(locale="sv-SE", base_url=url, **SIZES[size])
    page = context.new_page()
    if slowdown > 1:
        page.context.new_cdp_session(page).send(
            "Emulation.setCPUThrottlingRate", {"rate": slowdown}
        )
    page.goto(f"/?lang={case.page}" if case.page else "/")
    page.locator("lotsen-chat textarea#question").wait_for()
    page.wait_for_load_state("networkidle")
    return page


def times(
    browser: Browser, url: str, case: Case, size: str, slowdown: int, samples: int
) -> list[float]:
    """Milliseconds from arrival to sight, `samples` of them."""
    found: list[float] = []
    questions = QUESTIONS[case.language]
    while len(found) < samples:
        page = open_chat(browser, url, case, size, slowdown)
        for turn in range(case.questions_a_page):
            found.append(page.evaluate(ASK, questions[turn % len(questions)]))
            page.wait_for_timeout(300)  # a person reads; animations end
        page.context.close()
    return found[:samples]


def measure(url: str, samples: int) -> Table:
    """The table of all cases."""
    table = Table(title=f"card seen after its answer arrived, ms ({os.cpu_count()} cores)")
    for column in ("asked in", "size", "CPU", "n", "median", "p95", f"<= {BUDGET_MS}"):
        table.add_column(column, justify="left" if column in ("asked in", "size") else "right")
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if found is None:
        raise SystemExit("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        for case in CASES:
            for size in SIZES:
                for slowdown in (1, 4):
                    taken = times(browser, url, case, size, slowdown, samples)
                    p95 = statistics.quantiles(taken, n=20, method="inclusive")[-1]
                    share = sum(one <= BUDGET_MS for one in taken) / len(taken)
                    table.add_row(case.name, size, "as is" if slowdown == 1 else f"1/{slowdown}",
                                  str(len(taken)), f"{statistics.median(taken):.0f}",
                                  f"{p95:.0f}", f"{share:.0%}")  # fmt: skip
        browser.close()
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--url", help="ask this Lotsen instead of starting a gateway")
    options = parser.parse_args()
    if options.url:
        Console().print(measure(options.url, options.samples))
        return
    with gateway() as url:
        Console().print(measure(url, options.samples))


if __name__ == "__main__":
    main()
