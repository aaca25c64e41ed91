"""An extraction as the JSON object that ``onrecord extract`` prints, one a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ingest.model import (
    Assertion,
    Block,
    Comment,
    Dispute,
    Entity,
    Extraction,
    FactCheck,
    Mention,
    OutletMention,
    Quote,
    Span,
)


def as_json(extraction: Extraction) -> dict[str, Any]:
    """The contract object of ``extract``: plain data, keys in the contract's order, times as RFC 3339.

    A time whose zone the page does not tell has none here either; one that the text tells is the first instant, in UTC,
    of the stretch that ``asserted_at_precision`` says. What goes beyond the contract stands at the end of each object.
    """
    document = extraction.document
    return {
        "id": document.id,
        "version": document.version,
        "url": document.url,
        "title": document.title,
        "outlet": _publisher(extraction),
        "author": document.author,
        "published_at": _time(document.published_at),
        "language": document.language,
        "text": document.text,
        "tail": document.tail,
        "blocks": [_block(block) for block in document.blocks],
        "links": [
            {"container": link.container, "start": link.start, "end": link.end, "url": link.url}
            for link in document.links
        ],
        "comments": [_comment(comment) for comment in document.comments],
        "assertions": [_assertion(assertion) for assertion in extraction.assertions],
        "entities": [_entity(entity) for entity in extraction.entities],
        "outlets": [_outlet(outlet) for outlet in extraction.outlets],
        "replies": [
            {"comment": reply.comment, "to": reply.to, "stance": reply.stance, "confidence": reply.confidence}
            for reply in extraction.replies
        ],
        "disputes": [_dispute(dispute) for dispute in extraction.disputes],
        "fact_checks": [_fact_check(check) for check in extraction.fact_checks],
        "quotes": [_quote(quote) for quote in extraction.quotes],
    }


def _publisher(extraction: Extraction) -> dict[str, Any] | None:
    outlet = extraction.document.outlet
    return None if outlet is None else {"id": outlet.id, "name": outlet.name, "domain": outlet.domain}


def _block(block: Block) -> dict[str, Any]:
    lead_in = None if block.lead_in is None else _pair(block.lead_in)
    return {"kind": block.kind, "start": block.start, "end": block.end, "lead_in": lead_in}


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "index": comment.index,
        "id": comment.id,
        "author": comment.author,
        "by_post_author": comment.by_post_author,
        "depth": comment.depth,
        "parent": comment.parent,
        "posted_at": _time(comment.posted_at),
        "url": comment.url,
        "text": comment.text,
    }


def _assertion(assertion: Assertion) -> dict[str, Any]:
    speaker = assertion.speaker
    return {
        "id": assertion.id,
        "container": assertion.container,
        "speaker": None
        if speaker is None
        else {
            "id": speaker.id,
            "name": speaker.name,
            "kind": speaker.kind,
            "method": speaker.method,
            "confidence": speaker.confidence,
        },
        "speaker_status": assertion.speaker_status,
        "source": _pairs(assertion.source) or None,
        "cue": _pairs(assertion.cue) or None,
        "content": _pairs(assertion.content),
        "text": assertion.text,
        "directness": assertion.directness,
        "polarity": assertion.polarity,
        "certainty": assertion.certainty,
        "cites": [
            {"id": cite.id, "name": cite.name, "domain": cite.domain, "role": cite.role} for cite in assertion.cites
        ],
        "reported_in": assertion.reported_in,
        "passage": assertion.passage,
        "asserted_at": _time(assertion.asserted_at),
        "confidence": assertion.confidence,
        "method": assertion.method,
        "asserted_at_from": assertion.asserted_at_from,
        "asserted_at_precision": assertion.asserted_at_precision,
        "when": _pairs(assertion.when) or None,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "mentions": [_place(mention) for mention in entity.mentions],
        "references": [_place(mention) for mention in entity.references],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "container": quote.container,
        "spans": _pairs(quote.spans),
        "of": {"container": quote.of, "spans": _pairs(quote.of_spans), "assertions": list(quote.assertions)},
        "confidence": quote.confidence,
        "method": quote.method,
    }


def _dispute(dispute: Dispute) -> dict[str, Any]:
    by, target = dispute.by, dispute.target
    return {
        "id": dispute.id,
        "kind": dispute.kind,
        "by": None if by is None else {"id": by.id, "name": by.name},
        "stated_in": dispute.stated_in,
        "spans": _pairs(dispute.spans),
        "target": None
        if target is None
        else {
            "assertion": target.assertion,
            "container": target.container,
            "spans": _pairs(target.spans),
            "text": target.text,
        },
        "basis": dispute.basis,
        "confidence": dispute.confidence,
        "method": dispute.method,
        "text": dispute.text,
        "assertion": dispute.assertion,
        "proposition": dispute.proposition,
        "fact_check": dispute.fact_check,
    }


def _fact_check(check: FactCheck) -> dict[str, Any]:
    outlet = check.outlet
    return {
        "id": check.id,
        "url": check.url,
        "outlet": None if outlet is None else {"id": outlet.id, "name": outlet.name, "domain": outlet.domain},
        "rating": check.rating,
        "verdict": check.verdict,
        "claim_text": check.claim_text,
        "claimant": check.claimant,
        "published_at": _time(check.published_at),
        "assertion": check.assertion,
        "spans": _pairs(check.spans),
    }


def _outlet(named: OutletMention) -> dict[str, Any]:
    return {
        "id": named.outlet.id,
        "name": named.outlet.name,
        "domain": named.outlet.domain,
        "mentions": [_place(mention) for mention in named.mentions],
    }


def _place(mention: Mention) -> list[str | int]:
    return [mention.container, mention.start, mention.end]


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [_pair(span) for span in spans]


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
