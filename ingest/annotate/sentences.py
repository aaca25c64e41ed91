"""Sentences: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.annotate import lexicon

_END = re.compile(r"(?<![.!?…])([.!?…]+)([\"'”’»)\]]{0,4})(\s+)(?=[\"'“‘«„(\[¿¡—–-]{0,3}[^\W_a-zß-öø-ÿ])")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+$")
_NAME_AND_VERB = re.compile(r"(?:[A-Z][\w.’'-]{0,30}\s+){1,4}(\w{1,20})\b|(?:He|She|They|I|We)\s+(\w{1,20})\b")
_LETTERS = re.compile(r"(?:[A-Z]\.)+[A-Z]?$|^[A-Z]$")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of the paragraph ``[start, end)``, as ``(start, end)`` without white space at their edges."""
    begin = start
    for match in _END.finditer(text, start, end):
        if _goes_on(text, begin, match, end):
            continue
        yield begin, match.start(3)
        begin = match.end()
    if begin < end:
        yield begin, end


def _goes_on(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    stops, closing = match[1], match[2]
    if closing and ("“" in closing or stops[-1] in "?!"):
        # “Why?” Trump asked: the mark ends what is quoted, not the sentence.
        reporting = _NAME_AND_VERB.match(text, match.end(), min(end, match.end() + 160))
        if reporting is not None and (reporting[1] or reporting[2]).lower() in lexicon.verbs():
            return True
    if stops != "." or closing:
        return False
    word = _WORD_BEFORE.search(text, max(begin, match.start() - 24), match.start())
    if word is None:
        return False
    if word[0].lower() in lexicon.words("abbreviations"):
        return True
    if _LETTERS.search(word[0]):
        # J. K. Rowling, U.S. President: an initial never ends a sentence, an acronym does before a common opening.
        following = text[match.end() : match.end() + 12].split(maxsplit=1)
        return len(word[0]) == 1 or not following or following[0].lower() not in lexicon.words("clause_starts")
    return False
