"""How long a turn takes through gateway, Rasa and actions, and how many go through a second.

Starts the stack on ports of its own if none is running there, asks questions of tests/eval, and
prints a table. Ratios to the matcher alone, in the same run, are what to compare between machines.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from rich.console import Console
from rich.table import Table

from bot.evaluation import read_questions
from bot.processes import is_up
from bot.settings import ROOT

PORTS = {"LOTS_PORT": "8731", "LOTS_RASA_PORT": "5731", "LOTS_ACTIONS_PORT": "5781"}
URL = f"http://127.0.0.1:{PORTS['LOTS_PORT']}"


@contextmanager
def stack() -> Iterator[float]:
    """Run the stack; yields the seconds until it was ready."""
    began = time.monotonic()
    environment = os.environ | PORTS | {"LOTS_RATE_LIMIT": "1000000"}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "up"], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if "ready" in line:
            break
    else:
        raise SystemExit("the stack did not start: see var/last-run.log")
    try:
        yield time.monotonic() - began
    finally:
        process.terminate()
        process.wait(20)


async def turn(client: httpx.AsyncClient, path: str, text: str) -> float:
    """Milliseconds of one request; a fallback answer is an error here."""
    body = {"text": text} if path == "/api/match" else {"session": None, "message": text}
    began = time.perf_counter()
    reply = await client.post(path, json=body)
    reply.raise_for_status()
    if reply.json().get("notice") == "rasa_down":
        raise SystemExit("a turn was answered without Rasa: see var/last-run.log")
    return (time.perf_counter() - began) * 1000


async def load(path: str, texts: list[str], clients: int) -> tuple[list[float], float]:
    """Milliseconds of every request, and requests a second, with so many clients at once."""
    waiting = iter(texts)
    times: list[float] = []
    async with httpx.AsyncClient(base_url=URL, timeout=60) as client:

        async def one() -> None:
            for text in waiting:
                times.append(await turn(client, path, text))

        began = time.perf_counter()
        await asyncio.gather(*(one() for _ in range(clients)))
        return times, len(times) / (time.perf_counter() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=400)
    turns: int = parser.parse_args().turns
    texts = [q.text for q in read_questions(ROOT / "tests" / "eval")]
    random.Random(1).shuffle(texts)
    texts = (texts * (turns // len(texts) + 1))[:turns]
    if is_up(f"{URL}/api/languages"):
        raise SystemExit(f"something answers at {URL} already: stop it first")
    with stack() as ready:
        table = Table(title=f"Lotsen, {os.cpu_count()} cores; ready after {ready:.0f} s")
        for name in ("path", "clients", "turns", "p50 ms", "p95 ms", "turns/s", "p50 to match"):
            table.add_column(name, justify="right")
        base = 0.0
        for path in ("/api/match", "/api/chat"):
            asyncio.run(load(path, texts[:30], 1))  # warm up
            for clients in (1, 8):
                times, rate = asyncio.run(load(path, texts, clients))
                p50 = statistics.median(times)
                base = base or p50
                p95 = sorted(times)[int(len(times) * 0.95)]
                table.add_row(path, str(clients), str(len(times)), f"{p50:.1f}", f"{p95:.1f}",
                              f"{rate:.1f}", f"{p50 / base:.1f}x")  # fmt: skip
    Console().print(table)


if __name__ == "__main__":
    main()
