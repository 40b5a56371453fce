"""Vectors of articles: kept up to date, near ones found, and a search that knows meaning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from db.analysis import analyse
from db.base import Home
from db.search import embeddings
from db.search.meaning import Meaning, meaning
from db.search.nearness import Nearness
from db.search.search import matching_ids, search
from nlp.models import ModelError
from tests.db.conftest import Newsroom
from tests.nlp.transformer import make

BAGI = "Warga menerima sembako dan amplop berisi uang dari tim sukses calon bupati sebelum memilih."
TEXTS = {
    "sembako": ("Sembako Dibagikan Tim Calon Bupati", BAGI),
    "amplop": (
        "Tim Sukses Calon Bupati Bagikan Amplop Berisi Uang kepada Pemilih",
        "Pemilih mengaku menerima uang dari tim sukses pasangan calon menjelang pemungutan suara.",
    ),
    "voli": (
        "Tim Voli Putri Juara",
        "Tim voli putri memenangi pertandingan final dengan tiga set langsung di gelanggang kota.",
    ),
}


@pytest.fixture
def filled(room: Newsroom) -> Newsroom:
    for name, (title, text) in TEXTS.items():
        region = "33.04" if name == "amplop" else "64.02"
        room.add(name, title, text, region=region)
    embeddings.update(room.db, embeddings.model(room.home))
    return room


def names(room: Newsroom, query: str, by: Meaning | None) -> list[str]:
    return [hit.url.rpartition("/")[2] for hit in search(room.db, query, by=by).hits]


def vectors(room: Newsroom) -> dict[int, tuple[int, bytes]]:
    rows = room.db.query("SELECT article_id, version, vector FROM embeddings")
    return {row["article_id"]: (row["version"], row["vector"]) for row in rows}


def test_only_new_and_changed_articles_are_read_again(filled: Newsroom) -> None:
    model = embeddings.model(filled.home)
    assert embeddings.update(filled.db, model) == 0
    before = vectors(filled)
    filled.store("voli", "Tim Voli Putri Kalah", "Pertandingan ulang berakhir dengan kekalahan.")
    assert embeddings.update(filled.db, model) == 1
    changed = {key for key, value in vectors(filled).items() if value != before[key]}
    assert len(changed) == 1


def test_another_length_replaces_the_vectors(filled: Newsroom) -> None:
    settings = filled.home.berita.with_name("pantau.toml")
    settings.write_text("[bahasa]\ndimensi_embedding = 64\n", encoding="utf-8")
    assert embeddings.update(filled.db, embeddings.model(filled.home)) == 3
    assert {len(vector) for _, vector in vectors(filled).values()} == {4 * 64}


def test_vectors_have_unit_length(filled: Newsroom) -> None:
    for _, blob in vectors(filled).values():
        assert np.linalg.norm(np.frombuffer(blob, dtype="<f4")) == pytest.approx(1, abs=1e-5)


def test_meaning_finds_what_the_words_miss(filled: Newsroom) -> None:
    query = "sembako dari tim calon pasangan"
    by = meaning(filled.home)
    assert names(filled, query, None) == []
    assert set(names(filled, query, by)) == {"sembako", "amplop"}


def test_what_holds_the_words_comes_first_and_is_told_apart(filled: Newsroom) -> None:
    result = search(filled.db, "sembako", by=meaning(filled.home))
    first, *others = result.hits
    assert (first.url.rpartition("/")[2], first.by_meaning) == ("sembako", False)
    assert all(hit.by_meaning for hit in others)
    assert "voli" not in {hit.url.rpartition("/")[2] for hit in others}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sembako dari tim calon pasangan wilayah:33.04", {"amplop"}),
        ("sembako dari tim calon pasangan -amplop", set()),
        ("sembako dari tim calon pasangan -voli", {"sembako", "amplop"}),
        ('sembako pemilih -"amplop berisi"', set()),
    ],
)
def test_filters_and_unwanted_words_hold_for_meaning(
    filled: Newsroom, query: str, expected: set[str]
) -> None:
    assert set(names(filled, query, meaning(filled.home))) == expected


def test_facets_total_and_export_count_the_same_answers(filled: Newsroom) -> None:
    by = meaning(filled.home)
    result = search(filled.db, "sembako dari tim calon pasangan", by=by)
    assert result.total == len(result.hits) == sum(result.facets["provinsi"].values())
    assert len(matching_ids(filled.db, "sembako dari tim calon pasangan", by)) == result.total


def test_filters_alone_need_no_model(filled: Newsroom) -> None:
    by = meaning(filled.home)
    assert names(filled, "wilayah:33.04", by) == names(filled, "wilayah:33.04", None)


def test_a_reader_in_memory_follows_the_base(filled: Newsroom) -> None:
    near = Nearness(embeddings.model(filled.home).name)
    zero = np.zeros(256, dtype=np.float32)
    assert len(near.similarities(filled.db.conn, zero)[0]) == 3
    filled.store("voli", "Sembako Lagi", BAGI)
    filled.add("baru", "Sembako", BAGI)
    embeddings.update(filled.db, embeddings.model(filled.home))
    ids, _ = near.similarities(filled.db.conn, zero)
    assert len(ids) == len(set(ids.tolist())) == 4
    kept = vectors(filled)
    for article, (_, stored) in kept.items():
        vector = np.frombuffer(stored, dtype="<f4")
        ids, cosines = near.similarities(filled.db.conn, vector)
        assert dict(zip(ids.tolist(), cosines.tolist(), strict=True))[article] == pytest.approx(
            float(vector @ vector), abs=1e-5
        )


def test_a_model_of_the_settings_replaces_the_bundled_one(filled: Newsroom, tmp_path: Path) -> None:
    settings = filled.home.berita.with_name("pantau.toml")
    settings.write_text(f'[bahasa]\nmodel_embedding = "{make(tmp_path)}"\n', encoding="utf-8")
    assert analyse(filled.home).failures == []
    assert {len(vector) for _, vector in vectors(filled).values()} == {4 * 16}
    assert names(filled, "sembako", meaning(Home(filled.home.berita)))[0] == "sembako"


def test_a_model_that_is_not_there_is_told_and_takes_nothing_away(
    room: Newsroom, tmp_path: Path
) -> None:
    room.store("satu", "Bawaslu Memanggil Camat", "Bawaslu memanggil camat itu.")
    settings = room.home.berita.with_name("pantau.toml")
    settings.write_text(f'[bahasa]\nmodel_embedding = "{tmp_path}/tiada"\n', encoding="utf-8")
    report = analyse(room.home)
    assert report.analysed == 1
    assert [f.url for f in report.failures] == ["model_embedding"]
    with pytest.raises(ModelError, match="tiada"):
        embeddings.model(room.home)
