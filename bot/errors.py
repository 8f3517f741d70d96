"""The errors of Lotsen, in one tree.

    GuidanceError              base: catch this to show a person-readable message
    +-- KnowledgeError         knowledge/ is broken; carries every fault with file and line
    +-- LanguageError          a language code that is not in knowledge/languages.yml
    +-- MatcherError           the matcher cannot be built or loaded
    |   +-- EncoderError       the sentence encoder cannot be loaded
    |   +-- IndexMissingError  no index, or one of another make: run `lots train`
    +-- EvaluationError        an evaluation file is missing or has a broken row
    +-- SettingError           a LOTS_ setting that cannot be: which, and how to write it
    +-- StatementError         the data of the accessibility statement: which part is missing
    +-- StackError             a process did not start: which, why, what to do

A message says what is wrong, where, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass


class GuidanceError(Exception):
    """Base of all errors that are shown to a person as they are."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in the knowledge base.

    `line` is 1-based; 0 means the file as a whole.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class KnowledgeError(GuidanceError):
    """The knowledge base has faults; `faults` lists them all."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        shown = "\n".join(f"  {fault}" for fault in self.faults[:20])
        rest = f"\n  ... and {len(faults) - 20} more" if len(faults) > 20 else ""
        super().__init__(f"{len(faults)} faults in the knowledge base:\n{shown}{rest}")


class LanguageError(GuidanceError):
    """A language code that Lotsen does not know."""


class MatcherError(GuidanceError):
    """The matcher cannot be built or used."""


class EncoderError(MatcherError):
    """The sentence encoder named by LOTS_ENCODER cannot be loaded."""


class IndexMissingError(MatcherError):
    """There is no usable index: run `lots train`."""


class EvaluationError(GuidanceError):
    """An evaluation file is missing or has a broken row."""


class SettingError(GuidanceError):
    """A setting of the environment has a value that cannot be."""


class StatementError(GuidanceError):
    """The data of the accessibility statement is missing or lacks a part."""


class StackError(GuidanceError):
    """One of the three processes did not start or died."""
