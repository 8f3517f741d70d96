"""The committed JSON Schemas are those of the records."""

import pytest

from bot.json_schema import FOLDER, json_schemas, write_json_schemas
from bot.settings import ROOT


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_the_committed_schema_is_current(name):
    committed = (ROOT / "knowledge" / FOLDER / name).read_text(encoding="utf-8")
    assert committed == json_schemas()[name], "run `lots knowledge schema`"


def test_no_schema_is_left_over():
    there = {path.name for path in (ROOT / "knowledge" / FOLDER).iterdir()}
    assert there == set(json_schemas())


def test_a_schema_knows_the_closed_vocabularies(tmp_path):
    text = next(p for p in write_json_schemas(tmp_path) if p.name == "service.json").read_text()
    for word in ('"apply"', '"medical_certificate"', '"verified"', '"additionalProperties": false'):
        assert word in text
