"""The secret of the session cookies."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from db.base import BaseError, Home
from db.site import secret


def test_it_survives_a_restart_and_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATASETTE_SECRET", raising=False)
    home = Home(tmp_path / "berita.db")
    first = secret.kept(home)
    assert len(first) == 64
    assert secret.kept(home) == first
    assert stat.S_IMODE((tmp_path / "rahasia").stat().st_mode) == 0o600


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATASETTE_SECRET", "dari lingkungan")
    assert secret.kept(Home(tmp_path / "berita.db")) == "dari lingkungan"
    assert not (tmp_path / "rahasia").exists()


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATASETTE_SECRET", raising=False)
    with pytest.raises(BaseError, match="rahasia"):
        secret.kept(Home(tmp_path / "tidak-ada" / "berita.db"))
