"""What follows a member's office: party, district and committee, none of them a name."""

from __future__ import annotations

from nlp.components.offices import memberships
from nlp.components.units import UnitReader
from nlp.lexicon import person_names, table

MEMBERSHIPS = 3
"""Party, district and committee that may follow a member's parliament."""


class MembershipReader(UnitReader):
    """Reads over the memberships behind an office."""

    def opens_membership(self) -> bool:
        if self.at >= len(self.words) or not self.near(" \n,)"):
            return False
        return memberships().longest(self.reading, self.at) is not None

    def skip_membership(self) -> None:
        """`dari Fraksi Partai Kebangkitan Bangsa (PKB)`, `Dapil Bali`, `Komisi I`: no name yet."""
        for _ in range(MEMBERSHIPS):
            if not self.opens_membership():
                return
            opener = memberships().longest(self.reading, self.at)
            self.at = opener[0] if opener else self.at
            self._skip_capitals()
            self.skip_bracket()

    def _skip_capitals(self) -> None:
        while self.near(" -") and not self._small_or_name():
            self.at += 1

    def _small_or_name(self) -> bool:
        return self.words[self.at].text[0].islower() or self._name_here()

    def _name_here(self) -> bool:
        word = self.words[self.at]
        if word.lower in table("names")["bukan_nama"]:
            return False
        return word.lower in person_names() or (
            self.names.at(self.at) is not None and (word.lower in ("h", "hj", "drs", "ir", "dr"))
        )
