"""What means the same, as the language model found it: the component that turns its links into characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotate.neural.coreference import Link
from ingest.annotate.neural.pieces import Pieces
from ingest.model import Coreference, Span

COREFERENCE_METHOD = "model:coreference"
READING = "onrecord.reading"
"""Where a ``Doc`` keeps what the network read."""

Doc.set_extension("coreferences", default=(), force=True)


@Language.component("onrecord_model_coreferences")
def coreference_component(doc: Doc) -> Doc:
    """``doc._.coreferences``: of each expression that may mean what stands before it, the likeliest antecedents."""
    reading: Any = doc.user_data[READING]
    doc._.coreferences = [one for link in reading.findings.links for one in coreferences(reading.pieces, link)]
    return doc


def coreferences(pieces: Pieces, link: Link) -> Iterator[Coreference]:
    """A link in characters, with confidences of two digits: more than that is noise, and differs between processors.

    Two pieces may be of one character (a ligature, a sign of one width); what then would mean itself, or no character
    at all, is left out.
    """
    expression = Span(*pieces.offsets(*link.expression))
    told: set[Span] = set()
    for place, chance in link.antecedents:
        antecedent = Span(*pieces.offsets(*place))
        confidence = round(min(0.99, chance), 2)
        empty = expression.start == expression.end or antecedent.start == antecedent.end
        if empty or antecedent == expression or antecedent in told:
            continue
        told.add(antecedent)
        yield Coreference(expression, antecedent, confidence, COREFERENCE_METHOD)


def moved_coreference(one: Coreference, offset: int) -> Coreference:
    """The same in a text that begins ``offset`` characters earlier."""
    if not offset:
        return one
    expression, antecedent = one.expression, one.antecedent
    return Coreference(
        Span(expression.start + offset, expression.end + offset),
        Span(antecedent.start + offset, antecedent.end + offset),
        one.confidence,
        one.method,
    )
