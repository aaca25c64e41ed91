"""Who reports whom: an attribution that stands in the words of another one is reported in that one.

``"Peskov told TASS that it was late", the BBC reports`` makes two assertions: the BBC's, and within it Peskov's. So:

- an attribution whose cue stands in the content of another is reported in the nearest such;
- of two that give the same words, the one of an outlet, or the one brought in by "according to", reports the other;
- ``relayed`` finds what an outlet is said to relay ("..., the BBC reports", "As Reuters reported, ...") where nothing
  marks it as an attribution, and takes it out of the content of the one that it relays.

However attributions lie in one another, following ``reported_in`` ends: where they would go round in a circle, the
widest of the circle is reported in none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import pairwise

from ingest.claims.outlets import OutletSpan
from ingest.model import Assertion, Attribution, Cite, Span, Spans

RELAY = ("rule:relayed-by-outlet", 0.7)
"""Method and confidence of an attribution that only an outlet's "the BBC reports" makes."""


def carried(text: str, assertions: Sequence[Assertion]) -> list[Assertion]:
    """The assertions of one text, each reported in the one that carries it; in time n log n.

    Args:
        text: what their offsets point into.
        assertions: all of one container, no id twice.
    """
    ordered = sorted(assertions, key=lambda assertion: assertion.id)
    parents = _same_words(text, ordered)
    ranks = _ranks(parents, len(ordered))
    for inner, outer in _around(ordered, ranks).items():
        parents.setdefault(inner, outer)
    _cut_circles(parents, ordered)
    carriers = {ordered[inner].id: ordered[outer].id for inner, outer in parents.items()}
    return [replace(assertion, reported_in=carriers.get(assertion.id)) for assertion in assertions]


def outwards(cites: Iterable[Cite], attribution: Attribution | Assertion) -> tuple[Cite, ...]:
    """What an assertion came through, from the speaker outwards: what stands nearest to source and cue comes first."""
    own = (*attribution.source, *attribution.cue) or attribution.content
    low, high = min(span.start for span in own), max(span.end for span in own)

    def away(cite: Cite) -> int:
        return min((max(low - span.end, span.start - high, 0) for span in cite.spans), default=high)

    return tuple(sorted(cites, key=lambda cite: (away(cite), cite.role == "linked")))


# --- containment -----------------------------------------------------------------------------------------------


def _around(assertions: Sequence[Assertion], ranks: Sequence[int]) -> dict[int, int]:
    """For each assertion the narrowest other whose content its cue stands in; a sweep over the text.

    ``ranks`` are lower the further in an assertion is, where several have the same content.
    """
    pieces = sorted(
        (span.start, span.end, at) for at, one in enumerate(assertions) for span in one.content if span.end > span.start
    )
    points = sorted((place, at) for at, one in enumerate(assertions) if (place := _place(one)) is not None)
    found: dict[int, int] = {}
    open_: list[tuple[int, int, int, int]] = []
    ends: list[tuple[int, tuple[int, int, int, int]]] = []
    following = 0
    for place, inner in points:
        while following < len(pieces) and pieces[following][0] <= place:
            start, end, at = pieces[following]
            key = (end - start, ranks[at], at, start)
            insort(open_, key)
            heappush(ends, (end, key))
            following += 1
        while ends and ends[0][0] <= place:
            _, key = heappop(ends)
            del open_[bisect_left(open_, key)]
        outer = next((key[2] for key in open_ if key[2] != inner), None)
        if outer is not None:
            found[inner] = outer
    return found


def _place(assertion: Assertion) -> int | None:
    """Where the text attributes an assertion to somebody; a writer's own statements are attributed nowhere."""
    own = assertion.cue or assertion.source
    return own[0].start if own else None


def _cut_circles(parents: dict[int, int], assertions: Sequence[Assertion]) -> None:
    done: set[int] = set()
    for start in sorted(parents):
        path: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = parents.get(at)
        if at is not None and at in path:
            around = list(path)[list(path).index(at) :]
            del parents[max(around, key=lambda one: (_width(assertions[one]), assertions[one].id))]
        done.update(path)


def _width(assertion: Assertion) -> int:
    return sum(span.end - span.start for span in assertion.content)


# --- the same words twice --------------------------------------------------------------------------------------


_ACCORDING = re.compile(r"according\s+to|(?:as\s+)?(?:reported|cited|quoted|told)\s+by|per", re.IGNORECASE)


def _same_words(text: str, assertions: Sequence[Assertion]) -> dict[int, int]:
    """Of those that attribute the same words, which reports which."""
    groups: dict[Spans, list[int]] = defaultdict(list)
    for at, one in enumerate(assertions):
        if one.source or one.cue:
            groups[one.content].append(at)
    parents: dict[int, int] = {}
    for group in groups.values():
        relays = {at: _relays(text, assertions[at]) for at in group}
        ordered = sorted(group, key=lambda at: (relays[at], _gap(assertions[at]), assertions[at].id))
        parents.update((inner, outer) for inner, outer in pairwise(ordered) if relays[outer])
    return parents


def _relays(text: str, assertion: Assertion) -> bool:
    outlet = assertion.speaker is not None and assertion.speaker.kind == "outlet"
    return outlet or any(_ACCORDING.fullmatch(span.of(text)) for span in assertion.cue)


def _gap(assertion: Assertion) -> int:
    low, high = assertion.content[0].start, assertion.content[-1].end
    own = (assertion.cue or assertion.source)[0]
    return max(low - own.end, own.start - high, 0)


def _ranks(parents: dict[int, int], number: int) -> list[int]:
    """How many stand between each and the innermost of those with the same words."""
    ranks = [0] * number
    inner = set(parents) - set(parents.values())
    for start in inner:
        at, rank = start, 0
        while at in parents:
            at, rank = parents[at], rank + 1
            ranks[at] = rank
    return ranks


# --- outlets that relay ----------------------------------------------------------------------------------------

_REPORTS = (
    r"(?:also\s+|first\s+|has\s+|had\s+)*(?:reports|reported|writes|wrote|says|said|notes|noted|adds|added|revealed)"
)
_CLOSES = re.compile(rf"\s+(?P<cue>{_REPORTS})(?:\s+(?:on\s+)?\w+day)?(?=\s*[.;)”\"’]|\s*$|\s*\n)")
_OPENS = re.compile(rf"\s+(?P<cue>{_REPORTS})(?:\s+(?:on\s+)?(?:\w+\s+){{0,2}}\w+)?,\s+")
_TAIL = re.compile(r"(?:,[”\"’']?|[”\"’'],?)\s+(?:as\s+)?(?P<the>the\s+)?$")
_HEAD = re.compile(r"(?:^|[.!?”\"]\s+|\n\s*)As\s+(?P<the>the\s+)?$")
_REACH = 60


@dataclass(frozen=True, slots=True)
class _Relay:
    """An outlet that reports what stands beside it: ``whole`` is all that says so."""

    source: Span
    cue: Span
    whole: Span
    closes: bool


def relayed(
    text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], named: Sequence[OutletSpan]
) -> list[Attribution]:
    """The attributions of a text, with those that an outlet is said to relay.

    Args:
        text: what all offsets point into.
        sentences: of the text, in order.
        attributions: as they were found.
        named: where the text names outlets, in order.
    """
    if not named or not attributions:
        return list(attributions)
    marked = {span.start for one in attributions for span in (*one.source, *one.cue)}
    made = list(attributions)
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(made):
        by_sentence[_sentence_of(sentences, one)].append(at)
    for outlet in named:
        relay = _relay(text, outlet)
        if relay is None or not marked.isdisjoint(range(relay.source.start, relay.cue.end)):
            continue
        here = by_sentence.get(bisect_right(sentences, outlet.start, key=lambda span: span.start) - 1, ())
        inner = _relayed_by(made, here, relay)
        if inner is not None:
            if relay.closes:
                made[inner] = replace(made[inner], content=_before(text, made[inner].content, relay.whole.start))
            made.append(_attribution(made[inner], relay))
    return made


def _relay(text: str, outlet: OutletSpan) -> _Relay | None:
    before = text[max(0, outlet.start - _REACH) : outlet.start]
    for lead, follow, closes in ((_TAIL, _CLOSES, True), (_HEAD, _OPENS, False)):
        led, follows = lead.search(before), follow.match(text, outlet.end)
        if led and follows:
            start = outlet.start - len(led["the"] or "")
            whole = Span(outlet.start - len(led[0]), follows.end("cue") if closes else follows.end())
            return _Relay(Span(start, outlet.end), Span(*follows.span("cue")), whole, closes)
    return None


def _relayed_by(made: Sequence[Attribution], here: Collection[int], relay: _Relay) -> int | None:
    """Which attribution an outlet relays: the nearest that ends where the relay begins, or begins where it ends."""
    fitting = []
    for at in here:
        one = made[at]
        own = (*one.source, *one.cue, *one.content)
        low, high = min(span.start for span in own), max(span.end for span in own)
        if not one.cue or any(span.start <= relay.cue.start < span.end for span in (*one.source, *one.cue)):
            continue
        beside = low < relay.whole.start and high <= relay.whole.end + 2 if relay.closes else relay.whole.end <= low
        if beside:
            fitting.append((low, at))
    # The outermost: what lies further in is reported in it anyway.
    return min(fitting)[1] if fitting else None


def _before(text: str, content: Spans, end: int) -> Spans:
    pieces = (Span(span.start, min(span.end, end)) for span in content if span.start < end)
    return tuple(span for span in pieces if span.of(text).strip(" ,")) or content


def _attribution(inner: Attribution, relay: _Relay) -> Attribution:
    own = (*inner.source, *inner.cue, *inner.content)
    method, confidence = RELAY
    return Attribution(
        source=(relay.source,),
        cue=(relay.cue,),
        content=(Span(min(span.start for span in own), max(span.end for span in own)),),
        directness="indirect",
        polarity="affirmed",
        certainty="certain",
        confidence=min(confidence, inner.confidence),
        method=method,
    )


def _sentence_of(sentences: Sequence[Span], attribution: Attribution) -> int:
    place = (attribution.cue or attribution.source or attribution.content)[0]
    return bisect_right(sentences, place.start, key=lambda span: span.start) - 1
