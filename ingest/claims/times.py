"""When somebody said something: as the text says it beside the cue, else when comment or page came out.

Only words beside the cue and the source are looked at, never the content: the dates in there are about something
else. A phrase counts where it stands as the time of saying does ("said on Thursday", "In a statement on 3 May 2016,
Peskov ...", "a 2014 interview"), and is worked out from when the comment was posted or the page was published: a
weekday is the last one up to that day, a day or a month without a year the last one. What would lie in the future,
does not exist (31 February), or reads both ways counts for nothing: the comment's or the page's own time stands
instead.

A day has no hour, and a month no day: such a time is given as the **first instant of the stretch in UTC** (midnight,
whatever zone the page is in, so that it is always printed as the day that is meant), and ``precision`` says how long
the stretch is. Weeks begin on Monday.

The grammar is closed and small, so the calendar is all that it takes: ``dateparser`` needs 5 ms a phrase, takes
"Thursday" on a Thursday for the week before, and does not know "last March" or "earlier this week".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ingest.model import BODY, Attribution, Container, Document, Precision, Span, Spans, TimeOrigin

REACH = 200
"""How far from cue and source a time is looked for, in code points."""


@dataclass(frozen=True, slots=True)
class When:
    """When something was said, what says so, and, for a time from the text, how exact it is and where it stands."""

    at: datetime | None
    origin: TimeOrigin
    precision: Precision | None = None
    words: Spans = ()


def asserted_at(
    document: Document, container: Container, sentence: Span, attribution: Attribution, cues: Sequence[Span]
) -> When:
    """The time of an attribution in one container of a document.

    Args:
        document, container: where the attribution stands.
        sentence: around the cue; for words that only a lead-in introduces, the lead-in.
        attribution: who says what; without a cue every date in ``sentence`` outside of the content is taken for its.
        cues: of all attributions in the container, in their order: a time nearer to another cue is that one's.
    """
    comment = None if isinstance(container, str) else document.comments[container]
    text = document.text if comment is None else comment.text
    posted = None if comment is None else comment.posted_at
    anchor = posted if comment is not None else document.published_at
    latest = anchor or document.fetched_at
    for words, phrase in _candidates(text, sentence, attribution, cues):
        stretch = _stretch(phrase, None if anchor is None else anchor.date(), latest.date())
        if stretch is not None:
            first, precision = stretch
            return When(datetime(first.year, first.month, first.day, tzinfo=UTC), "text", precision, (words,))
    return written_at(document, container)


def written_at(document: Document, container: Container) -> When:
    """When a text came out: a comment when it was posted, else the page when it was published."""
    posted = None if container == BODY else document.comments[container].posted_at
    if posted is not None:
        return When(posted, "posted")
    if document.published_at is not None:
        return When(document.published_at, "published")
    return When(None, "unknown")


# --- where a time is that of saying ----------------------------------------------------------------------------

_MONTHS = (
    "(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept\.|Sep\.|Oct\.|Nov\.|Dec\.)"
)
_WEEKDAYS = r"(?-i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Tues\.|Weds\.|Thurs\.)"
_YEAR = r"(?:1[4-9]|20)\d\d"
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a couple of": 2,
}
_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night))?"

_PHRASE = re.compile(
    rf"""(?<![\w-])(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)
    | (?:(?P<named>{_WEEKDAYS}),?\s+)?(?:the\s+)?
      (?: (?P<day_first>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<of_month>{_MONTHS}) (?:,?\s+(?P<of_year>{_YEAR}))?
        | (?P<month_first>{_MONTHS})\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])
          (?:,?\s+(?P<year_after>{_YEAR}))?
      )
    | (?P<month_of>{_MONTHS}),?\s+(?:of\s+)?(?P<month_year>{_YEAR})
    | (?:in|this|(?P<past_month>last|this\s+past))\s+(?:early\s+|late\s+|mid-)?(?P<month>{_MONTHS})(?!\w|,?\s+\d)
    | (?:(?P<past_day>last|this\s+past)\s+)?(?P<weekday>{_WEEKDAYS}){_OF_DAY}
    | (?P<day_before>yesterday{_OF_DAY}|last\s+night)
    | (?:earlier\s+)?(?P<today>(?-i:[Tt]oday|[Tt]his\s+(?:morning|afternoon|evening)|[Tt]onight))
    | (?P<number>\d{{1,3}}|an?\s+couple\s+of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)
      \s+(?P<unit>minute|hour|day|week|month|year)s?\s+ago
    | (?:earlier\s+)?(?P<which>this|last)\s+(?P<period>week|month|year)
    | earlier\s+in\s+the\s+(?P<same>day|week|month|year)
    | (?P<year>{_YEAR})
    )(?![\w-]*\w)(?P<possessive>['’]s)?""",
    re.VERBOSE | re.IGNORECASE,
)

_EVENTS = (
    r"(?:statements?|interviews?|speech(?:es)?|tweets?|posts?|posting|letters?|e-?mails?|reports?|briefings?|conferences?"
    r"|remarks|testimony|hearings?|debates?|rally|rallies|columns?|op-ed|articles?|memos?|memorand(?:um|a)|messages?|videos?"
    r"|broadcasts?|address|filings?|books?|stud(?:y|ies)|essays?|editorials?|announcements?|releases?|calls?|appearances?"
    r"|comments?|polls?|surveys?|town\s+hall|news\s+conference|press\s+conference|podcasts?|dispatch(?:es)?|notes?|blog"
    r"|story|piece|meetings?|events?|forums?|panels?|sessions?|conventions?|fundraisers?|ceremon(?:y|ies)|campaign\s+stop"
    r"|sermons?|affidavits?|complaints?|lawsuits?|rulings?|opinions?|paper|documents?|show)"
)
_EVENT = re.compile(rf"\b{_EVENTS}\b", re.IGNORECASE)
_AT_EVENT = re.compile(r"\b(?:in|at|during|on|via)\s+(?:the\s+)?$", re.IGNORECASE)
_OPENING_MARKS = " \n\t“\"'‘(*–—-•"
# "a 2014 interview", "Monday’s televised debate"
_BEFORE_EVENT = re.compile(rf"\s+(?:\w[\w-]*\s+){{0,2}}{_EVENTS}\b", re.IGNORECASE)
_SPEAKING = (
    r"(?:speaking|talking|writing|testifying|appearing|tweeting|responding|posting|asked|interviewed|reached"
    r"|questioned)"
)
_NOT_OF_SAYING = re.compile(
    r"\b(?:until|till|by|before|after|since|from|next|for|through|between|following|of|every|each|about|than|later"
    r"|ahead\s+of)(?:\s+the)?\s+$",
    re.IGNORECASE,
)
# What begins a clause with events of its own, so that a time after it may be theirs.
_CLAUSE = re.compile(
    r"\b(?:who|whom|whose|which|that|when|after|before|because|while|where|since|until|if|as|but|about|over|following|amid"
    r"|against|despite|whether|how|why)\b|[;:!?—–“”\"]",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:(?:but|and|then|meanwhile|earlier|late|early|also|again|first|just|only|back|so|yet|or)\b[,\s]*)*(?:in|on|at)?\s*$",
    re.IGNORECASE,
)
_FRAME = re.compile(
    rf"(?:(?:but|and|then|also|meanwhile|earlier|later|so|yet)[,\s]+)*(?:in|at|on|during|via|{_SPEAKING})\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(rf"\b{_SPEAKING}\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"\b(?!morning|evening)\w+(?:ed|en|ught|ing)\s+(?:(?:back|on|in|late|early)\s+)*$", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"\b(?:issued|released|published|dated|posted|made|given|delivered|aired|sent|signed|filed|written|recorded|conducted)"
    rf"\s+(?:on\s+|in\s+|late\s+|early\s+)*$|\b{_SPEAKING}\s+(?:\w+\s+){{0,6}}(?:on\s+|in\s+)?$",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"[,\s”’\"'»]*(?:in|at|on|during|via)\b[^.;:!?]*$", re.IGNORECASE)
_ON = re.compile(r"[,\s”’\"'»]*(?:on\s+|late\s+|early\s+)*$", re.IGNORECASE)
_CLOSED = re.compile(r"[”\"'’»]\s*,?$")


def _candidates(
    text: str, sentence: Span, attribution: Attribution, cues: Sequence[Span]
) -> Iterator[tuple[Span, re.Match[str]]]:
    """Phrases that stand as the time of saying does, the likeliest first."""
    own = (*attribution.source, *attribution.cue)
    places = own or (sentence,)
    low = max(sentence.start, min(span.start for span in places) - REACH)
    high = min(sentence.end, max(span.end for span in places) + REACH)
    if attribution.cue:
        # The words after a discontinuous quotation, "X," he said on Tuesday. "Y", may be no sentence's any more.
        high = max(high, attribution.cue[-1].end)
    found: list[tuple[int, int, Span, re.Match[str]]] = []
    for phrase in _PHRASE.finditer(text, low, high):
        words = Span(phrase.start(), phrase.end())
        content = any(span.start < words.end and words.start < span.end for span in attribution.content)
        rank = (
            _leads_content(text, attribution, phrase) if content else _rank(text, sentence, attribution, cues, phrase)
        )
        if rank is not None:
            near = min(abs(words.start - span.end) for span in places)
            found.append((rank, near, words, phrase))
    for _, _, words, phrase in sorted(found, key=lambda one: one[:3]):
        yield words, phrase


def _leads_content(text: str, attribution: Attribution, phrase: re.Match[str]) -> int | None:
    """``said [on Thursday that it was late]``: what stands before the "that" of a content is the cue's."""
    if not attribution.cue or not text[phrase.end() :][:6].lstrip().startswith("that "):
        return None
    first = attribution.content[0].start
    between = text[first : phrase.start()]
    return 0 if first >= attribution.cue[-1].end and between.strip().lower() in ("", "on", "late", "early") else None


def _rank(
    text: str, sentence: Span, attribution: Attribution, cues: Sequence[Span], phrase: re.Match[str]
) -> int | None:
    """How likely a phrase outside of the content is the time of saying, 0 the likeliest; ``None`` where it is not."""
    start, end = phrase.start(), phrase.end()
    bare = phrase["year"] is not None
    of_event = _BEFORE_EVENT.match(text, end) is not None
    if phrase["possessive"] and not (of_event and _AT_EVENT.search(text, max(0, start - 20), start)):
        return None
    if phrase["today"] and phrase["today"][0] == "T" and text[sentence.start : start].strip(_OPENING_MARKS):
        return None  # USA Today, CBS This Morning
    if _NOT_OF_SAYING.search(text, max(0, start - 20), start):
        return None
    if not attribution.cue:
        return 0 if not bare or of_event or attribution.source else None
    cue, cue_end = attribution.cue[0].start, attribution.cue[-1].end
    source = attribution.source[0].start if attribution.source else cue
    source_end = attribution.source[-1].end if attribution.source else cue
    if bare and not (of_event or re.search(r"\bin\s+(?:early\s+|late\s+|mid-)?$", text[max(0, start - 12) : start])):
        return None
    if any(span.start <= start and end <= span.end for span in attribution.cue):
        return 0
    if _another_between(cues, attribution.cue, start, end, cue, cue_end):
        return None
    if attribution.source and source <= start and end <= source_end:
        return _in_source(text, source, source_end, phrase, of_event)
    if start >= cue_end:
        return _after(text, attribution, cue_end, phrase, of_event)
    if source_end <= start and end <= cue:
        between = text[source_end:start]
        if _PARTICIPLE.search(between) and not _PUBLISHED.search(between):
            return None
        if len(between) > 80 or _CLAUSE.search(between.lstrip(", ")) or _CLAUSE.search(text, end, cue):
            return None
        return 1
    if end <= min(source, cue):
        return _before(text, sentence.start, min(source, cue), phrase, of_event)
    return None


def _in_source(text: str, source: int, source_end: int, phrase: re.Match[str], of_event: bool) -> int | None:
    before = text[source : phrase.start()]
    if _CLAUSE.search(before) and not _PUBLISHED.search(before):
        return None
    ends = not text[phrase.end() : source_end].strip(" ,")
    return 2 if of_event or _PUBLISHED.search(before) or (ends and not _PARTICIPLE.search(before)) else None


def _after(text: str, attribution: Attribution, cue_end: int, phrase: re.Match[str], of_event: bool) -> int | None:
    start = phrase.start()
    passed = [span for span in attribution.content if cue_end <= span.start and span.end <= start]
    if passed:
        # What follows the content stands outside of it only in so far as it says where the words were said.
        gap = text[passed[-1].end : start]
        closed = _CLOSED.search(text[passed[-1].start : passed[-1].end]) or gap.startswith(("”", '"', "’", "'"))
        if _TRAIL.match(gap) and (_EVENT.search(gap) or of_event):
            return 3
        return 3 if closed and _ON.fullmatch(gap) else None
    between = text[cue_end:start]
    if len(between) > 120 or _CLAUSE.search(between):
        return None
    return None if _PARTICIPLE.search(between) and not _PUBLISHED.search(between) else 0


def _before(text: str, low: int, high: int, phrase: re.Match[str], of_event: bool) -> int | None:
    before, after = text[low : phrase.start()].lstrip(" \n“\"'‘("), text[phrase.end() : high]
    if len(after) > 40 and not of_event:
        return None
    if _CLAUSE.search(after) or len(before) > REACH:
        return None
    if _OPENING.fullmatch(before):
        return 2
    if _CLAUSE.search(before) or not _FRAME.match(before):
        return None
    return 2 if of_event or _EVENT.search(before) or _SPEAKS.search(before) else None


def _another_between(cues: Sequence[Span], own: Spans, start: int, end: int, cue: int, cue_end: int) -> bool:
    """Whether another attribution's cue stands between a phrase and this one's cue."""
    low, high = (cue_end, start) if start >= cue_end else (end, cue)
    first = bisect_left(cues, low, key=lambda span: span.start)
    last = bisect_right(cues, high - 1, key=lambda span: span.start)
    return any(span not in own for span in cues[first:last])


# --- what stretch of time a phrase means -----------------------------------------------------------------------

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A day without a year that lies so far back may as well be one to come.
_LONGEST_BACK = timedelta(days=300)


def _stretch(phrase: re.Match[str], anchor: date | None, latest: date) -> tuple[date, Precision] | None:
    """The first day of what a phrase means, and how long that is.

    Args:
        anchor: the day that the phrase counts from; ``None`` where nothing tells it: only full dates count then.
        latest: the last day on which anybody can have said what the text reports.
    """
    try:
        absolute = _absolute(phrase)
        if absolute is not None:
            first, precision = absolute
            # The day of the page may be a day behind the day of the place.
            return absolute if first <= latest + timedelta(days=precision == "day") else None
        found = None if anchor is None else _relative(phrase, anchor)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and found[0] <= latest else None


def _absolute(phrase: re.Match[str]) -> tuple[date, Precision] | None:
    if phrase["iso"]:
        return date.fromisoformat(phrase["iso"]), "day"
    year = phrase["of_year"] or phrase["year_after"]
    if year:
        day = date(int(year), *_month_and_day(phrase))
        if phrase["named"] and day.weekday() != _weekday(phrase["named"]):
            raise ValueError
        return day, "day"
    if phrase["month_of"]:
        return date(int(phrase["month_year"]), _month(phrase["month_of"]), 1), "month"
    if phrase["year"]:
        return date(int(phrase["year"]), 1, 1), "year"
    return None


def _relative(phrase: re.Match[str], anchor: date) -> tuple[date, Precision] | None:
    if phrase["day_first"] or phrase["day_after"]:
        return _day_without_year(phrase, anchor)
    if phrase["month"]:
        month = _month(phrase["month"])
        past = month < anchor.month or (month == anchor.month and not phrase["past_month"])
        return date(anchor.year if past else anchor.year - 1, month, 1), "month"
    if phrase["weekday"]:
        back = (anchor.weekday() - _weekday(phrase["weekday"])) % 7
        return anchor - timedelta(days=back or (7 if phrase["past_day"] else 0)), "day"
    if phrase["day_before"]:
        return anchor - timedelta(days=1), "day"
    if phrase["today"] or phrase["same"] == "day":
        return anchor, "day"
    if phrase["unit"]:
        spelled = " ".join(phrase["number"].split())
        return _back(anchor, int(spelled) if spelled.isdigit() else _NUMBERS[spelled.lower()], phrase["unit"])
    return _back(anchor, int(phrase["which"].lower() == "last"), phrase["period"] or phrase["same"])


def _back(anchor: date, number: int, unit: str) -> tuple[date, Precision]:
    """So many of a unit before a day: that day, or the week, month or year that it falls in."""
    if unit in ("minute", "hour"):
        return anchor, "day"
    if unit == "day":
        return anchor - timedelta(days=number), "day"
    if unit == "week":
        day = anchor - timedelta(weeks=number)
        return day - timedelta(days=day.weekday()), "week"
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 - number
        return date(months // 12, months % 12 + 1, 1), "month"
    return date(anchor.year - number, 1, 1), "year"


def _day_without_year(phrase: re.Match[str], anchor: date) -> tuple[date, Precision] | None:
    month, number = _month_and_day(phrase)
    year = anchor.year if (month, number) <= (anchor.month, anchor.day) else anchor.year - 1
    day = date(year, month, number)
    if anchor - day > _LONGEST_BACK or (phrase["named"] and day.weekday() != _weekday(phrase["named"])):
        return None
    return day, "day"


def _month_and_day(phrase: re.Match[str]) -> tuple[int, int]:
    month = phrase["of_month"] or phrase["month_first"]
    return _month(month), int(phrase["day_first"] or phrase["day_after"])


def _month(name: str) -> int:
    return _MONTH_NAMES.index(name[:3].lower()) + 1


def _weekday(name: str) -> int:
    return _DAY_NAMES.index(name[:3].lower())
