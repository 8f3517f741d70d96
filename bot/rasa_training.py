"""Trains the Rasa model in Rasa's own environment, and tells whether one is out of date."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Callable

from bot.errors import StackError
from bot.processes import RASA_PYTHON, environment
from bot.settings import ROOT, Settings

_TRAINED_FROM = (
    "config.yml",
    "domain.yml",
    "data/nlu/*/*.yml",
    "data/stories/*.yml",
    "knowledge/wording/*/*.yml",
    "bot/in_rasa/act_classifier.py",
    "bot/in_rasa/importer.py",
)


def rasa_state(settings: Settings) -> str:
    """`current`, `stale` (what it was trained from changed) or `missing`."""
    stamp = settings.models / "rasa.stamp"
    if not (settings.models / "rasa.tar.gz").exists() or not stamp.exists():
        return "missing"
    return "current" if stamp.read_text() == _version() else "stale"


def _version() -> str:
    digest = hashlib.sha256()
    for pattern in _TRAINED_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def train_rasa(settings: Settings, progress: Callable[[str], None]) -> float:
    """Run `rasa train`; returns the seconds it took. Its output is in var/rasa-train.log.

    Raises:
        StackError: if training failed: its last lines, and where all of them are.
    """
    log = ROOT / "var" / "rasa-train.log"
    log.parent.mkdir(exist_ok=True)
    command = [
        *(str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "train"),
        *("--fixed-model-name", "rasa", "--out", str(settings.models)),
        "--skip-validation",  # the tests validate; here it would read everything once more
    ]
    began = time.monotonic()
    with log.open("w", encoding="utf-8") as handle:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(settings), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            handle.write(line)
            if "Starting to train component" in line:
                progress(line.rsplit("component", 1)[1].strip(" '.\n\x1b[0m"))
    if process.wait() != 0:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
        raise StackError(f"`rasa train` failed. Its last lines (all of them in {log}):\n{tail}")
    (settings.models / "rasa.stamp").write_text(_version())
    return time.monotonic() - began
