"""The domain: what is published, who says what in it, and the ids of all that.

Frozen dataclasses on plain data; nothing here but the standard library. Offsets are Unicode code points into
the text of the container they belong to. A container is the document's body (``BODY``) or one of its comments,
named by the comment's index.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NewType
from urllib.parse import urlsplit

BODY: Literal["body"] = "body"
Container = Literal["body"] | int
"""``"body"`` or the index of a comment."""

Id = NewType("Id", str)

GAP = " […] "
"""Joins the pieces of a discontinuous span into one readable text."""

BlockKind = Literal["paragraph", "heading", "quote", "item", "turn", "caption"]
DocumentKind = Literal["html", "text"]
EntityKind = Literal["person", "organization", "place", "group", "event", "work", "product", "unnamed"]
SpeakerKind = Literal["person", "organization", "place", "group", "account", "outlet", "unnamed"]
SpeakerStatus = Literal["resolved", "unnamed", "none", "unresolved"]
Directness = Literal["direct", "indirect", "mixed", "own"]
Polarity = Literal["affirmed", "denied", "questioned"]
Certainty = Literal["certain", "hedged"]
CiteRole = Literal["via", "quoted", "linked"]
TimeOrigin = Literal["text", "posted", "published", "unknown"]
Precision = Literal["day", "week", "month", "year"]
Stance = Literal["agree", "disagree", "neutral"]
DisputeKind = Literal["denial", "contradiction", "rebuttal", "doubt", "fact_check"]
Verdict = Literal["false", "mostly_false", "mixed", "mostly_true", "true", "unproven", "other"]


def make_id(prefix: str, *parts: str | int | None) -> Id:
    """A deterministic id: ``prefix``, a hyphen, and 20 hexadecimal digits.

    The digits are the first 80 bits of a SHA-256 over the JSON array of ``parts``, an encoding in which no two
    different lists of parts look alike. Lone surrogates in a part are allowed.
    """
    encoded = json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return Id(f"{prefix}-{hashlib.sha256(encoded).hexdigest()[:20]}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, ``start`` included and ``end`` not."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The words at this span."""
        return text[self.start : self.end]

    def stripped(self, text: str, before: str | None = None, after: str | None = None) -> Span:
        """Without characters ``before`` at its beginning and ``after`` at its end; by default without white space."""
        words = self.of(text).lstrip(before)
        start = self.end - len(words)
        return Span(start, start + len(words.rstrip(after)))


Spans = tuple[Span, ...]
"""Pieces in order of their start, not overlapping; more than one where the span is discontinuous."""


def words_at(text: str, spans: Iterable[Span]) -> str:
    """The pieces of ``text`` at ``spans``, joined by ``" […] "``."""
    return GAP.join(span.of(text) for span in spans)


def flat(spans: Iterable[Span]) -> list[int]:
    """``[start, end, start, end, ...]``: how the graph stores spans."""
    return [offset for span in spans for offset in (span.start, span.end)]


# --- what was fetched, and what was read from it ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes as they came, and what is known of where they came from.

    ``source`` is what the user named (for messages only: a path of the machine never enters a document); ``url`` the
    final URL, or what ``--as URL`` states, else ``None``; ``media_type`` and ``charset`` as the server or the
    file's name states them.
    """

    source: str
    body: bytes
    url: str | None
    media_type: str | None
    charset: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the body with a role in the page's layout.

    ``lead_in`` is where the words stand that introduce a quotation or a turn ("From the BBC:", "Yury Ushakov:").
    """

    kind: BlockKind
    start: int
    end: int
    lead_in: Span | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink on the words ``[start, end)`` of a container."""

    container: Container
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment of a thread.

    ``depth`` is 0 for a comment on the document itself; ``parent`` is the index of the comment it replies to.
    ``posted_at`` is a time with its zone, or without one where the page tells none; ``url`` is the comment's own link.
    ``blocks`` are the layout of ``text``.
    """

    index: int
    id: Id
    author: str | None
    by_post_author: bool
    depth: int
    parent: int | None
    posted_at: datetime | None
    url: str | None
    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher, speaker or named organisation that publishes: paper, agency, broadcaster, site.

    ``domain`` is the registered domain (``tass.com``); ``country`` an ISO 3166-1 alpha-2 code; ``medium`` a word such
    as ``agency``, ``newspaper``, ``broadcaster``, ``website``.
    """

    id: Id
    name: str
    domain: str | None = None
    country: str | None = None
    medium: str | None = None


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A published verdict on a claim, as a page's ClaimReview states it; ``rating`` is the original's own wording.

    ``assertion`` is the one on the page that makes the claim, ``spans`` where the page's body words the rating.
    """

    id: Id
    url: str | None
    outlet: Outlet | None
    rating: str
    verdict: Verdict
    claim_text: str
    claimant: str | None
    published_at: datetime | None
    assertion: Id | None = None
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A page or a file as it was read: its text, its layout, its links and its thread.

    ``text`` is the body that all offsets of the container ``"body"`` point into; ``tail`` what stood after the
    thread or between comments. ``sha256`` is of the bytes as fetched. ``published_at`` may lack a time zone
    where the page tells none. ``fact_checks`` are those that its mark-up states;
    ``notes`` say what of it cannot be used.
    """

    id: Id
    version: Id
    kind: DocumentKind
    url: str | None
    title: str | None
    outlet: Outlet | None
    author: str | None
    published_at: datetime | None
    fetched_at: datetime
    language: str | None
    sha256: str
    text: str
    tail: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    fact_checks: tuple[FactCheck, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def site(self) -> str:
        """Where account names of this document are unique: its host, or the document itself where it has no URL."""
        return site_of(self.url) or self.id

    def text_of(self, container: Container) -> str:
        """The text that offsets of ``container`` point into."""
        return self.text if container == "body" else self.comments[container].text

    def node_of(self, container: Container) -> Id:
        """The id of the version or the comment that bears the text of ``container``."""
        return self.version if container == "body" else self.comments[container].id

    def containers(self) -> Iterable[tuple[Container, str]]:
        """Each container with its text, the body first."""
        yield BODY, self.text
        for comment in self.comments:
            yield comment.index, comment.text


def site_of(url: str | None) -> str | None:
    """The host of a URL in lower case, without ``www.``; ``None`` without one."""
    if url is None:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


# --- what an annotator finds in one text -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: of whom or what, and how sure that is."""

    start: int
    end: int
    kind: EntityKind
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words as a text attributes them: source, cue and content; the first two may be empty."""

    source: Spans
    cue: Spans
    content: Spans
    directness: Directness
    polarity: Polarity
    certainty: Certainty
    confidence: float
    method: str

    def moved(self, by: int) -> Attribution:
        """The same ``by`` characters further on, as of a text in which its own begins there."""
        source, cue, content = (
            tuple(Span(span.start + by, span.end + by) for span in spans)
            for spans in (self.source, self.cue, self.content)
        )
        return replace(self, source=source, cue=cue, content=content)


@dataclass(frozen=True, slots=True)
class Coreference:
    """An expression and one of those before it that may mean the same: ``confidence`` is the probability that it does.

    An expression may have several, the likeliest first, whose probabilities sum to 1 at most; what is left is that
    it means none of them.
    """

    expression: Span
    antecedent: Span
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that an annotator found in one text."""

    sentences: Spans = ()
    names: tuple[Name, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    coreferences: tuple[Coreference, ...] = ()


# --- who asserts what ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who an assertion belongs to, with how that was decided."""

    id: Id
    name: str
    kind: SpeakerKind
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cite:
    """An outlet that an assertion came through, in order from the speaker outwards."""

    id: Id
    name: str
    domain: str | None
    role: CiteRole
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Assertion:
    """One attribution as the text makes it.

    ``text`` is always ``words_at(container's text, content)``; ``reported_in`` the id of the assertion that carries
    this one; ``passage`` an id shared by the sentences of one turn or block quote. A time from the text is the first
    instant, in UTC, of the day, week, month or year that ``asserted_at_precision`` says; ``when`` is where it stands.
    """

    id: Id
    container: Container
    speaker: Speaker | None
    speaker_status: SpeakerStatus
    source: Spans
    cue: Spans
    content: Spans
    text: str
    directness: Directness
    polarity: Polarity
    certainty: Certainty
    confidence: float
    method: str
    cites: tuple[Cite, ...] = ()
    reported_in: Id | None = None
    passage: Id | None = None
    asserted_at: datetime | None = None
    asserted_at_from: TimeOrigin = "unknown"
    asserted_at_precision: Precision | None = None
    when: Spans = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where something is named, or referred to by a pronoun or a description."""

    container: Container
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something named on a page; ``mentions`` are names, ``references`` pronouns and descriptions.

    ``kind`` is ``unnamed`` for a speaker known by a description only, who is local to the text it stands in.
    """

    id: Id
    name: str
    kind: EntityKind
    mentions: tuple[Mention, ...]
    references: tuple[Mention, ...] = ()
    aliases: tuple[str, ...] = ()
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class OutletMention:
    """An outlet that a page names or links to."""

    outlet: Outlet
    mentions: tuple[Mention, ...]
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment that answers another one or the document; ``stance`` is ``None`` where nothing judged it."""

    comment: int
    to: Container
    stance: Stance | None = None
    confidence: float | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one text that stand literally in another one of the page, which they are taken from.

    ``spans`` are where ``container`` repeats them, ``of_spans`` where they stand in ``of``; ``assertions`` are the ids
    of those in ``of`` whose words they are, none where they are nobody's words but the text's.
    """

    container: Container
    spans: Spans
    of: Container
    of_spans: Spans
    assertions: tuple[Id, ...]
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Target:
    """The words that a dispute is against: those of an assertion, or a passage that is nobody's assertion.

    ``text`` is ``words_at(text of container, spans)``.
    """

    container: Container
    spans: Spans
    text: str
    assertion: Id | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Somebody's objection to words, on one page.

    ``spans`` are where ``stated_in`` says so, and ``text`` the words there; ``assertion`` is the one that states it,
    where one does. ``target`` is ``None`` where the page shows nobody who asserted what is denied; then ``proposition``
    is what is denied, in positive wording. ``basis`` is what it rests on: the evidence or the cue, in a few words.
    ``fact_check`` is the verdict that raises it.
    """

    id: Id
    kind: DisputeKind
    by: Speaker | None
    stated_in: Container
    spans: Spans
    text: str
    target: Target | None
    basis: str
    confidence: float
    method: str
    assertion: Id | None = None
    proposition: str | None = None
    fact_check: Id | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How two wordings stand to one another, as probabilities; ``same + contradicts`` is 1 at most, and the rest that
    they are about different things. The same for a pair in either order."""

    same: float
    contradicts: float
    method: str


@dataclass(frozen=True, slots=True)
class Stances:
    """How a reply stands to what it answers, as probabilities that sum to 1."""

    agree: float
    disagree: float
    neutral: float
    method: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document and all that was found in it: the unit that the graph stores."""

    document: Document
    assertions: tuple[Assertion, ...] = ()
    entities: tuple[Entity, ...] = ()
    outlets: tuple[OutletMention, ...] = ()
    replies: tuple[Reply, ...] = ()
    quotes: tuple[Quote, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    fact_checks: tuple[FactCheck, ...] = ()
    notes: tuple[str, ...] = ()
    sentences: Mapping[Container, Spans] = field(default_factory=dict)


# --- ids -------------------------------------------------------------------------------------------------------


def document_id(*, url: str | None, sha256: str) -> Id:
    """Of the canonical URL, or else of the content. ``url`` must be canonical already (``ingest.urls.canonical``)."""
    return make_id("doc", "url", url) if url is not None else make_id("doc", "content", sha256)


def version_id(document: Id, title: str | None, text: str) -> Id:
    """Of a document's title and extracted text."""
    return make_id("ver", document, title, text)


def comment_id(document: Id, parent: Id | None, author: str | None, text: str, ordinal: int) -> Id:
    """``ordinal`` counts comments that are alike in everything else, from 0, in the order of the page."""
    return make_id("com", document, parent, author, text, ordinal)


def account_id(site: str, name: str, qualifier: str = "") -> Id:
    """Of a comment writer or by-line; ``site`` as in ``Document.site``.

    ``qualifier`` is the document for a name that anybody may sign with, and empty for any other.
    """
    return make_id("acc", site, name, qualifier) if qualifier else make_id("acc", site, name)


def entity_id(kind: str, name: str, qualifier: str = "") -> Id:
    """``qualifier`` is empty for whoever the name means on every page.

    For the unnamed it is the node of their text; the document for a surname alone, and for the mentions that a person
    moved to an entity of the page's own.
    """
    return make_id("ent", kind, " ".join(name.casefold().split()), qualifier)


def outlet_id(*, domain: str | None, name: str) -> Id:
    """Of the registered domain where it is known, else of the name."""
    return make_id("ent", "outlet", "domain", domain) if domain else entity_id("outlet", name)


def assertion_id(node: Id, source: Spans, cue: Spans, content: Spans) -> Id:
    """``node`` is the version or comment whose text the spans point into."""
    parts = json.dumps([flat(source), flat(cue), flat(content)], separators=(",", ":"))
    return make_id("ast", node, parts)


def dispute_id(kind: DisputeKind, by: Id | None, stated: Id, spans: Spans, against: str | None) -> Id:
    """``stated`` is the node whose text ``spans`` point into; ``against`` what makes the target itself: the id of an
    assertion, or a node and offsets, or the proposition."""
    return make_id("dsp", kind, by, stated, json.dumps(flat(spans), separators=(",", ":")), against)


def fact_check_id(url: str | None, outlet: Id | None, claim_text: str, rating: str) -> Id:
    """Of who published what verdict on which words."""
    return make_id("fck", url, outlet, claim_text, rating)


def claim_id(smallest: Id) -> Id:
    """Of the smallest assertion id of the group."""
    return make_id("clm", smallest)
