"""What the knowledge base holds and where it is thin, as tables or as JSON."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.check_phrases import near_duplicates
from bot.errors import KnowledgeError
from bot.knowledge_files import KnowledgeFiles, read_files

_MOST_SHOWN = 12  # names in a list of what is missing


def knowledge_report(root: Path, today: date | None = None) -> dict[str, Any]:
    """Count the whole folder.

    Shares are 0..1, ages are days.

    Raises:
        KnowledgeError: if the folder cannot be read; `lots knowledge check` says more.
    """
    files = read_files(root)
    if files.faults:
        raise KnowledgeError(files.faults)
    now = today or date.today()
    near = Counter(code for code, *_ in near_duplicates(files, across=False))
    return {
        "date": now.isoformat(),
        "facts": _facts(files, now),
        "languages": {
            lang.code: _language(files, lang.code) | {"near_copies": near[lang.code]}
            for lang in files.language_list
        },
        "places": _places(files, now),
    }


def _facts(files: KnowledgeFiles, today: date) -> dict[str, Any]:
    services = list(files.services.values())
    ages = sorted((today - s.source.checked).days for s in services if s.source.checked)
    counts = {
        level: sum(s.confidence == level for s in services)
        for level in ("verified", "linked", "unchecked")
    }
    return {
        "services": len(services),
        "authorities": len(files.authorities),
        "boundaries": len(files.boundaries),
        **counts,
        "share_verified": _share(counts["verified"], len(services)),
        "age_median": median(ages) if ages else None,
        "age_oldest": ages[-1] if ages else None,
        "with_exceptions": sorted(s.id for s in services if s.exceptions),
        "without_steps": sorted(s.id for s in services if not s.steps),
        "without_links": sorted(s.id for s in services if not s.links),
        "without_e_service": sorted(
            s.id for s in services if not any(link.kind == "e_service" for link in s.links)
        ),
    }


def _language(files: KnowledgeFiles, code: str) -> dict[str, Any]:
    words = {s: w for s, w in files.service_words[code].items() if s in files.services}
    phrases = [len(words[s].phrases) if s in words else 0 for s in sorted(files.services)]
    texts, wanted = files.texts.get(code, {}), files.texts.get("en", {})
    explained = files.authority_words[code]
    return {
        "services": len(words),
        "complete": _share(len(words), len(files.services)),
        "why": _share(sum(bool(w.why) for w in words.values()), len(files.services)),
        "checked": _share(sum(w.review == "checked" for w in words.values()), len(words)),
        "easy": sum(bool(w.easy) for w in words.values()),
        "boundaries": _share(len(files.boundary_words[code]), len(files.boundaries)),
        "authorities": _share(len(set(explained) & set(files.authorities)), len(files.authorities)),
        "texts": _share(len(set(texts) & set(wanted)), len(wanted)),
        "phrases": sum(phrases),
        "phrases_fewest": min(phrases, default=0),
        "phrases_median": median(phrases) if phrases else 0,
        "open_phrases": sum(len(w.phrases) for w in files.boundary_words[code].values()),
    }


def _places(files: KnowledgeFiles, today: date) -> dict[str, Any]:
    offices = files.offices.values()
    return {
        "municipalities": len(files.municipalities),
        "regions": len(files.regions),
        "names": len(files.place_names),
        "with_website": sum(bool(m.website) for m in files.municipalities.values()),
        "overlays": sorted(files.local),
        "offices": sum(o.closed_since is None or o.closed_since > today for o in offices),
        "offices_closed": sum(
            o.closed_since is not None and o.closed_since <= today for o in offices
        ),
        "offices_with_hours": sum(bool(o.hours) for o in offices),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def print_report(report: dict[str, Any], console: Console) -> None:
    """Print the report as tables."""
    facts, places = report["facts"], report["places"]
    console.print(
        f"{facts['services']} services, {facts['authorities']} authorities, "
        f"{facts['boundaries']} boundaries, {places['municipalities']} municipalities",
        highlight=False,
    )
    console.print(
        f"verified {facts['share_verified']:.0%} ({facts['verified']}), linked {facts['linked']}, "
        f"unchecked {facts['unchecked']}; read {facts['age_median']} days ago (median), "
        f"the oldest {facts['age_oldest']}",
        highlight=False,
    )
    console.print(
        f"offices {places['offices']} (with hours: {places['offices_with_hours']}, closed down: "
        f"{places['offices_closed']}), overlays {len(places['overlays'])}, "
        f"place names {places['names']}",
        highlight=False,
    )
    console.print(_language_table(report["languages"]))
    for key, said in (
        ("without_steps", "Without steps"),
        ("without_links", "Without a page of their own"),
        ("without_e_service", "Without an e-service"),
    ):
        console.print(f"{said}: {_listed(facts[key])}", highlight=False)


_COLUMNS = {
    "complete": "words",
    "why": "why",
    "boundaries": "bound.",
    "authorities": "bodies",
    "texts": "texts",
    "checked": "read",
    "phrases": "phrases",
    "phrases_fewest": "min",
    "phrases_median": "med.",
    "near_copies": "near",
    "easy": "easy",
}


def _language_table(languages: dict[str, Any]) -> Table:
    table = Table("", *_COLUMNS.values(), title="Languages", title_justify="left", box=None)
    for code, row in languages.items():
        cells = [
            f"{row[name]:.0%}"
            if isinstance(row[name], float) and row[name] <= 1
            else f"{row[name]:g}"
            for name in _COLUMNS
        ]
        table.add_row(code, *cells)
    table.caption = "read: reviewed by a native speaker; min, med.: phrases a service; near: copies"
    return table


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_SHOWN])
    more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return f"{len(names)}{': ' if names else ''}{shown}{more}"
