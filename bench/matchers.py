"""Candidates for the matcher side by side, on the same phrases and the same questions.

`make bench-matchers` prints the table; `ARGS=--quick` leaves out what learns for minutes. Accuracy
is the share of answerable questions of tests/eval whose first service belongs to an accepted
authority; latency is of one question; memory is what building and asking add to the process, at
its peak, children included. Each candidate has a process of its own; a fusion adds the scores, and
the costs, of two that were measured. Compare ratios.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

import numpy as np
import torch
from rich.console import Console
from rich.table import Table

from bench.candidates import (
    SAMPLE,
    TUNING_STEPS,
    Base,
    Candidate,
    bm25,
    embeddings,
    finetuned,
    from_sample,
    linear,
    minilm,
    rasa,
    read_base,
    shipped,
    static,
)
from bot.embedding import MEMBERS
from bot.ngrams import NGrams
from bot.plain_text import clean
from bot.scores import Scores
from bot.settings import ROOT

_FORK = multiprocessing.get_context("fork")  # the phrases and their n-grams go along


@dataclass(frozen=True)
class Measured:
    """A candidate's scores of all questions (n_questions, n_labels), and what they cost.

    `latency` milliseconds a question, `build` seconds, `memory` and `disk` MB.
    """

    name: str
    scores: Scores
    latency: float
    build: float
    memory: float
    disk: float


def measure(base: Base, name: str, build: Callable[[], Candidate]) -> Measured:
    """Build a candidate and ask it everything, in a process of its own.

    Raises:
        SystemExit: if that process ends without a result; it has said why.
    """
    here, there = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_measure, args=(base, name, build, there))
    process.start()
    there.close()
    try:
        found: Measured = here.recv()
    except EOFError:
        raise SystemExit(f"{name} ended without a result") from None
    process.join()
    return found


def _measure(base: Base, name: str, build: Callable[[], Candidate], answer: Connection) -> None:
    torch.set_num_threads(2)
    before = _peak()
    began = time.monotonic()
    built = build()
    seconds = time.monotonic() - began
    texts = [clean(q.text) for q in base.questions]
    scores = built.scores(texts)
    times = []
    for text in texts[::9]:
        began = time.perf_counter()
        built.scores([text])
        times.append((time.perf_counter() - began) * 1000)
    built.close()
    memory = _peak() - before
    answer.send(Measured(name, scores, float(np.median(times)), seconds, memory, built.size / 1e6))


def _peak() -> float:
    """MB this process has held at most, and the largest of its children."""
    used = [
        resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return sum(used) / 1024


def fused(name: str, one: Measured, other: Measured, weight: float = 1.0) -> Measured:
    """Two candidates' scores added."""
    return Measured(
        name,
        one.scores + weight * other.scores,
        one.latency + other.latency,
        one.build + other.build,
        one.memory + other.memory,
        one.disk + other.disk,
    )


def right_by_language(base: Base, scores: Scores) -> dict[str, float]:
    """Share right at first place per language, and `all`."""
    names = base.names
    services = [i for i, n in enumerate(names) if n in base.knowledge.services and n != "nodsamtal"]
    hits: dict[str, list[bool]] = {}
    for row, question in zip(scores, base.questions, strict=True):
        best = names[services[int(np.argmax(row[services]))]]
        right = base.knowledge.services[best].authority in question.accept
        hits.setdefault(question.lang, []).append(right)
        hits.setdefault("all", []).append(right)
    return {code: float(np.mean(found)) for code, found in hits.items()}


def main() -> None:
    """Build, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="leave out what learns for minutes")
    quick = options.parse_args().quick
    console = Console()
    base = read_base()
    ngrams = NGrams()
    features = ngrams.fit(base.texts)
    part = base.sample(SAMPLE)
    results: list[Measured] = []

    def add(result: Measured) -> Measured:
        results.append(result)
        rights = right_by_language(base, result.scores)
        console.print(f"{result.name}: {rights['all']:.3f}, {result.build:.0f} s", style="dim")
        _save(base, results)
        return result

    def run(name: str, build: Callable[[], Candidate]) -> Measured:
        return add(measure(base, name, build))

    run("BM25", lambda: bm25(base))
    first = run("n-grams, linear", lambda: linear(base, ngrams, features))
    second = run("n-grams, embedding", lambda: embeddings(base, ngrams, features, 1))
    add(fused("both", first, second))
    several = run(f"{MEMBERS} embeddings", lambda: embeddings(base, ngrams, features, MEMBERS))
    third = run("MiniLM, English phrases", lambda: minilm(base))
    add(fused("embeddings + MiniLM", several, third, 0.5))
    if not quick:
        fourth = run("StaticEmbedding", lambda: static(base))
        add(fused("embeddings + Static", several, fourth, 0.5))
        run(f"MiniLM tuned {TUNING_STEPS} steps", lambda: finetuned(base, part))
        run(f"{MEMBERS} embeddings, {SAMPLE} texts", lambda: from_sample(part, base))
        run(f"Rasa, {SAMPLE} texts", lambda: rasa(part, base))
    run("as it ships", lambda: shipped(base))
    console.print(_costs(base, results))
    console.print(_languages(base, results))


def _save(base: Base, results: Sequence[Measured]) -> None:
    """What is known so far: the whole takes most of an hour."""
    rows = [
        {k: v for k, v in vars(r).items() if k != "scores"}
        | {"right": right_by_language(base, r.scores)}
        for r in results
    ]
    saved = ROOT / "var" / "bench-matchers.json"
    saved.parent.mkdir(exist_ok=True)
    saved.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _costs(base: Base, results: Sequence[Measured]) -> Table:
    """One row a candidate; the number stands for it in the other table."""
    table = Table(title="Right authority at first place, answerable questions of tests/eval")
    for heading in ("", "candidate", "right", "worst", "ms", "build s", "MB at most", "MB disk"):
        table.add_column(heading, justify="left" if heading == "candidate" else "right")
    for number, result in enumerate(results, start=1):
        right = right_by_language(base, result.scores)
        table.add_row(
            str(number),
            result.name,
            f"[bold]{right['all']:.3f}",
            f"{min(right.values()):.2f}",
            f"{result.latency:.1f}",
            f"{result.build:.0f}",
            f"{result.memory:.0f}",
            f"{result.disk:.0f}",
        )
    return table


def _languages(base: Base, results: Sequence[Measured]) -> Table:
    """One row a language, one column a candidate."""
    rights = [right_by_language(base, r.scores) for r in results]
    table = Table("", box=None, padding=(0, 1, 0, 0), title="by language")
    for number in range(1, len(results) + 1):
        table.add_column(str(number), justify="right")
    for code in sorted({q.lang for q in base.questions}):
        table.add_row(code, *(f"{right[code]:.2f}" for right in rights))
    return table


if __name__ == "__main__":
    main()
