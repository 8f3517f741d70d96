"""Texts per language and how they are filled in.

Runs in both environments (Rasa's Python 3.10 too): the standard library and PyYAML only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FALLBACKS = ("en", "sv")  # language -> English -> Swedish
_FIELD = re.compile(r"\{([a-z_]+)\}")
# First strong isolate ... pop: keeps a Swedish name in one piece inside right-to-left text.
_ISOLATE, _POP = "\u2068", "\u2069"


def render(template: str, values: Mapping[str, Any], isolate: bool = False) -> str:
    """Fill `{fields}`; a line with a field that is missing or empty is left out.

    Args:
        template: text with `{field}` marks, one or more lines.
        values: field -> value; lists become one line each.
        isolate: wrap values in Unicode isolates (right-to-left text).
    """
    lines = []
    for line in template.strip("\n").split("\n"):
        fields = _FIELD.findall(line)
        if any(not values.get(field) for field in fields):
            continue
        lines.append(_FIELD.sub(lambda m: _shown(values[m.group(1)], isolate), line))
    return "\n".join(lines).strip()


def _shown(value: Any, isolate: bool) -> str:  # noqa: ANN401 - any value a text can show
    if isinstance(value, (list, tuple)):
        return "\n".join(_shown(item, isolate) for item in value)
    text = str(value)
    rtl = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return f"{_ISOLATE}{text}{_POP}" if isolate and not rtl else text


class Catalogue:
    """All texts of `knowledge/texts/<language>.yml`, read again when a file changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = Path(folder)
        self._read: dict[str, tuple[float, dict[str, str]]] = {}

    def texts(self, language: str) -> dict[str, str]:
        """The texts written in this very language; empty where there are none."""
        path = self._folder / f"{language}.yml"
        try:
            changed = path.stat().st_mtime
        except OSError:
            return {}
        known = self._read.get(language)
        if known is None or known[0] != changed:
            data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            known = (changed, {str(key): str(value) for key, value in data.items()})
            self._read[language] = known
        return known[1]

    def find(self, key: str, language: str) -> tuple[str, str]:
        """Return (template, the language it is in), after the fallbacks; ("", language) if none."""
        for code in (language, *FALLBACKS):
            template = self.texts(code).get(key)
            if template:
                return template, code
        return "", language

    def text(self, key: str, language: str, /, rtl: bool = False, **values: Any) -> str:  # noqa: ANN401
        """The filled-in text of a key, or the key itself where no language has it."""
        template, _ = self.find(key, language)
        return render(template, values, isolate=rtl) if template else key
