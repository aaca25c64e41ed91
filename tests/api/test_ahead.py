"""Making items ahead of their use, in a thread."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from api.ahead import ahead

WAIT_S = 10.0


def test_all_items_come_in_their_order() -> None:
    assert list(ahead((n for n in range(100)), 3)) == list(range(100))
    assert list(ahead((n for n in ()), 3)) == []


def test_so_many_are_made_before_they_are_asked_for_and_no_more() -> None:
    made: list[int] = []
    enough = threading.Event()

    def items() -> Generator[int, None, None]:
        for n in range(100):
            made.append(n)
            if n == 4:
                enough.set()
            yield n

    coming = ahead(items(), 3)
    assert next(coming) == 0
    # Three that wait and one in the maker's hand, beside the one that was taken.
    assert enough.wait(WAIT_S)
    assert made == [0, 1, 2, 3, 4]
    coming.close()


def test_an_error_comes_where_it_happened() -> None:
    def items() -> Generator[int, None, None]:
        yield 1
        yield 2
        raise ValueError("the third is missing")

    coming = ahead(items(), 8)
    assert [next(coming), next(coming)] == [1, 2]
    with pytest.raises(ValueError, match="third"):
        next(coming)


@pytest.mark.parametrize("taken", [1, 2, 5])
def test_closing_closes_what_makes_the_items(taken: int) -> None:
    closed = threading.Event()

    def items() -> Generator[int, None, None]:
        try:
            yield from range(1_000)
        finally:
            closed.set()

    coming = ahead(items(), 2)
    for _ in range(taken):
        next(coming)
    coming.close()
    assert closed.is_set()
    assert not any(thread.name == "ahead" for thread in threading.enumerate())
