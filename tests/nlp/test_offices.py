"""Offices in all the ways that news writes them, one sentence each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.reading import read

CASES = tomllib.loads(Path(__file__).with_name("offices.toml").read_text(encoding="utf-8"))[
    "contoh"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kalimat"][:60])
def test_the_office_and_its_holder_are_read(case: dict[str, Any]) -> None:
    text = case["kalimat"]
    officials = read(text)._.officials
    assert [[o["name"], o["position"], o["acting"] or ""] for o in officials] == case["emas"]
    assert all(0 <= a < b <= len(text) for o in officials for a, b in o["spans"])
