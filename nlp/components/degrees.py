"""Degrees behind a name: `SH`, `S.Sos., M.Si`, `S. Kep`."""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import table

PART = (
    r"(?:Kep|Sos|Pd|Ag|Kom|Si|Hum|Kes|Hut|Pt|I\.?P|Th|Sn|Ak|Ked|Farm|STP|AP|KM|Kn|Psi|Eng|Sc"
    r"|I?\.?Kom|[HETMIAPK])"
)
DOTTED = (
    rf"[SMABDPL][a-z]{{0,3}}\.(?:[ ]{PART}\b\.?|[ ]?[A-Z]\.|[A-Z][A-Za-z]{{0,4}}\.?){{1,3}}(?!\w)"
)
"""Letters and stops; behind a blank only what is known, or a title or office would be eaten."""
SPACED_DEGREE = re.compile(
    r"[SM]\.? ?(?:Kep|Sos|Pd|Ag|Kom|Si|Hum|Kes|Hut|Pt|IP|Th|Sn|Ak|Ked|Farm|STP|AP|KM|Kn)\b"
)


@cache
def degrees() -> re.Pattern[str]:
    """One or more degrees, each behind a comma or a blank."""
    plain = "|".join(
        re.escape(d) for d in sorted(table("names")["gelar_belakang"], key=len, reverse=True)
    )
    one = rf"(?:{DOTTED}|(?:{plain})\b\.?)"
    return re.compile(rf"(?:[ ]?,[ ]?|[ ]|\.,[ ]?){one}(?:[ ]?[.,]{{0,2}}[ ]?{one})*")


def degree_at(text: str, at: int) -> bool:
    """Whether a degree follows at character `at`."""
    return degrees().match(text, at) is not None
