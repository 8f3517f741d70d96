"""The card in a terminal, for staff: with scores, the runner-up and what decided."""

from __future__ import annotations

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.assistant import Assistant
from bot.conversation import decide_language
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
    reply = assistant.replies(code, municipality).to(match)
    text = assistant.catalogue.text(reply.key, code, **reply.values)
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
