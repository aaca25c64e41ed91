"""Reading marked coreference: nested brackets, documents, paragraphs, GAP's columns, and files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.evaluate.coreference_gold import read_discourses, read_gap
from ingest.evaluate.gold import GoldError

COLUMNS = "{}\t{}\t_\tNOUN\t_\t_\t0\troot\t_\t{}"
HEADER = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
ROW = "x-1\tAda met Eve. She left.\tShe\t13\tAda\t0\tTRUE\tEve\t8\tFALSE\thttp://x\n"


def treebank(*sentences: tuple[str, str, list[tuple[str, str]]]) -> str:
    """CoNLL-U of sentences: comments, text, words with what the last column says."""
    blocks = []
    for comments, text, words in sentences:
        rows = [COLUMNS.format(at + 1, word, misc) for at, (word, misc) in enumerate(words)]
        blocks.append("\n".join([*comments.splitlines(), f"# text = {text}", *rows]))
    return "\n\n".join(blocks) + "\n\n"


DOCUMENT = treebank(
    (
        "# newdoc id = one\n# newpar",
        "Ada's dog barked.",
        [
            ("Ada", "Entity=(2-animal-new-coref(1-person-new-coref-Ada_Stone)|SpaceAfter=No"),
            ("'s", "_"),
            ("dog", "Entity=2)"),
            ("barked", "SpaceAfter=No"),
            (".", "_"),
        ],
    ),
    ("", "It saw her.", [("It", "Entity=(2-animal-giv-ana)"), ("saw", "_"), ("her", "Entity=(1-person-giv-ana)")]),
    ("# newpar", "Rain fell.", [("Rain", "Entity=(3-event-new-sgl)"), ("fell", "_"), (".", "_")]),
)


def test_expressions_with_what_they_mean(tmp_path: Path) -> None:
    path = tmp_path / "one.conllu"
    path.write_text(DOCUMENT, encoding="utf-8")
    (document,) = read_discourses(path)
    assert document.name == "one"
    assert document.text == "Ada's dog barked. It saw her.\n\nRain fell."
    marked = [(document.text[one.start : one.end], one.entity, one.kind) for one in document.marked]
    assert marked == [
        ("Ada", "1", "person"),
        ("Ada's dog", "2", "animal"),
        ("It", "2", "animal"),
        ("her", "1", "person"),
        ("Rain", "3", "event"),
    ]
    words = [[document.text[start:end] for start, end in chain] for chain in document.chains()]
    assert words == [["Ada", "her"], ["Ada's dog", "It"]]
    assert [document.text[at:][:4] for at in document.starts] == ["Ada'", "It s", "Rain"]


def test_a_treebank_without_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.conllu"
    path.write_text(treebank(("", "Rain fell.", [("Rain", "_"), ("fell", "_")])), encoding="utf-8")
    with pytest.raises(GoldError, match=r"none.conllu: marks no entities"):
        read_discourses(path)


def test_an_ambiguous_pronoun_with_both_names(tmp_path: Path) -> None:
    path = tmp_path / "gap.tsv"
    path.write_text(HEADER + ROW, encoding="utf-8")
    (one,) = read_gap(path)
    assert one.pronoun == (13, 16)
    assert one.names == ((0, 3), (8, 11))
    assert one.means == (True, False)
    assert one.feminine


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("ID\tText\n1\tx\n", "no column Pronoun, Pronoun-offset"),
        (HEADER, "no texts"),
        (HEADER + ROW.replace("\t13\t", "\t12\t"), "x-1: 'She' does not stand at 12"),
        (HEADER + ROW.replace("\t0\t", "\tzero\t"), "x-1: 'Ada' does not stand at zero"),
    ],
)
def test_a_file_that_is_not_gap_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "gap.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=reason):
        read_gap(path)
