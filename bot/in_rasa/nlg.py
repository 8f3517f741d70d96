"""Rasa's NLG extension: wording from knowledge/texts/ in the language of the conversation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.in_rasa import validation_cache
from bot.wording import Catalogue

_TERMINAL = "cmdline"


class CatalogueNLG(NaturalLanguageGenerator):
    """Fills in texts of the catalogue; a changed text is used at once, without retraining.

    Configured in endpoints.yml: `nlg: {type: bot.in_rasa.nlg.CatalogueNLG, knowledge: knowledge}`.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        validation_cache.install()
        folder = Path(endpoint_config.kwargs.get("knowledge", "knowledge"))
        self._catalogue = Catalogue(folder / "texts")
        languages = yaml.safe_load((folder / "languages.yml").read_text(encoding="utf-8"))
        self._directions = {str(item["code"]): str(item["dir"]) for item in languages}

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,  # noqa: ANN401 - Rasa's signature
    ) -> dict[str, Any] | None:
        """Return text, language and direction of a response; None where no text has its name."""
        # An action that switches the language says so before the slot is set.
        language = kwargs.pop("language", None) or tracker.get_slot("language") or "sv"
        template, found = self._catalogue.find(utter_action, language)
        if not template:
            return None
        direction = self._directions.get(found, "ltr")
        text = self._catalogue.text(utter_action, language, rtl=direction == "rtl", **kwargs)
        if tracker.get_latest_input_channel() == _TERMINAL:
            return {"text": text}
        return {"text": text, "custom": {"language": found, "dir": direction}}
