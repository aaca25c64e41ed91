"""Names in treebanks that mark who and what a text mentions (the column ``Entity=`` of GUM), as spans of words.

A mention is a whole phrase with its articles, modifiers and clauses; what is kept is the proper name at its
head, by the conventions of the other corpora: no article, no title, nothing in apposition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Rows = Sequence[Sequence[str]]

_BRACKET = re.compile(r"\(([^()-]+)-([a-z]+)([^()]*)|([^()]*)\)")
_IDENTITY = 6
_JOINS = {
    "person": frozenset({"de", "di", "da", "la", "von", "van", "der", "bin", "al", "-"}),
    "organization": frozenset({"of", "the", "for", "and", "&", "de", "-"}),
    "place": frozenset({"of", "the", "de", "-"}),
    "event": frozenset({"of", "the", "-"}),
}
# fmt: off
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "professor", "president", "senator",
    "sen", "rep", "representative", "governor", "gov", "mayor", "king", "queen", "prince", "princess", "pope",
    "saint", "general", "gen", "colonel", "col", "captain", "capt", "major", "lieutenant", "sergeant", "judge",
    "justice", "congressman", "congresswoman", "secretary", "minister", "chancellor", "father", "brother",
    "sister", "uncle", "aunt", "coach", "officer", "ambassador", "speaker", "chair", "chairman", "honor",
    "inspector", "detective",
})
# fmt: on


UNCLEAR = "unclear"
"""The kind of proper nouns that are at the head of nothing marked: names or parts of them, of whatever kind."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name over the words ``[start, end)`` of a sentence with the treebank's kind; ``people`` for several persons."""

    start: int
    end: int
    kind: str


def named_mentions(rows: Rows) -> list[Mention]:
    """The names of a sentence. ``rows`` are its syntactic words (ten columns each), without ranges and empty nodes."""
    phrases = _phrases(rows)
    places = {row[0]: at for at, row in enumerate(rows)}
    found = []
    for start, end, kind, known in phrases:
        heads = [at for at in range(start, end) if not start <= places.get(rows[at][6], -1) < end]
        if not heads or not _is_name(rows[heads[0]], known):
            continue
        low, high = _extent(rows, heads[0], start, end, _JOINS.get(kind, frozenset()))
        if kind == "person":
            low = max([low, *(stop for at, stop, other, _ in phrases if other != kind and low <= at < stop < high)])
            while low < high and rows[low][1].rstrip(".").lower() in TITLES:
                low += 1
            if any(row[4] == "NNPS" for row in rows[low:high]):
                kind = "people"
        if low < high:
            found.append(Mention(low, high, kind))
    covered = {at for one in found for at in range(one.start, one.end)}
    left = [at for at, row in enumerate(rows) if row[3] == "PROPN" and at not in covered]
    return found + [Mention(at, at + 1, UNCLEAR) for at in left if rows[at][1].rstrip(".").lower() not in TITLES]


def _phrases(rows: Rows) -> list[tuple[int, int, str, bool]]:
    """The marked phrases as ``(start, end, kind, known)``, the last true where the thing is one of Wikipedia's."""
    still_open: list[tuple[str, int, str, bool]] = []
    phrases = []
    for at, row in enumerate(rows):
        marks = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for mark in _BRACKET.finditer(marks):
            if mark[1]:
                still_open.append((mark[1], at, mark[2], len(mark[3].split("-")) > _IDENTITY))
                continue
            for index in range(len(still_open) - 1, -1, -1):
                if not mark[4] or still_open[index][0] == mark[4]:
                    _, start, kind, known = still_open.pop(index)
                    phrases.append((start, at + 1, kind, known))
                    break
    return phrases


def _is_name(row: Sequence[str], known: bool) -> bool:
    return row[1][0].isupper() and (row[3] == "PROPN" or (known and row[3] in {"NOUN", "ADJ", "VERB", "X"}))


def _part(row: Sequence[str]) -> bool:
    """Whether a word beside a name belongs to it."""
    if row[3] == "PROPN":
        return True
    return row[1][0].isupper() and row[3] in {"NOUN", "ADJ", "VERB", "X", "NUM"} and row[7] != "root"


def _extent(rows: Rows, head: int, start: int, end: int, joins: frozenset[str]) -> tuple[int, int]:
    low, high = head, head + 1
    while (step := _reach(rows, range(low - 1, start - 1, -1), joins)) is not None:
        low = step
    while (step := _reach(rows, range(high, end), joins)) is not None:
        high = step + 1
    return low, high


def _reach(rows: Rows, way: range, joins: frozenset[str]) -> int | None:
    """The next word of the name that way, at most two joining words away."""
    for at in way[:3]:
        if _part(rows[at]):
            return at
        if rows[at][1].lower() not in joins:
            return None
    return None
