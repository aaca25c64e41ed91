"""The annotator that runs the language model: a spaCy pipeline whose components read the network's heads.

spaCy's tokens are the words that the network reads, so that what it finds begins and ends where tokens do, and no
text is cut into words twice. The few ends within a word are kept exactly in ``doc._``; ``doc.ents`` and ``doc.spans``
show such words whole.

``confidence`` of an attribution is the probability to the network's log odds, which were fitted to how right such
attributions were on texts that it did not learn from (``ingest.train.calibrate``). That of a name is the same for all
names of a kind: its ``name_confidence`` in ``model.json``, else ``runtime.NAME_CONFIDENCE``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans
from spacy.vocab import Vocab

from ingest.annotate.coreference import READING, moved_coreference
from ingest.annotate.layout import SURROGATE, paragraphs, pieces
from ingest.annotate.manner import manner_of
from ingest.annotate.neural.pieces import GAP, NEW_PARAGRAPH, Pieces, Tokenizer, cut
from ingest.annotate.neural.predict import Findings, Found, analyse
from ingest.annotate.quotations import quotations
from ingest.annotate.runtime import OnnxNetwork, load_model
from ingest.model import Annotations, Attribution, Coreference, EntityKind, Name, Span, Spans

LONGEST_SECTION = 100_000
"""Characters; longer texts are read section by section, so that memory does not grow with them."""
MARGIN = 4_000
"""Characters that a section is read with on either side: more than the network's windows look at."""
LONGEST_SENTENCE = 400
"""Words; what runs on for longer without an end is cut."""
MOST_STRINGS = 50_000
"""What spaCy's vocabulary keeps, of some 20,000 words, before the words of each text are forgotten with it."""
ATTRIBUTION_METHOD = "model:attribution"
NAME_METHOD = "model:name"

_PIECES = "onrecord.pieces"

Doc.set_extension("names", default=(), force=True)
Doc.set_extension("attributions", default=(), force=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the network read it: its pieces, what was found in them, and which network it was.

    ``text`` is the ``Doc``'s, which puts it together from its tokens anew whenever it is asked.
    """

    text: str
    pieces: Pieces
    findings: Findings
    network: OnnxNetwork


def reading_of(doc: Doc) -> Reading:
    """What the component ``onrecord_network`` left with ``doc``."""
    reading = doc.user_data[READING]
    assert isinstance(reading, Reading)
    return reading


class PieceTokenizer:
    """Makes the words that the network reads spaCy's tokens, and leaves the word pieces with the ``Doc``."""

    def __init__(self, tokenizer: Tokenizer, vocab: Vocab) -> None:
        self._tokenizer = tokenizer
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        pieces = cut(text, self._tokenizer)
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in [*_words(pieces), (len(text), len(text))]:
            gap = text[at:start]
            if words and gap.startswith(" "):
                spaces[-1] = True
                gap = gap[1:]
            for word in (gap, text[max(at, start) : end]):
                if word:
                    words.append(word)
                    spaces.append(False)
            at = max(at, end)
        doc = Doc(self._vocab, words=words, spaces=spaces)
        doc.user_data[_PIECES] = (text, pieces)
        return doc


def _words(pieces: Pieces) -> Iterator[tuple[int, int]]:
    firsts = np.flatnonzero(pieces.word_starts)
    lasts = np.append(firsts[1:], len(pieces))[: len(firsts)] - 1
    return zip(pieces.starts[firsts].tolist(), pieces.ends[lasts].tolist(), strict=True)


@Language.factory("onrecord_network", default_config={"folder": None, "threads": 1})
def _network_factory(nlp: Language, name: str, folder: str | None, threads: int) -> NetworkComponent:  # noqa: ARG001
    return NetworkComponent(load_model(Path(folder) if folder else None, threads=threads))


class NetworkComponent:
    """Runs the network once for all components after it."""

    def __init__(self, network: OnnxNetwork) -> None:
        self.network = network

    def __call__(self, doc: Doc) -> Doc:
        made = doc.user_data.pop(_PIECES, None)
        if made is None:  # by another tokenizer than ours
            made = doc.text, cut(doc.text, self.network.tokenizer)
        text, pieces = made
        resolver = self.network.resolver(text, pieces)
        found = analyse(pieces, self.network, self.network.settings, len(self.network.name_kinds), resolver)
        doc.user_data[READING] = Reading(text, pieces, found, self.network)
        return doc


@Language.component("onrecord_model_sentences")
def sentence_component(doc: Doc) -> Doc:
    """``doc.sents``."""
    if not len(doc):
        return doc
    reading = reading_of(doc)
    begins = np.full((len(doc), 1), -1, dtype=np.int64)
    offsets = reading.pieces.starts[sentence_starts(reading)]
    begins[np.searchsorted(doc.to_array("IDX").astype(np.int64), offsets, side="right") - 1] = 1
    begins[0] = 1
    unsigned: Any = begins.astype(np.uint64)  # what spaCy stores it as, though its stubs say otherwise
    return doc.from_array(["SENT_START"], unsigned)


def _follows_comma(text: str, at: int) -> bool:
    """Whether a comma stands right before, as in ``“It is late,” Fox said``: no sentence ends with one."""
    return text[max(0, at - 8) : at].rstrip(" \xa0\"”’'»").endswith(",")


def sentence_starts(reading: Reading) -> list[int]:
    """The pieces that sentences start with: where the network says so, at each paragraph, and where one has no end."""
    pieces = reading.pieces
    starts = {at for at in reading.findings.sentences if not _follows_comma(reading.text, int(pieces.starts[at]))}
    starts.update(np.flatnonzero(pieces.features[:, GAP] == NEW_PARAGRAPH).tolist())
    firsts = np.flatnonzero(pieces.word_starts)
    order = sorted(starts)
    for start, end in pairwise([*order, len(pieces)]):
        inner = firsts[np.searchsorted(firsts, start) : np.searchsorted(firsts, end)]
        starts.update(inner[LONGEST_SENTENCE::LONGEST_SENTENCE].tolist())
    return sorted(starts)


@Language.component("onrecord_model_names")
def name_component(doc: Doc) -> Doc:
    """``doc._.names``: as ``Name``s; ``doc.ents``: the same on whole tokens."""
    reading = reading_of(doc)
    doc._.names = list(_names(reading))
    spans = (_tokens(doc, Span(name.start, name.end), name.kind.upper()) for name in doc._.names)
    doc.ents = filter_spans(span for span in spans if span is not None)
    return doc


def _names(reading: Reading) -> Iterator[Name]:
    network, reached = reading.network, 0
    for first, last, number in sorted(reading.findings.names):
        start, end = reading.pieces.offsets(first, last)
        if start < reached or start == end:
            continue  # two pieces of one character
        kind: EntityKind = network.name_kinds[number]
        yield Name(start, end, kind, network.name_confidence[kind], NAME_METHOD)
        reached = end


@Language.component("onrecord_model_attributions")
def attribution_component(doc: Doc) -> Doc:
    """``doc._.attributions``, and ``doc.spans["source"]``, ``["cue"]`` and ``["content"]`` on whole tokens."""
    reading = reading_of(doc)
    text = reading.text
    quoted = quotations(text, list(paragraphs(text)))
    found = []
    for one in reading.findings.attributions:
        if one.score < reading.network.settings.threshold:
            continue
        source, cue, content = (_spans(reading.pieces, role) for role in (one.source, (one.cue,), one.content))
        if not content and not source:
            continue  # a cue that nobody and nothing belongs to says nothing
        manner = manner_of(text, cue, content, quoted)
        found.append(
            Attribution(
                source=source,
                cue=cue,
                content=content,
                directness=manner.directness,
                polarity=manner.polarity,
                certainty=manner.certainty,
                confidence=_confidence(one),
                method=ATTRIBUTION_METHOD,
            )
        )
    doc._.attributions = found
    for role in ("source", "cue", "content"):
        doc.spans[role] = [
            tokens
            for attribution in found
            for span in getattr(attribution, role)
            if (tokens := _tokens(doc, span)) is not None
        ]
    return doc


def _spans(pieces: Pieces, ranges: Iterable[tuple[int, int]]) -> Spans:
    """The characters of ranges of pieces; those that meet within a character become one."""
    spans: list[Span] = []
    for low, high in sorted(ranges):
        start, end = pieces.offsets(low, high)
        if spans and start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        elif start < end:
            spans.append(Span(start, end))
    return tuple(spans)


def _confidence(found: Found) -> float:
    """Two digits: more than that is noise, and differs between processors."""
    odds = max(-50.0, min(50.0, found.score))
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-odds)))), 2)


def _tokens(doc: Doc, span: Span, label: str = "") -> DocSpan | None:
    return doc.char_span(span.start, span.end, label=label, alignment_mode="expand")


def build(folder: Path | None = None, *, threads: int = 1) -> Language:
    """The pipeline, with the model in ``folder`` or else the one that comes with the package.

    Raises:
        ModelError: its files are not what they should be.
    """
    pipeline = spacy.blank("en")
    config = {"folder": None if folder is None else str(folder), "threads": threads}
    part = pipeline.add_pipe("onrecord_network", config=config)
    assert isinstance(part, NetworkComponent)
    pipeline.tokenizer = PieceTokenizer(part.network.tokenizer, pipeline.vocab)
    for head in ("sentences", "names", "attributions", "coreferences"):
        pipeline.add_pipe(f"onrecord_model_{head}")
    pipeline.max_length = LONGEST_SECTION + 2 * MARGIN
    return pipeline


class ModelAnnotator:
    """The language model, for English texts. Safe to share between threads, which take turns."""

    name = "model"

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        self._pipeline = build(folder, threads=threads)
        self._turn = Lock()

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        """The annotations of each text, in order; they depend on nothing but the text itself. Any string is a text."""
        for text in texts:
            yield self._annotate(SURROGATE.sub("\ufffd", text))

    def _annotate(self, text: str) -> Annotations:
        whole = _Whole()
        for start, end in pieces(text, LONGEST_SECTION):
            first, last = _with_margins(text, start, end)
            with self._turn, self._zone():
                whole.add(self._pipeline(text[first:last]), first, start, end)
        return whole.annotations(text)

    def _zone(self) -> AbstractContextManager[object]:
        """Where spaCy forgets the words of a text again: else a long run would grow without end.

        The first words are kept: they are the common ones, and making them anew for each text takes longer than all
        else that spaCy does here.
        """
        return nullcontext() if len(self._pipeline.vocab.strings) < MOST_STRINGS else self._pipeline.memory_zone()


def _with_margins(text: str, start: int, end: int) -> tuple[int, int]:
    """A section with up to ``MARGIN`` characters on either side, cut between words where there are any."""
    first, last = max(0, start - MARGIN), min(len(text), end + MARGIN)
    if first:
        space = re.compile(r"\s").search(text, first, start)
        first = space.end() if space else start
    if last < len(text):
        spaces = list(re.compile(r"\s").finditer(text, end, last))
        last = spaces[-1].start() if spaces else end
    return first, last


class _Whole:
    """Puts together what was found section by section.

    Neighbouring sections both read what lies about their seam. What begins before it is the first one's, and what
    ends after it the second one's; where they find the same with other ends, the surer one stays.
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._names: list[Name] = []
        self._attributions: list[Attribution] = []
        self._coreferences: list[Coreference] = []

    def add(self, doc: Doc, offset: int, start: int, end: int) -> None:
        """Takes what belongs to the section ``[start, end)`` from ``doc``, which begins at ``offset``."""
        reading = reading_of(doc)
        starts = reading.pieces.starts[sentence_starts(reading)] + offset
        self._starts.extend(at for at in starts.tolist() if start <= at < end)
        for name in doc._.names:
            moved = replace(name, start=name.start + offset, end=name.end + offset) if offset else name
            if moved.start < end and moved.end > start and not (self._names and moved.start < self._names[-1].end):
                self._names.append(moved)
        self._coreferences.extend(
            moved_coreference(one, offset) for one in doc._.coreferences if start <= one.expression.start + offset < end
        )
        kept: list[Attribution] = []
        for attribution in doc._.attributions:
            moved_one = attribution.moved(offset)
            place = _anchor(moved_one)
            if place.start >= end or place.end <= start:
                continue
            rival = next((one for one in self._across(start) if _meet(_anchor(one), place)), None)
            if rival is not None:
                if rival.confidence >= moved_one.confidence:
                    continue
                self._attributions.remove(rival)
            kept.append(moved_one)
        self._attributions.extend(kept)

    def _across(self, seam: int) -> Iterator[Attribution]:
        """What earlier sections found that reaches over the seam: their last, if anything."""
        return (one for one in self._attributions[-8:] if _anchor(one).end > seam)

    def annotations(self, text: str) -> Annotations:
        """All of it, for the whole ``text``."""
        return Annotations(
            tuple(_between(text, self._starts)),
            tuple(self._names),
            tuple(self._attributions),
            tuple(self._coreferences),
        )


def _anchor(attribution: Attribution) -> Span:
    """Where an attribution stands: its cue, or else whatever it has."""
    return (attribution.cue or attribution.content or attribution.source)[0]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _between(text: str, starts: Sequence[int]) -> Iterator[Span]:
    """The sentences that begin at ``starts``, each up to the next one, without white space at their ends."""
    for start, end in pairwise([*sorted({*starts}), len(text)]):
        sentence = text[start:end].rstrip()
        if sentence:
            yield Span(start, start + len(sentence))
