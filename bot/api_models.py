"""The HTTP API's requests and replies, typed."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.verdicts import Verdict


class MatchRequest(BaseModel):
    """A question for the matcher."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=200_000, description="what the person wrote")
    language: str | None = Field(None, description="its language, detected where null")
    municipality: str | None = Field(None, description="SCB code, four digits")


class LanguageFound(BaseModel):
    """The language of a text; `code` null means it cannot be told."""

    code: str | None
    confidence: float
    script: str


class CandidateFound(BaseModel):
    """A service the person may have meant; `score` is a probability (0..1)."""

    service: str
    authority: str
    level: str
    score: float


class OptionFound(BaseModel):
    """One answer to a deciding question."""

    label: str
    service: str


class BoundaryFound(BaseModel):
    """The deciding question of a boundary."""

    id: str
    question: str
    options: list[OptionFound]


class MatchReply(BaseModel):
    """The verdict on a question.

    `second`: the verdict on the second matter; unset, and not sent, where there is one matter.
    """

    language: LanguageFound
    verdict: Verdict
    candidates: list[CandidateFound]
    boundary: BoundaryFound | None
    knowledge_version: str
    second: MatchReply | None = None


class ChatRequest(BaseModel):
    """One message of a conversation; `session` null starts one."""

    model_config = ConfigDict(extra="forbid")

    session: str | None = Field(None, pattern=r"^[A-Za-z0-9_-]{8,64}$")
    message: str = Field(max_length=200_000)
    language: str | None = None
    municipality: str | None = None
    channel: Literal["web", "kiosk"] = "web"


class Button(BaseModel):
    """A choice; its payload is sent as the next message."""

    title: str
    payload: str


class ChatMessage(BaseModel):
    """One message of the bot. `text` stands alone; `card` says the same in parts."""

    text: str
    buttons: list[Button] = []
    card: dict[str, Any] | None = None
    language: str
    dir: Literal["ltr", "rtl"]


class ChatReply(BaseModel):
    """The bot's turn. `notice` says what happened beside: a masked number, Rasa down."""

    session: str
    language: str
    dir: Literal["ltr", "rtl"]
    notice: Literal["personal_number_removed", "rasa_down"] | None = None
    messages: list[ChatMessage]


class ServiceListed(BaseModel):
    """A service in the list of services."""

    id: str
    name: str
    summary: str
    authority: str
    level: str
    life_event: str
    confidence: str


class MunicipalityListed(BaseModel):
    """A municipality by SCB code."""

    code: str
    name: str
    region: str


class LanguageListed(BaseModel):
    """A language of the picker; `complete` false means that some texts fall back to English."""

    code: str
    name: str
    dir: Literal["ltr", "rtl"]
    complete: bool


class PartHealth(BaseModel):
    """How one part is."""

    status: Literal["ok", "down", "stale"]
    detail: str = ""


class Health(BaseModel):
    """How each part is, and the whole: `ok`, or `degraded` while only the matcher answers."""

    status: Literal["ok", "degraded"]
    parts: dict[str, PartHealth]
    knowledge_version: str


class Problem(BaseModel):
    """An error after RFC 9457; `code` is for programs, `detail` for people."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
