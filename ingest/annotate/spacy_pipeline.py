"""Another spaCy pipeline for the parts that it has: sentences and names; all else comes from an annotator of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from threading import Lock

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotate import Annotator
from ingest.annotate.layout import SURROGATE, pieces
from ingest.errors import ModelError, one_line
from ingest.model import Annotations, EntityKind, Name, Span

LONGEST_PIECE = 100_000
CONFIDENCE = 0.8
"""Of its names: spaCy tells none."""

KINDS: Mapping[str, EntityKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "PRODUCT": "product",
}
"""What the labels of spaCy's published pipelines mean here; names with others are left out."""


class SpacyAnnotator:
    """``ours`` with the sentences and the names of a spaCy pipeline, where it has such parts. Threads take turns.

    Args:
        pipeline: the name of an installed package, or the path of a folder, as ``spacy.load`` takes it.
        ours: finds what the pipeline does not.

    Raises:
        ModelError: there is no such pipeline, it cannot be loaded, or it has neither part.
    """

    def __init__(self, pipeline: str, ours: Annotator) -> None:
        self.name = f"spacy:{pipeline}"
        self._ours = ours
        self._turn = Lock()
        try:
            self._pipeline: Language = spacy.load(pipeline)
        except Exception as error:  # a pipeline is code of somebody else's: anything may go wrong
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(one_line(f"{pipeline}: cannot be loaded by spaCy ({reason})")) from error
        sets = {what for part in self._pipeline.pipe_names for what in self._pipeline.get_pipe_meta(part).assigns}
        self._sentences, self._names = "token.is_sent_start" in sets, "doc.ents" in sets
        if not self._sentences and not self._names:
            raise ModelError(one_line(f"{pipeline}: this pipeline finds neither sentences nor names"))

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        """The annotations of each text, in order."""
        for text in texts:
            (found,) = self._ours.annotate([text])
            sentences: list[Span] = []
            names: list[Name] = []
            clean = SURROGATE.sub("\ufffd", text)
            for start, end in pieces(clean, LONGEST_PIECE):
                with self._turn, self._pipeline.memory_zone():
                    doc = self._pipeline(clean[start:end])
                    sentences.extend(_sentences(doc, start) if self._sentences else ())
                    names.extend(self._found_names(doc, start) if self._names else ())
            yield replace(
                found,
                sentences=tuple(sentences) if self._sentences else found.sentences,
                names=tuple(names) if self._names else found.names,
            )

    def _found_names(self, doc: Doc, offset: int) -> Iterator[Name]:
        for ent in doc.ents:
            kind = KINDS.get(ent.label_)
            if kind is not None and ent.text.strip() == ent.text:
                yield Name(ent.start_char + offset, ent.end_char + offset, kind, CONFIDENCE, f"model:{self.name}")


def _sentences(doc: Doc, offset: int) -> Iterator[Span]:
    for sentence in doc.sents:
        words = sentence.text
        start = sentence.start_char + len(words) - len(words.lstrip())
        if words.strip():
            yield Span(start + offset, start + offset + len(words.strip()))
