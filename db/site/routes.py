"""The addresses of the site. A test opens every one of them without signing in."""

from __future__ import annotations

from typing import Final

from db.site import (
    addresses,
    alert,
    article,
    bundle,
    clock_feed,
    clock_list,
    correction,
    form_a,
    guidance,
    home,
    inbox,
    institution,
    kliping,
    outlet,
    person,
    person_deeds,
    recap,
    region,
    search,
    search_list,
    session,
    settings,
    source,
    story,
    story_deeds,
    watch,
    watch_feed,
    watch_quiet,
)
from db.site.guard import View

_KEY: Final = "(?P<key>[0-9a-f]{16})"
_WATCH: Final = "(?P<key>[A-Za-z0-9_-]{1,80})"

OPEN: Final[list[tuple[str, View]]] = [
    (r"^/masuk$", session.sign_in),
    (r"^/-/masuk/(?P<token>[A-Za-z0-9_-]+)$", session.sign_in_by_link),
    (r"^/-/login$", session.to_sign_in),
    (rf"^/langganan/{_WATCH}\.atom$", watch_feed.show),  # asks for a token or a session itself
    (r"^/tenggat\.ics$", clock_feed.show),  # the same
]
"""For people who have not signed in; everything else asks `guard`."""

ROUTES: Final[list[tuple[str, View]]] = [
    *OPEN,
    (r"^/keluar$", session.sign_out),
    (r"^/-/logout$", session.sign_out),
    (r"^/-/(password-tool|allow-debug|patterns|messages|permissions)$", session.closed),
    (r"^/$", home.show),
    (rf"^/artikel/{_KEY}$", article.show),
    (rf"^/artikel/{_KEY}/versi$", article.versions),
    (rf"^/artikel/{_KEY}/salinan/(?P<number>\d{{1,6}})$", article.copy),
    (rf"^/artikel/{_KEY}/bukti\.zip$", bundle.of_article),
    (rf"^/artikel/{_KEY}/koreksi$", correction.state),
    (rf"^/artikel/{_KEY}/koreksi/(?P<number>\d{{1,9}})/batal$", correction.withdraw),
    (r"^/koreksi$", correction.index),
    (r"^/koreksi\.jsonl$", correction.download),
    (r"^/cerita$", story.index),
    (rf"^/cerita/{_KEY}$", story.show),
    (rf"^/cerita/{_KEY}/putusan$", story_deeds.decide),
    (r"^/lembaga$", institution.show),
    (r"^/pejabat$", person.index),
    (rf"^/pejabat/{addresses.PERSON}$", person.show),
    (rf"^/pejabat/{addresses.PERSON}/putusan$", person_deeds.decide),
    (r"^/peringatan$", inbox.show),
    (r"^/peringatan/(?P<id>[^/]+)$", alert.show),
    (r"^/peringatan/(?P<id>[^/]+)/bukti\.zip$", bundle.of_case),
    (r"^/peringatan/(?P<id>[^/]+)/informasi-awal$", form_a.show),
    (r"^/peringatan/(?P<id>[^/]+)/informasi-awal\.docx$", form_a.download),
    (r"^/tenggat$", clock_list.show),
    (r"^/langganan$", watch.index),
    (r"^/langganan/baru$", watch.new),
    (rf"^/langganan/{_WATCH}$", watch.show),
    (rf"^/langganan/{_WATCH}/senyap$", watch_quiet.show),
    (r"^/cari$", search.show),
    (r"^/cari\.(?P<format>csv|json|xlsx)$", search.download),
    (r"^/cari/daftar$", search_list.show),
    (r"^/kliping$", kliping.show),
    (r"^/kliping\.(?P<format>docx|pdf|xlsx|csv|teks)$", kliping.download),
    (r"^/sumber$", source.index),
    (r"^/sumber/baru$", outlet.new),
    (r"^/wilayah$", region.index),
    (r"^/wilayah/(?P<code>\d{2}(\.\d{2})?)$", region.show),
    (r"^/rekap$", recap.show),
    (r"^/rekap\.(?P<format>csv|xlsx)$", recap.download),
    (r"^/rekap/berita$", recap.articles),
    (r"^/rekap/berita\.(?P<format>csv|xlsx)$", recap.articles_file),
    (r"^/saya$", settings.show),
    (r"^/bantuan$", guidance.show),
]

CHECKED_FORMS: Final = (
    *("/masuk", "/keluar", "/cari/daftar", "/peringatan", "/tenggat", "/saya", "/sumber/baru"),
)
CHECKED_BELOW: Final = ("/artikel/", "/cerita/", "/pejabat/", "/peringatan/", "/langganan/")
"""Paths whose forms check their token themselves (`session.form`), to refuse in Indonesian."""


def checks_its_form(path: str) -> bool:
    return path in CHECKED_FORMS or path.startswith(CHECKED_BELOW)
