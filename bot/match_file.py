"""`lots match`: verdicts for a file of questions."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.assistant import Assistant
from bot.errors import EvaluationError
from bot.gateway import match_reply


class Row(BaseModel):
    """One question of the input."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    text: str
    language: str | None = None
    municipality: str | None = None


def match_file(rows: Path, out: Path, assistant: Assistant) -> int:
    """Write the verdict of every row, in the same order; returns how many.

    The output is whole or not there: it is written beside and renamed.

    Raises:
        EvaluationError: if a row is broken; file and line are named and nothing is written.
    """
    try:
        lines = rows.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{rows}: cannot be read as UTF-8: {error}") from error
    verdicts = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = Row.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise EvaluationError(f"{rows}:{number}: {where}: {first['msg']}") from error
        language = row.language if row.language in assistant.knowledge.languages else None
        found = assistant.matcher.match(row.text, language)
        reply = match_reply(found, assistant, language)
        verdicts.append({"id": row.id, **reply.model_dump(exclude_unset=True)})
    _write(out, verdicts)
    return len(verdicts)


def _write(out: Path, verdicts: list[dict[str, object]]) -> None:
    import json

    temporary = out.with_name(out.name + ".part")
    text = "".join(json.dumps(v, ensure_ascii=False) + "\n" for v in verdicts)
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(out)
    except OSError as error:
        raise EvaluationError(f"{out}: cannot be written: {error}") from error
