"""The parts a running process needs, loaded once: matcher, texts, knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge import Knowledge
from bot.matcher import Matcher, load_matcher
from bot.replies import Replies
from bot.settings import Settings, load_settings
from bot.wording import Catalogue


@dataclass(frozen=True)
class Assistant:
    """What answers questions, in one process."""

    settings: Settings
    matcher: Matcher
    catalogue: Catalogue

    @property
    def knowledge(self) -> Knowledge:
        """The compiled knowledge base."""
        return self.matcher.knowledge

    def replies(self, language: str, municipality: str | None, *, easy: bool = False) -> Replies:
        """Replies in a language for a municipality (SCB code or None)."""
        return Replies(self.knowledge, self.catalogue, language, municipality, easy=easy)


def load_assistant(settings: Settings) -> Assistant:
    """Load everything now.

    Raises:
        MatcherError: if there is no index or its encoder cannot be loaded.
    """
    return Assistant(
        settings, load_matcher(settings.index), Catalogue(settings.knowledge / "texts")
    )


@lru_cache(maxsize=1)
def shared_assistant() -> Assistant:
    """The process's one assistant, loaded at the first call."""
    return load_assistant(load_settings())
