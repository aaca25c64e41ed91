"""A paragraph as a reader found it, before its neighbours tell what it is."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.model import BlockKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph with what its own layout says of it.

    ``kind`` is never ``turn``: no layout says that. ``bold`` is how many of its first characters stand in bold;
    ``depth`` in how many quotations it stands; ``after_rule``: a line is drawn above it; ``signs``: it is marked up as
    the source of the quotation that it stands in; ``wrapped``: its line ends mean nothing.
    """

    kind: BlockKind
    start: int
    end: int
    bold: int = 0
    depth: int = 0
    after_rule: bool = False
    signs: bool = False
    wrapped: bool = False
