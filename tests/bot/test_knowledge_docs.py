"""The examples of docs/knowledge.md are accepted as they stand there."""

import re
import textwrap

import yaml

from bot.knowledge_cli import app
from bot.knowledge_import import OPTIONAL, REQUIRED, import_offices
from bot.records import LocalOverlay, Service, ServiceWording
from bot.settings import ROOT
from tests.small_files import write

DOCUMENT = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")


def block(start: str) -> str:
    """The indented block that begins with a line, dots filled in."""
    found = re.search(rf"^( +){re.escape(start)}.*\n(?:(?:\1.*)?\n)+", DOCUMENT, re.MULTILINE)
    assert found, start
    return textwrap.dedent(found.group(0)).replace("https://...", "https://www.example.se")


def test_the_service_is_valid():
    service = Service.model_validate(yaml.safe_load(block("id: fardtjanst")))
    assert service.exceptions[0].where == ("08",)


def test_the_wording_is_valid():
    wording = yaml.safe_load(block("fardtjanst:"))["fardtjanst"]
    assert ServiceWording.model_validate(wording).review == "draft"


def test_the_overlay_is_valid():
    overlay = LocalOverlay.model_validate(yaml.safe_load(block('municipality: "0181"')))
    assert overlay.exceptions["god_man"].body


def test_the_table_of_offices_is_imported(tmp_path, small):
    path = write(tmp_path / "offices.csv", block("name;municipality").split("\n\n")[0] + "\n")
    offices, faults = import_offices(path, tmp_path / "offices", small)
    assert (len(offices), faults) == (1, [])


def test_every_command_and_column_is_described():
    for command in app.registered_commands:
        assert f"lots knowledge {command.name}" in DOCUMENT.replace("\n", " ")
    for column in (*REQUIRED, *OPTIONAL):
        assert f"`{column}`" in DOCUMENT
