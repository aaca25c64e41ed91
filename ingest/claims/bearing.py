"""Which sentences can bear a claim: declaratives that could be true or false.

No question, order, wish, greeting or thanks, and no fragment.
"""

from __future__ import annotations

import re
from typing import Final

# A sentence of fewer words seldom claims anything: "Thank you.", "Good morning, colleagues."
_FEWEST_WORDS: Final = 4
_WORD: Final = re.compile(r"\w+")


def bears_claim(words: str) -> bool:
    """Whether a sentence can bear a claim. ``words`` is one sentence; white space around it does not matter."""
    words = words.strip()
    return len(_WORD.findall(words)) >= _FEWEST_WORDS and not words.rstrip("\"”’»)'").endswith("?")
