"""Who disputes what on a page, and with which words.

=============== ========================================================================================
denial          somebody denies, rejects or dismisses it (``ingest.claims.denials``)
contradiction   two speakers, or one at two times, assert what cannot both be true (``contradictions``)
rebuttal        a reply disagrees with what it answers (``rebuttals``)
doubt           the writer keeps a distance (``doubts``)
fact_check      the page publishes a verdict on it (``FactCheck``)
=============== ========================================================================================

Methods: ``rule:denial`` where the denial's own proposition was found in an assertion, or nobody made that one;
``rule:denial-context`` where it only points at what it answers to; ``rule:untrue`` for "that is not true" in somebody's
words; ``rule:negated-words`` for an assertion that says the opposite of another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.claims.contradictions import contradictions
from ingest.claims.denials import METHOD, Denial, denials_in, judged_untrue, subject_before
from ingest.claims.doubts import doubts_in
from ingest.claims.matching import Judges, PairJudge
from ingest.claims.rebuttals import rebuttals
from ingest.claims.speakers import Cast, Resolved
from ingest.claims.stances import Own, Taken, own_words, stances_of
from ingest.claims.targets import Likely, Page, Words, against, by_words, extent, pointed_at
from ingest.claims.wording import sentence_at, stems
from ingest.model import (
    BODY,
    Assertion,
    Container,
    Dispute,
    DisputeKind,
    FactCheck,
    Id,
    Reply,
    Span,
    Spans,
    Speaker,
    Target,
    account_id,
    dispute_id,
    words_at,
)

BORNE_OUT: Final = 0.55
"""How much of a denied proposition must stand in an assertion to be what it answers to, where no judge is at hand."""
ALIKE: Final = 0.5
"""How likely a judge must find the two the same."""
REVIEWED: Final = 0.6
_NAMED: Final = 0.5

_FACT_CHECKED: Final = ("structure:claim-review", 0.95)
_RAISES: Final = frozenset(("false", "mostly_false", "mixed"))
_UNTRUE: Final = ("rule:untrue", 0.75)
_NEGATED: Final = ("rule:negated-words", 0.6)
_CONTEXT: Final = "rule:denial-context"
_LONGEST_BASIS: Final = 200
_FEWEST: Final = 3
"""Words of what somebody can be said to answer to."""
_FIRST_PERSON: Final = re.compile(r"\b(?:I|we|my|our|us)\b|^\W*no[,.!]", re.IGNORECASE)
_UNSURE: Final = re.compile(
    r"(?:n['’]t|\bnot)\s+(?:know|understand|see\s+how|remember|recall|care|mean|want|need|like)\b", re.IGNORECASE
)
"""A negation of something else than of what is said: "I don't know how they will"."""
_SAYS: Final = re.compile(
    r"\b(?:said|says|insisted|insists|added|replied|maintained|stressed|wrote|argued|countered|responded|told\s+[^.;:]{1,40}?)\s+(?:that\s+)?$",
    re.IGNORECASE,
)
_SPEAKS: Final = {
    "report": ("report", "writ", "wrot", "publish", "say"),
    "stori": ("report", "writ", "wrot", "publish"),
    "claim": ("claim", "say", "assert", "alleg"),
    "alleg": ("alleg", "accus", "tell", "told", "claim"),
    "accus": ("accus", "alleg", "claim", "tell"),
    "find": ("find", "found", "conclud", "show"),
    "suggest": ("suggest",),
    "account": ("say", "said", "tell"),
}


@dataclass(frozen=True, slots=True)
class Disputed:
    """A page's disputes, its replies with their stances, and its fact-checks with what on the page they are about."""

    disputes: tuple[Dispute, ...]
    replies: tuple[Reply, ...]
    fact_checks: tuple[FactCheck, ...]


def disputed(
    page: Page, cast: Cast, replies: Sequence[Reply], fact_checks: Sequence[FactCheck], judges: Judges
) -> Disputed:
    """Every dispute of a page, in the order of where they are stated, no id twice; and the stances of its replies."""
    owns = {
        reply.comment: own_words(
            page.document.comments[reply.comment].text,
            page.quoted_in(reply.comment),
            page.document.text_of(reply.to),
        )
        for reply in replies
    }
    taken = stances_of(page, replies, owns, judges)
    finder = _Finder(page, cast, judges.pairs)
    found: list[Dispute] = []
    for container, _ in page.document.containers():
        found += finder.denials(container)
        found += finder.doubts(container)
    found += finder.rebuttals(taken, owns)
    if judges.pairs is not None:
        found += finder.contradictions(judges.pairs, found)
    checks = [finder.placed(check) for check in fact_checks]
    found += finder.fact_checks(checks)
    unique = {one.id: one for one in reversed(found)}
    return Disputed(tuple(sorted(unique.values(), key=_order)), tuple(one.reply for one in taken), tuple(checks))


def _order(one: Dispute) -> tuple[int, int, str]:
    return (-1 if one.stated_in == BODY else one.stated_in, one.spans[0].start if one.spans else 0, one.id)


class _Finder:
    """The disputes of one page, kind by kind."""

    def __init__(self, page: Page, cast: Cast, judge: PairJudge | None) -> None:
        self._page = page
        self._document = page.document
        self._cast = cast
        self._judge = judge

    # --- denials -------------------------------------------------------------------------------------------------

    def denials(self, container: Container) -> Iterator[Dispute]:
        """What is denied in one text."""
        text = self._document.text_of(container)
        taken: list[Span] = []
        for denial in denials_in(text, self._page.found(container)):
            stating = self._page.by_cue(container, denial.cue)
            dispute = self._denial(container, text, denial, stating)
            if dispute is not None:
                taken.append(denial.cue)
                yield dispute
        yield from self._untrue(container, text, taken)
        yield from self._opposite(container, taken)

    def _denial(self, container: Container, text: str, denial: Denial, stating: Assertion | None) -> Dispute | None:
        who = self._who(container, denial.source, stating)
        by = who.speaker
        names_it = bool(denial.content)
        content = denial.content
        if names_it and stating is not None and stating.polarity == "denied":
            # "rejected claims that its pipeline leaks": what an annotator takes whole is denied from "that" on.
            content = _from(content[0].start, stating.content) if denial.object else stating.content
        spans = _joined((*(stating.source if stating else denial.source), denial.cue, *content))
        basis = " ".join(denial.cue.of(text).split())
        near = self._page.innermost(container, denial.cue.start)
        accepts = self._others(by, stating, near)
        if names_it:
            proposition = words_at(text, content)
            prefers = self._prefers(denial, by)
            likely = self._same(proposition, container, denial.cue.start, accepts, prefers)
            confidence = round(0.9 * (stating.confidence if stating is not None else 0.85), 4)
            stated = stating if stating is not None and stating.polarity == "denied" else None
            target = likely.target if likely is not None else None
            return self._made("denial", by, container, spans, target, basis, confidence, METHOD, stated, proposition)
        if self._page.in_heading(container, denial.cue):
            return None  # the text below says it again, with more
        likely = pointed_at(
            self._page, container, denial.sentence, denial.cue.start, accepts, self._prefers(denial, by)
        )
        if likely is None:
            return None
        confidence = round(0.85 * likely.score, 4)
        return self._made("denial", by, container, spans, likely.target, basis, confidence, _CONTEXT, stating)

    def _who(self, container: Container, source: Spans, stating: Assertion | None) -> Resolved:
        if stating is not None and stating.speaker is not None:
            return Resolved(stating.speaker, stating.speaker_status)
        return self._cast.resolve(container, source, ())

    def _others(self, by: Speaker | None, *apart: Assertion | None) -> Callable[[Assertion], bool]:
        """What somebody may answer to: others' assertions, none of those named, none that is itself a denial."""
        out = {one.id for one in apart if one is not None}

        def accepts(one: Assertion) -> bool:
            if one.id in out or one.polarity == "denied" or len(one.text.split()) < _FEWEST:
                return False
            if judged_untrue(one.text) is not None:
                return False
            return by is None or one.speaker is None or one.speaker.id != by.id

        return accepts

    def _same(
        self,
        proposition: str,
        container: Container,
        place: int,
        accepts: Callable[[Assertion], bool],
        prefers: Callable[[Assertion], float],
    ) -> Likely | None:
        """The assertion of the page that says what a proposition says."""
        likely = by_words(self._page, Words(proposition), container, place, accepts)
        if likely is None or likely.target.assertion is None:
            return None
        # "rejected claims by the agency that ...": of whom it speaks, less need be said in the same words.
        named = prefers(self._page.by_id[likely.target.assertion]) >= _NAMED
        if likely.score >= (0.4 if named else 0.99):
            return likely
        if self._judge is None:
            return likely if likely.score >= BORNE_OUT else None
        relation = self._judge.relate([(likely.target.text, proposition)])[0]
        return likely if relation.same >= ALIKE or likely.score >= 0.8 else None

    def _prefers(self, denial: Denial, by: Speaker | None) -> Callable[[Assertion], float]:
        """How an assertion fits a pointer: of whom it speaks ("the governor's claim"), whom it concerns, and how."""
        object_, noun = stems(denial.object), next(iter(stems(denial.points)), "")
        own = stems(by.name) if by is not None else frozenset()
        container_text = self._document.text_of

        def prefers(one: Assertion) -> float:
            text = container_text(one.container)
            source = stems(words_at(text, one.source)) | (stems(one.speaker.name) if one.speaker else frozenset())
            likely = 0.5 if (object_ - {noun}) & source else 0.0
            likely += 0.3 if own and own & self._page.words(one).all else 0.0
            cue = words_at(text, one.cue).lower()
            likely += 0.2 if any(stem in cue for stem in _SPEAKS.get(noun, ())) else 0.0
            likely += 0.2 if stems(denial.object) & self._page.words(one).all else 0.0
            return min(1.0, likely)

        return prefers

    def _untrue(self, container: Container, text: str, taken: Sequence[Span]) -> Iterator[Dispute]:
        """ "That is a lie," and "the claim was untrue", in what somebody is said to have said."""
        for one in self._page.said_in(container):
            if one.directness == "own" or not one.content:
                continue
            for span in one.content:
                match = judged_untrue(span.of(text))
                if match is None:
                    continue
                cue = Span(span.start + match.start(), span.start + match.end())
                if any(known.start < cue.end and cue.start < known.end for known in taken):
                    continue
                sentence = sentence_at(self._page.found(container).sentences, cue.start, text)
                denial = Denial(sentence, cue, one.source, (), match["object"].split()[-1], match["object"])
                likely = self._context(container, denial, one)
                if likely is not None:
                    method, confidence = _UNTRUE
                    yield self._made(
                        "denial",
                        one.speaker,
                        container,
                        (cue,),
                        likely.target,
                        match[0],
                        round(confidence * min(1.0, likely.score + 0.3), 4),
                        method,
                        one,
                    )
                break
        yield from self._said_untrue(container, text, taken)

    def _context(self, container: Container, denial: Denial, stating: Assertion) -> Likely | None:
        around = self._page.innermost(container, denial.cue.start)
        accepts = self._others(stating.speaker, stating, around)

        def elsewhere(one: Assertion) -> bool:
            return accepts(one) and not _overlap(one, stating)

        prefers = self._prefers(denial, stating.speaker)
        return pointed_at(self._page, container, denial.sentence, denial.cue.start, elsewhere, prefers)

    def _said_untrue(self, container: Container, text: str, taken: Sequence[Span]) -> Iterator[Dispute]:
        """The same where no annotator saw who says so: "Hale said that was not true"."""
        for sentence in self._page.found(container).sentences:
            match = judged_untrue(sentence.of(text))
            if match is None:
                continue
            cue = Span(sentence.start + match.start(), sentence.start + match.end())
            says = _SAYS.search(text, sentence.start, cue.start)
            if says is None or self._page.innermost(container, cue.start) is not None:
                continue
            if any(known.start < cue.end and cue.start < known.end for known in taken):
                continue
            source = subject_before(text, sentence.start, says.start())
            by = self._cast.resolve(container, source, ()).speaker
            denial = Denial(sentence, cue, source, (), match["object"].split()[-1], match["object"])
            accepts = self._others(by)
            likely = pointed_at(self._page, container, sentence, cue.start, accepts, self._prefers(denial, by))
            if likely is not None:
                method, confidence = _UNTRUE
                yield self._made(
                    "denial", by, container, (cue,), likely.target, match[0], round(0.8 * confidence, 4), method, None
                )

    def _opposite(self, container: Container, taken: Sequence[Span]) -> Iterator[Dispute]:
        """ "No, we did not bomb the hospital": what somebody else asserted, with a negation."""
        text = self._document.text_of(container)
        for one in self._page.said_in(container):
            # What a writer says in a reply's own words is the reply's rebuttal.
            if one.polarity != "affirmed" or one.directness == "own" or not _FIRST_PERSON.search(one.text):
                continue
            for piece in one.content:
                words = Words(piece.of(text))
                if not words.negated or _UNSURE.search(piece.of(text)):
                    continue
                if any(known.start < piece.end and piece.start < known.end for known in taken):
                    continue
                likely = by_words(self._page, words, container, piece.start, self._affirming(one))
                if likely is None or likely.score < BORNE_OUT:
                    continue
                theirs = Words(likely.target.text)
                if len(words.all & theirs.all) < 2 or not words.opposes(theirs):
                    continue
                method, confidence = _NEGATED
                basis = "says the opposite"
                yield self._made(
                    "denial", one.speaker, container, (piece,), likely.target, basis, confidence, method, one
                )

    def _affirming(self, one: Assertion) -> Callable[[Assertion], bool]:
        accepts = self._others(one.speaker, one)
        return lambda other: accepts(other) and not _overlap(other, one) and not self._page.words(other).negated

    # --- the other kinds -------------------------------------------------------------------------------------------

    def doubts(self, container: Container) -> Iterator[Dispute]:
        """What is doubted in one text."""
        for doubt in doubts_in(self._page, container):
            by = doubt.said_by.speaker if doubt.said_by is not None else self._writer(container)
            basis = " ".join(doubt.cue.split())
            yield self._made(
                "doubt", by, container, doubt.spans, doubt.target, basis, doubt.confidence, doubt.method, doubt.said_by
            )

    def rebuttals(self, replies: Sequence[Taken], owns: Mapping[int, Own]) -> Iterator[Dispute]:
        """Replies that disagree."""
        for one in rebuttals(self._page, replies, owns, self._judge):
            by = self._writer(one.reply.comment)
            method = one.reply.method or ""
            yield self._made(
                "rebuttal", by, one.reply.comment, one.spans, one.target, one.basis, one.confidence, method, None
            )

    def contradictions(self, judge: PairJudge, found: Sequence[Dispute]) -> Iterator[Dispute]:
        """Assertions of one page that cannot both be true."""
        known = {(one.assertion, one.target.assertion) for one in found if one.target is not None}
        pairs = {(a, b) for a, b in known if a is not None and b is not None}
        rebutted = {(one.stated_in, one.target.container) for one in found if one.kind == "rebuttal" and one.target}
        for pair in contradictions(self._page, judge, pairs):
            if (pair.later.container, pair.earlier.container) in rebutted:
                continue  # the reply's disagreement is told already
            basis = "against an own earlier statement" if pair.own else "cannot both be true"
            later = pair.later
            target = self._page.of_assertion(pair.earlier)
            yield self._made(
                "contradiction",
                later.speaker,
                later.container,
                later.content,
                target,
                basis,
                pair.confidence,
                pair.method,
                later,
            )

    def fact_checks(self, checks: Sequence[FactCheck]) -> Iterator[Dispute]:
        """Verdicts that the page publishes; only those that find fault raise a dispute."""
        method, confidence = _FACT_CHECKED
        for check in checks:
            if check.verdict not in _RAISES:
                continue
            outlet = check.outlet
            by = Speaker(outlet.id, outlet.name, "outlet", method, confidence) if outlet is not None else None
            target = self._reviewed(check)
            basis = f"rated “{check.rating}”"
            made = self._made(
                "fact_check", by, BODY, check.spans, target, basis, confidence, method, None, check.claim_text
            )
            yield replace(made, text=made.text or check.rating, fact_check=check.id)

    def placed(self, check: FactCheck) -> FactCheck:
        """A fact-check with the assertion of the page that it is about, and where the body words its rating."""
        target = self._reviewed(check)
        spans = _literal(self._document.text, check.rating)
        return replace(check, assertion=target.assertion if target is not None else None, spans=spans)

    def _reviewed(self, check: FactCheck) -> Target | None:
        """The words on the page that a verdict is on: the claimant's assertion, or where they stand literally."""
        claimant = stems(check.claimant or "")

        def accepts(one: Assertion) -> bool:
            return not claimant or one.speaker is None or bool(claimant & stems(one.speaker.name))

        likely = by_words(self._page, Words(check.claim_text), BODY, 0, accepts)
        if likely is not None and likely.score >= REVIEWED:
            return likely.target
        spans = _literal(self._document.text, check.claim_text)
        return self._page.of_words(BODY, spans) if spans else None

    # --- one dispute ------------------------------------------------------------------------------------------------

    def _writer(self, container: Container) -> Speaker | None:
        """Whoever wrote a text: the comment's account, the page's by-line, or else its outlet."""
        document = self._document
        author = document.author if container == BODY else document.comments[container].author
        if author and author.strip():
            return Speaker(account_id(document.site, author), author, "account", "rule:writer", 0.8)
        if container == BODY and document.outlet is not None:
            return Speaker(document.outlet.id, document.outlet.name, "outlet", "rule:writer", 0.6)
        return None

    def _made(
        self,
        kind: DisputeKind,
        by: Speaker | None,
        container: Container,
        spans: Spans,
        target: Target | None,
        basis: str,
        confidence: float,
        method: str,
        assertion: Assertion | None,
        proposition: str | None = None,
    ) -> Dispute:
        document = self._document
        proposition = None if target is not None else proposition
        by_id: Id | None = by.id if by is not None else None
        return Dispute(
            id=dispute_id(kind, by_id, document.node_of(container), spans, against(document, target, proposition)),
            kind=kind,
            by=by,
            stated_in=container,
            spans=spans,
            text=words_at(document.text_of(container), spans),
            target=target,
            basis=basis if len(basis) <= _LONGEST_BASIS else f"{basis[: _LONGEST_BASIS - 1]}…",
            confidence=min(1.0, max(0.0, confidence)),
            method=method,
            assertion=assertion.id if assertion is not None else None,
            proposition=proposition,
        )


def _joined(spans: Sequence[Span]) -> Spans:
    """The stretch from the first to the last of spans that stand in one sentence."""
    known = [span for span in spans if span.end > span.start]
    low, high = min(span.start for span in known), max(span.end for span in known)
    return (Span(low, high),) if high - low <= 1_000 else tuple(sorted(set(known)))


def _from(start: int, spans: Spans) -> Spans:
    """What of ``spans`` stands from ``start`` on; all of them where nothing does."""
    return tuple(Span(max(start, span.start), span.end) for span in spans if span.end > start) or spans


def _overlap(one: Assertion, other: Assertion) -> bool:
    a, b = extent(one), extent(other)
    return one.container == other.container and a[0] < b[1] and b[0] < a[1]


def _literal(text: str, words: str) -> Spans:
    """Where words stand in a text, white space and case apart; nothing for fewer than two words."""
    parts = words.split()
    if len(parts) < 2:
        return ()
    match = re.search(r"\s+".join(map(re.escape, parts)), text, re.IGNORECASE)
    return (Span(*match.span()),) if match is not None else ()
