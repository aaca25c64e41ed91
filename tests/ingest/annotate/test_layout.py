"""Paragraphs, sentences, and the pieces that long texts are cut into."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.layout import paragraphs, pieces
from ingest.annotate.sentences import sentences


def split(text: str) -> list[str]:
    return [text[a:b] for start, end in paragraphs(text) for a, b in sentences(text, start, end)]


def test_blank_lines_and_single_line_ends_part_paragraphs() -> None:
    text = "A heading\nThe first paragraph is a long line that no editor would have wrapped at all, " + "so " * 20
    text += "it ends here.\r\n\r\nSecond."
    assert len(list(paragraphs(text))) == 3


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "The minister said that the talks would go on until\nthey came to an end, whenever that was\nto be.\n\nNext."
    assert [text[a:b].split()[0] for a, b in paragraphs(text)] == ["The", "Next."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Mr. Smith met Gen. Lee at 5 p.m. on Jan. 3.", ["Mr. Smith met Gen. Lee at 5 p.m. on Jan. 3."]),
        ("J. K. Rowling wrote it. She did.", ["J. K. Rowling wrote it.", "She did."]),
        ("The U.S. Senate met. It did.", ["The U.S. Senate met.", "It did."]),
        ("He left the U.S. The rest stayed.", ["He left the U.S.", "The rest stayed."]),
        ("“Why?” Trump asked. “Because.”", ["“Why?” Trump asked.", "“Because.”"]),
        ("“No!” he said. Then he left.", ["“No!” he said.", "Then he left."]),
        ("“It is late.” Nobody moved.", ["“It is late.”", "Nobody moved."]),
        ("It rose by 3.5 percent. Good.", ["It rose by 3.5 percent.", "Good."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(alphabet=st.sampled_from("a. \n”“é\r!"), max_size=300), st.integers(2, 40))
def test_pieces_tile_a_text(text: str, longest: int) -> None:
    found = list(pieces(text, longest))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= longest for start, end in found)


def test_pieces_are_cut_between_paragraphs() -> None:
    text = "One sentence. Another one.\n\n" * 20
    assert all(text[end - 2 : end] == "\n\n" for _, end in pieces(text, 100))


@given(st.text(max_size=400))
def test_paragraphs_and_sentences_are_in_order_and_cover_all_words(text: str) -> None:
    found = [(a, b) for start, end in paragraphs(text) for a, b in sentences(text, start, end)]
    assert all(a < b for a, b in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
