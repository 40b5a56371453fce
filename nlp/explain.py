"""How the judgement on an article came about, cue by cue, in Indonesian."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nlp.annotate import annotate
from nlp.annotation import Annotation, Article, Reason
from nlp.lexicon.judgement import cues, stages, themes, topics

STATUS: Final = {
    "dugaan": "dugaan: pelanggaran konkret yang diduga, dilaporkan, atau ditemukan",
    "proses": "proses: perkara konkret sedang ditangani",
    "terbukti": "terbukti: sudah diputus, direkomendasikan sanksi, atau dijatuhi sanksi",
    "tidak_terbukti": "tidak terbukti: tuduhan dibantah atau perkara dihentikan",
    "rekap": "rekap: angka atas banyak perkara",
    "pencegahan": "pencegahan: imbauan, deklarasi, pelatihan, atau penjelasan aturan",
    "netral": "netral: berita pemilihan tanpa tema pelanggaran",
    "bukan_pemilu": "bukan berita pemilihan umum atau pilkada",
}
SUMMARIES: Final = {
    "jumlah_bukti": "jumlah bukti",
    "pembelajaran": "peluang menurut model terlatih",
}
SCOPE: Final = {
    "ingkar": "diingkari di depannya",
    "syarat": "berada dalam pengandaian",
    "imbauan": "berada dalam imbauan atau kewaspadaan",
    "hukum": "berada dalam kutipan aturan",
    "latar": "latar atau perkara lama",
    "modal": "baru kemungkinan atau rencana",
    "rencana": "baru direncanakan",
    "pelaku_umum": "tentang siapa pun yang berbuat",
}


def explain(article: Article) -> str:
    """A text for analysts; the same rules as everywhere else are applied anew."""
    found = next(iter(annotate([article])))
    return "\n".join(_lines(article, found)) + "\n"


def _lines(article: Article, found: Annotation) -> Iterator[str]:
    yield f"Judul: {article.get('title') or '(tanpa judul)'}"
    yield f"Status: {STATUS[found['status']]}"
    yield f"Alarm: {'ya' if found['alert'] else 'tidak'}"
    yield f"Versi aturan: {found['rules_version']}"
    yield from _topics(article, found)
    yield from _violations(article, found)
    yield "" if found["reasons"] else "\nTidak ada isyarat yang ditemukan."
    yield from (f"- {_reason(reason)}" for reason in found["reasons"])


def _topics(article: Article, found: Annotation) -> Iterator[str]:
    yield "\nTopik:" if found["topics"] else "\nTopik: tidak ada"
    for topic in found["topics"]:
        words = dict.fromkeys(article["text"][start:end] for start, end in topic["evidence"])
        name, theme = topics()[topic["topic"]].name, themes()[topic["theme"]]
        yield f"- {name} (tema {theme}), nilai {topic['score']:.2f}: {', '.join(words) or 'judul'}"


def _violations(article: Article, found: Annotation) -> Iterator[str]:
    for case in found["violations"]:
        stage = stages()[case["stage"]].name if case["stage"] else "tidak disebut"
        start, end = case["evidence"]
        yield f"\nPerkara: {topics()[case['topic']].name}, status {case['status']}, tahap {stage}"
        yield f"  Pelaku: {', '.join(case['actors']) or 'tidak disebut'}"
        yield f"  Kalimat: {article['text'][start:end] or '(judul)'}"
        yield f"  Dasar: {'; '.join(case['norms']) or 'belum ada pasal yang sudah dicocokkan'}"


def _reason(reason: Reason) -> str:
    rule, _, scope = reason["rule"].partition("/")
    if rule in SUMMARIES:
        return f"{SUMMARIES[rule]}: {reason['words']} → {reason['says']}"
    where = f"huruf {reason['span'][0]}" if reason["span"] else "judul"
    cue = cues().cues.get(rule)
    why = cue.reason if cue else "jenis pemilihan"
    inside = f"; {SCOPE[scope]}" if scope else ""
    return f'"{reason["words"]}" ({where}): {why}{inside} → {reason["says"]}'
