"""Checks of phrases: what stands under two services decides nothing, what leaks proves nothing."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import Fault
from bot.knowledge_files import KnowledgeFiles

Fold = Callable[[str], str]

_OWN_WORDS = 3  # fewer are anybody's: "bygglov" in two places is no copy
_TYPO_LETTERS = 5  # words shorter than this differ in meaning by one letter


def check_phrases(files: KnowledgeFiles, evaluation: Path | None) -> None:
    """Note every duplicate and near-duplicate across services, and every leaked question."""
    folded = cache(fold)  # three checks look at every phrase
    _check_duplicates(files, folded)
    _check_near_duplicates(files, folded)
    if evaluation is not None:
        _check_leakage(files, evaluation, folded)


def fold(text: str) -> str:
    """The form in which two texts count as the same: case, marks and punctuation away."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(
            c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)
        ).split()
    )


def _phrases(files: KnowledgeFiles) -> Iterator[tuple[tuple[str, str, str], int, str]]:
    """Place, index and text of every phrase: first the services', then the open questions."""
    for part in ("service_words", "boundary_words"):
        for code, by_id in getattr(files, part).items():
            for name, words in by_id.items():
                for i, phrase in enumerate(words.phrases):
                    yield (part, code, name), i, phrase


def _check_duplicates(files: KnowledgeFiles, folded: Fold) -> None:
    first: dict[str, tuple[str, str, str]] = {}
    for code, by_service in files.service_words.items():
        for sid, words in by_service.items():
            first.setdefault(folded(words.name), ("service_words", code, sid))
    twice = Counter[tuple[tuple[str, str, str], str]]()
    for place, i, phrase in _phrases(files):
        key = folded(phrase)
        part, code, name = first.setdefault(key, place)
        if (part, name) != (place[0], place[2]):
            files.fault(
                place,
                f"phrase {phrase!r} stands under {name!r} ({code}) too: it decides nothing",
                "phrases",
                i,
            )
        twice[place, key] += 1
    for (place, key), n in twice.items():
        if n > 1:
            files.fault(place, f"phrase {key!r} stands here twice", "phrases")


def _check_near_duplicates(files: KnowledgeFiles, folded: Fold) -> None:
    for code, sid, i, twin_of, phrase in near_duplicates(files, folded=folded):
        files.fault(
            ("service_words", code, sid),
            f"phrase {phrase!r} is nearly one under {twin_of!r}: it decides nothing",
            "phrases",
            i,
        )


def near_duplicates(
    files: KnowledgeFiles, *, across: bool = True, folded: Fold | None = None
) -> Iterator[tuple[str, str, int, str, str]]:
    """Phrases with the same words in another order, or with one word one letter apart.

    Args:
        files: the knowledge base as read.
        across: pairs under two services; False: pairs under one.
        folded: `fold`, or something that remembers what it gave.

    Yields:
        (language, service, index of the phrase, service of its twin, phrase).
    """
    for code, by_service in files.service_words.items():
        seen: dict[tuple[str, ...], list[tuple[str, tuple[str, ...], str]]] = defaultdict(list)
        for sid, words in by_service.items():
            for i, phrase in enumerate(words.phrases):
                parts = tuple((folded or fold)(phrase).split())
                if len(parts) < _OWN_WORDS:
                    continue
                twin = _twin(seen, sid, parts, across=across)
                if twin is not None:
                    yield code, sid, i, twin, phrase
                for key in _keys(parts):
                    seen[key].append((sid, parts, phrase))


def _keys(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Keys that near twins share: all words sorted, and all but one long word in order."""
    yield ("", *sorted(parts))
    for i, word in enumerate(parts):
        if len(word) >= _TYPO_LETTERS:
            yield (*parts[:i], "*", *parts[i + 1 :])


def _twin(
    seen: dict[tuple[str, ...], list[tuple[str, tuple[str, ...], str]]],
    sid: str,
    parts: tuple[str, ...],
    *,
    across: bool,
) -> str | None:
    for key in _keys(parts):
        for other, other_parts, _ in seen.get(key, ()):
            if (other != sid) is not across or other_parts == parts:
                continue
            if key[0] == "" or _one_letter_apart(parts, other_parts):
                return other
    return None


def _one_letter_apart(parts: tuple[str, ...], others: tuple[str, ...]) -> bool:
    differing = [(a, b) for a, b in zip(parts, others, strict=True) if a != b]
    return all(
        min(len(a), len(b)) >= _TYPO_LETTERS
        and not any(c.isdigit() for c in a + b)
        and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1
        for a, b in differing
    )


def _check_leakage(files: KnowledgeFiles, evaluation: Path, folded: Fold) -> None:
    asked: dict[str, str] = {}
    for path in sorted(evaluation.rglob("*.jsonl")):
        asked |= _questions(files, path)
    for place, i, phrase in _phrases(files):
        _check_leak(files, asked, place, i, phrase, folded)


def _questions(files: KnowledgeFiles, path: Path) -> dict[str, str]:
    """Sorted words -> id, of a file's questions that are long enough to be somebody's own."""
    asked = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line) if line.strip() else {}
        except ValueError as error:
            files.faults.append(Fault(path.name, number, f"is not JSON: {error}"))
            continue
        # One or two words are anybody's: "bygglov" in both is no leak.
        words = fold(row.get("text", "")).split()
        if len(words) >= _OWN_WORDS:
            asked[" ".join(sorted(words))] = row.get("id", path.name)
    return asked


def _check_leak(
    files: KnowledgeFiles,
    asked: dict[str, str],
    place: tuple[str, ...],
    i: int,
    phrase: str,
    folded: Fold,
) -> None:
    leaked = asked.get(" ".join(sorted(folded(phrase).split())))
    if leaked:
        files.fault(place, f"phrase is the evaluation question {leaked}: remove it", "phrases", i)
