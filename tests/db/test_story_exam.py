"""The grouping is scored on labelled articles: pairs rightly and wrongly put into one story."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.stories.story_exam import examine
from nlp.evaluation.gold import GoldError

TELLING = (
    "Bawaslu Kutai Kartanegara memeriksa Camat Muara Jawa Suprapto Wiyono karena mengajak warga "
    "memilih pasangan calon bupati nomor urut 2 dalam rapat di Balai Desa Loa Pelita. ",
    "Camat Muara Jawa Suprapto Wiyono diperiksa Bawaslu Kutai Kartanegara. Dalam rapat di Balai "
    "Desa Loa Pelita ia diduga mengajak warga memilih pasangan calon bupati nomor urut 2. ",
    "Panwascam Anggana menemukan 40 amplop berisi uang di rumah ketua RT di Desa Sungai Meriam, "
    "Kutai Kartanegara. Amplop itu bergambar pasangan calon bupati nomor urut 1. ",
)


def write(folder: Path, *groups: str) -> Path:
    texts = folder / "teks"
    texts.mkdir()
    labels = folder / "label.jsonl"
    for number, (group, text) in enumerate(zip(groups, TELLING, strict=True)):
        article = {
            "id": str(number),
            "title": text.partition(".")[0],
            "text": text,
            "published_at": "2024-10-07",
        }
        (texts / f"{number}.json").write_text(json.dumps(article), "utf-8")
        label = {
            "id": str(number),
            "url": f"https://kabar.example/{number}",
            "split": "dev",
            "gold": {"group": group},
        }
        with labels.open("a", encoding="utf-8") as file:
            file.write(json.dumps(label) + "\n")
    return labels


def undated(folder: Path, sentence: str) -> None:
    """The second article's date is unknown but for what its text says."""
    file = folder / "teks" / "1.json"
    article = json.loads(file.read_text("utf-8"))
    del article["published_at"]
    article["text"] += sentence
    file.write_text(json.dumps(article), "utf-8")


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Pemeriksaan berlangsung pada 7 Oktober 2024.", 1),
        ("Pemeriksaan berlangsung pada 7 Agustus 2024.", 0),
    ],
)
def test_an_article_without_a_date_stands_at_what_it_tells_of(
    tmp_path: Path, sentence: str, right: int
) -> None:
    labels = write(tmp_path, "camat", "camat", "amplop")
    undated(tmp_path, sentence)
    assert examine(labels, tmp_path / "teks").right == right


def test_right_pairs_are_counted(tmp_path: Path) -> None:
    score = examine(write(tmp_path, "camat", "camat", "amplop"), tmp_path / "teks")
    assert (score.articles, score.groups, score.right) == (3, 1, 1)
    assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    assert list(score.errors()) == []


def test_wrong_pairs_are_shown(tmp_path: Path) -> None:
    score = examine(write(tmp_path, "camat", "lain", "lain"), tmp_path / "teks", "dev")
    assert (score.right, score.f1) == (0, 0)
    joined, missed = score.errors()
    assert joined.startswith("salah gabung: Bawaslu Kutai Kartanegara memeriksa Camat")
    assert missed.startswith("terlewat: Camat Muara Jawa Suprapto Wiyono diperiksa")
    assert "F1 0.000 (0 benar, 1 salah gabung, 1 terlewat)" in str(score)


def test_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    labels = write(tmp_path, "camat", "camat", "amplop")
    (tmp_path / "teks" / "1.json").unlink()
    with pytest.raises(GoldError, match=r"1 \(https://kabar.example/1\)"):
        examine(labels, tmp_path / "teks")
