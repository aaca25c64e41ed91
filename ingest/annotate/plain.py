"""What can be read from a text in a language that no annotator knows: its sentences, and words in quotation marks.

Method ``rule:quotation``. Who said them is not told: that needs the language. Nor is every stretch in quotation marks
anybody's words (titles and scare quotes stand in them too), hence the low confidence.
"""

from __future__ import annotations

import re

from ingest.annotate.layout import paragraphs
from ingest.annotate.quotations import Quotation, quotations
from ingest.annotate.sentences import sentences
from ingest.model import Annotations, Attribution, Span

METHOD, CONFIDENCE = "rule:quotation", 0.2

# Shorter quotations are mostly titles and single words that somebody keeps their distance from.
_FEWEST_WORDS = 4
_WORD = re.compile(r"\w+")
# Chinese, Japanese, Thai and the like write no spaces between words.
_FEWEST_LETTERS = 10
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def annotate_plainly(text: str) -> Annotations:
    """The sentences and the quotations of ``text``."""
    parts = list(paragraphs(text))
    found = [Span(start, end) for paragraph in parts for start, end in sentences(text, *paragraph)]
    return Annotations(
        sentences=tuple(found),
        attributions=tuple(_attribution(text, each) for each in quotations(text, parts) if _says_something(text, each)),
    )


def _says_something(text: str, quotation: Quotation) -> bool:
    words = text[quotation.start : quotation.end]
    return len(_WORD.findall(words)) >= _FEWEST_WORDS or len(_UNSPACED.findall(words)) >= _FEWEST_LETTERS


def _attribution(text: str, quotation: Quotation) -> Attribution:
    asks = text[quotation.end - 2] == "?" or text[quotation.end - 2] == "？"
    return Attribution(
        source=(),
        cue=(),
        content=(Span(quotation.start, quotation.end),),
        directness="direct",
        polarity="questioned" if asks else "affirmed",
        certainty="certain",
        confidence=CONFIDENCE,
        method=METHOD,
    )
