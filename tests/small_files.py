"""Writes the small knowledge base; a test that wants a fault writes over a file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from bot.settings import ROOT
from tests.small_base import (
    AUTHORITIES,
    BOUNDARIES,
    DEV_QUESTIONS,
    EXPLAINED,
    LANGUAGES,
    NLU,
    OPEN,
    SERVICES,
    TODAY,
    WORDS,
)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def service_file(service: str, **changes: str) -> str:
    """One record as YAML; `changes` replace or add lines by key, an empty one leaves it out."""
    authority, life_event = SERVICES[service]
    lines = {
        "id": service,
        "authority": authority,
        "level": AUTHORITIES[authority][1],
        "life_event": life_event,
        "links": f'[{{kind: info, url: "https://www.example.se/{service}"}}]',
        "source": f'{{url: "https://www.example.se/{service}", checked: "{TODAY}"}}',
        "confidence": "linked",
    } | changes
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value)


def authority_file(authority: str, **changes: str) -> str:
    name, level, phone = AUTHORITIES[authority]
    lines = {
        "id": authority,
        "name": quoted(name),
        "level": level,
        "website": f'"https://www.{authority.replace("_", "")}.se"',
        "phone": quoted(phone) if phone else "",
        "source": f'{{url: "https://www.example.se/{authority}", checked: "{TODAY}"}}',
        "confidence": "linked",
    } | changes
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value)


def wording_file(language: str) -> str:
    lines = []
    for service, (name, summary, why, phrases) in WORDS[language].items():
        lines += [f"{service}:", f"  name: {quoted(name)}", f"  summary: {quoted(summary)}"]
        lines += [f"  why: {quoted(why)}"]
        if service == "vab":
            lines += ["  not_here:", f"    kommun: {quoted(EXPLAINED[language])}"]
        lines += ["  phrases:", *(f"    - {quoted(p)}" for p in phrases), "  review: draft"]
    return "\n".join(lines) + "\n"


def boundaries_file(language: str) -> str:
    lines = []
    for boundary, (question, labels, phrases) in OPEN[language].items():
        lines += [f"{boundary}:", f"  question: {quoted(question)}", "  options:"]
        for service, label in zip(BOUNDARIES[boundary], labels, strict=True):
            lines.append(f"    {service}: {quoted(label)}")
        lines += ["  phrases:", *(f"    - {quoted(p)}" for p in phrases)]
    return "\n".join(lines) + "\n"


def write_knowledge(root: Path) -> Path:
    """Write the whole small knowledge base below `root`; it has no faults."""
    write(root / "languages.yml", "".join(f"- {line}\n" for line in LANGUAGES.values()))
    write(root / "life_events.yml", "- familj\n- boende\n- arbete\n")
    for name in ("municipalities.csv", "regions.csv"):
        shutil.copy(ROOT / "knowledge" / name, root / name)
    for authority in AUTHORITIES:
        write(root / "authorities" / f"{authority}.yml", authority_file(authority))
    for service in SERVICES:
        write(root / "services" / f"{service}.yml", service_file(service))
    for boundary, services in BOUNDARIES.items():
        write(
            root / "boundaries" / f"{boundary}.yml",
            f"id: {boundary}\nservices: [{', '.join(services)}]\n",
        )
    for language in LANGUAGES:
        folder = root / "wording" / language
        write(folder / "allt.yml", wording_file(language))
        write(folder / "boundaries.yml", boundaries_file(language))
        explained = "".join(f"{a}: {quoted(EXPLAINED[language])}\n" for a in AUTHORITIES)
        write(folder / "authorities.yml", explained)
        (root / "texts").mkdir(exist_ok=True)
        shutil.copy(ROOT / "knowledge" / "texts" / f"{language}.yml", root / "texts")
    return root


def write_nlu(root: Path) -> Path:
    """Write examples of three dialogue acts in Rasa's form."""
    for language, intents in NLU.items():
        for intent, examples in intents.items():
            body = "".join(f"      - {example}\n" for example in examples)
            write(
                root / language / f"{intent}.yml",
                f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n{body}',
            )
    return root


def write_calibration(root: Path) -> Path:
    """Write the dev questions as <language>.jsonl."""
    for language, questions in DEV_QUESTIONS.items():
        rows = [
            {
                "id": f"{language}-c{number:02}",
                "lang": language,
                "text": text,
                "kind": "situation",
                "accept": accept,
                "level": "",
                "decision": decision,
            }
            for number, (text, decision, accept) in enumerate(questions, start=1)
        ]
        write(root / f"{language}.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    return root


def line_of(path: Path, needle: str) -> int:
    """The number (from 1) of the first line that holds `needle`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, start=1) if needle in line)


def replace(path: Path, old: str, new: str) -> Path:
    """Replace text in a file that must hold it."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path
