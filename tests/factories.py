"""Extractions made by hand: real ids and offsets, found by a rule that is plain enough to be sure of.

``Name said “words”.`` is an assertion of a person, ``Name told Paper “words”.`` one that came through an outlet, and
a comment that begins with ``I say`` one of its writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from ingest.model import (
    Assertion,
    Cite,
    Comment,
    Container,
    Document,
    Entity,
    Extraction,
    Id,
    Link,
    Mention,
    Outlet,
    OutletMention,
    Reply,
    Span,
    Speaker,
    assertion_id,
    comment_id,
    document_id,
    entity_id,
    outlet_id,
    site_of,
    version_id,
)
from ingest.naming import account

FETCHED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
METHOD = "rule:test"

_SAID = re.compile(
    r"(?P<source>[A-Z][\w.]*(?: [A-Z][\w.]*)*) "
    r"(?P<cue>said|denied|told (?P<paper>(?:[A-Z]\w* ?)+\b)) ?“(?P<content>[^”]+)”"
)
_OWN = re.compile(r"^I say (?P<content>.+)$", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s“”]+[^\s“”.,]")


@dataclass(frozen=True, slots=True)
class Said:
    """A comment to make; ``to`` is the place of the comment that it answers."""

    author: str | None
    text: str
    to: int | None = None
    posted_at: datetime | None = None
    stance: str | None = None


def extraction(
    text: str,
    comments: Sequence[Said] = (),
    *,
    url: str | None = "https://courier.example/news/1",
    title: str | None = "News",
    author: str | None = "Ada Brandt",
    outlet: str | None = "courier.example",
    published_at: datetime | None = datetime(2026, 2, 28, 8, 0, tzinfo=UTC),
    fetched_at: datetime = FETCHED,
    method: str = METHOD,
    confidence: float = 0.75,
) -> Extraction:
    """A page with what the rule finds in it."""
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    identity = document_id(url=url, sha256=digest)
    document = Document(
        id=identity,
        version=version_id(identity, title, text),
        kind="html",
        url=url,
        title=title,
        outlet=Outlet(outlet_id(domain=outlet, name=""), outlet.split(".")[0].title(), outlet) if outlet else None,
        author=author,
        published_at=published_at,
        fetched_at=fetched_at,
        language="en",
        sha256=digest,
        text=text,
        comments=_thread(identity, comments, author),
    )
    document = replace(document, links=tuple(_links(document)))
    return _found(document, comments, method, confidence)


def _thread(document: Id, said: Sequence[Said], author: str | None) -> tuple[Comment, ...]:
    made: list[Comment] = []
    for index, one in enumerate(said):
        parent = None if one.to is None else made[one.to]
        identity = comment_id(document, parent.id if parent else None, one.author, one.text, 0)
        made.append(
            Comment(
                index=index,
                id=identity,
                author=one.author,
                by_post_author=one.author is not None and one.author == author,
                depth=parent.depth + 1 if parent else 0,
                parent=one.to,
                posted_at=one.posted_at,
                url=f"https://courier.example/news/1#c{index}",
                text=one.text,
            )
        )
    return tuple(made)


def _links(document: Document) -> list[Link]:
    return [
        Link(container, match.start(), match.end(), match[0])
        for container, text in document.containers()
        for match in _LINK.finditer(text)
    ]


def _found(document: Document, said: Sequence[Said], method: str, confidence: float) -> Extraction:
    assertions: list[Assertion] = []
    people: dict[Id, Entity] = {}
    papers: dict[Id, OutletMention] = {}
    for container, text in document.containers():
        for match in _SAID.finditer(text):
            person = entity_id("person", match["source"])
            cites: tuple[Cite, ...] = ()
            if match["paper"]:
                name = match["paper"].strip()
                paper = Outlet(outlet_id(domain=None, name=name), name)
                start = match.start("paper")
                place = Mention(container, start, start + len(name))
                before = papers.get(paper.id)
                papers[paper.id] = OutletMention(
                    paper, (*(before.mentions if before else ()), place), method, confidence
                )
                cites = (Cite(paper.id, name, None, "via", (Span(start, start + len(name)),)),)
            mention = Mention(container, *match.span("source"))
            known = people.get(person)
            people[person] = Entity(
                person,
                match["source"],
                "person",
                (*(known.mentions if known else ()), mention),
                method=method,
                confidence=confidence,
            )
            speaker = Speaker(person, match["source"], "person", method, confidence)
            assertions.append(_assertion(document, container, match, speaker, method, confidence, cites))
        if container == "body" or (author := document.comments[container].author) is None:
            continue
        writer = Speaker(account(document, author), author, "account", method, confidence)
        for match in _OWN.finditer(text):
            assertions.append(_assertion(document, container, match, writer, method, confidence, ()))
    replies = tuple(
        Reply(index, "body" if one.to is None else one.to, one.stance, 0.6, METHOD)  # type: ignore[arg-type]
        for index, one in enumerate(said)
        if one.stance
    )
    return Extraction(document, tuple(assertions), tuple(people.values()), tuple(papers.values()), replies)


def _assertion(
    document: Document,
    container: Container,
    match: re.Match[str],
    speaker: Speaker,
    method: str,
    confidence: float,
    cites: tuple[Cite, ...],
) -> Assertion:
    own = "source" not in match.re.groupindex
    source = () if own else (Span(*match.span("source")),)
    cue = () if own else (Span(match.start("cue"), match.start("cue") + len(match["cue"].split()[0])),)
    content = (Span(*match.span("content")),)
    posted = None if container == "body" else document.comments[container].posted_at
    stated = posted or document.published_at
    return Assertion(
        id=assertion_id(document.node_of(container), source, cue, content),
        container=container,
        speaker=speaker,
        speaker_status="resolved",
        source=source,
        cue=cue,
        content=content,
        text=match["content"],
        directness="own" if own else "direct",
        polarity="denied" if not own and match["cue"] == "denied" else "affirmed",
        certainty="certain",
        confidence=confidence,
        method=method,
        cites=cites,
        asserted_at=stated,
        asserted_at_from="posted" if posted else "published" if stated else "unknown",
    )


def site(one: Extraction) -> str:
    """Where account names of a page are unique."""
    return site_of(one.document.url) or one.document.id
