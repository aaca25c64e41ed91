"""What coreference is learned from: GUM's documents and GAP's pronouns as the frozen encoder reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ingest.annotate.neural.mentions import Places, places
from ingest.annotate.neural.pieces import GAP, NEW_PARAGRAPH, Pieces, Tokenizer, cut
from ingest.annotate.neural.predict import Settings, padded
from ingest.annotate.neural.windows import Window, windows
from ingest.annotate.runtime import FOLDER, load_model
from ingest.evaluate.coreference_gold import Ambiguous, Discourse, read_discourses, read_gap
from ingest.evaluate.gold import Fragment
from ingest.train.encoder import Encoder
from ingest.train.frozen import layer_states, load_encoder, load_head
from ingest.train.network import Head

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the encoder reads it: of each window the states ``float16[layers, t, 384]``, without special pieces."""

    name: str
    text: str
    pieces: Pieces
    place: Places
    windows: Sequence[Window]
    states: Sequence[NDArray[np.float16]]


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of a text, in pieces.

    ``entities``: of each expression the number of what it means, where all of them are marked; else ``pronoun`` with
    ``names`` and whether it ``means`` each.
    """

    read: Read
    entities: Mapping[Range, int] = field(default_factory=dict)
    pronoun: Range | None = None
    names: tuple[Range, ...] = ()
    means: tuple[bool, ...] = ()


class Frozen:
    """An encoder that stays as it is, with the settings that its model reads texts by.

    ``folder`` is the model's, or that of the one that comes with the package. Raises ``ModelError`` and
    ``WeightsError`` where it cannot be used.
    """

    def __init__(self, folder: Path | None, layers: Sequence[int], *, threads: int = 1) -> None:
        torch.set_num_threads(threads)
        self.folder = FOLDER if folder is None else folder
        model = load_model(self.folder)
        self._tokenizer, self._settings, self._layers = model.tokenizer, model.settings, layers
        self._encoder, self._sentences = load_encoder(self.folder), load_head(self.folder, "sentences")

    def marked(self, path: Path) -> list[Learned]:
        """The documents of a treebank that marks entities."""
        documents = {one.name: one for one in read_discourses(path)}
        reads = self._read([(name, one.text) for name, one in documents.items()])
        return [of_discourse(documents[read.name], read) for read in reads]

    def pronouns(self, path: Path) -> list[Learned]:
        """The texts of a file of GAP, but those whose pronoun or names are no words of their own to the encoder."""
        texts = {one.name: one for one in read_gap(path)}
        reads = self._read([(name, one.text) for name, one in texts.items()])
        found = [of_pronoun(texts[read.name], read) for read in reads]
        return [one for one in found if one.pronoun is not None and one.names]

    def _read(self, texts: Iterable[tuple[str, str]]) -> list[Read]:
        return read_texts(texts, self._encoder, self._sentences, self._tokenizer, self._layers, self._settings)


def read_texts(
    texts: Iterable[tuple[str, str]],
    encoder: Encoder,
    sentences: Head,
    tokenizer: Tokenizer,
    layers: Sequence[int],
    settings: Settings,
    *,
    batch: int = 8,
) -> list[Read]:
    """Reads named texts; ``layers`` are those whose states are kept, 0 for what goes into the first."""
    cuts = [(name, text, pieces) for name, text in texts if len(pieces := cut(text, tokenizer))]
    found = []
    waiting = iter(
        (at, pieces, window)
        for at, (_, _, pieces) in enumerate(cuts)
        for window in windows(pieces.features[:, GAP], settings.window, settings.context)
    )
    states: list[list[NDArray[np.float16]]] = [[] for _ in cuts]
    kept: list[list[Window]] = [[] for _ in cuts]
    starts: list[list[int]] = [[] for _ in cuts]
    while group := list(islice(waiting, batch)):
        alone = [padded(pieces, [window]) for _, pieces, window in group]
        length = max(ids.shape[1] for ids, _, _ in alone)
        ids, features, mask = (
            torch.from_numpy(
                np.concatenate(
                    [
                        np.pad(one[part], ((0, 0), (0, length - one[part].shape[1]), *((0, 0),) * (one[part].ndim - 2)))
                        for one in alone
                    ]
                )
            )
            for part in range(3)
        )
        every = layer_states(encoder, ids, features, mask)
        with torch.no_grad():
            odds = sentences(every[-1])
        wanted = torch.stack([every[layer] for layer in layers], 1).numpy().astype(np.float16)
        begins = (odds[..., 1] - odds[..., 0] > settings.sentence_threshold).numpy()
        for row, (at, pieces, window) in enumerate(group):
            size = window.end - window.start
            states[at].append(wanted[row, :, 1 : size + 1].copy())
            kept[at].append(window)
            low = window.core_start - window.start + 1
            core = begins[row, low : low + window.core_end - window.core_start]
            core = core | (pieces.features[window.core_start : window.core_end, GAP] == NEW_PARAGRAPH)
            starts[at].extend((np.flatnonzero(core) + window.core_start).tolist())
    for (name, text, pieces), parts, own, begun in zip(cuts, states, kept, starts, strict=True):
        found.append(Read(name, text, pieces, places(pieces, begun), own, parts))
    return found


def of_discourse(document: Discourse, read: Read) -> Learned:
    """All expressions of a document of GUM with what they mean."""
    numbers: dict[str, int] = {}
    entities: dict[Range, int] = {}
    for one in document.marked:
        span = _range(read.pieces, (one.start, one.end))
        if span is not None:
            entities[span] = numbers.setdefault(one.entity, len(numbers))
    return Learned(read, entities)


def of_pronoun(text: Ambiguous, read: Read) -> Learned:
    """A text of GAP."""
    pronoun, *names = (_range(read.pieces, place) for place in (text.pronoun, *text.names))
    known = [(name, means) for name, means in zip(names, text.means, strict=True) if name is not None]
    return Learned(
        read, pronoun=pronoun, names=tuple(name for name, _ in known), means=tuple(means for _, means in known)
    )


def _range(pieces: Pieces, place: Fragment) -> Range | None:
    """The pieces of a place in the text, if they are whole words."""
    low, high = pieces.covering(*place)
    if low >= high or pieces.offsets(low, high) != place:
        return None
    return low, high
