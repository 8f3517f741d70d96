"""Why a verdict came out as it did: for staff (`lots ask --explain`, `/why`) and for tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.errors import IndexMissingError
from bot.matcher import Match, Matcher
from bot.plain_text import clean
from bot.verdicts import Verdict

PHRASES = "phrases.json"  # in the index: {service: [[language, phrase], ...]}
_NEAREST = 3
_WORDS = 4


@dataclass(frozen=True)
class NearPhrase:
    """A phrase of the first service; `likeness` 0..1 is the cosine of the n-gram weights."""

    phrase: str
    language: str
    likeness: float


@dataclass(frozen=True)
class Explanation:
    """What decided.

    `verdicts`: probability of each verdict. `words`: the question's words that speak most for the
    first service. `not_meant`: what was read once the negated clause was left out. `closed_doors`:
    authorities that, as the person tells, have said no. `abroad`: the place outside Sweden that is
    named. `boundary`: the boundary asked about.
    """

    verdict: Verdict
    reason: str
    verdicts: dict[str, float]
    phrases: tuple[NearPhrase, ...]
    words: tuple[str, ...]
    not_meant: str | None
    closed_doors: tuple[str, ...]
    abroad: str | None
    boundary: str | None


def save_phrases(rows: Sequence[tuple[str, str, str]], index: Path) -> None:
    """Keep the training texts, (label, language, text), so that verdicts can be explained."""
    by_label: dict[str, list[tuple[str, str]]] = {}
    for label, language, text in rows:
        by_label.setdefault(label, []).append((language, text))
    (index / PHRASES).write_text(json.dumps(by_label, ensure_ascii=False), encoding="utf-8")


def explain(
    matcher: Matcher, match: Match, text: str, language: str | None, index: Path
) -> Explanation:
    """Say what decided about a text.

    Args:
        matcher: that gave the verdict.
        match: the verdict.
        text: the question.
        language: as it was given to `Matcher.match`.
        index: folder of the index, which keeps the phrases.

    Raises:
        IndexMissingError: if the index keeps no phrases.
    """
    text = clean(text)
    code = language or match.language.code
    first = match.candidates[0].service if match.candidates else None
    ranking = matcher.rank(text, code)
    turns = matcher.turns
    return Explanation(
        match.verdict,
        match.reason,
        {verdict: round(p, 3) for verdict, p in ranking.verdicts.items()},
        _nearest(matcher, text, first, index) if first else (),
        matcher.telling_words(text, first, _WORDS) if first else (),
        turns.remainder(text, code),
        tuple(sorted(turns.closed_doors(text, code))),
        matcher.knowledge.abroad.find(text, code),
        match.boundary,
    )


def _nearest(matcher: Matcher, text: str, service: str, index: Path) -> tuple[NearPhrase, ...]:
    try:
        phrases = json.loads((index / PHRASES).read_text(encoding="utf-8")).get(service, [])
    except (OSError, ValueError) as error:
        raise IndexMissingError(
            f"the index in {index} keeps no phrases: run `lots train`"
        ) from error
    if not phrases:
        return ()
    likeness = matcher.likeness(text, [phrase for _, phrase in phrases])
    order = np.argsort(-likeness, kind="stable")[:_NEAREST]
    return tuple(
        NearPhrase(phrases[i][1], phrases[i][0], round(float(likeness[i]), 2))
        for i in order
        if likeness[i] > 0
    )
