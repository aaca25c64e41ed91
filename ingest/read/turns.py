"""Transcripts and interviews: which paragraphs begin a turn, and which go on with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from ingest.model import Span
from ingest.read.labels import is_full_name, is_generic, key_of, label_at
from ingest.read.pieces import Piece
from ingest.read.voice import ends_speech, leaves_open, narrates, opens_quotation

_DENSE: Final = 0.4
"""How many paragraphs of a transcript begin with a label, at least, where neither bold type nor the names show it."""

_LONGEST_NAME: Final = 4
_AHEAD: Final = 12
"""Paragraphs in which the thanks that end a speech are looked for."""

_SHORT: Final = 80
_ENDS: Final = re.compile(r"[.!?…:;][\"”’»)\]*_]*$|[\"”»]$")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_BARE: Final = "*_ \t\n\xa0"


def turns_of(text: str, pieces: Sequence[Piece]) -> dict[int, tuple[Span, int]]:
    """For each piece that begins a turn: where its label stands, and how many pieces the turn has."""
    labels = _labels(text, pieces)
    begun = sorted(labels)
    found: dict[int, tuple[Span, int]] = {}
    said: list[int] = []
    for place, number in enumerate(begun):
        label, following = labels[number], begun[place + 1] if place + 1 < len(begun) else None
        length = _length(text, pieces, number, label, following, said)
        found[number] = label, length
        # A label that has its line to itself is no paragraph of what is said.
        said.append(length - (label.end >= pieces[number].end))
    return found


# --- where a turn begins ---------------------------------------------------------------------------------------------


def _labels(text: str, pieces: Sequence[Piece]) -> dict[int, Span]:
    labels: dict[int, Span] = {}
    for number, piece in enumerate(pieces):
        if piece.kind in {"paragraph", "quote", "item"}:
            label = label_at(text, piece.start, piece.end, bold=piece.bold)
            if label is not None and (label.end < piece.end or _heads(text, pieces, number, label)):
                labels[number] = label
    if not labels:
        return {}
    keys = _keys(text, labels)
    bold = {number for number, label in labels.items() if _is_bold(pieces[number], label)}
    turns = _spoken(text, pieces, {number: labels[number] for number in sorted(bold)}, keys, bold=True)
    if not turns:
        plain = {
            number: label
            for number, label in labels.items()
            if text[label.start : label.end].rstrip(_BARE)[-1] in ":：."
        }
        turns = _spoken(text, pieces, plain, keys, bold=False)
    return {
        number: label
        for number, label in labels.items()
        if number in turns or _stands_alone(text, pieces, number, label)
    }


def _heads(text: str, pieces: Sequence[Piece], number: int, label: Span) -> bool:
    """Whether a label that has its line to itself stands above somebody's words."""
    if number + 1 >= len(pieces) or pieces[number + 1].kind not in {"paragraph", "quote", "item"}:
        return False
    return pieces[number].bold > 0 or is_generic(label.of(text))


def _is_bold(piece: Piece, label: Span) -> bool:
    return 0 <= label.end - piece.start - piece.bold <= 1


def _keys(text: str, labels: Mapping[int, Span]) -> dict[int, str]:
    """Who each label names: "Carlos Ruiz, host" and "Ruiz" are one."""
    keys = {number: key_of(label.of(text)) for number, label in labels.items()}
    family: dict[str, set[str]] = {}
    for key in set(keys.values()):
        if " " in key:
            family.setdefault(key.rsplit(" ", 1)[1], set()).add(key)
    fuller = {surname: min(full) for surname, full in family.items() if len(full) == 1}
    return {number: fuller.get(key, key) for number, key in keys.items()}


def _spoken(
    text: str, pieces: Sequence[Piece], labels: Mapping[int, Span], keys: Mapping[int, str], *, bold: bool
) -> frozenset[int]:
    """Which of the labelled pieces are turns of a transcript; none where this is no transcript."""
    names = Counter(keys[number] for number in labels)
    if not names:
        return frozenset()
    full = {keys[number] for number, label in labels.items() if is_full_name(label.of(text))}
    several = len(names) >= 2 and len(labels) >= 3 and max(names.values()) >= 2
    if _is_about(text, pieces, labels):
        return frozenset()
    if bold:
        return frozenset(labels) if several or (len(names) >= 2 and full == set(names)) else frozenset()
    plain = all(keys[number] in full or is_generic(label.of(text)) for number, label in labels.items())
    if several and (plain or _density(pieces, labels) >= _DENSE):
        return frozenset(labels)
    if len(labels) >= 3 and full == set(names) and not _has_headings(text, labels):
        # Everybody speaks once, as where a page collects statements.
        return frozenset(labels) if _density(pieces, labels) >= _DENSE else frozenset()
    return frozenset(number for number in labels if keys[number] in full and names[keys[number]] >= 2)


def _has_headings(text: str, labels: Mapping[int, Span]) -> bool:
    """Whether some labels are written as headings are, and not as names: in capitals, or of many words."""
    return any(
        (words := key_of(label.of(text)).split()) and (len(words) > _LONGEST_NAME or label.of(text).isupper())
        for label in labels.values()
    )


def _is_about(text: str, pieces: Sequence[Piece], labels: Mapping[int, Span]) -> bool:
    """Whether these are headings of what is told of each, or a table, and nothing that they say."""
    told = bare = 0
    for number, label in labels.items():
        words = text[label.end : pieces[number].end]
        bare += label.end < pieces[number].end and _LETTERS.search(words) is None
        told += not is_generic(label.of(text)) and narrates(words, key_of(label.of(text)))
    return told * 3 >= len(labels) or bare * 2 >= len(labels)


def _density(pieces: Sequence[Piece], labels: Mapping[int, Span]) -> float:
    """Words before a colon come back in essays as well, pages apart."""
    between = pieces[min(labels) : max(labels) + 1]
    return len(labels) / sum(1 for piece in between if piece.kind != "heading")


def _stands_alone(text: str, pieces: Sequence[Piece], number: int, label: Span) -> bool:
    """Whether one label is a turn without any other: a sentence leads to it, or quotation marks follow it."""
    words = label.of(text).rstrip(_BARE)
    if not words.endswith((":", "：")) or not is_full_name(words):
        return False
    if opens_quotation(text[label.end : pieces[number].end].lstrip(_BARE)):
        return True
    while number > 0 and pieces[number - 1].kind == "caption":
        number -= 1
    if number == 0 or pieces[number - 1].kind not in {"paragraph", "heading"}:
        return False
    above = pieces[number - 1]
    return text[above.start : above.end].rstrip(_BARE).endswith((":", "："))


# --- how far it reaches ----------------------------------------------------------------------------------------------


def _length(
    text: str, pieces: Sequence[Piece], number: int, label: Span, following: int | None, before: Sequence[int]
) -> int:
    """How many pieces a turn has.

    ``following`` is where the next one begins, ``before`` how many paragraphs were said in each of those before it.
    """
    begun = pieces[number]
    own = text[label.end : begun.end].lstrip(_BARE)
    in_marks = opens_quotation(own)
    length = 1
    for place in range(number + 1, len(pieces) if following is None else following):
        piece = pieces[place]
        words = text[piece.start : piece.end]
        if piece.kind in {"heading", "caption"} or piece.after_rule or (piece.kind == "quote" != begun.kind):
            break
        above = text[pieces[place - 1].start : pieces[place - 1].end] if length > 1 else own
        if in_marks:
            # Quotation marks tell where the words end.
            if not (leaves_open(above) and opens_quotation(words)):
                break
        elif (own or length > 1) and following is None and not _last_goes_on(text, pieces, place, above, label, before):
            break
        length += 1
    return length


def _last_goes_on(
    text: str, pieces: Sequence[Piece], place: int, above: str, label: Span, before: Sequence[int]
) -> bool:
    """Whether the last turn goes on with a piece: no label tells whether the transcript does."""
    words = text[pieces[place].start : pieces[place].end]
    if ends_speech(above) or narrates(words, key_of(label.of(text))):
        return False
    if len(words) <= _SHORT and _ENDS.search(words) is None and pieces[place].kind != "item":
        return False
    if len(before) >= 2 and max(before) == 1:
        # Everybody said one paragraph at a time: more would be a surprise, unless thanks end the whole.
        return any(ends_speech(text[piece.start : piece.end]) for piece in pieces[place : place + _AHEAD])
    return True
