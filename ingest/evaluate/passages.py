"""Reads short passages that were labelled by hand for this project, and scores an annotator on them.

One file holds them all. A passage begins with ``=== NAME GENRE``; then comes a line for each of its attributions, with
its number, directness, polarity and certainty (``-`` where one of them is not labelled), a line ``---`` and the text.
In the text ``[s1 ...]``, ``[c1 ...]`` and ``[x1 ...]`` are source, cue and content of attribution 1 (``[s1+2 ...]``
serves two), ``{PER ...}``, ``{ORG ...}`` and ``{LOC ...}`` are names, and ``|`` stands before a sentence that begins
inside a paragraph. Lines before the first passage that begin with ``#`` are comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.evaluate.gold import Fragment, Fragments, GoldError, Triple, read_text
from ingest.evaluate.metrics import Counts, attribution_counts, exact
from ingest.evaluate.names import CONLL_KINDS, name_counts
from ingest.evaluate.report import Annotator, Report, as_triple, judged
from ingest.evaluate.sentences import start_counts
from ingest.model import Attribution

GENRES = frozenset({"news", "blog", "transcript", "comment"})
MANNERS = {
    "directness": frozenset({"direct", "indirect", "mixed"}),
    "polarity": frozenset({"affirmed", "denied", "questioned"}),
    "certainty": frozenset({"certain", "hedged"}),
}
"""What is labelled on each attribution, in the order of the file, with the values that it can have."""

UNLABELLED = "-"
LEAST_OVERLAP = 0.5
_ROLES = {"s": "source", "c": "cue", "x": "content"}
_HEADER = re.compile(r"=== (\S+) (\S+)")
_MARK = re.compile(r"\[(?P<role>[scx])(?P<numbers>\d+(?:\+\d+)*) |\{(?P<label>[A-Z]+) |(?P<close>[\]}])|(?P<start>\|)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An attribution with its manners: the values of ``MANNERS``, without those that are not labelled."""

    triple: Triple
    manners: dict[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A short text with all that people marked in it; ``names`` are ``(start, end, kind)``."""

    name: str
    genre: str
    text: str
    attributions: tuple[Labelled, ...]
    names: tuple[tuple[int, int, str], ...]
    starts: tuple[int, ...]


# --- reading ---------------------------------------------------------------------------------------------------


def read_passages(path: Path) -> list[Passage]:
    """All passages of a file. Raises ``GoldError`` naming the file, the passage and what is wrong in it."""
    parts = re.split(r"^(?==== )", read_text(path), flags=re.MULTILINE)
    passages: list[Passage] = []
    for part in parts[1:]:
        try:
            passages.append(_passage(part))
        except ValueError as error:
            raise GoldError(f"{path}: {part.splitlines()[0]}: {error}") from error
    names = [passage.name for passage in passages]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise GoldError(f"{path}: several passages are called {twice[0]}")
    if not passages:
        raise GoldError(f"{path}: no passages; each begins with a line '=== NAME GENRE'")
    return passages


def _passage(part: str) -> Passage:
    head, parted, marked = part.partition("\n---\n")
    title, *rows = head.split("\n")
    header = _HEADER.fullmatch(title)
    if not parted or header is None or header[2] not in GENRES:
        raise ValueError(f"begins with '=== NAME GENRE' ({', '.join(sorted(GENRES))}) and has a line '---'")
    manners = dict(map(_manners, rows))
    text, roles, names, starts = _unmarked(marked.strip("\n"))
    if set(roles) != set(manners):
        raise ValueError(f"attributions {sorted(manners)} are described, {sorted(roles)} are marked")
    attributions = tuple(
        Labelled(Triple(*(tuple(sorted(roles[number][role])) for role in _ROLES.values())), manners[number])
        for number in sorted(roles)
    )
    return Passage(header[1], header[2], text, attributions, names, starts)


def _manners(row: str) -> tuple[int, dict[str, str]]:
    number, *values = row.split()
    if not number.isdigit() or len(values) != len(MANNERS):
        raise ValueError(f"{row!r} is no line of a number and {', '.join(MANNERS)}")
    manners = {name: value for name, value in zip(MANNERS, values, strict=True) if value != UNLABELLED}
    for name, value in manners.items():
        if value not in MANNERS[name]:
            raise ValueError(f"{value!r} is no {name}; there are {', '.join(sorted(MANNERS[name]))}")
    return int(number), manners


_Roles = dict[int, dict[str, list[Fragment]]]


def _unmarked(marked: str) -> tuple[str, _Roles, tuple[tuple[int, int, str], ...], tuple[int, ...]]:
    text = ""
    roles: _Roles = {}
    names: list[tuple[int, int, str]] = []
    starts: list[int] = []
    opened: list[tuple[int, re.Match[str]]] = []
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark["start"]:
            starts.append(len(text))
        elif not mark["close"]:
            opened.append((len(text), mark))
        else:
            if not opened or (opened[-1][1]["role"] is not None) != (mark["close"] == "]"):
                raise ValueError(f"a {mark['close']} without its beginning after {text[-30:]!r}")
            start, begun = opened.pop()
            _check_edges(text, start)
            if begun["role"] is None:
                if begun["label"] not in CONLL_KINDS:
                    raise ValueError(f"names are labelled {', '.join(CONLL_KINDS)}, not {begun['label']}")
                names.append((start, len(text), CONLL_KINDS[begun["label"]]))
                continue
            for number in map(int, begun["numbers"].split("+")):
                empty: dict[str, list[Fragment]] = {role: [] for role in _ROLES.values()}
                roles.setdefault(number, empty)[_ROLES[begun["role"]]].append((start, len(text)))
    if opened:
        raise ValueError(f"{opened[-1][1][0]!r} has no end")
    text += marked[at:]
    if stray := set(text) & set("[]{}|"):
        raise ValueError(f"{sorted(stray)[0]!r} is mark-up and cannot stand in a text")
    begins = {match.start() for match in re.finditer(r"(?:(?<=\n\n)|\A)\S", text)}
    return text, roles, tuple(sorted(names)), tuple(sorted(begins.union(starts)))


def _check_edges(text: str, start: int) -> None:
    words = text[start:]
    if not words or words != words.strip():
        raise ValueError(f"what is marked must begin and end with a word: {words!r}")


# --- scoring ---------------------------------------------------------------------------------------------------


def evaluate_passages(passages: Sequence[Passage], annotator: Annotator) -> Report:
    """Attributions, names and sentence starts as elsewhere, and the share of right manners among matched attributions.

    Directness, polarity and certainty are compared where an attribution that was found covers the same words as a
    labelled one (``matches``), so that they say nothing of what was not found.
    """
    scored = []
    confidences: list[tuple[float, bool]] = []
    for passage, answer in zip(passages, annotator.annotate([one.text for one in passages]), strict=True):
        wanted = [one.triple for one in passage.attributions]
        found = [as_triple(one) for one in answer.attributions]
        counts = attribution_counts(found, wanted)
        counts["names"] = name_counts([(one.start, one.end, one.kind) for one in answer.names], passage.names)
        counts["sentences"] = exact([span.start for span in answer.sentences], passage.starts)
        counts["sentences_inner"] = start_counts([span.start for span in answer.sentences], passage.starts, inner=True)
        counts.update(manner_counts(answer.attributions, passage.attributions))
        confidences.extend(judged(answer.attributions, wanted))
        scored.append((f"{passage.name} ({passage.genre})", counts))
    return Report("passages", "triple", tuple(scored), tuple(confidences))


def manner_counts(found: Sequence[Attribution], wanted: Sequence[Labelled]) -> dict[str, Counts]:
    """Of each manner how many are right among the matched attributions on which it is labelled."""
    pairs = [(found[one], wanted[other]) for one, other in matches([as_triple(one) for one in found], _triples(wanted))]
    counts = {}
    for manner in MANNERS:
        labelled = [(getattr(one, manner), other.manners[manner]) for one, other in pairs if manner in other.manners]
        right = sum(one == other for one, other in labelled)
        counts[manner] = Counts(right, len(labelled), len(labelled))
    return counts


def _triples(labelled: Iterable[Labelled]) -> list[Triple]:
    return [one.triple for one in labelled]


def matches(found: Sequence[Triple], wanted: Sequence[Triple]) -> list[tuple[int, int]]:
    """Pairs of indices of attributions that mean the same, each in one pair at most, the most alike first.

    Two are alike by the characters of cue and content that both cover, as a share of those that either covers; from
    ``LEAST_OVERLAP`` on they mean the same.
    """
    covered = [[_characters((*one.cue, *one.content)) for one in side] for side in (found, wanted)]
    shares = sorted(
        (
            (-len(have & want) / len(have | want), one, other)
            for one, have in enumerate(covered[0])
            for other, want in enumerate(covered[1])
            if have & want
        ),
    )
    pairs: list[tuple[int, int]] = []
    for share, one, other in shares:
        if -share >= LEAST_OVERLAP and all(one != first and other != second for first, second in pairs):
            pairs.append((one, other))
    return pairs


def _characters(fragments: Fragments) -> frozenset[int]:
    return frozenset(at for start, end in fragments for at in range(start, end))
