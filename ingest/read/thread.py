"""Comment trees: from comments in the order of the page to ``model.Comment`` with parents, depths and ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.model import Comment, Id, comment_id
from ingest.read.encoding import without_surrogates
from ingest.read.plain_blocks import blocks_of
from ingest.read.plain_lines import lines_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment as a page shows it, before it has its place in the tree.

    ``depth`` is any number that grows with the nesting (an indentation, a count of lists): only the order of depths
    matters. ``answers`` is the index (among the entries) of the comment that this one replies to, where the page
    says so; ``depth`` is then not looked at.
    """

    author: str | None
    text: str
    depth: int = 0
    answers: int | None = None
    posted_at: datetime | None = None
    url: str | None = None
    by_post_author: bool = False


def comments(document: Id, entries: Iterable[Entry]) -> tuple[Comment, ...]:
    """The comments of a document, in the order of ``entries``.

    The parent of an entry is the one it ``answers``, or else the last one before it that stands less deep. An
    ``answers`` that names no entry, the entry itself, or closes a circle counts as a comment on the document.
    """
    rows = [_clean(entry) for entry in entries]
    parents = _without_circles(_parents(rows))
    depths = [0] * len(rows)
    ids: list[Id | None] = [None] * len(rows)
    alike: Counter[Id] = Counter()
    for index in _parents_first(parents):
        row, parent = rows[index], parents[index]
        parent_id = None if parent is None else ids[parent]
        depths[index] = 0 if parent is None else depths[parent] + 1
        first = comment_id(document, parent_id, row.author, row.text, 0)
        ids[index] = comment_id(document, parent_id, row.author, row.text, alike[first]) if alike[first] else first
        alike[first] += 1
    return tuple(
        Comment(
            index=index,
            id=made,
            author=row.author,
            by_post_author=row.by_post_author,
            depth=depths[index],
            parent=parents[index],
            posted_at=row.posted_at,
            url=row.url,
            text=row.text,
            blocks=blocks_of(row.text, lines_of(row.text), page=False),
        )
        for index, (row, made) in enumerate(zip(rows, ids, strict=True))
        if made is not None
    )


def _clean(entry: Entry) -> Entry:
    author = without_surrogates(entry.author).strip() if entry.author else None
    return Entry(
        author=author or None,
        text=without_surrogates(entry.text),
        depth=entry.depth,
        answers=entry.answers,
        posted_at=entry.posted_at,
        url=without_surrogates(entry.url) if entry.url else None,
        by_post_author=entry.by_post_author,
    )


def _parents(rows: Sequence[Entry]) -> list[int | None]:
    parents: list[int | None] = []
    open_rows: list[int] = []
    for index, row in enumerate(rows):
        if row.answers is not None:
            parents.append(row.answers if 0 <= row.answers < len(rows) else None)
            continue
        while open_rows and rows[open_rows[-1]].depth >= row.depth:
            open_rows.pop()
        parents.append(open_rows[-1] if open_rows else None)
        open_rows.append(index)
    return parents


def _without_circles(parents: Sequence[int | None]) -> list[int | None]:
    free: list[int | None] = list(parents)
    state = [0] * len(free)  # 0 not seen, 1 on the way up just now, 2 known to lead to the document
    for start in range(len(free)):
        way = []
        at: int | None = start
        while at is not None and state[at] == 0:
            state[at] = 1
            way.append(at)
            at = free[at]
        if at is not None and state[at] == 1:
            # Cut where it was entered, so that whatever hangs on the circle keeps its place in it.
            free[at] = None
        for seen in way:
            state[seen] = 2
    return free


def _parents_first(parents: Sequence[int | None]) -> list[int]:
    """All indexes, each after its parent, otherwise in order."""
    children: dict[int | None, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)
    order: list[int] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        index = waiting.pop()
        order.append(index)
        waiting.extend(reversed(children.get(index, [])))
    return order
