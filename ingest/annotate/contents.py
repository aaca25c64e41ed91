"""What is attributed: the words in quotation marks, or the clause, that a cue goes with."""

from __future__ import annotations

from ingest.annotate import lexicon, phrases
from ingest.annotate.lexicon import Verb
from ingest.annotate.phrases import FINAL, PERSONAL
from ingest.annotate.view import Range, View

_QUESTION_WORDS = frozenset(("that", "whether", "what", "how", "why", "who", "where", "if"))
_SUBJECTS = PERSONAL | {"you", "who", "there"}
_SAID = frozenset(("said", "says", "told", "asked"))
_LONGEST_ADJUNCT = 14


def content_after(view: View, after: int, end: int, verb: Verb) -> tuple[tuple[Range, ...], str] | None:
    """What follows the cue: a quotation, a clause with "that", or a bare clause."""
    at = after
    if "addressee" in verb.frames and at < end and view.quotation_at[at] == -1 and view.text[at] not in {",", ":"}:
        reached = addressee(view, at, end)
        if reached is not None:
            at = reached
        elif verb.frames <= {"addressee", "quotation"}:
            return None
    word = view.lower[at] if at < end else ""
    if at < end and view.quotation_at[at] != -1:
        return (from_quotation(view, at, end), "rule:quotation+verb")
    if word in {",", ":"} and at + 1 < end and view.quotation_at[at + 1] != -1:
        return (from_quotation(view, at + 1, end), "rule:quotation+verb")
    frames = verb.frames
    if word in {"who", "which"} and at > after:
        word = ","  # more about whom it was told to
    if word in _QUESTION_WORDS and frames & {"clause", "that", "addressee", "question"}:
        if word == "that" and at + 1 < end and view.lower[at + 1] in {".", ",", "and"}:
            return None
        return (_clause_and_next(view, at, end), "rule:that-clause")
    if word in {":"} and at + 1 < end and frames & {"clause", "that"}:
        return (_clause_and_next(view, at + 1, end), "rule:clause")
    if word in view.adjuncts or word in {"that", ","}:
        reached = past_adjunct(view, at, end)
        if reached is not None and view.quotation_at[reached] != -1:
            return (from_quotation(view, reached, end), "rule:quotation+verb")
        if reached is not None and frames & {"clause", "that", "addressee"}:
            return (
                _clause_and_next(view, reached, end),
                "rule:that-clause" if view.lower[reached] == "that" else "rule:clause",
            )
        return None
    if (
        frames & {"clause", "addressee"}
        and at < end
        and (at > after or "clause" in frames)
        and _opens_clause(view, at, end)
    ):
        return (_clause_and_next(view, at, end), "rule:clause")
    return None


def addressee(view: View, at: int, end: int) -> int | None:
    """Where whom it was told to ends."""
    word = view.lower[at]
    if word in {"him", "her", "them", "us", "me", "you"}:
        return at + 1
    reached = phrases.phrase_end(view, at, end)
    if reached == at:
        return None
    return reached


def past_adjunct(view: View, at: int, end: int) -> int | None:
    """Where what is said begins after "in a statement", "on Friday" and the like."""
    for place in range(at, min(end, at + _LONGEST_ADJUNCT)):
        word = view.lower[place]
        if view.quotation_at[place] != -1:
            return place if view.text[place - 1] in {",", ":", "that"} else None
        if word == "that" and place > at:
            return place
        if word in {",", ":"} and place + 1 < end and view.quotation_at[place + 1] != -1:
            return place + 1
        if word in view.verbs and view.lower[place] not in view.ambiguous and not view.verbs[word].participle:
            return None
        if place > at and word in {"he", "she", "they", "it", "we", "i", "there"} and view.text[place - 1] != ",":
            return place
        if (
            place > at
            and view.lower[place - 1] in lexicon.words("ends_of_adjuncts")
            and word not in {",", "."}
            and word not in view.adjuncts
        ):
            return place
        if word in {".", ";"}:
            return None
    return None


def _opens_clause(view: View, at: int, end: int) -> bool:
    if end - at < 3 or (not view.text[at + 1][0].isalnum() and view.text[at + 1][0] not in "'’“\""):
        return False
    word = view.lower[at]
    if word in view.clause_starts or at in view.name_from or view.text[at][0].isupper() or view.text[at][0].isdigit():
        return _has_verb(view, at, end)
    if word in lexicon.words("no_clause_starts") or not word[0].isalpha():
        return False
    return word not in view.prepositions and word not in view.adverbs and _has_verb(view, at, end)


def _has_verb(view: View, at: int, end: int) -> bool:
    """Whether something in the clause can be its finite verb, so that it is no bare noun phrase."""
    common = lexicon.words("common_verbs")
    for place in range(at + 1, min(end, at + 25)):
        word = view.lower[place]
        if word in view.auxiliaries or word in {"n't", "n’t"}:
            return True
        if view.quotation_at[place] == -1 and word in {",", ";"} and place - at > 12:
            return False
        if word.endswith("ed") and len(word) > 4:
            return True
        if place > at + 1 and word.isalpha() and view.lower[place - 1] in _SUBJECTS:
            return True
        if view.lower[at] in _SUBJECTS:
            return True
        if word in common:
            return True
    return False


def object_after(view: View, at: int, end: int) -> Range | None:
    """The noun phrase at ``at`` that a verb of denial or judgement is about, up to the first comma."""
    if view.quotation_at[at] == -1 and not (
        view.lower[at] in view.determiners
        or at in view.name_from
        or view.text[at][0].isupper()
        or view.lower[at] in {"him", "them", "us", "me", "having", "being", "for", "on"}
        or (
            view.text[at][0].isalpha()
            and view.lower[at] not in view.prepositions
            and view.lower[at] not in view.conjunctions
            and view.lower[at] not in view.adverbs
            and view.lower[at] not in view.auxiliaries
        )
    ):
        return None
    start, stop = clause(view, at, end)
    stop = next_comma(view, start + 1, stop)
    return (start, stop) if stop > start else None


def next_comma(view: View, at: int, end: int) -> int:
    """Where the next comma outside of quotation marks is, or ``end``."""
    return next((place for place in range(at, end) if view.text[place] == "," and view.quotation_at[place] == -1), end)


def clause(view: View, at: int, end: int) -> Range:
    """From ``at`` to where the clause ends: at the sentence's end, or before the next thing that is reported."""
    stop = at + 1
    while stop < end:
        if view.quotation_at[stop] == -1 and stop > at + 1:
            shown, word = view.text[stop], view.lower[stop]
            if shown == ";":
                break
            if (shown == "," or word in {"and", "but"}) and _reports_on(view, stop, end):
                break
        stop += 1
    stop = _whole_quotation(view, stop)
    while stop > at + 1 and view.quotation_at[stop - 1] == -1 and view.text[stop - 1] in FINAL | {","}:
        stop -= 1
    return at, stop


def _clause_and_next(view: View, at: int, end: int) -> tuple[Range, ...]:
    """A clause; where it ends the sentence with a quotation, also the quotations that go on after it."""
    found = [clause(view, at, end)]
    last = found[0][1] - 1
    index = view.quotation_at[last]
    if index != -1 and last + 1 == view.quotations[index].end and view.text[last - 1] in FINAL:
        _add_continued(view, found, index)
        _add_next_sentences(view, found, view.sentence_of[last])
    return tuple(found)


def _whole_quotation(view: View, stop: int) -> int:
    number = view.quotation_at[stop - 1]
    return max(stop, view.quotations[number].end) if number != -1 else stop


def _reports_on(view: View, at: int, end: int) -> bool:
    """Whether after the comma or conjunction at ``at`` the same subject reports something more."""
    place = at + 1
    if place < end and view.text[at] == "," and view.lower[place] in {"and", "but"}:
        place += 1
    if place + 1 < end and view.lower[place] == "according" and view.lower[place + 1] == "to":
        return True
    while place < end and (view.lower[place] in view.adverbs or view.lower[place].endswith("ly")):
        place += 1
    verb = view.verbs.get(view.lower[place]) if place < end else None
    if verb is None or place + 1 >= end or not verb.frames & {"clause", "that", "addressee"}:
        return False
    following = view.lower[place + 1]
    if verb.participle:
        return view.text[at] == ","
    return verb.past and (following in {"that", ","} or view.quotation_at[place + 1] != -1 or following in PERSONAL)


def quotation_before(view: View, at: int) -> tuple[Range, ...] | None:
    """The quotation that ends right before ``at``.

    It is taken back over the paragraphs that it continues, or over the words of its sentence that lead into it.
    """
    last = at - 1
    if last > 0 and view.text[last] == "," and view.quotation_at[last] == -1:
        last -= 1
    if last < 0 or view.quotation_at[last] == -1:
        return None
    number = view.quotation_at[last]
    quoted = view.quotations[number]
    if last + 1 != quoted.end or (at < len(view.text) and view.sentence_of[last] != view.sentence_of[at]):
        return None
    pieces = [(quoted.start, quoted.end)]
    while view.quotations[number].continues and number > 0:
        number -= 1
        pieces.append((view.quotations[number].start, view.quotations[number].end))
    if len(pieces) == 1:
        opening = view.sentences[view.sentence_of[quoted.start]][0]
        if opening < quoted.start and _leads_into(view, opening, quoted.start):
            pieces[0] = (opening, quoted.end)
    return tuple(reversed(pieces))


def ends_sentence(view: View, pieces: tuple[Range, ...]) -> bool:
    """Whether a quotation ends as sentences do, before its closing mark."""
    last = pieces[-1][1] - 2
    return last >= 0 and view.text[last] in FINAL


def _leads_into(view: View, start: int, end: int) -> bool:
    """Whether the unquoted words ``[start, end)`` belong to the same statement as the quotation after them."""
    if not view.text[end - 1][0].isalnum():
        return False
    return not any(view.reports(at) for at in range(start, end))


def with_following(view: View, pieces: tuple[Range, ...], after: int, end: int, number: int) -> tuple[Range, ...]:
    """Adds to a quotation before its cue the quotations that go on after it."""
    found = list(pieces)
    at = after
    limit = min(end, after + _LONGEST_ADJUNCT)
    while at < limit and view.quotation_at[at] == -1 and view.lower[at] not in view.verbs:
        at += 1
    if (
        at < end
        and view.quotation_at[at] != -1
        and (view.text[at - 1] in {",", ":", ";", "—", "-", "–"} or at == after)
    ):
        quoted = view.quotations[view.quotation_at[at]]
        found.append((quoted.start, quoted.end))
        _add_continued(view, found, view.quotation_at[at])
        return tuple(found)
    if at >= end or (at == end - 1 and view.text[at] in FINAL):
        _add_next_sentences(view, found, number)
    return tuple(found)


def _add_next_sentences(view: View, found: list[Range], number: int) -> None:
    """Adds quotations that stand alone as the next sentences of the paragraph."""
    following = number + 1
    limit = view.paragraph_ends[number]
    while following < len(view.sentences) and view.sentences[following][0] < limit:
        first = view.sentences[following][0]
        if view.quotation_at[first] == -1:
            return
        index = view.quotation_at[first]
        quoted = view.quotations[index]
        if quoted.start != first or (
            quoted.end < limit
            and view.sentence_of[quoted.end] == view.sentence_of[quoted.end - 1]
            and view.text[quoted.end] not in FINAL
        ):
            return
        found.append((quoted.start, quoted.end))
        _add_continued(view, found, index)
        following = view.sentence_of[quoted.end - 1] + 1


def _add_continued(view: View, found: list[Range], number: int) -> None:
    while number + 1 < len(view.quotations) and view.quotations[number + 1].continues:
        number += 1
        found.append((view.quotations[number].start, view.quotations[number].end))


def from_quotation(view: View, at: int, end: int) -> tuple[Range, ...]:
    """A quotation after its cue: with the rest of its clause where it is part of one."""
    index = view.quotation_at[at]
    quoted = view.quotations[index]
    stop = quoted.end
    closed = stop - 2 >= quoted.start and view.text[stop - 2] in {".", "?", "!", ",", "…"}
    goes_on = stop < end and view.text[stop] not in FINAL and view.text[stop] != ","
    if goes_on and not closed:
        return _clause_and_next(view, quoted.start, end)
    found = [(quoted.start, stop)]
    _add_continued(view, found, index)
    if stop >= end or view.text[stop] in FINAL:
        _add_next_sentences(view, found, view.sentence_of[stop - 1])
    return tuple(found)


def clause_before(view: View, comma: int, start: int) -> Range | None:
    """The clause ``[start, comma)`` that is attributed by what follows it."""
    first = start
    if view.lower[first] in {"and", "but"}:
        first += 1
    if comma - first < 3 or view.lower[first] in view.prepositions or view.lower[first] in view.conjunctions:
        return None
    if any(view.quotation_at[at] == -1 and view.lower[at] in _SAID for at in range(first, comma)):
        return None
    return (start, comma) if _has_verb(view, first, comma) else None


def clauses_around(view: View, comma: int, after: int, start: int, end: int) -> tuple[Range, ...]:
    """What is said in "In contrast, Berkman said, there is more": before ``comma``, and after the cue."""
    left = clause_before(view, comma, start)
    right: Range | None = None
    if after < end and view.text[after] == "," and end - after > 3:
        right = clause(view, after + 1, end)
    if left is not None:
        return (left,) if right is None or right[0] >= right[1] else (left, right)
    if right is not None and comma > start:
        return ((start, comma), right)
    return ()
