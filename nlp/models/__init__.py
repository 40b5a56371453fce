"""The models Pantau ships, and any other embedding model by name.

Nothing heavy is imported before a model is asked for. What is shipped is checked against its
checksums first, so a damaged folder is refused as a whole and never half loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from spacy.language import Language

HOME = Path(__file__).parent
NER = HOME / "id_news_ner"
STATIC = HOME / "id_news_static"
CHECKSUMS = "SHA256SUMS"

Kind = Literal["passage", "query"]


class ModelError(Exception):
    """A model can't be used; the message says in Indonesian what to do about it."""


class Embedder(Protocol):
    """Texts to unit vectors. ``name`` tells models apart where vectors are kept."""

    name: str
    dims: int

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> np.ndarray:
        """float32, shape (texts, dims), rows of unit length (an empty text: all zeros)."""
        ...


def load_ner(folder: Path = NER) -> Language | None:
    """The spaCy pipeline that finds PER, ORG and LOC; None where none is installed.

    Raises:
        ModelError: the folder is damaged, or made for another spaCy.
    """
    return _load_ner(folder) if folder.is_dir() else None


@cache
def _load_ner(folder: Path) -> Language:
    return new_ner(folder)


def new_ner(folder: Path = NER) -> Language:
    """As `load_ner`, but one of the caller's own, which may be added to.

    Raises:
        ModelError: the folder is missing, damaged, or made for another spaCy.
    """
    import spacy
    from spacy.about import __version__ as installed

    verify(folder)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    if not spacy.util.is_compatible_version(installed, meta["spacy_version"]):
        raise ModelError(
            f"{folder}: model ini dibuat untuk spaCy {meta['spacy_version']}, yang terpasang "
            f"{installed}. Pasang versi itu, atau buat ulang dengan `make models`."
        )
    return spacy.load(folder)


def load_embedder(name: str | None = None, dims: int = 256) -> Embedder:
    """The shipped static model, or the hub model or folder called ``name``.

    ``dims`` shortens the vectors of models that were trained for it (Matryoshka); others keep
    their own length.

    Raises:
        ModelError: damaged folder; unknown name; a hub name without network.
    """
    if name is None:
        return _load_static(dims)
    from nlp.models.embedding import TransformerEmbedder

    return TransformerEmbedder(name, name, dims)


@cache
def _load_static(dims: int) -> Embedder:
    from nlp.models.static import StaticEmbedder

    verify(STATIC)
    return StaticEmbedder(STATIC, f"{STATIC.name}-{version(STATIC)}", dims)


def verify(folder: Path) -> None:
    """Compare every file with the folder's ``SHA256SUMS``."""
    for line in _checksums(folder).splitlines():
        expected, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelError(f"{path}: berkas model hilang atau rusak. {_REPAIR}")


def version(folder: Path) -> str:
    """Eight characters that change with any byte of the model."""
    return hashlib.sha256(_checksums(folder).encode()).hexdigest()[:8]


def write_checksums(folder: Path) -> None:
    """Seal a model folder; its card (``*.md``) stays free to change."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md")
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
        if path.name != CHECKSUMS
    )
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


_REPAIR = "Pulihkan dengan `git checkout -- nlp/models`, atau buat ulang dengan `make models`."


def _checksums(folder: Path) -> str:
    path = folder / CHECKSUMS
    if not path.is_file():
        raise ModelError(f"{path}: folder model tidak lengkap. {_REPAIR}")
    return path.read_text(encoding="utf-8")
