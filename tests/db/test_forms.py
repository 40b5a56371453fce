"""The draft of Formulir A: filled from the articles alone, blank where they are silent."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from docx import Document

from db import accounts, forms
from db.alerts.alerts import raise_alerts
from db.clocks import pressing
from db.clocks.pressing import Press, read_moment
from db.forms import Draft
from db.forms.draft import Field
from tests.db.conftest import Newsroom, annotation

TEXT = (
    "TENGGARONG - Lurah Timbau, Rahmat Sanjaya, diduga membagikan amplop kepada warga pada Rabu "
    "(9/10/2024). Saksi Udin Hasibuan menyerahkan rekaman video ke Bawaslu. Joko Purnomo, siswa "
    "SMP, ikut menonton lewat konferensi video."
)
CASE = TEXT.partition(". ")[0] + "."
OFFICE_ONLY = (
    "Tahapan yang diawasi",
    "Nama pelaksana tugas pengawasan",
    "Jabatan",
    "Nomor surat perintah tugas",
    "Alamat",
    "Alamat terlapor",
    "Alamat saksi",
    "Analisis",
)


@pytest.fixture
def told(room: Newsroom) -> Newsroom:
    """One case with everything named, and its alert."""
    accounts.add(room.meja, "sari", "Sari Lestari", "staf", None)
    key = room.store("lurah", "Lurah Timbau Diduga Bagikan Amplop", TEXT)
    found = _judged()
    room.judge(key, found)
    room.group()
    raise_alerts(room.home)
    return room


def _judged() -> Any:
    def span(words: str) -> list[int]:
        return [TEXT.index(words), TEXT.index(words) + len(words)]

    roles = {"Rahmat Sanjaya": None, "Udin Hasibuan": "saksi", "Joko Purnomo": None}
    office = (("Rahmat Sanjaya", "Lurah Timbau"),)
    found = annotation(
        TEXT, officials=office, people=tuple(roles), dates=("2024-10-09",), sentence=CASE
    )
    for person in found["people"]:
        person |= {"role": roles[person["name"]], "spans": [span(person["name"])]}
    found["dates"][0]["span"] = span("Rabu (9/10/2024)")
    found["violations"][0] |= {"actors": ["Rahmat Sanjaya", "warga"], "date": "2024-10-09"}
    return found


def drawn(room: Newsroom, **more: Any) -> Draft:
    room.db.execute("ATTACH DATABASE ? AS meja", [str(room.home.meja)])
    sql = "SELECT a.*, ar.title FROM alerts a JOIN articles ar ON ar.id = a.article_id"
    alert = next(iter(room.db.query(sql)))
    try:
        return forms.draft(room.db.conn, alert, **more)
    finally:
        room.db.execute("DETACH DATABASE meja")


def field(draft: Draft, name: str) -> Field:
    [found] = [one for part in draft.sections for one in part.fields if one.name == name]
    return found


def said(draft: Draft, name: str) -> list[tuple[str, str]]:
    return [(one.text, one.quote) for one in field(draft, name).statements]


def test_fields_are_filled_with_the_words_of_the_medium(told: Newsroom) -> None:
    draft = drawn(told)
    [(event, quote)] = said(draft, "Peristiwa")
    assert event.startswith("Dugaan menurut ")
    assert quote == CASE
    [(accused, _)] = said(draft, "Terlapor")
    assert accused.startswith("Rahmat Sanjaya (Lurah Timbau), menurut ")
    [(day, quote)] = said(draft, "Hari dan tanggal kejadian")
    assert day.startswith("Rabu, 9 Oktober 2024, menurut ")
    assert "Rabu (9/10/2024)" in quote
    [(witness, quote)] = said(draft, "Saksi")
    assert witness.startswith("Udin Hasibuan, menurut ")
    assert "rekaman video" in quote
    assert [one[0] for one in said(draft, "Tempat kejadian")] == [
        "Kabupaten Kutai Kartanegara, menurut Kabar"
    ]


def test_a_village_is_named_and_a_doubtful_day_marked(told: Newsroom) -> None:
    with told.db.conn:
        place = json.dumps([{"name": "Kelurahan Timbau", "span": [20, 26]}])
        told.db.execute("UPDATE article_regions SET localities = ?", [place])
        told.db.execute("UPDATE dates SET doubt = 1")
    draft = drawn(told)
    [(village, quote), _] = said(draft, "Tempat kejadian")
    assert village == "Kelurahan Timbau, Kabupaten Kutai Kartanegara, menurut Kabar"
    assert "Lurah Timbau" in quote
    [(day, _)] = said(draft, "Hari dan tanggal kejadian")
    assert "Rabu, 9 Oktober 2024 (hari di artikel tidak cocok dengan tanggalnya)" in day


def test_proofs_are_what_the_sentence_names(told: Newsroom) -> None:
    proofs = said(drawn(told), "Bukti yang disebut media")
    assert [text for text, _ in proofs] == [
        "Disebut Kabar: amplop.",
        "Disebut Kabar: rekaman, video.",
    ]  # a meeting by video is none


def test_what_only_the_office_knows_stays_blank(told: Newsroom) -> None:
    draft = drawn(told)
    for name in OFFICE_ONLY:
        assert field(draft, name).statements == ()
    names = [one.name.lower() for part in draft.sections for one in part.fields]
    assert not [name for name in names if "pelapor" in name]


def test_a_silent_article_leaves_blanks(room: Newsroom) -> None:
    room.add("diam", "Kasus", "Ada dugaan pelanggaran di suatu tempat.", region=None)
    room.group()
    raise_alerts(room.home)
    draft = drawn(room)
    for name in ("Tempat kejadian", "Hari dan tanggal kejadian", "Terlapor", "Saksi"):
        assert field(draft, name).statements == ()
    assert field(draft, "Hari dan tanggal diketahui").statements == ()


def test_every_statement_leads_to_a_source(told: Newsroom) -> None:
    draft = drawn(told)
    used = {one.source for part in draft.sections for two in part.fields for one in two.statements}
    assert used == set(range(1, len(draft.sources) + 1))
    [source] = draft.sources
    for part in ("Kabar, “Lurah", "https://kabar.example/lurah", "SHA-256", "diambil", "versi 1"):
        assert part in source


def test_when_it_was_known_comes_from_the_officer(told: Newsroom) -> None:
    moment = read_moment("2024-10-10T08:30", "WITA")
    article = told.rows("SELECT key FROM articles")[0][0]
    with told.meja.conn:
        press = Press("diketahui", "sari", [article], moment, "pilkada")
        pressing.press(told.meja.conn, press)
    draft = drawn(told)
    [(known, _)] = said(draft, "Hari dan tanggal diketahui")
    assert known == "Kamis, 10 Oktober 2024 08.30 WITA, ditandai Sari Lestari"
    assert draft.sources[-1] == "Catatan petugas di Pantau"


def test_copies_of_a_text_are_told_once(told: Newsroom) -> None:
    copy = told.store("salinan", "Lurah Bagikan Amplop", TEXT, outlet="lain.example")
    told.judge(copy, _judged())
    told.group()
    assert len(drawn(told).sources) == 1


def test_names_without_an_office_can_be_masked(told: Newsroom) -> None:
    draft = drawn(told, mask=True)
    everything = str(draft)
    assert "Rahmat Sanjaya" in everything  # a lurah answers for his office
    for name in ("Udin Hasibuan", "Hasibuan", "Joko", "Purnomo"):
        assert name not in everything
    assert "U.H., menurut Kabar" in everything
    assert draft.mask_note
    assert not drawn(told).mask_note


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\u202e", "\ufffe", "\uffff"])
def test_hostile_signs_do_not_break_the_document(room: Newsroom, sign: str) -> None:
    text = f"Lurah{sign} Timbau diduga membagikan amplop. " + "x" * 5_000
    room.add("lurah", f"Judul{sign}" + "y" * 5_000, text)
    room.group()
    raise_alerts(room.home)
    document = Document(io.BytesIO(forms.docx(drawn(room))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("diduga membagikan amplop" in cell for cell in cells)
    assert all(sign not in cell and len(cell) < 3_000 for cell in cells)


def test_docx_holds_the_same(told: Newsroom) -> None:
    draft = drawn(told)
    document = Document(io.BytesIO(forms.docx(draft)))
    cells = {
        row.cells[0].text: row.cells[1].text for table in document.tables for row in table.rows
    }
    assert list(cells) == [one.name for part in draft.sections for one in part.fields]
    assert cells["Peristiwa"] == f"Dugaan menurut Kabar: “{CASE}” [1]"
    assert cells["Alamat terlapor"] == ""
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"[1] {draft.sources[0]}" in text
    assert draft.caution in text
    assert document.core_properties.author == ""
