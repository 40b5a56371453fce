"""Whether two articles tell of the same event, and whether one copies the other's words.

Symmetric, and a function of the two articles alone (never of how many others there are), so that
grouping does not depend on the order in which articles come in.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b, sha256
from itertools import islice
from typing import Any, Final

from nlp.lexicon import FOLDER, table
from nlp.stems import VERSION as STEMS_VERSION
from nlp.stems import stem_text

SHINGLE: Final = 4  # roots in a row whose repetition elsewhere is no accident
_CAPITALISED: Final = re.compile(r"\b[A-Z][\w'’]*\w")


@dataclass(frozen=True)
class Fingerprint:
    """What is compared of an article.

    `day` is the ordinal of the publish date, `roots` a unit vector of all words, `names` one of the
    rare words written with a capital (people, villages, offices), `sketch` the smallest hashes of
    its word sequences, `region` the main one, `dates` those of the event.
    """

    day: int
    roots: dict[str, float]
    names: dict[str, float]
    sketch: list[int]
    region: str | None
    regions: list[str]
    theme: str | None
    dates: list[str]

    def dump(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, data: str) -> Fingerprint:
        return cls(**json.loads(data))

    @cached_property
    def sequences(self) -> frozenset[int]:
        return frozenset(self.sketch)


def fingerprint(title: str, text: str, *, theme: str | None, **facts: Any) -> Fingerprint:
    """`facts` are the fields of `Fingerprint` that are not read off the words themselves."""
    kin = _setting("tema_serumpun")
    body = stem_text(text).split()
    return Fingerprint(
        roots=_vector(stem_text(title).split(), body),
        names=_names(f"{title}. {text}"),
        sketch=_sketch(body),
        theme=kin[0] if theme in kin else theme,
        **facts,
    )


def features(of: Fingerprint) -> set[int]:
    """What an article is found by: two of the same event have some in common."""
    named = [
        *(f"k:{root}" for root in _heaviest(of.roots, _setting("ciri_kata"))),
        *(f"k:{name}" for name in _heaviest(of.names, _setting("ciri_nama"))),
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


def noteworthy() -> float:
    """The score below which a pair counts as not alike at all."""
    return float(_setting("mirip"))


def overlap(a: Fingerprint, b: Fingerprint) -> float:
    """Share of common wording, 0 to 1, estimated from the sketches; 0 where it is under half."""
    common = a.sequences & b.sequences
    if 2 * len(common) < max(len(a.sequences), len(b.sequences), 1):
        return 0.0
    smallest = set(islice(sorted(a.sequences | b.sequences), int(_setting("sidik"))))
    return len(common & smallest) / len(smallest)


def is_copy(wording: float, a: Fingerprint, b: Fingerprint) -> bool:
    """Whether so much common wording makes one a copy of the other."""
    bar = "salinan_wilayah_lain" if _elsewhere(a, b) else "salinan"
    return wording >= float(_setting(bar))


def score(a: Fingerprint, b: Fingerprint, wording: float) -> float:
    """How surely two articles tell of the same event, 0 to 1."""
    if abs(a.day - b.day) > window():
        return 0.0
    if wording and is_copy(wording, a, b):
        return 1.0
    if _elsewhere(a, b):
        return 0.0
    return 1 / (1 + math.exp(-sum(_evidence(a, b))))


def _evidence(a: Fingerprint, b: Fingerprint) -> Iterable[float]:
    weights = table("similarity")["bobot"]
    yield weights["dasar"]
    yield weights["kata_sama"] * _cosine(a.roots, b.roots)
    yield weights["nama_sama"] * _cosine(a.names, b.names)
    yield weights["per_hari"] * abs(a.day - b.day)
    if a.region and b.region and a.region[:2] == b.region[:2]:
        yield weights["wilayah_sama" if a.region == b.region != b.region[:2] else "provinsi_sama"]
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


def _vector(title: list[str], body: list[str]) -> dict[str, float]:
    counts = Counter(body[: int(_setting("kata_teras"))])
    for root in title:
        counts[root] += _setting("bobot_judul")
    return _unit({root: _weight(root) * _often(n) for root, n in counts.items()}, "kata")


def _names(text: str) -> dict[str, float]:
    """Rare words that are ever written with a capital: what no other event shares."""
    common = float(_setting("nama_umum"))
    counts = Counter(stem_text(" ".join(_CAPITALISED.findall(text))).split())
    return _unit(
        {
            root: (_weight(root) - common) * _often(n)
            for root, n in counts.items()
            if len(root) > 2 and not root.isdigit() and _weight(root) >= _setting("nama_langka")
        },
        "nama",
    )


def _often(count: float) -> float:
    return 1 + math.log(count)


def _weight(root: str) -> float:
    return _root_weights().get(root, float(_setting("bobot_asing")))


def _unit(weighted: dict[str, float], size: str) -> dict[str, float]:
    """The heaviest, as many as the setting `size` says, scaled to length 1."""
    kept = _heaviest(weighted, _setting(size))
    length = math.sqrt(sum(weighted[root] ** 2 for root in kept)) or 1.0
    return {root: round(weighted[root] / length, 4) for root in kept}


def _heaviest(weighted: dict[str, float], most: int) -> list[str]:
    return sorted(weighted, key=lambda root: (-weighted[root], root))[:most]


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
