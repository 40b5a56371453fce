"""Precision, recall and F1 per noun, and the confusion of the status, with every error kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from nlp.annotation import STATUSES, Annotation
from nlp.evaluation.nouns import FOUND, GOLD, Gold


@dataclass
class Tally:
    """Counts over all articles; `missed` and `wrong` hold (article id, item)."""

    right: int = 0
    missed: list[tuple[str, Hashable]] = field(default_factory=list)
    wrong: list[tuple[str, Hashable]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        expected = self.right + len(self.missed)
        return self.right / expected if expected else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + len(self.wrong) + len(self.missed)
        return 2 * self.right / total if total else 1.0

    def add(self, article: str, gold: set[Hashable], found: set[Hashable]) -> None:
        self.right += len(gold & found)
        self.missed += [(article, item) for item in sorted(gold - found, key=str)]
        self.wrong += [(article, item) for item in sorted(found - gold, key=str)]


@dataclass
class Scores:
    """One evaluation: a tally per noun and the confusion {(gold, found): count} of the status."""

    articles: int = 0
    nouns: dict[str, Tally] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def status_macro_f1(self) -> float:
        """The mean F1 over the status classes that occur in the gold answers."""
        classes = [s for s in STATUSES if any(gold == s for gold, _ in self.confusion)]
        return sum(self._class_f1(name) for name in classes) / len(classes) if classes else 1.0

    def _class_f1(self, name: str) -> float:
        right = self.confusion[name, name]
        total = sum(n * ((g == name) + (f == name)) for (g, f), n in self.confusion.items())
        return 2 * right / total if total else 1.0


def score(pairs: Iterable[tuple[Gold, Annotation]]) -> Scores:
    """Compare gold answers with annotations; only what a gold answer labels is scored."""
    scores = Scores()
    for gold, annotation in pairs:
        scores.articles += 1
        _add_judgement(scores, gold, annotation)
        for noun, (key, items) in GOLD.items():
            if key in gold:
                tally = scores.nouns.setdefault(noun, Tally())
                tally.add(annotation["id"], items(gold), FOUND[noun](annotation))
    return scores


def _add_judgement(scores: Scores, gold: Gold, annotation: Annotation) -> None:
    if "status" in gold:
        scores.confusion[gold["status"], annotation["status"]] += 1
    for noun, key in (("pemilu atau bukan", "election"), ("peringatan", "alert")):
        if key in gold:
            tally = scores.nouns.setdefault(noun, Tally())
            found = bool(dict(annotation)[key])
            tally.add(annotation["id"], {key} if gold[key] else set(), {key} if found else set())
