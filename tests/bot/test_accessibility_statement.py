from __future__ import annotations

from datetime import date

import pytest
import yaml

from bot.accessibility_statement import as_html, as_markdown, read_statement, sections
from bot.errors import StatementError
from bot.settings import ROOT

DATA = ROOT / "docs" / "accessibility-statement.yml"


@pytest.fixture
def written(tmp_path):
    """Write the data file with changes, and read it."""

    def make(**changes):
        data = yaml.safe_load(DATA.read_text("utf-8")) | changes
        path = tmp_path / "statement.yml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        return read_statement(path)

    return make


def test_every_part_the_law_asks_for_is_there():
    text = as_markdown(sections(read_statement(DATA)))
    for part in (
        "står bakom",
        "delvis förenlig med lagen",
        "Vad kan du göra om du inte kan använda",
        "Rapportera brister",
        "Tillsyn",
        "Teknisk information",
        "inte uppfyller kraven",
        "Hur vi har prövat",
        "21 november 2026",
        "EN 301 549",
    ):
        assert part in text


def test_without_failures_it_is_wholly_in_accordance(written):
    text = as_markdown(sections(written(failures=[])))
    assert "helt förenlig" in text
    assert "delvis" not in text
    assert "inte uppfyller kraven" not in text


def test_content_outside_the_law_is_told_and_changes_no_status(written):
    other = {"what": "Länkar", "who": "Andra svarar.", "criterion": None, "why": "exempt"}
    text = as_markdown(sections(written(failures=[other | {"fixed_by": None}])))
    assert "helt förenlig" in text
    assert "## Innehåll som inte omfattas av lagen\n\n- Länkar. Andra svarar." in text


def test_a_failure_names_its_criterion_and_when_it_will_be_mended(written):
    fault = {"what": "A", "who": "B", "criterion": "1.4.3", "why": "burden"}
    text = as_markdown(sections(written(failures=[fault | {"fixed_by": date(2027, 3, 1)}])))
    assert "- A (WCAG 1.4.3). B. Åtgärdas senast den 1 mars 2027." in text


def test_as_html_nothing_becomes_markup_and_addresses_become_links(written):
    html = as_html(sections(written(organisation="<b>Kommunen</b>", url="https://x.se")))
    assert "<b>" not in html
    assert '(<a href="https://x.se">https://x.se</a>)' in html
    assert html.count("<h1>") == 1
    assert "<ul><li>E-post:" in html


@pytest.mark.parametrize("missing", ["organisation", "contact", "supervision", "failures"])
def test_a_missing_part_is_named(tmp_path, missing):
    data = yaml.safe_load(DATA.read_text("utf-8"))
    del data[missing]
    path = tmp_path / "statement.yml"
    path.write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(StatementError, match=missing):
        read_statement(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(StatementError, match="No such file"):
        read_statement(tmp_path / "nothing.yml")
