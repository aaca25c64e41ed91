"""Attributions: who is said to have said what, by reporting verbs, quotation marks and "according to".

Each attribution's ``method`` tells the pattern that it was found by, each pattern has one fixed confidence:

============================ ===== =================================================================
rule:quotation+verb           0.8  words in quotation marks next to a verb and its subject
rule:that-clause              0.75 a verb, then "that", "whether" or a question word
rule:according-to             0.75 "according to" and whom
rule:clause                   0.65 a verb, then a clause without "that"
rule:clause-before-verb       0.65 a clause, a comma, then subject and verb
rule:object                   0.5  a verb of denial or judgement and what it is about
============================ ===== =================================================================

An attribution whose source was carried over from the cue before it ("..., adding that ...") has 0.1 less; so has one
whose text names no agent ("it was reported that").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.annotate import contents, lexicon, phrases
from ingest.annotate.lexicon import Verb
from ingest.annotate.manner import manner_of
from ingest.annotate.quotations import Quotation
from ingest.annotate.view import Range, View
from ingest.model import Attribution, Span

CONFIDENCE = {
    "rule:quotation+verb": 0.8,
    "rule:that-clause": 0.75,
    "rule:according-to": 0.75,
    "rule:clause": 0.65,
    "rule:clause-before-verb": 0.65,
    "rule:object": 0.5,
}
_LESS = 0.1
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "am"))
_MODALS = frozenset(
    ("would", "could", "may", "might", "must", "should", "will", "can", "ca", "wo", "'d", "’d", "'ll", "’ll")
)
_WHO = frozenset(("who", "which"))
_INVERTED = frozenset(("say", "write", "report", "add", "note", "explain"))
_FEWEST_WORDS = 3
_STATEMENTS = frozenset(("clause", "that", "quotation", "addressee", "question"))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as a range of words, and which one it is."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cue:
    """A reporting verb at ``at``, with its helpers from ``start`` ("has also said") and a particle up to ``end``."""

    verb: Verb
    start: int
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    method: str
    carried: bool = False


def find_attributions(view: View) -> list[Attribution]:
    """The attributions of a text, in the order of their cues."""
    starts, ends = view.words.starts, view.words.ends
    quoted = [Quotation(starts[each.start], ends[each.end - 1]) for each in view.quotations]
    return [_as_attribution(view, found, quoted) for found in _read(view)]


def _read(view: View) -> Iterator[_Found]:
    for number, (start, end) in enumerate(view.sentences):
        sentence = _Sentence(number, start, end)
        previous: _Found | None = None
        for at in range(start, end):
            if view.quotation_at[at] != -1:
                continue
            found = None
            if view.lower[at] == "according" and at + 2 < end and view.lower[at + 1] == "to":
                found = _according_to(view, at, sentence)
            elif view.lower[at] in view.verbs and not view.text[at][0].isupper():
                found = _by_verb(view, at, sentence, previous)
            if found is not None:
                previous = found
                yield found


# --- what a cue belongs to -------------------------------------------------------------------------------------


def _by_verb(view: View, at: int, sentence: _Sentence, previous: _Found | None) -> _Found | None:
    cue = _cue(view, at, sentence)
    if cue is None:
        return None
    verb, helpers = cue.verb, view.lower[cue.start : at]
    progressive = bool(_BE.intersection(helpers))
    if progressive and not verb.participle:
        return _impersonal(view, cue, sentence)
    if verb.participle and not progressive:
        return _participle(view, cue, sentence, previous)
    if _is_noun(view, cue, sentence):
        return None
    if verb.frames & _STATEMENTS and (inverted := _inverted(view, cue, sentence)) is not None:
        return inverted
    subject = phrases.subject(view, cue.start, sentence.start)
    carried = False
    if subject is None and previous is not None and view.lower[cue.start - 1] in {"and", "but", ","}:
        subject, carried = previous.source, True
    if subject is None or phrases.is_supposed(view, subject, sentence.start):
        return None
    if view.lower[at] in view.ambiguous and not phrases.is_agent(view, subject):
        return None
    bare = verb.base and not verb.past and not helpers
    if bare and not carried and not phrases.takes_base_form(view, subject):
        return None
    return _with_content(view, subject, cue, sentence, carried=carried)


def _cue(view: View, at: int, sentence: _Sentence) -> _Cue | None:
    """The verb group around the reporting verb at ``at``; ``None`` where nothing is reported as said."""
    verb = view.verbs[view.lower[at]]
    start = at
    while start > sentence.start and view.quotation_at[start - 1] == -1 and _helps(view, view.lower[start - 1]):
        start -= 1
    helpers = view.lower[start:at]
    if view.negations.intersection(helpers) or _MODALS.intersection(helpers):
        return None
    end = at + 1
    if verb.lemma == "point":
        if end >= sentence.end or view.lower[end] != "out":
            return None
        end += 1
    if start > sentence.start and view.lower[start - 1] == "to":
        # Of infinitives only "went on to say" reports anything.
        if verb.lemma != "say" or start - 3 < sentence.start or view.lower[start - 3 : start - 1] != ["went", "on"]:
            return None
        start -= 3
    return _Cue(verb, start, at, end)


def _helps(view: View, word: str) -> bool:
    return (
        word in view.auxiliaries
        or word in view.adverbs
        or word in view.negations
        or (len(word) > 4 and word.endswith("ly") and word not in lexicon.words("not_adverbs"))
    )


def _is_noun(view: View, cue: _Cue, sentence: _Sentence) -> bool:
    """Whether a form such as "claims" is a noun where it stands."""
    if view.lower[cue.at] not in view.ambiguous:
        return False
    before = view.lower[cue.at - 1] if cue.at > 0 else ""
    if before in {"'s", "’s"}:
        return True
    if cue.start == cue.at and (before in view.determiners or before in view.prepositions or before in {"'", "’"}):
        return True
    following = view.lower[cue.at + 1] if cue.at + 1 < sentence.end else "."
    if following in view.auxiliaries or following in {"of", "from", "and", "or"}:
        return True
    if following == "that" and cue.at + 2 < sentence.end and view.lower[cue.at + 2] in view.auxiliaries:
        return True  # "the Clinton emails that were deleted"
    other = view.verbs.get(following)
    return other is not None and other.past


def _inverted(view: View, cue: _Cue, sentence: _Sentence) -> _Found | None:
    """``"...," said X`` and ``..., said X``."""
    before = cue.start - 1
    if before < sentence.start:
        return None
    quoted = contents.quotation_before(view, cue.start)
    if quoted is None and not (view.text[before] == "," and cue.verb.lemma in _INVERTED):
        return None
    source = phrases.phrase_after(view, cue.end, sentence.end)
    if source is None or view.lower[source[0]] in {"it", "that"}:
        return None
    if quoted is not None:
        content = contents.with_following(view, quoted, source[1], sentence.end, sentence.number)
        return _found(source, cue, content, "rule:quotation+verb")
    left = contents.clause_before(view, before, sentence.start)
    return None if left is None else _found(source, cue, (left,), "rule:clause-before-verb")


def _with_content(view: View, subject: Range, cue: _Cue, sentence: _Sentence, *, carried: bool) -> _Found | None:
    verb, end = cue.verb, sentence.end
    if verb.frames & _STATEMENTS:
        if view.lower[subject[0]] in _WHO and subject[0] > 0 and view.text[subject[0] - 1] == ",":
            # "Peskov, who said it was late, left": what is said ends with the aside that it stands in.
            end = contents.next_comma(view, cue.end + 1, end)
        after = contents.content_after(view, cue.end, end, verb)
        quoted = None if carried else contents.quotation_before(view, subject[0])
        # “It is late.” He said that he was tired: a quotation that ends a sentence does not belong to the next.
        if quoted is not None and (after is None or not contents.ends_sentence(view, quoted)):
            content = contents.with_following(view, quoted, cue.end, end, sentence.number)
            return _found(subject, cue, content, "rule:quotation+verb")
        if after is not None:
            return _found(subject, cue, *after, carried=carried)
        comma = subject[0] - 1
        if not carried and comma > sentence.start and view.text[comma] == "," and view.lower[subject[0]] not in _WHO:
            pieces = contents.clauses_around(view, comma, cue.end, sentence.start, end)
            if pieces:
                return _found(subject, cue, pieces, "rule:clause-before-verb")
    if verb.frames & {"denial", "topic"} and cue.end < end:
        piece = contents.object_after(view, cue.end, end)
        if piece is not None:
            return _found(subject, cue, (piece,), "rule:object", carried=carried)
    return None


def _participle(view: View, cue: _Cue, sentence: _Sentence, previous: _Found | None) -> _Found | None:
    """``..., adding that ...``: the source is that of the cue before it, or what the sentence opens with."""
    if cue.at == sentence.start or not cue.verb.frames & {"clause", "that", "addressee"}:
        return None
    if view.text[cue.at - 1] != "," and view.quotation_at[cue.at - 1] == -1:
        return None
    source = previous.source if previous is not None else phrases.opening_subject(view, sentence.start, cue.at)
    if source is None:
        return None
    after = contents.content_after(view, cue.end, sentence.end, cue.verb)
    if after is None:
        return None
    return _found(source, _Cue(cue.verb, cue.at, cue.at, cue.end), *after, carried=True)


def _impersonal(view: View, cue: _Cue, sentence: _Sentence) -> _Found | None:
    """``It was reported that ...``: an attribution without an agent."""
    if cue.start - 1 < sentence.start or view.lower[cue.start - 1] != "it" or not cue.verb.frames & {"clause", "that"}:
        return None
    if cue.end >= sentence.end or view.lower[cue.end] != "that":
        return None
    return _found(None, cue, (contents.clause(view, cue.end, sentence.end),), "rule:that-clause")


def _according_to(view: View, at: int, sentence: _Sentence) -> _Found | None:
    start, end = sentence.start, sentence.end
    # After "According to the ministry, " comes what is said, not who the ministry is.
    source = phrases.phrase_after(view, at + 2, end, asides=at > start)
    if source is None or "own" in view.lower[source[0] : source[1]]:
        return None  # "according to their own interests" reports nothing
    cue, after = (at, at + 2), source[1]
    if at > start and view.lower[at - 1] not in {"and", "but"}:
        quoted = contents.quotation_before(view, at)
        if quoted is not None:
            return _Found(source, cue, quoted, "rule:according-to")
        stop = at - 1 if view.text[at - 1] == "," else at
        first = start
        while first < stop and view.lower[first] in {"and", "but"}:
            first += 1
        return _Found(source, cue, ((first, stop),), "rule:according-to") if stop - first >= _FEWEST_WORDS else None
    if after < end and view.text[after] == "," and end - after > _FEWEST_WORDS:
        return _Found(source, cue, (contents.clause(view, after + 1, end),), "rule:according-to")
    return None


# --- what was found --------------------------------------------------------------------------------------------


def _found(
    source: Range | None, cue: _Cue, content: tuple[Range, ...], method: str, *, carried: bool = False
) -> _Found:
    return _Found(source=source, cue=(cue.start, cue.end), content=content, method=method, carried=carried)


def _as_attribution(view: View, found: _Found, quoted: Sequence[Quotation]) -> Attribution:
    less = _LESS if found.carried or found.source is None else 0.0
    cue = (_span(view, found.cue),)
    content = tuple(_span(view, piece) for piece in found.content)
    manner = manner_of(view.words.whole, cue, content, quoted)
    return Attribution(
        source=() if found.source is None else (_span(view, found.source),),
        cue=cue,
        content=content,
        directness=manner.directness,
        polarity=manner.polarity,
        certainty=manner.certainty,
        confidence=round(CONFIDENCE[found.method] - less, 2),
        method=found.method,
    )


def _span(view: View, piece: Range) -> Span:
    return Span(view.words.starts[piece[0]], view.words.ends[piece[1] - 1])
