"""The rule annotator: spaCy's English tokens, and one component for each thing that is read from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from ingest.annotate.attributions import find_attributions
from ingest.annotate.layout import SURROGATE, paragraphs, pieces
from ingest.annotate.names import CONFIDENCE as NAME_CONFIDENCE
from ingest.annotate.names import find_names
from ingest.annotate.quotations import quotations
from ingest.annotate.sentences import sentences
from ingest.annotate.tokens import BoundedTokenizer
from ingest.annotate.view import Quoted, View
from ingest.annotate.words import Words, words_of
from ingest.model import Annotations, Name, Span

# Longer texts are read piece by piece, so that memory stays bounded whatever comes. Few pages of news are as long.
LONGEST_PIECE = 100_000
LONGEST_SENTENCE = 400
"""Words; what runs on for longer without an end is cut."""

Doc.set_extension("paragraphs", default=(), force=True)
Doc.set_extension("sentences", default=(), force=True)
Doc.set_extension("quotations", default=(), force=True)
Doc.set_extension("names", default=(), force=True)
Doc.set_extension("attributions", default=(), force=True)


@Language.component("onrecord_sentences")
def sentence_component(doc: Doc) -> Doc:
    """``doc._.paragraphs``: offsets; ``doc._.sentences``: for each paragraph the ranges of words of its sentences."""
    words = words_of(doc)
    doc._.paragraphs = list(paragraphs(words.whole))
    doc._.sentences = [
        [*_word_ranges(words, sentences(words.whole, start, end), words.last_before(end))]
        for start, end in doc._.paragraphs
    ]
    return doc


def _word_ranges(words: Words, found: Iterable[tuple[int, int]], limit: int) -> Iterator[tuple[int, int]]:
    """Ranges of words for ranges of offsets. A word on a boundary belongs to the sentence that it starts in."""
    starts = [words.first_at(start) for start, _ in found]
    for place, first in enumerate(starts):
        last = starts[place + 1] if place + 1 < len(starts) else limit
        # Cues are looked at with all of their sentence: one without an end would take time by its square.
        for begin in range(first, last, LONGEST_SENTENCE):
            yield begin, min(last, begin + LONGEST_SENTENCE)


@Language.component("onrecord_quotations")
def quotation_component(doc: Doc) -> Doc:
    """``doc._.quotations``: ranges of words that stand in quotation marks."""
    words = words_of(doc)
    found: list[Quoted] = []
    for quotation in quotations(words.whole, doc._.paragraphs):
        start, end = words.first_at(quotation.start), words.last_before(quotation.end)
        if start < end and (not found or start >= found[-1].end):
            found.append(Quoted(start, end, quotation.continues and bool(found)))
    doc._.quotations = found
    return doc


@Language.component("onrecord_names")
def name_component(doc: Doc) -> Doc:
    """``doc._.names``: names as ranges of words, and ``doc.ents``."""
    words = words_of(doc)
    doc._.names = find_names(words, [sentence for paragraph in doc._.sentences for sentence in paragraph])
    spans = (
        doc.char_span(words.starts[name.start], words.ends[name.end - 1], label=name.kind.upper())
        for name in doc._.names
    )
    doc.ents = [span for span in spans if span is not None]
    return doc


@Language.component("onrecord_attributions")
def attribution_component(doc: Doc) -> Doc:
    """``doc._.attributions``, and ``doc.spans["source"]``, ``["cue"]`` and ``["content"]``."""
    ranges: list[tuple[int, int]] = []
    ends: list[int] = []
    for paragraph in doc._.sentences:
        ranges += paragraph
        ends += [paragraph[-1][1]] * len(paragraph) if paragraph else []
    found = find_attributions(View(words_of(doc), ranges, ends, doc._.quotations, doc._.names))
    doc._.attributions = found
    for role in ("source", "cue", "content"):
        doc.spans[role] = [
            token_span
            for attribution in found
            for span in getattr(attribution, role)
            if (token_span := _token_span(doc, span)) is not None
        ]
    return doc


def _token_span(doc: Doc, span: Span) -> DocSpan | None:
    return doc.char_span(span.start, span.end)


def build() -> Language:
    """The pipeline, of parts that hold no trained weights."""
    pipeline = spacy.blank("en")
    pipeline.tokenizer = BoundedTokenizer(pipeline.tokenizer, pipeline.vocab)
    for part in ("sentences", "quotations", "names", "attributions"):
        pipeline.add_pipe(f"onrecord_{part}")
    return pipeline


class RuleAnnotator:
    """Quotation marks, reporting verbs and capital letters. Safe to share between threads, which take turns."""

    name = "rules"

    def __init__(self) -> None:
        self._pipeline = build()
        self._turn = Lock()

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        """The annotations of each text, in order. Any string is a text."""
        for text in texts:
            yield self._annotate(SURROGATE.sub("\ufffd", text))

    def _annotate(self, text: str) -> Annotations:
        found: list[Annotations] = []
        for start, end in pieces(text, LONGEST_PIECE):
            # spaCy keeps every new word for good outside of such a zone, so that a long run would grow without end.
            with self._turn, self._pipeline.memory_zone():
                found.append(_read_out(self._pipeline(text[start:end]), start))
        if len(found) == 1:
            return found[0]
        return Annotations(
            sentences=tuple(span for piece in found for span in piece.sentences),
            names=tuple(name for piece in found for name in piece.names),
            attributions=tuple(attribution for piece in found for attribution in piece.attributions),
        )


def _read_out(doc: Doc, offset: int) -> Annotations:
    """The annotations of a piece as plain data, ``offset`` being where the piece starts in its text."""
    words = words_of(doc)
    return Annotations(
        sentences=tuple(
            Span(words.starts[start] + offset, words.ends[end - 1] + offset)
            for paragraph in doc._.sentences
            for start, end in paragraph
        ),
        names=tuple(
            Name(
                start=words.starts[name.start] + offset,
                end=words.ends[name.end - 1] + offset,
                kind=name.kind,
                confidence=NAME_CONFIDENCE[name.method],
                method=name.method,
            )
            for name in doc._.names
        ),
        attributions=tuple(attribution.moved(offset) for attribution in doc._.attributions),
    )
