"""Labels joined with texts that live outside the repository."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nlp.annotation import STATUSES
from nlp.evaluation import labels as labels_module
from nlp.evaluation.gold import GoldError, answered
from nlp.evaluation.labels import joined
from nlp.evaluation.score import score
from nlp.lexicon import regions
from nlp.lexicon.judgement import topics

TEXT = 'Ketua KPU Bulungan Rahmad Sanjaya mengatakan ada 12 TPS baru. "Sudah siap," kata Rahmad.'
GOLD_ANSWER = {
    "region": "65.01",
    "people": [],
    "officials": [],
    "figures": [{"value": 12, "unit": "TPS"}],
}


def _label(name: str, split: str = "dev") -> dict[str, Any]:
    return {"id": name, "url": f"https://a.example/{name}", "split": split, "gold": GOLD_ANSWER}


def _write(tmp_path: Path, rows: list[Any], *, texts: list[str]) -> tuple[Path, Path]:
    path, folder = tmp_path / "labels.jsonl", tmp_path / "texts"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    folder.mkdir()
    for number, name in enumerate(texts):
        (folder / f"{number}.json").write_text(json.dumps({"id": name, "text": TEXT}), "utf-8")
    return path, folder


@pytest.mark.parametrize(
    ("split", "expected"), [("dev", ["b", "c"]), ("held", ["a"]), (None, ["b", "a", "c"])]
)
def test_joins_the_asked_part_in_the_order_of_the_labels(
    tmp_path: Path, split: str | None, expected: list[str]
) -> None:
    rows = [_label("b"), _label("a", "held"), _label("c")]
    records = joined(*_write(tmp_path, rows, texts=["a", "b", "c", "unused"]), split)
    assert [record.article["id"] for record in records] == expected
    assert records[0].gold == GOLD_ANSWER


def test_joined_records_can_be_scored(tmp_path: Path) -> None:
    records = joined(*_write(tmp_path, [_label("a")], texts=["a"]))
    scores = score(answered(records))
    assert scores.nouns["angka"].right == 1
    assert scores.nouns["wilayah utama"].right == 1


def test_names_every_missing_text_but_not_those_of_the_other_split(tmp_path: Path) -> None:
    rows = [_label("a"), _label("b"), _label("c"), _label("d", "held")]
    with pytest.raises(GoldError, match="teks 2 artikel tidak ada") as caught:
        joined(*_write(tmp_path, rows, texts=["b"]), "dev")
    assert "https://a.example/a" in str(caught.value)
    assert "https://a.example/c" in str(caught.value)
    assert "https://a.example/d" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"), [({"id": "a"}, "tidak ada gold, split, url"), ([], "bukan objek JSON")]
)
def test_a_bad_label_names_its_line(tmp_path: Path, row: Any, said: str) -> None:
    with pytest.raises(GoldError, match=f"baris 2: {said}"):
        joined(*_write(tmp_path, [_label("a"), row], texts=["a"]))


def test_a_bad_text_names_its_file(tmp_path: Path) -> None:
    path, folder = _write(tmp_path, [_label("a")], texts=["a"])
    (folder / "rusak.json").write_text('{"id": "x"}', encoding="utf-8")
    with pytest.raises(GoldError, match=r"rusak\.json"):
        joined(path, folder)


@pytest.mark.parametrize(
    ("file", "splits"),
    [("facts.jsonl", {"dev", "held"}), ("facts_general.jsonl", {"held"})],
)
def test_the_labelled_facts_hold_together(file: str, splits: set[str]) -> None:
    """`facts_general.jsonl`: half of it is no election news, and it says nothing of topics."""
    text = Path(labels_module.__file__).with_name(file).read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    assert len({row["id"] for row in rows}) == len({row["url"] for row in rows}) == len(rows)
    assert {row["split"] for row in rows} == splits
    for row in rows:
        gold = row["gold"]
        assert set(row) == {"id", "url", "split", "gold"}, row["url"]
        assert {"region", "officials", "people", "figures", "speakers"} <= gold.keys(), row["url"]
        assert {gold["region"], *gold["regions"]} - {None} <= regions().keys(), row["url"]
        assert set(gold.get("topics", ())) <= topics().keys(), row["url"]
        assert gold.get("status", "netral") in STATUSES, row["url"]
        assert all(date.fromisoformat(day) for day in gold.get("dates", [])), row["url"]
