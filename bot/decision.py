"""From probabilities to a verdict: answer, clarify, none or emergency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.knowledge import Knowledge
from bot.verdicts import Verdict

MAX_CANDIDATES = 5
EMERGENCY_FROM = 0.06  # a miss costs much more than a false alarm
NONE_FROM = 0.15
CLARIFY_FROM = 0.30
SURE_ENOUGH = 0.80  # who is so sure asks only where a question is likelier than an answer
VERY_SURE = 0.90  # and who is so sure, only where the text is
CLEARLY_OPEN = 0.60
HINT = 0.10  # a boundary's other side must have this share of the first one's probability
CLOSE = 0.25  # without a boundary: authorities this close to the first are asked about
EMERGENCY_SERVICE = "nodsamtal"
LOW = 0.22  # no candidate of a `none` scores higher: nobody should act on it


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

    `sure`: probability that the first one's authority is right. `verdicts`: probability of each
    verdict. `boundary`: the likeliest open boundary, None where none is trained.
    """

    services: Sequence[tuple[str, float]]
    sure: float
    verdicts: Mapping[Verdict, float]
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
    p = ranking.verdicts
    if p["emergency"] >= EMERGENCY_FROM:
        return emergency(f"life, fire or crime now ({p['emergency']:.2f})")
    if p["none"] >= NONE_FROM:
        return Decision("none", _low(ranking, knowledge), f"no public matter ({p['none']:.2f})")
    unsure = ranking.sure < SURE_ENOUGH or p["clarify"] > p["answer"]
    if ranking.sure >= VERY_SURE:
        unsure = p["clarify"] >= CLEARLY_OPEN
    if p["clarify"] >= CLARIFY_FROM and unsure:
        asked = _question(ranking, knowledge, f"open ({p['clarify']:.2f})")
        if asked:
            return asked
    candidates = _candidates(ranking, knowledge, ())
    return Decision("answer", candidates, f"sure enough ({ranking.sure:.2f})")


def emergency(reason: str) -> Decision:
    """112 first, always."""
    return Decision("emergency", (Candidate(EMERGENCY_SERVICE, "sos_alarm", "sos", 1.0),), reason)


def _question(ranking: Ranking, knowledge: Knowledge, why: str) -> Decision | None:
    """What to ask: the trained boundary, one around the first service, or which of the close ones.

    None where no other authority is near: there is nothing to ask.
    """
    first, p_first = ranking.services[0]
    around, share = boundary_hint(ranking.services, knowledge)
    around = around if share >= HINT else None
    if ranking.boundary and (not around or ranking.boundary[1] >= p_first):
        around = ranking.boundary[0] if ranking.boundary[1] >= HINT * p_first else around
    if around:
        return _clarify(ranking, knowledge, around, why)
    rivals = _rivals(ranking, knowledge)
    if len(rivals) > 1:
        chosen = _candidates(ranking, knowledge, rivals)
        return Decision("clarify", chosen, f"authorities are close: {why}", options=rivals)
    return None


def _low(ranking: Ranking, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """What it could be after all, with low scores."""
    return tuple(
        replace(c, score=round(min(c.score, LOW), 4)) for c in _candidates(ranking, knowledge, ())
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
    found = [
        Candidate(
            service,
            knowledge.services[service].authority,
            knowledge.services[service].level,
            round(min(score, ranking.sure), 4),
        )
        for (service, _), score in zip(top, scores, strict=True)
    ]
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def boundary_hint(
    services: Sequence[tuple[str, float]], knowledge: Knowledge
) -> tuple[str | None, float]:
    """The boundary around the first service whose other authority is most probable.

    Returns:
        Its id (None: the service is in no boundary) and the other authority's share of the first
        service's probability.
    """
    first, p_first = services[0]
    probable = dict(services)
    own = set(knowledge.accepted(first))
    best, best_share = None, 0.0
    for boundary_id, boundary in knowledge.boundaries.items():
        if first not in boundary.services:
            continue
        other = sum(
            probable.get(s, 0.0) for s in boundary.services if not own & set(knowledge.accepted(s))
        )
        share = other / max(p_first, 1e-9)
        if share > best_share:
            best, best_share = boundary_id, share
    return best, best_share


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
