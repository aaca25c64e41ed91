"""Noun phrases around a reporting verb: whose words they are.

There is no parse to lean on: a phrase ends at punctuation, conjunctions, pronouns and verbs that are known as such.
"""

from __future__ import annotations

from ingest.annotate import lexicon
from ingest.annotate.view import Range, View

FINAL = frozenset((".", "!", "?", "…", "...", ";", ":"))
PERSONAL = frozenset(("he", "she", "they", "it", "i", "we"))
_POSSESSIVES = frozenset(("'s", "’s"))
_INNER = _POSSESSIVES | frozenset(("-", "–", "/", "&", "."))
_LONGEST_PHRASE = 16
_LONGEST_ASIDE = 40


def subject(view: View, group: int, start: int) -> Range | None:
    """The noun phrase that ends where the verb's group begins."""
    last = group - 1
    if last < start or view.quotation_at[last] != -1:
        return None
    if view.text[last] == ",":
        return subject_before_aside(view, last, start)
    if view.lower[last] in view.pronouns:
        if (
            view.lower[last] in {"many", "some", "most", "both", "one", "others"}
            or last == start
            or view.lower[last - 1] not in view.prepositions
        ):
            return last, group
        return None
    return phrase_before(view, group, start)


def subject_before_aside(view: View, comma: int, start: int) -> Range | None:
    """The subject in "Peskov, the spokesman, said": with what explains it, but without a relative clause."""
    limit = max(start, comma - _LONGEST_ASIDE)
    opening = next(
        (at for at in range(comma - 1, limit, -1) if view.text[at] == "," and view.quotation_at[at] == -1), None
    )
    if opening is None:
        return None
    while opening > start and (name := view.name_ending.get(opening)) is None:
        earlier = next((at for at in range(opening - 1, limit, -1) if view.text[at] == ","), None)
        if earlier is None:
            break
        opening = earlier
    name = view.name_ending.get(opening)
    if name is None and not (opening > start and view.lower[opening - 1] in view.agents):
        return None
    phrase = phrase_before(view, opening, start)
    if phrase is None:
        return None
    if view.lower[opening + 1] in lexicon.words("not_descriptions"):
        return phrase
    if any(view.reports(at) for at in range(opening + 1, comma)):
        return None
    return phrase[0], comma + 1


def phrase_before(view: View, end: int, start: int) -> Range | None:
    """The noun phrase that ends at ``end`` and does not reach back over ``start``."""
    at = end
    while at > start and end - at < _LONGEST_PHRASE:
        word, shown = view.lower[at - 1], view.text[at - 1]
        if view.quotation_at[at - 1] != -1:
            break
        name = view.name_ending.get(at)
        if name is not None and name.start >= start:
            at = name.start
            continue
        if word in view.prepositions:
            if at == end:
                return None
            at -= 1
            continue
        if word in {"and", "&"} and at < end and _joins_nouns(view, at - 1, start):
            at -= 1
            continue
        if word in {"who", "which", "whose"} or (word in lexicon.words("common_verbs") and not view.reports(at - 1)):
            return None  # the phrase goes back beyond a clause within it
        if word in view.conjunctions or word in view.auxiliaries - _POSSESSIVES or word in view.pronouns:
            break
        if (
            word in view.verbs
            and view.quotation_at[at - 1] == -1
            and not shown[0].isupper()
            and _is_finite(view, at - 1, start)
        ):
            break
        if not (shown[0].isalnum() or shown in _INNER or shown in {"’", "'", "$", "#", "@"}):
            break
        at -= 1
    return _trimmed(view, at, end)


def _is_finite(view: View, at: int, start: int) -> bool:
    if view.lower[at] not in view.ambiguous:
        return True
    return at > start and (view.lower[at - 1] in view.pronouns or at in view.name_ending)


def _joins_nouns(view: View, conjunction: int, start: int) -> bool:
    if conjunction <= start:
        return False
    following = view.text[conjunction + 1]
    before = view.text[conjunction - 1]
    if before == "," and conjunction - 1 > start:
        before = view.text[conjunction - 2]
    return (following[0].isupper() and before[0].isupper()) or (
        view.lower[conjunction + 1] in view.agents and before.lower() in view.agents
    )


def _trimmed(view: View, start: int, end: int) -> Range | None:
    """``[start, end)`` without words that open a clause, or ``None`` where no noun phrase is left."""
    while start < end and (
        view.lower[start] in view.leading
        or view.lower[start] in view.adverbs
        or not (view.text[start][0].isalnum() or view.text[start][0] in "@#$")
        or view.text[start] in _POSSESSIVES
    ):
        start += 1
    if start < end and view.lower[start] in view.prepositions:
        # "In a statement Trump said": the name at the end, or nothing that can be relied on.
        name = view.name_ending.get(end)
        if name is None or name.start <= start:
            return None
        start = name.start
        while start > 0 and view.text[start - 1] in lexicon.words("titles"):
            start -= 1
    if start >= end:
        return None
    first, last = view.lower[start], view.lower[end - 1]
    if last in view.determiners:
        return None
    if view.text[end - 1] in {"'s", "’s", "’", "'"}:
        return None
    if (
        any(view.text[at][0].isupper() for at in range(start, end))
        or first in view.determiners
        or last in view.agents
        or (last.endswith("s") and len(last) > 4 and end - start <= 4)
    ):
        return start, end
    return None


def phrase_after(view: View, start: int, end: int, *, asides: bool = True) -> Range | None:
    """The noun phrase that begins at ``start``; with ``asides`` also what explains it after a comma."""
    if start >= end or view.quotation_at[start] != -1:
        return None
    word = view.lower[start]
    if word in PERSONAL:
        return start, start + 1
    if not (
        view.text[start][0].isupper() or word in view.determiners or word in view.agents or word in lexicon.demonyms()
    ):
        return None
    if word in {"that", "there"} or view.lower[start] in lexicon.words("ends_of_adjuncts"):
        return None
    at = phrase_end(view, start, end)
    if asides and at + 1 < end and view.text[at] == ",":
        close = next(
            (place for place in range(at + 1, end) if view.text[place] == "," or view.quotation_at[place] != -1),
            end,
        )
        if _is_description(view, at + 1) and not any(view.reports(place) for place in range(at + 1, close)):
            at = close
            while at > start and view.text[at - 1] in FINAL:
                at -= 1
    return (start, at) if at > start else None


def _is_description(view: View, at: int) -> bool:
    """Whether what begins at ``at``, after a comma, explains the name before it: "the head of", "a spokesman"."""
    return (
        view.lower[at] in lexicon.words("descriptions")
        or view.lower[at] in view.agents
        or view.text[at] in lexicon.words("titles")
    )


def phrase_end(view: View, start: int, end: int) -> int:
    """Where the noun phrase that begins at ``start`` ends, at ``end`` at the latest; ``start`` where there is none."""
    at = start
    while at < end and at - start < _LONGEST_PHRASE:
        if view.quotation_at[at] != -1:
            break
        name = view.name_from.get(at)
        if name is not None and name.end <= end:
            at = name.end
            continue
        word, shown = view.lower[at], view.text[at]
        if at > start and (
            word in view.conjunctions - {"and"}
            or (word in view.prepositions - {"of", "for", "at", "from", "with"})
            or word in view.auxiliaries - _POSSESSIVES
            or word in lexicon.words("ends_of_adjuncts")
            or word in PERSONAL
            or word in {"who", "which", "there"}
        ):
            break
        if word == "and" and not (at + 1 < end and view.text[at + 1][0].isupper() and view.text[at - 1][0].isupper()):
            break
        if not (shown[0].isalnum() or shown in _INNER) or (shown == "." and at + 1 >= end):
            break
        at += 1
    while at > start and view.lower[at - 1] in view.prepositions:
        at -= 1
    return at


def opening_subject(view: View, start: int, end: int) -> Range | None:
    """The pronoun or name that the sentence ``[start, end)`` opens with."""
    if view.lower[start] in PERSONAL:
        return start, start + 1
    name = view.name_from.get(start)
    if name is not None and name.end < end:
        return name.start, name.end
    return None


def is_agent(view: View, subject: Range) -> bool:
    """Whether a subject is surely somebody: "comments" after it is then a verb, not a noun."""
    last = subject[1] - 1
    if view.text[last] == ",":
        return True
    return view.text[last][0].isupper() or view.lower[last] in view.pronouns or view.lower[last] in view.agents


def takes_base_form(view: View, subject: Range) -> bool:
    """Whether a subject goes with "say" rather than "says"."""
    start, end = subject
    last = view.lower[end - 1]
    if last in lexicon.words("plural_subjects"):
        return True
    return "and" in view.lower[start:end] or any(
        view.lower[at].endswith("s") or view.lower[at] in view.agents for at in range(start, end)
    )


def is_supposed(view: View, subject: Range, start: int) -> bool:
    """Whether nothing is reported: "if they say so", "as you know"."""
    if view.lower[subject[0]] == "you":
        return True
    return subject[0] > start and view.lower[subject[0] - 1] in lexicon.words("suppositions")
