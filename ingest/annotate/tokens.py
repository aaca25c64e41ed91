"""spaCy's English tokenizer, kept to a bounded time on text that is no text."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.tokens import Doc
from spacy.vocab import Vocab

# Longer runs without white space are no words. The tokenizer strips marks from a run one by one, copying the rest each
# time, so that a run of a million quotation marks would take it hours.
_LONGEST_RUN = 200
_LONG_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1}}}")


class BoundedTokenizer:
    """Tokenizes as spaCy's ``Tokenizer`` does, but cuts runs without white space into pieces of 200 characters."""

    def __init__(self, tokenizer: Callable[[str], Doc], vocab: Vocab) -> None:
        self._tokenizer = tokenizer
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        if _LONG_RUN.search(text) is None:
            return self._tokenizer(text)
        words: list[str] = []
        spaces: list[bool] = []
        for part in self._parts(text):
            for token in self._tokenizer(part):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self._vocab, words=words, spaces=spaces)

    @staticmethod
    def _parts(text: str) -> list[str]:
        parts: list[str] = []
        start = 0
        for match in re.finditer(rf"\S{{{_LONGEST_RUN}}}", text):
            parts.append(text[start : match.end()])
            start = match.end()
        return [*parts, text[start:]] if start < len(text) else parts
