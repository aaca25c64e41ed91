"""Times as pages write them: machine-readable first, then as people write them in many languages.

A time is only what the page tells: a date without a year and "three hours ago" are none, because what they mean depends
on when somebody looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from importlib import import_module
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_LANGUAGES: Final = (
    "en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "hu", "tr", "ru", "uk", "ro", "ca",
    "el", "hr", "sk", "sl", "bg", "lt", "lv", "et", "id",
)  # fmt: skip
_DAY_FIRST_ENGLISH: Final = frozenset({"gb", "uk", "au", "nz", "ie", "in", "za", "sg"})
_ZONES: Final = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

_CLOCK: Final = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])\s?(?:[:h]|\.(?=\d\d(?:\D|$))|時|点|"
    r"시)\s?(?P<minute>[0-5]\d)?(?:[:.](?P<second>[0-5]\d))?(?:\.\d+)?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*(?:uhr\b)?\s*\(?(?P<zone>z\b|[+-]\d\d:?\d\d|(?:utc|"
    r"gmt)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|(?:cest|cet|mesz|mez|eest|eet|wet|bst|msk|[ecmp][ds]t)\b)?",
    re.IGNORECASE,
)
_HALF: Final = re.compile(r"(?<![\d:.])(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>[ap]\.?\s?m\b\.?)", re.IGNORECASE)
_ISO: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?(?!\d)|(?<!\d)((?:19|"
    r"20)\d\d)\s?년\s?(\d{1,2})월\s?(\d{1,2})일"
)
_NUMBERS: Final = re.compile(r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d\d|\d\d)(?!\d)")
_REMEMBERED: Final = 10_000
_STAMP: Final = re.compile(r"^\d{10}(?:\d{3})?$")


def from_attribute(value: str | None) -> datetime | None:
    """A machine-readable time: ISO 8601, seconds or milliseconds since 1970; ``None`` for anything else."""
    if not value:
        return None
    value = value.strip()
    if _STAMP.match(value):
        try:
            return datetime.fromtimestamp(int(value[:10]), UTC)
        except (ValueError, OverflowError, OSError):
            return None
    if not re.match(r"^(?:19|20)\d\d-?\d\d", value):
        return None
    head, _, tail = value.rpartition(" ")
    if _STAMP.match(tail):
        # Both at once, "2024-01-02T03:04:05 1704164645": the number alone tells the zone.
        return from_attribute(tail)
    for candidate in (value, head or value, re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", value)):
        try:
            return _plausible(datetime.fromisoformat(candidate))
        except ValueError:
            continue
    return None


class TimeReader:
    """Reads times as people write them, one page at a time.

    Args:
        language: the page's language tag (``en-GB``), which decides what "05/06/2020" means where no other date of the
            page does. Where neither does, such a date is none.
        samples: texts that hold dates of the same page.
    """

    def __init__(self, language: str | None, samples: Iterable[str] = ()) -> None:
        tag = (language or "").lower().replace("_", "-").split("-")
        self.language = tag[0]
        self._found: dict[str, tuple[datetime, int, int] | None] = {}
        self._day_first: bool | None = True
        if self.language in {"", "en"}:
            regions = set(tag[1:])
            self._day_first = True if regions & _DAY_FIRST_ENGLISH else False if "us" in regions else None
        self._learn(samples)

    def _learn(self, samples: Iterable[str]) -> None:
        first = second = False
        for sample in samples:
            for match in _NUMBERS.finditer(sample[:200]):
                if match[2] != ".":
                    first = first or int(match[1]) > 12
                    second = second or int(match[3]) > 12
        if first != second:
            self._day_first = first

    def read(self, text: str) -> datetime | None:
        """The first time in ``text``; without a zone where none is told."""
        found = self.find(text)
        return found[0] if found else None

    def find(self, text: str) -> tuple[datetime, int, int] | None:
        """The first time in ``text``, and from where to where its date reaches."""
        text = text[:400]
        if text not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> tuple[datetime, int, int] | None:
        text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")
        stamped = from_attribute(text)
        if stamped is not None:
            return stamped, 0, len(text)
        if not re.search(r"\d", text):
            return None
        day = self._numeric(text) or self._named(text)
        if day is None:
            return None
        (year, month, date), start, end = day
        hour, minute, second, zone, until, begin = _clock(text, start, end)
        try:
            made = datetime(year, month, date, hour, minute, second, tzinfo=zone)
        except ValueError:
            return None
        plausible = _plausible(made)
        return (plausible, min(start, begin), max(end, until)) if plausible else None

    def _numeric(self, text: str) -> tuple[tuple[int, int, int], int, int] | None:
        match = _ISO.search(text)
        if match:
            year, month, date = (int(group) for group in match.groups() if group)
            return (year, month, date), match.start(), match.end()
        match = _NUMBERS.search(text)
        if match is None:
            return None
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        if year < 100:
            year += 2000 if year < 70 else 1900
        day_first = True if match[2] == "." else self._day_first
        if one > 12 or two > 12:
            day_first = one > 12
        elif one == two:
            day_first = True
        if day_first is None:
            return None
        date, month = (one, two) if day_first else (two, one)
        return ((year, month, date), match.start(), match.end()) if month <= 12 else None

    def _named(self, text: str) -> tuple[tuple[int, int, int], int, int] | None:
        folded = text.lower()
        if len(folded) != len(text):
            return None
        for language in dict.fromkeys((self.language, "en", *_LANGUAGES)):
            months = _months(language)
            if months is None:
                continue
            pattern, numbers = months
            for match in pattern.finditer(folded):
                number = numbers[match["month"].rstrip(".")]
                date = match["before"] or match["after"]
                year = match["year"]
                if date and year and 1 <= int(date) <= 31:
                    return (int(year), number, int(date)), match.start(), match.end()
        return None


@cache
def _months(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return None
    try:
        info = import_module(f"dateparser.data.date_translation_data.{language}").info
    except ImportError:
        return None
    numbers: dict[str, int] = {}
    for number, month in enumerate(_MONTHS, start=1):
        for name in info.get(month, ()):
            plain = name.lower().rstrip(".")
            if not plain.isdigit() and len(plain) > 1:
                numbers.setdefault(plain, number)
    names = "|".join(re.escape(name) for name in sorted(numbers, key=len, reverse=True))
    if not names:
        return None
    pattern = (
        r"(?<![\w])(?:(?P<before>\d{1,2})\s?(?:st|nd|rd|th|er|ère|º|ª|\.)?,?\s?(?:of |de |d['’]|d\. |den |en )?)?[\s-]?"
        rf"(?<![^\W\d])(?P<month>{names})\b\.?"
        r"(?:[\s-]+(?P<after>\d{1,2})(?:st|nd|rd|th|er)?(?![\d:]))?"
        r"(?:\s*(?:,|\bde\b|\bdel\b|\ba\b|\bat [\d:]+(?:\s?[ap]m)?\b)?[\s,-]*(?P<year>(?:19|20)\d\d)(?!\d))?"
    )
    return re.compile(pattern), numbers


def _clock(text: str, start: int, end: int) -> tuple[int, int, int, timezone | None, int, int]:
    """Hour, minute, second and zone that stand beside the date at ``[start, end)``, and where they end and begin."""
    for lowest, highest in ((end, min(len(text), end + 40)), (max(0, start - 30), start)):
        match = _CLOCK.search(text, lowest, highest) or _HALF.search(text, lowest, highest)
        if match is None or (match.re is _CLOCK and not match["minute"] and not match["half"]):
            continue
        hour = int(match["hour"])
        half = (match["half"] or "").lower()
        if half.startswith("p") and hour < 12:
            hour += 12
        elif (half.startswith("a") and hour == 12) or hour == 24:
            hour = 0
        groups = match.groupdict()
        return (
            hour,
            int(groups.get("minute") or 0),
            int(groups.get("second") or 0),
            _zone(groups.get("zone")),
            match.end(),
            match.start(),
        )
    return 0, 0, 0, None, end, start


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    name = name.lower().replace(" ", "")
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name])) if _ZONES[name] else UTC
    match = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d\d)?", name)
    if match is None:
        return None
    away = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if away > timedelta(hours=15):
        return None
    return timezone(-away if match[1] == "-" else away) if away else UTC


def _plausible(time: datetime) -> datetime | None:
    return time if 1980 <= time.year <= 2100 else None
