"""Which outlets an assertion came through, and in which part.

======= ===========================================================================================================
via     it carried the speaker's words: "told Reuters", "in an interview with the BBC", "as first reported by",
        "speaking on CNN's Reliable Sources", "hat tip to", or the text's own dateline or by-line credits it
quoted  its report, poll or article is what is quoted: "according to a report in the Guardian", "citing Interfax"
linked  the assertion's sentence links to it
======= ===========================================================================================================

An outlet that speaks itself ("the Guardian reported that") is the assertion's speaker and not cited; one that stands in
what is said, or is merely mentioned beside it, is mentioned and nothing else. Where several attributions share a
sentence, an outlet belongs to the one whose words bring it in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ingest.claims.outlets import OutletSpan
from ingest.model import Attribution, Cite, CiteRole, Id, Span, Spans

# How far before an outlet's name the words begin that bring it in.
_REACH: Final = 110
# How far from its words an attribution is still looked at: for what brings in an outlet, and for links.
_NEAR_ENOUGH: Final = 400
_FURTHEST: Final = 2_000

# What may stand between such words and the name: an article, what kind of outlet it is, or whose programme.
_NO_CLAUSE: Final = (
    r"(?!(?:that|about|outside|inside|near|before|after|who|which|because|if|not|to|against|and|as|it|he|she|they)\b)"
)
_UP_TO: Final = (
    rf"(?:\ (?:the|a|an|its|their|his|her))?(?:\ {_NO_CLAUSE}[\w’'.-]+){{0,5}}?"
    r"(?:\ (?:agency|agencies|newspaper|paper|daily|weekly|magazine|network|channel|broadcaster|station"
    r"|website|site|outlet|service|program|programme|show|podcast|television|TV|radio|tabloid|blog|platform|newswire|wire))?"
    r"\ (?:the\ )?[\"“‘'*_(]*$"
)
_NEAR: Final = r"\ (?:(?:the|The|a|an|his|her|their|its|my)\ )?[\"“‘'*_(]*$"
# A few words without a verb: "on Tuesday with CNN's Wolf Blitzer on", "aired Sunday on".
_SPOKEN: Final = (
    r"interview(?:s|ed)?|conversation|appearance|appeared|appearing|appears|remarks|comments|statement|briefing"
    r"|op-ed|column|essay|commentary|article|editorial|letter|post(?:ed|s|ing)?|tweet(?:ed|s)?|message|email|e-mail"
    r"|video|speech|discussion|segment|call|phone\ call|testimony|debate|town\ hall|forum|podcast|talk|piece"
)
_VIA: Final = re.compile(
    r"(?:"
    rf"\b(?P<told>told|tells|telling|informed|assured|briefed)\b{_UP_TO}"
    rf"|\b(?:{_SPOKEN})\b(?:\ [\w’',.-]+){{0,6}}?\ (?:with|to|on|by|for|in|from|at){_NEAR}"
    rf"|\b(?:sp(?:oke|eaks?|eaking|oken)|talk(?:ed|s|ing)?|s[ai]t(?:ting)?\ down|acknowledg\w+|admit\w*|confirm\w*"
    rf"|said|say(?:s|ing)|explain\w*|reveal\w*|complain\w*|confid\w+|disclos\w+|boast\w*|insist\w*)"
    rf"(?:\ \w+){{0,4}}?\ (?:with|to|on){_NEAR}"
    rf"|\b(?P<by>(?:first\ |originally\ |previously\ |earlier\ |initially\ |as\ |was\ |were\ |been\ )*"
    rf"(?:reported|published|revealed|disclosed|broadcast|aired|carried|quoted|cited|obtained|uncovered|released"
    rf"|posted|shared|recorded|detailed|described|documented|outlined|interviewed|asked|reprinted|printed|leaked|provided|run|streamed))"
    rf"(?:\ [\w’'.-]+){{0,4}}?\ (?:by|in|on|to|with){_NEAR}"
    rf"|\b(?:via|through|courtesy\ of|hat\ tip(?:\ to|:)?|h/t:?|HT|hat-tip(?:\ to|:)?){_NEAR}"
    rf"|\b(?:repl(?:y|ied|ying|ies)|respon(?:d|ded|ding|se)|answer(?:ed|ing|s)?|asked|questions?|inquir(?:y|ies))"
    rf"(?:\ [\w’'.-]+){{0,5}}?\ (?:questions?|inquir(?:y|ies)|request|query)?\ ?(?:by|from|of){_NEAR}"
    rf"|\b(?P<on>on|over){_NEAR}"
    rf"|\b(?:wr(?:ote|ites|iting|itten)|not(?:ed|es|ing)|argu(?:ed|es|ing)|observ(?:ed|es|ing)|warn(?:ed|s|ing)|opin(?:ed|es)"
    rf"|explain(?:ed|s)|claim(?:ed|s)|conclud(?:ed|es))(?:\ [\w’'.-]+){{0,3}}?\ (?:in|for|on|to){_NEAR}"
    r")",
    re.IGNORECASE,
)
# "on CNN" is where somebody speaks, and "an attack on CNN" is not.
_NOT_ON: Final = re.compile(
    r"\b(?:attack|focus|bas|comment|report|depend|rel|blam|war|assault|impact|effect|pressur|view|take|sanction|ban"
    r"|crackdown|call|act|turn|count|cheat|spy|spend|bet|expert|book|keen|hard|tough|harsh|light|lead|investigat"
    r"|advertis|ad|info|information|data|details|stance|position|question)\w{0,4}\ on"
    rf"{_NEAR}",
    re.IGNORECASE,
)
_PUBLICATION: Final = (
    r"(?:report(?:s|ing)?|article|stor(?:y|ies)|piece|investigation|analysis|account|poll(?:s|ing)?|survey|interview"
    r"|editorial|op-ed|column|essay|post|profile|review|study|fact[-\ ]check(?:er)?|transcript|dispatch|item"
    r"|blog|headline|tally|count|documentary|broadcast|video|footage|estimate|projection|average|forecast|list|database"
    r"|timeline)"
)
_OF_IT: Final = re.compile(
    rf"\b{_PUBLICATION}s?\b(?:,?\ [\w’'.-]+){{0,5}}?\ (?:in|by|from|of|on|for|at|with){_NEAR}", re.IGNORECASE
)
_QUOTED: Final = re.compile(
    rf"\b(?:according\ to|citing|cites|cited|quoting|quoted\ in|reported\ in|in\ the\ words\ of)"
    rf"(?:\ (?:a|an|the|its|their|recent|new|latest|two|three|several|unnamed|official))*{_NEAR}",
    re.IGNORECASE,
)
# "a CNN/ORC poll", "a Washington Post-ABC News poll", "the Guardian's report": what the outlet made is what is quoted.
_ITS: Final = re.compile(rf"(?:'s|’s?)?(?:[/-][\w./&-]+|\ [\w./&-]+){{0,4}}?\ {_PUBLICATION}s?\b", re.IGNORECASE)
# "in a Rolling Stone interview", "in her Washington Post op-ed"
_IN_ITS: Final = re.compile(
    r"\b(?:in|during|for|on)\ (?:a|an|the|his|her|their|its|my)(?:\ [\w-]+){0,2}\ [\"“'‘]*$", re.IGNORECASE
)
_SPOKEN_IN: Final = re.compile(
    r"(?:'s)?(?:\ [\w’'-]+){0,2}?\ (?:interview|op-ed|column|essay|(?:blog\ )?post|piece|segment|appearance|podcast"
    r"|panel|profile|Q&A|commentary|opinion\ (?:piece|article))\b"
)
_JOINED: Final = re.compile(r"\s+(?:and|or|&)\s+(?:the\s+)?|\s?[/-]\s?", re.IGNORECASE)
_JOINED_WITHIN: Final = 12
_TIP: Final = re.compile(r"\s{0,3}[(\[](?:h/?t|hat[ -]tip|via|source)\b[^()\[\]\n]{2,120}[)\]]", re.IGNORECASE)
_CARRIES: Final = re.compile(r"(?:\ (?:has|had|also|later|then))*\ (?:quot(?:ed|es|ing)|cit(?:ed|es|ing))\b")


class Cites:
    """What the attributions of one text came through.

    Args:
        text: what all offsets point into.
        sentences: of the text, in order.
        attributions: all of the text: where several share a sentence, an outlet belongs to one of them.
        named: where the text names outlets, in order.
        linked: where it links to outlets, in order.
        own: the page's own outlet: a dateline that credits it, or a link to it, says nothing new.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        attributions: Iterable[Attribution],
        named: Sequence[OutletSpan],
        linked: Sequence[OutletSpan],
        own: Id | None = None,
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._attributions = sorted(attributions, key=_place)
        self._places = [_place(attribution) for attribution in self._attributions]
        self._named = named
        self._linked = linked
        self._own = own
        self._credits = [span for span in named if span.credit and span.outlet.id != own]

    def of(self, attribution: Attribution, speaker: Id | None) -> tuple[Cite, ...]:
        """What an attribution came through; each outlet once, with all the places that show its part.

        ``speaker`` is who the assertion is by, where that is known.
        """
        found: dict[Id, tuple[CiteRole, list[OutletSpan]]] = {}
        around = self._sentence((*attribution.source, *attribution.cue) or attribution.content, _NEAR_ENOUGH)
        own = attribution.source, attribution.cue
        others = [other for other in self._beside(around) if (other.source, other.cue) != own]
        last: tuple[OutletSpan, CiteRole] | None = None
        for span in _within(self._named, around.start, around.end):
            role = _role(self._text, span, attribution, others, around)
            if role is None and last is not None and self._joined(last[0], span, others):
                role = last[1]
            last = (span, role) if role is not None else None
            if role is not None and (role == "quoted" or span.outlet.id != speaker):
                _add(found, role, span)
        for span in self._tipped(around):
            _add(found, "via", span)
        whole = self._sentence((*attribution.source, *attribution.cue, *attribution.content), _FURTHEST)
        for span in _within(self._linked, whole.start, whole.end):
            if span.outlet.id != self._own:
                _add(found, "linked", span)
        for span in self._credits:
            if span.outlet.id != speaker and span.outlet.id not in found:
                _add(found, "via", span)
        return tuple(
            Cite(spans[0].outlet.id, spans[0].outlet.name, spans[0].outlet.domain, role, _apart(spans))
            for role, spans in found.values()
        )

    def _tipped(self, around: Span) -> Iterator[OutletSpan]:
        """The outlets of a remark in brackets behind a sentence that thanks them for what it says: "(h/t TASS)"."""
        remark = _TIP.match(self._text, around.end)
        if remark is not None:
            yield from _within(self._named, remark.start(), remark.end())

    def _joined(self, first: OutletSpan, second: OutletSpan, others: Sequence[Attribution]) -> bool:
        """Whether two outlets are named as one pair, "NBC News and the Wall Street Journal", for what both made."""
        between = self._text[first.end : second.start] if second.start - first.end < _JOINED_WITHIN else ""
        return _JOINED.fullmatch(between) is not None and not any(_has(other.source, second) for other in others)

    def _sentence(self, spans: Sequence[Span], reach: int) -> Span:
        """The sentences from the first to the last of ``spans``, as far as ``reach`` before and after them."""
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        first = bisect_right(self._sentences, start, key=lambda span: span.start) - 1
        last = bisect_left(self._sentences, end, key=lambda span: span.end)
        low = self._sentences[first].start if first >= 0 else start
        high = self._sentences[last].end if last < len(self._sentences) else end
        # What is no sentence any more but a text without end must not be gone through again for each attribution.
        return Span(min(max(low, start - reach), start), min(max(high, end), start + 2 * _FURTHEST, end + reach))

    def _beside(self, around: Span) -> Sequence[Attribution]:
        first, last = bisect_left(self._places, around.start), bisect_left(self._places, around.end)
        return self._attributions[first:last]


def _place(attribution: Attribution) -> int:
    """Where the text attributes words to somebody."""
    own = attribution.cue or attribution.source or attribution.content
    return own[0].start if own else 0


def _add(found: dict[Id, tuple[CiteRole, list[OutletSpan]]], role: CiteRole, span: OutletSpan) -> None:
    """The first part that an outlet has stays; a link beside it is further evidence and no other part."""
    before = found.get(span.outlet.id)
    if before is None:
        found[span.outlet.id] = role, [span]
    elif before[0] == role or role == "linked":
        before[1].append(span)


def _apart(spans: Iterable[OutletSpan]) -> Spans:
    """The places in order, the later of two that overlap left out."""
    kept: list[Span] = []
    for start, end in sorted({(one.start, one.end) for one in spans}):
        if not kept or start >= kept[-1].end:
            kept.append(Span(start, end))
    return tuple(kept)


def _role(
    text: str, outlet: OutletSpan, attribution: Attribution, others: Sequence[Attribution], around: Span
) -> CiteRole | None:
    if any(span.start < outlet.end and outlet.start < span.end for span in attribution.content):
        return None
    carriers = [other for other in others if _encloses(other, attribution) or other.content == attribution.content]
    start = max(around.start, outlet.start - _REACH)
    before = text[start : outlet.start].replace("\n", " ")
    after = text[outlet.end : min(around.end, outlet.end + _REACH)].replace("\n", " ")
    via = _VIA.search(before)
    if any(_has(other.source, outlet) for other in carriers):
        # Who reports this attribution is told so; where it is the one that has it first, it is named as that too.
        return "via" if via is not None and via["by"] else None
    if any(not _has(other.content, outlet) and _encloses(other, attribution) for other in carriers):
        return None  # it belongs to what carries this attribution
    if _has(attribution.source, outlet):
        made = _OF_IT.search(text[max(start, attribution.source[0].start) : outlet.start].replace("\n", " "))
        return "quoted" if made or _made_by(text, outlet, attribution) else None
    if any(
        _has(other.source, outlet) or (_has(other.content, outlet) and not _encloses(other, attribution))
        for other in others
    ):
        return None
    if via is not None and not (_NOT_ON.search(before) or (via["on"] and _ITS.match(after))):
        place = Span(start + via.start(), outlet.start)
        return "via" if _brings_in(place, attribution, others) else None
    if _IN_ITS.search(before) and _SPOKEN_IN.match(after):
        return "via" if _brings_in(outlet.span, attribution, others) else None
    if _CARRIES.match(after) and attribution.source and attribution.source[0].start >= outlet.end:
        return "via"
    if (quoted := _QUOTED.search(before)) or (quoted := _OF_IT.search(before)):
        place = Span(start + quoted.start(), outlet.start)
        return "quoted" if _brings_in(place, attribution, others) else None
    return None


def _made_by(text: str, outlet: OutletSpan, attribution: Attribution) -> bool:
    """Whether the source is a poll, report or article that the outlet's name stands before."""
    end = max(span.end for span in attribution.source)
    made = _ITS.match(text[outlet.end : min(end, outlet.end + _REACH)].replace("\n", " "))
    return made is not None


def _brings_in(place: Span, attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether the words at ``place`` that bring in an outlet belong to this attribution and not to another's cue."""
    rivals = [
        other
        for other in others
        if other.source != attribution.source
        and other.content != attribution.content
        and not _encloses(attribution, other)
        and not _encloses(other, attribution)
    ]
    own = [span for span in attribution.cue if span.start < place.end and place.start < span.end]
    if own:
        return True
    if any(span.start < place.end and place.start < span.end for other in rivals for span in other.cue):
        return False
    cue = attribution.cue or attribution.source
    if not cue:
        return True
    low, high = sorted((cue[0].start, place.start))
    return not any(low < span.start < high for other in rivals for span in (*other.cue, *other.source))


def _encloses(outer: Attribution, inner: Attribution) -> bool:
    """Whether ``inner`` stands in what ``outer`` says."""
    place = (inner.cue or inner.source or inner.content)[0]
    return any(span.start <= place.start and place.end <= span.end for span in outer.content)


def _has(spans: Spans, outlet: OutletSpan) -> bool:
    return any(span.start <= outlet.start and outlet.end <= span.end for span in spans)


def _within(spans: Sequence[OutletSpan], start: int, end: int) -> Iterator[OutletSpan]:
    first = bisect_left(spans, start, key=lambda span: span.start)
    for at in range(first, len(spans)):
        if spans[at].start >= end:
            return
        if spans[at].end <= end:
            yield spans[at]
