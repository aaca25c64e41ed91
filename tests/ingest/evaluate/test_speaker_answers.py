"""From marked articles and labels to a report, with an annotator whose names are known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ingest.evaluate.gold import Article, GoldError, Triple
from ingest.evaluate.speaker_answers import as_document, evaluate_speakers, read_authors, with_gold
from ingest.model import Annotations, Attribution, Name, Span

TEXT = "Ada Brandt opened the mill.\n\nBrandt said it was late. I think so.\n"
SOURCE, CUE, CONTENT = Span(29, 35), Span(36, 40), Span(41, 52)
ANNOTATED = """\
T1\tSource 29 35\tBrandt
T2\tCue 36 40\tsaid
T3\tContent 41 52\tit was late
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
"""
LABEL = {
    "article": "mill",
    "source": [[29, 35]],
    "cue": [[36, 40]],
    "content": [[41, 52]],
    "kinds": ["person"],
    "names": ["Ada Brandt"],
}


class Knows:
    """Knows the two names; of attributions it finds ``found``."""

    def __init__(self, found: Iterable[Attribution] = ()) -> None:
        self.found = tuple(found)

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        for text in texts:
            names = [(0, 10), (29, 35)]
            yield Annotations(
                sentences=(Span(0, 27), Span(29, 53), Span(54, 65)),
                names=tuple(Name(start, end, "person", 0.9, "test") for start, end in names if end <= len(text)),
                attributions=self.found,
            )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "dev"
    folder.mkdir()
    (folder / "mill.txt").write_text(TEXT)
    (folder / "mill.ann").write_text(ANNOTATED)
    (tmp_path / "metadata.tsv").write_text("filename\tauthor\nmill\tBy Bo Carr\nother\tNone\n")
    return folder


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    file = tmp_path / "labels.jsonl"
    file.write_text(json.dumps(LABEL))
    return file


def said(content: Span = CONTENT) -> Attribution:
    return Attribution((SOURCE,), (CUE,), (content,), "indirect", "affirmed", "certain", 0.9, "test")


def test_speakers_of_marked_attributions_are_measured_whatever_the_annotator_finds(data: Path, labels: Path) -> None:
    report = evaluate_speakers(data, labels, Knows())
    assert report.mode == "gold"
    (one,) = report.judged
    assert one.answer is not None
    assert (one.answer.name, one.answer.kind, one.source) == ("Ada Brandt", "person", "Brandt")


def test_speakers_of_found_attributions_need_the_attribution(data: Path, labels: Path) -> None:
    (missed,) = evaluate_speakers(data, labels, Knows(), found=True).judged
    assert missed.answer is None
    (near,) = evaluate_speakers(data, labels, Knows([said(Span(41, 50))]), found=True).judged
    assert near.answer is not None
    assert near.answer.name == "Ada Brandt"


def test_labels_of_what_is_not_there_are_refused(data: Path, labels: Path) -> None:
    labels.write_text(json.dumps(LABEL | {"article": "farm"}))
    with pytest.raises(GoldError, match="farm: no such article"):
        evaluate_speakers(data, labels, Knows())
    labels.write_text(json.dumps(LABEL | {"cue": []}))
    with pytest.raises(GoldError, match="mill: no attribution"):
        evaluate_speakers(data, labels, Knows())


def test_marked_attributions_take_the_place_of_those_found() -> None:
    article = Article("mill", TEXT, (Triple(((29, 35),), ((36, 40),), ((41, 52),)),))
    (kept,) = with_gold(article, Annotations(attributions=(said(Span(54, 65)),))).attributions
    assert (kept.source, kept.cue, kept.content) == ((SOURCE,), (CUE,), (CONTENT,))
    assert (kept.directness, kept.polarity) == ("indirect", "affirmed")


def test_the_whole_article_is_the_body_with_offsets_that_hold() -> None:
    text = "\ufeffA mill.\r\n\r\nComments\r\n\r\nAda says:\r\nIt was late.\r\n\r\nBo says:\r\nIt was not.\r\n"
    document = as_document(Article("mill", text, ()), "Bo Carr")
    assert document.text == text
    assert document.comments == ()
    assert document.author == "Bo Carr"
    assert all(block.end <= len(text) for block in document.blocks)


def test_by_lines_come_from_the_table_in_the_folder_or_beside_it(data: Path, tmp_path: Path) -> None:
    assert read_authors(data) == {"mill": "Bo Carr"}
    (data / "metadata.tsv").write_text("filename\tauthor\nmill\tAda Brandt\n")
    assert read_authors(data) == {"mill": "Ada Brandt"}
    assert read_authors(tmp_path / "dev" / "deeper") == {"mill": "Ada Brandt"}
    assert read_authors(Path("/nonexistent/folder")) == {}
