"""``python -m nlp.training DATA``: make both models anew and lay them under ``nlp/models``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import click
import spacy

from nlp.evaluation.exams import entity_scores
from nlp.models import NER, STATIC, write_checksums
from nlp.training.augment import lower
from nlp.training.data import corpora, read_split
from nlp.training.embeddings import Recipe
from nlp.training.ner_recipe import NerRecipe, package
from nlp.training.static_recipe import make_static


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--work",
    default=Path("build/models"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where half-made things are kept between runs.",
)
def main(data: Path, work: Path) -> None:
    """Make the language models from the public corpora in DATA."""
    best = best_recogniser(data, work)
    ship(NER, lambda folder: package(best, folder))
    made = make_static(data, work, Recipe())
    ship(STATIC, lambda folder: shutil.copytree(made, folder))
    click.echo("Selesai. Nilai dan kartu model: pantau evaluate --models " + str(data))


def best_recogniser(data: Path, work: Path) -> Path:
    """Of the seeds in ``corpora.toml`` the one with the best mean of cased and lower-case dev."""
    dev = list(read_split(data, "ner", "dev"))

    def quality(folder: Path) -> float:
        nlp = spacy.load(folder)
        cased, folded = (entity_scores(nlp, part)["F1"] for part in (dev, list(map(lower, dev))))
        click.echo(f"{folder}: dev F1 {cased:.3f}, huruf kecil {folded:.3f}")
        return cased + folded

    seeds = corpora()["silver"]["seeds"]
    recipe = NerRecipe(data, work)
    return max((recipe.final(seed) / "model-best" for seed in seeds), key=quality)


def ship(target: Path, write: Callable[[Path], object]) -> None:
    """Put a model in the place of the shipped one; its card stays."""
    card = target / "README.md"
    text = card.read_text(encoding="utf-8") if card.exists() else ""
    shutil.rmtree(target, ignore_errors=True)
    write(target)
    card.write_text(text, encoding="utf-8")
    write_checksums(target)


if __name__ == "__main__":
    main()
