"""The dialogue acts' examples of data/nlu/, which also teach the matcher what is no matter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.decision import EMERGENCY_SERVICE
from bot.errors import Fault, KnowledgeError

# Said alone, these are nobody's matter.
NO_MATTER = (
    "out_of_scope", "chitchat", "insult", "ask_capabilities",
    "greet", "goodbye", "thanks", "bot_challenge", "affirm", "deny",
)  # fmt: skip
# Acts that are about a service; the service learns from their examples too.
ABOUT = {"emergency": EMERGENCY_SERVICE, "crisis": "psykiatri"}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast


@dataclass(frozen=True)
class Example:
    """One example of a dialogue act."""

    text: str
    intent: str
    language: str


def read_examples(folder: Path) -> Iterator[Example]:
    """Yield every example below `folder`/<language>/<intent>.yml.

    Raises:
        KnowledgeError: if a file is not Rasa NLU YAML.
    """
    for path in sorted(folder.glob("*/*.yml")):
        try:
            blocks = yaml.load(path.read_text(encoding="utf-8"), _LOADER)["nlu"]  # noqa: S506 - a safe one
            for block in blocks:
                for line in str(block["examples"]).splitlines():
                    text = line.strip().removeprefix("-").strip()
                    if text:
                        yield Example(text, str(block["intent"]), path.parent.name)
        except (yaml.YAMLError, KeyError, TypeError) as error:
            raise KnowledgeError(
                [Fault(str(path), 0, f"is not Rasa NLU YAML (nlu: - intent, examples): {error}")]
            ) from error


def examples_version(folder: Path) -> str:
    """A short hash of the files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*/*.yml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
