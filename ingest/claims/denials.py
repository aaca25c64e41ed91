"""Denials, as sentences word them: who denies, with which words, and what, where the sentence says it.

"India denied that Modi had agreed" names what is denied: "Modi had agreed". "He dismissed the report as nonsense", "she
denied it", "the palace issued a denial" point at something that stands elsewhere. Nothing is denied where a guard
denies somebody entry, a council rejects an offer, or somebody does not deny something.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from ingest.claims.wording import sections, sentence_at
from ingest.model import Annotations, Attribution, Span, Spans

METHOD: Final = "rule:denial"
NAMED: Final = 0.85
"""Confidence where the sentence says what is denied."""
POINTED: Final = 0.7
"""Confidence where it points at it."""

_FEWEST: Final = 3
_FURTHEST: Final = 240
_BEFORE_VERB: Final = re.compile(
    r"(?:[\s,]+(?:has|have|had|having|also|later|then|again|since|already|today|yesterday|quickly|publicly|twice|himself"
    r"|herself|itself|themselves|always|both|all|will|would|\w+ly|did|does|do|on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|in\s+(?:a|an)\s+\w+|immediately|however)\b,?)+[\s,]*$|[\s,]+$",
)
_LEADING: Final = re.compile(
    r"(?:(?:but|and|so|yet|while|although|though|however|meanwhile|later|earlier|today|yesterday|when|as|because|since|after"
    r"|(?:a\s+few\s+|several\s+|some\s+|two\s+|three\s+)?(?:hours|days|weeks|minutes|moments|months|years)\s+(?:later|earlier|before|ago)"
    r"|(?:on|in|at|by|for)\s+(?:its|his|her|their|the|a|an|last|that|this)?\s*[\w-]+(?:\s+[\w-]+){0,4}(?=,))\b,?\s+)+",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[;:“”\"()]|\b(?:but|while|although|whereas)\b|,\s+and\b|—|–", re.IGNORECASE)
_CONTRACTED: Final = re.compile(r"(I|he|she|they|we|who)['’](?:s|ve|d)", re.IGNORECASE)
_BE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being)(?:\s+\w+ly)?\s+$", re.IGNORECASE)
_TO: Final = re.compile(r"\bto\s+$", re.IGNORECASE)
_ARTICLE: Final = re.compile(
    r"(?:\b(?:the|a|an|this|that|these|those|his|her|its|their|our|your|my|of|in|over|about|on|for|such|no|any|some|hotly|much|widely"
    r"|most|once|newly|recently)|['’]s?)\s+$",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"\s+(?:it|this|that|them|these|those|everything|doing\s+so|as\s+much)"
    r"(?=\s*(?:[,.;:!?”\"]|$|\b(?:as|on|in|of|when|and|but|to|at|through)\b))",
    re.IGNORECASE,
)
_THAT: Final = re.compile(r"(?:\s+\w+ly)?,?\s+that\s+", re.IGNORECASE)
_ING: Final = re.compile(
    r"\s+(?:ever\s+|that\s+)?(?:having\s+(?:ever\s+)?)?(?=\w+(?:ing|en|ed|et|id|ne)\b)(?P<ing>\w+)", re.IGNORECASE
)
_NO_ING: Final = frozenset(("anything", "nothing", "everything", "something", "king", "evening", "morning"))
_ANY: Final = re.compile(
    r"\s+(?:(?:any|all)\b(?:\s+such\b)?|(?:(?:the|a|an|his|her|its|their|direct|personal|any)\s+)*(?:involvement|responsibility|wrongdoing"
    r"|knowledge|links?|ties|roles?|guilt|complicity|collusion|contacts?|plans?|intentions?|existence|connections?|relationship"
    r"|offen[cs]es?|crimes?|misconduct|negligence|liability|plagiarism|fraud|corruption|bribery|affair|interference|murder)\b)",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\s+by\s+(?P<who>[^,.;:]+)", re.IGNORECASE)
_SUCH: Final = re.compile(
    r"\b(?:any|no)\s+such\b|\bsuch\s+an?\b|^(?:it|this|that)\b.{0,12}$|\b(?:did|does|do|done)\s+so\b", re.IGNORECASE
)
_ENDS: Final = re.compile(
    r",\s+(?:(?:the|a|an|his|her|its|their)\s+)?(?:[\w.'’-]+\s+){0,5}?(?:said|says|reported|reports|told|wrote|added|according\s+to)\b"
    r"|,\s+(?:and|but|saying|adding|calling|insisting|claiming|which|though|although|while)\b|\s+(?:and|but)\s+(?:said|says|insisted"
    r"|threatened|accused|called|pointed|added|vowed)\b|[;”\"]|\s+(?:—|–)\s+",
    re.IGNORECASE,
)
_BEFORE_PRONOUN: Final = re.compile(
    r"(?:s(?:aid|ays?|aying|ure|o)|insist(?:ed|s)|add(?:ed|s)|replied|maintained|argue[sd]|believe[sd]?|think|thinks|thought|and"
    r"|but|because|although|though|while|if|knew|knows?|wrote|told|him|her|me|us|them|reporters|claimed|all|of)",
    re.IGNORECASE,
)
_WHETHER: Final = re.compile(r"(?:\s+[\w'’-]+){0,6}?\s+whether\s+", re.IGNORECASE)
_TRAILING: Final = " \t\n,.;:!?…’'”\"»)]"


@dataclass(frozen=True, slots=True)
class Denial:
    """One wording of a denial.

    ``source`` is who denies as the text has it, ``content`` what is denied; empty where the sentence does not say.
    ``points`` is the noun or pronoun that stands for what is denied elsewhere, ``object`` what is around it.
    """

    sentence: Span
    cue: Span
    source: Spans
    content: Spans
    points: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    deny: re.Pattern[str]
    reject: re.Pattern[str]
    refers: re.Pattern[str]
    called: re.Pattern[str]
    untrue: re.Pattern[str]
    no_truth: re.Pattern[str]
    noun: re.Pattern[str]
    withheld: re.Pattern[str]
    negated: re.Pattern[str]
    argued: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = sections("disputes.txt")
    statement, untrue = lists["statement"], lists["untrue"]
    phrase = rf"(?:(?!that\b|which\b|who\b)[\w’'.-]+\s+){{0,5}}?{statement}\b"
    judged = (
        r"(?:(?:(?!not\b)\w+ly|a|an|all|simply|just|plain|quite|nothing\s+but)\s+){0,3}"
        rf"[“\"‘]?(?:\w+ly\s+)?{untrue}\b"
    )

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Patterns(
        deny=compiled(rf"\b{lists['deny']}\b"),
        reject=compiled(rf"\b{lists['reject']}(?![\w-])"),
        refers=compiled(rf"\s+(?:that\s+(?=(?:\w+\s+)?{statement}\b))?{phrase}"),
        called=compiled(
            r"\b(?:call|brand|label+|describ|denounc|condemn|characteri[sz]|decr|slam+|blast|dismiss|reject|deem|declar)(?:e?[sd]|ies|ied|ing|s|es)?\s+"
            rf"(?P<object>it|this|that|them|these|those|{phrase}(?:\s+(?:by|from|of|in|about|against|on)\s+(?:[\w’'.-]+\s+){{0,6}}?[\w’'.-]+)?)"
            rf"\s+(?:as\s+)?[“\"‘]?{judged}"
        ),
        untrue=compiled(
            rf"\b(?P<object>it|this|that|they|these|those|all\s+of\s+(?:it|this|that)|{phrase})"
            rf"(?:\s+(?:is|was|were|are|had\s+been|have\s+been)|['’]s)\s+{judged}(?!\s+(?:that|to|for|how|when|if)\b)"
        ),
        no_truth=compiled(
            rf"\bno\s+truth\s+(?:at\s+all\s+)?(?:to|in|behind)\s+(?P<object>it|this|that|them|these|those|{phrase})"
        ),
        noun=compiled(
            rf"\b{lists['issue']}\s+(?:an?|his|her|its|their|the|another)\s+(?:[\w’'-]+,?\s+){{0,4}}?(?:[\w’'-]+-)?{lists['denial']}\b"
        ),
        withheld=compiled(rf"\s+(?:any|all|a|an|the|his|her|its|their)?\s*(?:[\w-]+\s+)?{lists['withheld']}\b"),
        negated=compiled(
            r"(?:\bnot|n['’]t|\bnever|\bnor|\bcannot|\bneither|\bnobody|\bno[ -]one|\bnone|\bhardly|\bwithout"
            r"|\brefus\w+\s+to|\bdeclin\w+\s+to)"
            r"(?:\s+(?:can|could|will|would|has|have|had|be|been|to|ever|even|\w+ly|seriously|of\s+\w+)){0,3}\s+$"
        ),
        argued=re.compile(r"^(?:refut|rebut|disput|contest|contradict|debunk|disavow|disprov)", re.IGNORECASE),
    )


def denials_in(text: str, found: Annotations) -> list[Denial]:
    """The denials of one text, in its order; at most one for each verb."""
    made: dict[int, Denial] = {}
    for denial in _scan(text, found):
        made.setdefault(denial.cue.start, denial)
    kept: list[Denial] = []
    for start in sorted(made):
        if not kept or start >= kept[-1].cue.end:
            kept.append(made[start])
    return kept


def with_denials(text: str, found: Annotations) -> Annotations:
    """The annotations, with an attribution for each denial that says what it denies and that no annotator found."""
    cues = sorted(span for one in found.attributions for span in one.cue)
    added = tuple(
        Attribution(
            source=denial.source,
            cue=(denial.cue,),
            content=denial.content,
            directness="indirect",
            polarity="denied",
            certainty="certain",
            confidence=NAMED,
            method=METHOD,
        )
        for denial in denials_in(text, found)
        if denial.content and denial.source and not _overlaps(cues, denial.cue)
    )
    return replace(found, attributions=(*found.attributions, *added)) if added else found


def judged_untrue(text: str) -> re.Match[str] | None:
    """Words that call something untrue which they point at: "that was not true", "there is no truth to the report"."""
    for match in _patterns().untrue.finditer(text):
        if not _relative(text, match):
            return match
    return _patterns().no_truth.search(text)


def _relative(text: str, match: re.Match[str]) -> bool:
    """Whether "that" goes on with a noun: "stereotypes that are untrue", "the one that was wrong"."""
    if match["object"].lower() != "that":
        return False
    plural = re.match(r"\w+\s+(?:are|were|have)\b", match[0], re.IGNORECASE) is not None
    before = re.search(r"(\w+)\s+$", text[: match.start()])
    return plural or (before is not None and _BEFORE_PRONOUN.fullmatch(before[1]) is None)


def _scan(text: str, found: Annotations) -> Iterator[Denial]:
    patterns = _patterns()
    for match in patterns.called.finditer(text):
        denial = _of_verb(text, found, match)
        if denial is not None:
            yield replace(denial, points=_last_word(match["object"]), object=match["object"])
    for match in patterns.deny.finditer(text):
        yield from _denied(text, found, match)
    for match in patterns.reject.finditer(text):
        yield from _rejected(text, found, match)
    for match in patterns.noun.finditer(text):
        denial = _of_verb(text, found, match)
        if denial is not None:
            yield _with_object(text, denial, match.end(), denial.sentence.end, "denial")


def _of_verb(text: str, found: Annotations, match: re.Match[str]) -> Denial | None:
    """The denial of a verb in the active voice, with its subject; nothing where it is negated or no verb at all."""
    patterns = _patterns()
    sentence = sentence_at(found.sentences, match.start(), text)
    end = max(sentence.end, match.end())
    before = text[max(sentence.start, match.start() - _FURTHEST) : match.start()]
    if patterns.negated.search(before) or _ARTICLE.search(before) or _BE.search(before) or _TO.search(before):
        return None
    return Denial(Span(sentence.start, end), Span(*match.span()), _subject(text, sentence.start, match.start()), ())


def _denied(text: str, found: Annotations, match: re.Match[str]) -> Iterator[Denial]:
    patterns = _patterns()
    sentence = sentence_at(found.sentences, match.start(), text)
    passive = _passive(text, sentence, match)
    if passive is not None:
        yield passive
    denial = _of_verb(text, found, match)
    if denial is None:
        return
    end = denial.sentence.end
    after = text[match.end() : end]
    refers = patterns.refers.match(after)
    if refers is not None:
        yield _with_object(text, denial, match.end() + refers.end(), end, _last_word(refers[0]), refers[0])
    elif _THAT.match(after) or _PRONOUN.match(after):
        yield _with_object(text, denial, match.end(), end, "it")
    elif (ing := _ING.match(after)) is not None and _is_gerund(ing):
        yield _proposed(text, denial, match.end() + ing.start("ing"), end)
    elif (some := _ANY.match(after)) is not None and not patterns.withheld.match(after):
        yield _proposed(text, denial, match.end() + (len(some[0]) - len(some[0].lstrip())), end)


def _is_gerund(match: re.Match[str]) -> bool:
    """ "denied taking", "denied having met"; not "denied anything", nor the participle of "denied armed men entry"."""
    word = match["ing"].lower()
    return word not in _NO_ING and (word.endswith("ing") or "having" in match[0].lower())


def _rejected(text: str, found: Annotations, match: re.Match[str]) -> Iterator[Denial]:
    patterns = _patterns()
    sentence = sentence_at(found.sentences, match.start(), text)
    passive = _passive(text, sentence, match)
    if passive is not None:
        yield passive
    denial = _of_verb(text, found, match)
    if denial is None:
        return
    end = denial.sentence.end
    after = text[match.end() : end]
    refers = patterns.refers.match(after)
    if refers is not None:
        yield _with_object(text, denial, match.end() + refers.end(), end, _last_word(refers[0]), refers[0])
    elif _THAT.match(after):
        if not match[0].lower().startswith(("question", "disagree")):
            yield _with_object(text, denial, match.end(), end, "it")
    elif patterns.argued.match(match[0]) and (whether := _WHETHER.match(after)) is not None:
        # "debunked time and again whether it can be done": what is doubted is that it can.
        yield _proposed(text, denial, match.end() + whether.end(), end)
    elif _PRONOUN.match(after) and patterns.argued.match(match[0]):
        yield replace(denial, points="it")


def _passive(text: str, sentence: Span, match: re.Match[str]) -> Denial | None:
    """ "The report was denied by the ministry"."""
    before = text[sentence.start : match.start()]
    be, by = _BE.search(before), _BY.match(text, match.end(), sentence.end)
    if be is None or by is None:
        return None
    subject = before[: be.start()]
    refers = re.search(rf"{sections('disputes.txt')['statement']}\b", subject, re.IGNORECASE)
    if refers is None and not re.fullmatch(r"\W*(?:this|that|it|all\s+of\s+(?:this|that))\W*", subject, re.IGNORECASE):
        return None
    source = Span(by.start("who"), by.end("who"))
    return Denial(sentence, Span(*match.span()), (source,), (), refers[0].lower() if refers else "it", subject)


_CLAUSE_AFTER: Final = re.compile(
    r"(?:\s+(?:by|from|made\s+by|in)\s+(?:[\w’'.-]+\s+){0,6}?[\w’'.-]+)?,?\s+that\s+", re.IGNORECASE
)
_OF: Final = re.compile(
    r"\s+of\s+(?=\w+ing\b|(?:\w+\s+)?(?:fraud|corruption|wrongdoing|abuse|torture|bribery|cheating|rigging|theft|murder"
    r"|bias)\b)",
    re.IGNORECASE,
)


def _with_object(text: str, denial: Denial, place: int, end: int, noun: str, object_: str = "") -> Denial:
    """What is denied after ``place``: a clause with "that", something after "of", or nothing but ``noun``."""
    for pattern in (_CLAUSE_AFTER, _OF):
        begins = pattern.match(text, place, end)
        if begins is not None:
            proposed = _proposed(text, denial, begins.end(), end)
            if proposed.content or pattern is _CLAUSE_AFTER:
                pointed = replace(denial, points=noun)
                return replace(proposed, object=object_ or begins[0]) if proposed.content else pointed
    return replace(denial, points=noun, object=object_)


def _proposed(text: str, denial: Denial, start: int, end: int) -> Denial:
    ends = _ENDS.search(text, start, end)
    stop = ends.start() if ends is not None else end
    while stop > start and text[stop - 1] in _TRAILING:
        stop -= 1
    words = text[start:stop]
    if _SUCH.search(words):
        return replace(denial, points="such", object=words)
    if len(words.split()) < _FEWEST and not _ANY.match(f" {words}") and not re.match(r"\w+ing\b", words):
        return replace(denial, points="it")
    return replace(denial, content=(Span(start, stop),))


def _subject(text: str, low: int, high: int) -> Spans:
    """Who stands before a verb, as a phrase: from the beginning of its clause to the verb and what goes with it."""
    low = max(low, high - _FURTHEST)
    before = text[low:high]
    trailing = _BEFORE_VERB.search(before)
    stop = trailing.start() if trailing is not None else len(before)
    start = 0
    for clause in _CLAUSE.finditer(before, 0, stop):
        if before[clause.end() : stop].strip(_TRAILING):
            start = clause.end()
    leading = _LEADING.match(before.replace("\n", " "), _spaces(before, start), stop)
    if leading is not None and before[leading.end() : stop].strip():
        start = leading.end()
    reported = list(
        re.finditer(r"\b(?:said|says|reported|reports|added|wrote|told\s+\w+)\s+(?:that\s+)?", before[start:stop])
    )
    if reported and before[start + reported[-1].end() : stop].strip():
        start += reported[-1].end()
    relative = re.search(r",?\s+(?:who|which)$", before[start:stop])
    if relative is not None:
        stop = start + relative.start()
    start = _spaces(before, start)
    while stop > start and before[stop - 1] in " ,\n\t":
        stop -= 1
    short = _CONTRACTED.fullmatch(before, start, stop)
    if short is not None:
        stop = short.end(1)
    return (Span(low + start, low + stop),) if stop > start else ()


def subject_before(text: str, low: int, high: int) -> Spans:
    """Who stands before the words at ``high`` within the sentence that begins at ``low``."""
    return _subject(text, low, high)


def _spaces(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \n\t,“\"‘'":
        place += 1
    return place


def _last_word(phrase: str) -> str:
    return phrase.split()[-1].lower() if phrase.split() else ""


def _overlaps(spans: Sequence[Span], span: Span) -> bool:
    at = bisect_right(spans, span.end, key=lambda one: one.start) - 1
    return any(one.end > span.start and one.start < span.end for one in spans[max(0, at - 2) : at + 1])
