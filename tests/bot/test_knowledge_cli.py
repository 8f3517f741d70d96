"""`lots knowledge ...` as one types it."""

import json

import pytest
from typer.testing import CliRunner

from bot.errors import GuidanceError, KnowledgeError
from bot.knowledge_cli import app
from tests.small_files import replace, write

HEADING = "name,municipality,source,checked\n"


@pytest.fixture
def lots(small_knowledge, monkeypatch):
    monkeypatch.setenv("LOTS_KNOWLEDGE", str(small_knowledge))
    runner = CliRunner()
    return lambda *words: runner.invoke(app, list(words))


def test_import_names_the_files_it_wrote(lots, small_knowledge, tmp_path):
    path = write(tmp_path / "o.csv", f"{HEADING}A,Botkyrka,https://x.se,2026-11-01\n")
    result = lots("import", str(path))
    assert result.exit_code == 0
    assert "knowledge/offices/botkyrka_a.yml" in result.stdout
    assert (small_knowledge / "offices" / "botkyrka_a.yml").exists()


def test_import_of_a_broken_row_fails_with_row_and_column(lots, small_knowledge, tmp_path):
    path = write(tmp_path / "o.csv", f"{HEADING}A,Atlantis,https://x.se,2026-11-01\n")
    result = lots("import", str(path))
    assert result.exit_code == 1
    assert "o.csv:2: municipality: 'Atlantis' is unknown" in result.stdout
    assert not (small_knowledge / "offices").exists()


def test_report_speaks_json(lots):
    assert json.loads(lots("report", "--json").stdout)["facts"]["services"] == 8


def test_check_prints_faults_and_fails(lots, small_knowledge):
    replace(small_knowledge / "services" / "vab.yml", "level: stat", "level: moon")
    result = lots("check")
    assert result.exit_code == 1
    assert "knowledge/services/vab.yml:3: level:" in result.stdout


def test_export_writes_a_file(lots, tmp_path):
    out = tmp_path / "services.jsonld"
    assert lots("export", "--out", str(out), "--format", "schema-org").exit_code == 0
    assert (
        json.loads(out.read_text(encoding="utf-8"))["@context"]["@vocab"] == "https://schema.org/"
    )


def test_export_for_an_unknown_municipality_is_refused(lots, tmp_path):
    result = lots("export", "--out", str(tmp_path / "x"), "-m", "181")
    assert isinstance(result.exception, GuidanceError)
    assert not (tmp_path / "x").exists()


def test_add_language_refuses_a_wrong_code(lots):
    result = lots("add-language", "DE", "--name", "Deutsch", "--english", "German")
    assert isinstance(result.exception, GuidanceError)


def test_a_broken_base_is_a_message_not_a_traceback(lots, small_knowledge):
    replace(small_knowledge / "services" / "vab.yml", "level: stat", "level: moon")
    assert isinstance(lots("report").exception, KnowledgeError)


def test_export_into_a_folder_is_refused_with_a_message(lots, tmp_path):
    result = lots("export", "--out", str(tmp_path))
    assert isinstance(result.exception, GuidanceError)
    assert "name a file" in str(result.exception)
