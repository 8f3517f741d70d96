"""Language identification side by side: what ships, its parts, and three well-kept libraries.

`make bench-languages` asks every candidate for the language of `tests/languages/`: single words,
pairs, short sentences, mixed, typed in Latin letters, and near neighbours that are none of ours.
Right is the file's language; for a neighbour, "none of ours" (Croatian and Serbian are `bs`).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.matcher import load_matcher
from bot.settings import ROOT, load_settings

OURS = {"hr": "bs", "sr": "bs"}
Identify = Callable[[str], str | None]  # a text -> one of our codes, None for none of ours


@dataclass(frozen=True)
class Item:
    """A text, its kind, and the code it should get."""

    text: str
    kind: str
    code: str | None


def read_items(ours: Sequence[str]) -> list[Item]:
    """The rows of tests/languages/<code>.tsv: kind, tab, text. `ours`: our codes."""
    items = []
    for path in sorted((ROOT / "tests" / "languages").glob("*.tsv")):
        code = OURS.get(path.stem, path.stem)
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, text = line.split("\t")
            items.append(Item(text, kind, code if code in ours else None))
    return items


def as_ours(identify: Identify, ours: Sequence[str]) -> Identify:
    """A library's codes as ours, None where it is none of them."""

    def identify_ours(text: str) -> str | None:
        code = identify(text) or ""
        code = OURS.get(code, code)
        return code if code in ours else None

    return identify_ours


def langdetect() -> Identify:
    """Langdetect with a fixed seed, as most projects use it."""
    from langdetect import DetectorFactory, detect
    from langdetect.lang_detect_exception import LangDetectException

    DetectorFactory.seed = 0

    def identify(text: str) -> str | None:
        try:
            return str(detect(text))
        except LangDetectException:  # nothing to go by
            return None

    return identify


def lingua() -> Identify:
    """lingua, all its languages, every text at full accuracy."""
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().with_preloaded_language_models().build()

    def identify(text: str) -> str | None:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else None

    return identify


def cld2() -> Identify:
    """Chrome's old detector; `ku` it gives to either Kurdish by the script."""
    import pycld2

    def identify(text: str) -> str | None:
        _, _, found = pycld2.detect(text, bestEffort=True)
        code = found[0][1]
        if code == "ku":
            return "kmr" if text.isascii() or "ê" in text or "î" in text else "ckb"
        return str(code)

    return identify


def langid() -> Identify:
    """py3langid: naive Bayes over bytes, 97 languages."""
    import py3langid

    return lambda text: str(py3langid.classify(text)[0])


def main() -> None:
    """Ask, print."""
    shipped = load_matcher(load_settings().index).detector
    codes = shipped.codes
    items = read_items(codes)
    libraries = {"langdetect": langdetect, "CLD2": cld2, "py3langid": langid, "lingua": lingua}
    candidates: dict[str, Identify] = {
        **{name: as_ours(load(), codes) for name, load in libraries.items()},
        "classifier": shipped.by_classifier,
        "as it ships": lambda text: shipped.detect(text).code,
    }
    kinds = list(dict.fromkeys(item.kind for item in items))
    table = Table(title="Share identified rightly (tests/languages)")
    for name in ("kind", "texts", *candidates):
        table.add_column(name, justify="right")
    rows: dict[str, list[str]] = {kind: [] for kind in (*kinds, *codes, "ms a text")}
    for name, identify in candidates.items():
        right, times = [], []
        for item in track(items, name, transient=True):
            began = time.perf_counter()
            right.append(identify(item.text) == item.code)
            times.append((time.perf_counter() - began) * 1000)
        for kind in kinds:
            rows[kind].append(_share(right, [item.kind == kind for item in items]))
        for code in codes:
            rows[code].append(_share(right, [item.code == code for item in items]))
        rows["ms a text"].append(f"{statistics.median(times):.2f}")
    for name, cells in rows.items():
        count = sum(name in (item.kind, item.code) for item in items)
        table.add_row(name, str(count or ""), *cells)
    Console().print(table)


def _share(right: list[bool], counted: list[bool]) -> str:
    hits = [r for r, c in zip(right, counted, strict=True) if c]
    return f"{sum(hits) / len(hits):.3f}" if hits else ""


if __name__ == "__main__":
    main()
