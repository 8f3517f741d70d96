"""From probabilities to a verdict: answer, clarify, none or emergency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """A verdict with its candidates, the boundary to ask about, and what decided."""

    verdict: Verdict
    candidates: tuple[Candidate, ...]
    boundary: str | None
    reason: str


def decide(ranking: Ranking, knowledge: Knowledge) -> Decision:
    """Decide about a ranking; the same ranking always gets the same verdict."""
    candidates = _candidates(ranking, knowledge)
    first = ranking.services[0]
    if ranking.none >= NO_MATTER:
        return Decision("none", (), None, f"no matter of public service ({ranking.none:.2f})")
    if ranking.boundary and ranking.boundary[1] >= first[1]:
        opened = ranking.boundary[0]
        members = _members(candidates, opened, ranking, knowledge)
        return Decision("clarify", members, opened, f"asked so that {opened} stays open")
    if ranking.sure < TOO_UNSURE:
        return Decision("none", (), None, f"too unsure ({ranking.sure:.2f})")
    if ranking.sure >= SURE_ENOUGH:
        return Decision("answer", candidates, None, f"sure enough ({ranking.sure:.2f})")
    probable = dict(ranking.services)
    boundary = _open_boundary(first[0], probable, knowledge)
    if boundary:
        members = _members(candidates, boundary, ranking, knowledge)
        return Decision("clarify", members, boundary, f"boundary {boundary} is open")
    rivals = _rivals(ranking, knowledge)
    if len(rivals) > 1:
        chosen = tuple(c for c in candidates if c.service in rivals)
        return Decision("clarify", chosen, None, "two authorities are close")
    return Decision("answer", candidates, None, f"no rival is close ({ranking.sure:.2f})")


def _candidates(ranking: Ranking, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """The first gets `sure`; the others share what is left in proportion."""
    top = ranking.services[:MAX_CANDIDATES]
    rest = sum(p for _, p in ranking.services[1:]) + ranking.none or 1.0
    scores = [ranking.sure, *((1 - ranking.sure) * p / rest for _, p in top[1:])]
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
            probable.get(s, 0.0)
            for s in boundary.services
            if not own & set(knowledge.accepted(s))
        )
        share = other / max(probable[first], 1e-9)
        if share >= best_share:
            best, best_share = boundary_id, share
    return best


def _members(
    candidates: tuple[Candidate, ...], boundary: str, ranking: Ranking, knowledge: Knowledge
) -> tuple[Candidate, ...]:
    """The boundary's services are the candidates, in its own order."""
    known = {c.service: c for c in candidates}
    rest = dict(ranking.services)
    return tuple(
        known.get(s)
        or Candidate(
            s, knowledge.services[s].authority, knowledge.services[s].level, round(rest.get(s, 0.0), 4)
        )
        for s in knowledge.boundaries[boundary].services
    )


def _rivals(ranking: Ranking, knowledge: Knowledge) -> set[str]:
    """The first service and up to two of other authorities whose probability is close."""
    first, p_first = ranking.services[0]
    chosen, bodies = {first}, set(knowledge.accepted(first))
    for service, p in ranking.services[1:MAX_CANDIDATES]:
        if p >= CLOSE * p_first and not bodies & set(knowledge.accepted(service)):
            chosen.add(service)
            bodies |= set(knowledge.accepted(service))
    return set(list(sorted(chosen, key=lambda s: s != first))[:3])
