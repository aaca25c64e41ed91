"""Negation, opposites, modality, tense, scope and measure, where hardly any other word differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.annotate.pairs.compared import INDEFINITE, Compared, Word, both_have, match, of_some, one_verb
from ingest.annotate.pairs.contrasts import Difference, in_two_groups, on_two_sides, word_lists
from ingest.annotate.pairs.senses import opposed


def of_words(texts: Compared) -> Difference | None:
    """What the words that each text has alone tell, names left aside; none where no rule is sure.

    What is told of some, or of one of many, may well be otherwise with others: "a judge upheld", "a judge quashed".
    """
    found = _of_words(texts)
    if found is None or not found.contrary:
        return found
    one, other = texts.one, texts.other
    some = (of_some(one) and of_some(other)) or both_have(one, other, word_lists().words["partial"])
    return replace(found, contrary=False) if some or (_by_some(one) and _by_some(other)) else found


def _by_some(text: Sequence[Word]) -> bool:
    """Whether a text tells who says it, and that it is one of many: "a witness said"."""
    telling = word_lists().words["telling"]
    return any(word.lower in telling for word in text) and any(word.before in INDEFINITE for word in text)


def _of_words(texts: Compared) -> Difference | None:
    words = word_lists().words
    negations = words["negations"]
    ours, theirs = ({word.lower for word in side} for side in (texts.lefts, texts.rights))
    plain_ours, plain_theirs = ours - words["forms"], theirs - words["forms"]
    negated = (bool(ours & negations), bool(theirs & negations))
    if negated[0] != negated[1]:
        if sum(word.lower in negations for word in texts.alone) > 1:
            return None
        if _nobody(ours, theirs):
            return Difference("negation", True)
        denied, told = (plain_ours, plain_theirs) if negated[0] else (plain_theirs, plain_ours)
        nots = [word for word in texts.alone if word.lower == "not"]
        if nots and _some_of_all(told, denied - negations, nots, texts):
            return Difference("negation", True)
        rest = (plain_ours | plain_theirs) - negations
        # Any other word beside the negation may turn the sense back: "not at", "absent from".
        return Difference("negation", True) if not rest or one_verb(rest) else None
    if negated[0]:
        return None
    if (opposite := _opposite(plain_ours, plain_theirs, texts)) is not None:
        return opposite
    lone_ours, lone_theirs = _without_forms(plain_ours, plain_theirs)
    if len(lone_ours) == len(lone_theirs) == 1 and (found := _antonyms(lone_ours, lone_theirs, texts)):
        return found
    more = lone_ours or lone_theirs
    if not (lone_ours and lone_theirs) and more:
        # One says all that the other says, and that it didn't come to it, or that somebody wanted it.
        if len(more) == 1 and more <= words["undone"] and _before_to(more, texts.alone):
            return Difference("negation", True)
        if more & words["directives"]:
            return Difference("modality", False)
    conditions = words["conditions"]
    if bool(ours & conditions) != bool(theirs & conditions) and "whether" not in ours | theirs:
        return Difference("modality", False)
    if (found := _modality(lone_ours, lone_theirs)) is not None:
        return found
    if not (plain_ours | plain_theirs) and _tense(ours) != _tense(theirs):
        return Difference("tense", False)
    if len(plain_ours) == len(plain_theirs) == 1:
        if in_two_groups(plain_ours, plain_theirs, word_lists().scopes):
            return Difference("scope", False)
        if in_two_groups(plain_ours, plain_theirs, word_lists().measures):
            return Difference("measure", False)
    return None


def _nobody(ours: set[str], theirs: set[str]) -> bool:
    """Whether one says of nobody what the other says of somebody: "none" and "two of the miners"."""
    lists = word_lists().words
    denied, told = (ours, theirs) if ours & lists["nobody"] else (theirs, ours)
    told = told - lists["forms"]
    if not denied & lists["nobody"]:
        return False
    return denied <= lists["nobody"] | lists["forms"] and 0 < len(told) <= 3 and not told & lists["hardly"]


def _some_of_all(all_: set[str], some: set[str], told: Sequence[Word], texts: Compared) -> bool:
    """Whether one word speaks of all of a group, and the rest of the other side of some: "all", "two still".

    What is told of them must not be what tells which they are: "some losses", "those who died".
    """
    words = word_lists().words
    parts = words["partial"] | words["counted"]
    if not all_ or not all_ <= words["universal"] or not some & parts:
        return False
    which = words["universal"] | parts
    if any(word.before in which for word in told):
        return False
    if any(word.before in words["defining"] for word in (*texts.one, *texts.other)):
        return False
    return some <= parts | {"still", "yet"}


def _opposite(ours: set[str], theirs: set[str], texts: Compared) -> Difference | None:
    """Words of the lists that are opposite, where hardly anything else differs."""
    lists = word_lists()
    if len(ours) == len(theirs) == 1 and on_two_sides(ours, theirs, lists.degrees):
        return Difference("antonyms", True)
    if len(ours) > 2 or len(theirs) > 2:
        return None
    if on_two_sides(ours, theirs, lists.asides):
        return Difference("antonyms", False)
    pairs = [(mine, its) for mine in ours for its in theirs if on_two_sides({mine}, {its}, lists.contrary)]
    if not pairs:
        return None
    told = [word for word in texts.alone if word.lower in pairs[0]]
    ours, theirs = ours - {pairs[0][0]}, theirs - {pairs[0][1]}
    # Two opposites beside one another, or an opposite of something else, or at another time, tell of two things.
    if len(pairs) > 1 or (ours | theirs) & lists.words["narrowing"] or all(word.after in INDEFINITE for word in told):
        return Difference("antonyms", False)
    of_a_group = any(_some_of_all(*sides, told, texts) for sides in ((ours, theirs), (theirs, ours)))
    return Difference("antonyms", match(ours, theirs) or of_a_group)


def _antonyms(ours: set[str], theirs: set[str], texts: Compared) -> Difference | None:
    """Two words that WordNet, or a prefix, opposes; before a noun they may tell of two things: a long, a short film."""
    (one,), (other,) = ours, theirs
    short, long = sorted((one, other), key=len)
    if not opposed(one, other) and long not in {f"un{short}", f"non{short}"}:
        return None
    lists = word_lists().words
    found = [word for word in texts.alone if word.lower in (one, other)]
    beside = all(word.before in lists["empty"] and word.after not in lists["empty"] | {""} for word in found)
    return Difference("antonyms", not beside)


def _before_to(words: set[str], among: Iterable[Word]) -> bool:
    return any(word.lower in words and word.after == "to" for word in among)


def _without_forms(ours: set[str], theirs: set[str]) -> tuple[set[str], set[str]]:
    """The words of both sides without those that are forms of one verb, one on each: "publish" and "published"."""
    same = [(one, other) for one in ours for other in theirs if one != other and one_verb({one, other})]
    return ours - {one for one, _ in same}, theirs - {other for _, other in same}


def _modality(ours: set[str], theirs: set[str]) -> Difference | None:
    """One says that it is so, the other that it may, must, will or is meant to be."""
    words = word_lists().words
    both = ours | theirs
    if not both or not both <= words["modals"] | words["wishes"] | words["future"]:
        return None
    alike = (words["future"], {"may", "might", "could"}, {"if", "whether"})
    if ours == theirs or (ours and theirs and any(both <= group for group in alike)):
        return None
    return Difference("modality", False)


def _tense(words: set[str]) -> str:
    if words & {"was", "were", "had", "did", "used"}:
        return "past"
    return "present" if words & {"is", "are", "has", "have", "do", "does", "am"} else ""
