"""What one sentence says of a case: each cue with its scope and its actor, weighed.

sentence -> findings (cue, what it says here, weight, why) -> scores per status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from nlp.annotation import CONCRETE
from nlp.components.passages import YEAR, Finding, Passage, Sighting
from nlp.components.patterns import Word, number_words
from nlp.lexicon import table
from nlp.lexicon.judgement import Cue, cues

ACTORS: Final = frozenset(["penangan", "asn", "kades", "aparat", "penyelenggara", "peserta"])
SPEAKERS: Final = frozenset(
    [
        "kami",
        "kita",
        "pihaknya",
        "ia",
        "dia",
        "pihak",
        "mereka",
        "lembaganya",
        "timnya",
        "jajarannya",
    ]
)
"""A supervisor speaking of his own office."""

SCOPE_ORDER: Final = (
    "ingkar",
    "syarat",
    "pelaku_umum",
    "imbauan",
    "hukum",
    "latar",
    "modal",
    "rencana",
)
EXTRA: Final = 0.25
"""How much every further cue adds to the strongest one of the same status."""
MOST: Final = 4.5


def findings(passage: Passage) -> list[Finding]:
    """All cues of the passage that still say something in their scope."""
    if passage.findings is None:
        passage.findings = _findings(passage)
    return passage.findings


def _findings(passage: Passage) -> list[Finding]:
    maybe = [_finding(passage, sighting) for sighting in passage.of("isyarat")]
    found = [finding for finding in maybe if finding is not None and finding.weight > 0]
    if "perkara" in passage.classes() or any(_tells_case(finding) for finding in found):
        return found
    return [_without_case(finding) for finding in found]


def _tells_case(finding: Finding) -> bool:
    return finding.says in (*CONCRETE, "tidak_terbukti")


def _without_case(finding: Finding) -> Finding:
    """People and places counted beside no case are hardly a roundup."""
    share = table("weights")["hitung_tanpa_perkara"] if finding.cue.plain_count else 1.0
    return finding._replace(weight=share * finding.weight)


def _finding(passage: Passage, sighting: Sighting) -> Finding | None:
    cue = cues().cues[sighting.id]
    if cue.at_least and not _enough(passage, sighting, cue.at_least):
        return None
    if cue.needs and not cue.needs & passage.classes():
        return None
    scope = _scope(passage, sighting)
    says, weight = _meaning(passage, sighting, cue, scope)
    return Finding(cue, says, weight, sighting.first, sighting.last, scope)


def _meaning(passage: Passage, at: Sighting, cue: Cue, scope: str | None) -> tuple[str, float]:
    if cue.says == "pencegahan" or cue.says == "rekap":
        counts = scope != "ingkar" or cue.id in ("imbau", "cegah")
        return cue.says, cue.weight if counts else 0.0
    if scope == "rencana" and cue.planned_counts:
        scope = None
    changed = _factor(cue, scope)
    if changed is not None:
        return changed[0], changed[1] * cue.weight
    if not cue.by or _acts(passage, at, cue.by):
        return cue.says, cue.weight
    return (cue.otherwise, cue.weight) if cue.otherwise else (cue.says, 0.0)


def _factor(cue: Cue, scope: str | None) -> tuple[str, float] | None:
    """What a case cue says inside a scope and how much of its weight is left."""
    if scope is None:
        return None
    if cue.says == "tidak_terbukti":
        return ("pencegahan", 0.2) if scope != "ingkar" else ("dugaan", 0.0)
    factors: Mapping[str, list[object]] = table("weights")["lingkup"]
    says, factor = factors[scope]
    return str(says), float(str(factor))


def _scope(passage: Passage, at: Sighting) -> str | None:
    """The strongest scope that governs the cue: begun before it, within its window."""
    governing = {scope.id for scope in passage.of("lingkup") if _governs(passage, scope, at)}
    if passage.is_past:
        governing.add("latar")
    return next((name for name in SCOPE_ORDER if name in governing), None)


def _governs(passage: Passage, scope: Sighting, at: Sighting) -> bool:
    known = cues().scopes[scope.id]
    if scope.first >= at.first or at.first - scope.last > known.window:
        return False
    between = passage.words[scope.last + 1 : at.first]
    if any(word.keys[0] in known.unless_between for word in between):
        return False
    named = (s for s in passage.of("kelas") if s.id in known.unless_named)
    return not any(sighting.first < scope.first for sighting in named)


def _acts(passage: Passage, at: Sighting, by: frozenset[str]) -> bool:
    """Whether the nearest actor before the cue is one of `by`, or a speaker of that office."""
    nearest = _nearest_actors(passage, at)
    if nearest:
        return bool(nearest & by)
    return any(word.keys[0] in SPEAKERS for word in passage.words[: at.first])


def _nearest_actors(passage: Passage, at: Sighting) -> set[str]:
    before = [s for s in passage.of("kelas") if s.id in ACTORS and s.last < at.first]
    if not before:
        return set()
    last = max(sighting.last for sighting in before)
    return {sighting.id for sighting in before if sighting.last == last}


def _enough(passage: Passage, at: Sighting, least: int) -> bool:
    numbers = (_number(word) for word in passage.words[at.first : at.last + 1])
    return any(number is not None and number >= least for number in numbers)


def _number(word: Word) -> int | None:
    if YEAR.fullmatch(word.text):
        return None
    digits = word.text.replace(".", "")
    return int(digits[:9]) if digits.isdecimal() else number_words().get(word.keys[0])


def scores(found: list[Finding]) -> dict[str, float]:
    """Per status: the strongest cue, and a little for each further one."""
    by_status: dict[str, list[float]] = {}
    for finding in _apart(found):
        by_status.setdefault(finding.says, []).append(finding.weight)
    summed = {says: max(w) + EXTRA * (sum(w) - max(w)) for says, w in by_status.items()}
    return {says: min(value, MOST) for says, value in _damped(summed).items()}


def _apart(found: list[Finding]) -> list[Finding]:
    """Of cues that share words and say the same, the weightiest."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda finding: -finding.weight):
        same = (other for other in kept if other.says == finding.says)
        if all(finding.last < other.first or other.last < finding.first for other in same):
            kept.append(finding)
    return kept


def _damped(summed: dict[str, float]) -> dict[str, float]:
    """A dismissal or a count tells of cases without reporting a new one."""
    case = max((summed.get(status, 0.0) for status in CONCRETE), default=0.0)
    for says, factor in table("weights")["redam"].items():
        if summed.get(says, 0.0) >= max(factor["mulai"], factor["nisbah"] * case):
            summed |= {c: summed[c] * factor["kali"] for c in CONCRETE if c in summed}
    return summed


def concrete(found: list[Finding]) -> Iterator[Finding]:
    """Findings that report a case as it is."""
    return (finding for finding in found if finding.says in CONCRETE)
