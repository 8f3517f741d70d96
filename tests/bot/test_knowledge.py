"""The knowledge base is read whole, or refused with every fault."""

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import (
    BOUNDARY,
    knowledge_version,
    load_compiled,
    load_knowledge,
    save_compiled,
    training_texts,
)
from tests.small_base import BOUNDARIES, LANGUAGES, SERVICES, WORDS
from tests.small_files import line_of, replace, write


def test_everything_that_was_written_is_read(small):
    assert set(small.services) == set(SERVICES)
    assert set(small.boundaries) == set(BOUNDARIES)
    assert small.languages.codes == tuple(LANGUAGES)
    assert len(small.municipalities) == 290
    assert small.services["vab"].source.checked.isoformat() == "2026-11-01"


def test_a_missing_folder_says_which_setting_names_it(tmp_path):
    with pytest.raises(KnowledgeError, match="LOTS_KNOWLEDGE"):
        load_knowledge(tmp_path / "nowhere")


def test_a_broken_base_is_refused_with_all_its_faults_at_once(small_knowledge):
    services = small_knowledge / "services"
    replace(services / "vab.yml", "level: stat", "level: moon")
    replace(services / "forskola.yml", "authority: kommun", "authority: Kommun!")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(small_knowledge)
    places = [(fault.file, fault.line) for fault in caught.value.faults]
    assert places == [("services/forskola.yml", 2), ("services/vab.yml", 3)]
    assert "services/vab.yml:3: level:" in str(caught.value)


def test_more_than_twenty_faults_are_counted_not_listed(small_knowledge):
    body = "".join(f"nonsense_{i}: 1\n" for i in range(25))
    path = small_knowledge / "services" / "vab.yml"
    path.write_text(path.read_text() + body)
    with pytest.raises(KnowledgeError, match="(?s)25 faults.*and 5 more") as caught:
        load_knowledge(small_knowledge)
    assert len(caught.value.faults) == 25


def test_wording_falls_back_to_english_then_swedish(small):
    assert small.wording("vab", "ar")[1] == "ar"
    assert small.wording("vab", "fi") == (small.service_words["en"]["vab"], "en")
    words = {"sv": small.service_words["sv"]}
    swedish_only = small.model_copy(update={"service_words": words})
    assert swedish_only.wording("vab", "fi")[1] == "sv"
    with pytest.raises(KeyError):
        small.wording("no_such_service", "sv")


def test_boundary_wording_and_explanations_fall_back_too(small):
    assert small.boundary_wording("barn_hemma", "fi")[1] == "en"
    assert small.authority_explained("kommun", "fi") == small.authority_words["en"]["kommun"]
    assert small.authority_explained("nobody", "sv") == ""
    with pytest.raises(KeyError):
        small.boundary_wording("no_such_boundary", "sv")


def test_accepted_bodies_begin_with_the_usual_one(small_knowledge):
    path = small_knowledge / "services" / "vab.yml"
    replace(path, "level:", "also: [kommun, skatteverket]\nlevel:")
    loaded = load_knowledge(small_knowledge)
    assert loaded.accepted("vab") == ("forsakringskassan", "kommun", "skatteverket")
    assert loaded.accepted("id_kort") == ("skatteverket",)


def test_the_version_changes_with_any_file_and_only_then(small_knowledge):
    before = knowledge_version(small_knowledge)
    assert knowledge_version(small_knowledge) == before
    write(small_knowledge / "notes.txt", "no knowledge")
    assert knowledge_version(small_knowledge) == before
    replace(small_knowledge / "texts" / "sv.yml", "Inget av dem", "Inget")
    assert knowledge_version(small_knowledge) != before


def test_a_renamed_file_is_another_version(small_knowledge):
    before = knowledge_version(small_knowledge)
    folder = small_knowledge / "wording" / "sv"
    (folder / "allt.yml").rename(folder / "annat.yml")
    assert knowledge_version(small_knowledge) != before


def test_training_texts_are_names_summaries_and_phrases_in_a_fixed_order(small):
    texts = training_texts(small)
    assert texts == training_texts(small)
    name, summary, _, phrases = WORDS["sv"]["vab"]
    mine = [t.text for t in texts if t.label == "vab" and t.language == "sv"]
    assert mine == [name, summary, *phrases]
    assert any(t.label == BOUNDARY + "barn_hemma" for t in texts)


def test_open_phrases_are_the_services_that_is_meant_unsaid(small):
    boundary = small.boundaries["barn_hemma"].model_copy(update={"unsaid": "vab"})
    boundaries = {**small.boundaries, "barn_hemma": boundary}
    texts = training_texts(small.model_copy(update={"boundaries": boundaries}))
    assert not any(t.label == BOUNDARY + "barn_hemma" for t in texts)
    assert {t.text for t in texts if t.label == "vab"} >= {"vem tar hand om barnet"}


def test_the_compiled_base_answers_the_same_without_phrases(small, tmp_path):
    save_compiled(small, tmp_path / "knowledge.json")
    loaded = load_compiled(tmp_path / "knowledge.json")
    assert loaded.version == small.version
    assert loaded.services == small.services
    assert loaded.wording("vab", "ar")[0].name == WORDS["ar"]["vab"][0]
    assert not any(w.phrases for words in loaded.service_words.values() for w in words.values())
    assert small.service_words["sv"]["vab"].phrases, "the original keeps its phrases"
    assert [p.name for p in tmp_path.iterdir()] == ["knowledge.json"]


def test_ids_that_yaml_would_read_as_something_else_stay_text(small_knowledge):
    path = write(
        small_knowledge / "local" / "0181_sodertalje.yml",
        "municipality: 0181\nphone: 08-523 010 00\n"
        "source: {url: https://www.sodertalje.se, checked: 2026-11-01}\nconfidence: linked\n",
    )
    assert line_of(path, "phone") == 2
    assert load_knowledge(small_knowledge).local["0181"].phone == "08-523 010 00"
