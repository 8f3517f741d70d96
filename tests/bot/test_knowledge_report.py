"""The report counts what is there and names what is missing."""

import io
from datetime import date

import pytest
from rich.console import Console

from bot.errors import KnowledgeError
from bot.knowledge_report import knowledge_report, print_report
from tests.small_base import SERVICES, WORDS
from tests.small_files import replace, write

TODAY = date(2026, 11, 21)


def report(root):
    return knowledge_report(root, TODAY)


def test_facts_are_counted(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    replace(path, "confidence: linked", "confidence: verified")
    replace(path, "kind: info", "kind: e_service")
    facts = report(small_knowledge)["facts"]
    assert (facts["services"], facts["verified"], facts["linked"]) == (8, 1, 7)
    assert facts["share_verified"] == 0.125
    assert (facts["age_median"], facts["age_oldest"]) == (20, 20)
    assert facts["without_e_service"] == sorted(set(SERVICES) - {"vab"})


def test_languages_are_counted(small_knowledge):
    languages = report(small_knowledge)["languages"]
    assert languages["sv"]["complete"] == languages["ar"]["why"] == 1.0
    counts = [len(words[3]) for words in WORDS["sv"].values()]
    assert languages["sv"]["phrases"] == sum(counts)
    assert languages["sv"]["phrases_fewest"] == min(counts)


def test_near_copies_within_a_service_are_counted(small_knowledge):
    path = small_knowledge / "wording" / "sv" / "allt.yml"
    replace(path, '    - "vabba"', '    - "hyran betalar vem då"\n    - "vem betalar hyran då"')
    assert report(small_knowledge)["languages"]["sv"]["near_copies"] == 1


def test_offices_that_closed_are_not_counted_as_offices(small_knowledge):
    body = (
        'id: {0}\nname: "X"\nauthority: kommun\nmunicipality: "0127"\nserves: [kommun]\n{1}'
        'source: {{url: "https://x.se", checked: "2026-11-01"}}\nconfidence: verified\n'
    )
    write(small_knowledge / "offices" / "a.yml", body.format("a", ""))
    write(small_knowledge / "offices" / "b.yml", body.format("b", 'closed_since: "2026-01-01"\n'))
    places = report(small_knowledge)["places"]
    assert (places["offices"], places["offices_closed"]) == (1, 1)


def test_it_prints_in_eighty_columns(small_knowledge):
    out = io.StringIO()
    print_report(report(small_knowledge), Console(file=out, width=80))
    text = out.getvalue()
    assert "8 services" in text
    assert "…" not in text
    assert "Without an e-service: 8" in text


def test_a_broken_base_is_refused(small_knowledge):
    replace(small_knowledge / "services" / "vab.yml", "level: stat", "level: moon")
    with pytest.raises(KnowledgeError):
        report(small_knowledge)
