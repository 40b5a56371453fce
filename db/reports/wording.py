"""The sentences that all forms of the kliping share."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from db.reports.issues import Issue
from db.reports.items import Item
from db.reports.kliping import Kliping
from db.words import label, moment, number, says, short_moment, stage


@cache
def sentences() -> dict[str, Any]:
    path = Path(__file__).with_name("wording.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def heading(kliping: Kliping) -> str:
    return f"Kliping media: {kliping.place.name}"


def span(kliping: Kliping) -> str:
    return f"Terbit {kliping.window}"


def made(kliping: Kliping) -> str:
    return f"Disusun {moment(kliping.made_at)}"


def totals(kliping: Kliping) -> str:
    return (
        f"{number(kliping.articles)} berita dari {number(kliping.media)} media, "
        f"{number(len(kliping.items))} naskah (salinan disatukan)."
    )


def eyes(kliping: Kliping) -> str:
    """How much was looked at: a quiet region and an unread one must not look alike."""
    found = kliping.sources
    whose = "" if kliping.place.code is None else " daerah ini dan nasional"
    said = (
        f"Sumber{whose} sejak awal rentang: {number(found.read)} dari {number(found.all)} terbaca, "
        f"{number(len(found.failed))} gagal, {number(found.untried)} tidak dicoba."
    )
    if kliping.unjudged:
        said += f" {number(kliping.unjudged)} artikel belum dinilai dan belum masuk kliping."
    return said


def failures(kliping: Kliping) -> str:
    names = [f"{name} ({reason})" for name, reason in kliping.sources.failed]
    return f"Gagal diambil: {'; '.join(names)}." if names else ""


def nothing(kliping: Kliping) -> str:
    return str(sentences()["nothing"]).format(place=kliping.place.name)


def counts(kliping: Kliping) -> str:
    """`Dugaan 3 · Tidak terbukti 1`"""
    found = kliping.statuses.items()
    return " · ".join(f"{label(status, 'status')} {number(total)}" for status, total in found)


def published(item: Item) -> str:
    if item.published_at:
        return short_moment(item.published_at) + (" (perkiraan)" if item.guessed else "")
    return f"tanpa waktu terbit; pertama terlihat {short_moment(item.seen_at)}"


def status(item: Item) -> str:
    """`Dugaan menurut Kabar Mahakam (Klarifikasi)`"""
    said = says(item.status, item.outlet)
    return f"{said} ({stage(item.stage)})" if item.stage else said


def contents(kliping: Kliping) -> Iterator[tuple[str, ...]]:
    """The list of the items: its head, then a row each."""
    yield ("No", "Judul", "Daerah", "Media", "Terbit", "Status menurut media")
    for place, item in enumerate(kliping.items, start=1):
        media = item.outlet if item.media == 1 else f"{item.outlet} (+{item.media - 1})"
        stands = label(item.status, "status")
        known = f"{stands} ({stage(item.stage)})" if item.stage else stands
        yield (str(place), item.title, region(item), media, published(item), known)


def region(item: Item) -> str:
    if not item.region:
        return "wilayah tidak disebut"
    return f"{item.region} (daerah ini hanya disebut)" if item.elsewhere else item.region


def facts(item: Item) -> str:
    """One line under a title: medium, time, region, topic, how many carry it."""
    told = [item.outlet, published(item), region(item), item.topic or ""]
    if item.media > 1:
        told.append(f"dimuat {number(item.media)} media")
    if item.gone:
        told.append("sudah dihapus medianya")
    return " · ".join(part for part in told if part)


def quote(item: Item) -> str:
    return f"Kutipan: {item.quote}"


def proof(item: Item) -> str:
    return f"Arsip {item.archive or 'tidak ada'} · SHA-256 {item.sha256 or 'tidak ada'}"


def stands(issue: Issue) -> str:
    """Where the matter stands, what was said before, and by how many."""
    said = status(issue.newest)
    if issue.earlier:
        said += f"; sebelumnya {', '.join(label(one, 'status').lower() for one in issue.earlier)}"
    return (
        f"{said}. {number(issue.media)} media, {number(issue.accounts)} laporan mandiri. "
        f"{sentences()['advice'].get(issue.newest.status, '')}"
    )
