"""Figures of the coreference head while it learns: on texts that were held out, as the annotator would read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.annotate.coreference import coreferences
from ingest.annotate.neural.coreference import CoreferenceNetwork as Resolving
from ingest.annotate.neural.coreference import Options, Resolver
from ingest.evaluate.coreference_gold import Ambiguous, Discourse, read_discourses, read_gap
from ingest.evaluate.coreference_report import evaluate_coreference
from ingest.model import Annotations
from ingest.train.coreference.data import Learned, Read
from ingest.train.coreference.export import TorchCoreference, side_by_side
from ingest.train.coreference.network import CoreferenceNetwork


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges a network on documents and pronouns that were read already, by their texts."""

    documents: Sequence[Discourse]
    pronouns: Sequence[Ambiguous]
    reads: Mapping[str, Read]
    options: Options

    @classmethod
    def of(cls, marked: Path, pronouns: Path, texts: Iterable[Learned], options: Options) -> Judge:
        """On two files of gold, whose texts were read."""
        reads = {text.read.text: text.read for text in texts}
        return cls(read_discourses(marked), read_gap(pronouns), reads, options)

    def __call__(self, network: CoreferenceNetwork) -> dict[str, float]:
        """Per cent; ``goal`` is what the best epoch has most of: chains, and pronouns for half as much."""
        annotator = _Annotator(TorchCoreference(network), self.reads, self.options)
        figures = evaluate_coreference(self.documents, self.pronouns, annotator).as_json(rounds=2)["figures"]
        told = {name: 100 * one["f1"] for name, one in figures.items()}
        return {**told, "goal": told.get("conll", 0.0) + told.get("pronouns", 0.0) / 2}


@dataclass(frozen=True, slots=True)
class _Annotator:
    network: Resolving
    reads: Mapping[str, Read]
    options: Options

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        for text in texts:
            read = self.reads.get(text)
            yield Annotations() if read is None else resolved(read, self.network, self.options)


def resolved(read: Read, network: Resolving, options: Options) -> Annotations:
    """The coreference of a text whose states are known."""
    resolver = Resolver(read.text, read.pieces, network, options)
    starts = np.flatnonzero(np.diff(read.place.sentence, prepend=0)).tolist()
    links = (
        link
        for window, states in zip(read.windows, read.states, strict=True)
        for link in resolver.resolve([window], np.pad(side_by_side(states), ((1, 1), (0, 0)))[None], starts)
    )
    return Annotations(coreferences=tuple(one for link in links for one in coreferences(read.pieces, link)))
