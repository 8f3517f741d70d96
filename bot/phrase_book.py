"""Who types exactly a service's name, or one of its phrases, means that service.

N-grams alone may lose "bygglov" to services whose every phrase says more with that word in it; and
a phrase that staff add must be understood, whatever else was learnt beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import numpy as np

from bot.ngrams import in_latin

_LONGEST = 500  # characters; no phrase is longer
_WORD = re.compile(r"\w+")


class PhraseBook:
    """Texts and the one label that each belongs to; of the texts only hashes are kept.

    Args:
        texts: names and phrases, with their labels; what is two labels' in small Latin letters
            is left out.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        found: dict[int, set[str]] = {}
        for text, label in texts:
            if key := _key(text):
                found.setdefault(key, set()).add(label)
        label_of = {key: labels.pop() for key, labels in found.items() if len(labels) == 1}
        self._labels = np.array(sorted(set(label_of.values())), dtype=np.str_)
        self._keys = np.array(sorted(label_of), dtype=np.uint64)
        of_keys = [label_of[int(key)] for key in self._keys]
        self._columns = np.searchsorted(self._labels, of_keys).astype(np.uint16)

    def label(self, text: str) -> str | None:
        """The label whose name or phrase the text is; None where it is in no one's."""
        key = np.uint64(_key(text))
        place = int(np.searchsorted(self._keys, key))
        if not key or place == len(self._keys) or self._keys[place] != key:
            return None
        return str(self._labels[self._columns[place]])

    def save(self, folder: Path) -> None:
        """Write it."""
        path = folder / "phrase_book.npz"
        np.savez(path, labels=self._labels, keys=self._keys, columns=self._columns)

    @classmethod
    def load(cls, folder: Path) -> PhraseBook:
        """Read what `save` wrote."""
        book = cls(())
        with np.load(folder / "phrase_book.npz") as stored:
            book._labels, book._keys = stored["labels"], stored["keys"]
            book._columns = stored["columns"]
        return book


def _key(text: str) -> int:
    """A hash of the words in small Latin letters, 64 bits; 0 where there are none, or too many."""
    words = _WORD.findall(in_latin(text)) if len(text) <= _LONGEST else []
    digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") if words else 0
