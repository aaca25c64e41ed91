"""Attributions in constructions that a model seldom finds, since the corpora that it learns from seldom mark them.

========================= ==== ===================================================================================
rule:noun-by              0.65 "the argument by farmers that the dam leaks", "complaints from tenants that ..."
rule:according-to-pronoun 0.75 "According to them, the dam leaks"
rule:who-claim            0.65 "they let experts on who claim that the dam leaks"
rule:seen-saying          0.65 "Heard Quill on the radio boasting that ..."
rule:led-to-say           0.6  "This led Quill to declare the dam to be safe"
rule:expects              0.6  "Quill is already discussing the dam being closed"
rule:of-the-school        0.6  "Quill was of the “wait and see” school"
========================= ==== ===================================================================================

What another attribution has the same cue for is left to that one. Of "When criticized that it leaked, the mayor
resigned" the mayor, whom a model takes for who criticized, is who was spoken to: the text names no agent.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.model import Annotations, Attribution, Name, Span

CONFIDENCE: Final = {
    "rule:noun-by": 0.65,
    "rule:according-to-pronoun": 0.75,
    "rule:who-claim": 0.65,
    "rule:seen-saying": 0.65,
    "rule:led-to-say": 0.6,
    "rule:expects": 0.6,
    "rule:of-the-school": 0.6,
}

_FEWEST_WORDS: Final = 3
_TRAILING: Final = " \t\n\xa0.,;:!?…"
# What a clause begins with, and a relative clause ("the claim by the firm that lost") does not.
_CLAUSE: Final = (
    r"that\s+(?=(?:the|a|an|he|she|it|they|we|I|you|his|her|its|their|our|my|this|these|those|there|no|some|many|most|all|any"
    r"|both|nobody|nothing|everyone|only|if|when)\s|[“\"‘]?[^\W\d_a-z])"
)
_SAYING: Final = (
    r"(?:bragging|boasting|claiming|saying|insisting|arguing|warning|complaining|admitting|explaining|asserting|stating"
    r"|suggesting|predicting|joking|promising|declaring|confessing|telling\s+(?:us|people|reporters|viewers|everyone|them))"
)
_SAY: Final = (
    r"(?:declare|say|state|claim|announce|admit|concede|warn|conclude|argue|insist|complain|acknowledge|pronounce)"
)
_NAME: Final = r"[^\W\d_a-z][\w’'.-]*(?:\s+[^\W\d_a-z][\w’'.-]*){0,3}"
_PHRASE: Final = r"(?:(?!(?:that|who|which|and|or)\b)[\w’'.-]+\s+){0,5}(?!(?:that|who|which|and|or)\b)[\w’'.-]*\w"

_PATTERNS: Final = (
    (
        "rule:noun-by",
        re.compile(
            r"\b(?P<cue>(?:argument|claim|assertion|allegation|complaint|criticism|accusation|contention|suggestion|warning"
            r"|admission|insistence|belief|view|prediction|assurance|declaration|conclusion|fear|promise|charge|objection)s?)"
            r"(?:\s+(?:in|at)\s+(?:the\s+)?[^\W\d_a-z]\w*(?:\s+[^\W\d_a-z]\w*)?)?,?\s+"
            r"(?:(?:even|including|not\s+least|mostly|mainly|notably|especially)\s+)?(?:by|from)\s+"
            rf"(?P<who>{_PHRASE})(?:,?\s+who\s+[^,;:.!?]{{2,90}}?)?,?\s+(?P<content>{_CLAUSE})"
        ),
    ),
    (
        "rule:according-to-pronoun",
        re.compile(r"\b(?P<cue>[Aa]ccording\s+to)\s+(?P<who>them|him|her),\s+(?P<content>(?=\S))"),
    ),
    (
        "rule:who-claim",
        re.compile(
            r"\b(?P<who>who)\s+(?P<cue>(?:claim|argue|insist|maintain|contend|allege|assert|say)(?:s|d|ed)?)\s+"
            rf"(?P<content>{_CLAUSE})"
        ),
    ),
    (
        "rule:seen-saying",
        re.compile(
            rf"\b(?:[Ss]aw|[Ss]een|[Ss]ee|[Hh]eard|[Hh]ear|[Ww]atched|[Ww]atch|[Cc]aught)\s+(?P<who>{_NAME})\s+"
            rf"(?:[^,;:.!?“”]{{1,60}}?\s)?(?P<cue>{_SAYING})\s+(?P<content>that\s+)"
        ),
    ),
    (
        "rule:led-to-say",
        re.compile(
            r"\b(?:led|leads?|leading|caus(?:ed|es?|ing)|prompt(?:ed|s|ing)?|moved|dr[io]ven?|driving|forc(?:ed|es?|ing)"
            rf"|result(?:ed|s|ing)\s+in)\s+(?P<who>(?:the\s+)?{_NAME}(?:\s+and\s+(?:another|other|a|an|the|his|her|several)\s"
            rf"[^,;:.!?]{{2,50}}?)?)\s+to\s+(?P<cue>{_SAY})\s+"
            r"(?P<content>that\s+|(?:[\w’'-]+\s+){1,6}?(?=(?:to\s+be|dead|over|illegal|null)\b))"
        ),
    ),
)
_BY_NAME: Final = (
    (
        "rule:expects",
        re.compile(
            r"\b(?P<cue>(?:is|are|was|were)\s+(?:(?:now|already|still|openly|even)\s+)*(?:discussing|predicting|forecasting|expecting"
            r"|anticipating|envisioning|envisaging|foreseeing|talking\s+(?:of|about)))\s+"
            r"(?P<content>(?:(?!(?:of|for|from|with|about|in|on|by|the)\s+\w+ing\b)[\w’'-]+\s+){1,5}?(?=\w{3,}ing\b))"
        ),
    ),
    (
        "rule:of-the-school",
        re.compile(
            r"\b(?P<cue>(?:is|are|was|were)\s+of\s+the)\s+(?P<content>[“\"‘][^”\"’\n]{3,60}[”\"’])\s+"
            r"(?:school|camp|persuasion|variety|view|opinion)\b"
        ),
    ),
)
_ASIDE: Final = re.compile(r"\s*(?:,\s+(?:who|whose|the|a|an|himself|herself)\b[^.;:!?“”]{2,140},)?\s+$")
_PASSIVE: Final = re.compile(
    r"(?:asked|told|warned|accused|criticized|criticised|challenged|questioned|pressed|reminded)", re.IGNORECASE
)
_WHEN: Final = re.compile(
    r"\b(?:when|once|if|after\s+being|though|although|while)\s+(?:later\s+|first\s+)?$", re.IGNORECASE
)
_BY: Final = re.compile(r"[^,.;]{0,40}\bby\b", re.IGNORECASE)
_SURE_ENDS: Final = frozenset(("rule:of-the-school",))


@dataclass(frozen=True, slots=True)
class _Met:
    method: str
    source: Span
    cue: Span
    content: Span


def with_constructions(text: str, found: Annotations) -> Annotations:
    """The annotations, with the attributions that such constructions make and that are not among them."""
    attributions = tuple(_without_addressee(text, one) for one in found.attributions)
    if attributions != found.attributions:
        found = replace(found, attributions=attributions)
    cues = sorted(span for one in found.attributions for span in one.cue)
    contents = {one.content for one in found.attributions}
    added: list[Attribution] = []
    for met in _all_met(text, found):
        if _overlaps(cues, met.cue) or (met.content,) in contents:
            continue
        if len(met.content.of(text).split()) < _FEWEST_WORDS:
            continue
        added.append(
            Attribution(
                source=(met.source,),
                cue=(met.cue,),
                content=(met.content,),
                directness="mixed" if any(mark in met.content.of(text) for mark in '“”"') else "indirect",
                polarity="affirmed",
                certainty="certain",
                confidence=CONFIDENCE[met.method],
                method=met.method,
            )
        )
    return replace(found, attributions=(*found.attributions, *added)) if added else found


def _without_addressee(text: str, attribution: Attribution) -> Attribution:
    """An attribution whose source is who was spoken to: "When criticized that it leaked, Quill resigned"."""
    if not attribution.source or len(attribution.cue) != 1 or not attribution.method.startswith("model:"):
        return attribution
    cue = attribution.cue[0]
    spoken_to = _PASSIVE.fullmatch(cue.of(text)) and _WHEN.search(text, max(0, cue.start - 20), cue.start)
    return replace(attribution, source=()) if spoken_to and not _BY.match(text, cue.end) else attribution


def _all_met(text: str, found: Annotations) -> Iterator[_Met]:
    for method, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            content = _to_end(text, found.sentences, match)
            if content is not None:
                yield _Met(method, Span(*match.span("who")), Span(*match.span("cue")), content)
    names = sorted(found.names, key=lambda one: one.end)
    ends = [one.end for one in names]
    for method, pattern in _BY_NAME:
        for match in pattern.finditer(text):
            name = _subject(text, names, ends, match.start())
            whole = method in _SURE_ENDS
            content = Span(*match.span("content")) if whole else _to_end(text, found.sentences, match)
            if name is not None and content is not None:
                yield _Met(method, Span(name.start, name.end), Span(*match.span("cue")), content)


def _to_end(text: str, sentences: Sequence[Span], match: re.Match[str]) -> Span | None:
    """What follows, up to the end of its sentence; ``None`` where the sentence ends before."""
    start = match.start("content")
    at = bisect_right(sentences, match.start(), key=lambda span: span.start) - 1
    if at < 0 or sentences[at].end <= start:
        return None
    end = sentences[at].end
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return Span(start, end) if end > start else None


def _subject(text: str, names: Sequence[Name], ends: Sequence[int], place: int) -> Name | None:
    """The name right before a verb, or before an aside that tells more of its bearer."""
    at = bisect_left(ends, place)
    for name in reversed(names[max(0, at - 4) : at]):
        if name.kind in {"person", "organization", "group"} and _ASIDE.fullmatch(text, name.end, place):
            return name
    return None


def _overlaps(cues: Sequence[Span], cue: Span) -> bool:
    at = bisect_left(cues, cue.end, key=lambda span: span.start) - 1
    return at >= 0 and cues[at].end > cue.start
