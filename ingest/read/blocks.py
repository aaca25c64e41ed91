"""Roles of paragraphs that only their wording and their neighbours tell: turns, quotations, and how far they reach.

A reader gives its paragraphs with what its own layout says of each (``Piece``): mark-up says much, plain text little.
What is decided here is the same for both:

- **Turns** of transcripts and interviews; a turn's lead-in is its label ("Yury Ushakov:").
- **Quotations**: blocks that are marked as such, or that stand behind a sentence with a colon and are not in the
  writer's own voice. Their lead-in is that sentence, or the name that they are signed with. Where nothing is marked, a
  quotation reaches over the paragraphs that go on as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.model import Block, Span
from ingest.read.lead_ins import (
    brings_in_words,
    is_address,
    is_report,
    last_sentence,
    points_elsewhere,
    signature_behind,
    signature_below,
    signature_in,
    signed_quotation,
    tells_of_the_same,
)
from ingest.read.pieces import Piece
from ingest.read.turns import turns_of
from ingest.read.voice import (
    closes_quotation,
    goes_on_as_report,
    is_neutral,
    is_own_voice,
    leaves_open,
    opens_quotation,
    takes_up,
)

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_ENCLOSED: Final = 8
"""Paragraphs that one pair of quotation marks may stand around."""


def with_roles(text: str, pieces: Sequence[Piece], *, marked: bool, surely: bool = False) -> tuple[Block, ...]:
    """The blocks of a page in order; together they cover what ``pieces`` cover.

    Args:
        marked: the page has mark-up for quotations: without it, only what stands in quotation marks behind a lead-in is
            one.
        surely: without the mark, only what a lead-in surely brings in is one: comments have headings with colons.
    """
    turns = turns_of(text, pieces)
    spoken = {number + more for number, (_, length) in turns.items() for more in range(length)}
    runs = _signed(text, pieces, spoken, _runs(text, pieces, spoken, marked=marked, surely=surely))
    lead_ins = {number: run.lead_in for run in runs for number in run.pieces}
    blocks: list[Block] = []
    for number, piece in enumerate(pieces):
        if number in turns:
            label, length = turns[number]
            blocks.append(Block("turn", piece.start, pieces[number + length - 1].end, label))
        elif number in spoken:
            continue
        elif number in lead_ins:
            blocks.append(Block("quote", piece.start, piece.end, lead_ins[number]))
        else:
            blocks.append(Block(piece.kind, piece.start, piece.end))
    return tuple(blocks)


@dataclass(slots=True)
class _Run:
    """The pieces of one quotation, by their numbers."""

    depth: int
    lead_in: Span | None
    pieces: list[int] = field(default_factory=list)


def _runs(text: str, pieces: Sequence[Piece], spoken: set[int], *, marked: bool, surely: bool) -> list[_Run]:
    """The quotations of a page, each with the sentence that leads to it."""
    runs: list[_Run] = []
    around: list[_Run] = []  # marked quotations that are open, each within the one before it
    number = 0
    while number < len(pieces):
        piece = pieces[number]
        if number in spoken or piece.kind != "quote":
            around.clear()
            run = None if number in spoken else _unmarked(text, pieces, number, spoken, marked=marked, surely=surely)
            if run is not None:
                runs.append(run)
                number += len(run.pieces)
            else:
                number += 1
            continue
        depth = max(piece.depth, 1)
        while around and around[-1].depth > depth:
            around.pop()
        if not around or around[-1].depth < depth:
            around.append(_Run(depth, _lead_in_above(text, pieces, number, spoken, within=bool(around))))
            runs.append(around[-1])
        around[-1].pieces.append(number)
        number += 1
    return runs


def _lead_in_above(text: str, pieces: Sequence[Piece], number: int, spoken: set[int], *, within: bool) -> Span | None:
    """The sentence that leads to a marked quotation; ``within`` another one only a colon does."""
    place = number - 1
    while place >= 0 and pieces[place].kind == "caption":
        place -= 1
    if place < 0 or place in spoken:
        return None
    above = pieces[place]
    return last_sentence(
        text, above.start, above.end, wrapped=above.wrapped, open_ended=not within and above.kind == "paragraph"
    )


def _unmarked(
    text: str, pieces: Sequence[Piece], number: int, spoken: set[int], *, marked: bool, surely: bool
) -> _Run | None:
    """The quotation that begins with a piece which nothing marks as one."""
    piece = pieces[number]
    if piece.kind not in {"paragraph", "item"}:
        return None
    signature = signed_quotation(text, piece.start, piece.end)
    if signature is not None:
        return _Run(1, signature, [number])
    if piece.kind == "item":
        return None
    words = text[piece.start : piece.end]
    lead_in = _lead_in_before(text, pieces, number, spoken)
    enclosed = _enclosed(text, pieces, number, spoken)
    if enclosed > 1:
        return _Run(1, lead_in, list(range(number, number + enclosed)))
    below = _signature(text, pieces[number + 1]) if number + 1 < len(pieces) and number + 1 not in spoken else None
    if below is not None and not is_address(below.of(text)):
        if lead_in is not None or (opens_quotation(words) and _is_all_quoted(words)):
            return _Run(1, below, [number])
        below = None
    if lead_in is None or words.rstrip("*_").endswith((":", "：")) or is_address(words):
        return None
    if below is not None and not is_own_voice(words):
        return _Run(1, lead_in, [number])
    if opens_quotation(words):
        if not _is_all_quoted(words) and (surely or marked):
            return None
    elif marked or not _may_be_quoted(words, lead_in.of(text), surely=surely):
        return None
    run = _Run(1, lead_in, [number])
    report = is_report(lead_in.of(text))
    following = number + 1
    while following < len(pieces) and following not in spoken:
        reach = _goes_on(text, pieces, following, spoken, report=report)
        if not reach:
            break
        run.pieces.extend(range(following, following + reach))
        following += reach
    return run


def _may_be_quoted(words: str, lead_in: str, *, surely: bool) -> bool:
    """Whether a paragraph without any mark can be what the lead-in above it brings in."""
    if is_own_voice(words) or _WORD.search(words) is None or points_elsewhere(lead_in):
        return False
    if not is_report(lead_in) and tells_of_the_same(lead_in, words):
        return False
    return brings_in_words(lead_in, surely=surely)


def _enclosed(text: str, pieces: Sequence[Piece], number: int, spoken: set[int]) -> int:
    """Over how many pieces a quotation reaches that opens with the first and closes with the last; 0 for none."""
    words = text[pieces[number].start : pieces[number].end]
    if words[:1] == '"' or not opens_quotation(words) or not leaves_open(words):
        return 0
    for place in range(number + 1, min(number + _ENCLOSED, len(pieces))):
        piece = pieces[place]
        if place in spoken or piece.kind != "paragraph" or piece.after_rule:
            return 0
        words = text[piece.start : piece.end]
        if opens_quotation(words):
            return 0
        if closes_quotation(words):
            return place - number + 1
    return 0


def _lead_in_before(text: str, pieces: Sequence[Piece], number: int, spoken: set[int]) -> Span | None:
    place = number - 1
    while place >= 0 and pieces[place].kind == "caption":
        place -= 1
    if place < 0 or place in spoken or pieces[place].kind not in {"paragraph", "heading"} or pieces[number].after_rule:
        return None
    above = pieces[place]
    return last_sentence(text, above.start, above.end, wrapped=above.wrapped)


def _goes_on(text: str, pieces: Sequence[Piece], number: int, spoken: set[int], *, report: bool) -> int:
    """How many pieces, from ``number`` on, an unmarked quotation surely goes on for: none, one, or two.

    Two where the first could be anybody's and the second is surely part of the report that is quoted.
    """
    if _is_next(text, pieces, number, report=report):
        return 1
    piece, following = pieces[number], number + 1
    if (
        report
        and piece.kind == "paragraph"
        and not piece.after_rule
        and is_neutral(text[piece.start : piece.end])
        and following < len(pieces)
        and following not in spoken
        and _is_next(text, pieces, following, report=True)
    ):
        return 2
    return 0


def _is_next(text: str, pieces: Sequence[Piece], number: int, *, report: bool) -> bool:
    piece = pieces[number]
    words = text[piece.start : piece.end]
    if piece.kind != "paragraph" or piece.after_rule or words.rstrip("*_").endswith((":", "：")):
        return False
    if opens_quotation(words):
        above = text[pieces[number - 1].start : pieces[number - 1].end]
        return report or leaves_open(above) or (opens_quotation(above) and _is_all_quoted(words))
    return (takes_up(words) and not is_own_voice(words)) or (report and goes_on_as_report(words))


def _is_all_quoted(words: str) -> bool:
    return leaves_open(words) or words.rstrip(" .,;*_")[-1:] in '”"»“’'


def _signed(text: str, pieces: Sequence[Piece], spoken: set[int], runs: list[_Run]) -> list[_Run]:
    """The same quotations, each that is signed with its signature for a lead-in; a signature is no part of any.

    The address of where it is from, alone in the paragraph below, signs a quotation that no report's name leads to.
    """
    for run in runs:
        last = run.pieces[-1]
        signature = _signature(text, pieces[last]) if len(run.pieces) > 1 else None
        if signature is not None:
            run.pieces.pop()
        else:
            piece = pieces[last]
            signature = signature_below(text, piece.start, piece.end)
            if signature is None and piece.kind == "quote":
                signature = signature_behind(text, piece.start, piece.end)
        if signature is None and last + 1 < len(pieces) and last + 1 not in spoken:
            signature = _signature(text, pieces[last + 1])
            named = run.lead_in is not None and brings_in_words(run.lead_in.of(text), surely=True)
            if signature is not None and named and is_address(signature.of(text)):
                signature = None
        if signature is not None:
            run.lead_in = signature
    return runs


def _signature(text: str, piece: Piece) -> Span | None:
    if piece.signs or (piece.kind == "paragraph" and is_address(text[piece.start : piece.end])):
        return Span(piece.start, piece.end)
    if piece.kind not in {"paragraph", "quote", "item"} or piece.after_rule:
        return None
    return signature_in(text, piece.start, piece.end, dashed=piece.kind == "item")
