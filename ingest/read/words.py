"""Word lists as they are easiest to read and to add to: running text."""

from __future__ import annotations


def wordset(text: str) -> frozenset[str]:
    """The words of ``text``, parted by white space."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of ``text``, parted by ``|``; white space within one is a single blank."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))
