"""Places, buildings and peoples that stand for an institution: "Moscow", "the Pentagon", "the Russians".

=============== ==== ==================================================================================
rule:metonymy   0.75 a capital or a building speaks: the government or the institution in it
rule:demonym    0.65 a people speaks as one ("the Russians"), or its government is named by it
=============== ==== ==================================================================================

Only what speaks is meant so: where the place is a place ("officials in Moscow", "MOSCOW (Reuters) -") it names nobody.
Officials of a country stay unnamed: that the government said it is more than the text says.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.claims.speakers_data import demonyms, fold, government_of, metonyms

CONFIDENCE: Final = {"rule:metonymy": 0.75, "rule:demonym": 0.65}

_ARTICLE: Final = re.compile(r"the\s+", re.IGNORECASE)
_GOVERNMENT: Final = re.compile(
    r"(?:the\s+)?(?P<people>[^\W\d_a-z][\w-]*(?:\s[^\W\d_a-z][\w-]*)?)\s+(?:government|side|leadership|regime)"
)
_DATELINE: Final = re.compile(r"\s*(?:,\s*[^\n()]{1,40})?\s*(?:\([^()\n]{2,40}\)\s*)?(?:--?|[—–])\s")


def institution_meant(words: str) -> tuple[str, str] | None:
    """The government or institution that a whole source means, and by which rule; ``None`` for anything else."""
    article = _ARTICLE.match(words)
    bare = words[article.end() :] if article is not None else words
    if not bare[:1].isupper() and not bare[:1].isdigit():
        return None
    institution = metonyms().get(fold(bare))
    if institution is not None:
        return institution, "rule:metonymy"
    if article is not None and bare.endswith(("s", "sh", "ch", "se")) and (country := demonyms().get(fold(bare))):
        return government_of(country), "rule:demonym"
    government = _GOVERNMENT.fullmatch(words)
    if government is not None and (country := demonyms().get(fold(government["people"]))):
        return government_of(country), "rule:demonym"
    return None


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a place opens its paragraph as the line of where a report is from: it says nothing there."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip() and _DATELINE.match(text, end) is not None
