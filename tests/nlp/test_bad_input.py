"""Texts as they come: capitals lost or everywhere, no paragraphs, read by a machine, very long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from tests.nlp.reading import PUBLISHED, read

NEWS = (
    "Ketua Bawaslu Kabupaten Berau Rudi Tamara mengatakan, ada 12 laporan di Kecamatan Tabalar.\n\n"
    "Laporan itu diterima Rabu (23/9/2020) dari warga Desa Buyung-Buyung.\n\n"
    "“Kami akan panggil semua saksi dari dua pasangan calon,” kata Rudi Tamara."
)


def noisy(text: str) -> str:
    """Letters that a scanner mistakes, and words cut at the ends of lines."""
    return text.replace("laporan", "1aporan").replace("rn", "m").replace(" saksi", " sak-\nsi")


def spans(doc: Doc) -> list[list[int]]:
    lists = [*doc._.officials, *doc._.people, *doc._.regions]
    inside = [locality["span"] for region in doc._.regions for locality in region["localities"]]
    single = [item["span"] for item in (*doc._.figures, *doc._.dates, *doc._.quotes)]
    return [span for item in lists for span in item["spans"]] + inside + single


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        str.upper,
        lambda text: text.replace("\n", " "),
        lambda text: text.replace("\n\n", "<br/>").replace("Rudi", "<b>Rudi</b>"),
        noisy,
    ],
    ids=["lower", "upper", "one paragraph", "html", "scanned"],
)
def test_the_facts_are_found_all_the_same(spoil: Callable[[str], str]) -> None:
    text = spoil(NEWS)
    doc = read(text, PUBLISHED)
    assert [o["region"] for o in doc._.officials] == ["64.03"]
    assert [o["name"].casefold() for o in doc._.officials] == ["rudi tamara"]
    assert {day["date"] for day in doc._.dates} == {"2020-09-23"}
    assert all(0 <= start < end <= len(text) for start, end in spans(doc))


def test_a_hundred_thousand_words_of_places_and_offices_are_answered() -> None:
    text = (
        "Di Desa Risa Kecamatan Woha camat berinisial AB dan kades hadir Rabu (23/9), kata "
        "Sekretaris PMII Bima tersebut. Rudi Tamara-Sari Dewi, calon bupati Bima, hadir. "
    ) * 4_200
    doc = read(text, PUBLISHED)
    assert len(text.split()) > 100_000
    assert {o["name"] for o in doc._.officials} >= {"AB", "Sari Dewi"}
    assert all(0 <= start < end <= len(text) for start, end in spans(doc))


def test_blank_lines_before_the_first_sentence_are_passed() -> None:
    """Looking back for a speaker from behind them found the first sentence over and over."""
    text = "\n\n “Kami memeriksa saksi,” katanya. Rapat usai. “Hasilnya dibawa ke pleno,” ujarnya."
    doc = read(text, PUBLISHED)
    assert len(doc._.quotes) == 2
    assert all(0 <= start < end <= len(text) for start, end in spans(doc))
