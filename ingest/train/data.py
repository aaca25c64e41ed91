"""The corpora as examples, and the batches of an epoch."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.random import Generator

from ingest.annotate.neural.pieces import GAP, NEW_PARAGRAPH, Pieces, Tokenizer, cut
from ingest.annotate.neural.windows import cut_points
from ingest.evaluate.gold import (
    Article,
    GoldError,
    Labelled,
    Paragraph,
    Word,
    read_conll,
    read_conllu,
    read_polnear,
)
from ingest.train import labels
from ingest.train.config import ConfigError
from ingest.train.labels import Example, Link, NameScheme
from ingest.train.written import read_names

_PEOPLE = {"PER": ("person",), "ORG": ("organization",), "LOC": ("place",)}
_REST = ("group", "event", "work", "product")
DEMONYM = "demonym"
THREE = NameScheme({**_PEOPLE, DEMONYM: ("group",)}, silent=_REST)
UNER = replace(THREE, titles_outside=True)
WRITTEN = NameScheme({kind: (kind,) for kind in labels.NAME_KINDS}, titles_outside=True)
WIKIGOLD = NameScheme({**_PEOPLE, "MISC": _REST, DEMONYM: ("group",)}, titles_outside=True)
CROSSNER = NameScheme(
    {
        "politician": ("person",),
        "person": ("person",),
        "politicalparty": ("organization",),
        "organisation": ("organization",),
        "country": ("place",),
        "location": ("place",),
        "election": ("event",),
        "event": ("event",),
        "misc": ("group", "work", "product"),
        DEMONYM: ("group",),
    }
)
GUM = NameScheme(
    {
        "person": ("person",),
        "organization": ("organization",),
        "place": ("place",),
        "event": ("event",),
        "people": ("group", "organization"),
        "object": ("product", "work"),
    },
    silent=("group", "work", "product"),
    unmarked=frozenset({"abstract", "time", "substance", "animal", "plant"}),
)


@dataclass(frozen=True, slots=True)
class Corpora:
    """All that is learned from, by task; texts are joined and cut anew in each epoch."""

    attribution: Sequence[Example]
    names: Sequence[tuple[NameScheme, Sequence[Labelled]]]
    sentences: Sequence[Sequence[Paragraph]]
    """Documents; the heads of syntax learn from them too, and that of names where the treebank marks any."""


@dataclass(frozen=True, slots=True)
class Fold:
    """One part in ``of`` of the articles, counted from 1, to hold out for cross-validation: every ``of``-th of them."""

    part: int
    of: int

    def __post_init__(self) -> None:
        if not 1 <= self.part <= self.of or self.of < 2:
            raise ConfigError(f"no such fold: {self.part}/{self.of}; name a part in two or more, such as 1/5")

    def split(self, articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
        """The articles to learn from, and those held out."""
        held = [article for at, article in enumerate(articles) if at % self.of == self.part - 1]
        return [article for at, article in enumerate(articles) if at % self.of != self.part - 1], held


def load(folder: Path, tokenizer: Tokenizer, fold: Fold | None = None) -> Corpora:
    """The training parts under ``folder``, without PolNeAR's articles of ``fold``.

    Broad Twitter section g and both PUD test sets are never among them.
    """
    articles = read_polnear(folder / "polnear" / "train")
    attribution = [
        Example(pieces, *labels.attribution(pieces, article.attributions, article.text))
        for article in (fold.split(articles)[0] if fold else articles)
        if len(pieces := cut(article.text, tokenizer))
    ]
    ner = folder / "ner"
    names: list[tuple[NameScheme, Sequence[Labelled]]] = [
        # Professional feeds stay in tokens: there "@ name" is two names and "@name" none, which gluing would blur.
        *((THREE, read_conll(ner / "btc" / f"{part}.conll")) for part in "efh"),
        *((THREE, list(map(hashtags, read_conll(ner / "btc" / f"{part}.conll", natural=True)))) for part in "ab"),
        *((UNER, read_conll(ner / "uner" / f"en_ewt-ud-{part}.iob2", column=2, word=1)) for part in ("dev", "test")),
        (WIKIGOLD, read_conll(ner / "wikigold" / "wikigold.conll", natural=True)),
        *((CROSSNER, read_conll(ner / "crossner_politics" / f"{part}.txt", natural=True)) for part in ("train", "dev")),
    ]
    people = demonyms(folder / "facts" / "countries.json")
    names = [(scheme, [tell_demonyms(one, people) for one in part]) for scheme, part in names]
    # Shown twice: they are few, and the only ones with all kinds marked.
    names += [(WRITTEN, read_names())] * 2
    trees = ("en_ewt-ud-train", "gum_open_train")
    sentences = [tree.paragraphs for name in trees for tree in read_conllu(folder / "ud" / f"{name}.conllu")]
    return Corpora(attribution, names, sentences)


def demonyms(path: Path) -> frozenset[str]:
    """The English words for somebody or something of a country, also in the plural, from mledoze's list."""
    try:
        countries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}") from error
    own = {country["name"]["common"] for country in countries}
    words = {
        word.strip()
        for country in countries
        for listed in country.get("demonyms", {}).get("eng", {}).values()
        for word in re.split(r"[,/]| or ", listed)
        if word.strip() and word.strip() not in own
    }
    return frozenset(words | {word + "s" for word in words})


def tell_demonyms(labelled: Labelled, known: frozenset[str]) -> Labelled:
    """The same with a label of its own for demonyms: corpora disagree whether those are places or something else."""
    spans = tuple(
        (start, end, DEMONYM if labelled.text[start:end] in known and label in {"LOC", "MISC", "misc"} else label)
        for start, end, label in labelled.spans
    )
    return replace(labelled, spans=spans)


def hashtags(labelled: Labelled) -> Labelled:
    """The same with each name that is a hashtag's word widened to the whole hashtag, as the later sections have it."""
    spans = tuple(
        (start - 1 if start and labelled.text[start - 1] == "#" else start, end, label)
        for start, end, label in labelled.spans
    )
    return replace(labelled, spans=spans)


TITLES = (
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Ms.",
    "Dr",
    "Dr.",
    "President",
    "Senator",
    "General",
    "King",
    "Queen",
    "Pope",
)
"""No part of a name where UNER and WikiGold mark it, but rare in what there is of them."""
TITLED = 0.15
"""The share of their persons that get one."""


def titled(labelled: Labelled, random: Generator) -> Labelled:
    """The same with a title before some of the persons, outside of the name."""
    text, done = "", 0
    spans: list[tuple[int, int, str]] = []
    for start, end, label in sorted(labelled.spans):
        if label in {"PER", "person"} and start >= done and labelled.text[start].isupper() and random.random() < TITLED:
            text += labelled.text[done:start] + TITLES[int(random.integers(len(TITLES)))] + " "
            done = start
        moved = len(text) - done
        spans.append((start + moved, end + moved, label))
    return replace(labelled, text=text + labelled.text[done:], spans=tuple(spans))


IN_CAPITALS, CAPITALIZED, IN_SMALL = 0.03, 0.03, 0.02
"""The shares of texts with names that are shown in capitals, with a capital to each word, and without capitals."""


def recased(labelled: Labelled, chance: float) -> Labelled:
    """The same as headlines and careless writers write it, or as it is; ``chance``, 0 to 1, says which."""
    if chance < IN_CAPITALS:
        letters = [letter.upper() for letter in labelled.text]
    elif chance < IN_CAPITALS + CAPITALIZED:
        words = " " + labelled.text
        letters = [letter.upper() if words[at].isspace() else letter for at, letter in enumerate(labelled.text)]
    elif chance < IN_CAPITALS + CAPITALIZED + IN_SMALL:
        letters = [letter.lower() for letter in labelled.text]
    else:
        return labelled
    same = [new if len(new) == 1 else old for new, old in zip(letters, labelled.text, strict=True)]
    return replace(labelled, text="".join(same))


def epoch_windows(
    corpora: Corpora, tokenizer: Tokenizer, size: int, shares: Mapping[str, float], random: Generator
) -> dict[str, list[Example]]:
    """The windows that one epoch shows, by task: cut at other places, joined otherwise, in each."""
    tasks: dict[str, list[Example]] = {
        "attribution": [
            window
            for example in corpora.attribution
            for part in (short_texts(example, random) if random.random() < SHORT else [example])
            for window in _cut(part, size, random)
        ],
        "names": [
            window
            for scheme, part in corpora.names
            for group in _groups(part, random)
            for shown in [titled(group, random) if scheme.titles_outside else group]
            for window in _cut(_named(recased(shown, random.random()), scheme, tokenizer), size, random)
        ],
        "sentences": [
            window
            for paragraphs in corpora.sentences
            for window in _cut(_tree(paragraphs, tokenizer, random), size, random)
        ],
    }
    for task, windows in tasks.items():
        rounds = math.ceil(shares[task])
        order = [int(at) for _ in range(rounds) for at in random.permutation(len(windows))]
        tasks[task] = [windows[at] for at in order[: round(shares[task] * len(windows))]]
    return tasks


SHORT = 0.25
"""The share of articles that an epoch shows in short texts."""


def short_texts(example: Example, random: Generator) -> Iterator[Example]:
    """A text's paragraphs by ones, twos and threes, as comments are; windows of articles hardly end near a cue."""
    features = example.pieces.features
    breaks = [0, *(np.flatnonzero(features[1:, GAP] == NEW_PARAGRAPH) + 1).tolist(), len(features)]
    at = 0
    while at + 1 < len(breaks):
        low, at = breaks[at], min(at + int(random.integers(1, 4)), len(breaks) - 1)
        yield _slice(example, low, breaks[at])


def _cut(example: Example, size: int, random: Generator) -> Iterator[Example]:
    """Windows of at most ``size`` pieces, the first of a random length; links that leave a window are left out."""
    count = len(example.pieces)
    if count <= size:
        yield example
        return
    points = cut_points(example.pieces.features[:, 1], size, first=int(random.integers(size // 4, size)))
    for low, high in pairwise(points):
        yield _slice(example, low, high)


def _slice(example: Example, low: int, high: int) -> Example:
    pieces = example.pieces
    part = Pieces(
        pieces.ids[low:high],
        pieces.starts[low:high],
        pieces.ends[low:high],
        pieces.features[low:high],
        pieces.word_starts[low:high],
    )
    links = tuple(
        Link(link.start - low, link.end - low, link.tags[low:high])
        for link in example.links
        if low <= link.start and link.end <= high and not link.tags[:low].any() and not link.tags[high:].any()
    )
    return Example(part, {name: values[low:high] for name, values in example.labels.items()}, links)


def _groups(part: Sequence[Labelled], random: Generator) -> Iterator[Labelled]:
    """One to three neighbouring sentences together, so that single sentences and running text are both seen."""
    at = 0
    while at < len(part):
        size = int(random.integers(1, 4))
        yield join(part[at : at + size])
        at += size


def join(sentences: Sequence[Labelled]) -> Labelled:
    """One text of several, a space between them."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for sentence in sentences:
        text += " " if text else ""
        spans.extend((start + len(text), end + len(text), label) for start, end, label in sentence.spans)
        text += sentence.text
    return Labelled(text, tuple(spans))


def _named(labelled: Labelled, scheme: NameScheme, tokenizer: Tokenizer) -> Example:
    pieces = cut(labelled.text, tokenizer)
    return Example(pieces, labels.names(pieces, labelled, scheme))


def _tree(paragraphs: Sequence[Paragraph], tokenizer: Tokenizer, random: Generator) -> Example:
    """A document with its paragraphs parted by a blank line, by a line break or, to learn from less, by a space."""
    separator = ("\n\n", "\n\n", "\n", " ")[int(random.integers(4))]
    text = ""
    starts: list[int] = []
    words: list[Word] = []
    spans: list[tuple[int, int, str]] = []
    for paragraph in paragraphs:
        text += separator if text else ""
        base = len(text)
        starts.extend(base + start for start in paragraph.starts)
        words.extend(Word(base + word.start, base + word.end, word.upos, word.deprel) for word in paragraph.words)
        spans.extend((base + start, base + end, kind) for start, end, kind in paragraph.names or ())
        text += paragraph.text
    pieces = cut(text, tokenizer)
    told = any(paragraph.names is not None for paragraph in paragraphs)
    names = labels.names(pieces, Labelled(text, tuple(spans)), GUM) if told else labels.untold_names(pieces)
    return Example(pieces, {**labels.sentences(pieces, starts), **labels.syntax(pieces, words), **names})


def batches(windows: Sequence[Example], budget: int, random: Generator) -> list[list[Example]]:
    """Batches of windows of like length with at most ``budget`` pieces, padding counted; in random order."""
    order = sorted(random.permutation(len(windows)).tolist(), key=lambda at: len(windows[at].pieces))
    result: list[list[Example]] = []
    batch: list[Example] = []
    for at in order:
        window = windows[at]
        if not len(window.pieces):
            continue
        if batch and (len(batch) + 1) * (len(window.pieces) + 2) > budget:
            result.append(batch)
            batch = []
        batch.append(window)
    if batch:
        result.append(batch)
    return [result[at] for at in random.permutation(len(result))]
