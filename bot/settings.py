"""Settings from the environment; the only reader of it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator can set, each as `LOTS_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="LOTS_", extra="ignore")

    knowledge: Path = Field(ROOT / "knowledge", description="folder of the knowledge base")
    nlu: Path = Field(ROOT / "data" / "nlu", description="folder of the dialogue acts' examples")
    calibration: Path = Field(
        ROOT / "data" / "calibration", description="folder of the dev questions"
    )
    models: Path = Field(ROOT / "models", description="folder of what training makes")
    encoder: str = Field(
        "builtin",
        description="sentence-transformers model by name or folder; `builtin` is the one installed",
    )
    host: str = Field("0.0.0.0", description="address the gateway listens on")
    port: int = Field(8000, ge=1, le=65535, description="port of the gateway")
    rasa_port: int = Field(5005, ge=1, le=65535, description="port of the Rasa server (loopback)")
    actions_port: int = Field(
        5055, ge=1, le=65535, description="port of the action server (loopback)"
    )
    rasa_timeout: float = Field(8.0, gt=0, description="seconds the gateway waits for Rasa")
    message_limit: int = Field(2000, ge=1, description="characters a chat message may have")
    rate_limit: int = Field(600, ge=1, description="messages a minute from one address")
    conversations: Path = Field(
        ROOT / "var" / "conversations.sqlite", description="where conversations outlive a restart"
    )
    feedback: Path = Field(
        ROOT / "var" / "feedback.sqlite", description="judgements about cards, without words"
    )
    municipality: str | None = Field(None, description="home municipality, four digits")
    allowed_origins: str = Field(
        "", description="sites that may embed the chat: origins with spaces between, or *"
    )
    public_url: str | None = Field(None, description="address people reach us at, for QR codes")
    releases: Path = Field(
        ROOT / "var" / "releases", description="where releases are kept for pages that pin them"
    )
    kiosk_languages: str = Field("", description="codes the kiosk offers; all where empty")

    @property
    def index(self) -> Path:
        """Folder of the matcher's index and the compiled knowledge."""
        return self.models / "lots"

    @property
    def rasa_url(self) -> str:
        """Base address of the Rasa server."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Base address of the action server."""
        return f"http://127.0.0.1:{self.actions_port}"


def load_settings() -> Settings:
    """Read the environment now."""
    return Settings()
