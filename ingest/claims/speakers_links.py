"""What coreference says an expression means, followed to whoever is named.

An expression may lead to several others before it, each with a probability, and those to others again: what it means is
then as likely as all the ways to it together. What leads to no name means the description that it ends at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.model import Coreference, Id, Span

_LEAST: Final = 0.02
"""A way less likely than this is not followed."""
_MOST: Final = 12
"""Meanings of an expression that are kept, the likeliest."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What an expression may mean: an entity, or the description ``span`` where ``who`` is none; and how likely."""

    who: Id | None
    span: Span
    probability: float


class Links:
    """The coreference of one text.

    Args:
        coreferences: of the text, in any order.
        named: whose name, if anybody's, an expression is.
    """

    def __init__(self, coreferences: Sequence[Coreference], named: Callable[[Span], Id | None]) -> None:
        self._named = named
        self._meant: dict[Span, tuple[Meant, ...]] = {}
        antecedents: dict[Span, list[Coreference]] = defaultdict(list)
        for one in coreferences:
            if one.antecedent.start < one.expression.start:
                antecedents[one.expression].append(one)
        for expression in sorted(antecedents):
            self._meant[expression] = self._follow(antecedents[expression])
        self._expressions = sorted(self._meant)

    def __bool__(self) -> bool:
        return bool(self._meant)

    def meanings(self) -> Iterator[tuple[Span, tuple[Meant, ...]]]:
        """Each expression with what it may mean, the likeliest first."""
        return iter(self._meant.items())

    def of(self, start: int, end: int) -> tuple[Meant, ...]:
        """What the expression at ``[start, end)`` may mean, the likeliest first; marks at its ends do not matter."""
        exact = self._meant.get(Span(start, end))
        if exact is not None:
            return exact
        at = bisect_left(self._expressions, start - 2, key=lambda span: span.start)
        for expression in self._expressions[at : at + 4]:
            if abs(expression.start - start) <= 2 and abs(expression.end - end) <= 2:
                return self._meant[expression]
        return ()

    def _follow(self, links: Sequence[Coreference]) -> tuple[Meant, ...]:
        who: dict[Id, float] = defaultdict(float)
        descriptions: dict[Span, float] = defaultdict(float)
        where: dict[Id, Span] = {}
        for link in links:
            entity = self._named(link.antecedent)
            if entity is not None:
                reached: tuple[Meant, ...] = (Meant(entity, link.antecedent, 1.0),)
            else:
                # What the antecedent itself may mean; what is left of it is that it means nothing before it.
                reached = self._meant.get(link.antecedent, ())
                left = 1.0 - sum(one.probability for one in reached)
                descriptions[link.antecedent] += link.confidence * left
            for one in reached:
                probability = link.confidence * one.probability
                if probability < _LEAST:
                    continue
                if one.who is None:
                    descriptions[one.span] += probability
                else:
                    who[one.who] += probability
                    where[one.who] = one.span
        found = [Meant(entity, where[entity], likely) for entity, likely in who.items()]
        found += [Meant(None, span, likely) for span, likely in descriptions.items() if likely >= _LEAST]
        return tuple(sorted(found, key=lambda one: (-one.probability, one.span))[:_MOST])
