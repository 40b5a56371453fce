"""Settings: defaults, overrides, and what a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import config


def test_defaults_without_a_file(tmp_path: Path) -> None:
    settings = config.load(tmp_path / "pantau.toml")
    assert settings.situs["publik"] is False
    assert settings.pengambilan["tengok_ulang_jam"] == [6, 24, 72, 168]


def test_a_key_overrides_its_default_only(tmp_path: Path) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text("[pengambilan]\njeda_detik = 5\n", encoding="utf-8")
    settings = config.load(path)
    assert settings.pengambilan["jeda_detik"] == 5.0
    assert settings.pengambilan["batas_mb"] == 8


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[situs]\nport = 'delapan'", "situs.port"),
        ("[situs]\nprot = 1", "situs.prot"),
        ("[situz]\nport = 1", "[situz]"),
        ("[situs", "tidak terbaca"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "pantau.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(config.ConfigError) as caught:
        config.load(path)
    assert named in str(caught.value)
    assert str(path) in str(caught.value)
