"""Checks an action server's replies against a schema that is compiled once.

Rasa 3.6 calls `jsonschema.validate` with a constant schema for every reply of a custom action,
and that checks the schema itself each time: three quarters of a turn's time (bench/turns.py
shows the difference). The replies are checked just as strictly as before.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


@lru_cache(maxsize=8)
def _validator(schema: str) -> Any:  # noqa: ANN401 - jsonschema has no type for it
    parsed = json.loads(schema)
    cls = validator_for(parsed)
    cls.check_schema(parsed)
    return cls(parsed)


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    schema = json.dumps(self.action_response_format_spec(), sort_keys=True)
    error = best_match(_validator(schema).iter_errors(result))
    if error is not None:
        error.message += ". The action server's response does not have the right form."
        raise error
    return True


def install() -> None:
    """Replace Rasa's check; calling it twice changes nothing."""
    RemoteAction._validate_action_result = _validate_action_result
