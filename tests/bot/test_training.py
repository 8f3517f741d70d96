"""`lots train` builds an index whole or not at all, and knows when one is out of date."""

import json
import shutil

import joblib
import pytest

from bot import training
from bot.errors import EncoderError, EvaluationError, KnowledgeError
from bot.matcher import load_matcher
from bot.training import index_state
from tests.conftest import small_settings, train_quietly
from tests.small_files import replace, write


@pytest.fixture
def settings(tmp_path, trained_settings):
    """Settings of a copy of the trained small base, free to be changed."""
    root = trained_settings.index.parent.parent
    for name in ("knowledge", "nlu", "calibration", "models"):
        shutil.copytree(root / name, tmp_path / name)
    return trained_settings.model_copy(
        update={name: tmp_path / name for name in ("knowledge", "nlu", "calibration", "models")}
    )


def test_a_trained_index_is_current(settings):
    assert index_state(settings) == "current"


def test_changed_facts_make_the_index_outdated_and_a_refresh_mends_it(settings):
    replace(
        settings.knowledge / "services" / "vab.yml", "confidence: ", "phone: '0771-1'\nconfidence: "
    )
    assert index_state(settings) == "outdated"
    training.refresh_index(settings)
    assert index_state(settings) == "current"
    assert load_matcher(settings.index).knowledge.services["vab"].phone == "0771-1"


def test_changed_dev_questions_calibrate_anew_without_training(settings):
    weights = (settings.index / "embedding.npy").read_bytes()
    before = (settings.index / "calibration.joblib").read_bytes()
    replace(settings.calibration / "en.jsonl", '"none"', '"emergency"')
    assert index_state(settings) == "outdated"
    training.refresh_index(settings)
    assert (settings.index / "calibration.joblib").read_bytes() != before
    assert (settings.index / "embedding.npy").read_bytes() == weights


def test_no_dev_questions_are_refused_with_a_message(settings):
    shutil.rmtree(settings.calibration)
    with pytest.raises(EvaluationError, match="calibration"):
        train_quietly(settings)
    assert load_matcher(settings.index)


def test_no_index_is_missing(settings):
    shutil.rmtree(settings.index)
    assert index_state(settings) == "missing"


def test_a_changed_knowledge_base_makes_the_index_stale(settings):
    replace(settings.knowledge / "wording" / "sv" / "allt.yml", "vabba", "vabbar idag")
    assert index_state(settings) == "stale"


def test_changed_examples_make_the_index_stale(settings):
    replace(settings.nlu / "sv" / "greet.yml", "- hejsan", "- tjenare")
    assert index_state(settings) == "stale"


def test_another_encoder_makes_the_index_stale(settings):
    assert index_state(settings.model_copy(update={"encoder": "builtin"})) == "stale"


@pytest.mark.parametrize("found", ['{"format": 0}', "{", ""])
def test_an_index_of_another_format_counts_as_missing(settings, found):
    write(settings.index / "index.json", found)
    assert index_state(settings) == "missing"


def test_an_index_that_lacks_a_fact_is_not_current(settings):
    path = settings.index / "index.json"
    facts = json.loads(path.read_text())
    del facts["examples_version"]
    path.write_text(json.dumps(facts))
    assert index_state(settings) != "current"


def test_the_facts_of_an_index_are_written_beside_it(settings):
    facts = json.loads((settings.index / "index.json").read_text())
    assert facts["encoder"] == settings.encoder
    assert facts["texts"] > 200
    calibration = joblib.load(settings.index / "calibration.joblib")
    assert set(calibration.encoder_weight) <= {"sv", "en"}, "languages of dev questions"
    assert calibration.temperature > 0


def test_training_again_gives_the_same_verdicts(settings, trained):
    before = {p.name for p in settings.index.iterdir()}
    train_quietly(settings)
    again = load_matcher(settings.index)
    assert {p.name for p in settings.index.iterdir()} == before
    for text in ("hjälp med hyran", "my child is sick", "بطاقة هوية", "pannkakor"):
        assert again.match(text) == trained.match(text)


def test_a_phrase_that_is_added_is_learned(settings):
    path = settings.knowledge / "wording" / "sv" / "allt.yml"
    replace(path, '- "söka plats i förskola"', '- "gullvivan"\n    - "gullvivan avdelning"')
    train_quietly(settings)
    assert index_state(settings) == "current"
    assert load_matcher(settings.index).match("gullvivan").candidates[0].service == "forskola"


def test_broken_knowledge_leaves_the_old_index(settings):
    write(settings.knowledge / "services" / "vab.yml", "id: [\n")
    with pytest.raises(KnowledgeError, match=r"services/vab\.yml"):
        train_quietly(settings)
    assert load_matcher(settings.index).match("mitt barn är sjukt").verdict == "answer"


def test_broken_examples_are_named_and_leave_the_old_index(settings):
    write(settings.nlu / "sv" / "greet.yml", "greet: hej\n")
    with pytest.raises(KnowledgeError, match=r"greet\.yml"):
        train_quietly(settings)
    assert load_matcher(settings.index)


def test_a_missing_encoder_leaves_the_old_index(settings, tmp_path):
    other = settings.model_copy(update={"encoder": str(tmp_path)})
    with pytest.raises(EncoderError, match="LOTS_ENCODER"):
        train_quietly(other)
    assert index_state(settings) == "current"
    assert load_matcher(settings.index)


@pytest.mark.parametrize("killed_in", ["_train_models", "_calibrate", "save_compiled"])
def test_training_that_is_killed_half_way_leaves_the_old_index(settings, monkeypatch, killed_in):
    def killed(*_):
        raise KeyboardInterrupt

    replace(settings.knowledge / "wording" / "sv" / "allt.yml", "vabba", "vabbar idag")
    monkeypatch.setattr(training, killed_in, killed)
    with pytest.raises(KeyboardInterrupt):
        train_quietly(settings)
    assert index_state(settings) == "stale"
    assert load_matcher(settings.index).match("mitt barn är sjukt").verdict == "answer"


def test_what_a_killed_training_left_behind_is_cleared_away(settings):
    write(settings.models / "lots.building" / "half.npy", "half")
    train_quietly(settings)
    assert not (settings.index / "half.npy").exists()
    assert [path.name for path in settings.models.iterdir()] == ["lots"]


def test_each_long_step_is_told(settings):
    told = []
    with joblib.parallel_config(backend="sequential"):
        training.train_matcher(settings, told.append)
    assert len(told) >= 4
    assert any("dev questions" in step for step in told)


def test_a_base_without_the_emergency_service_is_refused_with_a_message(tmp_path, tiny_model):
    settings = small_settings(tmp_path, str(tiny_model))
    (settings.knowledge / "services" / "nodsamtal.yml").unlink()
    for code in ("sv", "en", "ar"):
        path = settings.knowledge / "wording" / code / "allt.yml"
        path.write_text(path.read_text("utf-8").split("nodsamtal:")[0], encoding="utf-8")
    with pytest.raises(KnowledgeError, match="nodsamtal"):
        train_quietly(settings)
