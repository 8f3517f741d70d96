"""Scaffolds a new language: every file it needs, with the English sentences beside empty ones.

Empty sentences count as missing, so a language can be written bit by bit. It is spoken only
when its line in languages.yml is no longer a comment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from bot.errors import KnowledgeError, LanguageError
from bot.knowledge_files import KnowledgeFiles, read_files
from bot.records import BoundaryWording, Language, ServiceWording

_PATTERN = "en"  # the language that is scaffolded from


def add_language(language: Language, knowledge: Path, nlu: Path, strings: Path) -> list[Path]:
    """Write the files of a language and return them.

    Args:
        language: its code, names, script and direction.
        knowledge: folder of the knowledge base.
        nlu: folder of the dialogue acts' examples.
        strings: folder of the web interface's strings.

    Raises:
        LanguageError: if the language, or any of its files, exists already.
        KnowledgeError: if the knowledge base cannot be read.
    """
    files = read_files(knowledge)
    if files.faults:
        raise KnowledgeError(files.faults)
    if language.code in {known.code for known in files.language_list}:
        raise LanguageError(f"{language.code!r} is in languages.yml already")
    texts = _scaffold(files, language, knowledge, nlu, strings)
    there = sorted(path for path in texts if path.exists())
    if there:
        raise LanguageError(f"{there[0]} exists already: remove it or go on writing in it")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    registry = knowledge / "languages.yml"
    known = registry.read_text(encoding="utf-8").rstrip("\n")
    registry.write_text(f"{known}\n{_registry_line(language)}", encoding="utf-8")
    return [*texts, registry]


def _scaffold(
    files: KnowledgeFiles, language: Language, knowledge: Path, nlu: Path, strings: Path
) -> dict[Path, str]:
    folder = knowledge / "wording" / language.code
    texts: dict[Path, str] = {}
    for path in sorted((knowledge / "wording" / _PATTERN).glob("*.yml")):
        texts[folder / path.name] = _wording(files, language, path.stem, _ids(path))
    texts[knowledge / "texts" / f"{language.code}.yml"] = _texts(files, language)
    for path in sorted((nlu / _PATTERN).glob("*.yml")):
        texts[nlu / language.code / path.name] = _examples(language, path)
    english = json.loads((strings / f"{_PATTERN}.json").read_text(encoding="utf-8"))
    texts[strings / f"{language.code}.json"] = _strings(language, english)
    return texts


def _ids(path: Path) -> list[str]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8")) or {})


def _wording(files: KnowledgeFiles, language: Language, stem: str, ids: Iterable[str]) -> str:
    lines = [
        f"# {stem} in {language.english}. Reviewer: none yet.",
        "# Write between the quotes; the English text stands beside. Empty counts as missing.",
    ]
    for identifier in ids:
        if stem == "authorities":
            lines += _empty(identifier, files.authority_words[_PATTERN].get(identifier, ""), 0)
        elif stem == "boundaries":
            lines += _boundary(identifier, files.boundary_words[_PATTERN].get(identifier))
        else:
            lines += _service(identifier, files.service_words[_PATTERN].get(identifier))
    return "\n".join(lines) + "\n"


def _service(identifier: str, words: ServiceWording | None) -> list[str]:
    if words is None:
        return []
    lines = [f"{identifier}:"]
    for key in ("name", "summary", "why"):
        lines += _empty(key, getattr(words, key) or "", 2)
    lines += _empty_map("not_here", words.not_here)
    return [*lines, "  phrases: [] # people's own words, 14 or more", "  review: draft"]


def _boundary(identifier: str, words: BoundaryWording | None) -> list[str]:
    if words is None:
        return []
    lines = [f"{identifier}:", *_empty("question", words.question, 2)]
    lines += _empty_map("options", words.options)
    lines += _empty_map("reasons", words.reasons)
    return [
        *lines,
        "  phrases: [] # questions that leave it open which is meant",
        "  review: draft",
    ]


def _empty_map(key: str, texts: Mapping[str, str]) -> list[str]:
    if not texts:
        return []
    return [f"  {key}:", *(line for k, text in texts.items() for line in _empty(k, text, 4))]


def _empty(key: str, english: str, indent: int) -> list[str]:
    """`key: ""` with the English text beside, or above where it has several lines."""
    space = " " * indent
    lines = english.strip().split("\n")
    if len(lines) == 1:
        return [f'{space}{key}: "" # {lines[0]}'.rstrip(" #")]
    return [*(f"{space}# {line}" for line in lines), f'{space}{key}: ""']


def _texts(files: KnowledgeFiles, language: Language) -> str:
    lines = [
        f"# What the bot says, in {language.english}. Keep {{fields}} as they are; a line with a",
        "# field that has no value is left out. Reviewer: none yet.",
    ]
    for key, english in files.texts[_PATTERN].items():
        lines += _empty(key, english, 0)
    return "\n".join(lines) + "\n"


def _examples(language: Language, path: Path) -> str:
    intent = path.stem
    block = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"][0]
    english = [line.strip() for line in str(block["examples"]).splitlines() if line.strip()]
    lines = [
        f"# {intent} in {language.english}. Reviewer: none yet.",
        "# Remove `nlu: []`, then the # before the lines below, and write your own examples.",
        'version: "3.1"',
        "nlu: []",
        "# nlu:",
        f"#   - intent: {intent}",
        f"#     metadata: {{language: {language.code}}}",
        "#     examples: |",
        *(f"#       {line}" for line in english),
    ]
    return "\n".join(lines) + "\n"


def _strings(language: Language, english: Mapping[str, object]) -> str:
    own = {"$code": language.code, "$name": language.name, "$dir": language.dir, "$review": "draft"}
    empty = {key: own.get(key, "") for key in english}
    return json.dumps(own | empty, ensure_ascii=False, indent=2) + "\n"


def _registry_line(language: Language) -> str:
    return (
        "# Remove the # when the language has words for every service:\n"
        f'# - {{code: {language.code}, name: "{language.name}", english: "{language.english}", '
        f"script: {language.script}, dir: {language.dir}, complete: false}}\n"
    )
