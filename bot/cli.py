"""The `lots` command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.errors import GuidanceError
from bot.knowledge_cli import app as knowledge_app
from bot.settings import ROOT, load_settings

app = typer.Typer(
    help="Lotsen: who do I turn to with this?",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # a local variable may hold what somebody wrote
)
app.add_typer(knowledge_app, name="knowledge")
console = Console()
errors = Console(stderr=True)

Language = Annotated[str | None, typer.Option("--language", "-l", help="code, detected if absent")]


def main() -> None:
    """Run the command; an expected error is one message, not a traceback."""
    try:
        app(standalone_mode=True)
    except GuidanceError as error:
        errors.print(f"[bold red]lots:[/] {error}", highlight=False)
        raise SystemExit(1) from None


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="what a person would write")],
    language: Language = None,
    municipality: Annotated[str | None, typer.Option("--municipality", "-m")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="phrases and signs behind it")] = False,
) -> None:
    """Print the card for a question, with scores, the runner-up and what decided."""
    from bot.assistant import load_assistant
    from bot.explanation import explain as explanation_of
    from bot.gateway import check_codes
    from bot.problems import ApiError
    from bot.staff_card import print_explanation, print_verdict

    settings = load_settings()
    assistant = load_assistant(settings)
    try:
        check_codes(language, municipality, assistant.knowledge)
    except ApiError as error:
        raise GuidanceError(error.detail) from error
    print_verdict(console, assistant, question, language, municipality)
    if explain:
        found = assistant.matcher.match(question, language)
        print_explanation(
            console,
            explanation_of(assistant.matcher, found, question, language, settings.index),
        )


@app.command()
def match(
    rows: Annotated[Path, typer.Option("--in", help="JSONL with id, text, language?")],
    out: Annotated[Path, typer.Option("--out", help="JSONL: the verdicts, in the same order")],
) -> None:
    """Match every row of a file."""
    from bot.assistant import load_assistant
    from bot.match_file import match_file

    count = match_file(rows, out, load_assistant(load_settings()))
    console.print(f"{count} verdicts in {out}")


@app.command()
def train(
    if_needed: Annotated[bool, typer.Option("--if-needed", help="only what changed")] = False,
    rasa: Annotated[bool, typer.Option(help="train the Rasa model too")] = True,
) -> None:
    """Build the matcher's index and the Rasa model."""
    from bot.rasa_training import rasa_state, train_rasa
    from bot.training import index_state, refresh_index, train_matcher

    settings = load_settings()
    state = index_state(settings) if if_needed else "stale"
    if state == "outdated":
        refresh_index(settings)
        console.print("[bold]Refreshed the index[/]: facts or wording changed, phrases did not")
    elif state != "current":
        console.print("[bold]Training the matcher[/] (3-4 minutes)")
        facts = train_matcher(settings, lambda step: console.print(f"  {step}", highlight=False))
        console.print(f"  done: {facts['texts']} texts in {facts['seconds']} s")
    if rasa and (not if_needed or rasa_state(settings) != "current"):
        console.print("[bold]Training Rasa[/] (1-2 minutes)")
        seconds = train_rasa(settings, lambda step: console.print(f"  {step}", highlight=False))
        console.print(f"  done in {seconds:.0f} s")


@app.command()
def up() -> None:
    """Train if needed, start everything, print the address; Ctrl-C stops all."""
    from bot.processes import check_ports, check_rasa_python, run_stack

    settings = load_settings()
    check_rasa_python()
    check_ports(settings)
    train(if_needed=True)
    console.print("[bold]Starting[/] gateway, action server, Rasa (about half a minute)")

    def waiting(name: str, seconds: float) -> None:
        console.print(f"  {name} is up ({seconds:.0f} s)", highlight=False)

    def ready(seconds: float) -> None:
        console.print(
            f"[bold green]Lotsen is ready[/] after {seconds:.0f} s: http://localhost:{settings.port}"
            "   (Ctrl-C stops it)",
            highlight=False,
        )

    status = run_stack(settings, ready, waiting)
    console.print("Lotsen has stopped.")
    raise typer.Exit(status)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def shell(context: typer.Context) -> None:
    """`rasa shell` with the action server up."""
    from bot.processes import check_rasa_python
    from bot.shell import run_shell

    check_rasa_python()
    train(if_needed=True)
    raise typer.Exit(run_shell(load_settings(), context.args))


@app.command()
def rehearse(
    files: Annotated[list[Path], typer.Argument(help="YAML files of conversations")],
    url: Annotated[str, typer.Option(help="address of the running stack")] = "",
    record: Annotated[bool, typer.Option(help="write what is seen as what is expected")] = False,
) -> None:
    """Play scripted conversations against the running stack; print where they differ."""
    from bot.rehearsal import rehearse_files

    settings = load_settings()
    address = url or f"http://127.0.0.1:{settings.port}"
    if rehearse_files(files, address, settings.knowledge / "texts", console, record=record):
        raise typer.Exit(1)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Option(help="folder of JSONL files")] = ROOT
    / "tests"
    / "eval",
    out: Annotated[Path, typer.Option(help="folder for results")] = ROOT / "var" / "evaluation",
    languages: Annotated[str, typer.Option(help="codes with commas; all if empty")] = "",
) -> None:
    """Ask the evaluation questions; print tables, save pictures, errors and configuration."""
    from bot.evaluation_report import run_evaluation

    codes = tuple(code.strip() for code in languages.split(",") if code.strip())
    run_evaluation(load_settings(), questions, out, codes, console)


@app.command("accessibility-statement")
def accessibility_statement(
    data: Annotated[Path, typer.Option(help="the facts of the statement")] = ROOT
    / "docs"
    / "accessibility-statement.yml",
    html: Annotated[bool, typer.Option("--html", help="HTML instead of Markdown")] = False,
) -> None:
    """Print the accessibility statement (tillgänglighetsredogörelse) in Swedish."""
    from bot.accessibility_statement import as_html, as_markdown, read_statement, sections

    parts = sections(read_statement(data))
    typer.echo(as_html(parts) if html else as_markdown(parts), nl=False)


if __name__ == "__main__":
    main()
