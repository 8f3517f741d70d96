"""`rasa shell` with the action server beside it."""

from __future__ import annotations

import subprocess
import sys
import time

from bot.errors import StackError
from bot.processes import RASA_PYTHON, environment, health_urls, is_up
from bot.settings import ROOT, Settings

_WAIT = 60.0  # seconds for the action server to load


def run_shell(settings: Settings, arguments: list[str]) -> int:
    """Run the shell until it is left; returns its exit status.

    Raises:
        StackError: if the action server does not come up.
    """
    url = health_urls(settings)["actions"]
    server = None
    if not is_up(url):
        server = subprocess.Popen(
            [sys.executable, "-m", "bot.action_server"], cwd=ROOT, env=environment(settings),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _wait_for(url, server)
    try:
        command = [
            *(str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "shell"),
            *("--model", str(settings.models / "rasa.tar.gz")),
            *("--port", str(settings.rasa_port + 1000)),  # beside a running server
            *("--endpoints", "endpoints.yml", *arguments),
        ]
        return subprocess.call(command, cwd=ROOT, env=environment(settings))
    finally:
        if server is not None:
            server.terminate()
            server.wait(10)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _WAIT
    while not is_up(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise StackError(
                "the action server did not start: run `python -m bot.action_server` to see why"
            )
        time.sleep(0.3)
