"""What is read for each evaluation, whatever the files are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ingest.evaluate.gold import GoldError
from ingest.evaluate.run import evaluate
from ingest.model import Annotations, Name, Span


class Ada:
    """Finds Ada wherever she begins a text, and a sentence at each capital."""

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        for text in texts:
            capitals = [at for at, letter in enumerate(text) if letter.isupper()]
            ends = [*capitals[1:], len(text)]
            names = (Name(0, 3, "person", 1.0, "rule:t"),) if text.startswith("Ada") else ()
            yield Annotations(tuple(Span(*pair) for pair in zip(capitals, ends, strict=False)), names)


UNER = "# text = Ada met Bo.\n1\tAda\tB-PER\t-\t-\n2\tmet\tO\t-\t-\n3\tBo\tB-PER\t-\t-\n4\t.\tO\t-\t-\n"


@pytest.mark.parametrize("name", ["given.iob2", "given.conll", "given.txt"])
def test_numbered_tokens_are_known_by_what_is_in_the_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(UNER)
    figures = evaluate("ner", tmp_path / name, Ada()).as_json(rounds=10)["figures"]
    assert (figures["person"]["right"], figures["person"]["wanted"]) == (1, 2)


def test_a_folder_of_names_is_all_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "one.iob2").write_text(UNER)
    (tmp_path / "two.conll").write_text("Ada\tB-PER\nleft\tO\n\n1\tO\nday\tO\n")
    (tmp_path / "README.md").write_text("not data")
    report = evaluate("ner", tmp_path, Ada()).as_json(rounds=10)
    assert report["texts"] == 3
    assert (report["figures"]["names"]["right"], report["figures"]["names"]["wanted"]) == (2, 3)


def test_labels_that_are_not_scored_are_named(tmp_path: Path) -> None:
    (tmp_path / "other.conll").write_text("Ada\tB-politician\nleft\tO\n")
    with pytest.raises(GoldError, match="labelled politician; scored are PER, ORG, LOC"):
        evaluate("ner", tmp_path / "other.conll", Ada())


def test_sentences_stay_in_their_paragraphs_where_there_are_any_and_are_joined_in_tens_elsewhere(
    tmp_path: Path,
) -> None:
    row = "1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\t_\n\n"
    (tmp_path / "flat.conllu").write_text(("# text = Go\n" + row) * 12)
    (tmp_path / "paragraphs.conllu").write_text(("# newpar\n# text = Go\n" + row) * 3)
    for name, texts, inner in (("flat.conllu", 2, 10), ("paragraphs.conllu", 3, 0)):
        report = evaluate("sentences", tmp_path / name, Ada()).as_json(rounds=10)
        assert report["texts"] == texts
        assert report["figures"]["inner"]["wanted"] == inner
        assert report["figures"]["all"]["f1"] == 1


def test_another_task_is_refused_with_those_that_are() -> None:
    with pytest.raises(GoldError, match="attribution, ner, sentences, passages, coreference"):
        evaluate("stance", Path(), Ada())
