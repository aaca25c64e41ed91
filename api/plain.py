"""Text that came from a page, made safe to print: one line, nothing in it that steers a terminal or a typesetter."""

from __future__ import annotations

import unicodedata

_REORDER = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def clean(text: str | None) -> str:
    """Text on one line, without control characters and those that reorder what is seen."""
    return " ".join("".join(" " if steers(character) else character for character in text or "").split())


def steers(character: str) -> bool:
    """Whether a character does something other than to be seen."""
    return unicodedata.category(character) == "Cc" or character in _REORDER
