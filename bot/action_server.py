"""The action server: rasa-sdk's application with everything loaded before it listens."""

from __future__ import annotations

import logging
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from bot.assistant import shared_assistant
from bot.parent import watch_parent
from bot.settings import load_settings


class Executor(ActionExecutor):  # type: ignore[misc]  # rasa_sdk has no types
    """Runs actions that read no domain, so that Rasa need not send it with every call."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """No domain, whatever was sent."""
        return {}


def main() -> None:
    """Serve on the loopback until stopped; healthy means that the matcher is loaded."""
    watch_parent()
    settings = load_settings()
    shared_assistant()
    # rasa-sdk 3.21 warns at every call about Rasa 3.6; the pair is tested (tests/stack).
    warnings.filterwarnings("ignore", message=".*version.*compatib.*")
    # It also tells at every turn that two slots have no validation method.
    logging.getLogger("rasa_sdk").setLevel(logging.ERROR)
    executor = Executor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=[])
    app.run(
        host="127.0.0.1",
        port=settings.actions_port,
        single_process=True,
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    main()
