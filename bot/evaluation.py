"""Asks the evaluation questions and counts what was right.

Rows and what counts as right are those of the contract: `answer` is right when the verdict is
answer and the first authority is accepted; `clarify` when at least two accepted authorities are
among the options (a right answer counts half); `none` and `emergency` when the verdict says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import EvaluationError
from bot.matcher import Match, Matcher


class Question(BaseModel):
    """One row of tests/eval/<language>.jsonl."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    lang: str
    text: str
    kind: str
    accept: tuple[str, ...]
    level: str
    decision: Literal["answer", "clarify", "none", "emergency"]
    topic: str = ""


@dataclass(frozen=True)
class Outcome:
    """A question, the verdict on it, and the credit (0, 0.5 or 1) for the verdict."""

    question: Question
    match: Match
    credit: float

    @property
    def first_right(self) -> bool:
        """Whether the first candidate's authority is accepted, whatever the verdict."""
        return bool(self.match.candidates) and (
            self.match.candidates[0].authority in self.question.accept
        )

    @property
    def among_three(self) -> bool:
        """Whether an accepted authority is among the first three candidates."""
        return any(c.authority in self.question.accept for c in self.match.candidates[:3])

    @property
    def level_right(self) -> bool:
        """Whether the first candidate's level is the expected one."""
        return bool(self.match.candidates) and (
            self.match.candidates[0].level == self.question.level or self.first_right
        )

    @property
    def language_right(self) -> bool:
        """Whether the language was named."""
        return self.match.language.code == self.question.lang


@dataclass(frozen=True)
class Share:
    """A share with its Wilson 95 % interval."""

    hits: float
    of: int

    @property
    def value(self) -> float:
        """0..1; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound, 0..1."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.value
        middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def read_questions(folder: Path, languages: Sequence[str] = ()) -> list[Question]:
    """Read every question, or those of some languages.

    Raises:
        EvaluationError: if there is none, or a row is broken (file and line are named).
    """
    questions = []
    for path in sorted(folder.rglob("*.jsonl")) if folder.is_dir() else [folder]:
        if languages and path.stem not in languages:
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise EvaluationError(f"{path}: cannot be read: {error}") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                questions.append(_question(path, number, line))
    if not questions:
        raise EvaluationError(f"no questions in {folder}: expected <language>.jsonl files")
    return questions


def _question(path: Path, number: int, line: str) -> Question:
    try:
        return Question.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvaluationError(f"{path}:{number}: {where}: {first['msg']}") from error


def ask(matcher: Matcher, questions: Iterable[Question], tick: Callable[[], None]) -> list[Outcome]:
    """Ask every question; `tick` is called after each, for a progress bar."""
    outcomes = []
    for question in questions:
        match = matcher.match(question.text)
        outcomes.append(Outcome(question, match, credit(question, match, matcher)))
        tick()
    return outcomes


def credit(question: Question, match: Match, matcher: Matcher) -> float:
    """1 for the right verdict, 0.5 for an answer where a question was due, else 0."""
    accepted = set(question.accept)
    if question.decision == "clarify":
        if match.verdict == "clarify":
            bodies = {
                body
                for service in match.options
                for body in matcher.knowledge.accepted(service)
                if body in accepted
            }
            return 1.0 if len(bodies) > 1 else 0.0
        first = match.candidates[0].authority if match.candidates else None
        return 0.5 if match.verdict == "answer" and first in accepted else 0.0
    if match.verdict != question.decision:
        return 0.0
    if question.decision == "answer":
        return 1.0 if match.candidates[0].authority in accepted else 0.0
    return 1.0


def share(outcomes: Iterable[Outcome], hit: Callable[[Outcome], float]) -> Share:
    """Share of the outcomes that `hit` counts."""
    values = [float(hit(outcome)) for outcome in outcomes]
    return Share(sum(values), len(values))


def answerable(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes of questions that have one right answer."""
    return [o for o in outcomes if o.question.decision == "answer"]


def calibration_error(outcomes: Sequence[Outcome], bins: int = 10) -> float:
    """Expected calibration error of the first score over given answers, 0..1."""
    given = [o for o in answerable(outcomes) if o.match.candidates]
    error = 0.0
    for low in range(bins):
        inside = [
            o for o in given if low <= min(o.match.candidates[0].score, 0.9999) * bins < low + 1
        ]
        if inside:
            mean = sum(o.match.candidates[0].score for o in inside) / len(inside)
            error += len(inside) / len(given) * abs(mean - share(inside, _first).value)
    return error


def _first(outcome: Outcome) -> float:
    return float(outcome.first_right)


def outcome_row(outcome: Outcome) -> dict[str, object]:
    """One outcome as a flat row for a file."""
    first = outcome.match.candidates[0] if outcome.match.candidates else None
    return {
        "id": outcome.question.id,
        "text": outcome.question.text,
        "wanted": outcome.question.decision + " " + "/".join(outcome.question.accept),
        "verdict": outcome.match.verdict,
        "first": first.authority if first else "",
        "service": first.service if first else "",
        "score": first.score if first else "",
        "credit": outcome.credit,
        "language": outcome.match.language.code or "",
        "reason": outcome.match.reason,
    }


def write_outcomes(outcomes: Sequence[Outcome], path: Path) -> None:
    """Write every outcome as JSON lines."""
    rows = (json.dumps(outcome_row(o), ensure_ascii=False) for o in outcomes)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
