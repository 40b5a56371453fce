"""How an office is written down: position, institution and region, always in the same form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from nlp.components.cursor import Post
from nlp.components.gazetteer import province_of
from nlp.components.offices import Body, central_words
from nlp.components.races import INCUMBENT
from nlp.lexicon import RegionEntry, positions, regions

GOVERNMENT = {"provinsi": "Pemprov", "kabupaten": "Pemkab", "kota": "Pemkot"}
CANDIDATE = {"calon": "Calon", "bakal_calon": "Bakal Calon"}
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
YOGYAKARTA = "34"


class Title(NamedTuple):
    """An office written down; `inherited` when the region is the article's, not the office's."""

    position: str
    institution: str | None
    region: str | None
    acting: str | None
    inherited: bool


def _full(region: RegionEntry, written: str) -> str:
    """With its level; initials such as NTB stay when the text has the level word too."""
    if region.level == "provinsi" and written.isupper() and len(written) <= 3:
        return f"Provinsi {written}"
    return region.full_name


def _proper(form: str) -> str:
    """The form with a capital for each word; but for a few, abbreviations stay as they are."""
    form = _shortened(form)
    bare = re.sub(r"[()]", "", form).lower()
    if bare in positions()["bentuk_penuh"]:
        return str(positions()["bentuk_penuh"][bare])
    return " ".join(
        w if w.isupper() and len(w) > 1 else w[:1].upper() + w[1:] for w in form.split()
    )


def _shortened(form: str) -> str:
    """`Ketua Dewan Pimpinan Cabang` as `Ketua DPC`."""
    for long, short in positions()["badan_singkat"].items():
        if form.lower().endswith(long):
            return form[: -len(long)] + str(short)
    return form


def _unit(post: Post) -> str:
    written_out = {**ROMAN, **positions()["divisi"]["kata"]}
    unit = " ".join(written_out.get(word.lower(), word) for word in post.unit.split())
    return re.sub(r"\s*\(.*", "", unit)


def _squeezed(text: str) -> str | None:
    return " ".join(text.split()) or None


def _body_name(body: Body, post: Post, region: RegionEntry | None, written: str) -> str:
    if post.central:
        return body.name if body.central else f"{body.name} RI"
    if post.spot:
        return f"{body.name} {post.spot}"
    if region is None:
        return body.name
    if body.short:
        return f"{body.name} {region.short_name}"
    return f"{body.name} {_full(region, written)}"


def _role_position(post: Post) -> str:
    role = post.head.role or positions()["divisi"]["tulis"]
    if post.acting in CANDIDATE:
        role = f"{CANDIDATE[post.acting]} {role}"
    if post.head.division or (post.unit and post.body is not None):
        return f"{positions()['divisi']['tulis']} {_unit(post)}".strip()
    if post.body is not None and (post.body.named_office or role.endswith("Kepala")):
        return f"{role} {post.organ} {post.body.name}".replace("  ", " ")
    if post.organ:
        return f"{role} {post.organ}"
    return role


def _of_role(post: Post, region: RegionEntry | None, written: str) -> tuple[str, str | None]:
    if post.body is None:
        return _role_position(post), post.unit if not post.head.division else None
    return _role_position(post), _body_name(post.body, post, region, written)


def _is_plain_village(post: Post, region: RegionEntry | None) -> bool:
    """A lurah in Yogyakarta heads a kalurahan, which is a village."""
    office = post.office
    return bool(office and office.id == "lurah" and region and region.province_code == YOGYAKARTA)


def _of_office(post: Post, region: RegionEntry | None, written: str) -> tuple[str, str | None]:
    office = post.office
    assert office is not None  # noqa: S101  the caller has looked
    if post.acting in CANDIDATE:
        return f"{CANDIDATE[post.acting]} {office.name}", None
    if _is_plain_village(post, region):
        return "Lurah (kepala kalurahan)", _squeezed(f"Kalurahan {post.spot}")
    parts = _parts(post, region, written)
    return office.title.format(**parts).strip(), _institution(post, office.institution, parts)


def _parts(post: Post, region: RegionEntry | None, written: str) -> dict[str, str]:
    form = _proper(post.form)
    return {
        "bentuk": form,
        "bentuk_asli": post.form[:1].lower() + post.form[1:],
        "badan_bentuk": form.split(" ", 1)[-1],
        "sekolah": form.split(" ", 1)[-1],
        "unit": _unit(post),
        "tempat": post.spot,
        "desa": f"Desa {post.spot}" if post.spot else "",
        "wilayah": region.short_name if region else "",
        "daerah": _full(region, written) if region else "",
        "pemerintah": f"{GOVERNMENT[region.level]} {region.short_name}" if region else "",
        "badan": _agency(post, region, written),
    }


def _agency(post: Post, region: RegionEntry | None, written: str) -> str:
    if post.agency and region and post.agency.endswith(region.short_name):
        return post.agency
    if post.agency:
        return f"{post.agency} {_full(region, written) if region else ''}"
    return _body_name(post.body, post, region, written) if post.body else ""


def _institution(post: Post, template: str, parts: dict[str, str]) -> str | None:
    """None where the text names nothing that would fill the template."""
    needed = re.findall(r"\{(\w+)\}", template)
    if post.office and post.office.pattern in ("organisasi", "ahli") and not needed:
        return post.unit or None
    if not needed or not any(parts[name] for name in needed):
        return template or None if not needed else None
    if "tempat" in needed and not post.spot:
        return None
    if "unit" in needed and not post.unit:
        return None
    return _squeezed(template.format(**parts))


def fitting_region(post: Post, code: str | None) -> str | None:
    """The region of the article as the region of an office that names none."""
    if code is None:
        return None
    level = post.office.level if post.office else None
    if level == "provinsi":
        return province_of(code)
    if level in ("kabupaten", "kota"):
        return code if regions()[code].level == level else None
    return code


def _has_region(post: Post) -> bool:
    """Whether the office is one of a region at all; parties and universities need none."""
    if post.central or _is_of_the_country(post):
        return False
    if post.office is None:
        return True
    return not post.office.national and post.office.pattern not in ("ahli", "sendiri")


def _is_of_the_country(post: Post) -> bool:
    """`Juru Bicara KPK`, `Direktur Eksekutif Indikator Politik Indonesia`."""
    central = positions()["pusat"]
    if post.body is not None or (post.office and post.office.id in central["kecuali"]):
        return False
    return not central_words().isdisjoint(post.unit.lower().split())


def title_of(post: Post, inherited: Sequence[str | None]) -> Title:
    """`inherited` are regions to fall back on, nearest first, when the post names none."""
    region, written = None, ""
    if post.place is not None:
        region = regions()[post.place.code]
        written = post.written
    elif _has_region(post):
        codes = [fitting_region(post, code) for code in inherited]
        code = next((code for code in codes if code), None)
        region = regions()[code] if code else None
    position, institution = (
        _of_role(post, region, written)
        if post.office is None
        else _of_office(post, region, written)
    )
    code = region.code if region else None
    acting = INCUMBENT if post.incumbent and post.acting == "calon" else post.acting
    return Title(position, institution, code, acting, post.place is None)
