"""The trained verdict: fits what is installed, weighs whole articles, leaves short texts alone."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from nlp.annotation import STATUSES
from nlp.components.evidence import is_ended, sentences
from nlp.components.wording import BEGINNING, TITLE, wording
from nlp.lexicon.judgement import themes
from nlp.models import ModelError, write_checksums
from nlp.models.verdicts import FILE, TOPICS, VERDICTS, load_verdicts
from nlp.pipeline import load
from nlp.training.verdicts import main, verdict_of
from tests.nlp.judging import judge

HERE = Path(__file__)
ARTICLES = HERE.parents[2] / "crawler" / "demo" / "articles"
ODD = tomllib.loads(HERE.with_name("odd_articles.toml").read_text("utf-8"))
DENIED = """
MARTAPURA - Calon bupati nomor urut 2, Darmawan Kusuma, membantah membagikan uang kepada warga \
pada masa kampanye Pilkada 2024. "Saya hanya menghadiri undangan pengajian," katanya, Senin.
Ia menyebut amplop dalam rekaman yang beredar itu uang lelah bagi panitia dan bukan politik uang.
Bawaslu Kabupaten Banjar memeriksa Darmawan dan tiga warga penerima amplop sejak pagi.
{end}
Pemungutan suara berlangsung pada 27 November 2024 di seluruh kecamatan."""


def test_the_weights_go_with_the_installed_embeddings() -> None:
    known = load_verdicts()
    assert known is not None
    no_traits, no_terms = np.zeros(len(known.by_traits.weights)), known.terms(Counter())
    chances = known.chances(no_traits, no_terms)
    assert tuple(chances) == VERDICTS
    assert sum(chances.values()) == pytest.approx(1)
    about = known.about(no_traits, no_terms)
    assert about.keys() == themes().keys()
    assert all(0 <= chance <= 1 for chance in about.values())


def test_words_speak_and_are_named() -> None:
    """Words alone turn the verdict; unknown ones say nothing."""
    known = load_verdicts()
    assert known is not None
    counted = Counter(["hadap sidang", "dakwa", "jaksa", "tersangka", "kata yang tidak ada itu"])
    terms = known.terms(counted)
    assert set(terms.words) <= counted.keys() - {"kata yang tidak ada itu"}
    assert np.linalg.norm(terms.weights) == pytest.approx(1)
    silent = np.zeros(len(known.by_traits.weights))
    without = known.chances(silent, known.terms(Counter()))["proses"]
    assert known.chances(silent, terms)["proses"] > without
    assert set(known.telling(terms, "proses")) <= set(terms.words)


def test_what_is_counted_of_title_and_beginning() -> None:
    nlp = load()
    doc = nlp.make_doc("Warga melapor. Bawaslu memeriksa 12 saksi. Ia hadir. Semua pulang.")
    doc._.title = "Camat Dilaporkan"
    doc = nlp(doc)
    counted = wording(sentences(doc))
    assert counted["lapor"] == 2
    assert counted[f"{TITLE}camat lapor"] == counted["0 saksi"] == 1
    assert counted[f"{BEGINNING}hadir"] == 1
    assert (counted["pulang"], counted[f"{BEGINNING}pulang"]) == (1, 0)


def test_weights_of_other_embeddings_are_not_used(tmp_path: Path) -> None:
    folder = shutil.copytree(TOPICS, tmp_path / "topics")
    with np.load(folder / FILE) as stored:
        np.savez(folder / FILE, **{**stored, "embedder": np.array("lain")})
    write_checksums(folder)
    assert load_verdicts(folder) is None


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(TOPICS, tmp_path / "topics")
    (folder / FILE).write_bytes(b"rusak")
    with pytest.raises(ModelError, match="rusak"):
        load_verdicts(folder)


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("Ketua Bawaslu, Rahmadi, menyatakan pemeriksaan masih berjalan.", "proses"),
        ("Laporan itu kemudian dihentikan karena tidak cukup bukti.", "tidak_terbukti"),
    ],
)
def test_a_denial_ends_no_running_examination(end: str, status: str) -> None:
    found = judge(DENIED.format(end=end), "Darmawan Bantah Bagi-bagi Uang")
    assert found["status"] == status


FREED = """
MAROS - Hakim membebaskan terdakwa perkara suara caleg, tiga petugas kecamatan di Bantimurung, \
pada Pemilu 2024, Rabu. Jaksa semula menulis dalam dakwaan bahwa 70 suara berpindah pada malam \
rekapitulasi. Sidang digelar di Pengadilan Negeri Maros dan dijaga polisi. Para terdakwa memeluk \
keluarga setelah majelis hakim membacakan putusan. Jaksa akan mengajukan \
banding ke pengadilan tinggi pekan depan."""


def test_a_case_that_title_and_lead_call_ended_is_ended() -> None:
    """Although its words are those of a trial."""
    found = judge(FREED, "Hakim Bebaskan Terdakwa Perkara Suara di Maros")
    assert (found["status"], found["alert"]) == ("tidak_terbukti", False)


@pytest.mark.parametrize(
    ("title", "lead", "ended"),
    [
        ("Laporan Sembako Dihentikan Bawaslu Banjar", "Laporan itu diperiksa pekan lalu.", True),
        ("Laporan Sembako di Banjar", "Hakim memvonis bebas terdakwa politik uang itu.", True),
        ("Laporan Sembako di Banjar", "Terdakwa membantah membagikan sembako itu.", False),
    ],
)
def test_who_has_ended_a_case(title: str, lead: str, ended: bool) -> None:
    """A mere denial ends none."""
    doc = load().make_doc(lead)
    doc._.title = title
    assert is_ended(sentences(load()(doc))) is ended


def test_the_verdict_is_among_the_reasons() -> None:
    found = judge(DENIED.format(end=""), "Darmawan Bantah Bagi-bagi Uang")
    assert found["reasons"][-1]["rule"] == "pembelajaran"


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_get_an_answer_that_does_not_ring(name: str) -> None:
    found = judge(ODD[name]["text"], ODD[name]["title"])
    assert found["status"] in STATUSES
    assert all(0 <= topic["score"] <= 1 for topic in found["topics"])
    assert not found["alert"], found["reasons"]


@pytest.mark.parametrize(
    ("article", "verdict"),
    [
        ({"alert": True, "status": "terbukti"}, "terbukti"),
        ({"alert": True, "status": "rekap"}, "dugaan"),
        ({"alert": False, "status": "rekap"}, "rekap"),
        ({"alert": False, "status": "bukan_pemilu"}, "netral"),
    ],
)
def test_verdicts_of_labels(article: dict[str, object], verdict: str) -> None:
    assert verdict_of(article) == verdict


def test_training_can_be_checked_without_writing_weights(tmp_path: Path) -> None:
    read = [tomllib.loads(path.read_text("utf-8")) for path in sorted(ARTICLES.glob("*.toml"))]
    labelled = [{"title": a["title"], "text": a["body"], **a["gold"]} for a in read if "gold" in a]
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(a, default=str) + "\n" for a in labelled[:60]), "utf-8")
    before = (TOPICS / FILE).read_bytes()
    card = tmp_path / "README.md"
    card.write_text("# Kartu\n", "utf-8")
    arguments = [str(file), "--check", "--card", str(card)]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    told = card.read_text("utf-8")
    assert told.startswith("# Kartu\n\n<!-- silang: awal -->\n| 5")
    assert "| aturan, vektor dan kata | " in told
    assert told.partition("awal -->\n")[2].partition("\n<!--")[0] in result.output
    assert (TOPICS / FILE).read_bytes() == before
