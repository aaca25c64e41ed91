"""Filing a dispute that the machine missed: what a person sends, as rows for the store."""

from __future__ import annotations

from api.queries import InvalidQueryError
from api.schemas import FiledDispute, Words
from graph.driver import Graph
from graph.filing import Filed, FiledWords, InvalidWordsError, file_dispute
from ingest.model import Id, Span


def file(graph: Graph, filed: FiledDispute) -> Id:
    """Stores a filed dispute with its review; its id.

    Raises:
        InvalidQueryError: words that are given twice, not at all, or at offsets that the text does not have.
        NotFoundError: nothing has an id that is named.
        GraphError: nothing was stored.
    """
    stated, against = _words("stated_in", filed.stated_in), _words("against", filed.against)
    if stated == against:
        raise InvalidQueryError("against", "must be other words than stated_in")
    reviewer, basis = " ".join(filed.reviewer.split()), " ".join(filed.basis.split())
    for name, value in (("reviewer", reviewer), ("basis", basis)):
        if not value:
            raise InvalidQueryError(name, "holds nothing but white space")
    try:
        return file_dispute(
            graph,
            Filed(
                kind=filed.kind,
                by=filed.by,
                stated=stated,
                against=against,
                basis=basis,
                reviewer=reviewer,
                note=filed.note,
            ),
        )
    except InvalidWordsError as error:
        raise InvalidQueryError("stated_in" if error.side == "stated" else "against", error.reason) from None


def _words(name: str, words: Words) -> FiledWords:
    if (words.assertion is None) == (words.text is None):
        raise InvalidQueryError(name, "must name an assertion, or a text with spans, and not both")
    if words.text is not None and not words.spans:
        raise InvalidQueryError(name, "a text needs spans: at least one pair of offsets")
    spans: list[Span] = []
    for start, end in words.spans or ():
        if start < 0 or end <= start or (spans and start < spans[-1].end):
            raise InvalidQueryError(name, f"not spans in their order: [{start}, {end}]")
        spans.append(Span(start, end))
    return FiledWords(words.assertion, words.text, tuple(spans))
