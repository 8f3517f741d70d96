"""A scripted citizen: plays conversations from YAML against the running stack, and compares.

A file is a list of conversations; tests/conversations/ has one for each language:

    - name: Somali speaker asks about rent
      language: so              # optional: chosen in the picker; also `municipality`, `channel`
      turns:
        - say: "..."            # or `press: 1`, the first button of the reply before
          expect:               # all optional; without it any answer will do
            replies: [utter_answer]          # texts of knowledge/texts/, in their order
            card: answer                     # type of the last card
            service: bostadsbidrag_barnfamilj
            authority: forsakringskassan
            language: so
            contains: ["0771"]
            notice: personal_number_removed
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal

import httpx
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from rich.console import Console

from bot.errors import StackError
from bot.wording import Catalogue

_FIELD = re.compile(r"\{[a-z_]+\}")
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
Send = Callable[[dict[str, Any]], dict[str, Any]]


class Expected(BaseModel):
    """What a reply should be; what is None or empty may be anything."""

    model_config = ConfigDict(extra="forbid")

    replies: list[str] = []
    card: Literal["answer", "clarify", "none", "emergency", "offices", "handover"] | None = None
    service: str | None = None
    authority: str | None = None
    language: str | None = None
    contains: list[str] = []
    notice: str | None = None


class ScriptedTurn(BaseModel):
    """What the citizen does: says something, or presses a button (1 is the first)."""

    model_config = ConfigDict(extra="forbid")

    say: str | None = None
    press: int | None = None
    expect: Expected = Expected()

    @model_validator(mode="after")
    def _one_of_both(self) -> ScriptedTurn:
        if (self.say is None) == (self.press is None):
            raise ValueError("a turn has either `say` or `press`")
        return self


class Conversation(BaseModel):
    """A conversation by name; language and municipality are what the page was set to."""

    model_config = ConfigDict(extra="forbid")

    name: str
    language: str | None = None
    municipality: str | None = None
    channel: Literal["web", "kiosk"] = "web"
    turns: list[ScriptedTurn]


@dataclass
class Played:
    """A conversation as it went: where it differs, what came back, milliseconds of each turn."""

    name: str
    differences: list[str] = field(default_factory=list)
    seen: list[Expected] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def read_conversations(path: Path) -> list[Conversation]:
    """Read a file.

    Raises:
        StackError: naming the file and what is wrong in it.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        return [Conversation.model_validate(row) for row in rows]
    except (OSError, yaml.YAMLError, ValidationError, TypeError) as error:
        raise StackError(f"{path} is not a file of conversations: {error}") from error


def over_http(url: str) -> Send:
    """Send turns to a running gateway.

    Raises:
        StackError: where the address does not answer, or answers with an error.
    """
    client = httpx.Client(base_url=url, timeout=60)

    def send(body: dict[str, Any]) -> dict[str, Any]:
        try:
            response = client.post("/api/chat", json=body)
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise StackError(
                f"{url} does not answer ({error}): start the stack with `make run`, "
                "or name its address with --url"
            ) from error
        return dict(response.json())

    return send


def play(conversation: Conversation, send: Send, catalogue: Catalogue) -> Played:
    """Play all turns of a conversation, whatever differs on the way."""
    played = Played(conversation.name)
    session: str | None = None
    buttons: list[dict[str, str]] = []
    for number, turn in enumerate(conversation.turns, start=1):
        message = turn.say if turn.say is not None else _pressed(turn.press or 0, buttons)
        if message is None:
            played.differences.append(f"turn {number}: there is no button {turn.press}")
            break
        began = time.perf_counter()
        reply = send(_body(conversation, session, message))
        played.milliseconds.append((time.perf_counter() - began) * 1000)
        session, buttons = reply["session"], reply["messages"][-1]["buttons"]
        seen = read_reply(reply, catalogue)
        played.seen.append(seen)
        for difference in differences(turn.expect, seen, reply):
            played.differences.append(f"turn {number} ({message[:60]}): {difference}")
    return played


def _body(conversation: Conversation, session: str | None, message: str) -> dict[str, Any]:
    return {
        "session": session,
        "message": message,
        "language": conversation.language,
        "municipality": conversation.municipality,
        "channel": conversation.channel,
    }


def _pressed(number: int, buttons: list[dict[str, str]]) -> str | None:
    return buttons[number - 1]["payload"] if 1 <= number <= len(buttons) else None


def read_reply(reply: dict[str, Any], catalogue: Catalogue) -> Expected:
    """A reply in the form of an expectation: texts by name, the last card, the language."""
    cards = [message["card"] for message in reply["messages"] if message["card"]]
    card = cards[-1] if cards else {}
    return Expected(
        replies=[
            text_name(message["text"], message["language"], catalogue) or "?"
            for message in reply["messages"]
        ],
        card=card.get("type"),
        service=card.get("service"),
        authority=card.get("authority"),
        language=reply["language"],
        notice=reply["notice"],
    )


def differences(expected: Expected, seen: Expected, reply: dict[str, Any]) -> Iterator[str]:
    """What is not as expected, each as one line."""
    for name in ("replies", "card", "service", "authority", "language", "notice"):
        wanted, got = getattr(expected, name), getattr(seen, name)
        if wanted and wanted != got:
            yield f"{name} is {got}, expected {wanted}"
    shown = "\n".join(message["text"] for message in reply["messages"]).translate(_ISOLATES)
    for piece in expected.contains:
        if piece not in shown:
            yield f"{piece!r} is not in the reply"


def text_name(text: str, language: str, catalogue: Catalogue) -> str | None:
    """The name of the text in knowledge/texts/ that a message was made from; None if unknown.

    Of several that fit, the one of which most fixed words stand in the message.
    """
    plain = text.translate(_ISOLATES).strip()
    found = [
        (_fixed_words(template, plain), key)
        for key, template in _templates(language, catalogue).items()
        if _as_pattern(template).fullmatch(plain)
    ]
    return max(found)[1] if found else None


def _fixed_words(template: str, text: str) -> int:
    """How many letters of a template's fixed parts stand in a text; less what does not."""
    parts = [part.strip() for part in re.split(r"\{[a-z_]+\}|\n", template)]
    return sum(len(part) if part in text else -len(part) for part in parts)


def _templates(language: str, catalogue: Catalogue) -> dict[str, str]:
    keys = {key for code in (language, "en", "sv") for key in catalogue.texts(code)}
    return {
        key: catalogue.find(key, language)[0]
        for key in sorted(keys)
        if key.startswith(("utter_", "care_"))
    }


def _as_pattern(template: str) -> re.Pattern[str]:
    """A template as a pattern: lines with fields may be missing, fields may be several lines."""
    lines = []
    for line in template.strip("\n").split("\n"):
        parts = [re.escape(part) for part in _FIELD.split(line)]
        pattern = r"[\s\S]+?".join(parts)
        lines.append(f"(?:{pattern}(?:\n|$))?" if len(parts) > 1 else rf"{pattern}(?:\n|$)")
    return re.compile("".join(lines))


def rehearse_files(
    files: list[Path], url: str, texts: Path, console: Console, *, record: bool = False
) -> int:
    """Play files against a running stack and print the result; returns how many differ.

    Args:
        files: YAML files of conversations.
        url: address of the gateway.
        texts: folder of the catalogues.
        console: where to print.
        record: write what was seen into the files as what is expected.

    Raises:
        StackError: if a file cannot be read or the stack does not answer.
    """
    send, catalogue = over_http(url), Catalogue(texts)
    everything: list[Played] = []
    for path in files:
        conversations = read_conversations(path)
        played = [play(conversation, send, catalogue) for conversation in conversations]
        everything += played
        for result in played:
            for difference in result.differences:
                console.print(f"{path.name}: {result.name}: {difference}", markup=False)
        if record:
            write_recorded(path, conversations, played)
    wrong = sum(bool(result.differences) for result in everything)
    times = [ms for result in everything for ms in result.milliseconds]
    middle = f", {statistics.median(times):.0f} ms a turn (median)" if times else ""
    console.print(f"{len(everything) - wrong} of {len(everything)} conversations as expected"
                  f", {len(times)} turns{middle}", highlight=False)  # fmt: skip
    return 0 if record else wrong


def write_recorded(path: Path, conversations: list[Conversation], played: list[Played]) -> None:
    """Write the conversations with what was seen as what is expected; the file's head stays."""
    rows = []
    for conversation, result in zip(conversations, played, strict=True):
        row = conversation.model_dump(exclude_defaults=True)
        for turn, seen in zip(row["turns"], result.seen, strict=False):
            kept = {"contains": turn.get("expect", {}).get("contains")}
            turn["expect"] = {
                k: v for k, v in (seen.model_dump(exclude_defaults=True) | kept).items() if v
            }
        rows.append(row)
    head = takewhile(lambda line: line.startswith("#"), path.read_text("utf-8").splitlines(True))
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=100)
    path.write_text("".join(head) + text, encoding="utf-8")
