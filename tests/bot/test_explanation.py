"""What decided can be told of every verdict."""

import shutil

import pytest

from bot.errors import IndexMissingError
from bot.explanation import PHRASES, explain


def told(trained, trained_settings, text):
    match = trained.match(text)
    return explain(trained, match, text, None, trained_settings.index)


def test_the_nearest_phrases_are_the_first_services(trained, trained_settings):
    found = told(trained, trained_settings, "mitt barn är sjukt och jag kan inte arbeta")
    assert found.verdict == "answer"
    assert found.phrases[0].phrase == "mitt barn är sjukt och jag kan inte arbeta"
    assert found.phrases[0].likeness == pytest.approx(1.0)
    assert "sv" in {near.language for near in found.phrases}
    assert [n.likeness for n in found.phrases] == sorted(n.likeness for n in found.phrases)[::-1]


def test_the_telling_words_are_the_questions_own(trained, trained_settings):
    found = told(trained, trained_settings, "nytt id-kort till mig")
    assert found.words[0] == "id-kort"
    assert set(found.words) <= {"nytt", "id-kort", "till", "mig"}


def test_a_boundary_that_is_asked_about_is_named(trained, trained_settings):
    found = told(trained, trained_settings, "vem kan hjälpa mig med hyran")
    assert (found.verdict, found.boundary) == ("clarify", "pengar_till_hyran")


@pytest.mark.parametrize("text", ["", "😀", "recept på pannkakor", "112", "x" * 5000])
def test_every_verdict_can_be_explained(trained, trained_settings, text):
    found = told(trained, trained_settings, text)
    assert sum(found.verdicts.values()) == pytest.approx(1.0, abs=0.01)
    assert found.reason


def test_an_index_without_phrases_says_what_to_do(trained, trained_settings, tmp_path):
    index = shutil.copytree(trained_settings.index, tmp_path / "index")
    (index / PHRASES).unlink()
    match = trained.match("nytt id-kort")
    with pytest.raises(IndexMissingError, match="lots train"):
        explain(trained, match, "nytt id-kort", None, index)
