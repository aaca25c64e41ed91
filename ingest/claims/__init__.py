"""Annotations -> assertions: who says what on a page, through whom, and who answers whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from ingest.claims.assertions import Found, assertions_in
from ingest.claims.chains import carried
from ingest.claims.constructions import with_constructions
from ingest.claims.denials import with_denials
from ingest.claims.disputes import disputed
from ingest.claims.matching import Judges
from ingest.claims.outlets import all_named, as_known, linked_from, outlet_mentions, own_outlet
from ingest.claims.passages import who_take_turns
from ingest.claims.quotes import quoted
from ingest.claims.speakers import Cast
from ingest.claims.speakers_names import without_namesakes
from ingest.claims.targets import Page
from ingest.model import BODY, Annotations, Container, Document, Extraction, Outlet, Reply

__all__ = ["find"]


def find(
    document: Document,
    annotations: Mapping[Container, Annotations],
    judges: Judges | None = None,
    unread: Collection[Container] = (),
) -> Extraction:
    """All that a page asserts and disputes, with its speakers, entities, outlets and replies.

    ``annotations`` are those of each container's text; a container without any asserts nothing that needs them. Without
    ``judges`` stances and disputes are those that rules can tell. ``unread`` are containers in another language than
    rules and judges know: none of them takes sides.
    """
    own = own_outlet(document)
    # One node for an outlet, whichever of its domains it publishes under.
    document = replace(document, outlet=own)
    annotations = {
        container: with_constructions(document.text_of(container), with_denials(document.text_of(container), each))
        for container, each in annotations.items()
    }
    annotations = who_take_turns(document, annotations)
    named = {
        container: without_namesakes(annotations.get(container, Annotations()), outlets)
        for container, outlets in all_named(document, own).items()
    }
    linked = linked_from(document, own)
    cast = Cast(document, annotations, named)
    found = {
        container: assertions_in(
            document,
            Found(container, annotations.get(container, Annotations()), named[container], linked.get(container, ())),
            cast,
        )
        for container, _ in document.containers()
    }
    repeated = quoted(document, found)
    assertions = tuple(
        assertion for container, text in document.containers() for assertion in carried(text, repeated.anew[container])
    )
    page = Page(document, annotations, assertions, repeated.quotes, unread)
    replies = [
        Reply(comment=comment.index, to=BODY if comment.parent is None else comment.parent)
        for comment in document.comments
    ]
    checks = [replace(one, outlet=_publisher(one.outlet, own)) for one in document.fact_checks]
    contested = disputed(page, cast, replies, checks, judges or Judges())
    return Extraction(
        document=document,
        assertions=assertions,
        entities=cast.entities(),
        outlets=outlet_mentions(own, named, linked),
        replies=contested.replies,
        quotes=repeated.quotes,
        disputes=contested.disputes,
        fact_checks=contested.fact_checks,
        sentences={container: each.sentences for container, each in annotations.items()},
    )


def _publisher(stated: Outlet | None, own: Outlet | None) -> Outlet | None:
    """One node for an outlet, whichever of its domains a fact-check names."""
    if stated is None:
        return None
    known = as_known(stated)
    return own if own is not None and own.id == known.id else known
