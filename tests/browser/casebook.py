"""Invented articles with which the stories of the analysts are played through in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from db import reference
from db.alerts.alerts import raise_alerts
from db.analysis import analyse
from db.base import Home
from tests.db import site_base
from tests.db.conftest import Newsroom

ARTICLES: Final = {
    "lapor": (
        "kabar.example",
        "2024-10-07T10:00:00+08:00",
        "Camat Muara Kaman Dilaporkan ke Bawaslu Kutai Kartanegara",
        "TENGGARONG - Camat Muara Kaman Rahmat Hidayat dilaporkan ke Bawaslu Kabupaten Kutai "
        "Kartanegara karena diduga mengajak pegawai memilih pasangan calon nomor urut 2, Senin "
        "(7/10/2024).\nKetua Bawaslu Kutai Kartanegara Siti Rahma mengatakan laporan itu sudah "
        'diterima. "Camat akan kami panggil," kata Siti Rahma.\nSebanyak 40 pegawai hadir '
        "dalam apel di halaman kantor Camat Muara Kaman itu.",
    ),
    "klarifikasi": (
        "warta.example",
        "2024-10-09T10:00:00+08:00",
        "Bawaslu Kutai Kartanegara Klarifikasi Camat Muara Kaman Rahmat Hidayat",
        "TENGGARONG - Bawaslu Kabupaten Kutai Kartanegara mengklarifikasi Camat Muara Kaman "
        "Rahmat Hidayat atas dugaan mengajak pegawai memilih pasangan calon nomor urut 2, Rabu "
        "(9/10/2024).\nKetua Bawaslu Kutai Kartanegara Siti Rahma mengatakan klarifikasi "
        "berlangsung tiga jam. Laporan tentang apel di halaman kantor camat itu masuk Senin lalu.",
    ),
    "henti": (
        "kabar.example",
        "2024-10-14T10:00:00+08:00",
        "Laporan Camat Muara Kaman Dihentikan Bawaslu Kutai Kartanegara",
        "TENGGARONG - Bawaslu Kabupaten Kutai Kartanegara menghentikan penanganan laporan "
        "terhadap Camat Muara Kaman Rahmat Hidayat karena tidak memenuhi unsur pelanggaran, Senin "
        "(14/10/2024).\nKetua Bawaslu Kutai Kartanegara Siti Rahma mengatakan ajakan memilih "
        "pasangan calon nomor urut 2 dalam apel pegawai itu tidak terbukti.",
    ),
    "senama": (
        "suara.example",
        "2024-10-08T10:00:00+07:00",
        "Camat Grogol Rahmat Hidayat Ajak Warga Sukoharjo Datang ke TPS",
        "SUKOHARJO - Camat Grogol Rahmat Hidayat mengajak warga Kabupaten Sukoharjo datang ke TPS "
        "pada Pilkada 2024, Selasa (8/10/2024).",
    ),
    "bupati": (
        "kabar.example",
        "2024-08-05T09:00:00+08:00",
        "Bupati Kutai Kartanegara Lepas Logistik Pilkada",
        "TENGGARONG - Bupati Kutai Kartanegara Ahmad Fauzan Mulyono melepas logistik Pilkada 2024 "
        'di gudang KPU, Senin (5/8/2024). "Jaga bersama," kata Ahmad Fauzan Mulyono.',
    ),
    "ejaan": (
        "warta.example",
        "2024-09-02T09:00:00+08:00",
        "Bupati Kutai Kartanegara Tinjau Gudang KPU",
        "TENGGARONG - Bupati Kutai Kartanegara H. Achmad Fauzan meninjau gudang logistik Pilkada "
        "2024 milik KPU, Senin (2/9/2024).",
    ),
    "penjabat": (
        "kabar.example",
        "2024-11-04T09:00:00+08:00",
        "Pj Bupati Klaten Hadiri Deklarasi Pilkada Damai",
        "KLATEN - Penjabat (Pj) Bupati Klaten Jajang Wirawan menghadiri deklarasi Pilkada damai, "
        "Senin (4/11/2024).",
    ),
    "inisial-satu": (
        "kabar.example",
        "2024-10-20T09:00:00+08:00",
        "Lurah Berinisial AS Dilaporkan ke Bawaslu Samarinda",
        "SAMARINDA - Seorang lurah berinisial AS dilaporkan ke Bawaslu Kota Samarinda karena "
        "diduga mengajak warga memilih pasangan calon, Minggu (20/10/2024).",
    ),
    "inisial-dua": (
        "warta.example",
        "2024-10-25T09:00:00+08:00",
        "Kepala Desa Berinisial AS Diduga Bagikan Uang di Berau",
        "TANJUNG REDEB - Seorang kepala desa berinisial AS diduga membagikan uang kepada pemilih "
        "dan dilaporkan ke Bawaslu Kabupaten Berau, Jumat (25/10/2024).",
    ),
    "imbau": (
        "suara.example",
        "2024-10-10T09:00:00+07:00",
        "Bupati Klaten Imbau ASN Netral",
        "KLATEN - Bupati Klaten mengimbau seluruh ASN menjaga netralitas pada Pilkada 2024. Ia "
        "mengingatkan pegawai agar tidak terlibat politik praktis.",
    ),
    "diadukan": (
        "suara.example",
        "2024-10-11T09:00:00+08:00",
        "Bawaslu Kota Tarakan Diadukan ke DKPP",
        "TARAKAN - Bawaslu Kota Tarakan diadukan ke DKPP oleh tim hukum pasangan calon karena "
        "dinilai lamban menangani laporan Pilkada 2024, Jumat (11/10/2024).",
    ),
    "klaster": (
        "kabar.example",
        "2020-11-02T09:00:00+07:00",
        "Muncul Klaster Pilkada di Purbalingga",
        "PURBALINGGA - Klaster baru COVID-19 muncul setelah kampanye tatap muka Pilkada 2020 di "
        "Kabupaten Purbalingga tanpa protokol kesehatan.",
    ),
    "kluster": (
        "warta.example",
        "2020-11-03T09:00:00+07:00",
        "Muncul Kluster Pilkada di Sragen",
        "SRAGEN - Kluster baru COVID-19 muncul sesudah kampanye tatap muka Pilkada 2020 di "
        "Kabupaten Sragen tanpa protokol kesehatan.",
    ),
    "cluster": (
        "suara.example",
        "2020-11-04T09:00:00+07:00",
        "Muncul Cluster Pilkada di Boyolali",
        "BOYOLALI - Cluster baru COVID-19 muncul usai kampanye tatap muka Pilkada 2020 di "
        "Kabupaten Boyolali tanpa protokol kesehatan.",
    ),
}
"""By name: outlet, publish time, title, text."""


def make(folder: Path) -> Newsroom:
    """A base of these articles, analysed, with alerts and accounts."""
    home = Home(folder / "berita.db")
    room = Newsroom(home, home.open_berita(), home.open_meja())
    reference.load(room.db)
    for name, (outlet, published, title, text) in ARTICLES.items():
        room.store(name, title, text, published=published, outlet=outlet)
    analyse(home)
    site_base.people(room.meja)
    raise_alerts(home)
    return room
