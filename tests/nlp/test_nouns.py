"""What the scores take for the same answer."""

from __future__ import annotations

import pytest

from nlp.evaluation.nouns import FOUND, GOLD


def office(position: str) -> dict[str, object]:
    return {"officials": [{"name": "Rudi Tamara", "position": position, "acting": None}]}


def figure(unit: str, high: float | None = None, bound: str | None = None) -> dict[str, object]:
    return {"figures": [{"value": 10, "unit": unit, "value_max": high, "bound": bound}]}


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Koordinator Divisi Data, dan Informasi", "Koordinator Divisi Data dan Informasi", True),
        ("Ketua", "ketua", True),
        ("Ketua", "Anggota", False),
    ],
)
def test_offices(gold: str, found: str, same: bool) -> None:
    noun = "pejabat: nama, jabatan, status"
    answered = FOUND[noun](office(found))  # type: ignore[arg-type]  # one list of an annotation
    assert (GOLD[noun][1](office(gold)) == answered) is same


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [("TPS", "tempat pemungutan suara", True), ("orang", "warga", False)],
)
def test_units(gold: str, found: str, same: bool) -> None:
    answered = FOUND["angka"](figure(found))  # type: ignore[arg-type]  # one list of an annotation
    assert (GOLD["angka"][1](figure(gold)) == answered) is same


def test_an_order_of_magnitude_is_not_scored() -> None:
    vague = figure("orang", high=99, bound="lebih_dari")
    assert FOUND["angka"](vague) == set()  # type: ignore[arg-type]  # one list of an annotation
