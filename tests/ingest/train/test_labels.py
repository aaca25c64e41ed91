from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ingest.annotate.neural.pieces import Pieces, cut
from ingest.evaluate.gold import Labelled, Triple, Word
from ingest.train import labels
from ingest.train.labels import ALLOWED, NAME_TAGS, RULED_OUT, UNKNOWN, UNTOLD, NameScheme


@dataclass(frozen=True)
class Words:
    """What a tokenizer answers that knows every word and sign whole."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    tokens: list[str]


class WordTokenizer:
    def encode(self, sequence: str, *, add_special_tokens: bool) -> Words:
        found = list(re.finditer(r"\w+|[^\w\s]", sequence))
        return Words([7] * len(found), [match.span() for match in found], [match.group() for match in found])


def cut_words(text: str) -> Pieces:
    return cut(text, WordTokenizer())


def test_attributions_label_cues_roles_and_each_cues_own_spans() -> None:
    text = '"Go," she said, "home." He agreed.'
    #       01 2 3 4   5    6 78    9 0  1  2      pieces
    pieces = cut_words(text)
    said = Triple(source=((6, 9),), cue=((10, 14),), content=((0, 5), (16, 23)))
    agreed = Triple(source=((24, 26),), cue=((27, 33),), content=())
    heads, links = labels.attribution(pieces, [said, agreed], text)
    spelt = [text[start:end] for start, end in zip(pieces.starts, pieces.ends, strict=True)]
    assert [spelt[at] for at in np.flatnonzero(heads["cue"])] == ["said", "agreed"]
    inside = heads["roles"][:, labels.ROLE_FLAGS.index("content")]
    assert [spelt[at] for at in np.flatnonzero(inside)] == ['"', "Go", ",", '"', '"', "home", ".", '"']
    starts = heads["roles"][:, labels.ROLE_FLAGS.index("content_start")]
    assert np.flatnonzero(starts).tolist() == [0, 7]
    first, second = links
    assert (spelt[first.start : first.end], spelt[second.start : second.end]) == (["said"], ["agreed"])
    assert first.tags.tolist()[:11] == [3, 4, 4, 4, 1, 5, 0, 3, 4, 4, 4]
    assert second.tags.tolist() == [0] * 11 + [1, 5, 0]


def test_white_space_that_annotators_caught_is_no_part_of_a_span() -> None:
    text = "He said so ."
    heads, _ = labels.attribution(cut_words(text), [Triple((), ((2, 8),), ((8, 11),))], text)
    assert heads["cue"].tolist() == [0, 1, 0, 0]


def test_kinds_that_a_corpus_does_not_annotate_stay_possible_where_it_is_silent() -> None:
    pieces = cut_words("Paris met NATO")
    scheme = NameScheme({"LOC": ("place",)}, silent=("event",))
    allowed = labels.names(pieces, Labelled("Paris met NATO", ((0, 5, "LOC"),)), scheme)["names"]
    assert [NAME_TAGS[tag] for tag in np.flatnonzero(allowed[0])] == ["B-place"]
    assert [NAME_TAGS[tag] for tag in np.flatnonzero(allowed[1])] == ["O", "B-event", "I-event"]
    assert allowed[1, :1].tolist() == [ALLOWED]
    assert set(allowed[1, 1:].tolist()) == {RULED_OUT, UNTOLD}


def test_a_label_of_several_kinds_allows_each_and_an_unknown_label_everything() -> None:
    text = "World Cup and Thing"
    scheme = NameScheme({"MISC": ("event", "work")})
    spans = ((0, 9, "MISC"), (14, 19, "ODD"))
    allowed = labels.names(cut_words(text), Labelled(text, spans), scheme)["names"]
    assert [NAME_TAGS[tag] for tag in np.flatnonzero(allowed[0])] == ["B-event", "B-work"]
    assert [NAME_TAGS[tag] for tag in np.flatnonzero(allowed[1])] == ["I-event", "I-work"]
    assert [NAME_TAGS[tag] for tag in np.flatnonzero(allowed[2])] == ["O"]
    assert allowed[3].all()


def test_a_label_that_is_unmarked_leaves_the_piece_unlabelled() -> None:
    scheme = NameScheme({"LOC": ("place",)}, unmarked=frozenset({"TIME"}))
    allowed = labels.names(cut_words("Monday"), Labelled("Monday", ((0, 6, "TIME"),)), scheme)["names"]
    assert allowed[0].tolist() == [ALLOWED] + [RULED_OUT] * (len(NAME_TAGS) - 1)


def test_the_longest_of_overlapping_names_counts() -> None:
    text = "Bank of England"
    scheme = NameScheme({"ORG": ("organization",), "LOC": ("place",)})
    spans = ((0, 15, "ORG"), (8, 15, "LOC"))
    allowed = labels.names(cut_words(text), Labelled(text, spans), scheme)["names"]
    assert [NAME_TAGS[row.argmax()] for row in allowed] == ["B-organization", "I-organization", "I-organization"]


def test_sentence_starts_and_words() -> None:
    pieces = cut_words("Go. Now!")
    assert labels.sentences(pieces, [0, 4])["sentences"].tolist() == [1, 0, 1, 0]
    heads = labels.syntax(pieces, [Word(0, 2, "VERB", "root"), Word(4, 7, "ADV", "no such relation")])
    assert heads["upos"].tolist() == [labels.UPOS.index("VERB"), UNKNOWN, labels.UPOS.index("ADV"), UNKNOWN]
    assert heads["deprel"].tolist() == [labels.DEPREL.index("root"), UNKNOWN, UNKNOWN, UNKNOWN]
