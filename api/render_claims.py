"""The sides of a claim as people read them on a terminal: the words of each under the others', in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from api import schemas
from api.plain import clean

SHOWN = 10
"""Assertions of one side that are shown."""


def sides(claim: schemas.ClaimDetail) -> Iterator[RenderableType]:
    """Each side under a line that says how many independent sources it has; nothing where there is but one side."""
    if not (claim.denying or claim.questioning or claim.contradicting):
        return
    counts = claim.sides
    yield from _side("Affirmed", counts.affirmed, claim.affirming, "green")
    yield from _side("Denied", counts.denied, claim.denying, "red")
    yield from _side("Questioned", counts.questioned, claim.questioning, "yellow")
    for other in claim.contradicting:
        title = Text.assemble(("Contradicted by ", "bold red"), (other.id, "dim"), f"  {clean(other.text)}")
        yield Padding(Group(title, *map(_said, other.assertions[:SHOWN])), (1, 0, 0, 0))


def _side(name: str, sources: int, said: Sequence[schemas.Assertion], style: str) -> Iterator[RenderableType]:
    if name == "Affirmed" and not said:
        yield Padding(Text("Affirmed by nobody", style="bold"), (1, 0, 0, 0))
    if not said:
        return
    title = Text(f"{name} by {sources} independent source{'' if sources == 1 else 's'}", style=f"bold {style}")
    more = [Text(f"  and {len(said) - SHOWN} more", style="dim")] if len(said) > SHOWN else []
    yield Padding(Group(title, *map(_said, said[:SHOWN]), *more), (1, 0, 0, 0))


def _said(one: schemas.Assertion) -> RenderableType:
    when = one.asserted_at.date().isoformat() if one.asserted_at else "–"
    who = clean(one.speaker.name) if one.speaker else "nobody named"
    where = clean(one.outlet.name) if one.outlet else clean(one.version.title)
    head = Text.assemble(f"  {when}  ", (who, "bold cyan"), f" · {where}" if where else "", "  ", (one.id, "dim"))
    return Group(head, Padding(Text(clean(one.text)), (0, 0, 0, 4)))
