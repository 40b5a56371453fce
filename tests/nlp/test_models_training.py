from __future__ import annotations

import gzip
import random
from pathlib import Path

import numpy as np
import pytest
import spacy
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from spacy.tokens import DocBin
from thinc.api import fix_random_seed

from nlp.training import embeddings
from nlp.training.augment import add_dateline, augment, capitals, headline, lower, swap_name
from nlp.training.cooccurrence import start_vectors
from nlp.training.data import UNKNOWN, Sentence, read_tagged, sentence_key, spans, to_docs
from nlp.training.ner_recipe import average
from nlp.training.news import split_sentences
from nlp.training.silver import agreed, completed
from nlp.training.steps import once

LABELS = {"PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG"}
GOLD = Sentence(
    ("Rukmana", "Delima", "tiba", "di", "Jember", "."),
    ("B-PER", "I-PER", "O", "O", "B-LOC", "O"),
)


@pytest.fixture
def rng() -> random.Random:
    return random.Random(3)


@pytest.mark.parametrize("name", ["kecil.txt", "kecil.tsv.gz"])
def test_reads_conll_with_foreign_labels_and_broken_iob(tmp_path: Path, name: str) -> None:
    text = (
        "Bu\tO\nRatmi\tI-PERSON\nSari\tI-PERSON\nke\tO\nTuban\tB-PLACE\n\n"
        "Rabu PROPN B-TIME\nBlora PROPN B-PLACE\nRembang PROPN B-PLACE\n"
    )
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    first, second = read_tagged(path, LABELS)
    assert first.tags == ("O", "B-PER", "I-PER", "O", "B-LOC")
    assert second.words == ("Rabu", "Blora", "Rembang")
    assert second.tags == ("O", "B-LOC", "B-LOC")


def test_one_sentence_in_two_spellings_has_one_key() -> None:
    assert sentence_key('"Kami menang", katanya.') == sentence_key("KAMI MENANG katanya")
    assert sentence_key("Kami menang") != sentence_key("Kami senang")


def test_spans_of_neighbours_and_unknown_words() -> None:
    assert spans(("B-PER", "B-PER", "I-PER", UNKNOWN, "B-LOC")) == [
        (0, 1, "PER"),
        (1, 3, "PER"),
        (4, 5, "LOC"),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lower, "rukmana delima tiba di jember ."),
        (capitals, "RUKMANA DELIMA TIBA DI JEMBER ."),
        (headline, "Rukmana Delima Tiba Di Jember ."),
    ],
)
def test_letter_cases_change_words_only(change: object, expected: str) -> None:
    changed = change(GOLD)  # type: ignore[operator]  # parametrised functions lose their type
    assert " ".join(changed.words) == expected
    assert changed.tags == GOLD.tags


def test_a_dateline_is_a_place_before_the_sentence(rng: random.Random) -> None:
    dated = add_dateline(GOLD, rng, [("Kota", "Kediri")])
    assert spans(dated.tags)[0] == (0, 2, "LOC")
    assert dated.words[-len(GOLD.words) :] == GOLD.words
    assert len(dated.words) == len(dated.tags)


def test_swapping_changes_one_name_and_keeps_the_sentence(rng: random.Random) -> None:
    for _ in range(20):
        swapped = swap_name(GOLD, rng)
        assert [label for *_, label in spans(swapped.tags)] == ["PER", "LOC"]
        assert tuple(
            word for word, tag in zip(swapped.words, swapped.tags, strict=True) if tag == "O"
        )[:2] == ("tiba", "di")
        assert swapped.words[:2] == GOLD.words[:2] or swapped.words[-2] == "Jember"


def test_augmenting_keeps_every_sentence_and_is_seeded() -> None:
    sentences = [GOLD] * 40
    one = list(augment(sentences, random.Random(5)))
    assert one == list(augment(sentences, random.Random(5)))
    assert one != list(augment(sentences, random.Random(6)))
    assert one.count(GOLD) >= 40
    assert lower(GOLD) in one


def test_unknown_words_stay_open_in_the_training_format() -> None:
    vocab = spacy.blank("id").vocab
    packed = to_docs([Sentence(("Desa", "Mekar", "maju"), ("B-LOC", UNKNOWN, "O"))], vocab)
    [doc] = DocBin().from_bytes(packed.to_bytes()).get_docs(vocab)
    assert [token.ent_iob for token in doc] == [3, 0, 2]


def test_only_what_both_recognisers_find_is_a_name() -> None:
    one = ("B-ORG", "I-ORG", "O", "B-PER", "O")
    two = ("B-ORG", "O", "O", "B-PER", "O")
    assert agreed(one, two) == (UNKNOWN, UNKNOWN, "O", "B-PER", "O")


def test_gold_names_win_over_votes_and_open_what_they_cut() -> None:
    gold = ("O", "B-PER", "O", "O", "O")
    votes = ("B-ORG", "I-ORG", "O", "B-LOC", "B-ORG")
    assert completed(gold, votes) == (UNKNOWN, "B-PER", "O", "O", "B-ORG")


def test_sentences_are_cut_after_marks_and_at_line_ends() -> None:
    text = 'Warga datang. "Kami menolak," kata Ratmi.\nPukul 10.30 WIB ia pulang.'
    assert split_sentences(text) == [
        "Warga datang.",
        '"Kami menolak," kata Ratmi.',
        "Pukul 10.30 WIB ia pulang.",
    ]


def recogniser(folder: Path, seed: int) -> Path:
    fix_random_seed(seed)
    nlp = spacy.blank("id")
    nlp.add_pipe("ner").add_label("PER")  # type: ignore[attr-defined]  # spaCy types pipes as callables
    nlp.initialize()
    nlp.to_disk(folder)
    return folder


def all_weights(folder: Path) -> list[np.ndarray]:
    model = spacy.load(folder).get_pipe("ner").model  # type: ignore[attr-defined]  # as above
    nodes = ((node, name) for node in model.walk() for name in node.param_names)
    return [node.get_param(name) for node, name in nodes if node.has_param(name)]


def test_the_mean_of_recognisers_has_the_mean_of_every_weight(tmp_path: Path) -> None:
    seeds = [recogniser(tmp_path / str(seed), seed) for seed in (1, 2)]
    average(seeds, tmp_path / "mean")
    one, two, mean = map(all_weights, (*seeds, tmp_path / "mean"))
    assert any(not np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    for a, b, both in zip(one, two, mean, strict=True):
        np.testing.assert_allclose(both, (a + b) / 2, atol=1e-6)


@pytest.fixture
def module(tmp_path: Path) -> StaticEmbedding:
    text = tmp_path / "teks.txt"
    text.write_text("\n".join(f"{one} {two}" for one, two in PAIRS) * 4, encoding="utf-8")
    torch.manual_seed(1)
    return StaticEmbedding(embeddings.train_tokenizer(text, 120), embedding_dim=256)


PAIRS = [
    ("padi dipanen", "hasil sawah melimpah"),
    ("jalan rusak", "aspal berlubang dikeluhkan"),
    ("bupati dilantik", "kepala daerah baru"),
    ("banjir surut", "air mulai turun"),
    ("pasar terbakar", "kios hangus api"),
    ("guru honorer", "tenaga pengajar kontrak"),
]


def likeness(module: StaticEmbedding, one: str, two: str) -> float:
    model = SentenceTransformer(modules=[module], device="cpu")
    first, second = model.encode([one, two], normalize_embeddings=True)
    return float(first @ second)


def test_pairs_are_pulled_together(module: StaticEmbedding) -> None:
    before = [likeness(module, *pair) for pair in PAIRS]
    embeddings.train(module, [PAIRS], embeddings.Recipe(epochs=20, batch=6, rate=0.05))
    assert all(likeness(module, *pair) > old for pair, old in zip(PAIRS, before, strict=True))


def test_graded_pairs_are_put_in_order(module: StaticEmbedding) -> None:
    one, two, three = (first for first, _ in PAIRS[:3])
    graded = [(one, two, 1.0), (one, three, 0.0)] * 4
    embeddings.grade(module, graded, embeddings.Recipe(epochs=20, batch=8, rate=0.05))
    assert likeness(module, one, two) > likeness(module, one, three)


def test_first_vectors_know_what_stands_near_what(tmp_path: Path) -> None:
    text = tmp_path / "teks.txt"
    lines = ["kpu dan bawaslu menggelar rapat", "panen padi dan jagung melimpah"] * 30
    lines += ["bawaslu menggelar rapat", "kpu menggelar rapat", "padi melimpah", "jagung melimpah"]
    text.write_text("\n".join(lines), encoding="utf-8")
    tokenizer = embeddings.train_tokenizer(text, 200)
    rows = start_vectors(tokenizer, text, dims=16)
    assert rows.shape == (tokenizer.get_vocab_size(), 16)
    assert rows == pytest.approx(start_vectors(tokenizer, text, dims=16), abs=1e-4)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    kpu, bawaslu, padi = (rows[tokenizer.token_to_id(word)] for word in ("kpu", "bawaslu", "padi"))
    assert kpu @ bawaslu > kpu @ padi


def test_a_saved_model_is_half_precision_and_still_the_same(
    module: StaticEmbedding, tmp_path: Path
) -> None:
    before = likeness(module, *PAIRS[0])
    embeddings.save(module, tmp_path / "model")
    weights = tmp_path / "model" / "model.safetensors"
    assert weights.stat().st_size < 2 * module.num_embeddings * 256 + 1000
    opened = StaticEmbedding.load(str(tmp_path / "model")).float()
    assert likeness(opened, *PAIRS[0]) == pytest.approx(before, abs=1e-2)


def test_a_step_is_made_once_and_a_broken_one_again(tmp_path: Path) -> None:
    target = tmp_path / "langkah.txt"

    def stop(part: Path) -> None:
        part.write_text("separuh")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(target, stop)
    assert not target.exists()
    assert once(target, lambda part: part.write_text("utuh")).read_text() == "utuh"
    assert once(target, lambda part: part.write_text("lagi")).read_text() == "utuh"
