"""Asking, as REST and the command line both do it: a query in, an answer of ``api.schemas`` out."""

from __future__ import annotations

from typing import Any

from api import schemas, views
from api.queries import (
    AssertionFilters,
    AssertionQuery,
    DisputeFilters,
    DocumentFilters,
    EntityFilters,
    OutletFilters,
    Paging,
    ReviewBody,
    ReviewFilters,
    SearchFilters,
    SpeakerFilters,
    listed,
    name_key,
    score_key,
    time_key,
)
from graph import read, read_disputes
from graph import reviews as decisions
from graph.driver import Graph
from graph.read import Matching, Words

FOUND_BY_DEFAULT = ("claim", "entity", "outlet", "account", "document")


def assertions(graph: Graph, query: AssertionFilters) -> schemas.Listed[schemas.Assertion]:
    """Assertions that match, the newest first."""
    page = read.assertions(graph, _matching(query), limit=query.limit, after=time_key("assertions", query))
    return listed("assertions", query, page, views.assertion)


def claims(graph: Graph, query: AssertionQuery, **of: str) -> schemas.Listed[schemas.Claim]:
    """Claims that match, by the newest of the assertions that do; ``of`` is a speaker, outlet or entity of the path."""
    name = "claims " + " ".join(f"{key}={value}" for key, value in of.items())
    page = read.claims(
        graph,
        _matching(query, **of),
        disputed=query.filters().get("disputed"),
        limit=query.limit,
        after=time_key(name, query),
    )
    return listed(name, query, page, views.claim)


def disputes(graph: Graph, query: DisputeFilters) -> schemas.Listed[schemas.Dispute]:
    """Disputes that match, the newest first."""
    given = query.filters()
    matching = read_disputes.MatchingDisputes(words=Words.of(given.pop("q", None)), **given)
    page = read_disputes.disputes(graph, matching, limit=query.limit, after=time_key("disputes", query))
    return listed("disputes", query, page, views.dispute)


def claim(graph: Graph, identity: str) -> schemas.ClaimDetail:
    """One claim with its sources and both its sides, by today's id or one that it had.

    Raises:
        NotFoundError: there is none with that id.
    """
    row = read.claim(graph, identity)
    return views.claim_detail(row, read.claim_sources(graph, row["id"]), read.claim_sides(graph, row["id"]))


def speakers(graph: Graph, query: SpeakerFilters) -> schemas.Listed[schemas.SpeakerDetail]:
    """Speakers by name."""
    return _named(graph, "Speaker", query, schemas.SpeakerDetail)


def outlets(graph: Graph, query: OutletFilters) -> schemas.Listed[schemas.OutletDetail]:
    """Outlets by name."""
    return _named(graph, "Outlet", query, schemas.OutletDetail)


def entities(graph: Graph, query: EntityFilters) -> schemas.Listed[schemas.Entity]:
    """Entities by name."""
    return _named(graph, "Entity", query, schemas.Entity)


def documents(graph: Graph, query: DocumentFilters) -> schemas.Listed[schemas.Document]:
    """Documents, the last read first."""
    page = read.documents(
        graph,
        limit=query.limit,
        after=time_key("documents", query),
        outlet=query.outlet,
        kind=query.kind,
        since=query.since,
        until=query.until,
        words=Words.of(query.q),
    )
    return listed("documents", query, page, views.listed_document)


def versions(graph: Graph, identity: str, query: Paging) -> schemas.Listed[schemas.VersionDetail]:
    """The texts that a document has had, the newest first."""
    name = f"versions {identity}"
    page = read.versions(graph, identity, limit=query.limit, after=time_key(name, query))
    return listed(name, query, page, views.version)


def reviews(graph: Graph, query: ReviewFilters) -> schemas.Listed[schemas.Review]:
    """What people decided, the newest first."""
    page = read.reviews(graph, limit=query.limit, after=time_key("reviews", query), **query.filters())
    return listed("reviews", query, page, views.review)


def judge(graph: Graph, identity: str, body: ReviewBody) -> schemas.Review:
    """Stores a review, and gives it back.

    Raises:
        ReviewError: that cannot be decided of it.
        NotFoundError: nothing in the graph has one of the ids.
    """
    review = decisions.add(
        graph, identity, body.decision, other=body.other, note=body.note, reviewer=body.reviewer.strip()
    )
    return views.review(read.review(graph, review))


def search(graph: Graph, query: SearchFilters) -> schemas.Listed[schemas.Found]:
    """What holds certain words, the best match first."""
    words = Words.of(query.q)
    assert words is not None
    kinds = FOUND_BY_DEFAULT if query.kind is None else (query.kind,)
    page = read.search(graph, words, kinds=kinds, limit=query.limit, after=score_key("search", query))
    return listed("search", query, page, lambda row: views.picked(schemas.Found, row))


def _named(
    graph: Graph,
    label: read.Label,
    query: SpeakerFilters | OutletFilters | EntityFilters,
    model: type[schemas.AnswerT],
) -> schemas.Listed[schemas.AnswerT]:
    page = read.named(
        graph,
        label,
        limit=query.limit,
        after=name_key(label, query),
        kind=query.filters().get("kind"),
        document=query.document,
        words=Words.of(query.q),
    )
    return listed(label, query, page, lambda row: views.picked(model, row))


def _matching(query: AssertionQuery, **of: str) -> Matching:
    given: dict[str, Any] = query.filters() | of
    given.pop("disputed", None)
    return Matching(words=Words.of(given.pop("q", None)), **given)
