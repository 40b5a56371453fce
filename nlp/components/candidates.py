"""One numeral in the text: what it counts, whether it counts at all, its value and limits."""

from __future__ import annotations

import re
from functools import cache

from nlp.annotation import Figure
from nlp.components.counted import (
    bare,
    compounds,
    is_money,
    is_noun,
    is_verb,
    number_words,
    persons_counted,
    unit_before,
    whole_behind,
    written,
)
from nlp.lexicon import table
from nlp.numerals import (
    DIGITS,
    digits_value,
    scale_pattern,
    scale_value,
    words_pattern,
    words_value,
)

ABOUT_WORDS = 6
WORD_BEFORE = re.compile(r"([^\W_]+)([\s.\-:()]*)$")
WORD_AFTER = re.compile(r"[ -]*([^\W\d_]+(?:[-/]\s?[^\W\d_]+)*)")
CLAUSE_END = re.compile(r"[.,;:()!?\n\"“”]")
MONEY_SCALE = re.compile(r"[ ]?([MT])\b(?!\.?[A-Za-z])")
"""`Rp 5 M`: miliar; of anything else than money an M is a metre."""
CODE_BEHIND = re.compile(r"-[A-Z]{2,}[-/]")
PART_BEHIND = re.compile(r"\s+di\s?antara")
NAME_BEFORE = re.compile(r"(?:^|[\s,])[A-Z][\w.’'-]+ $")
ITEM_END = re.compile(r"\s*(?:[,;]\s|\.?\s*(?:\n|$)|(?<=\d\d)\.\s|\(|dan\b|serta\b)")
LAW_BEHIND = re.compile(r"\s+[Tt]ahun\s+\d{4}\b")
YEARS = range(1900, 2100)


@cache
def numeral() -> re.Pattern[str]:
    """A number in digits or words, with its range, its scale and its money sign."""
    scale = scale_pattern()
    digits = rf"(?:{DIGITS})(?:[ ]?(?:{scale})\b)?"
    number = (
        rf"(?:(?P<digits>{DIGITS})(?:[ ]?(?P<scale>{scale})\b)?|(?P<words>\b{words_pattern()}\b))"
    )
    upto = (
        r"(?:\s?(?:-|–|—|s/d|s\.d\.?|hingga|sampai(?:\sdengan)?|(?(between)dan|(?!))|(?(words)atau|(?!)))\s?"
        r"(?:Rp\.?\s?)?"
        rf"(?:(?P<digits2>{DIGITS})(?:[ ]?(?P<scale2>{scale})\b)?"
        rf"|(?P<words2>\b{words_pattern()}\b)))?"
    )
    again = rf"(?:\s?\((?:{words_pattern()}|{digits})\))?"
    money = r"(?P<money>\b(?:Rp\.?|IDR|US\$|USD)\s?)"
    start = rf"(?:{money}|(?<![\w/])(?<!\d[.,]))"
    return re.compile(rf"(?P<between>\bantara\s+)?{start}{number}{upto}{again}", re.IGNORECASE)


@cache
def _bounds() -> re.Pattern[str]:
    """What limits the number, up to two small words before it."""
    named = "|".join(
        rf"(?P<{bound}>{'|'.join(re.escape(w) for w in sorted(words, key=len, reverse=True))})"
        for bound, words in table("numbers")["batas"].items()
    )
    return re.compile(
        rf"(?<!\w)(?:{named})(?:\s+(?:ada|sebanyak|terdapat|dari|sebesar))?\s*$", re.I
    )


@cache
def _named_list() -> re.Pattern[str]:
    """`Pasal 70 dan`, before 71."""
    named = "|".join(re.escape(word) for word in sorted(number_words("bukan", "sebelum")))
    return re.compile(
        rf"\b(?:{named}) \d{{1,3}}(?:, \d{{1,3}})*,? (?:dan|atau|serta|hingga) $", re.I
    )


class Candidate:
    """One numeral in the text and the words around it."""

    def __init__(self, text: str, match: re.Match[str]) -> None:
        self.text, self.match = text, match
        self.start, self.end = (
            match.end("between") if match["between"] else match.start(),
            match.end(),
        )
        self.scale = match["scale"]
        self.before = self._word_before()
        self.unit, self.unit_start, self.unit_end = self._unit()

    def _word_before(self) -> str:
        found = WORD_BEFORE.search(self.text[max(0, self.start - 25) : self.start])
        if found is None:
            return ""
        word, gap = found.group(1).lower(), found.group(2)
        return "" if "." in gap and word not in number_words("bukan", "bertitik") else word

    def _unit(self) -> tuple[str | None, int, int]:
        """The unit and where its words stand."""
        if self.match["money"]:
            short = MONEY_SCALE.match(self.text, self.end)
            if short and not self.match["scale"]:
                self.end, self.scale = short.end(), short.group(1).lower()
            dollars = "$" in self.match["money"] or self.match["money"].upper().startswith("USD")
            return ("dolar AS" if dollars else "rupiah"), self.end, self.end
        percent = re.compile(r"\s?(?:%|persen\b)", re.I).match(self.text, self.end)
        if percent:
            return "persen", percent.start(), percent.end()
        skip = re.compile(r"\s+(?:lebih|-?an\b)|-an\b", re.I).match(self.text, self.end)
        behind = skip.end() if skip else self.end
        unit = self._noun(whole_behind(self.text, behind) or behind)
        if unit[0] is None and self.match["digits"]:
            if self.scale and is_money(self.text, self.start):
                return "rupiah", self.end, self.end
            before = unit_before(self.text, self.start)
            return (written(before) if before else None), self.end, self.end
        return unit

    def _noun(self, at: int) -> tuple[str | None, int, int]:
        """The noun counted, with the further words of "kotak suara" and the like."""
        person = persons_counted().match(self.text, at)
        first = WORD_AFTER.match(self.text, person.end() if person else at)
        if first is None or not is_noun(first.group(1).lower()):
            return None, self.end, self.end
        compound = compounds().match(self.text, first.start(1))
        if compound:
            return written(compound.group()), compound.start(), compound.end()
        return written(bare(re.sub(r"\s", "", first.group(1)))), first.start(1), first.end()

    def take_unit(self, unit: str | None) -> None:
        """`61 laporan, 54 diregistrasi`: what the figure before counted."""
        word = self._word_after()
        listed = (unit or "").lower() in number_words("satuan", "daftar") and self._is_listed()
        tells = (
            listed or self.is_part() or word in number_words("bukan", "lanjutan") or is_verb(word)
        )
        if self.unit is None and tells and not self._is_year():
            self.unit = unit

    def _is_listed(self) -> bool:
        """`Golkar 6, Gerindra 5.`: right behind a name, and nothing behind."""
        named = NAME_BEFORE.search(self.text[max(0, self.start - 25) : self.start])
        return named is not None and ITEM_END.match(self.text, self.end) is not None

    def is_part(self) -> bool:
        """`lima di antaranya`."""
        return PART_BEHIND.match(self.text, self.end) is not None

    def inherit(self, unit: str | None) -> None:
        """`2.298 kotak rusak, yang aman ada 12.417`: a large number alone counts the same."""
        if self.unit is None and self._is_large() and not self.match["money"]:
            self.unit = unit

    def is_figure(self) -> bool:
        """Whether the number counts something."""
        if self.unit is None and not (self.scale or self._is_large()):
            return False
        if self.match["money"] or self.unit == "persen":
            return True
        if self.before in number_words("bukan", "sebelum") and not self._is_goal():
            return False
        head = self.text[max(0, self.start - 40) : self.start]
        if self._is_glued() or LAW_BEHIND.match(self.text, self.end) or _named_list().search(head):
            return False
        if self._word_after() in number_words("bukan", "sesudah"):
            return False
        return self._words_count() and not self._is_year() and not self._is_age()

    def _is_goal(self) -> bool:
        """`dibagi ke 13 kabupaten`, where "ke" says whither and not which in a row."""
        unit = (self.unit or "").lower().split("/")[0]
        spaced = self.text[self.start - 1 : self.start] == " "
        many = len(self.match["digits"] or "") > 2
        return self.before == "ke" and spaced and (many or unit in number_words("satuan", "tempat"))

    def _is_large(self) -> bool:
        return "." in (self.match["digits"] or "")

    def _word_after(self) -> str:
        after = WORD_AFTER.match(self.text, self.end)
        return after.group(1).lower() if after else ""

    def _is_glued(self) -> bool:
        """`Covid-19`, `0906/Tgr`, `5G`, `08123`, `(1)`, but not `Sambas (210.500)`, counted on."""
        before = self.text[max(0, self.start - 2) : self.start]
        after = self.text[self.end : self.end + 1]
        digits = self.match["digits"] or ""
        leading_zero = digits.startswith("0") and not digits.startswith("0,")
        alone = self.unit is None or not self._is_large()
        bracketed = before[-1:] == "(" and after == ")" and alone
        joined = before[-1:] in "-–/" and before[:1].isalnum() and bool(before)
        code = CODE_BEHIND.match(self.text, self.end) is not None
        too_long = digits.isdigit() and len(digits) > 7
        return (
            leading_zero
            or bracketed
            or joined
            or code
            or too_long
            or after == "/"
            or (bool(digits) and after.isalpha())
        )

    def _words_count(self) -> bool:
        """`satu` and `setengah` count only before a known unit."""
        words = (self.match["words"] or "").lower().split()
        if not words:
            return True
        if (
            self.before in number_words("bukan", "salah_satu")
            or self.text[self.end : self.end + 1] == "-"
        ):
            return False
        doubtful = words[0] in table("numbers")["pecahan"] or words == ["satu"]
        unit = (self.unit or "").lower().split(" ")[0].split("/")[0]
        compound = (self.unit or "").lower() in number_words("satuan", "dua_kata")
        return not doubtful or compound or unit in number_words("satuan", "tunggal")

    def _is_year(self) -> bool:
        digits = self.match["digits"] or ""
        year = digits.isdigit() and len(digits) == 4 and int(digits) in YEARS
        sure = self.before in number_words("bukan", "bertahun")
        return year and (sure or (self.unit or "").lower() not in number_words("satuan", "tunggal"))

    def _is_age(self) -> bool:
        """`(48 tahun)` behind a name."""
        adult = len(self.match["digits"] or "") > 1
        return self.unit == "tahun" and adult and self.text[self.start - 1 : self.start] == "("

    def values(self) -> tuple[float, float | None] | None:
        """Value and highest value; None where "2-1" is a score and no range."""
        if self.match["digits"]:
            value, high = digits_value(self.match["digits"]), None
        else:
            value, high = words_value(self.match["words"])
        second = self._second()
        scale = self.scale
        if second is None:
            return value * scale_value(scale), high
        shared = scale or (self.match["scale2"] if value < 1000 else None)
        value *= scale_value(shared)
        return (value, second) if second > value else None

    def _second(self) -> float | None:
        if self.match["digits2"]:
            return digits_value(self.match["digits2"]) * scale_value(self.match["scale2"])
        return words_value(self.match["words2"])[0] if self.match["words2"] else None

    def bound(self) -> str | None:
        ranged = (self.match["words"] or "").lower().split(" ")[0]
        if ranged in table("numbers")["kisaran"]:
            return "lebih_dari"
        before = _bounds().search(self.text[max(0, self.start - 40) : self.start])
        if before:
            return before.lastgroup
        after = re.compile(r"\s?-?(lebih|an)\b", re.I).match(self.text, self.end)
        if after:
            return str(table("numbers")["sesudah"][after.group(1).lower()])
        return None

    def about(self) -> str | None:
        if self.unit in ("persen", "rupiah", "dolar AS"):
            return self._about_before() or self._about_after(self.unit_end)
        about = self._about_after(self.unit_start)
        return about if about and about.lower() != (self.unit or "").lower() else None

    def _about_before(self) -> str | None:
        """The nouns right before the number and its limit."""
        head = self.text[max(0, self.start - 120) : self.start]
        limit = _bounds().search(head)
        clause = CLAUSE_END.split(head[: limit.start()] if limit else head)[-1]
        kept: list[str] = []
        for word in reversed(clause.split()):
            if word.lower() in number_words("tentang", "lewati") and not kept:
                continue
            if word.lower() in number_words("tentang", "henti") or len(kept) == ABOUT_WORDS:
                break
            kept.insert(0, word)
        return " ".join(kept) or None

    def _about_after(self, at: int) -> str | None:
        """The unit and what describes it, up to the end of the clause."""
        clause = CLAUSE_END.split(self.text[at : at + 120], maxsplit=1)[0]
        words = clause.split()[:ABOUT_WORDS]
        if words and words[0].lower() in number_words("bukan", "kata"):
            return None
        while words and words[-1].lower() in number_words("bukan", "kata"):
            words.pop()
        return " ".join(words) or None

    def figure(self) -> Figure | None:
        values = self.values()
        if values is None or not self.is_figure():
            return None
        end = max(self.end, self.unit_end)
        value, high = values
        return Figure(
            value=value,
            value_max=high,
            unit=self.unit,
            about=self.about(),
            bound=self.bound(),
            span=[self.start, end],
        )
