"""What tells two wordings apart that look alike: numbers, dates, negation, modality, tense, names, roles, antonyms,
and what is measured.

Rules over plain text, for pairs that a network takes for one claim because they share nearly all their words. They
decide where they are sure, and else say nothing. The same for a pair in either order.

Where nothing excludes the other as they stand, both are put in the plainest order and looked at once more.

That two texts tell different things is one question, whether they exclude one another is another: another number of
another thing, another day of what happens again, another name that did the like are no contradiction.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.annotate.pairs.compared import comparable, in_order, one_verb, same_pronouns, told_apart, words_of
from ingest.annotate.pairs.conflicts import conflicts
from ingest.annotate.pairs.contrasts import Difference
from ingest.annotate.pairs.figures import of_figures
from ingest.annotate.pairs.names import of_names, of_one_alone
from ingest.annotate.pairs.opposites import of_words
from ingest.annotate.pairs.quantities import quantities
from ingest.annotate.pairs.roles import exchanged_names, exchanged_words, related_otherwise, turned_round, who_first
from ingest.annotate.pairs.senses import APART, distance
from ingest.annotate.pairs.straight import straightened

LEAST_SHARED = 0.5
"""The share of the shorter text's words that both must have, in order, for what is left to tell them apart."""


def difference(a: str, b: str) -> Difference | None:
    """What tells two texts apart, or none where no rule is sure. A question tells nothing."""
    if "?" in a or "?" in b:
        return None
    found = _difference(a, b)
    if (found is not None and found.contrary) or not comparable(words_of(a), words_of(b)):
        return found
    again = straightened(a, b)
    return (_difference(*again) if again != (a, b) else None) or found


def _difference(a: str, b: str) -> Difference | None:
    """The same, without another look at texts that were put straight."""
    one, other = in_order(a, b)
    if figures := conflicts(quantities(a), quantities(b)):
        found = of_figures(figures, one, other)
        return found if same_pronouns(a, b) else replace(found, contrary=False)
    if not comparable(one, other):
        return None
    if (related := related_otherwise(a, b)) is not None:
        return related
    if one == other:
        return None
    if sorted(word.lower for word in one) == sorted(word.lower for word in other):
        return exchanged_names(one, other) or exchanged_words(one, other) or turned_round(one, other)
    if (swapped := exchanged_words(one, other)) is not None:
        return swapped
    texts = told_apart(one, other)
    shorter = min(len(one), len(other))
    if texts.shared < LEAST_SHARED * shorter or texts.shared < min(2, max(1, shorter - 1)):
        return None
    return of_one_alone(texts) or of_words(texts) or of_names(texts) or who_first(texts)


def other_word(a: str, b: str) -> bool:
    """Whether the two differ in one plain word each, and these are far from one another in meaning.

    Far words do stand for one another in news ("company", "firm"), so that this makes one claim unlikely and no more.
    """
    one, other = in_order(a, b)
    if not comparable(one, other):
        return False
    texts = told_apart(one, other)
    lefts, rights = texts.plain
    if texts.shared < 2 or len(lefts) != 1 or len(rights) != 1 or lefts[0].name or rights[0].name:
        return False
    ours, theirs = lefts[0].lower, rights[0].lower
    return not one_verb({ours, theirs}) and distance(ours, theirs) == APART
