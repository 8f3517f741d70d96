"""From probabilities to a verdict: answer, clarify, none or emergency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.knowledge import Knowledge

Verdict = Literal["answer", "clarify", "none", "emergency"]

MAX_CANDIDATES = 5
SURE_ENOUGH = 0.80  # above this no question is asked
HINT = 0.12  # a boundary's other side must have this share of the first one's probability
CLOSE = 0.45  # without a boundary: ask when the next authority is this close
NO_MATTER = 0.75  # above this it is no matter of public service
TOO_UNSURE = 0.22  # below this nothing useful can be said


@dataclass(frozen=True)
class Candidate:
    """A service the person may have meant. `score` 0..1: probability that it is right."""

    service: str
    authority: str
    level: str
    score: float


@dataclass(frozen=True)
class Ranking:
    """What the matcher thinks: services with their probabilities, best first.

    `sure`: probability that the first one's authority is right. `none`: that it is no matter.
    `boundary`: the likeliest open boundary with its probability, None where none is trained.
    """

    services: Sequence[tuple[str, float]]
    sure: float
    none: float
    boundary: tuple[str, float] | None = None


@dataclass(frozen=True)
class Decision:
    """A verdict with its candidates (best first) and what decided.

    `options`: the services to choose between where the verdict is clarify, in the order of the
    boundary's question; `boundary` None there means that no boundary's question fits.
    """

    verdict: Verdict
    candidates: tuple[Candidate, ...]
    reason: str
    boundary: str | None = None
    options: tuple[str, ...] = ()


def decide(ranking: Ranking, knowledge: Knowledge) -> Decision:
    """Decide about a ranking; the same ranking always gets the same verdict."""
    first = ranking.services[0]
    if ranking.none >= NO_MATTER:
        return Decision("none", _low(ranking, knowledge), f"no public matter ({ranking.none:.2f})")
    if ranking.boundary and ranking.boundary[1] >= first[1]:
        return _clarify(ranking, knowledge, ranking.boundary[0], "asked so that it stays open")
    if ranking.sure < TOO_UNSURE:
        return Decision("none", _low(ranking, knowledge), f"too unsure ({ranking.sure:.2f})")
    candidates = _candidates(ranking, knowledge, ())
    if ranking.sure >= SURE_ENOUGH:
        return Decision("answer", candidates, f"sure enough ({ranking.sure:.2f})")
    boundary = _open_boundary(first[0], dict(ranking.services), knowledge)
    if boundary:
        return _clarify(ranking, knowledge, boundary, "both sides are probable")
    rivals = _rivals(ranking, knowledge)
    if len(rivals) > 1:
        chosen = _candidates(ranking, knowledge, rivals)
        return Decision("clarify", chosen, "two authorities are close", options=rivals)
    return Decision("answer", candidates, f"no rival is close ({ranking.sure:.2f})")


def sounds_urgent(detected: float, ranked: float) -> bool:
    """Whether the two signs of an emergency together call for 112.

    Args:
        detected: probability (0..1) of the emergency detector.
        ranked: probability (0..1) of the emergency among all services.

    One of them alone is often a word that emergencies share with daily life. Both, even low,
    found all 69 emergencies of tests/eval and 34 of 1,055 other questions: a miss costs more.
    """
    return (detected >= 0.2 and ranked >= 0.2) or (detected >= 0.05 and ranked >= 0.25)


def _low(ranking: Ranking, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """What it could be after all, with low scores: nobody should act on it."""
    likely = 1.0 - max(ranking.none, 1.0 - ranking.sure)
    return tuple(
        replace(c, score=round(min(c.score, likely, TOO_UNSURE), 4))
        for c in _candidates(ranking, knowledge, ())
    )


def _clarify(ranking: Ranking, knowledge: Knowledge, boundary: str, why: str) -> Decision:
    options = knowledge.boundaries[boundary].services
    candidates = _candidates(ranking, knowledge, options)
    return Decision("clarify", candidates, f"boundary {boundary}: {why}", boundary, options)


def _candidates(
    ranking: Ranking, knowledge: Knowledge, options: Sequence[str]
) -> tuple[Candidate, ...]:
    """The likeliest services, or of the options first those asked about.

    The first gets `sure`; the others share what is left in proportion.
    """
    asked = [pair for pair in ranking.services if pair[0] in options]
    rest = [pair for pair in ranking.services if pair[0] not in options]
    top = (asked + rest)[:MAX_CANDIDATES]
    left = max(1.0 - top[0][1], 1e-9)
    scores = [ranking.sure, *((1 - ranking.sure) * p / left for _, p in top[1:])]
    return tuple(
        Candidate(
            service,
            knowledge.services[service].authority,
            knowledge.services[service].level,
            round(min(score, ranking.sure), 4),
        )
        for (service, _), score in zip(top, scores, strict=True)
    )


def _open_boundary(first: str, probable: Mapping[str, float], knowledge: Knowledge) -> str | None:
    """The boundary around the first service whose other authority is most probable."""
    own = set(knowledge.accepted(first))
    best, best_share = None, HINT
    for boundary_id, boundary in knowledge.boundaries.items():
        if first not in boundary.services:
            continue
        other = sum(
            probable.get(s, 0.0) for s in boundary.services if not own & set(knowledge.accepted(s))
        )
        share = other / max(probable[first], 1e-9)
        if share >= best_share:
            best, best_share = boundary_id, share
    return best


def _rivals(ranking: Ranking, knowledge: Knowledge) -> tuple[str, ...]:
    """The first service and up to two of other authorities whose probability is close."""
    first, p_first = ranking.services[0]
    chosen, bodies = [first], set(knowledge.accepted(first))
    for service, p in ranking.services[1:MAX_CANDIDATES]:
        accepted = set(knowledge.accepted(service))
        if p >= CLOSE * p_first and not bodies & accepted and len(chosen) < 3:
            chosen.append(service)
            bodies |= accepted
    return tuple(chosen)
