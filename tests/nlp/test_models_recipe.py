"""``make models`` from end to end on a small invented collection, all steps, nothing shipped."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from nlp.models import STATIC, load_embedder, load_ner, version
from nlp.training.__main__ import main
from nlp.training.choice import best, table
from nlp.training.data import corpora
from nlp.training.pairs import dev_titles, held_out, summary_pairs, training_titles

PEOPLE = ("Rukmana Delima", "Sulastri Wijaya", "Ratmi Sari", "Darma Saputra", "Wening Lestari")
PLACES = ("Jember", "Blora", "Rembang", "Tuban", "Kediri", "Sleman", "Bantul")
OFFICES = ("Bawaslu", "KPU", "Panwaslu", "DPRD")
DEEDS = (
    "memeriksa laporan warga tentang pembagian uang",
    "menetapkan daftar pemilih tetap dalam rapat",
    "menerima berkas calon kepala daerah",
    "menertibkan alat peraga di jalan protokol",
)
SETS = ("train", "dev", "test")


def sentence(rng: random.Random) -> list[tuple[str, str]]:
    """Words with tags of one label scheme: office, person, place."""
    words = [(rng.choice(OFFICES), "B-ORG"), (",", "O")]
    first, last = rng.choice(PEOPLE).split()
    words += [(first, "B-PER"), (last, "I-PER"), (",", "O")]
    words += [(word, "O") for word in rng.choice(DEEDS).split()]
    return [*words, ("di", "O"), (rng.choice(PLACES), "B-LOC"), (".", "O")]


def plain(rng: random.Random) -> str:
    return " ".join(word for word, _ in sentence(rng)).replace(" ,", ",").replace(" .", ".")


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def tagged(rng: random.Random, labels: dict[str, str], count: int) -> str:
    own = {ours: theirs for theirs, ours in labels.items()}
    blocks = (
        "\n".join(
            f"{word}\t{tag if tag == 'O' or tag[2:] not in own else tag[:2] + own[tag[2:]]}"
            for word, tag in sentence(rng)
        )
        for _ in range(count)
    )
    return "\n\n".join(blocks) + "\n"


def table_of(columns: tuple[str, ...], rows: list[tuple[object, ...]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([columns, *rows])
    return out.getvalue()


def article(rng: random.Random) -> str:
    text = " ".join(plain(rng) for _ in range(4))
    return json.dumps({"title": plain(rng), "text": text, "summary": plain(rng)})


def lines(rows: list[dict[str, str]]) -> str:
    return "\n".join(map(json.dumps, rows))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, rng, rules = tmp_path_factory.mktemp("data"), random.Random(1), corpora()
    for group in ("ner", "partial"):
        for source in rules[group].values():
            for split in SETS:
                put(folder / source[split], tagged(rng, source["labels"], 12))
    for name in rules["news"]["articles"]:
        put(folder / name, "\n".join(article(rng) for _ in range(12)))
    for name in rules["news"]["sentences"]:
        put(folder / name, "\n".join(plain(rng) for _ in range(12)))
    graded = [(plain(rng), plain(rng), round(rng.uniform(0, 5), 1)) for _ in range(30)]
    graded += [(one, one, 5.0) for one, _, _ in graded]
    put(
        folder / rules["pairs"]["entailment"],
        lines([{"premise": a, "hypothesis": b, "label": "e"} for a, b, _ in graded]),
    )
    put(
        folder / rules["pairs"]["duplicates"],
        lines([{"question_1": a, "question_2": b} for a, b, _ in graded]),
    )
    put(
        folder / rules["pairs"]["similarity"],
        table_of(("text1_id", "text2_id", "score"), list(graded), "\t"),
    )
    for split in ("dev", "test"):
        put(
            folder / rules["likeness"]["stsb"][split],
            table_of(("text_1", "text_2", "correlation"), list(graded)),
        )
        put(
            folder / rules["likeness"]["semrel"][split],
            table_of(("Text", "Score"), [(f"{a}\n{b}", score / 5) for a, b, score in graded]),
        )
    return folder


@pytest.fixture(scope="module")
def made(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    into = tmp_path_factory.mktemp("models")
    work = tmp_path_factory.mktemp("work")
    arguments = [str(data), "--quick", "--work", str(work), "--into", str(into)]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return into, result.output


def test_no_article_of_exam_or_dev_is_trained_on(data: Path) -> None:
    parts = [{body for _, body in part(data)} for part in (held_out, dev_titles, training_titles)]
    summaries = {body for _, body in summary_pairs(data)}
    exam, dev, train = parts
    assert all(parts)
    assert exam.isdisjoint(dev | train | summaries)
    assert dev.isdisjoint(train | summaries)
    assert train & summaries


def test_both_models_are_made_sealed_and_open(made: tuple[Path, str]) -> None:
    into, _ = made
    nlp = load_ner(into / "id_news_ner")
    assert nlp is not None
    assert set(nlp.get_pipe("ner").labels) == {"PER", "ORG", "LOC"}  # type: ignore[attr-defined]  # spaCy types pipes as callables
    vectors = load_embedder(str(into / "id_news_static")).encode(["KPU menetapkan pemilih."])
    assert vectors.shape == (1, 256)


def test_the_card_tells_every_seed_and_their_spread(made: tuple[Path, str]) -> None:
    into, output = made
    for name in ("id_news_ner", "id_news_static"):
        card = (into / name / "README.md").read_text(encoding="utf-8")
        head, _, rest = card.partition("<!-- benih: awal -->\n")
        rows = rest.partition("\n<!-- benih: akhir -->")[0]
        assert head.startswith(f"# {name}")
        assert rows.startswith("| ujian | rata-rata | simpangan baku | tiap benih | yang dikirim |")
        assert name in output


def test_no_trace_of_the_workplace_is_shipped(made: tuple[Path, str], data: Path) -> None:
    into, _ = made
    for path in into.rglob("*"):
        if path.is_file():
            assert str(data.parent).encode() not in path.read_bytes(), path


def test_a_quick_try_never_replaces_what_is_shipped(data: Path) -> None:
    before = version(STATIC)
    result = CliRunner().invoke(main, [str(data), "--quick"])
    assert result.exit_code == 2
    assert "--into" in result.output
    assert version(STATIC) == before


def test_a_seed_is_chosen_on_dev_alone() -> None:
    ratings = {
        Path("satu"): {"nama dev": 0.5, "nama test": 0.9},
        Path("dua"): {"nama dev": 0.6, "nama test": 0.1},
    }
    assert best(ratings) == Path("dua")
    assert (
        table(list(ratings.values()), ratings[Path("dua")]).splitlines()[2]
        == "| nama dev | 0.550 | 0.071 | 0.500, 0.600 | 0.600 |"
    )
