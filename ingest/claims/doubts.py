"""Doubts: a writer's distance from what somebody says.

============================ ===== ===============================================================================
rule:doubt-of-claim           0.85 "falsely claimed that ...", "tried spinning that ...", "the debunked claim that ..."
rule:doubt-after              0.7  a sentence of its own after the words: "Yeah, right."
rule:doubt-within             0.5  "purportedly", "so-called" in the words, or in who says them
============================ ===== ===============================================================================

Raised by whoever writes the words, or, where they stand in what somebody is said to have said, by that one. "Allegedly"
and "reportedly" are how the press keeps to the law, and no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from ingest.claims.targets import Page, extent
from ingest.claims.wording import sections, sentence_at
from ingest.model import Assertion, Container, Span, Spans, Target

OF_CLAIM: Final = ("rule:doubt-of-claim", 0.85)
AFTER: Final = ("rule:doubt-after", 0.7)
WITHIN: Final = ("rule:doubt-within", 0.5)

_FEWEST: Final = 3
_FEWEST_WITHIN: Final = 5
"""Words after the doubt that say something by themselves."""
_THAT: Final = re.compile(
    r"(?:\s+(?:to|by|from|about\s+how)\s+(?:[\w’'.-]+\s+){0,6}?[\w’'.-]+)?(?:,?\s+|:\s+)(?:that|is\s+that|was\s+that)\s+",
    re.IGNORECASE,
)
_SHOWS: Final = re.compile(r"\s*(?:\w+(?:s|ed|ing)\s+)?(?:that\s+)?", re.IGNORECASE)
_NOUN: Final = re.compile(
    r"(?:claims?|allegations?|accusations?|assertions?|stor(?:y|ies)|rumou?rs?|reports?|ideas?|notions?|theor(?:y|ies)|statements?"
    r"|narratives?|suggestions?|insinuations?|charges?|beliefs?|premise|arguments?|news|lies?|myth|canard|falsehood|hoax|tale|fiction"
    r"|pretense|pretence|delusion|fantasy|misconception|fallacy)$",
    re.IGNORECASE,
)
_VERB_ENDS: Final = re.compile(
    r",\s+(?:and|but|while|which|who|saying|adding|though|although|it|he|she|they|we|you|I)\b|[;”\"]|\s+(?:—|–)\s+|\s+(?:but|while)\s+|\s+spread\b",
    re.IGNORECASE,
)
_BE: Final = re.compile(r"\s+(?:is|are|was|were|has|have|had)\s+(?!been\b)", re.IGNORECASE)
_CLAUSE_LENGTH: Final = 40
_TRAILING: Final = " \t\n,.;:!?…’'”\"»)]"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of doubt, what they are about, and in whose words they stand: ``None`` for the writer's own."""

    container: Container
    spans: Spans
    target: Target
    said_by: Assertion | None
    cue: str
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    within: re.Pattern[str]
    so_called: re.Pattern[str]
    after: re.Pattern[str]
    judged: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = sections("doubts.txt")
    return _Patterns(
        before=re.compile(rf"(?<![\w-]){lists['claim_before']}(?![\w-])", re.IGNORECASE),
        within=re.compile(rf"(?<![\w-]){lists['within']}(?![\w-])", re.IGNORECASE),
        so_called=re.compile(rf"(?<![\w-]){lists['so_called']}(?![\w-])(?!\s+to\b)", re.IGNORECASE),
        after=re.compile(
            rf"[\s“\"(]*(?:(?:oh|well|but|and),?\s+)?(?P<cue>{lists['after']})[\s.!…”\")]*$", re.IGNORECASE
        ),
        judged=re.compile(
            r"\b(?P<noun>(?:the|any|this|that|his|her|their|your|its)\s+(?:\w+\s+)?(?:notion|idea|claim|suggestion|argument|belief"
            r"|view|theory|assertion|allegation|contention|premise|assumption))\s+that\s+(?P<claim>[^.;:!?\n]{12,240}?)\s+(?:is|was)"
            r"\s+(?:(?:\w+ly|just|quite|so|even\s+more|a\s+load\s+of)\s+){0,2}"
            rf"{lists['judged']}\b",
            re.IGNORECASE,
        ),
    )


def doubts_in(page: Page, container: Container) -> Iterator[Doubt]:
    """The doubts of one text, in its order."""
    text = page.document.text_of(container)
    taken: list[Span] = []
    for match in _patterns().before.finditer(text):
        doubt = _of_claim(page, container, text, match)
        if doubt is not None:
            taken.append(doubt.spans[0])
            yield doubt
    for match in _patterns().judged.finditer(text):
        place = Span(*match.span("noun"))
        if not any(span.start < match.end() and place.start < span.end for span in taken):
            taken.append(Span(*match.span()))
            target = page.of_words(container, (Span(*match.span("claim")),))
            method, confidence = OF_CLAIM
            yield Doubt(
                container, (taken[-1],), target, _whose(page, container, place), match["noun"], method, confidence
            )
    for pattern, find in ((_patterns().within, _within), (_patterns().so_called, _so_called)):
        for match in pattern.finditer(text):
            doubt = find(page, container, match)
            if doubt is not None and not any(span.start <= match.start() < span.end for span in taken):
                yield doubt
    yield from _after(page, container, text)


def _of_claim(page: Page, container: Container, text: str, match: re.Match[str]) -> Doubt | None:
    sentences = page.found(container).sentences
    sentence = sentence_at(sentences, match.start(), text)
    cue = Span(*match.span())
    if _is_name(text, cue):
        return None
    said_by = _whose(page, container, cue)
    that = _THAT.match(text, match.end(), sentence.end)
    noun = _NOUN.search(match[0]) is not None
    target = _attributed(page, container, sentence, cue, said_by)
    if target is None and that is not None:
        end = (
            _predicate(text, that.end(), sentence.end)
            if noun and not text[sentence.start : cue.start].strip()
            else sentence.end
        )
        target = _clause(page, container, text, that.end(), end)
    if target is None and not noun:
        rest = re.compile(r",?\s+").match(text, match.end(), sentence.end)
        target = _clause(page, container, text, rest.end(), sentence.end) if rest is not None else None
    if target is None or (noun and that is None and not _said_with(page, target, cue)):
        return None
    method, confidence = OF_CLAIM
    return Doubt(container, (_stated(sentence, cue, target),), target, said_by, match[0], method, confidence)


def _whose(page: Page, container: Container, cue: Span) -> Assertion | None:
    """In whose words a doubt stands; "repeated the debunked claim that ..." calls it so in the writer's."""
    one = page.innermost(container, cue.start)
    if one is None or (one.directness == "indirect" and cue.start - one.content[0].start <= 1):
        return None
    return one


def _is_name(text: str, cue: Span) -> bool:
    """Whether every word begins with a capital, as in a title, within a sentence: "The False Prophet"."""
    words = cue.of(text).split()
    return len(words) > 1 and cue.start > 0 and all(word[0].isupper() for word in words)


def _attributed(
    page: Page, container: Container, sentence: Span, cue: Span, said_by: Assertion | None
) -> Target | None:
    """The assertion of the same sentence whose cue the doubt colours, or whose content follows it."""
    best: Assertion | None = None
    for one in page.said_in(container):
        if one is said_by or not one.content:
            continue
        start, end = extent(one)
        if end <= sentence.start or start >= sentence.end:
            continue
        content = one.content[0]
        # "falsely claimed": the words of doubt are around or right beside its cue; or its content follows upon them.
        beside = any(span.start <= cue.end + 2 and span.end >= cue.start - 2 for span in one.cue)
        follows = 0 <= content.start - cue.end <= 12
        apart = not any(span.start <= cue.start < span.end for span in one.content)
        if (beside or follows) and apart and (best is None or content.start < best.content[0].start):
            best = one
    return page.of_assertion(best) if best is not None else None


def _predicate(text: str, start: int, end: int) -> int:
    """Where a sentence goes on whose subject is the claim itself: "The myth that bats are blind is hard to kill"."""
    verbs = list(_BE.finditer(text, start, end))
    return verbs[-1].start() if len(verbs) > 1 or (verbs and verbs[0].start() - start > _CLAUSE_LENGTH) else end


def _said_with(page: Page, target: Target, cue: Span) -> bool:
    """Whether an assertion's own cue is "the false claim": its content is then what is called that."""
    if target.assertion is None:
        return False
    return any(span.start < cue.end and span.end > cue.start for span in page.by_id[target.assertion].cue)


def _clause(page: Page, container: Container, text: str, start: int, end: int) -> Target | None:
    ends = _VERB_ENDS.search(text, start, end)
    stop = ends.start() if ends is not None else end
    while stop > start and text[stop - 1] in _TRAILING:
        stop -= 1
    if len(text[start:stop].split()) < _FEWEST:
        return None
    return page.of_words(container, (Span(start, stop),))


def _stated(sentence: Span, cue: Span, target: Target) -> Span:
    """From the words of doubt to the end of what they are about, within the sentence."""
    inside = [span.end for span in target.spans if sentence.start <= span.start < sentence.end]
    return Span(cue.start, max((cue.end, *inside)))


def _within(page: Page, container: Container, match: re.Match[str]) -> Doubt | None:
    text = match.string
    cue = Span(*match.span())
    method, confidence = WITHIN
    one = _narrowest(page, container, cue, of_source=False)
    piece = next((span for span in one.content if span.start < cue.start < span.end), None) if one is not None else None
    part = _clause(page, container, text, cue.end + 1, _comma(text, cue.end, piece.end)) if piece is not None else None
    if part is not None and len(part.text.split()) >= _FEWEST_WITHIN:
        # In the midst of what is said the doubt is about the words after it.
        return Doubt(container, (cue,), part, None, match[0], method, confidence)
    if one is not None:
        return Doubt(container, (cue,), page.of_assertion(one), None, match[0], method, confidence)
    sentence = sentence_at(page.found(container).sentences, match.start(), text)
    begins = _SHOWS.match(text, match.end(), sentence.end)
    start = begins.end() if begins is not None else match.end()
    target = _clause(page, container, text, start, _comma(text, match.end(), sentence.end))
    if target is None:
        return None
    return Doubt(container, (cue,), target, _whose(page, container, cue), match[0], method, confidence)


def _so_called(page: Page, container: Container, match: re.Match[str]) -> Doubt | None:
    one = _narrowest(page, container, Span(*match.span()), of_source=True)
    if one is None:
        return None
    method, confidence = WITHIN
    return Doubt(container, (Span(*match.span()),), page.of_assertion(one), None, match[0], method, confidence)


def _narrowest(page: Page, container: Container, cue: Span, *, of_source: bool) -> Assertion | None:
    """The narrowest assertion in whose source, or else in any of whose words, the doubt stands; no literal words."""
    around = [
        one
        for one in page.said_in(container)
        if one.directness not in ("own", "direct")
        and one.content
        and any(
            span.start <= cue.start < span.end
            for span in (one.source if of_source else (*one.source, *one.cue, *one.content))
        )
    ]
    return min(around, key=lambda each: (each.content[-1].end - each.content[0].start, each.id), default=None)


def _comma(text: str, start: int, end: int) -> int:
    place = text.find(",", start, end)
    return end if place < 0 else place


def _after(page: Page, container: Container, text: str) -> Iterator[Doubt]:
    sentences = page.found(container).sentences
    method, confidence = AFTER
    for before, sentence in pairwise(sentences):
        match = _patterns().after.match(sentence.of(text))
        if match is None or "\n\n" in text[before.end : sentence.start]:
            continue
        said = [
            one
            for one in page.said_in(container)
            if one.content and one.directness != "own" and before.start <= extent(one)[1] - 1 < sentence.start
        ]
        target = page.of_assertion(said[-1]) if said else None
        if target is None:
            continue
        cue = Span(sentence.start + match.start("cue"), sentence.start + match.end("cue"))
        yield Doubt(container, (cue,), target, page.innermost(container, cue.start), match["cue"], method, confidence)
