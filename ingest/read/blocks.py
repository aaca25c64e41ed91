"""Roles of blocks that only their neighbours tell: quotations with a lead-in, and the turns of a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ingest.model import Block, Span
from ingest.read.words import wordset

# "Yury Ushakov:", "THE PRESIDENT:", "MR. CARNEY:", "Q:", "Question (via interpreter):", "Ms Smith [on video]:"
_LABEL: Final = re.compile(
    r"(?P<label>(?:[A-ZÀ-ÖØ-ÞА-ЯЁ]|(?:[vd]an|[vd]e[rnl]?|al|el|"
    r"bin)\s)[^\n:.!?…;“”\"„«»]{0,50}(?:(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Prof|Jr|Sr|"
    r"St)\.)[^\n:.!?…;“”\"„«»]{0,40}){0,3})\s?[:：](?=\s+\S)"
)
_SHORT: Final = re.compile(r"(?P<label>[QA])(?:[:.：])(?=\s+\S)")
_NO_NAMES: Final = wordset(
    """
    note notes update updates source sources correction edit warning disclaimer disclosure editor's related see
    also read more image photo picture video credit caption figure table example examples summary conclusion
    answer tip tips hint question ps p.s background context date time place location when where who what why how
    hinweis quelle quellen anmerkung nachtrag achtung fazit beispiel foto bild video mehr siehe auch lesen sie
    mein frage antwort step part chapter section first firstly second secondly third thirdly fourth finally next
    pros cons erstens zweitens drittens viertens nächster letzter premièrement deuxièmement primero segundo
    """
)
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’“»)\]]*\s+(?=[\"“„«(\[]?[A-ZÀ-ÖØ-ÞА-ЯЁ0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Prof|Jr|Sr|St|No|vs|U\.S|U\.K|e\.g|i\.e)|\b[A-Z])\.\s+$"
)
_MAX_WORDS: Final = 7
_DENSE: Final = 0.4


def with_roles(text: str, blocks: Sequence[Block], bold: Mapping[int, int] | None = None) -> tuple[Block, ...]:
    """The blocks with turns recognised, and with lead-ins where a quotation or a turn has one.

    A paragraph is a turn where it begins with a name and a colon and the text around it shows that this is a
    transcript: two speakers and more take turns, in bold type or close together. The lead-in of a
    turn is the name with its colon; that of a quotation the last sentence of the paragraph before it, where that ends
    in a colon.

    Args:
        bold: for the start of a block, how many of its first characters stand in bold.
    """
    return _quotations(text, _turns(text, blocks, bold or {}))


def _turns(text: str, blocks: Sequence[Block], bold: Mapping[int, int]) -> list[Block]:
    labels: dict[int, Span] = {}
    for number, block in enumerate(blocks):
        if block.kind in {"paragraph", "quote", "item"}:
            label = _label(text, block)
            if label is not None:
                labels[number] = label
    marked = {
        number
        for number, label in labels.items()
        if 0 <= label.end - blocks[number].start - bold.get(blocks[number].start, 0) <= 1
    }
    turns = _spoken(text, blocks, {number: labels[number] for number in marked}, marked=True) or _spoken(
        text, blocks, labels, marked=False
    )
    return [
        replace(block, kind="turn", lead_in=labels[number]) if number in turns else block
        for number, block in enumerate(blocks)
    ]


def _spoken(text: str, blocks: Sequence[Block], labels: Mapping[int, Span], *, marked: bool) -> frozenset[int]:
    """Which of the labelled blocks are turns of a transcript; none where this is no transcript.

    At least two speakers take turns, and one of them speaks again. Without bold type the turns must stand close
    together, too: "First:" and "Second:" come back in essays as well, pages apart.
    """
    names = Counter(_name(text, label) for label in labels.values())
    if len(names) < 2 or len(labels) < 3 or max(names.values()) < 2:
        full = all(" " in name for name in names)
        return frozenset(labels) if marked and full and len(names) >= 2 else frozenset()
    if not marked:
        first, last = min(labels), max(labels)
        between = sum(1 for block in blocks[first : last + 1] if block.kind != "heading")
        if len(labels) / between < _DENSE:
            return frozenset()
    return frozenset(labels)


def _name(text: str, label: Span) -> str:
    return label.of(text).rstrip(":： .").casefold()


def _label(text: str, block: Block) -> Span | None:
    words = text[block.start : min(block.end, block.start + 160)]
    match = _SHORT.match(words) or _LABEL.match(words)
    if match is None:
        return None
    label = match["label"]
    parts = label.split()
    if len(parts) > _MAX_WORDS or (
        parts[0].casefold().rstrip(".") in _NO_NAMES
        and len(label) > 1
        and label.casefold() not in {"question", "answer", "frage", "antwort"}
    ):
        return None
    # Names are written with capitals; "The point of it all is this:" is not.
    small = [
        part
        for part in parts
        if part[0].islower()
        and part
        not in {
            "van",
            "von",
            "de",
            "der",
            "den",
            "del",
            "di",
            "al",
            "bin",
            "of",
            "the",
            "and",
            "for",
            "to",
            "via",
            "on",
        }
    ]
    if small and "(" not in label and "," not in label:
        return None
    return Span(block.start, block.start + match.end())


def _quotations(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        if block.kind == "quote" and block.lead_in is None and out:
            before = out[-1]
            # The paragraphs of one quotation share their lead-in.
            lead_in = before.lead_in if before.kind == "quote" else lead_in_of(text, before)
            block = replace(block, lead_in=lead_in)
        out.append(block)
    return tuple(out)


def lead_in_of(text: str, block: Block) -> Span | None:
    """The last sentence of a block, where it ends in a colon."""
    words = block_words = text[block.start : block.end].rstrip()
    if not words.rstrip('"”’»*').endswith((":", "：")):
        return None
    start = 0
    for match in _SENTENCE_END.finditer(block_words):
        if match.end() < len(block_words) and not _ABBREVIATED.search(block_words[: match.end()]):
            start = match.end()
    line = block_words.rfind("\n") + 1
    return Span(block.start + max(start, line), block.start + len(block_words))
