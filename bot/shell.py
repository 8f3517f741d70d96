"""`rasa shell` with the action server beside it."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time

from bot.errors import StackError
from bot.processes import RASA_PYTHON, environment, health_urls, is_up
from bot.settings import ROOT, Settings

_WAIT = 60.0  # seconds for the action server to load
_STAFF = "--staff"


def run_shell(settings: Settings, arguments: list[str]) -> int:
    """Run the shell until it is left; returns its exit status.

    Args:
        settings: ports and folders.
        arguments: for `rasa shell`; `--staff` explains every verdict.

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
            *("--endpoints", "endpoints.yml", *conversation(arguments)),
        ]
        return subprocess.call(command, cwd=ROOT, env=environment(settings))
    finally:
        if server is not None:
            server.terminate()
            server.wait(10)


def conversation(arguments: list[str]) -> list[str]:
    """The arguments for `rasa shell`; the conversation's name says whether staff is asking."""
    kind = "staff" if _STAFF in arguments else "shell"
    others = [argument for argument in arguments if argument != _STAFF]
    return [*others, "--conversation-id", f"{kind}-{secrets.token_hex(4)}"]


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _WAIT
    while not is_up(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise StackError(
                "the action server did not start: run `python -m bot.action_server` to see why"
            )
        time.sleep(0.3)
