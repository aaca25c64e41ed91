"""From gold spans to what each head learns, one value per word piece. What a corpus does not annotate is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.decode import bio_tags
from ingest.annotate.neural.links import CONTENT, CUE, SOURCE
from ingest.annotate.neural.pieces import Pieces
from ingest.evaluate.gold import Fragments, Labelled, Triple, Word

UNKNOWN = -1
"""The label of a piece of which the corpus says nothing."""

RULED_OUT, ALLOWED, UNTOLD = 0, 1, 2
"""What a corpus says of a tag at a piece; ``UNTOLD``: it would not annotate it, so it is possible but seldom."""

NAME_KINDS = ("person", "organization", "place", "group", "event", "work", "product")
NAME_TAGS = bio_tags(NAME_KINDS)
ROLE_FLAGS = ("source", "source_start", "source_end", "content", "content_start", "content_end")

# Of Universal Dependencies, version 2.
# fmt: off
UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X",
)
DEPREL = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop",
    "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list",
    "mark", "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root",
    "vocative", "xcomp",
)
# fmt: on

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A cue, ``[start, end)`` in pieces, and its own spans: ``tags`` is ``int8[n]`` over BIO of ``LINK_KINDS``."""

    start: int
    end: int
    tags: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Example:
    """A text as the trainer sees it: its pieces and the labels that its corpus gives.

    ``labels`` maps a head's name to an array whose first axis is that of the pieces; a head that is absent learns
    nothing from this example.
    """

    pieces: Pieces
    labels: Mapping[str, Array]
    links: tuple[Link, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class NameScheme:
    """What a corpus's labels mean.

    ``kinds`` maps each label to the kinds it may stand for (none: it may stand for anything); ``silent`` are the kinds
    that the corpus does not annotate, so that an unlabelled piece may still belong to one. Spans with a label of
    ``unmarked`` count as unlabelled. ``titles_outside``: a title before a person is never part of the name.
    """

    kinds: Mapping[str, tuple[str, ...]]
    silent: tuple[str, ...] = ()
    unmarked: frozenset[str] = frozenset()
    titles_outside: bool = False


def attribution(pieces: Pieces, triples: Iterable[Triple], text: str) -> tuple[dict[str, Array], tuple[Link, ...]]:
    """Labels of the heads ``cue`` (BIO) and ``roles`` (``ROLE_FLAGS``), and each cue with its own spans."""
    count = len(pieces)
    cue = np.zeros(count, dtype=np.int8)
    roles = np.zeros((count, len(ROLE_FLAGS)), dtype=np.uint8)
    links: list[Link] = []
    for triple in triples:
        tags = np.zeros(count, dtype=np.int8)
        for kind, spans in ((SOURCE, triple.source), (CONTENT, triple.content)):
            for low, high in _ranges(pieces, spans, text):
                roles[low:high, 3 * kind] = 1
                roles[low, 3 * kind + 1] = 1
                roles[high - 1, 3 * kind + 2] = 1
                _mark(tags, low, high, kind)
        cues = _ranges(pieces, triple.cue, text)
        for low, high in cues:
            _mark(cue, low, high, 0)
            _mark(tags, low, high, CUE)
        if cues:
            links.append(Link(cues[0][0], cues[-1][1], tags))
    return {"cue": cue, "roles": roles}, tuple(links)


def _mark(tags: NDArray[np.int8], low: int, high: int, kind: int) -> None:
    tags[low:high] = 2 * kind + 2
    tags[low] = 2 * kind + 1


def _ranges(pieces: Pieces, spans: Fragments, text: str) -> list[tuple[int, int]]:
    """The pieces of each span without the white space that annotators caught with it."""
    ranges = []
    for start, end in spans:
        words = text[start:end]
        low, high = pieces.covering(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))
        if low < high:
            ranges.append((low, high))
    return ranges


def names(pieces: Pieces, labelled: Labelled, scheme: NameScheme) -> dict[str, Array]:
    """Labels of the head ``names``: ``uint8[n, tags]``, ``ALLOWED`` for each tag that the corpus allows a piece.

    The longest of overlapping spans counts.
    """
    allowed = np.full((len(pieces), len(NAME_TAGS)), RULED_OUT, dtype=np.uint8)
    allowed[:, 0] = ALLOWED
    allowed[:, [tag for kind in scheme.silent for tag in _tags(kind)]] = UNTOLD
    taken = np.zeros(len(pieces), dtype=np.bool_)
    for start, end, label in sorted(labelled.spans, key=lambda span: span[0] - span[1]):
        low, high = pieces.covering(start, end)
        if low >= high or label in scheme.unmarked or taken[low:high].any():
            continue
        taken[low:high] = True
        kinds = scheme.kinds.get(label, ())
        allowed[low:high] = RULED_OUT if kinds else ALLOWED
        for begin, inside in map(_tags, kinds):
            allowed[low, begin] = ALLOWED
            allowed[low + 1 : high, inside] = ALLOWED
    return {"names": allowed}


def untold_names(pieces: Pieces) -> dict[str, Array]:
    """Labels of the head ``names`` where the corpus says nothing of any."""
    return {"names": np.full((len(pieces), len(NAME_TAGS)), ALLOWED, dtype=np.uint8)}


def _tags(kind: str) -> tuple[int, int]:
    begin = 1 + 2 * NAME_KINDS.index(kind)
    return begin, begin + 1


def sentences(pieces: Pieces, starts: Iterable[int]) -> dict[str, Array]:
    """Labels of the head ``sentences``: 1 where a sentence starts."""
    labels = np.zeros(len(pieces), dtype=np.int8)
    for start in starts:
        low = int(np.searchsorted(pieces.ends, start, side="right"))
        if low < len(pieces):
            labels[low] = 1
    return {"sentences": labels}


def syntax(pieces: Pieces, words: Iterable[Word]) -> dict[str, Array]:
    """Labels of the helping heads ``upos`` and ``deprel``, on the first piece of each word."""
    upos = np.full(len(pieces), UNKNOWN, dtype=np.int8)
    deprel = np.full(len(pieces), UNKNOWN, dtype=np.int8)
    for word in words:
        low, high = pieces.covering(word.start, word.end)
        if low < high and upos[low] == UNKNOWN:
            upos[low] = UPOS.index(word.upos) if word.upos in UPOS else UNKNOWN
            deprel[low] = DEPREL.index(word.deprel) if word.deprel in DEPREL else UNKNOWN
    return {"upos": upos, "deprel": deprel}
