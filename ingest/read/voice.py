"""Whose voice a paragraph's wording is in: the writer's own, a quotation's that goes on, a narrator's."""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = '“"«„‘'
_OWN: Final = re.compile(
    r"(?:so|and|but|now|yet|thus|hence|however|notice|note|of course|then|here|still|or|that said|in other words|this"
    r"|that|these|those|i|i['’]\w+|we|we['’]\w+|my|our|as i|as we|as you|if you|you|your|keep in mind|recall|remember"
    r"|needless|to be fair|nevertheless|therefore|also|well|anyway|indeed|in keeping|one has to|let['’]s|let us|sure"
    r"|exactly|meanwhile|personally|imo|imho|perhaps|maybe)\b",
    re.IGNORECASE,
)
_FIRST_PERSON: Final = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|me|my|mine|myself)\b")
_QUOTED: Final = re.compile(r"[“\"„«][^“”\"«»\n]*(?:[”\"»“]|$)")
_REPORTS: Final = re.compile(
    r"\b(?:said|says|told|added|adds|announced|reported|noted|warned|stated|wrote|claimed|confirmed|denied|according to"
    r"|officials|spokes(?:man|woman|person))\b"
)
_TAKES_UP: Final = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|\(…\)|\[)\s?\S")
_CLOSING: Final = re.compile(
    r"(?:thank you|thanks|many thanks|goodbye|good bye|good night)\b[^.!?]{0,80}[.!]?\s*$"
    r"|[(\[]?(?:end(?:s|ed)?(?: of (?:transcript|interview|briefing))?)[.)\]]*\s*$",
    re.IGNORECASE,
)
_LAST_SENTENCE: Final = re.compile(r"(?:^|[.!?…]\s+|\n)([^.!?…\n]*[.!?…]?)\s*$")
_OPENS_FOR: Final = {"”": "“„", "»": "«", "“": "„"}
_CLOSING_MARKS: Final = {"“": "”", "„": "“”", "«": "»"}
_CLOSES_SINGLE: Final = re.compile(r"(?<=[.,!?…”])[’']|[’'](?=[.,!?]?$)")


def opens_quotation(words: str) -> bool:
    """Whether a paragraph begins with a mark that opens a quotation."""
    return words[:1] != "" and words[0] in _OPENING


def leaves_open(words: str) -> bool:
    """Whether a quotation that a paragraph opens is not closed in it, as where the next one goes on with it.

    Of a paragraph that begins with a quotation it is that one that counts, else the last one.
    """
    if opens_quotation(words):
        at = 0
    else:
        at = max(words.rfind(mark) for mark in "“„«")
        if at < 0:
            return words.count('"') % 2 == 1
    mark, rest = words[at], words[at + 1 :]
    if mark == '"':
        return words.count('"') % 2 == 1
    if mark == "‘":
        return _CLOSES_SINGLE.search(rest) is None
    return not any(closing in rest for closing in _CLOSING_MARKS[mark])


def closes_quotation(words: str) -> bool:
    """Whether a paragraph ends with a mark that closes a quotation which it does not open."""
    end = words.rstrip(" *_\t")[-1:]
    before = words.rstrip(" *_\t")[-2:-1]
    if end == "’":
        return before in ".,!?…”" and "‘" not in words
    if end == '"':
        return words.count('"') % 2 == 1
    return end in "”»“" and end != "" and words.count(end) > sum(words.count(mark) for mark in _OPENS_FOR[end])


def is_own_voice(words: str) -> bool:
    """Whether a paragraph goes on in the writer's own voice: "So he admits it.", "I doubt that."."""
    return _OWN.match(words.lstrip("*_ ")) is not None


def goes_on_as_report(words: str) -> bool:
    """Whether a paragraph reads like the next one of a news report: it attributes, and nobody says "I" in it."""
    if is_own_voice(words):
        return False
    return _REPORTS.search(words) is not None and _FIRST_PERSON.search(_QUOTED.sub(" ", words)) is None


def is_neutral(words: str) -> bool:
    """Whether a paragraph may be anybody's: no sign of the writer in it."""
    return not is_own_voice(words) and _FIRST_PERSON.search(_QUOTED.sub(" ", words)) is None and "?" not in words


def takes_up(words: str) -> bool:
    """Whether a paragraph visibly goes on with what stood before it: "[...] and so on", or without a capital."""
    return _TAKES_UP.match(words) is not None or words[:1].islower()


def ends_speech(words: str) -> bool:
    """Whether what somebody says comes to its end here: thanks, good-byes, "(End)"."""
    last = _LAST_SENTENCE.search(words.rstrip())
    return _CLOSING.match(words) is not None or (last is not None and _CLOSING.match(last[1].strip()) is not None)


def narrates(words: str, name: str) -> bool:
    """Whether a paragraph tells of the person ``name`` (in lower case), who therefore is not the one who speaks."""
    family = name.rsplit(" ", 1)[-1]
    if len(family) < 3:
        return False
    return re.search(rf"\b{re.escape(family)}\b", _QUOTED.sub(" ", words).casefold()) is not None
