"""Rasa's tracker store extension: one row a conversation, without what people wrote.

A conversation outlives a restart of any process and is forgotten when it has been idle, when the
person asks for it, and after that nothing of it is left in the file.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import Dialogue, DialogueStateTracker

_KEPT_TURNS = 2  # rules look at the last one; every kept turn costs time in each turn
_TERMINAL = "cmdline"  # staff: their own words are kept, to make test stories of
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, expires REAL NOT NULL, dialogue TEXT NOT NULL)
"""


class ConversationStore(TrackerStore):
    """Keeps slots and the last turns; deletes what is idle.

    Configured in endpoints.yml; `path`: the SQLite file, `idle` and `kiosk_idle`: minutes.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        path: str = "var/conversations.sqlite",
        idle: float = 60,
        kiosk_idle: float = 2,
        **_: Any,  # noqa: ANN401 - Rasa passes `host` too
    ) -> None:
        super().__init__(domain, event_broker)
        self._minutes = {"kiosk": float(kiosk_idle)}
        self._idle = float(idle)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=OFF")  # at a power cut a conversation may go
        self._database.execute("PRAGMA secure_delete=ON")
        self._database.execute(_SCHEMA)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the conversation's state, and forget the idle ones."""
        events = brief(tracker)
        now = time.time()
        with self._database:
            self._database.execute("DELETE FROM conversation WHERE expires < ?", (now,))
            if not events:
                self._database.execute(
                    "DELETE FROM conversation WHERE id = ?", (tracker.sender_id,)
                )
                return
            channel = tracker.get_latest_input_channel() or ""
            expires = now + 60 * self._minutes.get(channel, self._idle)
            dialogue = json.dumps(Dialogue(tracker.sender_id, events).as_dict())
            self._database.execute(
                "INSERT OR REPLACE INTO conversation VALUES (?, ?, ?)",
                (tracker.sender_id, expires, dialogue),
            )

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was saved; None where there is none, or it was idle too long."""
        row = self._database.execute(
            "SELECT dialogue FROM conversation WHERE id = ? AND expires >= ?",
            (sender_id, time.time()),
        ).fetchone()
        return self.deserialise_tracker(sender_id, row[0]) if row else None

    async def keys(self) -> Iterable[str]:
        """Ids of the conversations that are kept."""
        rows = self._database.execute(
            "SELECT id FROM conversation WHERE expires >= ?", (time.time(),)
        )
        return [row[0] for row in rows]


def brief(tracker: DialogueStateTracker) -> list[Event]:
    """What of a tracker is kept: its slots, then the last turns without words and cards.

    Empty after a restart ("forget me"): then nothing is kept.
    """
    events = list(tracker.events)
    restarts = [i for i, event in enumerate(events) if isinstance(event, Restarted)]
    if restarts:
        events = events[restarts[-1] + 1 :]
    turns = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    if restarts and not turns:
        return []
    start = turns[-_KEPT_TURNS] if len(turns) > _KEPT_TURNS else 0
    kept = [_without_words(e) for e in events[start:] if not isinstance(e, BotUttered)]
    if not start:
        return kept
    slots = _slots_before(events[:start])
    return [SessionStarted(), *slots, ActionExecuted("action_listen"), *kept]


def _slots_before(events: list[Event]) -> list[Event]:
    values = {e.key: e for e in events if isinstance(e, SlotSet)}
    return list(values.values())


def _without_words(event: Event) -> Event:
    if not isinstance(event, UserUttered) or event.input_channel == _TERMINAL:
        return event
    return UserUttered(
        text="",
        intent=event.intent,
        entities=event.entities,
        timestamp=event.timestamp,
        input_channel=event.input_channel,
        message_id=event.message_id,
    )
