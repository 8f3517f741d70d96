"""Turns of phrase that n-grams do not see: "not X but Y", "X told me to ask elsewhere", "X and Y".

N-grams see the words of X and believe that X is meant. People who have been sent from door to door
speak so, and a few words of each language show it (knowledge/turns_of_phrase.yml,
knowledge/bodies_in_speech.yml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.errors import Fault, KnowledgeError

TURNS = "turns_of_phrase.yml"
BODIES = "bodies_in_speech.yml"
T = TypeVar("T")
_CUT = re.compile(r"(?<=[.!?;:،؛۔።፡፤,—–])\s+")
_WORD = re.compile(r"[\w'’\u200c-]+")
_HEAD = 3  # words at the beginning of a clause that may be fillers
_TAIL = 3  # words at its end among which `not_after` may stand
_BEGINNING = 4  # letters: a longer name counts as the beginning of a word
_TOO_LONG = 60  # words: a story, not two questions
_CUTS = 6  # each costs two readings
_CLAUSES = 2  # what is not meant is said first: later negations belong to what has happened


class Turns(BaseModel):
    """The words of one language; see the head of turns_of_phrase.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    not_before: frozenset[str]
    not_after: frozenset[str]
    fillers: frozenset[str]
    but: frozenset[str]
    and_: frozenset[str] = Field(alias="and")
    said: frozenset[str]


@dataclass(frozen=True)
class TurnsOfPhrase:
    """Reads questions; `turns` by language, `bodies` from a name in speech to an authority."""

    turns: Mapping[str, Turns] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)

    def remainder(self, text: str, language: str | None) -> str | None:
        """The question without the clause that says what is not meant; None where none does."""
        turns = self.turns.get(language or "")
        if turns is None:
            return None
        clauses = _clauses(text, turns)
        kept = [
            clause
            for place, clause in enumerate(clauses)
            if place >= _CLAUSES or not _is_negated(clause, turns)
        ]
        return " ".join(kept) if kept and len(kept) < len(clauses) else None

    def closed_doors(self, text: str, language: str | None) -> frozenset[str]:
        """The authorities that, as the person tells, have said it is not theirs."""
        turns = self.turns.get(language or "")
        words = [word.casefold() for word in _WORD.findall(text)]
        if turns is None or not turns.said & set(words):
            return frozenset()
        return frozenset(
            authority
            for word in words
            for name, authority in self.bodies.items()
            if word == name or (len(name) > _BEGINNING and word.startswith(name))
        )

    def halves(self, text: str, language: str | None) -> list[tuple[str, str]]:
        """Every way to cut the question in two at a word like "and", two words or more a side."""
        turns = self.turns.get(language or "")
        words = text.split()
        if turns is None or len(words) > _TOO_LONG:
            return []
        return [
            (" ".join(words[:i]), " ".join(words[i + 1 :]))
            for i in range(2, len(words) - 2)
            if words[i].casefold() in turns.and_
        ][:_CUTS]


def _clauses(text: str, turns: Turns) -> list[str]:
    """The text cut at punctuation and at words like "but"."""
    clauses = []
    for part in _CUT.split(text):
        current: list[str] = []
        for word in part.split():
            if word.casefold() not in turns.but:
                current.append(word)
            elif current:
                clauses.append(" ".join(current))
                current = []
        if current:
            clauses.append(" ".join(current))
    return clauses


def _is_negated(clause: str, turns: Turns) -> bool:
    words = [word.casefold() for word in _WORD.findall(clause)]
    if turns.not_after & set(words[-_TAIL:]):
        return True
    for word in words[: _HEAD + 1]:
        if word in turns.not_before:
            return True
        if word not in turns.fillers:
            return False
    return False


def read_turns_of_phrase(folder: Path) -> TurnsOfPhrase:
    """Read both files of the knowledge base; missing files rule nothing out.

    Raises:
        KnowledgeError: if one is broken.
    """
    turns = _read(folder / TURNS, TypeAdapter(dict[str, Turns]))
    bodies = _read(folder / BODIES, TypeAdapter(dict[str, tuple[str, ...]]))
    return TurnsOfPhrase(
        turns, {n.casefold(): body for body, names in bodies.items() for n in names}
    )


def _read(path: Path, form: TypeAdapter[dict[str, T]]) -> dict[str, T]:
    if not path.exists():
        return {}
    try:
        return form.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except (yaml.YAMLError, ValidationError) as error:
        raise KnowledgeError([Fault(path.name, 0, str(error))]) from error
