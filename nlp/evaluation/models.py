"""The shipped models against the public test splits, floors and best published figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language

from nlp.evaluation import exams, floors
from nlp.evaluation.cards import write_part
from nlp.evaluation.floors import Exam, Score
from nlp.evaluation.gold import GoldRecord, answered
from nlp.evaluation.score import score
from nlp.models import NER, STATIC, Embedder, ModelError, load_embedder, load_ner
from nlp.pipeline import load
from nlp.training.augment import lower
from nlp.training.data import corpora, read_tagged
from nlp.training.pairs import held_out, scored_pairs

_NAMES = ("idner_lower", "persons", "ner_speed")
"""Exams of the recogniser beside the corpora's own."""


def evaluate(data: Path, articles: Sequence[GoldRecord] = ()) -> list[Score]:
    """All exams of ``floors.toml``, in its order, from the corpora under ``data``.

    ``articles``: real ones kept aside, whose persons are known; without them no such exam.

    Raises:
        ExamError: a file is missing or not the pinned one.
        ModelError: a model is missing or damaged.
    """
    pinned = floors.read()
    for exam in pinned.values():
        floors.check(exam, data)
    nlp, embedder = load_ner(), load_embedder()
    if nlp is None:
        raise ModelError(f"{NER}: model nama belum ada. Buat dengan `make models`.")
    return [
        *_names(pinned, data, nlp),
        *([persons(articles)] if articles else []),
        *_meaning(pinned, data, embedder),
        Score(pinned["size"], disk_size(NER, STATIC)),
        *_speeds(pinned, data, nlp, embedder),
    ]


def _names(pinned: Mapping[str, Exam], data: Path, nlp: Language) -> Iterator[Score]:
    for name, source in corpora()["ner"].items():
        sentences = list(read_tagged(data / source["test"], source["labels"]))
        scores = exams.entity_scores(nlp, sentences)
        yield Score(pinned[name], scores["F1"], scores)
        if f"{name}_lower" in pinned:
            scores = exams.entity_scores(nlp, [lower(sentence) for sentence in sentences])
            yield Score(pinned[f"{name}_lower"], scores["F1"], scores)


def persons(articles: Iterable[GoldRecord]) -> Score:
    """Names of persons by rules behind the recogniser, in one pipeline, article by article."""
    tally = score(answered(articles, load(NER))).nouns["orang"]
    details = {"F1": tally.f1, "P": tally.precision, "R": tally.recall}
    return Score(floors.read()["persons"], tally.f1, details)


def _meaning(pinned: Mapping[str, Exam], data: Path, embedder: Embedder) -> Iterator[Score]:
    for name in ("stsb", "semrel"):
        pairs = scored_pairs(data / pinned[name].files[0])
        yield Score(pinned[name], exams.likeness(embedder, pairs))
    scores = exams.search_scores(embedder, held_out(data))
    yield Score(pinned["search_gain"], scores["gain"], scores)


def _speeds(
    pinned: Mapping[str, Exam], data: Path, nlp: Language, embedder: Embedder
) -> Iterator[Score]:
    texts = exams.full_articles(data)
    yield Score(pinned["ner_speed"], exams.ner_speed(nlp, texts))
    yield Score(pinned["embedding_speed"], exams.embedding_speed(embedder, texts))


def disk_size(*folders: Path) -> float:
    """Megabytes (10^6 bytes) of all files, cards included."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files) / 1e6


def table(scores: Iterable[Score]) -> str:
    """Markdown, in Indonesian: the measured value beside floor, aim and published figures."""
    lines = [
        "| ujian | nilai | batas | sasaran | terbaik yang diterbitkan | rincian |",
        "|---|---|---|---|---|---|",
    ]
    for measured in scores:
        exam = measured.exam
        below = "DI BAWAH BATAS" if exam.better == "up" else "DI ATAS BATAS"
        mark = "" if measured.passed else f" ({below})"
        details = ", ".join(f"{name} {value:.3f}" for name, value in measured.details.items())
        lines.append(
            f"| {exam.title} | {measured.value:.3f}{mark} | {exam.floor:g} | {exam.aim:g} "
            f"| {exam.published} | {details} |"
        )
    return "\n".join(lines)


def write_cards(scores: Iterable[Score]) -> None:
    """Put the table into both model cards, between their two markers."""
    scores = list(scores)
    names = [s for s in scores if s.exam.id in {*corpora()["ner"], *_NAMES}]
    rest = [s for s in scores if s not in names]
    for folder, part in ((NER, names), (STATIC, rest)):
        write_part(folder / "README.md", "nilai", table(part))
