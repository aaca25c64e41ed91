"""Who a source is: a name, a pronoun that stands for one, a description, or the writer of the text.

============================ ===== =================================================================
rule:name                     0.9  the source names the speaker
rule:surname                  0.85 a family name whose fuller name stands on the same page
rule:outlet-list              0.85 the source names a listed outlet
rule:first-name               0.8  a given name whose fuller name stands on the same page
rule:short-name               0.8  an acronym of an organization named on the page, or how its name begins
rule:relative                 0.8  "who", right after the name or the description that it belongs to
rule:writer                   0.8  "I" or "we" outside of quotation marks: the comment's author or the by-line
rule:quoted-speaker           0.8  "I" or "we" in somebody's words: whoever's words they are
rule:metonymy                 0.75 a place or a building that stands for whoever sits there
rule:role                     0.7  a description whose role was introduced with a name
rule:description              0.7  a description without a name: an unnamed speaker, local to its text
rule:own-words                0.7  somebody's words: "the Quill remarks", "a statement by Quill"
rule:institution              0.7  what is called by whom it serves: "the Clinton campaign"
rule:kind-of-body             0.65 "the committee" after a body so named, "the paper" after a paper
rule:demonym                  0.65 a people that speaks as one: its government
rule:capitals                 0.5  capitalised words that no other rule knew as a name
rule:same-subject             0.6  "they" of a clause that is joined to one whose subject is several
rule:both                     0.55 "they" after two who are named together: "Quill and Harrow"
rule:answered                <0.6  "he" or "she" of a comment that names nobody: whom the one that it answers is about
rule:nearest-name            <0.7  "he" or "she": who stands out most before it, of those not ruled out
rule:nearest-body            <0.6  "it" or "they": the body or the speakers that stand out most before it
model:coreference             p    what the coreference model holds for likeliest, with its probability
============================ ===== =================================================================

Of a pronoun, and of a description whose role nobody was introduced with, coreference decides where it is sure enough;
whom a pronoun cannot mean, by gender, number and kind, is left out before. Below ``LEAST_SALIENT``, of bodies
``LEAST_SALIENT_BODY``, and ``LEAST_LIKELY`` the answer is that it cannot be told.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from ingest.claims.outlets import OutletSpan
from ingest.claims.speakers_data import HONORIFICS, Gender, fold, genders
from ingest.claims.speakers_links import Links, Meant
from ingest.claims.speakers_metonymy import institution_meant, is_dateline
from ingest.claims.speakers_names import Called, calls
from ingest.claims.speakers_phrases import (
    BODIES,
    GROUP,
    PERSON,
    RELATIVE,
    UNCLEAR,
    WRITER,
    antecedent_before,
    body_called,
    heads,
    institution_called,
    institution_of_pronoun,
    institutions_in,
    is_definite,
    is_plural,
    is_pronoun,
    is_what_is_uttered,
    name_in_capitals,
    opens_quotation,
    plain,
)
from ingest.claims.speakers_roles import Bearer, Roles, described
from ingest.claims.speakers_salience import REACH, Salience, Seen
from ingest.model import (
    BODY,
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
    entity_id,
)
from ingest.naming import account, named

__all__ = ["Cast", "Resolved", "plain"]

CONFIDENCE: Final = {
    "rule:name": 0.9,
    "rule:surname": 0.85,
    "rule:outlet-list": 0.85,
    "rule:first-name": 0.8,
    "rule:short-name": 0.8,
    "rule:relative": 0.8,
    "rule:writer": 0.8,
    "rule:quoted-speaker": 0.8,
    "rule:metonymy": 0.75,
    "rule:role": 0.7,
    "rule:description": 0.7,
    "rule:own-words": 0.7,
    "rule:institution": 0.7,
    "rule:kind-of-body": 0.65,
    "rule:demonym": 0.65,
    "rule:both": 0.55,
    "rule:same-subject": 0.6,
    "rule:capitals": 0.5,
}
LEAST_SALIENT: Final = 0.4
"""The share that somebody must have of all who stand out before a pronoun to be meant by it."""
LEAST_SALIENT_BODY: Final = 0.65
"""The same of a body before "it" or "they": those are easier to take for the wrong one."""
LEAST_LIKELY: Final = 0.55
"""The probability from which coreference decides: of what is labelled for tuning as much is right from 0.3 to 0.6, and
from here on one answer fewer is wrong."""
_SUREST: Final = {"rule:nearest-name": 0.7, "rule:nearest-body": 0.6, "rule:answered": 0.6}
"""What is never surer, however much somebody stands out."""

_LONGEST_NAME: Final = 200
_IN: Final = re.compile(r"\b(?:in|at|near|from|of)\s+$")
_FOLLOWS: Final = re.compile(r"\s*(?:(?:him|her|it)self\s*|themselves\s*)?(?:,|—|–|--)?\s*")
# "a couple of thousand Javelins": what is counted is a thing, whatever it was taken for, and says nothing.
_COUNTED: Final = re.compile(
    r"\b(?:\d[\d,]*\+?|two|three|four|five|six|ten|twenty|fifty|a\s+few|several|dozens|hundreds|thousands?|a\s+couple|more)"
    r"\s+(?:of\s+(?:the\s+)?|more\s+)?$",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    r"(?P<who>(?:The|Many|Most|Some|Several|These|Those|His|Her|Their|Our)\s+(?:[\w’'-]+\s+){0,2}?[\w’'-]+s)\s+"
    r"(?:are|were|have|do|don['’]t|will|would|can|could|may|might|must|should)\b"
)
_JOINED: Final = re.compile(r"[,;]\s+(?:and|but|so|because|since|while)\s+(?:also\s+|now\s+|then\s+|so\s+)?$")
# "Mann, Quill and Harrow" are more than two, and "a report by Quill and Harrow" is not about them.
_NOT_BOTH: Final = re.compile(r"(?:,|\bby)\s+$")
_NAMES_BACK: Final = 6
_SENTENCES_BACK: Final = 2
_OURS: Final = frozenset(("our", "my", "your"))
_WHAT_IT_IS: Final = re.compile(r"\s([a-z]{3,})\b")
_OUTLETS_BACK: Final = 12
_DEEPEST: Final = 50
"""Quotations that begin before a place and are looked at to tell whose words it stands in."""
_SPEAKING_KINDS: Final[frozenset[EntityKind]] = frozenset(("person", "organization", "place", "group"))
_BODY_KINDS: Final[frozenset[EntityKind]] = frozenset(("organization", "place"))


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


UNRESOLVED: Final = Resolved(None, "unresolved")


@dataclass(slots=True)
class _Text:
    """What is known of one container."""

    container: Container
    text: str
    names: list[tuple[Name, Id, Called]]
    starts: list[int]
    outlets: Sequence[OutletSpan]
    salience: Salience
    roles: Roles
    links: Links
    bodies: dict[str, list[tuple[int, Id]]]
    quotations: list[tuple[Span, Spans, Spans]]
    known: dict[tuple[int, int], Resolved] = field(default_factory=dict)


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
        self._post_author = document.author or _who_answers(document)
        self._entities: dict[Id, _Known] = {}
        self._outlet_speakers: dict[Id, Speaker] = {}
        self._gender: dict[Id, Gender] = {}
        self._things: set[Id] = set()
        self._texts: dict[Container, _Text] = {}
        self._guessed: dict[Container, set[int]] = {}
        self._unnamed_at: dict[tuple[Container, int], Id] = {}
        self._times_described: Counter[tuple[Id, str]] = Counter()
        annotations = {
            container: self._with_capitals(container, found, outlets.get(container, ()))
            for container, found in annotations.items()
        }
        named = calls(document, annotations, outlets)
        gathered = {
            container: list(self._gather(container, text, named[container]))
            for container, text in document.containers()
        }
        for container, text in document.containers():
            found = annotations.get(container, Annotations())
            self._texts[container] = self._read(container, text, found, gathered[container], outlets.get(container, ()))
        for container, found in annotations.items():
            self._resolve_all(self._texts[container], found)

    # --- names -----------------------------------------------------------------------------------------------

    def _with_capitals(self, container: Container, found: Annotations, outlets: Sequence[OutletSpan]) -> Annotations:
        """The annotations, with the sources that are names by their capitals, though nobody knew them as such."""
        text = self._document.text_of(container)
        known = sorted((*((one.start, one.end) for one in found.names), *((one.start, one.end) for one in outlets)))
        guessed: dict[int, Name] = {}
        for attribution in found.attributions:
            if not attribution.source:
                continue
            start, end = attribution.source[0].start, attribution.source[-1].end
            at = bisect_left(known, (end, 0)) - 1
            words = plain(text[start:end])
            capitals = name_in_capitals(words) if at < 0 or known[at][1] <= start else None
            if capitals is not None and institution_meant(words) is None and institution_called(words) is None:
                first = text.index(capitals.split()[0], start)
                kind: EntityKind = "organization" if words[:4].lower() == "the " else "person"
                guessed[first] = Name(first, end, kind, CONFIDENCE["rule:capitals"], "rule:capitals")
        self._guessed[container] = set(guessed)
        return replace(found, names=(*found.names, *guessed.values())) if guessed else found

    def _gather(
        self, container: Container, text: str, named: Sequence[tuple[Name, Called]]
    ) -> Iterator[tuple[Name, Id, Called]]:
        for name, called in named:
            entity = self._entity(called.kind, called.name, name.method, name.confidence)
            known = self._entities[entity]
            known.mentions[Mention(container, name.start, name.end)] = None
            known.spellings[" ".join(text[name.start : name.end].split())] += 1
            if called.kind == "organization" and _COUNTED.search(text, max(0, name.start - 30), name.start):
                self._things.add(entity)
            if called.kind == "person":
                self._learn_gender(entity, called.name, text[max(0, name.start - 10) : name.start])
            yield name, entity, called

    def _learn_gender(self, entity: Id, name: str, before: str) -> None:
        words = before.split()
        title = HONORIFICS.get(fold(words[-1])) if words and before[-1].isspace() else None
        if title is not None:
            self._gender[entity] = title
        elif (
            entity not in self._gender and " " in name and (gender := genders().get(fold(name.split()[0]))) is not None
        ):
            self._gender[entity] = gender

    def _entity(self, kind: EntityKind, name: str, method: str, confidence: float, qualifier: str = "") -> Id:
        entity = entity_id(kind, name, qualifier) if qualifier else named(self._document, kind, name)
        known = self._entities.setdefault(entity, _Known(kind, name, method, confidence))
        if confidence > known.confidence:
            known.method, known.confidence = method, confidence
        return entity

    def _read(
        self,
        container: Container,
        text: str,
        found: Annotations,
        names: list[tuple[Name, Id, Called]],
        outlets: Sequence[OutletSpan],
    ) -> _Text:
        reported = sorted(span for one in found.attributions for span in one.content)
        sources = [one.source[0] for one in found.attributions if one.source]
        salience = Salience(text, found.sentences, reported, sources)
        for name, entity, called in names:
            salience.add(name.start, name.end, entity, called.kind)
        people = [
            Bearer(name.start, name.end, entity, self._gender.get(entity))
            for name, entity, called in names
            if called.kind == "person"
        ]
        roles = Roles(text, people)
        for who, gender in roles.genders():
            self._gender.setdefault(who, gender)
        bodies: dict[str, list[tuple[int, Id]]] = defaultdict(list)
        for name, entity, called in names:
            if called.kind == "organization":
                bodies[fold(called.name.split()[-1])].append((name.start, entity))
                what = _WHAT_IT_IS.match(text, name.end)  # "the United Steelworkers union"
                if what is not None:
                    bodies[what[1]].append((name.start, entity))
        bodies_named = {name.start for name, _, called in names if called.kind == "organization"}
        for span, institution in institutions_in(text):
            if bodies_named.isdisjoint(range(span.start, span.end)):
                entity = self._institution_named(container, span, institution)
                insort(bodies[institution.split()[-1]], (span.start, entity))
                salience.add(span.start, span.end, entity, "organization")
        read = _Text(
            container=container,
            text=text,
            names=names,
            starts=[name.start for name, _, _ in names],
            outlets=outlets,
            salience=salience,
            roles=roles,
            links=Links((), lambda _: None),
            bodies=bodies,
            quotations=sorted(
                (span, one.source, one.content)
                for one in found.attributions
                if one.source
                for span in one.content
                if one.directness in {"direct", "mixed"} or any(mark in span.of(text) for mark in '“”«»"')
            ),
        )
        if found.coreferences:
            read.links = Links(found.coreferences, lambda span: self._whose(read, span))
        return read

    def _whose(self, here: _Text, span: Span) -> Id | None:
        """Whose name an expression is, if anybody's."""
        for name, entity, _ in self._names_within(here, span.start, span.end):
            if heads(here.text, span.start, name.start, name.end, span.end, person=True):
                return entity
        for outlet in self._outlets_within(here, span.start, span.end):
            if heads(here.text, span.start, outlet.start, outlet.end, span.end, person=False):
                return self._outlet(outlet).id
        return None

    # --- sources ---------------------------------------------------------------------------------------------

    def _resolve_all(self, here: _Text, found: Annotations) -> None:
        """Resolves the sources of a text in its order: who has spoken stands out for what follows."""
        for attribution in sorted(found.attributions, key=lambda one: one.source):
            if attribution.source:
                self.resolve(here.container, attribution.source, attribution.content)
        for span, meant in here.links.meanings():
            best = meant[0] if meant else None
            if best is not None and best.who in self._entities and best.probability >= LEAST_LIKELY:
                self._refers(here, span, best.who)

    def resolve(self, container: Container, source: Spans, content: Spans) -> Resolved:
        """Who ``source`` is; ``content`` is what they are said to have said."""
        if not source:
            return Resolved(None, "none")
        here = self._texts[container]
        place = (source[0].start, source[-1].end)
        if place not in here.known:
            here.known[place] = self._resolve(here, *place, content)
        return here.known[place]

    def _resolve(self, here: _Text, start: int, end: int, content: Spans) -> Resolved:
        words = plain(here.text[start:end])
        lower = words.lower()
        if not words:
            return UNRESOLVED
        if lower in WRITER or (lower in {"'s", "’s"} and here.text[:start].lower().endswith("let")):
            return self._first_person(here, start)
        if lower in PERSON:
            return self._pronoun(here, start, end, content, PERSON[lower])
        if lower in BODIES or lower in GROUP:
            return self._body(here, start, end, content, lower)
        if lower in RELATIVE:
            return self._relative(here, start, end)
        if lower in UNCLEAR:
            return self._linked(here, start, end, content, None) or UNRESOLVED
        return (
            self._institution(here, start, end, words)
            or self.named(here.container, start, end)
            or self._uttered(here, start, end)
            or self._by_role(here, start, end, words)
            or self._by_kind(here, start, end, words)
            or self._described(here, start, end, words, content)
        )

    def named(self, container: Container, start: int, end: int, *, last: bool = False) -> Resolved | None:
        """The speaker whose name heads the phrase ``[start, end)``; with ``last`` whoever is named last in it."""
        here = self._texts[container]
        inside: list[tuple[int, int, tuple[Name, Id, Called] | None, OutletSpan | None]] = [
            (one[0].start, one[0].end, one, None) for one in self._names_within(here, start, end)
        ]
        inside += [(span.start, span.end, None, span) for span in self._outlets_within(here, start, end)]
        inside.sort(key=lambda item: item[:2])
        for first, stop, name, outlet in reversed(inside) if last else inside:
            kind = name[2].kind if name is not None else "organization"
            if kind not in _SPEAKING_KINDS:
                continue
            if not last and not heads(here.text, start, first, stop, end, person=kind == "person"):
                continue
            if outlet is not None:
                return Resolved(self._outlet(outlet), "resolved")
            if name is not None:
                guess = name[2].method == "rule:name" and first in self._guessed.get(container, ())
                return Resolved(self._speaker(name[1], "rule:capitals" if guess else name[2].method), "resolved")
        return None

    def _uttered(self, here: _Text, start: int, end: int) -> Resolved | None:
        """Whoever's words a phrase is: "the Quill remarks make clear"."""
        people = [one for one in self._names_within(here, start, end) if one[2].kind == "person"]
        if len(people) != 1:
            return None
        name, entity, _ = people[0]
        if not is_what_is_uttered(here.text[start : name.start], here.text[name.end : end]):
            return None
        return Resolved(self._speaker(entity, "rule:own-words"), "resolved")

    def _institution(self, here: _Text, start: int, end: int, words: str) -> Resolved | None:
        """The government or the institution that a place, a building or a people stands for."""
        meant = institution_meant(words)
        if meant is None or is_dateline(here.text, start, end):
            return None
        if any(called.kind == "person" for _, _, called in self._names_within(here, start, end)):
            return None
        name, method = meant
        entity = self._entity("organization", name, method, CONFIDENCE[method])
        known = self._entities[entity]
        known.mentions[Mention(here.container, start, end)] = None
        known.spellings[words] += 1
        here.salience.add(start, end, entity, "organization")
        return Resolved(self._speaker(entity, method), "resolved")

    def _by_role(self, here: _Text, start: int, end: int, words: str) -> Resolved | None:
        said = described(words)
        if (
            said is None
            or said.indefinite
            or words.split()[0].lower() in _OURS
            or not (said.definite or words[0].isupper())
        ):
            return None
        meant = here.roles.meant(said, start)
        if meant is None or (not said.definite and not meant.alone):
            return None
        self._refers(here, Span(start, end), meant.who)
        return Resolved(self._speaker(meant.who, "rule:role", 0.7 if meant.alone else 0.6), "resolved")

    def _by_kind(self, here: _Text, start: int, end: int, words: str) -> Resolved | None:
        """A body that is called by what it is: "the committee", "the paper", "the Clinton campaign"."""
        institution = institution_called(words) or self._institution_of(here, start, words)
        if institution is not None:
            entity = self._institution_named(here.container, None, institution)
            self._refers(here, Span(start, end), entity)
            insort(here.bodies[institution.split()[-1]], (start, entity))
            return Resolved(self._speaker(entity, "rule:institution"), "resolved")
        said = body_called(words)
        if said is None:
            return None
        bodies = here.bodies.get(said.head, [])
        at = bisect_left(bodies, start, key=lambda one: one[0])
        if at:
            self._refers(here, Span(start, end), bodies[at - 1][1])
            return Resolved(self._speaker(bodies[at - 1][1], "rule:kind-of-body"), "resolved")
        at = bisect_left(here.outlets, start, key=lambda one: one.start)
        for outlet in reversed(here.outlets[max(0, at - _OUTLETS_BACK) : at]):
            if outlet.outlet.medium in said.media and start - outlet.end <= REACH:
                return Resolved(self._outlet(outlet, "rule:kind-of-body"), "resolved")
        return None

    def _institution_named(self, container: Container, span: Span | None, name: str) -> Id:
        entity = self._entity("organization", name, "rule:institution", CONFIDENCE["rule:institution"])
        if span is not None:
            known = self._entities[entity]
            known.mentions[Mention(container, span.start, span.end)] = None
            known.spellings[" ".join(span.of(self._document.text_of(container)).split())] += 1
        return entity

    def _institution_of(self, here: _Text, start: int, words: str) -> str | None:
        """What "his campaign" is named, where it can be told whose it is."""
        own = institution_of_pronoun(words)
        if own is None:
            return None
        whose = self._pronoun(here, start, start + len(own[0]), (), PERSON[own[0].lower()]).speaker
        return f"{whose.name.split()[-1]} {own[1]}" if whose is not None else None

    # --- pronouns --------------------------------------------------------------------------------------------

    def writer(self, container: Container) -> Resolved:
        """Who wrote a text: the author of a comment, the by-line of a page."""
        author = self._post_author if container == BODY else self._document.comments[container].author
        if not author or not author.strip():
            return UNRESOLVED
        writer = account(self._document, author)
        return Resolved(Speaker(writer, author, "account", "rule:writer", CONFIDENCE["rule:writer"]), "resolved")

    def _first_person(self, here: _Text, start: int) -> Resolved:
        """Whose "I" it is: the one's who is quoted, else the writer's."""
        at = bisect_right(here.quotations, start, key=lambda one: one[0].start)
        around = [
            (span.end - span.start, source, content)
            for span, source, content in here.quotations[max(0, at - _DEEPEST) : at]
            if span.end > start and not source[0].start <= start < source[-1].end and source[0].start != start
        ]
        for _, source, content in sorted(around):
            said = self.resolve(here.container, source, content)
            if said.speaker is None:
                return UNRESOLVED
            speaker = Speaker(
                said.speaker.id,
                said.speaker.name,
                said.speaker.kind,
                "rule:quoted-speaker",
                min(CONFIDENCE["rule:quoted-speaker"], said.speaker.confidence),
            )
            return Resolved(speaker, said.status)
        if opens_quotation(here.text, start) or self._is_set_apart(here.container, start):
            return UNRESOLVED
        return self.writer(here.container)

    def _is_set_apart(self, container: Container, place: int) -> bool:
        """Whether a place stands in a block of somebody else's words."""
        blocks = self._document.blocks if container == BODY else self._document.comments[container].blocks
        at = bisect_right(blocks, place, key=lambda block: block.start) - 1
        return at >= 0 and blocks[at].kind in {"quote", "turn"} and place < blocks[at].end

    def _pronoun(self, here: _Text, start: int, end: int, content: Spans, gender: Gender) -> Resolved:
        def fits(seen: Seen) -> bool:
            return (
                seen.kind == "person"
                and self._gender.get(seen.who, gender) == gender
                and not any(span.start <= seen.start < span.end for span in content)
            )

        linked = self._linked(here, start, end, content, gender)
        if linked is not None:
            return linked
        method = "rule:nearest-name"
        ranked = here.salience.before(start, fits)
        if not ranked and (answered := self._answered_by(here)) is not None:
            method = "rule:answered"
            ranked = answered.salience.before(len(answered.text), lambda seen: self._can_be(seen.who, gender, None))
        if not ranked or ranked[0][1] < LEAST_SALIENT:
            return UNRESOLVED
        who, share = ranked[0]
        self._gender.setdefault(who, gender)  # who was "she" is not "he" later on
        return self._nearest(here, start, end, who, share, method)

    def _answered_by(self, here: _Text) -> _Text | None:
        """The text of the comment that a comment answers."""
        parent = None if here.container == BODY else self._document.comments[here.container].parent
        return None if parent is None else self._texts.get(parent)

    def _body(self, here: _Text, start: int, end: int, content: Spans, word: str) -> Resolved:
        """Whom "it" or "they" means: a body, or those who have just been said to say something."""
        plural = word in GROUP

        def fits(seen: Seen) -> bool:
            if any(span.start <= seen.start < span.end for span in content):
                return False
            if seen.kind == "unnamed":
                return plural == is_plural(self._entities[seen.who].name)
            return (seen.kind in _BODY_KINDS and seen.who not in self._things) or (plural and seen.kind == "group")

        linked = self._linked(here, start, end, content, None, plural=plural)
        if linked is not None:
            return linked
        both = self._both(here, start) if plural else None
        if both is None and plural and (subject := self._joined_to(here, start)) is not None:
            return subject
        if both is not None:
            self._refers(here, Span(start, end), both)
            return self._as(self._speaker(both, "rule:both"))
        ranked = here.salience.before(start, fits)
        if not ranked or ranked[0][1] < LEAST_SALIENT_BODY:
            return UNRESOLVED
        return self._nearest(here, start, end, *ranked[0], "rule:nearest-body")

    def _both(self, here: _Text, place: int) -> Id | None:
        """Two people whom a sentence right before, or the same one, names together."""
        at = bisect_left(here.starts, place)
        last = here.names[max(0, at - _NAMES_BACK) : at]
        for (one, first, called), (other, second, also) in reversed(list(pairwise(last))):
            if (
                called.kind == also.kind == "person"
                and first != second
                and here.salience.sentences_between(other.end, place) <= _SENTENCES_BACK
                and here.text[one.end : other.start].strip() in {"and", "&"}
                and not _NOT_BOTH.search(here.text, max(0, one.start - 40), one.start)
            ):
                name = f"{self._entities[first].name} and {self._entities[second].name}"
                node: str = self._document.node_of(here.container)
                return self._entity("unnamed", name, "rule:both", CONFIDENCE["rule:both"], node)
        return None

    def _joined_to(self, here: _Text, place: int) -> Resolved | None:
        """The subject of the clause that another one is joined to: "The owners are angry, and they say"."""
        start = here.salience.sentence_start(place)
        opening = _SUBJECT.match(here.text, start, place)
        if opening is None or _JOINED.search(here.text, opening.end(), place) is None:
            return None
        end = opening.end("who")
        meant = self.resolve(here.container, (Span(start, end),), ())
        if meant.speaker is None:
            return None
        confidence = min(CONFIDENCE["rule:same-subject"], meant.speaker.confidence)
        return replace(meant, speaker=replace(meant.speaker, method="rule:same-subject", confidence=confidence))

    def _nearest(self, here: _Text, start: int, end: int, who: Id, share: float, method: str) -> Resolved:
        confidence = round(_SUREST[method] * share, 2)
        if who in self._outlet_speakers:
            found = self._outlet_speakers[who]
            return Resolved(Speaker(found.id, found.name, found.kind, method, confidence), "resolved")
        self._refers(here, Span(start, end), who)
        return self._as(self._speaker(who, method, confidence))

    def _linked(
        self, here: _Text, start: int, end: int, content: Spans, gender: Gender | None, *, plural: bool | None = None
    ) -> Resolved | None:
        """What coreference says, of those whom the expression can mean; ``None`` where it is not sure enough."""
        for meant in here.links.of(start, end):
            if any(span.start <= meant.span.start < span.end for span in content):
                continue
            if meant.who is not None and not self._can_be(meant.who, gender, plural):
                continue
            if meant.probability < LEAST_LIKELY:
                return None
            return self._as_linked(here, Span(start, end), meant)
        return None

    def _can_be(self, who: Id, gender: Gender | None, plural: bool | None) -> bool:
        if who in self._outlet_speakers:
            return gender is None
        if who in self._things:
            return False
        kind = self._entities[who].kind
        if gender is not None:
            return kind == "person" and self._gender.get(who, gender) == gender
        if plural is False:
            return kind in _BODY_KINDS
        return kind in _SPEAKING_KINDS or kind == "unnamed"

    def _as_linked(self, here: _Text, span: Span, meant: Meant) -> Resolved | None:
        confidence = round(meant.probability, 2)
        if meant.who is not None and meant.who in self._outlet_speakers:
            found = self._outlet_speakers[meant.who]
            return Resolved(Speaker(found.id, found.name, found.kind, "model:coreference", confidence), "resolved")
        who = meant.who
        if who is None:
            words = plain(meant.span.of(here.text))
            if not words or len(words) > _LONGEST_NAME or is_pronoun(words):
                return None
            who = self._unnamed(here, meant.span.start, meant.span.end, words)
        self._refers(here, span, who)
        return self._as(self._speaker(who, "model:coreference", confidence))

    def _relative(self, here: _Text, start: int, end: int) -> Resolved:
        at = bisect_left(here.starts, start) - 1
        if at >= 0:
            name, entity, called = here.names[at]
            follows = _FOLLOWS.fullmatch(here.text, name.end, start) is not None
            if follows and called.kind in _SPEAKING_KINDS and not self._is_where(here, name, called):
                self._refers(here, Span(start, end), entity)
                return Resolved(self._speaker(entity, "rule:relative"), "resolved")
        before = antecedent_before(here.text, start)
        if before is None:
            return self._linked(here, start, end, (), None) or UNRESOLVED
        if (named := self.named(here.container, before.start, before.end)) is not None:
            return self._by_relative(here, named, Span(start, end))
        if at >= 0 and here.text[here.names[at][0].end : before.start].strip() == ",":  # "Acme, a firm that"
            _, entity, called = here.names[at]
            if called.kind in _SPEAKING_KINDS:
                return self._by_relative(
                    here, Resolved(self._speaker(entity, "rule:relative"), "resolved"), Span(start, end)
                )
        words = plain(before.of(here.text))
        role = self._by_role(here, before.start, before.end, words)
        if role is not None:
            return self._by_relative(here, role, Span(start, end))
        who = self._unnamed(here, before.start, before.end, words)
        self._refers(here, Span(start, end), who)
        return Resolved(self._speaker(who, "rule:relative"), "unnamed")

    @staticmethod
    def _is_where(here: _Text, name: Name, called: Called) -> bool:
        """Whether a name only says where something is: "the court in San Diego, which ..."."""
        return called.kind == "place" and _IN.search(here.text, max(0, name.start - 12), name.start) is not None

    def _by_relative(self, here: _Text, found: Resolved, span: Span) -> Resolved:
        speaker = found.speaker
        assert speaker is not None
        if speaker.id in self._entities:
            self._refers(here, span, speaker.id)
        confidence = min(CONFIDENCE["rule:relative"], speaker.confidence)
        return Resolved(Speaker(speaker.id, speaker.name, speaker.kind, "rule:relative", confidence), found.status)

    # --- descriptions ----------------------------------------------------------------------------------------

    def _described(self, here: _Text, start: int, end: int, words: str, content: Spans) -> Resolved:
        if len(words) > _LONGEST_NAME:
            return UNRESOLVED
        linked = self._linked(here, start, end, content, None) if words[:1].islower() or " " in words else None
        if linked is not None and linked.status == "resolved":
            return linked
        return Resolved(self._speaker(self._unnamed(here, start, end, words), "rule:description"), "unnamed")

    def unnamed(self, container: Container, start: int, end: int, words: str) -> Resolved:
        """A speaker that the layout describes: the same one wherever this text uses the same words."""
        entity = self._unnamed(self._texts[container], start, end, words, one=True)
        return Resolved(self._speaker(entity, "rule:description"), "unnamed")

    def _unnamed(self, here: _Text, start: int, end: int, words: str, *, one: bool | None = None) -> Id:
        """A speaker known by a description only, local to its text.

        A definite description ("the source"), or one that the layout gives (``one``), is the same speaker wherever the
        text uses the same words. "One official", "critics" may be others each time, and are never taken for the same.
        """
        node = self._document.node_of(here.container)
        place = (here.container, start)
        if place not in self._unnamed_at:
            qualifier: str = node
            if not (is_definite(words) if one is None else one):
                before = self._times_described[node, fold(words)]
                self._times_described[node, fold(words)] += 1
                qualifier = f"{node} {before}" if before else node
            method = "rule:description"
            self._unnamed_at[place] = self._entity("unnamed", words, method, CONFIDENCE[method], qualifier)
        entity = self._unnamed_at[place]
        self._refers(here, Span(start, end), entity)
        return entity

    def person(self, container: Container, start: int, end: int, words: str) -> Resolved:
        """Whoever the page's own layout names as a speaker, as a transcript does.

        A paper that asks the questions may be named as an organization in the page's text: it is the same one.
        """
        asks = entity_id("organization", words) in self._entities and fold(words.split()[0]) not in genders()
        known = named(self._document, "person", words) in self._entities
        kind: EntityKind = "organization" if asks and not known else "person"
        entity = self._entity(kind, words, "rule:capitals", CONFIDENCE["rule:capitals"])
        self._entities[entity].mentions[Mention(container, start, end)] = None
        return Resolved(self._speaker(entity, "rule:name"), "resolved")

    # --- helpers ---------------------------------------------------------------------------------------------

    def _names_within(self, here: _Text, start: int, end: int) -> Iterator[tuple[Name, Id, Called]]:
        for at in range(bisect_left(here.starts, start), len(here.names)):
            if here.starts[at] >= end:
                return
            if here.names[at][0].end <= end:
                yield here.names[at]

    @staticmethod
    def _outlets_within(here: _Text, start: int, end: int) -> Iterator[OutletSpan]:
        first = bisect_left(here.outlets, start, key=lambda span: span.start)
        for at in range(first, len(here.outlets)):
            if here.outlets[at].start >= end:
                return
            if here.outlets[at].end <= end:
                yield here.outlets[at]

    def _refers(self, here: _Text, span: Span, who: Id) -> None:
        mention = Mention(here.container, span.start, span.end)
        known = self._entities[who]
        if mention not in known.mentions and mention not in known.references:
            known.references[mention] = None
            here.salience.add(span.start, span.end, who, known.kind)

    def _outlet(self, span: OutletSpan, method: str = "rule:outlet-list") -> Speaker:
        found = span.outlet
        speaker = Speaker(found.id, found.name, "outlet", method, CONFIDENCE[method])
        self._outlet_speakers.setdefault(found.id, speaker)
        return speaker

    def _speaker(self, entity: Id, method: str, confidence: float | None = None) -> Speaker:
        known = self._entities[entity]
        sure = CONFIDENCE[method] if confidence is None else confidence
        return Speaker(entity, known.name, _speaker_kind(known.kind), method, sure)

    @staticmethod
    def _as(speaker: Speaker) -> Resolved:
        return Resolved(speaker, "unnamed" if speaker.kind == "unnamed" else "resolved")

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


def _who_answers(document: Document) -> str | None:
    """The writer of a page without a by-line, where the thread marks whose comments are the writer's own."""
    marked = {comment.author for comment in document.comments if comment.by_post_author}
    return marked.pop() if len(marked) == 1 else None


def _speaker_kind(kind: EntityKind) -> SpeakerKind:
    if kind in ("person", "organization", "place", "group", "unnamed"):
        return kind
    raise ValueError(f"an entity of the kind {kind} does not speak")
