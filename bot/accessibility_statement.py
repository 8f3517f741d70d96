"""The accessibility statement the law asks of a public body, in Swedish, from a data file.

Lagen (2018:1937) om tillgänglighet till digital offentlig service; the parts follow DIGG's model.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.errors import StatementError

Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Sections = list[tuple[str, list[str]]]  # heading, paragraphs; one that begins with "- " is an item
_STANDARD = "https://www.digg.se/webbriktlinjer"
_KINDS = {
    "self": "en självskattning",
    "internal": "en intern granskning",
    "external": "en granskning av en oberoende part",
}
_REASONS = {
    "nonconformity": "Innehåll som inte uppfyller kraven i lagen",
    "burden": "Oskäligt betungande anpassning (12 §)",
    "exempt": "Innehåll som inte omfattas av lagen",
}
_MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Contact(_Part):
    """Where a person gets the content in another way."""

    email: Line
    phone: Line
    answer_within: Line


class Supervision(_Part):
    """The body that supervises the law."""

    name: Line
    url: Line
    checked: date | None


class Method(_Part):
    """How accessibility was judged."""

    kind: Literal["self", "internal", "external"]
    words: Line


class Failure(_Part):
    """One known failure: what fails, whom it meets, which criterion of WCAG 2.2, why it remains."""

    what: Line
    who: Line
    criterion: Annotated[str, StringConstraints(pattern=r"^\d\.\d{1,2}\.\d{1,2}$")] | None
    why: Literal["nonconformity", "burden", "exempt"]
    fixed_by: date | None


class Statement(_Part):
    """The data of a statement."""

    organisation: Line
    service: Line
    url: Line
    contact: Contact
    report_url: Line
    supervision: Supervision
    published: date
    reviewed: date
    method: Method
    failures: tuple[Failure, ...]


def read_statement(path: Path) -> Statement:
    """Read the data file.

    Raises:
        StatementError: if it is missing or a part is; the message names the part.
    """
    try:
        return Statement.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise StatementError(f"{path}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise StatementError(f"{path} is not YAML: {error}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
        )
        raise StatementError(f"{path}: {faults}") from error


def sections(data: Statement) -> Sections:
    """The statement by its required parts, in their order."""
    return [
        (
            f"Tillgänglighetsredogörelse för {data.service}",
            [
                f"{data.organisation} står bakom {data.service} ({data.url}). Vi vill att så många "
                "som möjligt ska kunna använda tjänsten. Här beskriver vi hur den uppfyller lagen "
                "om tillgänglighet till digital offentlig service, vilka problem vi känner till "
                "och hur du kan rapportera brister så att vi kan åtgärda dem.",
                _status(data.failures),
            ],
        ),
        (
            "Vad kan du göra om du inte kan använda delar av tjänsten?",
            [
                "Behöver du innehåll som inte är tillgängligt för dig, men som är undantaget från "
                "lagen, eller hjälp med något annat? Kontakta oss:",
                f"- E-post: {data.contact.email}",
                f"- Telefon: {data.contact.phone}",
                f"Vi svarar inom {data.contact.answer_within}.",
                f"Samma frågor kan ställas utan skript och utan chattfönster på {data.url}/ask.",
            ],
        ),
        (
            "Rapportera brister i tillgängligheten",
            [
                "Vi vill bli bättre. Upptäcker du problem som inte står här, eller anser du att vi "
                f"inte uppfyller lagens krav, meddela oss: {data.report_url}",
            ],
        ),
        (
            "Tillsyn",
            [
                f"{data.supervision.name} har ansvaret för tillsyn av lagen. Är du inte nöjd med "
                "hur vi hanterar dina påpekanden kan du anmäla det där: "
                f"{data.supervision.url}",
            ],
        ),
        (
            "Teknisk information om tjänstens tillgänglighet",
            [
                "Kraven är nivå AA i WCAG, genom standarden EN 301 549. Vi prövar mot WCAG 2.2. "
                f"{_status(data.failures)} Riktlinjer: {_STANDARD}",
            ],
        ),
        *_known_failures(data.failures),
        (
            "Hur vi har prövat tjänsten",
            [
                f"Vi har gjort {_KINDS[data.method.kind]}. {data.method.words}",
                f"Senaste bedömningen gjordes den {_words_of(data.reviewed)}.",
                f"Redogörelsen publicerades den {_words_of(data.published)}.",
            ],
        ),
    ]


def _status(failures: tuple[Failure, ...]) -> str:
    counted = [f for f in failures if f.why != "exempt"]
    how = "delvis förenlig" if counted else "helt förenlig"
    reason = " på grund av bristerna nedan" if counted else ""
    return f"Tjänsten är {how} med lagen{reason}."


def _known_failures(failures: tuple[Failure, ...]) -> Sections:
    found: Sections = []
    for reason, heading in _REASONS.items():
        items = [f"- {_failure(f)}" for f in failures if f.why == reason]
        if items:
            found.append((heading, items))
    return found


def _failure(failure: Failure) -> str:
    criterion = f" (WCAG {failure.criterion})" if failure.criterion else ""
    plan = f" Åtgärdas senast den {_words_of(failure.fixed_by)}." if failure.fixed_by else ""
    return f"{failure.what.rstrip('.')}{criterion}. {failure.who.rstrip('.')}.{plan}"


def _words_of(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def as_markdown(parts: Sections) -> str:
    """The statement as Markdown."""
    blocks = []
    for number, (heading, lines) in enumerate(parts):
        text = "\n\n".join(lines).replace("\n\n- ", "\n- ")
        blocks.append(f"{'##' if number else '#'} {heading}\n\n{text}")
    return "\n\n".join(blocks) + "\n"


def as_html(parts: Sections) -> str:
    """The statement as HTML to paste into a page: headings, paragraphs, lists, links."""
    blocks = []
    for number, (heading, lines) in enumerate(parts):
        tag = "h2" if number else "h1"
        blocks.append(f"<{tag}>{escape(heading)}</{tag}>")
        items = [f"<li>{_linked(line[2:])}</li>" for line in lines if line.startswith("- ")]
        for line in lines:
            if not line.startswith("- "):
                blocks.append(f"<p>{_linked(line)}</p>")
            elif items:
                blocks.append(f"<ul>{''.join(items)}</ul>")
                items = []
    return f'<section lang="sv">\n{chr(10).join(blocks)}\n</section>\n'


def _linked(text: str) -> str:
    return re.sub(
        r"https?://[^\s)]*[^\s).]", lambda m: f'<a href="{m[0]}">{m[0]}</a>', escape(text)
    )
