"""Any sentence-transformers model behind one small door."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from nlp.models import Kind, ModelError


@dataclass(frozen=True)
class Family:
    """What a model wants written before a text, and whether its vectors may be cut."""

    name: str
    query: str = ""
    passage: str = ""
    matryoshka: bool = False


def family(name: str) -> Family:
    """The first row of ``prefixes.toml`` that fits the name."""
    fits = (row for row in _families() if fnmatch(Path(name).name.lower(), row.name))
    return next(fits, Family(name))


@cache
def _families() -> tuple[Family, ...]:
    text = Path(__file__).with_name("prefixes.toml").read_text(encoding="utf-8")
    return tuple(Family(**row) for row in tomllib.loads(text)["family"])


class TransformerEmbedder:
    """``source`` is a folder or a hub name; ``name`` is what vectors are filed under."""

    def __init__(self, source: str, name: str, dims: int) -> None:
        self.name = name
        self._family = family(source)
        self._model = _open(source)
        own = self._model.get_embedding_dimension() or dims
        self.dims = min(dims, own) if self._family.matryoshka else own

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> np.ndarray:
        prefix = self._family.query if kind == "query" else self._family.passage
        if not texts:
            return np.zeros((0, self.dims), dtype=np.float32)
        vectors = self._model.encode(
            [prefix + text for text in texts], batch_size=256, show_progress_bar=False
        )
        cut = np.asarray(vectors, dtype=np.float32)[:, : self.dims]
        lengths = np.linalg.norm(cut, axis=1, keepdims=True)
        return cut / np.where(lengths > 0, lengths, 1)


def _open(source: str) -> SentenceTransformer:
    local = Path(source).is_dir()
    try:
        model = SentenceTransformer(source, device="cpu", local_files_only=local)
    except Exception as error:  # tokenizers and safetensors raise nothing more special
        raise ModelError(_advice(source, local)) from error
    return model.float()  # stored in half precision; a CPU counts faster in single


def _advice(source: str, local: bool) -> str:
    if local:
        return f"{source}: folder ini bukan model sentence-transformers yang utuh."
    return (
        f"Model '{source}' tidak dapat dimuat. Periksa ejaan namanya dan sambungan internet, atau "
        "unduh dulu dan tulis nama foldernya. Tanpa nama, Pantau memakai model bawaannya."
    )
