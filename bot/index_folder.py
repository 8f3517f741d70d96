"""The index folder that `lots train` writes: its format, its facts, its faults."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import IndexMissingError

FORMAT = 15  # raise it when what is in the folder changes its shape


def read_index_facts(index: Path) -> dict:  # type: ignore[type-arg]
    """Read index.json: versions, encoder.

    Raises:
        IndexMissingError: if it is missing, broken or of another format.
    """
    try:
        facts = json.loads((index / "index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexMissingError(
            f"no index in {index}: run `lots train` (or `make train`)"
        ) from error
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise IndexMissingError(
            f"the index in {index} was built by another version: run `lots train`"
        )
    return facts


@contextmanager
def whole(index: Path) -> Iterator[None]:
    """Says what to do where a part of the index cannot be read."""
    try:
        yield
    except (OSError, KeyError, TypeError, ValueError, EOFError) as error:
        raise IndexMissingError(
            f"the index in {index} is incomplete ({type(error).__name__}): run `lots train`"
        ) from error
