"""Who a source is: a name, a pronoun that stands for one, a description, or the writer of the text.

============================ ===== =================================================================
rule:name                     0.9  the source names the speaker
rule:surname                  0.85 a family name whose fuller name stands on the same page
rule:outlet-list              0.85 the source names a listed outlet
rule:relative                 0.8  "who", right after the name it belongs to
rule:writer                   0.8  "I" or "we" outside of quotation marks: the comment's author or the by-line
rule:description              0.7  a description without a name: an unnamed speaker, local to its text
rule:capitals                 0.5  capitalised words that no other rule knew as a name
rule:nearest-name             0.4  "he" or "she": the nearest person named before it who is not ruled out
============================ ===== =================================================================
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from ingest.claims.outlets import OutletSpan
from ingest.model import (
    Annotations,
    Container,
    Document,
    Entity,
    EntityKind,
    Id,
    Mention,
    Name,
    Span,
    Spans,
    Speaker,
    SpeakerKind,
    SpeakerStatus,
    account_id,
    entity_id,
)

CONFIDENCE = {
    "rule:name": 0.9,
    "rule:surname": 0.85,
    "rule:outlet-list": 0.85,
    "rule:relative": 0.8,
    "rule:writer": 0.8,
    "rule:description": 0.7,
    "rule:capitals": 0.5,
    "rule:nearest-name": 0.4,
}

Gender = Literal["female", "male"]

# As far back as a pronoun is followed. Print names a person again after a few paragraphs.
_REACH = 1_500
_LONGEST_NAME = 200
# How much more often the one bearer of a family name must be named in full for the bare family name to mean them.
_OUTNUMBERS = 3
_WRITER = frozenset(("i", "we"))
_SINGULAR: Mapping[str, Gender] = {"he": "male", "she": "female", "his": "male", "him": "male", "her": "female"}
_RELATIVE = frozenset(("who", "which", "whom", "that"))
_UNCLEAR = frozenset(("they", "it", "you", "this", "these", "those", "one", "their", "its", "him", "them"))
_PREPOSITION = re.compile(
    r"\b(?:of|for|from|to|with|at|in|by|on|about|against|between|under|near)\b|['’]s\b|s['’](?=\s)", re.IGNORECASE
)
_CAPITALS = re.compile(
    r"(?:[Tt]he\s+)?((?:[^\W\d_a-z][\w.'’-]*)(?:\s+(?:of|de|van|von|al|the|and|&|[^\W\d_a-z][\w.'’-]*)){0,5})"
)
_HIMSELF = re.compile(r"\s+(?:himself|herself|itself|themselves|alone|too|also)$")
_HONORIFIC = re.compile(r"\b(Mr|Sir|Lord|Mrs|Ms|Miss|Madam|Lady|Dame)\b\.?\s*$")
_EDGES = ' ,;:…"“”«»„()[]–—-'
_ABBREVIATED = re.compile(r"(?:\b\w|\b[A-Z]\w{1,3})\.$")
_SPEAKING_KINDS: frozenset[EntityKind] = frozenset(("person", "organization", "place", "group"))


@cache
def _genders() -> Mapping[str, Gender]:
    """Given names that are evidence of a gender."""
    lists = json.loads((files("ingest.claims") / "data" / "given_names.json").read_text(encoding="utf-8"))
    genders: dict[str, Gender] = {}
    for name in lists["female"]:
        genders[name] = "female"
    for name in lists["male"]:
        genders[name] = "male"
    return genders


def plain(words: str) -> str:
    """A name or description as it is shown: white space joined, marks at its edges removed."""
    shown = " ".join(words.split()).strip(_EDGES)
    # The full stop of "Jr." or "U.S." belongs to the name.
    return shown if _ABBREVIATED.search(shown) else shown.rstrip(".")


@dataclass(slots=True)
class _Known:
    """An entity while it is gathered."""

    kind: EntityKind
    name: str
    method: str
    confidence: float
    mentions: dict[Mention, None] = field(default_factory=dict)
    references: dict[Mention, None] = field(default_factory=dict)
    spellings: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who a source is, or that it cannot be told."""

    speaker: Speaker | None
    status: SpeakerStatus


class Cast:
    """Everybody and everything that a page names, and who its sources are.

    Args:
        document: the page.
        annotations: what was found in each of its containers.
        outlets: where each container names an outlet: those are no entities of their own.
    """

    def __init__(
        self,
        document: Document,
        annotations: Mapping[Container, Annotations],
        outlets: Mapping[Container, Sequence[OutletSpan]],
    ) -> None:
        self._document = document
        self._outlets = outlets
        self._entities: dict[Id, _Known] = {}
        self._names: dict[Container, list[tuple[Name, Id]]] = {}
        self._name_starts: dict[Container, list[int]] = {}
        self._reported: dict[Container, list[Span]] = {
            container: sorted(span for attribution in found.attributions for span in attribution.content)
            for container, found in annotations.items()
        }
        self._gender: dict[Id, Gender] = {}
        self._fuller = self._fuller_names(annotations)
        for container, text in document.containers():
            self._gather(container, text, annotations.get(container, Annotations()))

    # --- names -----------------------------------------------------------------------------------------------

    def _fuller_names(self, annotations: Mapping[Container, Annotations]) -> dict[str, str]:
        """For each family name the full name of the person who bears it: the only one on the page, or by far the most
        often named one."""
        bearers: dict[str, Counter[str]] = {}
        for container, text in self._document.containers():
            for name in annotations.get(container, Annotations()).names:
                parts = text[name.start : name.end].split()
                if name.kind == "person" and len(parts) > 1:
                    bearers.setdefault(parts[-1].casefold(), Counter())[" ".join(parts)] += 1
        fuller: dict[str, str] = {}
        for family, full_names in bearers.items():
            (full, often), *others = full_names.most_common(2)
            if not others or often >= _OUTNUMBERS * others[0][1]:
                fuller[family] = full
        return fuller

    def _gather(self, container: Container, text: str, found: Annotations) -> None:
        taken = self._outlets.get(container, ())
        starts = [span.start for span in taken]
        gathered: list[tuple[Name, Id]] = []
        for name in sorted(found.names, key=lambda name: name.start):
            place = bisect_left(starts, name.end) - 1
            if place >= 0 and taken[place].end > name.start:
                continue
            shown = " ".join(text[name.start : name.end].split())
            full = self._fuller.get(shown.casefold(), shown) if name.kind == "person" else shown
            entity = self._entity(name.kind, full, name.method, name.confidence)
            known = self._entities[entity]
            known.mentions[Mention(container, name.start, name.end)] = None
            known.spellings[shown] += 1
            gathered.append((name, entity))
            self._learn_gender(entity, shown, text, name.start)
        self._names[container] = gathered
        self._name_starts[container] = [name.start for name, _ in gathered]

    def _entity(self, kind: EntityKind, name: str, method: str, confidence: float, qualifier: str = "") -> Id:
        entity = entity_id(kind, name, qualifier)
        known = self._entities.setdefault(entity, _Known(kind, name, method, confidence))
        if confidence > known.confidence:
            known.method, known.confidence = method, confidence
        return entity

    def _learn_gender(self, entity: Id, shown: str, text: str, start: int) -> None:
        if self._entities[entity].kind != "person":
            return
        title = _HONORIFIC.search(text, max(0, start - 8), start)
        if title is not None:
            self._gender[entity] = "male" if title[1] in {"Mr", "Sir", "Lord"} else "female"
        first = shown.split()[0]
        if " " in shown and entity not in self._gender and (gender := _genders().get(first)) is not None:
            self._gender[entity] = gender

    # --- sources ---------------------------------------------------------------------------------------------

    def resolve(self, container: Container, source: Spans, content: Spans) -> Resolved:
        """Who ``source`` is; ``content`` is what they are said to have said."""
        if not source:
            return Resolved(None, "none")
        text = self._document.text_of(container)
        start, end = source[0].start, source[-1].end
        words = plain(text[start:end])
        lower = words.lower()
        if lower in _WRITER:
            return self._writer(container)
        if lower in _SINGULAR:
            return self._nearest(container, start, end, _SINGULAR[lower], content)
        if lower in _RELATIVE:
            return self._antecedent(container, text, start, end)
        if lower in _UNCLEAR or not words:
            return Resolved(None, "unresolved")
        return self.named(container, start, end) or self._described(container, start, end, words)

    def named(self, container: Container, start: int, end: int, *, last: bool = False) -> Resolved | None:
        """The speaker whose name heads the phrase ``[start, end)``; with ``last`` whoever is named last in it."""
        text = self._document.text_of(container)
        inside: list[tuple[int, int, Name | None, Id | None, OutletSpan | None]] = [
            (name.start, name.end, name, entity, None) for name, entity in self._names_within(container, start, end)
        ]
        inside += [
            (span.start, span.end, None, None, span)
            for span in self._outlets.get(container, ())
            if start <= span.start and span.end <= end
        ]
        inside.sort(key=lambda item: item[0])
        for first, stop, name, entity, outlet in reversed(inside) if last else inside:
            if name is not None and name.kind not in _SPEAKING_KINDS:
                continue
            if not last and not self._heads(text, start, first, stop, end):
                continue
            if outlet is not None:
                found = outlet.outlet
                return Resolved(
                    Speaker(found.id, found.name, "outlet", "rule:outlet-list", CONFIDENCE["rule:outlet-list"]),
                    "resolved",
                )
            if name is not None and entity is not None:
                shown = " ".join(text[first:stop].split())
                method = "rule:surname" if shown.casefold() != self._entities[entity].name.casefold() else "rule:name"
                return Resolved(self._speaker(entity, method), "resolved")
        return None

    @staticmethod
    def _heads(text: str, start: int, first: int, stop: int, end: int) -> bool:
        """Whether the name ``[first, stop)`` is what the phrase is about, and no part of a description."""
        before, after = text[start:first], text[stop:end]
        if _PREPOSITION.search(before) and "," not in before:
            return False
        following = after.lstrip()
        if not following:
            return True
        if following[:2] in {"'s", "’s"} or following[0] in "'’-":
            return False
        word = re.match(r"[^\W\d_]+", following)
        return word is None or word[0] in {"of", "for", "from", "at", "in", "and", "with", "on"}

    def _names_within(self, container: Container, start: int, end: int) -> list[tuple[Name, Id]]:
        names = self._names.get(container, [])
        first = bisect_left(self._name_starts.get(container, []), start)
        found: list[tuple[Name, Id]] = []
        for at in range(first, len(names)):
            name, entity = names[at]
            if name.start >= end:
                break
            if name.end <= end:
                found.append((name, entity))
        return found

    def _writer(self, container: Container) -> Resolved:
        author = self._document.author if container == "body" else self._document.comments[container].author
        if not author or not author.strip():
            return Resolved(None, "unresolved")
        account = account_id(self._document.site, author)
        return Resolved(Speaker(account, author, "account", "rule:writer", CONFIDENCE["rule:writer"]), "resolved")

    def _nearest(self, container: Container, start: int, end: int, gender: Gender, content: Spans) -> Resolved:
        names = self._names.get(container, [])
        at = bisect_left(self._name_starts.get(container, []), start)
        while at > 0:
            at -= 1
            name, entity = names[at]
            if start - name.end > _REACH:
                break
            if name.kind != "person" or self._gender.get(entity, gender) != gender:
                continue
            if self._is_reported(container, name, content):
                continue
            self._gender.setdefault(entity, gender)  # who was "she" is not "he" later on
            self._entities[entity].references[Mention(container, start, end)] = None
            return Resolved(self._speaker(entity, "rule:nearest-name"), "resolved")
        return Resolved(None, "unresolved")

    def _is_reported(self, container: Container, name: Name, content: Spans) -> bool:
        """Whether a name stands in words that somebody is said to have said: those are rarely the speaker's own."""
        if any(span.start <= name.start < span.end for span in content):
            return True
        reported = self._reported.get(container, [])
        at = bisect_left(reported, Span(name.start, name.end))
        return any(span.start <= name.start < span.end for span in reported[max(0, at - 2) : at + 1])

    def _antecedent(self, container: Container, text: str, start: int, end: int) -> Resolved:
        names = self._names.get(container, [])
        at = bisect_left(self._name_starts.get(container, []), start) - 1
        if at >= 0:
            name, entity = names[at]
            if name.kind in _SPEAKING_KINDS and text[name.end : start].strip() in {"", ","}:
                self._entities[entity].references[Mention(container, start, end)] = None
                return Resolved(self._speaker(entity, "rule:relative"), "resolved")
        return Resolved(None, "unresolved")

    def _described(self, container: Container, start: int, end: int, words: str) -> Resolved:
        if len(words) > _LONGEST_NAME:
            return Resolved(None, "unresolved")
        capitals = _CAPITALS.fullmatch(_HIMSELF.sub("", words))
        if capitals is not None and capitals[1].lower() not in _NO_NAMES:
            kind: EntityKind = "organization" if words[:4].lower() == "the " else "person"
            name = self._fuller.get(capitals[1].casefold(), capitals[1]) if kind == "person" else capitals[1]
            entity = self._entity(kind, name, "rule:capitals", CONFIDENCE["rule:capitals"])
            known = self._entities[entity]
            known.mentions[Mention(container, start, end)] = None
            known.spellings[capitals[1]] += 1
            return Resolved(
                self._speaker(entity, "rule:surname" if name != capitals[1] else "rule:capitals"), "resolved"
            )
        return self.unnamed(container, start, end, words)

    def unnamed(self, container: Container, start: int, end: int, words: str) -> Resolved:
        """A speaker known by a description only: the same one wherever this text uses the same words."""
        node = self._document.node_of(container)
        entity = self._entity("unnamed", words, "rule:description", CONFIDENCE["rule:description"], node)
        self._entities[entity].references[Mention(container, start, end)] = None
        return Resolved(self._speaker(entity, "rule:description"), "unnamed")

    def person(self, container: Container, start: int, end: int, words: str) -> Resolved:
        """Whoever the page's own layout names as a speaker, as a transcript does.

        A paper that asks the questions may be named as an organization in the page's text: it is the same one.
        """
        asks = entity_id("organization", words) in self._entities and words.split()[0] not in _genders()
        kind: EntityKind = "organization" if asks and entity_id("person", words) not in self._entities else "person"
        entity = self._entity(kind, words, "rule:capitals", CONFIDENCE["rule:capitals"])
        self._entities[entity].mentions[Mention(container, start, end)] = None
        return Resolved(self._speaker(entity, "rule:name"), "resolved")

    def _speaker(self, entity: Id, method: str) -> Speaker:
        known = self._entities[entity]
        return Speaker(entity, known.name, _speaker_kind(known.kind), method, CONFIDENCE[method])

    # --- the whole -------------------------------------------------------------------------------------------

    def entities(self) -> tuple[Entity, ...]:
        """Everybody and everything named or referred to, in the order of the page."""
        return tuple(
            Entity(
                id=entity,
                name=known.name,
                kind=known.kind,
                mentions=tuple(known.mentions),
                references=tuple(known.references),
                aliases=tuple(spelling for spelling in known.spellings if spelling != known.name),
                method=known.method,
                confidence=known.confidence,
            )
            for entity, known in self._entities.items()
        )


_NO_NAMES = frozenset(
    (
        "some",
        "many",
        "others",
        "most",
        "nobody",
        "everyone",
        "everybody",
        "somebody",
        "someone",
        "one",
        "both",
        "officials",
        "sources",
        "experts",
        "critics",
        "analysts",
        "police",
    )
)


def _speaker_kind(kind: EntityKind) -> SpeakerKind:
    if kind in ("person", "organization", "place", "group", "unnamed"):
        return kind
    raise ValueError(f"an entity of the kind {kind} does not speak")
