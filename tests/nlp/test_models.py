from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from nlp import models
from nlp.annotate import annotate
from nlp.annotation import Article
from nlp.models import NER, Embedder, ModelError, load_embedder, load_ner
from nlp.models.embedding import TransformerEmbedder, family
from nlp.pipeline import COMPONENTS, load
from tests.nlp.transformer import make


@pytest.fixture(scope="session")
def static() -> Embedder:
    return load_embedder()


def names(text: str) -> set[tuple[str, str]]:
    nlp = load_ner()
    assert nlp is not None
    return {(entity.text, entity.label_) for entity in nlp(text).ents}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ketua Bawaslu Kabupaten Jember, Rukmana Hadi, menolak laporan itu, Selasa.",
            {("Bawaslu Kabupaten Jember", "ORG"), ("Rukmana Hadi", "PER")},
        ),
        (
            "Calon bupati Sulastri Wijaya berkampanye di Kabupaten Blitar.",
            {("Sulastri Wijaya", "PER"), ("Kabupaten Blitar", "LOC")},
        ),
        (
            "ketua kpu jawa barat budi santoso datang ke bandung kemarin.",
            {("budi santoso", "PER"), ("bandung", "LOC")},
        ),
        (
            "Kepala Desa Diduga Bagi Uang Di Surabaya, Bawaslu Turun Tangan",
            {("Surabaya", "LOC"), ("Bawaslu", "ORG")},
        ),
        ("MEDAN - Polisi memeriksa Ahmad Fauzi.", {("MEDAN", "LOC"), ("Ahmad Fauzi", "PER")}),
    ],
)
def test_names_in_print_lower_case_headline_and_dateline(
    text: str, expected: set[tuple[str, str]]
) -> None:
    assert expected <= names(text)


def test_the_rules_sit_behind_the_recogniser_in_one_pipeline() -> None:
    text = "Ketua Bawaslu Kabupaten Jember, Rukmana Hadi, menolak laporan itu, Selasa."
    both = load(NER)
    assert both.pipe_names == ["tok2vec", "ner", *COMPONENTS]
    assert load_ner() is not both
    found = next(annotate([Article(id="1", text=text)], both))
    assert [o["name"] for o in found["officials"]] == ["Rukmana Hadi"]
    assert ("Rukmana Hadi", "PER") in {(ent.text, ent.label_) for ent in both(text).ents}


def test_a_pipeline_without_its_recogniser_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="tidak lengkap"):
        load(tmp_path)


def test_headline_capitals_alone_make_no_name() -> None:
    assert names("Harga Beras Naik Lagi Jelang Hari Raya, Warga Mengeluh") == set()


@pytest.mark.parametrize("dims", [256, 64])
def test_the_light_reader_gives_the_vectors_of_sentence_transformers(dims: int) -> None:
    texts = ["Camat itu dipanggil.", "CAMAT, itu;dipanggil?", "", "  ", "🗳️ ﷽ " * 900]
    light = load_embedder(dims=dims)
    full = TransformerEmbedder(str(models.STATIC), light.name, dims)
    np.testing.assert_allclose(light.encode(texts), full.encode(texts), atol=1e-6)


@pytest.mark.parametrize("dims", [256, 128, 64])
def test_the_nearest_sentence_says_the_same(dims: int) -> None:
    embedder = load_embedder(dims=dims)
    query = "kepala desa membagikan uang kepada pemilih"
    texts = [
        "Seorang kades tertangkap memberi amplop berisi uang kepada warga menjelang pencoblosan.",
        "Harga cabai di pasar induk turun setelah panen raya.",
        "Timnas menang dua gol tanpa balas pada laga uji coba.",
        "KPU menetapkan daftar pemilih tetap dalam rapat pleno.",
    ]
    vectors = embedder.encode(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, dims)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert int((vectors @ embedder.encode([query], "query")[0]).argmax()) == 0


def test_no_texts_and_empty_texts_are_fine(static: Embedder) -> None:
    assert static.encode([]).shape == (0, 256)
    assert not np.isnan(static.encode(["", "ada"])).any()


def test_the_static_model_files_its_vectors_under_its_version(static: Embedder) -> None:
    assert static.name == f"id_news_static-{models.version(models.STATIC)}"


@pytest.fixture(scope="session")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("model"))


def test_another_model_takes_its_own_prefixes_and_length(transformer: Path) -> None:
    embedder = load_embedder(str(transformer), dims=8)
    assert embedder.dims == 16, "an e5 model's vectors are not to be cut"
    passage, query = (embedder.encode(["warga"], kind)[0] for kind in ("passage", "query"))
    assert passage.shape == (16,)
    assert np.linalg.norm(passage) == pytest.approx(1, abs=1e-3)
    assert not np.allclose(passage, query, atol=1e-4)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("intfloat/multilingual-e5-small", "query: "),
        ("intfloat/multilingual-e5-large-instruct", "Instruct: "),
        ("BAAI/bge-m3", ""),
    ],
)
def test_prefixes_by_family(name: str, query: str) -> None:
    assert family(name).query.startswith(query)
    assert bool(family(name).query) is bool(query)


def test_no_recogniser_is_no_error(tmp_path: Path) -> None:
    assert load_ner(tmp_path / "kosong") is None


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(models.NER, tmp_path / "id_news_ner"))


@pytest.mark.parametrize("lost", ["ner/model", "SHA256SUMS"])
def test_a_missing_file_is_named(copied: Path, lost: str) -> None:
    (copied / lost).unlink()
    with pytest.raises(ModelError, match=rf"{lost}: .*(rusak|lengkap).*make models"):
        load_ner(copied)


def test_a_damaged_file_is_named(copied: Path) -> None:
    weights = copied / "tok2vec" / "model"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\0")
    with pytest.raises(ModelError, match=r"tok2vec/model: .*rusak"):
        load_ner(copied)


def test_a_model_for_another_spacy_is_refused(copied: Path) -> None:
    meta = json.loads((copied / "meta.json").read_text(encoding="utf-8"))
    (copied / "meta.json").write_text(json.dumps({**meta, "spacy_version": ">=9,<10"}))
    models.write_checksums(copied)
    with pytest.raises(ModelError, match=r"spaCy >=9,<10"):
        load_ner(copied)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="bukan model sentence-transformers"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("kept", [0, 100])
def test_a_cut_embedding_model_is_refused(tmp_path: Path, name: str, kept: int) -> None:
    folder = Path(shutil.copytree(models.STATIC, tmp_path / "salinan"))
    damaged = folder / name
    damaged.write_bytes(damaged.read_bytes()[:kept])
    with pytest.raises(ModelError, match="bukan model sentence-transformers yang utuh"):
        load_embedder(str(folder))
    with pytest.raises(ModelError, match=rf"{name}: .*rusak.*make models"):
        models.verify(folder)


def test_an_empty_model_folder_says_how_to_repair_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tidak lengkap.*git checkout"):
        models.verify(tmp_path)


def test_a_hub_name_without_network_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="sambungan internet"):
        load_embedder("pantau/tidak-ada-di-sini")
