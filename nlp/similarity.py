"""Whether two articles tell of the same event, and whether one copies the other's words.

Symmetric, and a function of the two articles alone (never of how many others there are), so that
grouping does not depend on the order in which articles come in.
"""

from __future__ import annotations

import json
import math
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, sha256
from itertools import islice
from typing import Any, Final

from nlp.lexicon import FOLDER, table
from nlp.stems import VERSION as STEMS_VERSION
from nlp.stems import stem_text

SHINGLE: Final = 4  # roots in a row whose repetition elsewhere is no accident


@dataclass(frozen=True)
class Fingerprint:
    """What is compared of an article.

    `day` is the ordinal of the publish date, `roots` a unit vector, `sketch` the smallest hashes
    of its word sequences, `people` folded names, `region` the main one, `dates` of the event.
    """

    day: int
    roots: dict[str, float]
    sketch: list[int]
    people: list[str]
    region: str | None
    regions: list[str]
    theme: str | None
    dates: list[str]

    def dump(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, data: str) -> Fingerprint:
        return cls(**json.loads(data))


def fingerprint(title: str, text: str, **facts: Any) -> Fingerprint:
    """`facts` are the fields of `Fingerprint` beside `roots` and `sketch`."""
    body = stem_text(text).split()
    return Fingerprint(roots=_vector(stem_text(title).split(), body), sketch=_sketch(body), **facts)


def features(of: Fingerprint) -> set[int]:
    """What an article is found by: two of the same event have at least two in common."""
    rarest = sorted(of.roots, key=lambda root: (-of.roots[root], root))
    named = [
        *(f"k:{root}" for root in rarest[: _setting("ciri_kata")]),
        *(f"o:{name}" for name in of.people),
        *(f"s:{number}" for number in of.sketch[:4]),
        f"w:{of.region}:{of.theme}",
    ]
    return {int.from_bytes(blake2b(name.encode(), digest_size=7).digest()) for name in named}


def window() -> int:
    """Days beyond which two articles are never of the same event."""
    return int(_setting("jendela_hari"))


def same_event() -> float:
    """The score from which two articles tell of the same event."""
    return float(_setting("sama"))


def overlap(a: Fingerprint, b: Fingerprint) -> float:
    """Share of common wording, 0 to 1, estimated from the sketches."""
    smallest = set(islice(sorted({*a.sketch, *b.sketch}), int(_setting("sidik"))))
    common = smallest.intersection(a.sketch).intersection(b.sketch)
    return len(common) / len(smallest) if smallest else 0.0


def is_copy(wording: float, a: Fingerprint, b: Fingerprint) -> bool:
    """Whether so much common wording makes one a copy of the other."""
    bar = "salinan_wilayah_lain" if _elsewhere(a, b) else "salinan"
    return wording >= float(_setting(bar))


def score(a: Fingerprint, b: Fingerprint, wording: float) -> float:
    """How surely two articles tell of the same event, 0 to 1."""
    if abs(a.day - b.day) > window():
        return 0.0
    if is_copy(wording, a, b):
        return 1.0
    if _elsewhere(a, b):
        return 0.0
    return 1 / (1 + math.exp(-sum(_evidence(a, b))))


def _evidence(a: Fingerprint, b: Fingerprint) -> Iterable[float]:
    weights = table("similarity")["bobot"]
    yield weights["dasar"]
    yield weights["kata_sama"] * _cosine(a.roots, b.roots)
    yield weights["orang_sama"] * _share(a.people, b.people)
    yield weights["per_hari"] * abs(a.day - b.day)
    if a.region and a.region == b.region and "." in a.region:
        yield weights["wilayah_sama"]
    if a.theme and b.theme:
        yield weights["tema_sama" if a.theme == b.theme else "tema_beda"]
    if a.dates and b.dates:
        yield weights["tanggal_beda" if set(a.dates).isdisjoint(b.dates) else "tanggal_sama"]


def _elsewhere(a: Fingerprint, b: Fingerprint) -> bool:
    """Two kabupaten, or two provinces, neither of which the other article so much as names."""
    if not a.region or not b.region or a.region == b.region:
        return False
    if a.region.startswith(b.region) or b.region.startswith(a.region):
        return False
    return a.region not in b.regions or b.region not in a.regions


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    if len(b) < len(a):
        a, b = b, a
    return sum(weight * b[root] for root, weight in a.items() if root in b)


def _share(a: list[str], b: list[str]) -> float:
    return len(set(a).intersection(b)) / min(len(a), len(b)) if a and b else 0.0


def _vector(title: list[str], body: list[str]) -> dict[str, float]:
    counts = Counter(body[: int(_setting("kata_teras"))])
    for root in title:
        counts[root] += _setting("bobot_judul")
    known, unknown = _root_weights(), float(_setting("bobot_asing"))
    weighted = {
        root: (1 + math.log(count)) * known.get(root, unknown) for root, count in counts.items()
    }
    kept = sorted(weighted, key=lambda root: (-weighted[root], root))[: int(_setting("kata"))]
    length = math.sqrt(sum(weighted[root] ** 2 for root in kept)) or 1.0
    return {root: round(weighted[root] / length, 4) for root in kept}


def _sketch(body: list[str]) -> list[int]:
    shingles = {
        zlib.crc32(" ".join(body[at : at + SHINGLE]).encode())
        for at in range(max(len(body) - SHINGLE + 1, 0))
    }
    return sorted(shingles)[: int(_setting("sidik"))]


def _setting(name: str) -> Any:
    return table("similarity")["umum"][name]


@cache
def _root_weights() -> dict[str, float]:
    """How telling a root is: the logarithm of how rare it is in general and in election news."""
    lines = FOLDER.joinpath("root_weights.csv").read_text("utf-8").splitlines()[1:]
    return {root: float(weight) for root, weight in (line.split(",") for line in lines)}


def _version() -> str:
    digest = sha256(STEMS_VERSION.encode())
    for name in ("similarity.toml", "root_weights.csv"):
        digest.update(FOLDER.joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


VERSION: Final = _version()
"""Changes when a score may change: all groups must then be worked out again."""
