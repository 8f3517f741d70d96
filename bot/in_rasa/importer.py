"""Rasa's importer extension: the knowledge base's phrases become examples of `ask_service`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

INTENT = "ask_service"


class KnowledgeImporter(TrainingDataImporter):
    """Adds NLU examples; everything else comes from the files as usual.

    Args:
        knowledge: folder of the knowledge base.
        phrases: how many phrases of each service and language are taken, evenly spread.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: object | None = None,
        knowledge: str = "knowledge",
        phrases: int = 2,
    ) -> None:
        self._folder = Path(knowledge) / "wording"
        self._phrases = phrases

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Every service's name and some of its phrases, in every language."""
        return TrainingData(
            [
                Message.build(text, intent=INTENT, example_metadata={"language": language})
                for text, language in _examples(self._folder, self._phrases)
            ]
        )

    def get_domain(self) -> Domain:
        """Nothing of its own."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Nothing of its own."""
        return StoryGraph([])

    def get_config(self) -> dict:
        """Nothing of its own."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Nothing of its own."""
        return None


@lru_cache(maxsize=2)  # Rasa asks four times while it trains
def _examples(folder: Path, phrases: int) -> tuple[tuple[str, str], ...]:
    """(text, language) of the chosen phrases."""
    found = []
    for path in sorted(folder.glob("*/*.yml")):
        if path.stem == "authorities":
            continue
        for words in (yaml.load(path.read_text("utf-8"), _LOADER) or {}).values():
            found += [
                (text, path.parent.name)
                for text in (words.get("name"), *_spread(words.get("phrases", []), phrases))
                if text
            ]
    return tuple(found)


def _spread(phrases: list[str], count: int) -> list[str]:
    step = max(1, len(phrases) // count)
    return phrases[::step][:count]


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
