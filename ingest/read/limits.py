"""How much of a page OnRecord is willing to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Limits that keep one hostile or broken page from taking the machine.

    ``max_bytes`` is of the page as it came; a news page with thousands of comments stays far below the
    default.
    ``max_lines`` is of a plain text. ``max_nesting`` is how deep elements of markup may stand in one
    another, ``max_elements`` how many there may be: a thread of 10,000 comments has about 250,000.
    """

    max_bytes: int = 20_000_000
    max_lines: int = 200_000
    max_nesting: int = 2_000
    max_elements: int = 500_000
