"""A list of names looked up at once."""

from __future__ import annotations

import pytest

from db.search import batch
from db.search.query import QueryError
from tests.db.conftest import Newsroom


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siti Rahma\n\n  Ahmad   Fauzan \nSiti Rahma\n", ["Siti Rahma", "Ahmad Fauzan"]),
        ("\ufeffno,nama,jabatan\n1,Siti Rahma,Camat\n2,Ahmad,Lurah\n", ["Siti Rahma", "Ahmad"]),
        ("Nama;Instansi\nSiti Rahma;Dinas\n", ["Siti Rahma"]),
        ('nama\tumur\n"Rahma, Siti"\t40\n', ["Rahma, Siti"]),
        ("no,nama\n1\n2,Siti\n", ["Siti"]),
    ],
)
def test_names_are_read_from_lines_and_tables(text: str, expected: list[str]) -> None:
    assert batch.names(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "tidak berisi nama"),
        (" \n\t\n", "tidak berisi nama"),
        ("\n".join(f"Nama {n}" for n in range(batch.MOST + 1)), "Paling banyak 500"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(text: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        batch.names(text)


def test_each_name_gets_its_numbers(room: Newsroom) -> None:
    room.add("satu", "Camat Dipanggil", "Ahmad Fauzan dipanggil Bawaslu.", status="proses")
    room.add(
        "dua", "Camat Hadir", "Ahmad Fauzan hadir.", status="netral", published="2024-11-01T08:00"
    )
    found = batch.look_up(room.db.conn, ["ahmad fauzan", "Fauzan Ahmad", '"', "***"])
    assert [(f.articles, f.concrete) for f in found] == [(2, 1), (0, 0), (0, 0), (0, 0)]
    assert (found[0].title, found[2].problem) == ("Camat Hadir", "Tulis kata yang dicari.")
    assert batch.records(found)[0]["artikel"] == 2


def test_a_region_narrows_all_names(room: Newsroom) -> None:
    room.add("satu", "Camat", "Ahmad Fauzan hadir.", region="64.02")
    assert batch.look_up(room.db.conn, ["Ahmad Fauzan"], "33")[0].articles == 0
    assert batch.look_up(room.db.conn, ["Ahmad Fauzan"], "64.02")[0].articles == 1
    with pytest.raises(QueryError, match="Wilayah tidak dikenal"):
        batch.look_up(room.db.conn, ["Ahmad Fauzan"], "Negeri Antah")
