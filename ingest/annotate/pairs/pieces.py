"""A text as the word pieces that the networks read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.layout import SURROGATE

CLS, SEP = 101, 102
LONGEST = 96
"""Word pieces of one text, the two special ones counted."""
MOST_CHARACTERS = 4_000
"""At either end of a text: more is never read, so that nobody waits for a text of a million characters to be cut."""


def piece_ids(text: str, tokenizer: Any, longest: int = LONGEST) -> NDArray[np.int64]:
    """The pieces of a text between the two special ones; any string is a text.

    Of a text that is longer than ``longest`` pieces the first three quarters are kept and the end: replies often say
    last what they think.
    """
    if len(text) > 2 * MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]} {text[-MOST_CHARACTERS:]}"
    ids = tokenizer.encode(SURROGATE.sub("\ufffd", text), add_special_tokens=False).ids
    room = longest - 2
    if len(ids) > room:
        tail = room // 4
        ids = ids[: room - tail] + ids[len(ids) - tail :]
    return np.array([CLS, *ids, SEP], dtype=np.int64)
