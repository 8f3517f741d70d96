"""Candidates for the matcher side by side, on the same phrases and the same questions.

`make bench-matchers` prints the table; `ARGS=--quick` leaves out what learns for minutes. Accuracy
is the share of answerable questions of tests/eval whose first service belongs to an accepted
authority; latency is of one question on one thread; compare ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from rich.console import Console
from rich.table import Table

from bench.candidates import (
    SAMPLE,
    TUNING_STEPS,
    Base,
    Candidate,
    Scorer,
    bm25,
    both,
    finetuned,
    from_sample,
    linear,
    member,
    rasa,
    read_base,
    sentence_head,
    shipped,
    static,
    together,
)
from bot.embedding import MEMBERS, Member
from bot.encoder import SentenceEncoder, builtin_folder
from bot.matcher import load_matcher
from bot.ngrams import NGrams
from bot.plain_text import clean
from bot.settings import ROOT, load_settings


@dataclass(frozen=True)
class Result:
    """One row of the table: right at first place per language, milliseconds, seconds, MB."""

    name: str
    right: dict[str, float]
    latency: float
    build: float
    memory: float
    disk: float


def accuracy(base: Base, scorer: Scorer) -> dict[str, float]:
    """Share right at first place per language, and `all`."""
    names = base.names
    services = [i for i, n in enumerate(names) if n in base.knowledge.services and n != "nodsamtal"]
    rows = scorer([clean(q.text) for q in base.questions])
    hits: dict[str, list[bool]] = {}
    for row, question in zip(rows, base.questions, strict=True):
        best = names[services[int(np.argmax(row[services]))]]
        right = base.knowledge.services[best].authority in question.accept
        hits.setdefault(question.lang, []).append(right)
        hits.setdefault("all", []).append(right)
    return {code: float(np.mean(found)) for code, found in hits.items()}


def milliseconds(base: Base, scorer: Scorer) -> float:
    """Median time of one question, alone."""
    times = []
    for question in base.questions[::9]:
        began = time.perf_counter()
        scorer([clean(question.text)])
        times.append((time.perf_counter() - began) * 1000)
    return float(np.median(times))


def main() -> None:
    """Build, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="leave out what learns for minutes")
    quick = options.parse_args().quick
    torch.set_num_threads(2)
    console = Console()
    base = read_base()
    results: list[Result] = []

    def measure(name: str, build: Callable[[], Candidate]) -> Candidate:
        console.print(f"building {name}", style="dim")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.monotonic()
        built = build()
        seconds = time.monotonic() - began
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        right, latency = accuracy(base, built.scores), milliseconds(base, built.scores)
        results.append(Result(name, right, latency, seconds, memory, built.size / 1e6))
        saved = ROOT / "var" / "bench-matchers.json"
        saved.parent.mkdir(exist_ok=True)
        saved.write_text(json.dumps([vars(r) for r in results], indent=1), encoding="utf-8")
        return built

    measure("BM25", lambda: bm25(base))
    ngrams = NGrams()
    features = ngrams.fit(base.texts)
    members: list[Member] = []

    def learn(count: int) -> Candidate:
        members.extend(member(base, features, seed) for seed in range(len(members), count))
        return together(base, ngrams, members)

    first = measure("n-grams, linear", lambda: linear(base, ngrams, features))
    second = measure("n-grams, embedding", lambda: learn(1))
    measure("both", lambda: both(first, second))
    several = measure(f"{MEMBERS} embeddings", lambda: learn(MEMBERS))
    english = base.only([i for i, code in enumerate(base.languages) if code == "en"])
    minilm = SentenceEncoder("builtin").load()
    size = (builtin_folder() / "model.safetensors").stat().st_size
    third = measure(
        "MiniLM, English phrases", lambda: sentence_head(english, minilm, base.names, size)
    )
    measure("embeddings + MiniLM", lambda: both(several, third, 0.5))
    if not quick:
        part = base.sample(SAMPLE)
        measure(f"MiniLM tuned {TUNING_STEPS} steps", lambda: finetuned(base, part))
        fourth = measure("StaticEmbedding", lambda: static(base))
        measure("embeddings + Static", lambda: both(several, fourth, 0.5))
        measure(f"{MEMBERS} embeddings, {SAMPLE} texts", lambda: from_sample(part, base))
        measure(f"Rasa, {SAMPLE} texts", lambda: rasa(part, base))
    matcher = load_matcher(load_settings().index)
    measure("as it ships", lambda: shipped(base, matcher))
    console.print(_table(results, sorted({q.lang for q in base.questions})))


def _table(results: Sequence[Result], codes: Sequence[str]) -> Table:
    """One column a candidate: the names are long and the languages many."""
    table = Table(title="Right authority at first place, answerable questions of tests/eval")
    table.add_column("")
    for result in results:
        table.add_column(result.name, justify="right", overflow="fold")
    table.add_row("[bold]all", *(f"[bold]{r.right['all']:.3f}" for r in results))
    for code in codes:
        table.add_row(code, *(f"{r.right[code]:.2f}" for r in results))
    table.add_row("ms a question", *(f"{r.latency:.1f}" for r in results))
    table.add_row("build s", *(f"{r.build:.0f}" for r in results))
    table.add_row("MB in memory", *(f"{r.memory:.0f}" for r in results))
    table.add_row("MB on disk", *(f"{r.disk:.0f}" for r in results))
    return table


if __name__ == "__main__":
    main()
