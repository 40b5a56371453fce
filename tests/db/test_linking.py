"""Groups are put together the likest first, by the better half of what lies between them."""

from __future__ import annotations

from itertools import permutations

import pytest

from db.stories.linking import Linkage, Pair

Scores = dict[tuple[int, int], float]


def joined(
    scores: Scores,
    *,
    days: dict[int, int] | None = None,
    copies: frozenset[tuple[int, int]] = frozenset(),
    apart: frozenset[int] = frozenset(),
    order: tuple[int, ...] = (),
) -> set[frozenset[int]]:
    articles = sorted({article for pair in scores for article in pair})
    pairs: dict[int, dict[int, Pair]] = {article: {} for article in order or articles}
    for (a, b), score in scores.items():
        pairs[a][b] = pairs[b][a] = Pair(score, (a, b) in copies)
    linkage = Linkage(articles, days or dict.fromkeys(articles, 0), pairs, window=14)
    linkage.join(0.5, lambda one, other: not apart <= {*one, *other} or not apart)
    return {frozenset(group) for group in linkage.groups.values()}


@pytest.mark.parametrize(
    ("scores", "groups"),
    [
        pytest.param({(1, 2): 0.5}, {frozenset({1, 2})}, id="alike"),
        pytest.param({(1, 2): 0.49}, {frozenset({1}), frozenset({2})}, id="not quite alike"),
        pytest.param(
            {(1, 2): 0.9, (3, 4): 0.9, (2, 3): 0.8},
            {frozenset({1, 2}), frozenset({3, 4})},
            id="one chance likeness chains nothing",
        ),
        pytest.param(
            {(1, 2): 0.9, (1, 3): 0.9, (2, 3): 0.1},
            {frozenset({1, 2, 3})},
            id="an odd pair keeps nothing apart",
        ),
    ],
)
def test_the_better_half_decides(scores: Scores, groups: set[frozenset[int]]) -> None:
    assert joined(scores) == groups


def test_pairs_too_far_apart_in_time_say_nothing() -> None:
    case = {(1, 2): 0.9, (2, 3): 0.9, (3, 4): 0.9}
    assert joined(case, days={1: 0, 2: 10, 3: 20, 4: 30}) == {frozenset({1, 2, 3, 4})}
    assert joined(case, days=dict.fromkeys(range(1, 5), 0)) != {frozenset({1, 2, 3, 4})}


def test_a_copy_joins_whatever_else_there_is() -> None:
    scores = {(1, 2): 0.9, (1, 3): 0.9, (2, 3): 0.9, (3, 4): 0.55}
    assert joined(scores) == {frozenset({1, 2, 3}), frozenset({4})}
    assert joined(scores, copies=frozenset({(3, 4)})) == {frozenset({1, 2, 3, 4})}


def test_what_may_not_be_one_group_is_not() -> None:
    scores = {(1, 2): 0.9, (1, 3): 0.8, (2, 3): 0.9}
    assert joined(scores, apart=frozenset({1, 3})) == {frozenset({1, 2}), frozenset({3})}


def test_the_order_of_the_pairs_does_not_matter() -> None:
    scores = {(1, 2): 0.7, (2, 3): 0.7, (3, 4): 0.7, (1, 4): 0.7}
    assert len({frozenset(joined(scores, order=order)) for order in permutations(range(1, 5))}) == 1
