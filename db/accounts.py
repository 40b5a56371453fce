"""The people who may sign in, kept in `meja.db`."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from datasette_auth_passwords.utils import hash_password, verify_password
from sqlite_utils import Database

from db import audit

ROLES: Final = ("staf", "atasan", "admin")
SHORTEST_PASSWORD: Final = 10
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_NOBODY: Final = hash_password("nobody has this account")
"""Checked when the name is unknown, so that the answer takes as long as for a known one."""


class AccountError(Exception):
    """An account that cannot be made; the message is in Indonesian."""


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    role: str
    region_code: str | None
    password_hash: str | None


def add(meja: Database, username: str, name: str, role: str, password: str | None) -> None:
    """Make an account; without a password its owner signs in by one-time link only.

    Raises `AccountError` for a bad or taken name, an unknown role, a short password.
    """
    _check(username, name, role, password)
    row = (username, name.strip(), role, hash_password(password) if password else None, audit.now())
    try:
        with meja.conn:
            meja.conn.execute(
                "INSERT INTO accounts (username, name, role, password_hash, created_at)"
                " VALUES (?, ?, ?, ?, ?)",
                row,
            )
            audit.record(meja.conn, username, "akun_dibuat", username, role)
    except sqlite3.IntegrityError as error:
        raise AccountError(f"Akun {username} sudah ada.") from error


def find(meja: sqlite3.Connection, username: str) -> Account | None:
    """The active account of that name."""
    row = meja.execute(
        "SELECT username, name, role, region_code, password_hash FROM accounts"
        " WHERE username = ? AND active",
        (username,),
    ).fetchone()
    return Account(*row) if row else None


def interest(meja: sqlite3.Connection, username: str) -> tuple[str, list[str]]:
    """Region ("" for all) and themes (none for all) that a person chose."""
    sql = "SELECT coalesce(region_code, ''), themes FROM accounts WHERE username = ?"
    row = meja.execute(sql, (username,)).fetchone()
    return (str(row[0]), list(json.loads(row[1]))) if row else ("", [])


def choose(meja: sqlite3.Connection, username: str, region: str, themes: Sequence[str]) -> None:
    """Keep what a person wants to see first, inside the caller's transaction."""
    meja.execute(
        "UPDATE accounts SET region_code = ?, themes = ? WHERE username = ?",
        (region or None, json.dumps(list(themes)), username),
    )
    said = ", ".join([region or "semua wilayah", *themes])
    audit.record(meja, username, "minat_disimpan", username, said)


def matches(account: Account | None, password: str) -> bool:
    """Whether the password is the account's; takes equally long for nobody's account."""
    known = account.password_hash if account and account.password_hash else None
    right = cast("bool", verify_password(password, known or _NOBODY))
    return right and known is not None


def first_admin(meja: Database) -> str:
    """The name of an active admin, made on the spot (without password) when there is none."""
    found = meja.conn.execute(
        "SELECT username FROM accounts WHERE role = 'admin' AND active"
        " ORDER BY created_at, username"
    ).fetchone()
    if found:
        return str(found[0])
    taken = {row[0] for row in meja.conn.execute("SELECT username FROM accounts")}
    names = ("admin", *(f"admin{number}" for number in range(2, len(taken) + 3)))
    username = next(name for name in names if name not in taken)
    add(meja, username, "Admin", "admin", None)
    return username


def _check(username: str, name: str, role: str, password: str | None) -> None:
    if not _USERNAME.fullmatch(username):
        raise AccountError(
            f"Nama akun {username!r} tidak sah: 2-32 huruf kecil, angka, titik atau garis, "
            "diawali huruf atau angka."
        )
    if not name.strip():
        raise AccountError("Nama orang tidak boleh kosong.")
    if role not in ROLES:
        raise AccountError(f"Peran {role!r} tidak dikenal; pilih {', '.join(ROLES)}.")
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise AccountError(f"Kata sandi terlalu pendek: paling sedikit {SHORTEST_PASSWORD} huruf.")
