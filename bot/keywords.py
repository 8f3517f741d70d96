"""Who types exactly a service's name, or one of its short phrases, means that service.

N-grams alone may lose "bygglov" to services whose every phrase says more with that word in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from bot.ngrams import in_latin

WORDS = 3  # a longer text is no keyword
_WORD = re.compile(r"\w+")


class Keywords:
    """Short texts and the one label that each belongs to.

    Args:
        texts: names and phrases, with their labels; what is two labels' in small Latin letters
            is left out.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        found: dict[str, set[str]] = {}
        for text, label in texts:
            if key := _key(text):
                found.setdefault(key, set()).add(label)
        self._label_of = {key: labels.pop() for key, labels in found.items() if len(labels) == 1}

    def label(self, text: str) -> str | None:
        """The label whose name or phrase the text is; None where it is no keyword."""
        return self._label_of.get(_key(text))

    def save(self, folder: Path) -> None:
        """Write them."""
        text = json.dumps(self._label_of, ensure_ascii=False)
        (folder / "keywords.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Keywords:
        """Read what `save` wrote."""
        keywords = cls(())
        keywords._label_of = json.loads((folder / "keywords.json").read_text(encoding="utf-8"))
        return keywords


def _key(text: str) -> str:
    """The words in small Latin letters; empty where they are too many."""
    if len(text) > 100:
        return ""
    words = _WORD.findall(in_latin(text))
    return " ".join(words) if len(words) <= WORDS else ""
