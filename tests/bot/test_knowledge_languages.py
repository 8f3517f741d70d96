"""`lots knowledge add-language`: every file, emptied, and the base stays sound."""

import json

import pytest
import yaml

from bot.dialogue_examples import read_examples
from bot.errors import LanguageError
from bot.knowledge import load_knowledge
from bot.knowledge_files import read_files
from bot.knowledge_languages import add_language
from bot.records import Language
from bot.settings import ROOT
from tests.small_files import line_of, replace, write_nlu

GERMAN = Language(
    code="de", name="Deutsch", english="German", script="Latn", dir="ltr", complete=False
)
STRINGS = {"$code": "en", "$name": "English", "$dir": "ltr", "send": "Send", "steps": "{n} steps"}


@pytest.fixture
def folders(small_knowledge, tmp_path):
    strings = tmp_path / "strings"
    strings.mkdir()
    (strings / "en.json").write_text(json.dumps(STRINGS), encoding="utf-8")
    return small_knowledge, write_nlu(tmp_path / "nlu"), strings


def test_every_file_of_english_has_its_empty_twin(folders):
    knowledge, nlu, strings = folders
    written = add_language(GERMAN, *folders)
    for folder in (knowledge / "wording", nlu):
        names = [{p.name for p in (folder / code).glob("*.yml")} for code in ("en", "de")]
        assert names[0] == names[1]
    assert strings / "de.json" in written
    assert knowledge / "texts" / "de.yml" in written
    own = json.loads((strings / "de.json").read_text(encoding="utf-8"))
    assert set(own) >= set(STRINGS)
    assert (own["$code"], own["$name"], own["send"]) == ("de", "Deutsch", "")


def test_the_base_stays_sound_and_does_not_speak_it_yet(folders):
    knowledge, nlu, _ = folders
    before = load_knowledge(knowledge)
    examples = list(read_examples(nlu))
    add_language(GERMAN, *folders)
    after = load_knowledge(knowledge)
    assert after.languages.codes == before.languages.codes
    assert after.service_words == before.service_words
    assert list(read_examples(nlu)) == examples


def test_registered_its_empty_sentences_count_as_missing(folders):
    knowledge, _, _ = folders
    add_language(GERMAN, *folders)
    replace(knowledge / "languages.yml", "# - {code: de", "- {code: de")
    files = read_files(knowledge)
    assert files.faults == []
    assert files.language_list[-1] == GERMAN
    assert files.service_words["de"] == files.boundary_words["de"] == {}
    assert files.authority_words["de"] == files.texts["de"] == {}


def test_a_half_written_service_is_a_fault_with_its_line(folders):
    knowledge, _, _ = folders
    add_language(GERMAN, *folders)
    replace(knowledge / "languages.yml", "# - {code: de", "- {code: de")
    path = knowledge / "wording" / "de" / "allt.yml"
    replace(path, 'name: ""', 'name: "Pflege"')
    found = {(f.line, f.message.split(":")[0]) for f in read_files(knowledge).faults}
    assert (line_of(path, 'summary: ""'), "summary") in found
    for key in ("summary", "why", "  kommun"):
        replace(path, f'{key}: ""', f'{key}: "Wort"')
    files = read_files(knowledge)
    assert (files.faults, files.service_words["de"]["vab"].name) == ([], "Pflege")


def test_a_known_language_and_existing_files_are_refused(folders):
    knowledge, _, _ = folders
    with pytest.raises(LanguageError, match="already"):
        add_language(GERMAN.model_copy(update={"code": "ar"}), *folders)
    add_language(GERMAN, *folders)
    with pytest.raises(LanguageError, match="exists already"):
        add_language(GERMAN, *folders)


def test_the_real_base_can_be_scaffolded(tmp_path):
    import shutil

    for name in ("knowledge", "data/nlu", "bot/web/strings"):
        shutil.copytree(ROOT / name, tmp_path / name)
    folders = (tmp_path / "knowledge", tmp_path / "data/nlu", tmp_path / "bot/web/strings")
    add_language(GERMAN, *folders)
    assert not read_files(folders[0]).faults
    for path in (folders[0] / "wording" / "de").glob("*.yml"):
        assert set(yaml.safe_load(path.read_text(encoding="utf-8")) or {}) == set(
            yaml.safe_load((folders[0] / "wording" / "en" / path.name).read_text("utf-8")) or {}
        )
