"""How near two words are in WordNet, for two texts that differ in one word.

The senses are those of WordNet 3.0 (Miller 1995, "WordNet: a lexical database for English"), as
``ingest/train/senses.py`` writes them down.
"""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

APART = 3
"""From here on two words share no sense, none of theirs is tied to one of the other's, nor both to a third."""

KEPT = 20_000
"""Words whose senses are remembered."""

_ENDINGS = (
    ("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"),
)  # fmt: skip
"""What morphy, WordNet's own way to base forms, takes off and puts in its place."""


class _Entry(NamedTuple):
    own: frozenset[str]
    tied: frozenset[str]
    bases: tuple[str, ...]
    antonyms: frozenset[str]


def distance(one: str, other: str) -> int | None:
    """How far two words are apart, in lower case and any form; none where one of them isn't known.

    0: they share a sense; 1: a sense of one is tied to one of the other; 2: each has one that is tied to a third;
    3: none of these. Tied are broader and narrower senses, derived words, and similar ones.
    """
    ones, others = _entries(one), _entries(other)
    if not ones or not others:
        return None
    if one == other:
        return 0
    own, tied = _union(ones)
    its_own, its_tied = _union(others)
    if own & its_own:
        return 0
    if own & its_tied or tied & its_own:
        return 1
    return 2 if tied & its_tied else APART


def opposed(one: str, other: str) -> bool:
    """Whether two verbs, adjectives or adverbs are antonyms: "accept" and "refused", "longer" and "short"."""
    ones, others = _entries(one), _entries(other)
    return any(
        not entry.antonyms.isdisjoint(those)
        for mine, those in ((ones, others), (others, ones))
        for entry in mine.values()
    )


def same_word(one: str, other: str) -> bool:
    """Whether the two may be forms of one word: "froze" and "freeze"."""
    return not _entries(one).keys().isdisjoint(_entries(other))


def _union(entries: dict[str, _Entry]) -> tuple[frozenset[str], frozenset[str]]:
    return (
        frozenset().union(*(entry.own for entry in entries.values())),
        frozenset().union(*(entry.tied for entry in entries.values())),
    )


@lru_cache(KEPT)
def _entries(word: str) -> dict[str, _Entry]:
    """Of a word and of its base forms, as far as they are known."""
    forms = [word]
    if (found := _entry(word)) is not None:
        forms.extend(found.bases)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending)
            forms.append(stem + instead)
            if ending in ("ed", "ing") and not instead and len(stem) > 2 and stem[-1] == stem[-2]:
                forms.append(stem[:-1])
    known = ((form, _entry(form)) for form in forms)
    return {form: entry for form, entry in known if entry is not None and (entry.own or entry.tied)}


def _entry(word: str) -> _Entry | None:
    line = _table().get(word)
    if line is None:
        return None
    own, tied, bases, antonyms = line.split("\t")
    return _Entry(frozenset(own.split()), frozenset(tied.split()), tuple(bases.split()), frozenset(antonyms.split()))


@cache
def _table() -> dict[str, str]:
    packed = (files("ingest.annotate") / "data" / "senses.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)
