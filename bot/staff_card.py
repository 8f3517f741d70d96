"""The card in a terminal, for staff: with scores, the runner-up and what decided."""

from __future__ import annotations

from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.assistant import Assistant
from bot.conversation import decide_language
from bot.explanation import Explanation
from bot.matcher import Match

_COLOURS = {
    "kommun": "green",
    "region": "blue",
    "stat": "yellow",
    "domstol": "magenta",
    "ovrig": "white",
    "sos": "red",
}


def print_verdict(
    console: Console,
    assistant: Assistant,
    question: str,
    language: str | None,
    municipality: str | None,
) -> None:
    """Print the reply to a question and how it came about."""
    match = assistant.matcher.match(question, language)
    code = language or decide_language(assistant.matcher.detector, question, None, None)
    replies = assistant.replies(code, municipality).to(match)
    text = "\n\n".join(assistant.catalogue.text(r.key, code, **r.values) for r in replies)
    level = match.candidates[0].level if match.verdict == "answer" else None
    colour = _COLOURS.get(level or "", "cyan")
    parts: list[Text | Table] = [Text(text), Text(""), _scores(assistant, match)]
    parts.append(Text(f"Decided by: {match.reason}", style="dim"))
    found = match.language
    parts.append(
        Text(
            f"Language: {found.code or 'cannot tell'} ({found.confidence:.2f}, {found.script}); "
            f"knowledge {match.knowledge_version}",
            style="dim",
        )
    )
    title = f"{match.verdict}{' · ' + level if level else ''}"
    console.print(Panel(Group(*parts), title=title, border_style=colour))


def _scores(assistant: Assistant, match: Match) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for column in ("", "service", "authority", "level", "score"):
        table.add_column(column)
    for place, candidate in enumerate(match.candidates, start=1):
        name = assistant.knowledge.wording(candidate.service, "sv")[0].name
        table.add_row(
            str(place),
            name,
            candidate.authority,
            candidate.level,
            f"{candidate.score:.2f}",
        )
    return table


def decision_facts(match: Match) -> dict[str, Any]:
    """A verdict as plain data without words, to be explained later or offered as near matters."""
    return {
        "verdict": match.verdict,
        "reason": match.reason,
        "boundary": match.boundary,
        "language": match.language.code,
        "confidence": round(match.language.confidence, 2),
        "knowledge": match.knowledge_version,
        "candidates": [[c.service, c.authority, c.level, c.score] for c in match.candidates],
    }


def explain_in_terminal(assistant: Assistant, facts: dict[str, Any]) -> str:
    """Lines for staff: verdict, what decided, candidates with scores, the first one's source."""
    lines = [
        f"[{facts['verdict']}] decided by: {facts['reason']}",
        f"language {facts['language'] or 'cannot tell'} ({facts['confidence']:.2f}), "
        f"knowledge {facts['knowledge']}",
    ]
    for place, (service, authority, level, score) in enumerate(facts["candidates"], start=1):
        mark = {1: " <- first", 2: " <- runner-up"}.get(place, "")
        lines.append(f"{place}. {score:.2f}  {service}  {authority} ({level}){mark}")
    if facts["candidates"]:
        record = assistant.knowledge.services.get(facts["candidates"][0][0])
        if record:
            source, checked = record.source.url or "no source", record.source.checked or "never"
            lines.append(f"source {source}, checked {checked}, {record.confidence}")
    return "\n".join(lines)


def print_explanation(console: Console, explanation: Explanation) -> None:
    """Print what decided, one line a sign."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    verdicts = sorted(explanation.verdicts.items(), key=lambda pair: -pair[1])
    table.add_row("verdicts", ", ".join(f"{verdict} {p:.2f}" for verdict, p in verdicts))
    table.add_row("decided by", explanation.reason)
    for near in explanation.phrases:
        table.add_row(f"phrase {near.likeness:.2f}", Text(f"{near.phrase} ({near.language})"))
    if explanation.words:
        table.add_row("words", Text(", ".join(explanation.words)))
    if explanation.not_meant:
        table.add_row("not X but", Text(explanation.not_meant))
    if explanation.closed_doors:
        table.add_row("said no", ", ".join(explanation.closed_doors))
    if explanation.abroad:
        table.add_row("place abroad", Text(explanation.abroad))
    if explanation.boundary:
        table.add_row("boundary", explanation.boundary)
    console.print(table)
