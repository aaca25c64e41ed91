"""Annotations -> assertions: who says what on a page, through whom, and who answers whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ingest.claims.assertions import Found, assertions_in
from ingest.claims.chains import carried
from ingest.claims.outlets import all_named, linked_from, outlet_mentions, own_outlet
from ingest.claims.passages import who_take_turns
from ingest.claims.quotes import quoted
from ingest.claims.speakers import Cast
from ingest.model import BODY, Annotations, Container, Document, Extraction, Reply

__all__ = ["find"]


def find(document: Document, annotations: Mapping[Container, Annotations]) -> Extraction:
    """All that a page asserts, with its speakers, entities, outlets and replies.

    ``annotations`` are those of each container's text; a container without any asserts nothing that needs them.
    """
    own = own_outlet(document)
    # One node for an outlet, whichever of its domains it publishes under.
    document = replace(document, outlet=own)
    annotations = who_take_turns(document, annotations)
    named = all_named(document, own)
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
    return Extraction(
        document=document,
        assertions=assertions,
        entities=cast.entities(),
        outlets=outlet_mentions(own, named, linked),
        replies=tuple(
            Reply(comment=comment.index, to=BODY if comment.parent is None else comment.parent)
            for comment in document.comments
        ),
        quotes=repeated.quotes,
        sentences={container: each.sentences for container, each in annotations.items()},
    )
