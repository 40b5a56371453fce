"""The notation of phrases."""

from __future__ import annotations

import pytest

from nlp.components.patterns import Patterns, words


def found(phrase: str, text: str) -> list[str]:
    listed = words(text)
    matches = Patterns([(phrase, ("uji", "uji", 1.0))]).find(listed)
    return [text[listed[m.first].start : listed[m.last].end] for m in matches]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("politik uang", "Kasus Politik Uang di desa", ["Politik Uang"]),
        ("politik uang", "politik, uang", []),
        ("politik uang", "politik (uang)", []),
        ("~lapor", "Ia dilaporkan karena laporan", ["dilaporkan", "laporan"]),
        ("temu*", "Temuan itu", ["Temuan"]),
        ("periksa|panggil camat", "Bawaslu panggil camat", ["panggil camat"]),
        ("# laporan", "ada 1.240 laporan dan dua laporan", ["1.240 laporan", "dua laporan"]),
        ("dari # .. #", "Dari 63 keberatan, 40 selesai", ["Dari 63 keberatan, 40"]),
        ("a .. b", "a satu dua tiga b", ["a satu dua tiga b"]),
        ("a .. b", "a satu dua tiga empat b", []),
        ("tni/polri", "anggota TNI/Polri", ["TNI/Polri"]),
        ("video", "Videonya beredar", ["Videonya"]),
    ],
)
def test_notation(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected
