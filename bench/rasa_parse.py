"""Runs in Rasa's environment: a JSON line in ({"text"}), a JSON line out ([[service, share]])."""

import asyncio
import json
import sys

from rasa.core.agent import Agent  # type: ignore[import-not-found]


def main() -> None:
    """Answer until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # Rasa prints too: only verdicts go out
    agent = Agent.load(sys.argv[1])
    for line in sys.stdin:
        found = asyncio.run(agent.parse_message(json.loads(line)["text"]))
        ranking = found["response_selector"]["matter"]["ranking"]
        pairs = [(r["intent_response_key"].split("/", 1)[1], r["confidence"]) for r in ranking]
        print(json.dumps(pairs), file=answers, flush=True)


if __name__ == "__main__":
    main()
