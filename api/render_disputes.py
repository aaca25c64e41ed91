"""Disputes as people read them on a terminal: the words of both sides under each other."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api import schemas
from api.plain import clean
from api.render import card, cited, clipped, day, facts_table, more, put_fact

_SAID = {
    "denial": "denies",
    "contradiction": "contradicts",
    "rebuttal": "rebuts",
    "doubt": "doubts",
    "fact_check": "rates",
}


def disputes(answer: schemas.Listed[schemas.Dispute]) -> RenderableType:
    """Disputes one below another: when, who, whom and the id; below that the words of both sides."""
    return Group(*(_dispute(one) for one in answer.items), *more(answer))


def dispute_card(one: schemas.Dispute) -> RenderableType:
    """One dispute with the evidence of both sides, and the line to cite it by."""
    facts = facts_table()
    put_fact(facts, "Kind", one.kind.replace("_", " "))
    put_fact(facts, "Status", one.status if one.current else f"{one.status}; no longer on the page, or not found there")
    put_fact(facts, "Raised by", f"{clean(one.by.name)} ({one.by.id})" if one.by else "nobody named")
    put_fact(
        facts, "Against", f"{_whose(one)} ({one.target.assertion or one.target.version.id})" if one.target else "–"
    )
    put_fact(facts, "Basis", clean(one.basis))
    put_fact(facts, "When", one.seen_at.isoformat(timespec="minutes"))
    put_fact(facts, "Claims", ", ".join(one.claims) or "–")
    if one.fact_check:
        put_fact(facts, "Fact-check", one.fact_check)
    for name, side in (("Stated in", one.stated_in), ("Target in", one.target)):
        if side is not None:
            put_fact(facts, name, _place(side))
    put_fact(facts, "Found by", f"{clean(one.method)}, confidence {one.confidence:.2f}")
    for review in one.reviews:
        note = f": {clean(review.note)}" if review.note else ""
        put_fact(
            facts, "Review", f"{review.decision} by {clean(review.reviewer)}, {day(review.at)}{note} ({review.id})"
        )
    return Group(card(one.id, Group(*_sides(one, whole=True), Text(), facts)), *cited(one.cite))


def fact_check_card(one: schemas.FactCheck) -> RenderableType:
    """A published verdict, and the line to cite it by."""
    facts = facts_table()
    put_fact(facts, "Verdict", f"{one.verdict.replace('_', ' ')}, in its own words “{clean(one.rating)}”")
    put_fact(facts, "By", f"{clean(one.outlet.name)} ({one.outlet.id})" if one.outlet else "nobody named")
    put_fact(facts, "Claimant", clean(one.claimant) or "–")
    put_fact(facts, "Published", day(one.published_at))
    put_fact(facts, "Address", one.url or "–")
    put_fact(facts, "Claims", ", ".join(one.claims) or "–")
    put_fact(facts, "Disputes", ", ".join(one.disputes) or "–")
    for publication in one.stated:
        put_fact(
            facts, "Stated in", f"{clean(publication.version.title) or 'without a title'} ({publication.version.id})"
        )
    return Group(card(one.id, Group(Text(clean(one.claim_text), style="bold"), Text(), facts)), *cited(one.cite))


def _dispute(one: schemas.Dispute) -> RenderableType:
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True, style="dim")
    line = Text()
    line.append(day(one.seen_at), style="green")
    line.append("  ")
    line.append(clean(one.by.name) if one.by else "nobody named", style="bold cyan")
    line.append(f" {_SAID[one.kind]} ")
    line.append(_whose(one), style="bold cyan")
    line.append(f" · {one.status}, {one.confidence:.2f}", style="dim")
    head.add_row(line, one.id)
    return Group(head, Padding(Group(*_sides(one, whole=False)), (0, 0, 1, 2)))


def _sides(one: schemas.Dispute, *, whole: bool) -> list[RenderableType]:
    """The words of both sides, each behind who says them."""
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(ratio=1)
    against = one.target.text if one.target else one.proposition or ""
    for name, words, style in (("said", against, "yellow"), ("against", one.stated_in.text, "magenta")):
        shown = Text(clean(words) or "–", style=style)
        table.add_row(name, shown if whole else clipped(shown, 2))
    return [table]


def _whose(one: schemas.Dispute) -> str:
    if one.target is None:
        return "what nobody here asserted"
    return clean(one.target.speaker.name) if one.target.speaker else "the page"


def _place(side: schemas.Side) -> str:
    title = clean(side.version.title) or "without a title"
    where = f"comment {side.comment.index + 1} of " if side.comment else ""
    offsets = ", ".join(f"{low}–{high}" for low, high in side.spans) or "–"
    return f"{where}{title} ({side.version.id}), {offsets}"
