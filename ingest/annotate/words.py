"""The tokens of a spaCy ``Doc`` as plain lists, which the rules walk over far faster than over its token objects."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

_KEY = "onrecord.words"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text (tokens that are not white space), with where each starts and ends.

    ``whole`` is the text itself, which a ``Doc`` puts together from its tokens anew whenever it is asked.
    """

    whole: str
    text: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.text)

    def first_at(self, offset: int) -> int:
        """The index of the first word that starts at ``offset`` or after it."""
        return bisect_left(self.starts, offset)

    def last_before(self, offset: int) -> int:
        """The index after the last word that ends at ``offset`` or before it."""
        return bisect_right(self.ends, offset)


def words_of(doc: Doc) -> Words:
    """The words of ``doc``, made once and kept with it."""
    known = doc.user_data.get(_KEY)
    if isinstance(known, Words):
        return known
    tokens = [token for token in doc if not token.is_space]
    text = [token.text for token in tokens]
    starts = [token.idx for token in tokens]
    words = Words(
        whole=doc.text,
        text=text,
        lower=[word.lower() for word in text],
        starts=starts,
        ends=[start + len(word) for start, word in zip(starts, text, strict=True)],
    )
    doc.user_data[_KEY] = words
    return words
