"""Whose words a lead-in brings in: "From the BBC:", "As Fox put it in her letter:", "Yury Ushakov:", "— Mark Twain".

A lead-in names its source in one of these ways, tried in this order; of two in the same way the later one counts:

1. somebody speaks in it ("Fox wrote:", "sagt Tripp:"), or it tells of their words ("Fox's letter:");
2. it says where they are from ("From the BBC:", "according to Fox:"), or begins with its source ("Reuters, 4 May:").

"From the same account:" is whatever the lead-in before it brought in. The label of a turn, and the name that signs a
quotation, is a source by its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.claims.outlets import OutletSpan
from ingest.claims.speakers import Cast, Resolved, plain
from ingest.model import Annotations, Cite, Container, Name, Span, Speaker

LINKED: Final = ("structure:link", 0.8)
"""Method and confidence of an outlet that is the source because the address below its words leads to it."""

_REACH: Final = 100
_BOLD: Final = "*_ \t\n\r\xa0"
_VERBS: Final = (
    r"(?:sa(?:id|ys?)|tells?|told|wr(?:ote|ites?)|reports?|reported|puts?\s+(?:it|this)|argue[sd]?|note[sd]?|explain(?:s|ed)?"
    r"|state[sd]?|add(?:s|ed)?|tweet(?:s|ed)?|post(?:s|ed)|answer(?:s|ed)|replie[sd]|respond(?:s|ed)|claim(?:s|ed)"
    r"|warn(?:s|ed)|conclude[sd]?|admit(?:s|ted)|declare[sd]?|announce[sd]?|observe[sd]?|recall(?:s|ed)|comment(?:s|ed)"
    r"|remark(?:s|ed)|read(?:s)?\s+(?:out|from|aloud)|has\s+(?:this|it)|had\s+(?:this|it)|describe[sd]?|confirm(?:s|ed)"
    r"|sag(?:t|te|ten|en)|schr(?:eib|ieb)(?:t|en)?|erklär(?:t|te|ten|en)|stell(?:t|te|en)\b.*\bfest|mein(?:t|te|en)|betont"
    r"|komm(?:t|en)\b.*\bzum\s+(?:Schluss|Ergebnis))"
)
_WORDS: Final = (
    r"(?:words?|summary|statement|account|remarks?|comments?|commentary|speech|post|tweet|article|report|version|response"
    r"|reply|answer|explanation|take|letter|diary|memoirs?|notes|essay|column|interview|testimony|recap|transcript|book)"
)
_SPEAKS: Final = re.compile(rf"(?:,[^,:]{{1,80}},)?\s*(?:[\w’'-]+\s+){{0,3}}{_VERBS}\b", re.IGNORECASE)
_SPEAKING: Final = re.compile(
    rf"\b{_VERBS}\s+(?:(?!(?:in|at|on|to|for|by|from|with|that|about|of)\b)[\w’'-]+\s+){{0,3}}$", re.IGNORECASE
)
_TELLS: Final = re.compile(
    r"\b(?:tells?|told|reports?|post|state|claims?|comments?|notes?|take)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_WORDS_OF: Final = re.compile(rf"['’]s?\s+(?:[\w-]+\s+){{0,2}}{_WORDS}\b", re.IGNORECASE)
_BY: Final = re.compile(rf"\b{_WORDS}\s+(?:of|by|from)\s+(?:\S+\s+){{0,4}}$", re.IGNORECASE)
_NEAR: Final = r"(?:(?!(?:in|at|on|of|by|with|for|about|to|via|from)\b)\S+\s+){0,4}"
_FROM: Final = re.compile(
    rf"\b(?:from|per|via|by|according\s+to|courtesy\s+of|laut|selon|según)\s+{_NEAR}$", re.IGNORECASE
)
_IN: Final = re.compile(rf"\b(?:in|at|on|as|over\s+at)\s+{_NEAR}$", re.IGNORECASE)
_BEGINS: Final = re.compile(r"(?:the\s+)?$", re.IGNORECASE)
_ENDS: Final = re.compile(r"\s*(?:[,(:]|$)")
_SAME: Final = re.compile(
    r"\b(?:the|that|this)\s+same\s+(?:\w+\s+)?(?:account|article|report|story|piece|post|source|paper|outlet|interview"
    r"|speech|letter|author|text|book)\b|\bibid\b|^(?:and\s+)?(?:later|further(?:\s+down)?|elsewhere)\s+in\s+(?:the|that"
    r"|this)\s+(?:account|article|report|story|piece|post|interview|speech|letter)\b",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(rf"\b(?P<who>he|she|they|I|we)\s+(?:\w+\s+){{0,2}}{_VERBS}\b", re.IGNORECASE)
_DESCRIBED: Final = re.compile(
    rf"^(?:(?:and|but|as|wie|so|here\s+is\s+what|this\s+is\s+what|then)\s+)?"
    rf"(?P<who>(?:the|one|another|his|her|their|das|der|die|ein|eine)\s+[\w’'-]+(?:\s+[\w’'-]+){{0,3}}?)"
    rf"\s+(?:\w+\s+){{0,1}}{_VERBS}\b",
    re.IGNORECASE,
)
_GERMAN: Final = re.compile(r"(?:das|der|die|ein|eine)\b", re.IGNORECASE)
# Names that no annotator knows, as in languages that it does not read: beside a verb of saying.
_CAPITALS: Final = (
    r"(?P<who>[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’-]+(?:\s+(?:(?:van|von|de|der|di|al|bin)\s+)?[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’-]+){1,3}"
    r"|[a-z]+[A-Z]\w+)"
)
_UNKNOWN: Final = (
    re.compile(rf"\b(?i:{_VERBS})\s+{_CAPITALS}"),
    re.compile(rf"{_CAPITALS}\s+(?:[\w-]+\s+){{0,2}}(?i:{_VERBS})\b"),
    re.compile(r"\bkomm(?:t|en)\s+(?P<who>[\w.-]*[A-ZÄÖÜ][\w.-]+)\s+(?:[\w-]+\s+){0,3}zum\s+(?:Schluss|Ergebnis)\b"),
)
_THROUGH: Final = re.compile(
    r"\b(?:told|to|on|in|at|via|from|with|for|by)\s+(?:(?:the|a|an|his|her)\s+)?(?:\S+\s+){0,2}$", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TITLE: Final = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|MR|MRS|MS|DR|Dr|Sen|Rep|Gov)\.?\s+)+")
_ROLE: Final = re.compile(
    r"(?:(?:(?:fe)?male|unknown|unidentified) )?(?:questions?|moderator|host|interviewer|answer|q|a"
    r"|audience(?: member)?|operator|reporter|journalist|speaker|anchor|narrator|voice|chair(?:man|woman)?"
    r"|interviewee|respondent|caller|frage|antwort|man|woman|the [\w ]+)(?: \d+)?",
    re.IGNORECASE,
)
_QUOTATION_OF: Final = re.compile(r"^(?:Zitat|Quote|Quoting|Citation)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Introduced:
    """Who words belong to, where the text says so, and the outlets that it says they came through."""

    who: Resolved
    source: Span
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of one text: its words, its names, where it names outlets and where it links to them."""

    container: Container
    text: str
    found: Annotations
    named: Sequence[OutletSpan]
    linked: Sequence[OutletSpan]
    cast: Cast


def by_lead_in(scene: Scene, lead_in: Span, before: Introduced | None) -> Introduced | None:
    """Whose words a lead-in brings in; ``None`` where it names nobody.

    ``before`` is what the lead-in before it brought in.
    """
    place = _trimmed(scene.text, lead_in)
    words = place.of(scene.text)
    if _SAME.search(words):
        return before
    link = next(_within(scene.linked, lead_in.start, lead_in.end), None)
    if link is not None and words.lstrip("([").startswith("http"):
        return Introduced(Resolved(_linked(link), "resolved"), link.span)
    named = _named(scene, place)
    if named is not None:
        who, source = named
        return Introduced(who, source, _through(scene, place, source, who))
    for pattern in (_PRONOUN, _DESCRIBED, *_UNKNOWN):
        match = pattern.search(words)
        if match is None:
            continue
        source = Span(place.start + match.start("who"), place.start + match.end("who"))
        link = _links_to_itself(scene, place, source)
        if link is not None:
            return Introduced(Resolved(_linked(link), "resolved"), source)
        if _GERMAN.match(match["who"]):
            # German writes all its nouns as English writes names.
            who = scene.cast.unnamed(scene.container, source.start, source.end, plain(match["who"]))
        else:
            who = scene.cast.resolve(scene.container, (source,), ())
        if who.speaker is not None:
            return Introduced(who, source, _through(scene, place, source, who))
    return None


def _links_to_itself(scene: Scene, place: Span, source: Span) -> OutletSpan | None:
    """The outlet that a name links to, where the name is that of its domain: "iRights" to irights.info."""
    name = "".join(letter for letter in source.of(scene.text).casefold() if letter.isalnum())
    for one in _within(scene.linked, place.start, place.end):
        domain = one.outlet.domain or ""
        if one.start < source.end and source.start < one.end and domain.split(".")[0].replace("-", "") == name:
            return one
    return None


def by_signature(scene: Scene, lead_in: Span) -> Introduced | None:
    """Who signs a quotation: "— Harlan Ellison", "Vera Lind, diary"."""
    words = lead_in.of(scene.text)
    start = lead_in.start + len(words) - len(words.lstrip("—–―- \t\xa0"))
    place = _trimmed(scene.text, Span(start, max(lead_in.end, start)))
    head = re.split(r"[,(|@]|\s[—–-]\s", place.of(scene.text), maxsplit=1)[0].rstrip()
    source = Span(place.start, place.start + len(head))
    name = plain(head)
    if not name:
        return None
    who = scene.cast.named(scene.container, source.start, source.end)
    if who is None:
        who = scene.cast.named(scene.container, place.start, place.end)
    if who is None:
        who = scene.cast.person(scene.container, source.start, source.end, name)
    cites = {one.id: one for one in _through(scene, place, source, who)}
    for one in _within(scene.named, source.end, place.end):  # "— Vera Lind, The Atlantic": where it stood
        if who.speaker is None or one.outlet.id != who.speaker.id:
            cite = Cite(one.outlet.id, one.outlet.name, one.outlet.domain, "via", (one.span,))
            if cites.setdefault(cite.id, cite).role == "linked":
                cites[cite.id] = cite
    return Introduced(who, source, tuple(cites.values()))


def by_label(scene: Scene, label: Span, fuller: Mapping[str, str]) -> Introduced | None:
    """Who a turn's label names; ``fuller`` are full names by the family names and initials that stand for them."""
    place = _trimmed(scene.text, label)
    words = place.of(scene.text)
    name = label_name(words)
    if not name:
        return None
    if _ROLE.fullmatch(name):
        return Introduced(scene.cast.unnamed(scene.container, place.start, place.end, name), place)
    whole = fuller.get(name.casefold(), name)
    who = scene.cast.named(scene.container, place.start, place.end, last=True)
    shouted = who is not None and who.speaker is not None and who.speaker.name.isupper() and not name.isupper()
    if who is None or shouted or whole.casefold() != name.casefold():
        who = scene.cast.person(scene.container, place.start, place.end, whole)
    return Introduced(who, place)


def label_name(label: str) -> str:
    """The name in a turn's label, without remarks, office and title: "MR. CARNEY, press secretary" is "Carney"."""
    name = plain(_ASIDE.sub(" ", label).split(",")[0].strip("*_ "))
    name = _QUOTATION_OF.sub("", _TITLE.sub("", name))
    letters = [letter for letter in name if letter.isalpha()]
    return name.title() if len(letters) > 3 and name.isupper() and not _ROLE.fullmatch(name) else name


def fuller_names(text: str, names: Sequence[Name], labels: Sequence[str]) -> dict[str, str]:
    """Full names of a page by the family names and the initials that labels use for them, where these fit only one."""
    found: dict[str, dict[str, str]] = {}
    whole = {" ".join(text[one.start : one.end].split()) for one in names if one.kind == "person"}
    # A name in capitals is the same as one that is not, which is shown.
    for name in sorted({*whole, *labels}, key=lambda name: (name.isupper(), name)):
        parts = name.split()
        if len(parts) > 1:
            for short in (parts[-1], "".join(part[0] for part in parts)):
                found.setdefault(short.casefold(), {}).setdefault(name.casefold(), name)
    return {short: next(iter(full.values())) for short, full in found.items() if len(full) == 1}


# --- the ways in which a lead-in names its source --------------------------------------------------------------------


def _named(scene: Scene, place: Span) -> tuple[Resolved, Span] | None:
    """Who a lead-in says that the words belong to, and where it names them."""
    text = scene.text
    ranked: list[tuple[int, int, Span]] = []
    for span, outlet, names_place in _candidates(scene, place):
        before = text[max(place.start, span.start - _REACH) : span.start]
        after = text[span.end : min(place.end, span.end + _REACH)]
        if (
            _SPEAKS.match(after)
            or _WORDS_OF.match(after)
            or _BY.search(before)
            or (_SPEAKING.search(before) and not _TELLS.search(before))
        ):
            ranked.append((3, span.start, span))
        elif names_place:
            continue
        elif _FROM.search(before):
            ranked.append((2, -span.start, span))
        elif (outlet and _IN.search(before)) or (
            _BEGINS.fullmatch(before) and _ENDS.match(after) and span.start - place.start <= 4
        ):
            ranked.append((1, -span.start, span))
    for _, _, span in sorted(ranked, reverse=True):
        who = scene.cast.named(scene.container, span.start, span.end)
        if who is not None:
            return who, span
    return None


def _candidates(scene: Scene, place: Span) -> Iterator[tuple[Span, bool, bool]]:
    """(where, whether it is an outlet, whether it is a place) for each name in a lead-in."""
    outlets = [one.span for one in _within(scene.named, place.start, place.end)]
    yield from ((span, True, False) for span in outlets)
    names = scene.found.names
    first = bisect_left(names, place.start, key=lambda name: name.start)
    for at in range(first, len(names)):
        name = names[at]
        if name.start >= place.end:
            return
        span = Span(name.start, name.end)
        if name.end <= place.end and not any(one.start < span.end and span.start < one.end for one in outlets):
            yield span, False, name.kind == "place"


def _through(scene: Scene, place: Span, source: Span, who: Resolved) -> tuple[Cite, ...]:
    """The outlets that a lead-in says the words came through."""
    cites: dict[str, Cite] = {}
    speaker = who.speaker.id if who.speaker else None
    for one in _within(scene.named, place.start, place.end):
        before = scene.text[max(place.start, one.start - _REACH) : one.start]
        if one.outlet.id != speaker and one.span != source and _THROUGH.search(before):
            cites.setdefault(one.outlet.id, Cite(one.outlet.id, one.outlet.name, one.outlet.domain, "via", (one.span,)))
    for one in _within(scene.linked, place.start, place.end):
        if one.outlet.id != speaker:
            cites.setdefault(
                one.outlet.id, Cite(one.outlet.id, one.outlet.name, one.outlet.domain, "linked", (one.span,))
            )
    return tuple(cites.values())


def through(scene: Scene, lead_in: Span) -> tuple[Cite, ...]:
    """The outlets that a sentence says what follows came through: "From the Kremlin website, the remarks of Fox:"."""
    cites: dict[str, Cite] = {}
    for one in _within(scene.named, lead_in.start, lead_in.end):
        before = scene.text[max(lead_in.start, one.start - _REACH) : one.start]
        if _FROM.search(before) or _IN.search(before) or _THROUGH.search(before):
            cites.setdefault(one.outlet.id, Cite(one.outlet.id, one.outlet.name, one.outlet.domain, "via", (one.span,)))
    for one in _within(scene.linked, lead_in.start, lead_in.end):
        cites.setdefault(one.outlet.id, Cite(one.outlet.id, one.outlet.name, one.outlet.domain, "linked", (one.span,)))
    return tuple(cites.values())


def _linked(link: OutletSpan) -> Speaker:
    return Speaker(link.outlet.id, link.outlet.name, "outlet", *LINKED)


def _within(spans: Sequence[OutletSpan], start: int, end: int) -> Iterator[OutletSpan]:
    first = bisect_left(spans, start, key=lambda span: span.start)
    for at in range(first, len(spans)):
        span = spans[at]
        if span.start >= end:
            return
        if span.end <= end:
            yield span


def _trimmed(text: str, span: Span) -> Span:
    """A lead-in without its colon, and without the marks of bold type around it."""
    return span.stripped(text, _BOLD, f"{_BOLD}:：")
