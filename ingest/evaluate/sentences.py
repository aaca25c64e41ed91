"""How well sentence starts are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.evaluate.gold import Paragraph
from ingest.evaluate.metrics import Counts, exact


def start_counts(found: Iterable[int], wanted: Iterable[int], *, inner: bool = False) -> Counts:
    """The counts of one text's sentence starts; with ``inner`` without the first one, which nobody can miss."""
    want = set(wanted)
    have = set(found)
    if inner and want:
        first = min(want)
        want.discard(first)
        have.discard(first)
    return exact(have, want)


def in_tens(paragraphs: Sequence[Paragraph], size: int = 10) -> list[Paragraph]:
    """The sentences of all paragraphs joined anew, ``size`` to a paragraph with a space between them."""
    sentences = [
        paragraph.text[start:end].strip()
        for paragraph in paragraphs
        for start, end in zip(paragraph.starts, [*paragraph.starts[1:], len(paragraph.text)], strict=True)
    ]
    joined = []
    for at in range(0, len(sentences), size):
        text, starts = "", []
        for sentence in sentences[at : at + size]:
            text += " " if text else ""
            starts.append(len(text))
            text += sentence
        joined.append(Paragraph(text, tuple(starts)))
    return joined
