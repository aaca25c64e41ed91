"""How a reply stands to what it answers: by its first words where those take sides, else by all that tells of it.

``rule:opening`` (0.8): "No, he never agreed", "That's not true", "Exactly", "You're right", "+1"; not "Yes, but ...".
Else signs (``ingest.claims.signs``) and what a model holds are weighed. A model alone makes nobody agree, and makes
somebody disagree only where it is sure. What a reply quotes of the other is not its own words, and is left out first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from ingest.claims.matching import Judges, PairJudge, StanceJudge, Stances
from ingest.claims.signs import ANSWERS_BACK, QUOTED_CONTRARY, Sign, contrary, signs_in, weighed
from ingest.claims.targets import Page, Words
from ingest.claims.wording import sections
from ingest.model import BODY, Container, Quote, Reply, Span, Stance, words_at

OPENING: Final = ("rule:opening", 0.8)
"""Of 170 first words of replies about another subject that took sides, 78 in a hundred did so as their readers said."""

_SIGN: Final = re.compile(r"^[ \t]*(?:>|&gt;)[^\n]*$", re.MULTILINE)
_LINE: Final = re.compile(r"[^\n]+")
_FEWEST: Final = 15
"""Characters of a line that is repeated rather than said alike."""
_MARKS: Final = ("“", '"', "«", "‘", "”")
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|[.!?](?=\S)|$|\n)+")
_ADDRESS: Final = re.compile(r"[\s>*_-]*(?:@[\w.-]+[\s,:–—-]+|[\w.-]+\s*[:,–—-]\s+(?=[A-Z“]))?")
_LONGEST: Final = 2_000
"""Characters of either side that are judged: models read no further."""
MOST: Final = 1_000
"""Replies of a page that are judged by a model: of the others signs alone tell."""
MOST_QUOTING: Final = 300
"""Replies of a page whose words are compared with those that they quote."""
ALONE: Final = 0.8
"""A model alone makes a reply to a comment disagree that it holds at least so likely for it."""
CONTRARY_QUOTED: Final = 0.85
_LONGEST_QUOTED: Final = 400
_OPENING_SENTENCES: Final = 2
_SHORT: Final = 60
"""Characters of a first sentence after which the second one may still take sides."""


@dataclass(frozen=True, slots=True)
class Own:
    """What a reply says itself, and where: the pieces of its text that repeat nobody."""

    pieces: tuple[Span, ...]
    text: str

    @property
    def words(self) -> str:
        """The pieces one after the other."""
        return "\n".join(piece.of(self.text).strip() for piece in self.pieces).strip()


@dataclass(frozen=True, slots=True)
class Opening:
    """The words with which a reply takes sides."""

    stance: Stance
    span: Span


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    lists = sections("stances.txt")
    return {name: re.compile(lists[name], re.IGNORECASE) for name in ("agree", "disagree", "but", "no", "weak")}


def own_words(text: str, quotes: Iterable[Quote], answered: str = "") -> Own:
    """A comment without the lines and stretches that it repeats of others, be it a short line of ``answered``."""
    lines = (Span(*match.span()) for match in _LINE.finditer(text))
    short = (line for line in lines if len(words := line.of(text).strip()) > _FEWEST and words in answered)
    signed = (Span(*match.span()) for match in _SIGN.finditer(text))
    repeated = sorted([*signed, *short, *(span for quote in quotes for span in quote.spans)])
    pieces: list[Span] = []
    at = 0
    for span in repeated:
        if span.start > at:
            pieces.append(Span(at, span.start))
        at = max(at, span.end)
    if at < len(text):
        pieces.append(Span(at, len(text)))
    return Own(
        tuple(piece for piece in pieces if any(c.isalnum() for c in piece.of(text)) or "+" in piece.of(text)), text
    )


def opening_of(own: Own) -> Opening | None:
    """How a reply takes sides with its first words; nothing where it does not, or takes it back at once."""
    return next(iter(openings_of(own)), None)


def openings_of(own: Own) -> list[Opening]:
    """Likewise, with each of its first sentences that goes on to take the same side."""
    found: list[Opening] = []
    if not own.pieces:
        return found
    piece = own.pieces[0]
    place, seen = piece.start, 0
    while seen < _OPENING_SENTENCES and place < piece.end:
        address = _ADDRESS.match(own.text, place, piece.end)
        start = address.end() if address is not None else place
        sentence = _SENTENCE.match(own.text, start, piece.end)
        end = sentence.end() if sentence is not None else piece.end
        opening = _opening_at(own, start, end) or (_opening_at(own, place, end) if start > place else None)
        if opening is not None and seen and not found and _patterns()["weak"].match(own.text, opening.span.start):
            opening = None
        if opening is not None and (not found or found[0].stance == opening.stance):
            found.append(opening)
        if sentence is None or (not found and len(sentence[0]) > _SHORT):
            break
        place, seen = sentence.end(), seen + 1
        while place < piece.end and own.text[place].isspace():
            place += 1
    return found


def _opening_at(own: Own, start: int, end: int) -> Opening | None:
    patterns, text = _patterns(), own.text
    if text[start - 1 : start] in _MARKS or text[start : start + 1] in _MARKS:
        return None  # somebody else's words
    # "No, you're right" begins as a contradiction: what explains more counts, and agreement of equals.
    found = {
        stance: match
        for stance in ("agree", "disagree")
        if (match := patterns[stance].match(text, start, end)) is not None
    }
    if not found:
        return None
    stance = max(found, key=lambda one: (found[one].end(), one == "agree"))
    match = found[stance]
    # "Yes, there is some of that, but ..."
    if stance == "agree" and patterns["but"].search(text, match.end(), end):
        return None
    return Opening("agree" if stance == "agree" else "disagree", Span(match.start(), match.end()))


@dataclass(frozen=True, slots=True)
class Taken:
    """A reply with its stance, and the signs that speak for it."""

    reply: Reply
    signs: tuple[Sign, ...] = ()


def stances_of(page: Page, replies: Sequence[Reply], owns: Mapping[int, Own], judges: Judges) -> tuple[Taken, ...]:
    """The replies with their stances; those that nothing tells of stay without one.

    Nothing is told of what is in a language that nobody here reads, nor where nothing is said or what was answered is
    gone.
    """
    document = page.document
    openings: dict[int, Opening | None] = {}
    pending: list[int] = []
    for reply in replies:
        own, answered = owns[reply.comment], document.text_of(reply.to)
        if not own.words or not answered.strip() or {reply.comment, reply.to} & page.unread:
            continue
        opening = opening_of(own)
        if opening is not None and _answers_question(own, opening, answered):
            opening = None
        openings[reply.comment] = opening
        if openings[reply.comment] is None:
            pending.append(reply.comment)
    judged = _judged(page, replies, owns, judges.stance, frozenset(pending))
    quoting = frozenset([index for index in pending if page.quoted_in(index)][:MOST_QUOTING])
    told: dict[int, Reply] = {}
    taken: list[Taken] = []
    for reply in replies:
        signs: tuple[Sign, ...] = ()
        opening = openings.get(reply.comment)
        if opening is not None:
            method, confidence = OPENING
            reply = replace(reply, stance=opening.stance, confidence=confidence, method=method)
        elif reply.comment in openings:
            judge = judges.pairs if reply.comment in quoting else None
            signs = tuple(_signs(page, reply, owns[reply.comment], told, judge))
            reply = _weighed(reply, signs, judged.get(reply.comment))
        told[reply.comment] = reply
        taken.append(Taken(reply, tuple(one for one in signs if one.stance == reply.stance)))
    return tuple(taken)


def _answers_question(own: Own, opening: Opening, answered: str) -> bool:
    """Whether a "no" answers what was asked at the end: that is no dissent."""
    asked = answered.rstrip(" \t\n\r\"”'’)").endswith("?")
    return asked and _patterns()["no"].match(own.text, opening.span.start) is not None


def _judged(
    page: Page, replies: Sequence[Reply], owns: Mapping[int, Own], judge: StanceJudge | None, pending: frozenset[int]
) -> Mapping[int, Stances]:
    if judge is None or not pending:
        return {}
    document = page.document
    asked = [reply for reply in replies if reply.comment in pending][:MOST]
    pairs: list[tuple[str, str]] = []
    for reply in asked:
        title = f"{document.title}\n" if reply.to == BODY and document.title else ""
        pairs.append(((title + document.text_of(reply.to))[:_LONGEST], owns[reply.comment].words[:_LONGEST]))
    return {reply.comment: found for reply, found in zip(asked, judge.stances(pairs), strict=True)}


def _signs(page: Page, reply: Reply, own: Own, told: Mapping[int, Reply], judge: PairJudge | None) -> Iterable[Sign]:
    sentences = own_sentences(page, reply.comment, own)
    yield from signs_in(own.text, own.pieces, [span for span, _ in sentences])
    found = contrary(sentences, page.sentences(reply.to), of_page=reply.to == BODY)
    if found is not None:
        yield found[0]
    elif judge is not None and (span := _contradicts_quoted(page, reply, sentences, judge)) is not None:
        method, weight = QUOTED_CONTRARY
        yield Sign("disagree", weight, method, span)
    if _answers_back(page, reply, told):
        method, weight = ANSWERS_BACK
        yield Sign("disagree", weight, method, None)


def _contradicts_quoted(
    page: Page, reply: Reply, sentences: Sequence[tuple[Span, Words]], judge: PairJudge
) -> Span | None:
    """The first thing that a reply says after words of what it answers, where a judge finds them contrary."""
    quote = next((one for one in page.quoted_in(reply.comment) if one.of == reply.to), None)
    if quote is None:
        return None
    end = quote.spans[-1].end
    text = page.document.text_of(reply.comment)
    said = next(((span, words) for span, words in sentences if span.start >= end), None)
    quoted = words_at(text, quote.spans)[:_LONGEST_QUOTED]
    if said is None or not said[1].all & Words(quoted).all:
        return None
    return said[0] if judge.relate([(quoted, said[0].of(text))])[0].contradicts >= CONTRARY_QUOTED else None


def _answers_back(page: Page, reply: Reply, told: Mapping[int, Reply]) -> bool:
    """Whether somebody answers a reply to words of his own that disagreed with them."""
    before = told.get(reply.to) if reply.to != BODY else None
    if before is None or before.stance != "disagree" or before.to == BODY:
        return False
    comments = page.document.comments
    writer = comments[reply.comment].author
    return bool(writer) and comments[before.to].author == writer and comments[before.comment].author != writer


def own_sentences(page: Page, container: Container, own: Own) -> Sequence[tuple[Span, Words]]:
    """The sentences of a reply that it says itself."""
    return [
        (span, words)
        for span, words in page.sentences(container)
        if any(piece.start <= span.start < piece.end for piece in own.pieces)
    ]


def _weighed(reply: Reply, signs: Sequence[Sign], judged: Stances | None) -> Reply:
    if not signs and judged is None:
        return reply
    stance, confidence, method = weighed(signs, judged)
    if stance != "neutral" and not any(sign.stance == stance for sign in signs):
        # The model alone, away from what it learned from.
        share = judged.disagree if judged is not None else 0.0
        if stance == "agree" or share < ALONE or reply.to == BODY:
            stance, confidence, method = "neutral", round(1.0 - confidence, 4), judged.method if judged else method
    if judged is None and stance == "neutral":
        return reply  # too little to tell anything by
    return replace(reply, stance=stance, confidence=confidence, method=method)


def sentence_of(sentences: Sequence[Span], place: int) -> Span | None:
    """The sentence that a place stands in."""
    at = bisect_right(sentences, place, key=lambda span: span.start) - 1
    return sentences[at] if at >= 0 and place < sentences[at].end else None
