"""Starts the three processes together, waits until they are healthy, stops them together."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from honcho.manager import Manager
from honcho.printer import Printer

from bot.errors import StackError
from bot.parent import PARENT, watch_parent
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

_STOPPED = (130, 143)  # honcho's exit status after SIGINT and SIGTERM
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "HF_HUB_OFFLINE": "1",  # nothing is downloaded at run time, only at `lots train`
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": "1",  # one question at a time needs one core
}


def environment(settings: Settings) -> dict[str, str]:
    """The environment of every process."""
    return {
        **os.environ,
        **_QUIET,
        "LOTS_ACTIONS_PORT": str(settings.actions_port),
        "LOTS_RASA_PORT": str(settings.rasa_port),
        "LOTS_PORT": str(settings.port),
        "LOTS_CONVERSATIONS": str(settings.conversations),
        "PYTHONPATH": str(ROOT),
        PARENT: str(os.getpid()),
    }


def gateway() -> FastAPI:
    """The gateway's application, in its own process."""
    from bot.gateway import create_app

    watch_parent()
    return create_app()


def commands(settings: Settings) -> dict[str, list[str]]:
    """What is started, by name."""
    return {
        "actions": [sys.executable, "-m", "bot.action_server"],
        "rasa": [
            *(str(RASA_PYTHON), "-m", "rasa", "run", "--enable-api"),
            *("--interface", "127.0.0.1", "--port", str(settings.rasa_port)),
            *("--model", str(settings.models / "rasa.tar.gz")),
            *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
        ],
        "gateway": [
            *(sys.executable, "-m", "uvicorn", "bot.processes:gateway", "--factory"),
            *("--host", settings.host, "--port", str(settings.port)),
            *("--no-access-log", "--log-level", "warning"),  # a log line could hold a question
        ],
    }


def check_ports(settings: Settings) -> None:
    """Refuse to start where a port is taken.

    Raises:
        StackError: naming the port and the setting that changes it.
    """
    for name, host, port in (
        ("LOTS_PORT", settings.host, settings.port),
        ("LOTS_RASA_PORT", "127.0.0.1", settings.rasa_port),
        ("LOTS_ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    ):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise StackError(
                    f"port {port} cannot be used ({error.strerror}): stop what uses it, or choose "
                    f"another: {name}={port + 10} make run"
                ) from error


def check_rasa_python() -> None:
    """Refuse to start where Rasa's environment is missing.

    Raises:
        StackError: saying how to set it up.
    """
    if not RASA_PYTHON.exists():
        raise StackError("Rasa's environment .venv-rasa is missing: run `make setup`")


def health_urls(settings: Settings) -> dict[str, str]:
    """Where each process says that it is well."""
    return {
        "actions": f"{settings.actions_url}/health",
        "rasa": f"{settings.rasa_url}/status",
        "gateway": f"http://127.0.0.1:{settings.port}/api/languages",
    }


def is_up(url: str) -> bool:
    """Whether an address answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def run_stack(
    settings: Settings, ready: Callable[[float], None], waiting: Callable[[str, float], None]
) -> int:
    """Run the three processes until one stops or Ctrl-C; returns the exit status.

    Args:
        settings: ports and folders.
        ready: called once with the seconds it took, when all are healthy.
        waiting: called with the name of each process as it becomes healthy.

    Raises:
        StackError: if a process died before all were healthy: which, and why.
    """
    check_rasa_python()
    check_ports(settings)
    log = ROOT / "var" / "last-run.log"
    log.parent.mkdir(exist_ok=True)
    manager = Manager(Printer(output=log.open("w", encoding="utf-8", buffering=1)))
    for name, command in commands(settings).items():
        line = " ".join(shlex.quote(part) for part in command)
        manager.add_process(name, f"exec {line}", env=environment(settings), cwd=str(ROOT))
    watcher = _Watcher(settings, ready, waiting)
    watcher.start()
    manager.loop()
    if manager.returncode in _STOPPED:
        return 0
    raise StackError(_why_it_failed(manager, log, watcher.was_ready))


class _Watcher(threading.Thread):
    """Asks for health until all are well."""

    def __init__(
        self,
        settings: Settings,
        ready: Callable[[float], None],
        waiting: Callable[[str, float], None],
    ) -> None:
        super().__init__(daemon=True)
        self._urls = health_urls(settings)
        self._ready = ready
        self._waiting = waiting
        self.was_ready = False

    def run(self) -> None:
        """Poll twice a second."""
        began, pending = time.monotonic(), dict(self._urls)
        while pending:
            for name in [n for n, url in pending.items() if is_up(url)]:
                del pending[name]
                self._waiting(name, time.monotonic() - began)
            time.sleep(0.5)
        self.was_ready = True
        self._ready(time.monotonic() - began)


def _why_it_failed(manager: Manager, log: Path, was_ready: bool) -> str:
    killed = (-signal.SIGTERM, -signal.SIGKILL)  # by the manager, because another one stopped
    codes = {name: item.get("returncode") for name, item in manager._processes.items()}
    dead = [name for name, code in codes.items() if code not in killed] or list(codes)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    own = [line for line in lines if line[:30].split("|")[0].split()[-1:] == dead[:1]]
    shown = "\n".join(f"    {line}" for line in (own or lines)[-6:])
    when = "while running" if was_ready else "before everything was up"
    return f"{dead[0]} stopped {when}. Its last lines (all of them in {log}):\n{shown}"
