"""Pure: an extraction as the parameter rows that the statements in ``cypher/write`` take.

Beside what the design's graph model names, nodes carry a few properties of the store's own:

- ``reading`` on Document, Version and Comment: a digest of all that was found there. Where it is the same, nothing
  has to be written; it does not cover times of fetching, nor times that pages give relative to "now".
- ``fetchedAt`` on Document: the fetch that what is current was read from; on Comment: the fetch that first showed it.
- ``sha256`` on Comment: of the bytes of that first fetch. A thread grows under one Version, whose bytes may lack it.
- ``seenAt`` on Assertion: ``assertedAt``, or where that is unknown when its text was first fetched; never null.
- ``names`` on Assertion: the ids of who and what its words name, so that it is found from them; not where empty.
- ``wording`` on Assertion, where it is not ``text``: its words in readable, positive form (``ingest.wordings``);
  ``negated`` where true, and ``scope`` where there is one. ``saying``, ``embedding`` and ``unlinked`` are
  ``graph.linking``'s.
- ``assertedAtPrecision`` (day, week, month or year) and ``when`` (where the text says so) on Assertion, for a time from
  the text.
- ``bands`` on Version: a sketch of its words, by which copies of it are found (``ingest.runs.bands``); ``spans`` on
  COPIES: where the copy repeats the other. ``method`` and ``confidence`` on QUOTES.
- ``nameKey``, ``joinedKey``, ``shortKey`` and ``shortOf`` on Entity, the first on Account: what its name shares with
  names that may be the same one's (``graph.names.keys``).
- ``judged`` on Assertion, right or wrong: from its last review. (:Entity|:Account)-[:READ_AS {method, confidence}]->
  (:Assertion): whom the text was read to mean, where a person named another speaker.
- ``movedTo`` (of a move, the page's own entity) and ``given`` (the claim that was named) on Review.
- on Dispute: ``against``, the words of its target or what is denied, to be found by; ``proposition`` where there is no
  target; ``seenAt`` and ``names`` as on Assertion, the names of both sides; ``factCheck``, the id of the verdict that
  raises it; ``key``, the same for disputes that say the same in different texts of a page: a review of one is of all.
- ``spans`` on the STATED_IN of a FactCheck: where the page words the rating.
- ``byPostAuthor`` on Comment, where true; ``references`` (pronouns and descriptions) on MENTIONS, where there are any;
  ``until`` on SHOWS: the fetch that found the comment gone.
- ``<time>ZoneAssumed`` where the page states a time without its zone. All times are stored as zoned datetimes in
  UTC, so that they can be compared; a time without a zone is taken for UTC and flagged so.

Properties without a value are left out, as are empty ``source`` and ``cue``.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from graph.names import keys
from ingest.model import (
    Assertion,
    Comment,
    Container,
    Dispute,
    Document,
    Extraction,
    FactCheck,
    Id,
    Link,
    Mention,
    Outlet,
    Quote,
    Reply,
    Span,
    Speaker,
    claim_id,
    document_id,
    flat,
    make_id,
    outlet_id,
)
from ingest.naming import account, anybody
from ingest.runs import Words, bands
from ingest.urls import canonical, registered_domain
from ingest.wordings import Wording, wordings

Row = dict[str, Any]

FORMAT = 3
"""Part of every digest: raised when rows change so that pages must be written again at their next ingest."""

ASSERTION_OPTIONAL = (
    "wording",
    "negated",
    "scope",
    "names",
    "source",
    "cue",
    "assertedAt",
    "assertedAtZoneAssumed",
    "assertedAtPrecision",
    "when",
    "passage",
)
"""Properties that not every assertion has, and that a new reading may take away."""

NAME_LIMIT = 500
"""Characters of a name that are stored: an index takes no key over eight kilobytes."""

FROM_THREAD = "structure:thread"

LABELS: Mapping[str, tuple[str, ...]] = {
    "person": ("Person",),
    "organization": ("Organization",),
    "place": ("Place",),
    "group": ("Group",),
    "event": ("Event",),
    "work": ("Work",),
    "product": ("Product",),
    "unnamed": (),
}
"""An entity's second label by its kind."""


@dataclass(frozen=True, slots=True)
class TextRows:
    """All that was found in one text, as rows; each row names the text as ``text``.

    ``quotes`` rows go to assertions, ``text_quotes`` rows to texts. ``disputes`` are those stated in the text,
    with where they are ``stated``, what they are ``against`` and who ``raised`` them. ``shared`` are the ids of the
    entities, accounts and linked documents that the rows refer to. ``wordings`` are those of the assertions.
    """

    id: Id
    reading: str
    mentions: tuple[Row, ...]
    links: tuple[Row, ...]
    outlet_links: tuple[Row, ...]
    assertions: tuple[Row, ...]
    asserted: tuple[Row, ...]
    cites: tuple[Row, ...]
    reported: tuple[Row, ...]
    quotes: tuple[Row, ...]
    text_quotes: tuple[Row, ...]
    disputes: tuple[Row, ...]
    stated: tuple[Row, ...]
    against: tuple[Row, ...]
    raised: tuple[Row, ...]
    fact_checks: tuple[Row, ...]
    shared: frozenset[Id]
    wordings: Mapping[Id, Wording] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CommentRows:
    """One comment: its node, who wrote it, what it answers, and where the page shows it.

    ``replies`` rows go to comments, ``answers`` rows to the document.
    """

    id: Id
    properties: Row
    author: Id | None
    replies: tuple[Row, ...]
    answers: tuple[Row, ...]
    position: int
    depth: int


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """A whole extraction as rows; ``texts`` holds the version's rows and each comment's by their ids."""

    id: Id
    url: str | None
    kind: str
    fetched_at: datetime
    reading: str
    version: Id
    version_properties: Row
    outlet: Id | None
    author: Id | None
    comments: tuple[CommentRows, ...]
    texts: Mapping[Id, TextRows]
    entities: Mapping[Id, Row]
    accounts: Mapping[Id, Row]
    documents: Mapping[Id, Row]


@dataclass(slots=True)
class _Shared:
    """Nodes that many documents may refer to, as they are come by."""

    document: Document
    entities: dict[Id, Row] = field(default_factory=dict)
    accounts: dict[Id, Row] = field(default_factory=dict)
    documents: dict[Id, Row] = field(default_factory=dict)

    def account(self, name: str) -> Id:
        identity = account(self.document, name)
        self.accounts.setdefault(identity, _account_row(identity, name, self.document.site))
        return identity

    def entity(self, identity: Id, name: str, kind: str, aliases: Iterable[str] = ()) -> Id:
        if identity not in self.entities:
            self.entities[identity] = {
                "id": identity,
                "name": _name(name),
                "kind": kind,
                "aliases": sorted({_name(alias) for alias in aliases}),
                "labels": list(LABELS[kind]),
                "domain": None,
                "country": None,
                "medium": None,
                "keys": {} if kind == "unnamed" else _keys(kind, _name(name)),
            }
        return identity

    def outlet(self, identity: Id, name: str, domain: str | None, country: str | None, medium: str | None) -> Id:
        row = self.entities.get(identity)
        if row is None or "Outlet" not in row["labels"]:
            # What a page names as an organization may turn out to be an outlet: one node, with what is known of both.
            self.entities[identity] = {
                "id": identity,
                "name": row["name"] if row else _name(name),
                "kind": "organization",
                "aliases": row["aliases"] if row else [],
                "labels": ["Outlet", "Organization"],
                "domain": None if domain is None else _name(domain),
                "country": country,
                "medium": medium,
                # An outlet is known by its domain, and pages call it by many names.
                "keys": {},
            }
        return identity

    def publisher(self, outlet: Outlet) -> Id:
        return self.outlet(outlet.id, outlet.name, outlet.domain, outlet.country, outlet.medium)

    def page(self, identity: Id, url: str) -> Id:
        self.documents.setdefault(identity, {"id": identity, "url": url})
        return identity


def rows_of(extraction: Extraction) -> DocumentRows:
    """Everything that the store has to know of an extraction."""
    document = extraction.document
    shared = _Shared(document)
    # First those who are known best: a name given to a speaker must not take the place of the entity's own.
    for named in extraction.entities:
        shared.entity(named.id, named.name, named.kind, named.aliases)
    outlet = shared.publisher(document.outlet) if document.outlet else None
    for found in extraction.outlets:
        shared.publisher(found.outlet)
    for check in extraction.fact_checks:
        if check.outlet is not None:
            shared.publisher(check.outlet)
    for assertion in extraction.assertions:
        for cite in assertion.cites:
            shared.outlet(cite.id, cite.name, cite.domain, None, None)
    author = shared.account(document.author) if document.author else None

    fetched_at, _ = moment(document.fetched_at)
    version: Row = {
        "id": document.version,
        "title": _text(document.title),
        "text": _text(document.text),
        "language": document.language,
        "sha256": document.sha256,
        "bands": bands(Words(document.text)) or None,
        **times("publishedAt", document.published_at),
    }
    judged: dict[int, list[Reply]] = defaultdict(list)
    for reply in extraction.replies:
        judged[reply.comment].append(reply)
    comments = tuple(_comment_rows(document, comment, judged[comment.index], shared) for comment in document.comments)

    found_in = _by_container(extraction)
    readable = wordings(extraction)
    texts: dict[Id, TextRows] = {}
    about: dict[Container, object] = {
        "body": [version["language"], version.get("publishedAt"), outlet, author],
        **{
            comment.index: [
                rows.properties.get("postedAt") is not None,
                rows.properties.get("url"),
                rows.properties.get("byPostAuthor"),
                rows.replies,
                rows.answers,
            ]
            for comment, rows in zip(document.comments, comments, strict=True)
        },
    }
    seen = {one.id: times("seenAt", one.asserted_at).get("seenAt") for one in extraction.assertions}
    for container, _words in document.containers():
        node = document.node_of(container)
        texts[node] = _text_rows(
            document, node, found_in[container], found_in, seen, shared, about[container], readable
        )

    reading = digest(
        document.version,
        document.url,
        document.kind,
        [[c.id, c.position, c.depth] for c in comments],
        [[node, texts[node].reading] for node in texts],
        shared.entities[outlet] if outlet else None,
    )
    return DocumentRows(
        id=document.id,
        url=_text(document.url),
        kind=document.kind,
        fetched_at=fetched_at,
        reading=reading,
        version=document.version,
        version_properties=_filled(version),
        outlet=outlet,
        author=author,
        comments=comments,
        texts=texts,
        entities=shared.entities,
        accounts=shared.accounts,
        documents=shared.documents,
    )


def merged(one: Row, other: Row) -> Row:
    """A shared node as two documents tell it, settled as ``cypher/write/put_entities`` does, in either order."""
    row: Row = {**one, "labels": sorted({*one["labels"], *other["labels"]})}
    if "aliases" in one:
        row["name"] = min(one["name"], other["name"], key=_preference)
        row["aliases"] = sorted({*one["aliases"], *other["aliases"]})
        for key in ("domain", "country", "medium"):
            row[key] = min((value for value in (one[key], other[key]) if value is not None), default=None)
    return row


def moment(value: datetime) -> tuple[datetime, bool]:
    """The instant in UTC, and whether its zone had to be assumed (then it is read as UTC)."""
    if value.tzinfo is None or value.utcoffset() is None:
        return value.replace(tzinfo=UTC), True
    return value.astimezone(UTC), False


def times(name: str, value: datetime | None) -> Row:
    """The properties for a time, ``name`` and perhaps ``nameZoneAssumed``; none where there is no time."""
    if value is None:
        return {}
    instant, assumed = moment(value)
    return {name: instant, f"{name}ZoneAssumed": True} if assumed else {name: instant}


def digest(*parts: object) -> str:
    """Sixteen bytes, in hexadecimal, over whatever was found; the same for equal parts on every machine."""
    encoded = json.dumps([FORMAT, *parts], ensure_ascii=True, separators=(",", ":"), sort_keys=True, default=str)
    return hashlib.blake2b(encoded.encode("ascii"), digest_size=16).hexdigest()


@dataclass(slots=True)
class _Found:
    """What an extraction holds of one container."""

    assertions: list[Assertion] = field(default_factory=list)
    mentions: dict[Id, Row] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    fact_checks: list[FactCheck] = field(default_factory=list)
    _named: _Named | None = None

    def named(self) -> _Named:
        """Who and what is named at each place."""
        if self._named is None:
            self._named = _Named(
                (start, end, identity) for identity, row in self.mentions.items() for start, end in row["spans"]
            )
        return self._named


def _by_container(extraction: Extraction) -> dict[Container, _Found]:
    found: dict[Container, _Found] = {container: _Found() for container, _ in extraction.document.containers()}
    for assertion in extraction.assertions:
        found[assertion.container].assertions.append(assertion)
    for link in extraction.document.links:
        found[link.container].links.append(link)
    for quote in extraction.quotes:
        found[quote.container].quotes.append(quote)
    for dispute in extraction.disputes:
        found[dispute.stated_in].disputes.append(dispute)
    found["body"].fact_checks.extend(extraction.fact_checks)
    for entity in extraction.entities:
        _mentioned(found, entity.id, entity.mentions, entity.references, entity.method, entity.confidence)
    for outlet in extraction.outlets:
        _mentioned(found, outlet.outlet.id, outlet.mentions, (), outlet.method, outlet.confidence)
    return found


def _mentioned(
    found: dict[Container, _Found],
    identity: Id,
    mentions: Iterable[Mention],
    references: Iterable[Mention],
    method: str,
    confidence: float,
) -> None:
    for role, places in (("spans", mentions), ("references", references)):
        for place in places:
            row = found[place.container].mentions.setdefault(
                identity, {"method": method, "confidence": confidence, "spans": [], "references": []}
            )
            row[role].append((place.start, place.end))


def _text_rows(
    document: Document,
    node: Id,
    found: _Found,
    found_in: Mapping[Container, _Found],
    seen: Mapping[Id, datetime | None],
    shared: _Shared,
    about: object,
    readable: Mapping[Id, Wording],
) -> TextRows:
    mentions = tuple(
        {
            "text": node,
            "entity": identity,
            "properties": _filled(
                {
                    "spans": _ordered(row["spans"]),
                    "references": _ordered(row["references"]) or None,
                    "method": row["method"] or None,
                    "confidence": row["confidence"],
                }
            ),
        }
        for identity, row in sorted(found.mentions.items())
    )
    links, outlet_links = _link_rows(node, found.links, shared)
    assertions = tuple(_assertion_row(node, one, found.named(), readable[one.id]) for one in found.assertions)
    asserted = tuple(
        {
            "assertion": a.id,
            "speaker": _speaker(a.speaker, shared),
            "properties": _filled({"method": a.speaker.method or None, "confidence": a.speaker.confidence}),
        }
        for a in found.assertions
        if a.speaker is not None
    )
    cites = tuple(
        {
            "assertion": a.id,
            "outlet": cite.id,
            "properties": {"role": cite.role, "spans": flat(cite.spans), "order": order},
        }
        for a in found.assertions
        for order, cite in enumerate(a.cites)
    )
    reported = tuple({"assertion": a.id, "by": a.reported_in} for a in found.assertions if a.reported_in is not None)
    quotes, text_quotes = _quote_rows(document, node, found.quotes)
    disputes = tuple(_dispute_row(document, dispute, found_in, seen) for dispute in found.disputes)
    stated = tuple({"dispute": d.id, "in": d.assertion or node, "spans": flat(d.spans)} for d in found.disputes)
    against = tuple(
        {
            "dispute": d.id,
            "to": d.target.assertion or document.node_of(d.target.container),
            "spans": flat(d.target.spans),
        }
        for d in found.disputes
        if d.target is not None
    )
    raised = tuple({"dispute": d.id, "speaker": _speaker(d.by, shared)} for d in found.disputes if d.by is not None)
    fact_checks = tuple(_fact_check_row(node, check) for check in sorted(found.fact_checks, key=lambda check: check.id))
    referred = {
        *(row["entity"] for row in mentions),
        *(row["document"] for row in links),
        *(row["outlet"] for row in outlet_links),
        *(row["speaker"] for row in asserted),
        *(row["outlet"] for row in cites),
        *(row["speaker"] for row in raised),
        *(row["outlet"] for row in fact_checks if row["outlet"] is not None),
    }
    known = {
        identity: shared.entities.get(identity) or shared.accounts.get(identity) or shared.documents.get(identity)
        for identity in referred
    }
    return TextRows(
        id=node,
        reading=digest(
            mentions,
            links,
            outlet_links,
            [_undated(row) for row in assertions],
            asserted,
            cites,
            reported,
            quotes,
            text_quotes,
            [_undated_dispute(row) for row in disputes],
            stated,
            against,
            raised,
            fact_checks,
            known,
            about,
        ),
        mentions=mentions,
        links=links,
        outlet_links=outlet_links,
        assertions=assertions,
        asserted=asserted,
        cites=cites,
        reported=reported,
        quotes=quotes,
        text_quotes=text_quotes,
        disputes=disputes,
        stated=stated,
        against=against,
        raised=raised,
        fact_checks=fact_checks,
        shared=frozenset(referred),
        wordings={one.id: readable[one.id] for one in found.assertions},
    )


def _speaker(speaker: Speaker, shared: _Shared) -> Id:
    if speaker.kind == "account":
        site = shared.document.site
        shared.accounts.setdefault(speaker.id, _account_row(speaker.id, speaker.name, site))
        return speaker.id
    if speaker.kind == "outlet":
        return shared.outlet(speaker.id, speaker.name, None, None, None)
    return shared.entity(speaker.id, speaker.name, speaker.kind)


class _Named:
    """Who and what is named at each place of one text."""

    def __init__(self, places: Iterable[tuple[int, int, Id]]) -> None:
        self._places = sorted(set(places))

    def within(self, spans: Iterable[Span]) -> list[str]:
        """The ids of those named within the spans, in their order."""
        return sorted(
            {
                identity
                for span in spans
                for start, end, identity in self._places[
                    bisect_left(self._places, (span.start,)) : bisect_left(self._places, (span.end,))
                ]
                if end <= span.end
            }
        )


def _assertion_row(node: Id, assertion: Assertion, named: _Named, wording: Wording) -> Row:
    return {
        "text": node,
        "id": assertion.id,
        "properties": _filled(
            {
                "id": assertion.id,
                "text": _text(assertion.text),
                "wording": None if wording.text == assertion.text else _text(wording.text),
                "negated": wording.negated or None,
                "scope": wording.scope or None,
                "names": named.within(assertion.content) or None,
                "content": flat(assertion.content),
                "source": flat(assertion.source) or None,
                "cue": flat(assertion.cue) or None,
                "directness": assertion.directness,
                "polarity": assertion.polarity,
                "certainty": assertion.certainty,
                "speakerStatus": assertion.speaker_status,
                **times("assertedAt", assertion.asserted_at),
                "assertedAtFrom": assertion.asserted_at_from,
                "assertedAtPrecision": assertion.asserted_at_precision,
                "when": flat(assertion.when) or None,
                "passage": assertion.passage,
                "confidence": assertion.confidence,
                "method": assertion.method,
            }
        ),
    }


def _dispute_row(
    document: Document, dispute: Dispute, found_in: Mapping[Container, _Found], seen: Mapping[Id, datetime | None]
) -> Row:
    target = dispute.target
    names = set(found_in[dispute.stated_in].named().within(dispute.spans))
    if target is not None:
        names.update(found_in[target.container].named().within(target.spans))
    by = dispute.by.id if dispute.by is not None else None
    against = target.text if target is not None else dispute.proposition
    posted = None if dispute.stated_in == "body" else document.comments[dispute.stated_in].posted_at
    when = seen.get(dispute.assertion) if dispute.assertion is not None else None
    return {
        "id": dispute.id,
        "properties": _filled(
            {
                "id": dispute.id,
                "kind": dispute.kind,
                "basis": _text(dispute.basis),
                "text": _text(dispute.text),
                "against": _text(against),
                "proposition": _text(dispute.proposition),
                "confidence": dispute.confidence,
                "method": dispute.method,
                "key": make_id("key", document.id, dispute.kind, by, _text(dispute.text), _text(against)),
                "names": sorted(names) or None,
                "factCheck": dispute.fact_check,
                "seenAt": when or times("seenAt", posted or document.published_at).get("seenAt"),
            }
        ),
    }


def _undated_dispute(row: Row) -> Row:
    """A dispute's row without its time, which follows from its assertion's and from its text's."""
    return {**row, "properties": {key: value for key, value in row["properties"].items() if key != "seenAt"}}


def _fact_check_row(node: Id, check: FactCheck) -> Row:
    return {
        "id": check.id,
        "text": node,
        "spans": flat(check.spans),
        "outlet": check.outlet.id if check.outlet is not None else None,
        "assertion": check.assertion,
        "claim": claim_id(check.id),
        "properties": _filled(
            {
                "id": check.id,
                "url": _text(check.url),
                "rating": _text(check.rating),
                "verdict": check.verdict,
                "claimText": _text(check.claim_text),
                "claimant": _text(check.claimant),
                **times("publishedAt", check.published_at),
            }
        ),
    }


def _undated(row: Row) -> Row:
    """An assertion's row without a time that counts from when its comment was posted, which may be "two hours ago"."""
    properties = row["properties"]
    if properties["assertedAtFrom"] != "posted" and not row["text"].startswith("com-"):
        return row
    return {**row, "properties": {key: value for key, value in properties.items() if key != "assertedAt"}}


def _quote_rows(document: Document, node: Id, quotes: Iterable[Quote]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """What a text repeats: assertions, and where the words are nobody's, texts; each once with all its spans."""
    of_assertions: dict[Id, list[Quote]] = defaultdict(list)
    of_texts: dict[Id, list[Quote]] = defaultdict(list)
    for quote in quotes:
        for identity in quote.assertions:
            of_assertions[identity].append(quote)
        if not quote.assertions:
            of_texts[document.node_of(quote.of)].append(quote)
    assertions, texts = (
        tuple({"text": node, "to": to, "properties": _quote(several)} for to, several in sorted(quoted.items()))
        for quoted in (of_assertions, of_texts)
    )
    return assertions, texts


def _quote(quotes: Iterable[Quote]) -> Row:
    several = sorted(quotes, key=lambda quote: quote.confidence)
    return {
        "spans": _ordered((span.start, span.end) for quote in several for span in quote.spans),
        "method": several[0].method,
        "confidence": several[0].confidence,
    }


def _comment_rows(document: Document, comment: Comment, judged: list[Reply], shared: _Shared) -> CommentRows:
    parent: Container = "body" if comment.parent is None else comment.parent
    replies = judged or [Reply(comment=comment.index, to=parent)]
    return CommentRows(
        id=comment.id,
        properties=_filled(
            {
                "id": comment.id,
                "text": _text(comment.text),
                **times("postedAt", comment.posted_at),
                "url": _text(comment.url),
                "sha256": document.sha256,
                "byPostAuthor": comment.by_post_author or None,
            }
        ),
        author=shared.account(comment.author) if comment.author else None,
        replies=tuple(
            {"comment": comment.id, "to": document.comments[reply.to].id, "properties": _reply(reply)}
            for reply in replies
            if reply.to != "body"
        ),
        answers=tuple(
            {"comment": comment.id, "to": document.id, "properties": _reply(reply)}
            for reply in replies
            if reply.to == "body"
        ),
        position=comment.index,
        depth=comment.depth,
    )


def _reply(reply: Reply) -> Row:
    return _filled({"stance": reply.stance, "confidence": reply.confidence, "method": reply.method or FROM_THREAD})


def _link_rows(node: Id, links: Iterable[Link], shared: _Shared) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Links to pages, and links to the front page of an outlet that is known here; each address once with its spans."""
    to_pages: dict[tuple[Id, str], list[tuple[int, int]]] = {}
    to_outlets: dict[tuple[Id, str], list[tuple[int, int]]] = {}
    for link in links:
        try:
            target = canonical(link.url)
        except ValueError:
            continue  # mail addresses, scripts: no page
        page = document_id(url=target, sha256="")
        if page == shared.document.id:
            continue
        url = _text(link.url) or target
        outlet = _front_page_of(target, shared)
        if outlet:
            to_outlets.setdefault((outlet, url), []).append((link.start, link.end))
        else:
            to_pages.setdefault((shared.page(page, target), url), []).append((link.start, link.end))
    return (
        tuple(
            {"text": node, "document": page, "url": url, "spans": _ordered(spans)}
            for (page, url), spans in sorted(to_pages.items())
        ),
        tuple(
            {"text": node, "outlet": outlet, "url": url, "spans": _ordered(spans)}
            for (outlet, url), spans in sorted(to_outlets.items())
        ),
    )


def _front_page_of(url: str, shared: _Shared) -> Id | None:
    parts = urlsplit(url)
    if parts.path not in ("", "/") or parts.query:
        return None
    domain = registered_domain(url)
    identity = outlet_id(domain=domain, name="") if domain else None
    return identity if identity in shared.entities else None


def _account_row(identity: Id, name: str, site: str) -> Row:
    keys = {} if anybody(name) else {"nameKey": _keys("account", _name(name)).get("nameKey")}
    return {"id": identity, "name": _name(name), "site": site, "keys": _filled(keys)}


def _keys(kind: str, name: str) -> Row:
    """The properties by which names that are like this one are found."""
    found = keys(kind, name)
    return _filled(
        {"nameKey": found.whole, "joinedKey": found.joined, "shortKey": found.short, "shortOf": found.short_of}
    )


def _ordered(spans: Iterable[tuple[int, int]]) -> list[int]:
    return flat(Span(start, end) for start, end in sorted(set(spans)))


def _filled(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None}


def _preference(name: str) -> tuple[bool, str]:
    """Smaller is better: names as they are written come before capitals (headlines) and bare domains."""
    spaced = " " in name
    return (spaced and name == name.upper()) or ("." in name and not spaced), name


def _name(name: str) -> str:
    shown = _text(name) or ""
    return shown if len(shown) <= NAME_LIMIT else f"{shown[: NAME_LIMIT - 1]}…"


def _text(value: str | None) -> str | None:
    """The same text, with U+FFFD for lone surrogates, which no database takes."""
    if value is None or value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else char for char in value)
    return value
