"""`lots evaluate`: tables, pictures, the worst errors, and the configuration beside them."""

from __future__ import annotations

import csv
import json
import platform
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.evaluation import (
    Outcome,
    Share,
    answerable,
    ask,
    calibration_error,
    outcome_row,
    read_questions,
    share,
    write_outcomes,
)
from bot.evaluation_pictures import draw_all
from bot.index_folder import read_index_facts
from bot.matcher import load_matcher
from bot.settings import Settings

_WORST = 15  # errors shown in the terminal; all of them are in errors.csv
# What stands above the columns of `summary`: eight of them fit on 80 characters.
_HEADINGS = {
    "questions": "asked",
    "authority first": "first",
    "among three": "three",
    "level": "level",
    "answered": "given",
    "answers right": "right",
    "refused": "refused",
    "language": "lang.",
    "calibration error": "error",
}
_LEGEND = (
    "first, three: the authority is right at first place, among three; given: of what can be "
    "answered; right: of the answers given; refused: of what can be answered; error: of the "
    "calibration. Below each share its 95 % Wilson interval."
)


def run_evaluation(
    settings: Settings, folder: Path, out: Path, languages: Sequence[str], console: Console
) -> list[Outcome]:
    """Ask, print, save; returns the outcomes.

    Raises:
        EvaluationError: if there are no questions or a row is broken.
        MatcherError: if there is no index.
    """
    questions = read_questions(folder, languages)
    matcher = load_matcher(settings.index)
    progress = iter(track(questions, "asking", console=console, transient=True))
    outcomes = ask(matcher, questions, lambda: _advance(progress))
    out.mkdir(parents=True, exist_ok=True)
    _print_tables(console, outcomes)
    _print_worst(console, outcomes)
    _save(outcomes, out, _configuration(settings, folder, questions, matcher.knowledge.version))
    draw_all(outcomes, out)
    console.print(f"saved in {out}: outcomes.jsonl, errors.csv, configuration.json, *.png")
    return outcomes


def _advance(progress: Iterator[Any]) -> None:
    next(progress, None)


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of the summary table for one group of outcomes."""
    asked = answerable(outcomes)
    given = [o for o in asked if o.match.verdict == "answer"]
    return {
        "questions": len(outcomes),
        "authority first": share(asked, lambda o: o.first_right),
        "among three": share(asked, lambda o: o.among_three),
        "level": share(asked, lambda o: o.level_right),
        "answered": share(asked, lambda o: o.match.verdict == "answer"),
        "answers right": share(given, lambda o: o.credit),
        "refused": share(asked, lambda o: o.match.verdict == "none"),
        "language": share(outcomes, lambda o: o.language_right),
        "calibration error": calibration_error(outcomes),
    }


def _print_tables(console: Console, outcomes: Sequence[Outcome]) -> None:
    console.print(_summary_table("Per language", outcomes, lambda o: o.question.lang))
    console.print(_summary_table("Per level (expected)", answerable(outcomes), _level))
    console.print(_summary_table("Per kind", outcomes, lambda o: o.question.kind))
    console.print(_summary_table("Per authority (expected)", answerable(outcomes), _authority))
    console.print(_LEGEND, style="dim")
    console.print(_decision_table(outcomes))


def _level(outcome: Outcome) -> str:
    return outcome.question.level


def _authority(outcome: Outcome) -> str:
    return outcome.question.accept[0]


def _summary_table(title: str, outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> Table:
    table = Table(title=title, box=box.SIMPLE_HEAD, padding=0, pad_edge=False)
    groups = sorted({key(o) for o in outcomes})
    table.add_column("", overflow="fold", max_width=24)
    for name in summary(outcomes):
        table.add_column(_HEADINGS[name], justify="right", no_wrap=name == "questions")
    for group in groups:
        table.add_row(group, *_cells([o for o in outcomes if key(o) == group]))
    table.add_row("[bold]all", *_cells(outcomes))
    return table


def _cells(outcomes: Sequence[Outcome]) -> list[str]:
    return [_cell(value) for value in summary(outcomes).values()]


def _cell(value: Any) -> str:  # noqa: ANN401 - a count, a share or an error
    if isinstance(value, Share):
        if not value.of:
            return "-"
        low, high = (max(0.0, bound) for bound in value.interval)
        interval = f"{low:.2f}-{high:.2f}".replace("0.", ".").replace("1.00", "1.0")
        return f"{value.value:.3f} [dim]{interval}[/]"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _decision_table(outcomes: Sequence[Outcome]) -> Table:
    table = Table(title="Per decision: verdicts on what was due (row) and their credit")
    verdicts = ("answer", "clarify", "none", "emergency")
    for name in ("due", *verdicts, "credit"):
        table.add_column(name, justify="right")
    for due in verdicts:
        group = [o for o in outcomes if o.question.decision == due]
        counts = [str(sum(o.match.verdict == v for o in group)) for v in verdicts]
        table.add_row(due, *counts, _cell(share(group, lambda o: o.credit)))
    return table


def _print_worst(console: Console, outcomes: Sequence[Outcome]) -> None:
    wrong = [o for o in outcomes if o.credit < 1]
    wrong.sort(key=lambda o: -_badness(o))
    table = Table(title=f"The worst of {len(wrong)} errors")
    for name in ("id", "text", "due", "verdict", "first", "score"):
        table.add_column(name, overflow="fold")
    for outcome in wrong[:_WORST]:
        row = outcome_row(outcome)
        table.add_row(
            outcome.question.id,
            outcome.question.text,
            str(row["wanted"]),
            outcome.match.verdict,
            str(row["first"]),
            str(row["score"]),
        )
    console.print(table)


def _badness(outcome: Outcome) -> float:
    """A missed emergency is worst, then being sure and wrong."""
    if outcome.question.decision == "emergency":
        return 2.0
    first = outcome.match.candidates[0].score if outcome.match.candidates else 0.0
    return first if outcome.match.verdict in ("answer", "emergency") else first / 2


def _configuration(
    settings: Settings, folder: Path, questions: Sequence[Any], version: str
) -> dict[str, Any]:
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "questions": len(questions),
        "folder": folder.name,
        "knowledge_version": version,
        "index": read_index_facts(settings.index),
        "python": platform.python_version(),
    }


def _save(outcomes: Sequence[Outcome], out: Path, configuration: dict[str, Any]) -> None:
    write_outcomes(outcomes, out / "outcomes.jsonl")
    rows = [outcome_row(o) for o in outcomes if o.credit < 1]
    with (out / "errors.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(outcome_row(outcomes[0])))
        writer.writeheader()
        writer.writerows(rows)
    per_language = {
        code: {k: _plain(v) for k, v in summary(group).items()}
        for code, group in _by_language(outcomes).items()
    }
    report = {**configuration, "results": per_language}
    (out / "configuration.json").write_text(
        json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8"
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    return round(value.value, 4) if isinstance(value, Share) else value


def _by_language(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.question.lang, []).append(outcome)
    return groups | {"all": list(outcomes)}
