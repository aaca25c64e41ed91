"""Lets OnRecord say who speaks in articles whose speakers were labelled by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ingest import claims
from ingest.annotate.layout import paragraphs
from ingest.annotate.manner import manner_of
from ingest.annotate.nested import with_nested
from ingest.annotate.quotations import quotations
from ingest.evaluate.gold import Article, Fragments, GoldError, Triple, read_polnear, read_text
from ingest.evaluate.report import Annotator
from ingest.evaluate.speakers import Answer, Judged, Label, SpeakerReport, nearest, read_labels
from ingest.model import BODY, Annotations, Attribution, Document, Fetched, Span, Spans, words_at
from ingest.read import read
from ingest.read.plain_blocks import blocks_of
from ingest.read.plain_lines import lines_of

METADATA = "metadata.tsv"


def evaluate_speakers(data: Path, labels: Path, annotator: Annotator, *, found: bool = False) -> SpeakerReport:
    """The answers to all labels on the articles of a folder.

    The attributions are those that people marked, so that only the speakers are measured; with ``found`` they are the
    annotator's own. Names, sentences and coreferences are the annotator's either way.

    Raises:
        GoldError: a file is missing or not in its format, or a label is of no attribution of the articles.
    """
    wanted = read_labels(labels)
    articles = {article.name: article for article in read_polnear(data)}
    for label in wanted:
        if label.article not in articles:
            raise GoldError(f"{labels}: {label.article}: no such article in {data}")
        if label.triple not in articles[label.article].attributions:
            raise GoldError(f"{labels}: {label.article}: no attribution with content at {list(label.triple.content)}")
    by_article: dict[str, list[Label]] = {}
    for label in wanted:
        by_article.setdefault(label.article, []).append(label)
    authors = read_authors(data)
    texts = [articles[name] for name in by_article]
    judged: list[Judged] = []
    for article, read_in in zip(texts, annotator.annotate([one.text for one in texts]), strict=True):
        document = as_document(article, authors.get(article.name))
        given = with_nested(article.text, read_in) if found else with_gold(article, read_in)
        judged.extend(answered(document, given, by_article[article.name]))
    return SpeakerReport("found" if found else "gold", tuple(judged))


def answered(document: Document, annotations: Annotations, labels: Sequence[Label]) -> Iterator[Judged]:
    """The answer to each label of one article."""
    assertions = claims.find(document, {BODY: annotations}).assertions
    triples = [Triple(_plain(one.source), _plain(one.cue), _plain(one.content)) for one in assertions]
    for label in labels:
        place = nearest(label.triple, triples)
        source = words_at(document.text, _spans(label.triple.source))
        if place is None:
            yield Judged(label, None, source)
            continue
        speaker, status = assertions[place].speaker, assertions[place].speaker_status
        answer = Answer(status) if speaker is None else Answer(status, speaker.name, speaker.kind, speaker.method)
        yield Judged(label, answer, source)


def with_gold(article: Article, annotations: Annotations) -> Annotations:
    """The annotations of an article with the attributions that people marked in place of those found."""
    quoted = quotations(article.text, list(paragraphs(article.text)))
    marked = []
    for triple in dict.fromkeys(article.attributions):
        source, cue, content = _spans(triple.source), _spans(triple.cue), _spans(triple.content)
        manner = manner_of(article.text, cue, content, quoted)
        marked.append(
            Attribution(source, cue, content, manner.directness, manner.polarity, manner.certainty, 1.0, "gold")
        )
    return replace(annotations, attributions=tuple(marked))


def as_document(article: Article, author: str | None) -> Document:
    """An article as a page of plain text, all of it the body, so that the offsets of people's marks hold."""
    fetched = Fetched(
        source=article.name,
        body=article.text.encode("utf-8"),
        url=None,
        media_type="text/plain",
        charset="utf-8",
        fetched_at=datetime(1970, 1, 1, tzinfo=UTC),
    )
    page = read(fetched)
    return replace(
        page,
        text=article.text,
        tail="",
        author=page.author or author,
        blocks=blocks_of(article.text, lines_of(article.text)),
        links=tuple(link for link in page.links if link.container == BODY),
        comments=(),
    )


def read_authors(data: Path) -> Mapping[str, str]:
    """The by-line of each article, from the corpus's table in the folder or beside it; none without a table."""
    table = next((path for path in (data / METADATA, data.parent / METADATA) if path.is_file()), None)
    if table is None:
        return {}
    rows: Iterable[dict[str, str | None]] = csv.DictReader(read_text(table).splitlines(), delimiter="\t")
    authors = {row.get("filename") or "": (row.get("author") or "").removeprefix("By ").strip() for row in rows}
    return {name: author for name, author in authors.items() if author and author != "None"}


def _spans(fragments: Fragments) -> Spans:
    return tuple(Span(start, end) for start, end in fragments)


def _plain(spans: Spans) -> Fragments:
    return tuple((span.start, span.end) for span in spans)
