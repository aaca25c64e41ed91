"""Gets what comes next while the caller is still busy with what came before."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import closing, suppress
from queue import Empty, Queue
from typing import TypeVar

T = TypeVar("T")

LEAVE_S = 5.0
"""How long closing waits for the item that is being made."""


class _End:
    """Takes the place of an item behind the last one."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead(items: Generator[T, None, None], most: int) -> Generator[T, None, None]:
    """The same items in the same order, up to ``most`` of them made before they are asked for.

    A thread of its own runs ``items`` from the first time that one is asked for; what it raises is raised in its place.
    Closing this ends the thread, once the item that it is at is made, and closes ``items``.
    """
    made: Queue[T | _End] = Queue(most)
    leaving = threading.Event()

    def make() -> None:
        end = _End()
        try:
            with closing(items) as each:
                for item in each:
                    made.put(item)
                    if leaving.is_set():
                        return
        except BaseException as error:
            end = _End(error)
        made.put(end)

    thread = threading.Thread(target=make, name="ahead", daemon=True)
    thread.start()
    try:
        while not isinstance(item := made.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        leaving.set()
        # Whoever waits for room goes on, sees that nobody wants more, and leaves.
        with suppress(Empty):
            while True:
                made.get_nowait()
        thread.join(LEAVE_S)
