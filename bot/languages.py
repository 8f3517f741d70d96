"""The registry of languages, from knowledge/languages.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.errors import LanguageError
from bot.records import Language


class Languages:
    """The languages by code, in the order of the picker."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._by_code = {language.code: language for language in languages}

    def __iter__(self) -> Iterator[Language]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(self._by_code)

    def get(self, code: str) -> Language:
        """Return the language of a code.

        Raises:
            LanguageError: if the code is unknown.
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise LanguageError(
                f"unknown language {code!r}: use one of {', '.join(self._by_code)}"
            ) from None

    def direction(self, code: str) -> str:
        """`rtl` or `ltr`; unknown codes read from left to right."""
        language = self._by_code.get(code)
        return language.dir if language else "ltr"
