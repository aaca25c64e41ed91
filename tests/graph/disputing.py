"""Disputes made by hand on the pages of ``tests.factories``."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from graph.driver import Graph, Row
from ingest.claims.targets import against as told_by
from ingest.model import (
    BODY,
    Assertion,
    Container,
    Dispute,
    DisputeKind,
    Extraction,
    FactCheck,
    Id,
    Outlet,
    Span,
    Speaker,
    Target,
    dispute_id,
    fact_check_id,
    outlet_id,
)
from tests.factories import Said, extraction

TEXT = (
    "Trump said “Modi agreed to stop buying oil”. India denied “Modi agreed to anything”. "
    "Zoe Bell said “The tap is safe”."
)
THREAD = (
    Said("rev", "I say the harbour is closed", posted_at=datetime(2026, 2, 28, 10, tzinfo=UTC)),
    Said("ivo", "No, it is open.", to=0, posted_at=datetime(2026, 2, 28, 11, tzinfo=UTC)),
)
CLAIM = "The tap water causes cancer."


def page(text: str = TEXT, **options: object) -> Extraction:
    """A page with a denial of an assertion, and a rebuttal of one comment by another."""
    found = extraction(text, THREAD, **options)  # type: ignore[arg-type]
    disputes = [denial(found)] if "India denied" in text else []
    return replace(found, disputes=(*disputes, rebuttal(found)))


def denial(found: Extraction, *, answering: bool = True) -> Dispute:
    """India's denial, against Trump's assertion or against what nobody asserted."""
    denied = said_by(found, "India")
    target = whole(said_by(found, "Trump")) if answering else None
    return dispute(
        found, "denial", denied.speaker, BODY, denied.content, target, denied, None if answering else denied.text
    )


def rebuttal(found: Extraction) -> Dispute:
    """The second comment's, against the words of the first."""
    mine = next(one for one in found.assertions if one.container == 0)
    writer = mine.speaker
    assert writer is not None
    by = replace(writer, id=account(found, "ivo"), name="ivo")
    return dispute(found, "rebuttal", by, 1, (Span(0, 15),), whole(mine), None, None)


def dispute(
    found: Extraction,
    kind: DisputeKind,
    by: Speaker | None,
    container: Container,
    spans: tuple[Span, ...],
    target: Target | None,
    stating: Assertion | None,
    proposition: str | None,
) -> Dispute:
    """With the id that the model gives it."""
    document = found.document
    text = document.text_of(container)
    return Dispute(
        id=dispute_id(
            kind, by.id if by else None, document.node_of(container), spans, told_by(document, target, proposition)
        ),
        kind=kind,
        by=by,
        stated_in=container,
        spans=spans,
        text=" […] ".join(span.of(text) for span in spans),
        target=target,
        basis="by hand",
        confidence=0.7,
        method="rule:test",
        assertion=stating.id if stating else None,
        proposition=proposition,
    )


def checked(found: Extraction, *, verdict: str = "false", assertion: Assertion | None = None) -> Extraction:
    """The page with a fact-check, of an assertion of it or of what nobody here asserts, and the dispute it raises."""
    outlet = Outlet(outlet_id(domain="checkdesk.com", name=""), "Check Desk", "checkdesk.com")
    url = "https://checkdesk.com/1"
    check = FactCheck(
        fact_check_id(url, outlet.id, CLAIM, "Nope"), url, outlet, "Nope", verdict, CLAIM, "Karl", None,  # type: ignore[arg-type]
        assertion=assertion.id if assertion else None,
    )  # fmt: skip
    by = Speaker(outlet.id, outlet.name, "outlet", "structure:claim-review", 0.95)
    target = whole(assertion) if assertion else None
    raised = dispute(found, "fact_check", by, BODY, (), target, None, None if assertion else CLAIM)
    raises = (replace(raised, text="Nope", fact_check=check.id),) if verdict == "false" else ()
    return replace(found, fact_checks=(check,), disputes=(*found.disputes, *raises))


def said_by(found: Extraction, name: str) -> Assertion:
    """The first assertion of somebody."""
    return next(one for one in found.assertions if one.speaker is not None and one.speaker.name == name)


def whole(one: Assertion) -> Target:
    """An assertion as a target."""
    return Target(one.container, one.content, one.text, one.id)


def account(found: Extraction, name: str) -> Id:
    """The id of a comment writer."""
    from ingest.model import account_id

    return account_id(found.document.site, name)


def review(graph: Graph, dispute: str, decision: str, at: datetime) -> None:
    """A review as the store of reviews writes it, without what follows from it."""
    graph.execute(
        f"MATCH (d:Dispute {{id: '{dispute}'}}) CREATE (:Review {{id: 'rev-{dispute}-{decision}-{at.isoformat()}', "
        f"decision: '{decision}', reviewer: 'ada', at: datetime('{at.isoformat()}')}})-[:OF]->(d)"
    )


def held(graph: Graph) -> dict[str, Row]:
    """All disputes with their sides and claims, by kind and words."""
    rows = graph.execute(
        "MATCH (d:Dispute) RETURN d {.*, "
        "by: head([(d)<-[:RAISED]-(s) | s.name]), stated: head([(d)-[:STATED_IN]->(x) | x.id]), "
        "target: head([(d)-[:AGAINST]->(x) | x.id]), claims: [(d)-[:DISPUTES]->(c) | c.text]} AS d"
    )
    return {f"{row['d']['kind']} {row['d']['text']}": row["d"] for row in rows}


def disputed(graph: Graph) -> dict[str, str]:
    """Claims that are disputed, by their words."""
    rows = graph.execute("MATCH (c:Claim) WHERE c.disputed <> 'no' RETURN c.text AS text, c.disputed AS disputed")
    return {row["text"]: row["disputed"] for row in rows}
