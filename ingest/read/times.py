"""Times as people write them under comments and by-lines."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

_WORD: Final = r"[^\W\d_]{2,12}\.?"
_WEEKDAY: Final = (
    r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|mo|di|mi|do|fr|sa|so"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|(?:segunda|terça|quarta|quinta|sexta)-feira|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\.?,?[ ]+"
)
_DAY: Final = (
    r"(?:\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
    rf"|(?:{_WEEKDAY})?{_WORD}[ ]+\d{{1,2}}(?:st|nd|rd|th)?,?[ ]+\d{{4}}"
    rf"|(?:{_WEEKDAY})?\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?[ ]+(?:de[ ]+|of[ ]+)?{_WORD}(?:[ ]+de)?,?[ ]+\d{{4}}"
    r"|\d{4}年\d{1,2}月\d{1,2}日)"
)
_CLOCK: Final = (
    r"\d{1,2}(?:[:.h]\d{2}(?:[:.]\d{2})?|(?=[ ]?[ap]\.?m))(?:\.\d+)?[ ]?(?:[ap]\.?m\b\.?|Uhr)?"
    r"(?:[ ]?(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2})\b)?"
)
_JOIN: Final = r"(?:[ ]*[,T@|·•–—-]?[ ]*(?:(?:at|um|à|a las|alle|às|kl\.?|om|в|o)[ ]+)?)"
_AGO: Final = (
    r"(?:(?:\d{1,3}|an?|one)[ ]+(?:second|minute|min|hour|hr|day|week|month|year)s?[ ]+ago|yesterday|just now)"
)

WHEN: Final = re.compile(rf"(?:{_DAY}(?:{_JOIN}{_CLOCK})?|{_CLOCK}{_JOIN}{_DAY}|{_AGO})", re.IGNORECASE)
"""A date, with or without a time of day, or a time counted from now."""

_UNSURE: Final = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-]\d{4}")
_JOINTS: Final = re.compile(
    r"[ ]*[@|·•–—][ ]*|[ ]+-[ ]+|[ ]+(?:um|à|a las|alle|às|kl\.?|om)[ ]+|[ ]+o[ ]+(?=\d)", re.IGNORECASE
)


_AROUND: Final = re.compile(
    r"\b(?:posted|on|at|am|um|le|el|den|permalink|link|reply|edited|says?|said|comment|commented)\b|#\d*|\W",
    re.IGNORECASE,
)

_COMMON: Final = ["en", "de", "fr", "es", "it", "nl", "pt", "ru", "pl", "sv"]


def time_line(words: str) -> str | None:
    """The time in a line that holds nothing else to speak of, as it is written there."""
    if len(words) > 80:
        return None
    match = WHEN.search(words)
    if match is None or len(match[0]) < 6:
        return None
    rest = _AROUND.sub("", words[: match.start()] + words[match.end() :])
    return match[0].strip() if len(rest) <= 2 else None


@lru_cache(maxsize=4096)
def parse_time(text: str, language: str | None = None) -> datetime | None:
    """The time a text names, with its zone only where the text names one.

    ``None`` for what is no time, for one counted from now ("3 hours ago": nobody knows from when), and for a day
    that reads both ways (03/04/2025).
    """
    cleaned = " ".join(text.split())
    if not 6 <= len(cleaned) <= 80 or not re.search(r"\d{4}", cleaned) or re.search(_AGO, cleaned, re.IGNORECASE):
        return None
    try:
        return datetime.fromisoformat(cleaned)
    except ValueError:
        pass
    unsure = _UNSURE.search(cleaned)
    if unsure is not None and int(unsure[1]) <= 12 and int(unsure[2]) <= 12 and unsure[1] != unsure[2]:
        return None
    import dateparser  # type: ignore[import-untyped]  # slow to import, and most pages have no such line

    languages = _COMMON if language is None else ["en"] if language == "en" else [language, "en"]
    order = "DMY" if unsure is None or int(unsure[1]) > 12 else "MDY"
    try:
        parsed: datetime | None = dateparser.parse(
            _JOINTS.sub(" ", cleaned),
            languages=languages,
            settings={"DATE_ORDER": order, "STRICT_PARSING": True, "PREFER_DATES_FROM": "past"},
        )
    except (ValueError, OverflowError, RecursionError):
        # ValueError: a language that dateparser does not know.
        return parse_time(text) if language not in (None, "en") else None
    return parsed
