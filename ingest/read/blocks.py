"""Roles of paragraphs that only their wording and their neighbours tell: turns, quotations, and how far they reach.

A reader gives its paragraphs with what its own layout says of each (``Piece``): mark-up says much, plain text little.
What is decided here is the same for both:

- **Turns** of transcripts and interviews; a turn's lead-in is its label ("Yury Ushakov:").
- **Quotations**: blocks that are marked as such, or that stand behind a sentence with a colon and are not in the
  writer's own voice. Their lead-in is that sentence, or the name that they are signed with. Where nothing is marked, a
  quotation reaches over the paragraphs that go on as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.model import Block, Span
from ingest.read.lead_ins import is_report, last_sentence, signature_below, signature_in, signed_quotation
from ingest.read.pieces import Piece
from ingest.read.turns import turns_of
from ingest.read.voice import goes_on_as_report, is_neutral, is_own_voice, leaves_open, opens_quotation, takes_up


def with_roles(text: str, pieces: Sequence[Piece], *, marked: bool) -> tuple[Block, ...]:
    """The blocks of a page in order; together they cover what ``pieces`` cover.

    Args:
        marked: the page has mark-up for quotations: without it, only what stands in quotation marks behind a lead-in is
            one.
    """
    turns = turns_of(text, pieces)
    spoken = {number + more for number, (_, length) in turns.items() for more in range(length)}
    runs = _signed(text, pieces, spoken, _runs(text, pieces, spoken, marked=marked))
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


def _runs(text: str, pieces: Sequence[Piece], spoken: set[int], *, marked: bool) -> list[_Run]:
    """The quotations of a page, each with the sentence that leads to it."""
    runs: list[_Run] = []
    around: list[_Run] = []  # marked quotations that are open, each within the one before it
    number = 0
    while number < len(pieces):
        piece = pieces[number]
        if number in spoken or piece.kind != "quote":
            around.clear()
            run = None if number in spoken else _unmarked(text, pieces, number, spoken, marked=marked)
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


def _unmarked(text: str, pieces: Sequence[Piece], number: int, spoken: set[int], *, marked: bool) -> _Run | None:
    """The quotation that begins with a piece which nothing marks as one."""
    piece = pieces[number]
    if piece.kind not in {"paragraph", "item"}:
        return None
    signature = signed_quotation(text, piece.start, piece.end)
    if signature is not None:
        return _Run(1, signature, [number])
    lead_in = _lead_in_before(text, pieces, number, spoken) if piece.kind == "paragraph" else None
    words = text[piece.start : piece.end]
    if (
        lead_in is None
        or is_own_voice(words)
        or words.rstrip("*_").endswith((":", "："))
        or (marked and not opens_quotation(words))
    ):
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
    piece = pieces[number]
    if piece.kind != "paragraph" or piece.after_rule:
        return 0
    words = text[piece.start : piece.end]
    if words.rstrip("*_").endswith((":", "：")):
        return 0
    above = text[pieces[number - 1].start : pieces[number - 1].end]
    if opens_quotation(words):
        return 1 if report or leaves_open(above) or (opens_quotation(above) and _is_all_quoted(words)) else 0
    if takes_up(words) and not is_own_voice(words):
        return 1
    if not report:
        return 0
    if goes_on_as_report(words):
        return 1
    following = number + 1
    if is_neutral(words) and following < len(pieces) and following not in spoken:
        return 2 if _goes_on(text, pieces, following, spoken, report=True) == 1 else 0
    return 0


def _is_all_quoted(words: str) -> bool:
    return leaves_open(words) or words.rstrip(" .,;*_")[-1:] in '”"»“’'


def _signed(text: str, pieces: Sequence[Piece], spoken: set[int], runs: list[_Run]) -> list[_Run]:
    """The same quotations, each that is signed with its signature for a lead-in; a signature is no part of any."""
    for run in runs:
        last = run.pieces[-1]
        signature = _signature(text, pieces, last) if len(run.pieces) > 1 else None
        if signature is not None:
            run.pieces.pop()
        else:
            signature = signature_below(text, pieces[last].start, pieces[last].end)
        if signature is None and last + 1 < len(pieces) and last + 1 not in spoken:
            below = pieces[last + 1]
            if below.kind in {"paragraph", "item"} and not below.after_rule:
                signature = signature_in(text, below.start, below.end, dashed=below.kind == "item")
        if signature is not None:
            run.lead_in = signature
    return runs


def _signature(text: str, pieces: Sequence[Piece], number: int) -> Span | None:
    piece = pieces[number]
    if piece.signs:
        return Span(piece.start, piece.end)
    return signature_in(text, piece.start, piece.end, dashed=False)
