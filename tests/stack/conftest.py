"""The three processes, started once for all stack tests as `make run` starts them."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import pytest

from bot.processes import RASA_PYTHON
from bot.settings import ROOT


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stack:
    def __init__(self):
        self.kept = Path(tempfile.mkdtemp(prefix="lotsen-"))
        self.conversations = self.kept / "conversations.sqlite"
        self.feedback = self.kept / "feedback.sqlite"
        self.ports = {name: free_port() for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
        self.environment = os.environ | {
            **{f"LOTS_{name}": str(port) for name, port in self.ports.items()},
            "LOTS_RATE_LIMIT": "1000000",
            "LOTS_RASA_TIMEOUT": "20",
            "LOTS_CONVERSATIONS": str(self.conversations),
            "LOTS_FEEDBACK": str(self.feedback),
        }
        self.process = None
        self.output = []

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "up"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        for line in self.process.stdout:
            self.output.append(line)
            if "ready" in line:
                return
        pytest.fail("the stack did not start:\n" + "".join(self.output))

    def stop(self):
        """Ctrl-C, as a terminal sends it: to the whole group."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(30)
        return self.process.returncode

    @property
    def url(self):
        return f"http://127.0.0.1:{self.ports['PORT']}"

    @property
    def rasa_url(self):
        return f"http://127.0.0.1:{self.ports['RASA_PORT']}"


@pytest.fixture(scope="session")
def stack():
    if not RASA_PYTHON.exists():
        pytest.fail("Rasa's environment is missing: run `make setup`")
    stack = Stack()
    stack.start()
    yield stack
    if stack.process.poll() is None:
        stack.stop()


@pytest.fixture
def client(stack):
    with httpx.Client(base_url=stack.url, timeout=60) as client:
        yield client


@pytest.fixture
def say(client):
    """Say something; returns the reply. `session` carries on a conversation."""

    def say(message, session=None, **more):
        body = {"session": session, "message": message, **more}
        reply = client.post("/api/chat", json=body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    return say


def wait_until(check, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.5)
    return False
