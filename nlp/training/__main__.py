"""``python -m nlp.training DATA``: make both models anew and lay them under ``nlp/models``."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from shutil import copytree

import click

from nlp.evaluation.cards import write_part
from nlp.models import HOME, NER, STATIC, write_checksums
from nlp.training.choice import Rating, best, rate_meaning, rate_names, table
from nlp.training.embeddings import Recipe
from nlp.training.ner_recipe import NerRecipe, package
from nlp.training.sizes import Sizes, sizes
from nlp.training.static_recipe import make_mean, make_static


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--work",
    default=Path("build/models"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where half-made things are kept between runs.",
)
@click.option(
    "--into",
    default=HOME,
    type=click.Path(path_type=Path),
    help="Folder that the two models go to.  [default: nlp/models]",
)
@click.option("--quick", is_flag=True, help="Only try all steps: the models are worth nothing.")
def main(data: Path, work: Path, into: Path, quick: bool) -> None:
    """Make the language models from the public corpora in DATA."""
    if quick and into.resolve() == HOME:
        raise click.UsageError("--quick menimpa model yang asli; beri folder lain dengan --into.")
    size = sizes("quick" if quick else "full")
    static, mean = static_models(data, work, size)
    ship(into / STATIC.name, static, [mean], partial(rate_meaning, data), copytree)
    seeds, mean = recognisers(data, work, size)
    ship(into / NER.name, seeds, [*seeds, mean], partial(rate_names, data), package)
    click.echo("Selesai. Nilai dan kartu model: pantau evaluate --models " + str(data))


def recognisers(data: Path, work: Path, size: Sizes) -> tuple[Sequence[Path], Path]:
    """One recogniser per seed, and the mean of all; the best on dev is shipped."""
    recipe = NerRecipe(data, work, size)
    seeds = [recipe.final(seed) / "model-best" for seed in size.ner_seeds]
    return seeds, recipe.mean(size.ner_seeds)


def static_models(data: Path, work: Path, size: Sizes) -> tuple[Sequence[Path], Path]:
    """One model per seed, to measure; and the mean of all, to ship."""
    recipes = [
        Recipe(size.pieces, size.embedding_epochs, size.embedding_batch, seed=seed)
        for seed in size.embedding_seeds
    ]
    return [make_static(data, work, r) for r in recipes], make_mean(data, work, recipes)


def ship(
    target: Path,
    seeds: Sequence[Path],
    candidates: Sequence[Path],
    rate: Callable[[Path], Rating],
    write: Callable[[Path, Path], object],
) -> None:
    """The best candidate takes the place of the shipped model; the card tells the seeds' spread."""
    ratings = {folder: rate(folder) for folder in {*seeds, *candidates}}
    chosen = best({folder: ratings[folder] for folder in candidates})
    spread = table([ratings[folder] for folder in seeds], ratings[chosen])
    click.echo(f"{target.name}\n{spread}")
    card = target / "README.md"
    text = card.read_text(encoding="utf-8") if card.exists() else f"# {target.name}\n"
    shutil.rmtree(target, ignore_errors=True)
    write(chosen, target)
    card.write_text(text, encoding="utf-8")
    write_part(card, "benih", spread)
    write_checksums(target)


if __name__ == "__main__":
    main()
