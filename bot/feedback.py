"""What people say about a card: kept in SQLite without a word of what they wrote.

Table `feedback`, one row a judgement: `day` (ISO date), `language` (code), `service` and
`authority` (ids), `judgement` (right, wrong, not_meant), `channel` (web, kiosk, cmdline, ...).
No session, no time of day, no text: a row cannot be traced to a person.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Judgement = Literal["right", "wrong", "not_meant"]
JUDGEMENTS: tuple[Judgement, ...] = ("right", "wrong", "not_meant")
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    day TEXT NOT NULL, language TEXT NOT NULL, service TEXT NOT NULL, authority TEXT NOT NULL,
    judgement TEXT NOT NULL, channel TEXT NOT NULL)
"""


@dataclass(frozen=True)
class Feedback:
    """One judgement about one card."""

    day: str
    language: str
    service: str
    authority: str
    judgement: str
    channel: str


def keep_feedback(
    path: Path, language: str, service: str, authority: str, judgement: Judgement, channel: str
) -> None:
    """Add a row; the file and its folder are made where they are missing.

    Raises:
        sqlite3.Error: if the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    row = Feedback(date.today().isoformat(), language, service, authority, judgement, channel)
    with closing(sqlite3.connect(path, timeout=2)) as database, database:
        database.execute(_TABLE)
        database.execute("INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?)", astuple(row))


def read_feedback(path: Path) -> Iterator[Feedback]:
    """Yield every row, oldest first; nothing where there is no file."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path)) as database:
        database.execute(_TABLE)
        for row in database.execute("SELECT * FROM feedback ORDER BY rowid"):
            yield Feedback(*row)
