"""A parsed page with what the search for threads needs to know of each element, computed once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from lxml.etree import _Element, iterwalk

from ingest.read.htmlthreads import vocabulary


def tokens(element: _Element) -> tuple[str, ...]:
    """The class names of an element, and its id."""
    own = element.get("id")
    return (*classes(element), own) if own else classes(element)


def classes(element: _Element) -> tuple[str, ...]:
    """The class names of an element."""
    value = element.get("class")
    return _split(value) if value else ()


@lru_cache(maxsize=20_000)
def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def plain_words(element: _Element) -> frozenset[str]:
    """All words in the class names and the id of an element."""
    found = _words_of(element.get("class") or "")
    own = element.get("id")
    return found.union(vocabulary.words(own)) if own else found


@lru_cache(maxsize=20_000)
def _words_of(names: str) -> frozenset[str]:
    return frozenset(word for token in names.split() for word in vocabulary.words(token))


class Page:
    """The elements of a tree in document order, each with its place, so that "inside" is a comparison of numbers."""

    def __init__(self, root: _Element) -> None:
        self.root = root
        self.elements: list[_Element] = []
        self.place: dict[_Element, int] = {}
        self._end: list[int] = []
        for event, element in iterwalk(root, events=("start", "end")):
            if event == "start":
                self.place[element] = len(self.elements)
                self.elements.append(element)
                self._end.append(0)
            else:
                self._end[self.place[element]] = len(self.elements)
        self._first_headings = [self.place[element] for element in self.elements if element.tag == "h1"]

    def end(self, element: _Element) -> int:
        """The place after the last element inside ``element``."""
        return self._end[self.place[element]]

    def inside(self, element: _Element, other: _Element) -> bool:
        """Whether ``element`` is ``other`` or stands in it."""
        return self.place[other] <= self.place[element] < self.end(other)

    def holds_title(self, element: _Element) -> bool:
        """Whether a heading of the first level stands in ``element``: then it is more of the page than a thread."""
        return self.count(self._first_headings, element) > 0

    def count(self, places: Sequence[int], element: _Element) -> int:
        """How many of the ``places`` (in order) are in ``element``."""
        return bisect_left(places, self.end(element)) - bisect_left(places, self.place[element])

    def region(self, element: _Element, without: Iterable[_Element]) -> Iterator[_Element]:
        """The elements in ``element``, itself first, leaving out ``without`` (in document order) with all in them."""
        at, stop = self.place[element], self.end(element)
        for hole in without:
            if not at <= self.place[hole] < stop:
                continue
            yield from self.elements[at : self.place[hole]]
            at = self.end(hole)
        yield from self.elements[at:stop]
