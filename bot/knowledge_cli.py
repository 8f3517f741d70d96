"""`lots knowledge ...`: for those who keep the facts and the words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from bot.errors import Fault, GuidanceError
from bot.settings import ROOT, load_settings

app = typer.Typer(help="The knowledge base.", no_args_is_help=True)
console = Console()
errors = Console(stderr=True)

Script = Literal["Latn", "Arab", "Ethi", "Cyrl"]


@app.command("check")
def check() -> None:
    """Name every fault of the knowledge base with file and line."""
    from bot.knowledge_check import check_knowledge

    settings = load_settings()
    faults = check_knowledge(settings.knowledge, ROOT / "tests" / "eval")
    _refuse(faults, f"{settings.knowledge.name}/")
    console.print("The knowledge base is sound.")


@app.command("report")
def report(
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Coverage by language, phrases, age of facts, share verified, what is missing."""
    from bot.knowledge_report import knowledge_report, print_report

    found = knowledge_report(load_settings().knowledge)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print_report(found, console)


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="CSV of offices; see docs/knowledge.md")],
    replace: Annotated[bool, typer.Option("--replace", help="write over existing ones")] = False,
) -> None:
    """Import a municipality's offices: all rows, or none and why."""
    from bot.knowledge import load_knowledge
    from bot.knowledge_import import import_offices

    folder = load_settings().knowledge
    offices, faults = import_offices(
        path, folder / "offices", load_knowledge(folder), replace=replace
    )
    _refuse(faults)
    for office in offices:
        console.print(f"{folder.name}/offices/{office.id}.yml", highlight=False)
    console.print(f"{len(offices)} offices imported. Now run `lots knowledge check`.")


@app.command("add-language")
def add_language_(
    code: Annotated[str, typer.Argument(help="ISO 639 code: de")],
    name: Annotated[str, typer.Option(help="in the language itself: Deutsch")],
    english: Annotated[str, typer.Option(help="in English: German")],
    script: Annotated[Script, typer.Option(help="ISO 15924")] = "Latn",
    right_to_left: Annotated[bool, typer.Option("--rtl", help="read from right to left")] = False,
) -> None:
    """Write every file a new language needs, sentences emptied, the English beside."""
    from pydantic import ValidationError

    from bot.knowledge_languages import add_language
    from bot.records import Language

    settings = load_settings()
    try:
        language = Language(
            code=code,
            name=name,
            english=english,
            script=script,
            dir="rtl" if right_to_left else "ltr",
            complete=False,
        )
    except ValidationError as error:
        raise GuidanceError(f"code {code!r}: write two or three small letters, like de") from error
    strings = ROOT / "bot" / "web" / "strings"
    written = add_language(language, settings.knowledge, settings.nlu, strings)
    console.print(f"{len(written)} files written. docs/knowledge.md says what to do with them.")


@app.command("schema")
def schema() -> None:
    """Write the JSON Schemas that editors use."""
    from bot.json_schema import write_json_schemas

    for path in write_json_schemas(load_settings().knowledge):
        console.print(str(path), highlight=False)


@app.command("export")
def export_(
    out: Annotated[Path, typer.Option("--out", help="JSON-LD file to write")],
    form: Annotated[Literal["cpsv-ap", "schema-org"], typer.Option("--format")] = "cpsv-ap",
    municipality: Annotated[str | None, typer.Option("--municipality", "-m")] = None,
    base: Annotated[str, typer.Option(help="beginning of every identifier")] = "urn:lotsen:",
) -> None:
    """Export the public services as linked data: CPSV-AP 3.2 or schema.org."""
    from bot.knowledge import load_knowledge
    from bot.knowledge_export import export

    knowledge = load_knowledge(load_settings().knowledge)
    if municipality is not None and municipality not in knowledge.municipalities:
        raise GuidanceError(f"unknown municipality {municipality!r}: write its four-digit code")
    document = export(knowledge, form, base, municipality)
    try:
        out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise GuidanceError(f"cannot write {out}: {error.strerror}; name a file") from error
    console.print(f"{len(document['@graph'])} things in {out}", highlight=False)


def _refuse(faults: list[Fault], before: str = "") -> None:
    for fault in faults:
        console.print(f"{before}{fault}", highlight=False, markup=False, soft_wrap=True)
    if faults:
        errors.print(f"[bold red]{len(faults)} faults[/]")
        raise typer.Exit(1)
